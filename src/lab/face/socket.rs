//! One socket an open page: it is heard, and told what is new.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::Value;
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval};

use super::Served;
use super::guard::{MOST_BYTES, sentence};
use crate::lab::job::Bell;
use crate::lab::session::{Session, refused};

/// Most pages that are open at once.
const MOST_PAGES: usize = 16;
/// How often a page is told what is new, at most.
const BEAT: Duration = Duration::from_millis(100);

/// Opens a socket for a page of this address.
pub async fn live(
    State(served): State<Served>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    let Ok(upgrade) = upgrade else {
        return sentence(
            StatusCode::BAD_REQUEST,
            "a socket is opened here, not a page",
        );
    };
    if !headers.contains_key(ORIGIN) {
        return sentence(
            StatusCode::FORBIDDEN,
            "a socket is opened by a page of this address",
        );
    }
    if served.pages.load(Ordering::SeqCst) >= MOST_PAGES {
        let why = format!("{MOST_PAGES} pages are open; close one of them");
        return sentence(StatusCode::SERVICE_UNAVAILABLE, &why);
    }
    let limited = upgrade
        .max_message_size(MOST_BYTES)
        .max_frame_size(MOST_BYTES);
    limited.on_upgrade(move |socket| attend(served, socket))
}

/// Counts a page as long as it is open.
struct Present(Served);

impl Present {
    fn of(served: Served) -> Self {
        served.pages.fetch_add(1, Ordering::SeqCst);
        Self(served)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        *self.0.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.0.pages.fetch_sub(1, Ordering::SeqCst);
    }
}

type Shared = Arc<Mutex<Session>>;

async fn attend(served: Served, mut socket: WebSocket) {
    let _present = Present::of(served.clone());
    let fresh = Arc::new(AtomicBool::new(true));
    let rung = Arc::clone(&fresh);
    let bell: Bell = Arc::new(move || rung.store(true, Ordering::Relaxed));
    let session = Session::new(served.opened, served.workshop, bell);
    let session = Arc::new(Mutex::new(session));
    let greeting = with(&session, Session::greet).await;
    if tell(&mut socket, greeting).await.is_ok() {
        let _ = converse(&mut socket, &session, &fresh).await;
    }
    // the end of a job is waited for where waiting is allowed
    let _ = spawn_blocking(move || drop(session)).await;
}

async fn converse(
    socket: &mut WebSocket,
    session: &Shared,
    fresh: &AtomicBool,
) -> Result<(), axum::Error> {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => {
                    let answers = with(session, move |session| session.hear(text.as_str())).await;
                    fresh.store(true, Ordering::Relaxed);
                    tell(socket, answers).await?;
                }
                Some(Ok(Message::Binary(_))) => {
                    tell(socket, vec![refused("the page speaks in texts")]).await?;
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
            },
            _ = beat.tick() => {
                if fresh.swap(false, Ordering::Relaxed) {
                    let news = with(session, |session| Vec::from_iter(session.news())).await;
                    tell(socket, news).await?;
                }
            }
        }
    }
}

/// Does something with the session where waiting is allowed.
async fn with<F>(session: &Shared, act: F) -> Vec<Value>
where
    F: FnOnce(&mut Session) -> Vec<Value> + Send + 'static,
{
    let session = Arc::clone(session);
    let acted = spawn_blocking(move || act(&mut locked(&session))).await;
    acted.unwrap_or_else(|_| vec![refused("something broke down; what stood before stands")])
}

fn locked(session: &Shared) -> MutexGuard<'_, Session> {
    session.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn tell(socket: &mut WebSocket, all: Vec<Value>) -> Result<(), axum::Error> {
    for one in all {
        socket.send(Message::Text(one.to_string().into())).await?;
    }
    Ok(())
}
