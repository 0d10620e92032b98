use std::time::Duration;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_put_whole_and_leaves_nothing_beside_it() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    put(&path, b"one").unwrap();
    put(&path, "\u{feff}two\r\n".as_bytes()).unwrap();
    assert_eq!(fs::read(&path).unwrap(), "\u{feff}two\r\n".as_bytes());
    assert_eq!(names(folder.path()), ["a.toml"]);
}

#[test]
fn what_cannot_be_put_leaves_what_is_there() {
    let folder = folder();
    let missing = folder.path().join("none/a.toml");
    assert_eq!(
        put(&missing, b"x").unwrap_err().to_string(),
        format!("{} cannot be written: its folder is not there", missing.display())
    );
    let is_folder = folder.path().join("b.toml");
    fs::create_dir(&is_folder).unwrap();
    assert!(matches!(put(&is_folder, b"x"), Err(WriteError::Refused { .. })));
    assert_eq!(names(folder.path()), ["b.toml"]);
}

#[test]
fn the_last_look_comes_when_all_is_written() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    put(&path, b"one").unwrap();
    let look = || {
        assert_eq!(names(folder.path()).len(), 2);
        // An editor saves just then.
        fs::write(&path, "an editor's").unwrap();
        Err(WriteError::Changed { path: error::shown(&path) })
    };
    assert!(Placing { may: &look, ..Placing::of(&path) }.place(b"two").is_err());
    assert_eq!(fs::read(&path).unwrap(), b"an editor's");
    assert_eq!(names(folder.path()), ["a.toml"]);
}

#[test]
fn what_says_something_else_by_now_is_not_replaced() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    put(&path, b"one").unwrap();
    fs::create_dir(folder.path().join(".gwp")).unwrap();
    fs::write(folder.path().join(".gwp/.gwp-killed.new"), "tw").unwrap();
    fs::create_dir(folder.path().join(".gwp.done-1")).unwrap();
    fs::write(folder.path().join(".gwp.done-1/lock"), "").unwrap();
    let held = FolderLock::take(folder.path(), PATIENCE).unwrap();
    held.replace(&path, "one", "two").unwrap();
    assert!(matches!(held.replace(&path, "one", "three"), Err(WriteError::Changed { .. })));
    drop(held);
    assert_eq!(fs::read(&path).unwrap(), b"two");
    if cfg!(unix) {
        assert_eq!(names(folder.path()), ["a.toml"], "what a killed process left is gone");
    }
}

#[test]
fn what_a_killed_process_left_beside_a_file_is_gone() {
    let folder = folder();
    let left = |name: &str, seconds: u64| {
        let file = fs::File::create(folder.path().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(seconds)).unwrap();
        file
    };
    left(".gwp-killed.new", 60);
    left("gwp-of-somebody.new", 60);
    left(".gwp-just-begun.new", 0);
    let held = left(".gwp-at-work.new", 60);
    held.lock().unwrap();
    put(&folder.path().join("a.csv"), b"one").unwrap();
    let there = [".gwp-at-work.new", ".gwp-just-begun.new", "a.csv", "gwp-of-somebody.new"];
    assert_eq!(names(folder.path()), there);
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_read_only_is_respected() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let path = folder.path().join("a.toml");
    fs::write(&path, "one").unwrap();
    let new = fs::metadata(&path).unwrap().permissions().mode();
    let mode_of = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert!(create(&folder.path().join("b.toml"), b"x").unwrap());
    assert_eq!(mode_of("b.toml"), new, "as any new file");
    assert!(!create(&folder.path().join("b.toml"), b"y").unwrap(), "it is there");
    put_private(&folder.path().join("c.eml"), b"x").unwrap();
    assert_eq!(mode_of("c.eml") & 0o777, 0o600, "for nobody else");
    for mode in [0o600, 0o640, 0o664] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        put(&path, b"two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(put(&path, b"three"), Err(WriteError::ReadOnly { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"two");
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_not_followed() {
    let folder = folder();
    let (path, target) = (folder.path().join("a.toml"), folder.path().join("b.toml"));
    fs::write(&target, "kept").unwrap();
    std::os::unix::fs::symlink(&target, &path).unwrap();
    put(&path, b"own").unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"kept");
    assert!(fs::symlink_metadata(&path).unwrap().is_file());
}

#[test]
fn one_writer_at_a_time() {
    let folder = folder();
    let held = FolderLock::take(folder.path(), PATIENCE).unwrap();
    let busy = FolderLock::take(folder.path(), Duration::ZERO).unwrap_err();
    assert_eq!(busy, WriteError::Busy { folder: error::shown(folder.path()) });
    drop(held);
    if cfg!(unix) {
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
    FolderLock::take(folder.path(), Duration::ZERO).unwrap();
}

#[test]
fn a_lock_left_by_a_killed_process_is_free() {
    let folder = folder();
    fs::create_dir(folder.path().join(".gwp")).unwrap();
    fs::write(folder.path().join(".gwp/lock"), "").unwrap();
    // It was killed before the text was in it.
    fs::write(folder.path().join(".gwp/.gitignore"), "").unwrap();
    let held = FolderLock::take(folder.path(), Duration::ZERO).unwrap();
    assert_eq!(fs::read(folder.path().join(".gwp/.gitignore")).unwrap(), b"*\n");
    drop(held);
}

#[test]
fn a_disk_without_locks_is_named_and_nothing_stays() {
    let folder = folder();
    let no_locks = |_: &File| Err(fs::TryLockError::Error(io::ErrorKind::Unsupported.into()));
    let error = FolderLock::take_by(folder.path(), PATIENCE, &no_locks).unwrap_err();
    assert_eq!(error, WriteError::NoLocks { folder: error::shown(folder.path()) });
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn what_appears_in_the_last_moment_stays() {
    let folder = folder();
    let path = folder.path().join("a.toml");
    let look = || {
        fs::write(&path, "an editor's").unwrap();
        Ok(())
    };
    let is_new = Placing { may: &look, replaces: false, ..Placing::of(&path) }.place(b"two").unwrap();
    assert!(!is_new);
    assert_eq!(fs::read(&path).unwrap(), b"an editor's");
    let held = FolderLock::take(folder.path(), PATIENCE).unwrap();
    assert!(held.create(&path, "new").is_err());
    fs::write(folder.path().join("b.toml"), "old").unwrap();
    assert!(held.copy(&folder.path().join("b.toml"), "old", &path).is_err());
    drop(held);
    assert_eq!(names(folder.path()), ["a.toml", "b.toml"]);
}

#[test]
fn nothing_is_lost_among_many() {
    let folder = folder();
    let path = folder.path().join("count");
    put(&path, b"0").unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..25 {
                    let held = FolderLock::take(folder.path(), PATIENCE).unwrap();
                    let there = fs::read_to_string(&path).unwrap();
                    let next = there.parse::<u32>().unwrap() + 1;
                    held.replace(&path, &there, &next.to_string()).unwrap();
                }
            });
        }
    });
    assert_eq!(fs::read_to_string(&path).unwrap(), "200");
}
