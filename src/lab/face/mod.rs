//! The web: an address on this machine with a token, a guard, a page, one socket an open page.
//!
//! Architecture invariants: it binds the loopback address alone; a client names no path; whatever is asked
//! wrongly is answered in a sentence.

mod browser;
mod guard;
mod pages;
mod socket;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tokio::net::TcpListener;

pub use browser::open_browser;

use crate::lab::job::Workshop;
use crate::lab::opened::Opened;

/// Threads on which pages are answered: each that ever was keeps memory of its own.
const HANDS: usize = 4;

/// How the page is served.
#[derive(Clone)]
pub struct ServingOptions {
    /// Port; 0 for any that is free.
    pub port: u16,
    /// It ends when no page has been open for so long.
    pub idle: Duration,
    /// Where runs are kept, and who works.
    pub workshop: Workshop,
    /// Set from outside to end it.
    pub stop: Arc<AtomicBool>,
}

impl ServingOptions {
    /// At `port`, until nobody has looked for so many `minutes` or `stop` is set.
    pub fn of(port: u16, minutes: u32, workshop: Workshop, stop: &Arc<AtomicBool>) -> Self {
        Self {
            port,
            idle: Duration::from_secs(60 * u64::from(minutes)),
            workshop,
            stop: Arc::clone(stop),
        }
    }
}

/// What all requests share.
#[derive(Clone)]
struct Served {
    opened: Arc<Opened>,
    workshop: Workshop,
    token: Arc<str>,
    port: u16,
    pages: Arc<AtomicUsize>,
    last: Arc<Mutex<Instant>>,
}

/// Serves the page until it is stopped or nobody looks any more; `ready` is told its address.
///
/// # Errors
/// When the port is taken, or the system gives no randomness or threads.
pub fn serve(opened: Opened, options: &ServingOptions, ready: impl FnOnce(&str)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(HANDS)
        .enable_all()
        .build()?;
    let served = runtime.block_on(listen(opened, options, ready));
    runtime.shutdown_timeout(Duration::from_secs(5));
    served
}

async fn listen(
    opened: Opened,
    options: &ServingOptions,
    ready: impl FnOnce(&str),
) -> io::Result<()> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port))).await?;
    let port = listener.local_addr()?.port();
    let served = Served {
        opened: Arc::new(opened),
        workshop: options.workshop.clone(),
        token: guard::token()?.into(),
        port,
        pages: Arc::default(),
        last: Arc::new(Mutex::new(Instant::now())),
    };
    ready(&format!("http://127.0.0.1:{port}/{}/", served.token));
    let serving = axum::serve(listener, router(served.clone())).into_future();
    tokio::select! {
        ended = serving => ended,
        () = ended(&served, options) => Ok(()),
    }
}

fn router(served: Served) -> Router {
    Router::new()
        .route("/{token}/", get(pages::page))
        .route("/{token}/lab.css", get(pages::style))
        .route("/{token}/lab.js", get(pages::script))
        .route("/{token}/plotly.js", get(pages::plotly))
        .route("/{token}/files/{name}", get(pages::file))
        .route("/{token}/live", get(socket::live))
        .fallback(guard::nothing_there)
        .layer(from_fn_with_state(served.clone(), guard::guard))
        .with_state(served)
}

/// Ends when it is stopped, or no page has been open for long.
async fn ended(served: &Served, options: &ServingOptions) {
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let last = *served.last.lock().unwrap_or_else(PoisonError::into_inner);
        let alone = served.pages.load(Ordering::SeqCst) == 0;
        if options.stop.load(Ordering::Relaxed) || (alone && last.elapsed() > options.idle) {
            return;
        }
    }
}
