//! A git that is listened to, and ended where it falls silent: what it opens may be a pipe that nobody writes to.

use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::RevisionError;

/// A started git, and what it answers.
pub(super) struct Listening {
    child: Arc<Mutex<Child>>,
    answer: ChildStdout,
    /// Told of every piece of the answer.
    heard: Sender<()>,
    is_silent: Arc<AtomicBool>,
}

impl Listening {
    /// Starts git. It is ended where it says nothing for as long as `patience`.
    pub fn to(
        command: &mut Command,
        patience: Duration,
    ) -> Result<(Self, Option<ChildStdin>, Option<ChildStderr>), RevisionError> {
        let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| RevisionError::not_started(&error))?;
        let (question, complaint) = (child.stdin.take(), child.stderr.take());
        let Some(answer) = child.stdout.take() else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(RevisionError::Refused { said: "it cannot be listened to".to_owned() });
        };
        let (heard, pieces) = mpsc::channel();
        let listening =
            Self { child: Arc::new(Mutex::new(child)), answer, heard, is_silent: Arc::new(AtomicBool::new(false)) };
        let (child, is_silent) = (Arc::clone(&listening.child), Arc::clone(&listening.is_silent));
        thread::spawn(move || {
            loop {
                match pieces.recv_timeout(patience) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => break,
                }
            }
            is_silent.store(true, Ordering::SeqCst);
            let _ = locked(&child).kill();
        });
        Ok((listening, question, complaint))
    }

    /// Whether it was ended because it had fallen silent.
    pub fn is_silent(&self) -> bool {
        self.is_silent.load(Ordering::SeqCst)
    }

    /// Ends it at once.
    pub fn end(&self) {
        let _ = locked(&self.child).kill();
    }

    /// Waits for its end. What it answers must have been read to the end, or it must have been ended.
    pub fn status(&self) -> io::Result<ExitStatus> {
        locked(&self.child).wait()
    }
}

impl Read for Listening {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.answer.read(into);
        // Nobody waits for a piece any more where it was ended.
        let _ = self.heard.send(());
        read
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.end();
        let _ = self.status();
    }
}

fn locked(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}
