//! Words that every sentence is made with.

use std::fmt::Display;

use super::visible;

/// `1 session`, `2 sessions`.
pub fn counted(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// The words with a capital letter at the beginning.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A word of a list in which words are joined by hyphens, as people write it: `not suitable`.
pub fn spaced(word: &str) -> String {
    word.replace('-', " ")
}

/// A sentence as a part of another: its first letter is small, unless it begins with capitals as GWP does.
pub fn within_a_sentence(sentence: &str) -> String {
    if sentence.chars().take(2).all(char::is_uppercase) {
        return sentence.to_owned();
    }
    let mut rest = sentence.chars();
    rest.next().into_iter().flat_map(char::to_lowercase).chain(rest).collect()
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

/// More characters than any word has that can be meant.
const LONGEST: usize = 80;

/// The fewest letters by which somebody can mean a longer word.
const SHORTEST_PART: usize = 3;

/// The fewest letters of a part of a name that was mistyped.
const SHORTEST_MISTYPED: usize = 4;

/// So many words that could be meant are listed.
const MOST_MEANT: usize = 5;

/// A word as it is compared: in small letters, with one mark between its parts.
fn plain(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

/// The word that was probably meant by one that is not known: the first of those that are least unlike it. None where
/// more than a third of its letters would be wrong.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = plain(word);
    let length = word.chars().count();
    let most = (length / 3).min(4);
    let mut best: Option<(usize, &str)> = None;
    if length > LONGEST {
        return None;
    }
    for one in known {
        if one.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::osa_distance(&plain(one), &word);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, one));
        }
    }
    best.map(|(_, one)| one)
}

/// What was probably meant, as a question: `did you mean "london"?` Whoever types a part of a word means one of those
/// that have it.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    let part = plain(word);
    let has_part = |one: &&str| (SHORTEST_PART..=LONGEST).contains(&part.len()) && plain(one).contains(&part);
    let mut meant: Vec<&str> = Vec::new();
    for one in known.clone().into_iter().filter(has_part).take(MOST_MEANT * 2) {
        // `leeds/alex-moran` is alex-moran, where that is enough.
        let is_of_folder = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('/'));
        if !meant.iter().any(|other| *other == one || is_of_folder(one, other)) {
            meant.retain(|other| !is_of_folder(other, one));
            meant.push(one);
        }
    }
    if meant.is_empty() {
        meant.extend(nearest(word, known.clone()));
    }
    if meant.is_empty() {
        meant = with_nearest_part(&part, known);
    }
    let quoted = meant.iter().map(|one| format!("\"{}\"", visible(one)));
    (1..=MOST_MEANT).contains(&meant.len()).then(|| format!("did you mean {}?", any_of(quoted)))
}

/// Those one part of which is a word but for one slip: `mina-holt` for `mian`. Another word can be two slips away.
fn with_nearest_part<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    if !(SHORTEST_MISTYPED..=LONGEST).contains(&word.chars().count()) {
        return Vec::new();
    }
    let is_slip = |part: &str| strsim::osa_distance(part, word) <= 1;
    let mut meant: Vec<&str> = Vec::new();
    for one in known.into_iter().filter(|one| plain(one).split(['-', '/']).any(is_slip)) {
        if !meant.contains(&one) {
            meant.push(one);
        }
    }
    meant
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
    fn a_name_in_capitals_keeps_them() {
        assert_eq!(within_a_sentence("GWP Form 1 was submitted"), "GWP Form 1 was submitted");
        assert_eq!(within_a_sentence("The day on which it came"), "the day on which it came");
        assert_eq!(within_a_sentence("Überweisung"), "überweisung");
        assert_eq!(within_a_sentence(""), "");
    }

    #[test]
    fn what_is_near_is_asked_about() {
        let known = ["london", "leeds"];
        assert_eq!(did_you_mean("lodnon", known).as_deref(), Some("did you mean \"london\"?"));
        assert_eq!(did_you_mean("derby", known), None);
        assert_eq!([nearest("Open Studio", ["open-studio"]), nearest("x", ["abc"])], [Some("open-studio"), None]);
        assert_eq!(nearest(&"x".repeat(LONGEST + 1), ["x"]), None);
    }

    #[test]
    fn a_part_means_what_has_it() {
        let known = ["leeds/alex-moran", "alex-moran", "marcus-idowu", "leeds/marcus-dean", "leeds/alex-webb"];
        let said = |word| did_you_mean(word, known).unwrap_or_default();
        assert_eq!(said("idowu"), "did you mean \"marcus-idowu\"?");
        assert_eq!(said("Marcus Idowu"), "did you mean \"marcus-idowu\"?");
        assert_eq!(said("marcus"), "did you mean \"marcus-idowu\" or \"leeds/marcus-dean\"?");
        assert_eq!(said("moran"), "did you mean \"alex-moran\"?");
        assert_eq!(said("al"), "");
        // A slip in one part of a name.
        assert_eq!(said("idwou"), "did you mean \"marcus-idowu\"?");
        assert_eq!(said("dena"), "did you mean \"leeds/marcus-dean\"?");
        assert_eq!([said("dxnz"), said("deeen")], [String::new(), String::new()]);
        assert_eq!(did_you_mean("thursday", ["tuesday-group"]), None, "another word");
        assert_eq!(did_you_mean("ann", ["ann-a", "ann-b", "ann-c", "ann-d", "ann-e", "ann-f"]), None);
    }
}
