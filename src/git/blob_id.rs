//! The id that git gives to a text, so that a text at hand need not be asked of git again.

use std::fmt::Write as _;

use sha1::{Digest, Sha1};
use sha2::Sha256;

/// How many digits an id has where the repository names its objects by SHA-256.
const DIGITS_OF_SHA256: usize = 64;

/// The id of the object that holds a text, where the repository names its objects by SHA-1, as most do.
pub fn blob_id(text: &str) -> String {
    id_by::<Sha1>(text)
}

/// Whether a text is that of the object with an id, or would be but for the line ends that a checkout gives it on some
/// systems.
pub fn is_blob(text: &str, id: &str) -> bool {
    let is_it = |text: &str| match id.len() {
        DIGITS_OF_SHA256 => id_by::<Sha256>(text) == id,
        _ => blob_id(text) == id,
    };
    is_it(text) || text.contains("\r\n") && is_it(&text.replace("\r\n", "\n"))
}

fn id_by<D: Digest>(text: &str) -> String {
    let mut hash = D::new();
    hash.update(format!("blob {}\0", text.len()).as_bytes());
    hash.update(text.as_bytes());
    hash.finalize().iter().fold(String::new(), |mut id, byte| {
        // Writing to a String cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_git_names_it() {
        assert_eq!(blob_id(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(blob_id("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
        let longer = "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4";
        for id in [&blob_id("hello\n"), longer] {
            assert!(is_blob("hello\n", id) && is_blob("hello\r\n", id) && !is_blob("hello", id), "{id}");
        }
        assert!(!is_blob("hello\n", &blob_id("hello\r\n")) && !is_blob("", ""));
    }
}
