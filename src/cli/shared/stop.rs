//! Ctrl-C, and the signals by which a system asks a program to end.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use crate::cli::shared::said::say;

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
static ASKED: AtomicU32 = AtomicU32::new(0);

/// What is set when somebody presses Ctrl-C, or the system asks to end (TERM) or hangs up (HUP): the
/// first time ends work in flight and keeps what is finished (`kept`), the second ends at once.
pub fn stop_flag(kept: &'static str) -> &'static Arc<AtomicBool> {
    let _ = ctrlc::set_handler(move || {
        if ASKED.fetch_add(1, Ordering::Relaxed) > 0 {
            std::process::exit(130);
        }
        STOP.store(true, Ordering::Relaxed);
        say(&format!(
            "\nstopping; finished {kept} are kept (Ctrl-C again ends at once)"
        ));
    });
    &STOP
}
