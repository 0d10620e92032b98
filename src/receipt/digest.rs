//! Digests that other programs can make as well.

use std::fmt::Write as _;

use crate::edition::{Edition, ParameterName, Value};
use crate::records::sha256;
use crate::text::Source;

/// What stands in place of the digest of a file that could not be read.
pub(super) const UNREADABLE: &str = "unreadable";

/// The digest of the records that were read: that of a list with a line for each file, in order of path, of its own
/// digest, two spaces and its path, as `sha256sum` prints it. Line ends count as they are in git: `\n`. A file that
/// could not be read has the word `unreadable` in place of its digest.
pub fn of_records(sources: &[Source]) -> String {
    let mut sources: Vec<&Source> = sources.iter().filter(|source| !source.is_nearly_record()).collect();
    sources.sort_by(|one, other| one.path.raw().as_bytes().cmp(other.path.raw().as_bytes()));
    let mut list = String::new();
    for source in sources {
        // Writing to a String cannot fail.
        let _ = writeln!(list, "{}  {}", of_file(source), source.path.raw());
    }
    format!("sha256:{}", sha256(list.as_bytes()))
}

/// The digest of records whose own digests are known, by path.
pub(super) fn of_list<'r>(records: impl Iterator<Item = (&'r String, &'r String)>) -> String {
    let mut all: Vec<_> = records.collect();
    all.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    let list = all.into_iter().fold(String::new(), |mut list, (path, digest)| {
        let _ = writeln!(list, "{digest}  {path}");
        list
    });
    format!("sha256:{}", sha256(list.as_bytes()))
}

/// The digest of a file, as `sha256sum` makes it.
pub(super) fn of_file(source: &Source) -> String {
    match &source.content {
        Ok(text) => sha256(text.replace("\r\n", "\n").as_bytes()),
        Err(_) => UNREADABLE.to_owned(),
    }
}

/// The digest of an edition's parameters: that of a list with a line for each, in order, of its name, ` = ` and its
/// value. How the requirements are worded makes no difference.
pub fn of_edition(edition: &Edition) -> String {
    let mut list = String::new();
    for name in ParameterName::ALL {
        let _ = match &edition.entry(name).value {
            Value::Number(number) => writeln!(list, "{} = {number}", name.word()),
            Value::Words(words) => writeln!(list, "{} = {}", name.word(), words.join(", ")),
        };
    }
    format!("sha256:{}", sha256(list.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn as_other_programs_make_it() {
        // printf hello | sha256sum
        assert_eq!(sha256(b"hello"), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    #[test]
    fn neither_order_nor_line_ends_count() {
        let source = |path: &str, text: &str| Source { path: Text::new(path), content: Ok(text.to_owned().into()) };
        let one = of_records(&[source("a.toml", "x = 1\n"), source("b.toml", "y = 1\n")]);
        assert_eq!(one, of_records(&[source("b.toml", "y = 1\r\n"), source("a.toml", "x = 1\r\n")]));
        assert_ne!(one, of_records(&[source("a.toml", "x = 1\n"), source("c.toml", "y = 1\n")]));
    }
}
