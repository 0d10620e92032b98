//! Words that sentences about requirements are made with.

use crate::text::all_of;

/// Words in a list, each once: `a, b and c`.
pub(super) fn listed(words: impl Iterator<Item = String>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for word in words {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    all_of(distinct)
}
