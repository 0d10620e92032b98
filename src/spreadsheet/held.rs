//! Whether something took place, in the words of people.
//!
//! Every error is a phrase that is safe to show.

use super::date::{WEEKDAYS, name_in};
use super::grid::Value;
use super::words::{is_nothing, yes_or_no};

/// What a cell says of whether something took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It took place.
    Yes,
    /// It did not; why, where it says so.
    Cancelled(Option<String>),
}

/// What people call what takes place.
const CALLED: [&str; 4] = ["group", "session", "meeting", "supervision"];

/// What a text says that begins with a word for being cancelled: why, where it says so, or that it is not certain.
pub fn after_cancelled(text: &str) -> Option<Result<Option<String>, String>> {
    const WORDS: [&str; 9] = [
        "cancelled",
        "canceled",
        "cancelation",
        "cancellation",
        "canc",
        "cxl",
        "did not take place",
        "not held",
        "called off",
    ];
    let lower = text.to_lowercase();
    let word = WORDS.iter().find(|word| lower.starts_with(**word)).map(|word| word.len());
    let none = if word.is_none() { says_none(&lower) } else { None };
    // Lower case can be longer than what it comes from; where it is, no word of these was meant.
    let rest = text.get(word.or(none)?..)?;
    let bare = rest.trim_start();
    // "No group room", "no session notes": only what ends there, or goes on with a reason, says that there was none.
    let goes_on = bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_punctuation() || "–—".contains(c));
    let is_reason = ["due to ", "because "].iter().any(|word| bare.to_lowercase().starts_with(word));
    if rest.starts_with(char::is_alphanumeric) || none.is_some() && !goes_on && !is_reason {
        return None;
    }
    let why = rest.trim_matches(|c: char| c.is_whitespace() || "-–—:;,.!()[]".contains(c));
    if is_open(text) || why.to_lowercase().starts_with("or ") {
        return Some(Err(not_clear(&Value::text(text))));
    }
    let why = ["due to ", "because ", "as "].iter().find_map(|word| why.strip_prefix(word)).unwrap_or(why);
    Some(Ok((!why.is_empty()).then(|| why.to_owned())))
}

fn not_clear(value: &Value) -> String {
    format!("{value} does not say clearly whether it was cancelled; write yes or no in a column Cancelled")
}

/// Whether a text asks, or says that something is not settled: `cancelled?`, `snow, tbc`.
fn is_open(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "tbc",
        "tba",
        "tbd",
        "maybe",
        "perhaps",
        "possibly",
        "possible",
        "probably",
        "likely",
        "provisional",
        "provisionally",
        "unconfirmed",
        "unsure",
        "might",
        "if",
        "unless",
        "nearly",
        "almost",
    ];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    lower.contains('?') || lower.contains("to be confirmed") || words.any(|word| WORDS.contains(&word))
}

/// How many bytes of a text say that there was nothing: `no group`, `the session didn't take place`.
fn says_none(lower: &str) -> Option<usize> {
    const NOT: [&str; 3] = ["did not ", "didn't ", "didn’t "];
    const TOOK_PLACE: [&str; 5] = ["meet", "run", "take place", "happen", "go ahead"];
    let what = |text| CALLED.iter().find_map(|what| str::strip_prefix(text, what));
    let rest = if let Some(rest) = lower.strip_prefix("no ") {
        what(rest)?
    } else {
        let text = lower.strip_prefix("the ").unwrap_or(lower);
        let text = what(text).map_or(text, str::trim_start);
        let text = NOT.iter().find_map(|not| text.strip_prefix(not))?;
        TOOK_PLACE.iter().find_map(|took_place| text.strip_prefix(took_place))?
    };
    Some(lower.len() - rest.len())
}

/// Such as say that nothing took place where they are all that is noted, or all before a stop: "last one before half
/// term" does not.
const ALONE: [&str; 46] = [
    "holiday",
    "holidays",
    "half term",
    "break",
    "term break",
    "closed",
    "building closed",
    "strike",
    "snow",
    "snow day",
    "leave",
    "on leave",
    "annual leave",
    "on annual leave",
    "sick leave",
    "a/l",
    "ill",
    "unwell",
    "sick",
    "off sick",
    "missed",
    "easter",
    "easter monday",
    "good friday",
    "christmas",
    "boxing day",
    "nobody",
    "no one",
    "noone",
    "dna",
    "all dna",
    "did not attend",
    "didn't attend",
    "did not come",
    "didn't come",
    "could not come",
    "couldn't come",
    "could not attend",
    "couldn't attend",
    "could not make it",
    "couldn't make it",
    "no show",
    "no shows",
    "no attendance",
    "no attendees",
    "moved",
];

