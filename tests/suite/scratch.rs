//! Folders for tests to write in.

use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

/// A folder of a test's own, which goes when it is dropped. It lies in memory where the system has such a place, since
/// most of what a test waits for is the disk; `TMPDIR` says otherwise.
pub fn folder() -> TempDir {
    static IN_MEMORY: LazyLock<Option<&Path>> = LazyLock::new(|| {
        let place = Path::new("/dev/shm");
        (std::env::var_os("TMPDIR").is_none() && has_room(place)).then_some(place)
    });
    match *IN_MEMORY {
        Some(place) => tempfile::tempdir_in(place).expect("there is room in memory"),
        None => on_disk(),
    }
}

/// A folder on the disk, where writing takes long enough to be interrupted.
pub fn on_disk() -> TempDir {
    tempfile::tempdir().expect("there is room")
}

/// Whether a place has several times what all folders of tests need at once, 16 MB on two processors. A container has
/// 64 MB of shared memory unless it asks for more.
#[cfg(target_os = "linux")]
fn has_room(place: &Path) -> bool {
    const NEEDED: u64 = 512 << 20;
    rustix::fs::statvfs(place).is_ok_and(|there| there.f_bavail.saturating_mul(there.f_frsize) >= NEEDED)
}

#[cfg(not(target_os = "linux"))]
fn has_room(_: &Path) -> bool {
    false
}
