//! Threads of a page: one pool for all its jobs, so that memory does not grow with their number. They give way
//! to the browser, which draws on the same machine.

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// So many threads that are kept; nothing where the system gives none.
pub fn hands(threads: usize) -> Option<Arc<ThreadPool>> {
    let pool = ThreadPoolBuilder::new().num_threads(threads);
    let pool = pool.start_handler(|_| give_way());
    pool.build().ok().map(Arc::new)
}

/// How far a thread of runs gives way, on the system's scale from 0 to 19.
#[cfg(target_os = "linux")]
const GIVES_WAY: i32 = 10;

/// Has this thread give way to others, where that concerns it alone: on Linux.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(GIVES_WAY);
}