/// Whether notes may say that nothing took place, or on another day, in words that are not understood for certain.
pub fn may_say_none(notes: &str) -> bool {
    const SAY: [&str; 31] = [
        "bank holiday",
        "public holiday",
        "did not run",
        "did not happen",
        "not go ahead",
        "didn't meet",
        "didn't run",
        "didn't take place",
        "didn't happen",
        "no group",
        "no session",
        "no meeting",
        "no supervision",
        "not meet",
        "not held",
        "not take place",
        "everyone cancelled",
        "everybody cancelled",
        "all cancelled",
        "was cancelled",
        "called off",
        "rescheduled",
        "re scheduled",
        "postponed",
        "rearranged",
        "re arranged",
        "put off",
        "put back",
        "deferred",
        "moved to another da",
        "moved to a later da",
    ];
    const NOBODY: [&str; 8] =
        ["nobody ", "no one ", "noone ", "none ", "no members ", "no patients ", "no clients ", "not one "];
    const CAME: [&str; 11] = [
        "came",
        "turned up",
        "showed",
        "attended",
        "arrived",
        "appeared",
        "present",
        "there",
        "was present",
        "was there",
        "made it",
    ];
    let lower = notes.to_lowercase().replace('’', "'").replace(" - ", "–").replace('-', " ");
    let begins = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let after = |word: &str, goes_on: &dyn Fn(&str) -> bool| {
        lower.match_indices(word).any(|(at, _)| goes_on(&lower[at + word.len()..]))
    };
    let first = lower.split(['–', '—', ':', ';', ',', '.', '(', '\n']).find(|part| !part.trim().is_empty());
    let alone = first.unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let whole = lower.trim_matches(|c: char| !c.is_alphanumeric());
    SAY.iter().any(|words| lower.contains(words))
        || CALLED.iter().any(|what| after(what, &|rest| begins(rest.trim_start(), &["cancelled", "canceled"])))
        || ALONE.contains(&alone)
        || ALONE.contains(&whole)
        || NOBODY.iter().any(|nobody| after(nobody, &|rest| begins(rest, &CAME)))
        || after("moved to ", &is_day)
}

/// Whether a text begins with a day: `Thursday`, `the 2nd`, `next week`.
fn is_day(text: &str) -> bool {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.starts_with(|c: char| c.is_ascii_digit())
        || ["next", "following"].contains(&word)
        || name_in(&WEEKDAYS, word.strip_suffix('s').unwrap_or(word)).is_some()
}

