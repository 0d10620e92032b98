//! The line at the foot of a form that says what it is about.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use sha2::{Digest as _, Sha256};

use super::lines::{Line, lines, plain, rule};

/// What the foot of a form says: what the form is about, and a digest of all that was printed on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The words of [`Form::about`](super::Form::about).
    pub about: Vec<String>,
    pub(super) printed: String,
}

/// The word before a reference.
const REFERENCE: &str = "reference:";

/// A reference goes over no more lines, however it was wrapped.
const MOST_LINES: usize = 4;

/// How many bytes of a digest stand there.
const DIGEST: usize = 4;

impl Reference {
    /// The references in a text, each once, in the order of the text.
    pub fn all_in(text: &str) -> Vec<Self> {
        let lines = lines(text);
        let mut all: Vec<Self> = Vec::new();
        for (_, reference) in references(&lines) {
            if !all.iter().any(|known| known.about == reference.about) {
                all.push(reference);
            }
        }
        all
    }

    /// The line of it.
    pub(super) fn line(&self) -> String {
        format!("Reference: {} #{}", self.about.join(" "), self.printed)
    }
}

/// The references in lines, each with the positions of its lines.
pub(super) fn references(lines: &[Line]) -> Vec<(RangeInclusive<usize>, Reference)> {
    let begins = |line: &Line| {
        let line = plain(line.says.raw());
        Some(rule(&line).unwrap_or(line).strip_prefix(REFERENCE)?.to_owned())
    };
    let at = |at: usize| {
        let mut words: Vec<String> = Vec::new();
        for (last, line) in lines.iter().enumerate().skip(at).take(MOST_LINES) {
            let says = match begins(line) {
                Some(says) if last == at => says,
                None if last > at => plain(line.says.raw()),
                _ => return None,
            };
            words.extend(says.split(' ').map(str::to_owned));
            if let Some((end, printed)) = words.iter().enumerate().find_map(|(end, word)| Some((end, printed(word)?))) {
                let about = words.iter().take(end).filter(|word| !word.is_empty()).cloned().collect();
                return Some((at..=last, Reference { about, printed }));
            }
        }
        None
    };
    (0..lines.len()).filter_map(at).collect()
}

/// The digest in the last word of a reference.
fn printed(word: &str) -> Option<String> {
    let digest = word.strip_prefix('#')?.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
    (digest.len() == 2 * DIGEST && digest.chars().all(|c| c.is_ascii_hexdigit())).then(|| digest.to_owned())
}

/// A short digest of what is printed on a form, whatever its spaces.
pub(super) fn digest(printed: &str) -> String {
    let letters: String = printed.split_whitespace().collect();
    let mut digest = String::new();
    for byte in Sha256::digest(letters.as_bytes()).iter().take(DIGEST) {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
