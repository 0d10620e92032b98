//! How a sentence names one thing out of several.

use crate::text::visible;

/// More bytes than a word has that somebody means.
const LONGEST: usize = 80;

/// More than so many letters apart, two words are different ones.
const FURTHEST: usize = 3;

/// What was probably meant by a word that is not known, as a question: `did you mean "london"?`
pub fn did_you_mean<'k>(missing: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    known
        .into_iter()
        .filter(|word| word.len().max(missing.len()) <= LONGEST)
        .map(|word| (strsim::damerau_levenshtein(word, missing), word))
        .min()
        .filter(|(distance, _)| *distance <= FURTHEST)
        .map(|(_, word)| format!("did you mean \"{}\"?", visible(word)))
}
