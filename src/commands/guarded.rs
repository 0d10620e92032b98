//! Work that somebody else's text decides about: it gets room enough, and not for ever.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The room for calls within calls, in bytes: more than a text of the largest size can nest. What is not used of it
/// costs nothing.
const ROOM: usize = 256 * 1024 * 1024;

/// How long it may take. A letter takes some thousandths of a second.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the work gives; none where it does not end in time, or fails. Work that goes on is left to itself, and ends with
/// the program.
pub fn guarded<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = mpsc::channel();
    let begun = thread::Builder::new().stack_size(ROOM).spawn(move || {
        // Where nobody waits any more, nobody is told.
        let _ = send.send(work());
    });
    begun.ok()?;
    receive.recv_timeout(PATIENCE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_is_given_and_what_nests_deeply_has_room() {
        fn depth(left: u32) -> u32 {
            if left == 0 { 0 } else { std::hint::black_box(depth(left - 1)) + 1 }
        }
        assert_eq!(guarded(|| depth(500_000)), Some(500_000));
        assert_eq!(
            guarded(|| -> u32 {
                loop {
                    thread::park();
                }
            }),
            None
        );
    }
}
