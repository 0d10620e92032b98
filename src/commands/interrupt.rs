//! Ctrl-C: for a command that must not end in the middle of something, and for somebody who is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How often it is looked whether somebody ended the command.
const LOOK: Duration = Duration::from_millis(50);

/// Whether Ctrl-C is only noted.
static IS_NOTED: AtomicBool = AtomicBool::new(false);

/// What Ctrl-C says before it ends the program; none where nobody is asked.
static LAST_WORDS: Mutex<Option<String>> = Mutex::new(None);

/// Whether the command was asked to end. Once there was one, Ctrl-C only says so.
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
        IS_NOTED.store(true, Ordering::Relaxed);
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

/// Somebody is asked: Ctrl-C ends the program with some last words.
pub struct Answering;

impl Answering {
    /// As long as there is one, Ctrl-C says these words on standard error before it ends the program.
    pub fn with(last_words: &str) -> Self {
        *lock() = Some(last_words.to_owned());
        #[cfg(unix)]
        {
            static LISTENS: std::sync::Once = std::sync::Once::new();
            // Where it cannot be listened for, Ctrl-C ends the program without a word.
            LISTENS.call_once(|| drop(listen()));
        }
        Self
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        *lock() = None;
    }
}

fn lock() -> MutexGuard<'static, Option<String>> {
    LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for Ctrl-C beside the questions: whoever reads an answer is not woken by it.
#[cfg(unix)]
fn listen() -> std::io::Result<()> {
    use std::io::{Read as _, Write as _};

    let (mut rung, bell) = std::os::unix::net::UnixStream::pair()?;
    signal_hook::low_level::pipe::register(signal_hook::consts::SIGINT, bell)?;
    thread::Builder::new().spawn(move || {
        while rung.read_exact(&mut [0]).is_ok() {
            if let Some(words) = lock().take() {
                let _ = writeln!(anstream::stderr(), "\ngwp: {words}");
            }
            if !IS_NOTED.load(Ordering::Relaxed) {
                let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGINT);
            }
        }
    })?;
    Ok(())
}
