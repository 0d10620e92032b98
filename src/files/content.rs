//! The text of one file.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::MOST_BYTES;
use super::error::reason;
use crate::text::Unreadable;

/// Opened with this, a pipe that nobody writes to does not keep the program waiting. It matters only where a plain
/// file was replaced by a pipe between the look at it and the opening of it.
#[cfg(all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64"))))]
const DO_NOT_WAIT: i32 = 0o4000;
#[cfg(target_vendor = "apple")]
const DO_NOT_WAIT: i32 = 0x4;

/// Reads a plain file: whatever it turns out to be when it is opened, this comes to an end.
pub(super) fn read(path: &Path) -> Result<String, Unreadable> {
    let file = open(path).map_err(|error| refused(&error))?;
    let there = file.metadata().map_err(|error| refused(&error))?;
    if !there.is_file() {
        return Err(not_a_file("it is not a plain file"));
    }
    // What a file says of its size may be out of date, or 0 for one that the system makes up on the spot.
    let expected = usize::try_from(there.len().min(MOST_BYTES)).unwrap_or(0);
    let mut bytes = Vec::with_capacity(expected + 1);
    if there.len() <= MOST_BYTES {
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    }
    if there.len() > MOST_BYTES || bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    text(bytes)
}

/// The beginning of every file that Git LFS leaves in place of another.
const POINTER: &str = "version https://git-lfs.github.com/spec/v";

/// The text that the bytes of a file are.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    match String::from_utf8(bytes) {
        Ok(text) if text.starts_with(POINTER) => Err(pointer()),
        Ok(text) => Ok(text),
        Err(error) => Err(not_text(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn pointer() -> Unreadable {
    Unreadable {
        message: "it is a pointer of Git LFS: the text itself is kept elsewhere".to_owned(),
        help: "commit the record itself: take its kind of file out of .gitattributes, and add it again".to_owned(),
        at: None,
        is_folder: false,
    }
}

/// The reason for a file of more than [`MOST_BYTES`].
pub(crate) fn too_large() -> Unreadable {
    Unreadable {
        message: format!("the file is larger than {} MiB", MOST_BYTES / 1024 / 1024),
        help: "a record is a small text file: look whether something else has been saved under its name".to_owned(),
        at: None,
        is_folder: false,
    }
}

/// The reason for what is neither file nor folder, or a link.
pub(super) fn not_a_file(message: &str) -> Unreadable {
    Unreadable {
        message: message.to_owned(),
        help: "put the file itself here, or remove it".to_owned(),
        at: None,
        is_folder: false,
    }
}

pub(super) fn refused(error: &io::Error) -> Unreadable {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "run the check again once nothing else changes the folder",
        io::ErrorKind::InvalidFilename => "use shorter names, or fewer folders in one another",
        _ => "check that you are allowed to read it, and that the disk is in order",
    };
    Unreadable {
        message: format!("it cannot be read: {}", reason(error)),
        help: help.to_owned(),
        at: None,
        is_folder: false,
    }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(any(
        target_vendor = "apple",
        all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64")))
    ))]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(DO_NOT_WAIT);
    }
    options.open(path)
}

fn not_text(bytes: &[u8], valid: usize) -> Unreadable {
    let (before, rest) = bytes.split_at(valid);
    let (line, last_line) = before.split(|&byte| byte == b'\n').enumerate().last().unwrap_or_default();
    let column = String::from_utf8_lossy(last_line).chars().count() + 1;
    let byte = rest.first().copied().unwrap_or_default();
    Unreadable {
        message: format!("the file is not UTF-8 text: the byte {byte:02x} does not fit"),
        help: "save the file again with the encoding UTF-8".to_owned(),
        at: Some((line + 1, column)),
        is_folder: false,
    }
}
