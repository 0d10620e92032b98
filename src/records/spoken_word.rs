//! Words of the closed lists as people say them.

/// What people say for a word of a list, where it can mean nothing else.
const SAID: [(&str, &str); 26] = [
    ("therapy", "therapeutic"),
    ("psychotherapy", "therapeutic"),
    ("every-week", "weekly"),
    ("once-a-week", "weekly"),
    ("every-fortnight", "fortnightly"),
    ("every-two-weeks", "fortnightly"),
    ("every-2-weeks", "fortnightly"),
    ("every-other-week", "fortnightly"),
    ("every-month", "monthly"),
    ("once-a-month", "monthly"),
    ("healthcare", "health"),
    ("health-care", "health"),
    ("charity", "voluntary"),
    ("school", "education"),
    ("prison", "justice"),
    ("in-person", "face-to-face"),
    ("phone", "telephone"),
    ("by-phone", "telephone"),
    ("video-call", "video"),
    ("zoom", "video"),
    ("ratify", "ratified"),
    ("query", "queried"),
    ("defer", "deferred"),
    ("not-recommend", "not-recommended"),
    ("reject", "refused"),
    ("rejected", "refused"),
];

/// Fewer letters are no beginning of a word that somebody means.
const LEAST: usize = 4;

/// The word of a list that was typed: itself in whatever letters, with spaces in place of hyphens, its beginning where no
/// other word begins so, or what people say for it.
pub fn spoken_word<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let words: Vec<&str> = words.collect();
    let plain =
        typed.split([' ', '_', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_lowercase();
    let find = |wanted: &str| words.iter().copied().find(|word| word.eq_ignore_ascii_case(wanted));
    let begun = || {
        let mut beginning = words.iter().copied().filter(|word| word.to_lowercase().starts_with(&plain));
        beginning.next().filter(|_| plain.len() >= LEAST && beginning.next().is_none())
    };
    let said = || SAID.iter().find(|(said, _)| *said == plain).and_then(|(_, word)| find(word));
    find(typed.trim()).or_else(|| find(&plain)).or_else(begun).or_else(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_is_a_word_of_the_list() {
        let aims = ["therapeutic", "clinical", "personal-development", "other"];
        let frequencies = ["weekly", "fortnightly", "monthly", "other"];
        let outcomes = ["approved", "queried", "declined"];
        let read = |typed: &str, words: &[&'static str]| spoken_word(typed, words.iter().copied());
        for (typed, word) in [
            ("therapy", Some("therapeutic")),
            ("Personal Development", Some("personal-development")),
            ("personal", Some("personal-development")),
            ("CLINICAL", Some("clinical")),
            ("the", None),
            ("", None),
            ("social", None),
        ] {
            assert_eq!(read(typed, &aims), word, "{typed}");
        }
        for (typed, word) in [
            ("every week", Some("weekly")),
            ("Fortnight", Some("fortnightly")),
            ("twice a week", None),
            ("bi-weekly", None),
        ] {
            assert_eq!(read(typed, &frequencies), word, "{typed}");
        }
        for (typed, word) in [("approve", Some("approved")), ("query", Some("queried")), ("ratify", None)] {
            assert_eq!(read(typed, &outcomes), word, "{typed}");
        }
        // Two words begin so.
        assert_eq!(read("recom", &["recommended", "recommended-later"]), None);
    }
}