/// What a cell of a column on cancelling says; none where it is empty.
pub fn cancelled(value: &Value) -> Option<Result<Held, String>> {
    if is_nothing(value) {
        return None;
    }
    if let Some(Ok(yes)) = yes_or_no(value) {
        return Some(Ok(if yes { Held::Cancelled(None) } else { Held::Yes }));
    }
    let text = match value {
        Value::Text(text) => text,
        Value::Broken(why) => return Some(Err(why.clone())),
        _ => return Some(Err(format!("{value} does not say whether it was cancelled"))),
    };
    if let Some(why) = after_cancelled(text) {
        return Some(why.map(Held::Cancelled));
    }
    let lower = text.to_lowercase();
    if ["held", "not cancelled", "went ahead", "took place", "ok", "completed", "attended"].contains(&lower.as_str()) {
        return Some(Ok(Held::Yes));
    }
    // A number is how many of something: `2`, `2 members`.
    if is_open(text) || text.starts_with(|c: char| c.is_ascii_digit()) || !text.contains(char::is_alphabetic) {
        return Some(Err(not_clear(value)));
    }
    let (first, rest) = lower.split_once(|c: char| !c.is_alphanumeric()).unwrap_or((&lower, ""));
    Some(match first {
        "yes" | "y" if !rest.is_empty() => {
            let why = text[first.len()..].trim_matches(|c: char| c.is_whitespace() || "-–—:;,.()".contains(c));
            Ok(Held::Cancelled((!why.is_empty()).then(|| why.to_owned())))
        }
        "no" | "not" | "n" | "held" | "went" | "took" | "planned" | "scheduled" | "confirmed" | "booked" | "done"
        | "pending" | "due" | "happened" | "partly" | "partially" | "moved" | "started" | "ended" | "shortened"
        | "late" | "online" => Err(not_clear(value)),
        _ => Ok(Held::Cancelled(Some(text.clone()))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::text(text)
    }

    #[test]
    fn cancelled_in_words() {
        let of = |value: &str| cancelled(&text(value));
        assert_eq!(of("no"), Some(Ok(Held::Yes)));
        assert_eq!(of("Held"), Some(Ok(Held::Yes)));
        assert_eq!(of(""), None);
        assert_eq!(of("yes"), Some(Ok(Held::Cancelled(None))));
        for ill in ["Cancelled - conductor ill", "conductor ill", "cancelled (conductor ill)", "Yes, conductor ill"] {
            assert_eq!(of(ill), Some(Ok(Held::Cancelled(Some("conductor ill".to_owned())))), "{ill}");
        }
        for open in [
            "no heating",
            "not sure",
            "held in room 2",
            "maybe",
            "cancelled?",
            "Cancelled TBC",
            "cancelled - or moved?",
            "Cancelled (or moved)",
            "snow?",
            "yes, probably",
            "nearly cancelled",
            "moved online",
            "2",
            "2 members",
        ] {
            let why = of(open).unwrap().unwrap_err();
            assert!(
                why.ends_with("does not say clearly whether it was cancelled; write yes or no in a column Cancelled"),
                "{why}"
            );
        }
        // There may be an "or" in a reason.
        let why = Some("snow or ice".to_owned());
        assert_eq!(of("cancelled - snow or ice"), Some(Ok(Held::Cancelled(why))));
        for ill in ["No group - conductor ill", "no session (conductor ill)", "No meeting because conductor ill"] {
            assert_eq!(after_cancelled(ill), Some(Ok(Some("conductor ill".to_owned()))), "{ill}");
        }
        for none in [
            "No group.",
            "Group did not run",
            "The session didn't take place",
            "did not meet",
            "Didn’t run!",
            "meeting did not go ahead",
        ] {
            assert_eq!(after_cancelled(none), Some(Ok(None)), "{none}");
        }
        let why = Some(Ok(Some("snow".to_owned())));
        assert_eq!(after_cancelled("Group didn't run because snow"), why);
        assert_eq!(after_cancelled("Did not take place due to snow"), why);
        for open in ["Group did not run over", "didn't meet the aims", "the room was cold", "no"] {
            assert_eq!(after_cancelled(open), None, "{open}");
        }
        for open in ["No group room", "no sessions", "No group last week, so all were keen", "bank holiday"] {
            assert_eq!(after_cancelled(open), None, "{open}");
        }
        assert_eq!(after_cancelled("cancelledness"), None);
        assert_eq!(after_cancelled("İcancelled"), None);
    }

    #[test]
    fn notes_that_may_say_none() {
        for notes in ["Sorry, no group today", "the group did not meet", "Session cancelled: snow", "it was called off"]
        {
            assert!(may_say_none(notes), "{notes}");
        }
        for notes in [
            "Bank holiday",
            "Half-term",
            "(closed)",
            "group didn't run today",
            "Snow.",
            "Snow day",
            "A/L",
            "annual leave - back in May",
            "missed",
            "Couldn’t come",
        ] {
            assert!(may_say_none(notes), "{notes}");
        }
        for notes in [
            "Nobody turned up",
            "No one came",
            "no-one present",
            "None attended",
            "DNA",
            "DNA - no message",
            "No shows",
            "Rescheduled to Thursday",
            "re-scheduled",
            "Group postponed to 2 Dec",
            "moved to Thursday",
            "Moved to the 2nd",
            "moved to next week",
            "all cancelled",
        ] {
            assert!(may_say_none(notes), "{notes}");
        }
        for notes in [
            "first session after the holiday",
            "Ann didn't speak",
            "last one before half term",
            "Ann cancelled",
            "Ann DNA",
            "Ann missed the start",
            "talked of annual leave",
            "nobody spoke for a while",
            "moved to room 5",
            "two new members",
            "",
        ] {
            assert!(!may_say_none(notes), "{notes}");
        }
    }
}
