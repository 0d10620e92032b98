//! The id that git gives to a text, so that a text at hand need not be asked of git again.

use std::fmt::Write as _;

use sha1::{Digest as _, Sha1};

/// The id of the object that holds a text, where the repository names its objects by SHA-1, as most do. In any other
/// no object has it.
pub fn blob_id(text: &str) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", text.len()).as_bytes());
    hash.update(text.as_bytes());
    hash.finalize().iter().fold(String::with_capacity(40), |mut id, byte| {
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
    }
}
