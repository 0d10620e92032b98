//! Ctrl-C, for a command that must not end in the middle of something.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often it is looked whether somebody ended the command.
const LOOK: Duration = Duration::from_millis(50);

/// Whether the command was asked to end. While there is one, Ctrl-C only says so.
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on Ctrl-C, and the signal by which a system ends programs, are only noted.
    pub fn noted() -> Self {
        let noted = Self::of_keys();
        #[cfg(unix)]
        noted.note(signal_hook::consts::SIGTERM);
        noted
    }

    /// From now on Ctrl-C is only noted.
    pub fn of_keys() -> Self {
        let noted = Self(Arc::new(AtomicBool::new(false)));
        #[cfg(unix)]
        noted.note(signal_hook::consts::SIGINT);
        noted
    }

    #[cfg(unix)]
    fn note(&self, signal: i32) {
        // Where it cannot be noted it ends the program, as it would without this.
        let _ = signal_hook::flag::register(signal, Arc::clone(&self.0));
    }

    /// Waits so long, or until the command is asked to end: then true.
    pub fn comes_within(&self, time: Duration) -> bool {
        let mut left = time;
        while !self.0.load(Ordering::Relaxed) {
            let Some(rest) = left.checked_sub(LOOK) else { return false };
            thread::sleep(LOOK);
            left = rest;
        }
        true
    }
}
