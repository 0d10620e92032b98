//! Words that every sentence is made with.

use std::fmt::Display;

use super::visible;

/// `1 session`, `2 sessions`.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// The beginning of a commit's id, for people.
pub fn short_id(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

/// `a`, `a and b`, `a, b and c`.
pub fn all_of<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub fn any_of<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    joined(words, "or")
}

fn joined<T: Display>(words: impl IntoIterator<Item = T>, before_last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {before_last} {last}", first.join(", ")),
    }
}

/// The first of many, and how many more there are: `a; b; and 3 more`.
pub fn few<T: Display>(words: impl IntoIterator<Item = T>, most: usize, between: &str) -> String {
    let mut words = words.into_iter();
    let mut first: Vec<String> = words.by_ref().take(most).map(|word| word.to_string()).collect();
    let more = words.count();
    first.extend((more > 0).then(|| format!("and {more} more")));
    first.join(between)
}

/// More bytes than any word has that can be meant.
const LONGEST: usize = 80;

/// With more than so many letters that differ, two words have nothing to do with each other.
const FURTHEST: usize = 3;

/// The word that was probably meant by one that is not known.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .filter(|known| known.len().max(word.len()) <= LONGEST)
        .map(|known| (strsim::damerau_levenshtein(known, word), known))
        .min()
        .filter(|(distance, _)| *distance <= FURTHEST)
        .map(|(_, known)| known)
}

/// The word that was probably meant, as a question: `did you mean "london"?`
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(word, known).map(|known| format!("did you mean \"{}\"?", visible(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_in_a_word_or_in_a_number() {
        assert_eq!([all_of::<&str>([]), all_of(["a"]), all_of(["a", "b", "c"])], ["", "a", "a, b and c"]);
        assert_eq!([any_of(["a", "b"]), any_of(["a", "b", "c"])], ["a or b", "a, b or c"]);
        assert_eq!([few([1, 2], 2, "; "), few(1..=5, 2, "; ")], ["1; 2", "1; 2; and 3 more"]);
    }

    #[test]
    fn what_is_near_is_asked_about() {
        let known = ["london", "leeds"];
        assert_eq!(did_you_mean("lodnon", known).as_deref(), Some("did you mean \"london\"?"));
        assert_eq!(did_you_mean("derby", known), None);
    }
}
