//! Which files a user's commands wrote at the places that the user named, so that the next run replaces only those.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::files::MARK;
use crate::records::RecordKind;

use super::{StateFolder, WriteError, add_line_private, make_private_folder, put_private};

/// The list in the state folder: a line for each file that was written, with a digest of its place and one of its bytes.
const LIST: &str = "own-files";

/// The list is cut back to the newest half of so many lines.
const MOST_LINES: usize = 2000;

/// The largest list, and the largest file at a place, that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

impl StateFolder {
    /// Whether nothing is lost where these bytes are put at a path: no file is there, or an empty one, or exactly these bytes,
    /// or what a command of this user wrote there last and nobody has changed since. What is no file, such as a link or a
    /// device, is not replaced.
    pub fn can_replace(state: Option<&Self>, path: &Path, bytes: &[u8]) -> bool {
        let Ok(there) = fs::symlink_metadata(path) else { return true };
        if !there.is_file() || there.len() > MOST_BYTES {
            return false;
        }
        if there.len() == 0 {
            return true;
        }
        let Ok(read) = fs::read(path) else { return false };
        read == bytes || state.is_some_and(|state| state.lines().contains(&line_of(path, &read)))
    }

    /// Keeps in mind that a command wrote these bytes at a path. No name is kept: neither the place nor the bytes can be
    /// read from the list.
    pub fn keep_own(&self, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        make_private_folder(self.path())?;
        let lines = self.lines();
        let line = line_of(path, bytes);
        let list = self.path().join(LIST);
        if lines.len() >= MOST_LINES {
            let newest: String = lines.iter().skip(lines.len() / 2).fold(String::new(), |mut text, line| {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{line}");
                text
            });
            put_private(&list, newest.as_bytes())?;
        }
        if lines.last() == Some(&line) { Ok(()) } else { add_line_private(&list, &line) }
    }

    fn lines(&self) -> Vec<String> {
        let list = self.path().join(LIST);
        let is_list = fs::symlink_metadata(&list).is_ok_and(|there| there.is_file() && there.len() <= MOST_BYTES);
        let text = if is_list { fs::read(&list).unwrap_or_default() } else { Vec::new() };
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }
}

/// Whether a path is a place of the records of a case folder, or of a file that makes it one: its `gwp.toml`, what git or a
/// program keeps in it. What is put there could pass for a record, or do harm to one.
pub fn is_of_records(path: &Path) -> bool {
    let Ok(path) = std::path::absolute(path) else { return false };
    // A folder that is not there yet is no link: what follows it is as it is written.
    let (mut place, mut rest) = (path, Vec::new());
    while fs::canonicalize(&place).is_err() {
        rest.extend(place.components().next_back().map(|last| last.as_os_str().to_owned()));
        if !place.pop() {
            break;
        }
    }
    let mut place = fs::canonicalize(&place).unwrap_or(place);
    for name in rest.into_iter().rev() {
        match name.to_str() {
            Some("..") => drop(place.pop()),
            _ => place.push(name),
        }
    }
    let is_of = |folder: &Path| {
        let below = place.strip_prefix(folder).ok()?;
        // On some systems the case of letters makes no difference.
        let first = below.components().next()?.as_os_str().to_string_lossy().to_lowercase();
        let is_own = first == MARK || [".git", ".gwp"].iter().any(|own| first.starts_with(own));
        Some(is_own || RecordKind::in_folder(&first).is_some())
    };
    place.ancestors().skip(1).any(|folder| folder.join(MARK).is_file() && is_of(folder) == Some(true))
}

/// Whether a file is at a path, or nothing: no folder, no link, no device.
pub fn is_file_or_free(path: &Path) -> bool {
    fs::symlink_metadata(path).map_or(true, |there| there.is_file())
}

/// The line of a file. The folder of a file is the same by whichever way it is reached.
fn line_of(path: &Path, bytes: &[u8]) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let place = match (fs::canonicalize(folder), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    };
    format!("{} {}", digest(place.as_os_str().as_encoded_bytes()), digest(bytes))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).fold(String::new(), |mut digest, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_and_is_unchanged_can_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("state/gwp"));
        let path = folder.path().join("form.txt");
        let can = |bytes: &[u8]| StateFolder::can_replace(Some(&state), &path, bytes);
        assert!(can(b"one"), "nothing is there");
        fs::write(&path, "").unwrap();
        assert!(can(b"one"), "there is nothing in it");
        fs::write(&path, "one").unwrap();
        assert!(can(b"one") && !can(b"two"), "somebody else wrote it");
        state.keep_own(&path, b"one").unwrap();
        assert!(can(b"two") && StateFolder::can_replace(None, &path, b"one"));
        assert!(!StateFolder::can_replace(None, &path, b"two"), "nothing is kept in mind");
        // By another way to the same folder.
        fs::create_dir(folder.path().join("x")).unwrap();
        assert!(StateFolder::can_replace(Some(&state), &folder.path().join("x/../form.txt"), b"two"));
        fs::write(&path, "one, filled in").unwrap();
        assert!(!can(b"two"), "somebody has changed it");
        let list = fs::read_to_string(folder.path().join("state/gwp").join(LIST)).unwrap();
        assert!(!list.contains("form") && list.lines().count() == 1, "{list}");
    }

    #[test]
    fn a_place_of_the_records_is_known_by_whatever_way() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().join("case");
        fs::create_dir_all(top.join("students/2025")).unwrap();
        fs::write(top.join(MARK), "").unwrap();
        for (path, is) in [
            ("case/students", true),
            ("case/students/2025/a.toml", true),
            ("case/Students/new/letters", true),
            ("case/new/../meetings", true),
            ("case/students/../letters", false),
            ("case/gwp.toml", true),
            ("case/.gitignore", true),
            ("case/.git/hooks/pre-commit", true),
            ("case/.gwp.lock", true),
            ("case", false),
            ("case/letters", false),
            ("case/papers/students", false),
            ("students", false),
            ("gwp.toml", false),
        ] {
            assert_eq!(is_of_records(&folder.path().join(path)), is, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link.txt");
        std::os::unix::fs::symlink("nowhere.txt", &link).unwrap();
        for path in [link.as_path(), folder.path(), Path::new("/dev/null")] {
            let is_replaced = StateFolder::can_replace(None, path, b"one");
            assert!(!is_replaced && !is_file_or_free(path), "{}", path.display());
        }
        assert!(is_file_or_free(&folder.path().join("new.txt")));
    }

    #[test]
    fn the_list_does_not_grow_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("gwp"));
        make_private_folder(state.path()).unwrap();
        let many = "x\n".repeat(MOST_LINES);
        fs::write(state.path().join(LIST), many).unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "a").unwrap();
        state.keep_own(&path, b"a").unwrap();
        assert_eq!(state.lines().len(), MOST_LINES / 2 + 1);
        assert!(StateFolder::can_replace(Some(&state), &path, b"b"));
    }
}
