//! What the file of each letter is called.

use std::collections::BTreeSet;

use super::letters::Letter;
use crate::text::slug;

/// The longest part of a name that goes into the name of a file.
const LONGEST: usize = 60;

/// A name for each letter, in order: the office and the name of the person in plain ASCII, with a number where two
/// would be called the same. No two names are the same, in whatever letters.
pub fn file_names(letters: &[Letter<'_>]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut name = |letter: &Letter<'_>| {
        let role = letter.to.roles.first().map_or("person", |role| role.word());
        let stem = match short(letter.to.name.raw()) {
            slug if slug.is_empty() => role.to_owned(),
            slug => format!("{role}-{slug}"),
        };
        format!("{}.eml", free(stem, &mut taken))
    };
    letters.iter().map(&mut name).collect()
}

/// A name for each page that goes with one letter, likewise, from what the form is about.
pub fn page_names(abouts: &[&[String]]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    abouts.iter().map(|about| format!("{}.html", free(short(&about.join("-")), &mut taken))).collect()
}

/// The name, with a number where it is taken.
fn free(stem: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or(stem);
    taken.insert(free.clone());
    free
}

/// A name in small letters, digits and hyphens, and not too long; nothing where it has no letter.
fn short(name: &str) -> String {
    let slug = slug(name).unwrap_or_default();
    slug.get(..LONGEST).unwrap_or(&slug).trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_short() {
        assert_eq!(short("Zoë O'Hara"), "zoe-ohara");
        assert_eq!(short("../../etc/passwd"), "etc-passwd");
        assert_eq!(short("\r\n\u{1b}[31m \"x\""), "31m-x");
        assert_eq!(short("…"), "");
        assert_eq!(short(&"ab ".repeat(900)).len(), 59);
    }
}
