//! What is typed on the command line in the words of the records.

use gwp::calendar::Day;

/// Reads an id; the error says what one is like. A name with a slash would lie in another folder.
pub fn id(text: &str) -> Result<String, String> {
    let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.is_empty() && text.chars().all(is_of_id) {
        Ok(text.to_owned())
    } else {
        Err("an id is lower-case letters, digits and hyphens, such as mina-holt".to_owned())
    }
}

/// The one of a list whose word was typed, in whatever letters.
pub fn one_of<T: Copy>(typed: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| word(*one).eq_ignore_ascii_case(typed));
    found.ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
        format!("it can be {}", words.join(", "))
    })
}

/// Reads `2026-01-31`; the error says what is needed.
pub fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day such as 2026-01-31 is needed".to_owned())
}
