//! Whether something took place, in the words of people.
//!
//! Every error is a phrase that is safe to show.

use super::answers::{is_nothing, yes_or_no};
use super::grid::Value;
use super::held::Held;
use super::vocabulary::VOCABULARY;
use crate::calendar::WEEKDAYS;
use crate::text::name_in;

/// What a text says that begins with a word for being cancelled: why, where it says so, or that it is not certain.
pub fn after_cancelled(text: &str) -> Option<Result<Option<String>, String>> {
    let lower = text.to_lowercase();
    let words = &VOCABULARY.cancellation;
    let after_word = words.begins.after(&lower);
    let says_none = after_word.is_none();
    let rest = after_word.or_else(|| after_none(&lower))?;
    // Lower case can be longer than what it comes from; where it is, no word of these was meant.
    let rest = text.get(lower.len() - rest.len()..)?;
    let bare = rest.trim_start();
    // "No group room", "no session notes": only what ends there, or goes on with a reason, says that there was none.
    let goes_on = bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_punctuation() || "–—".contains(c));
    let is_reason = words.because.after(&bare.to_lowercase()).is_some();
    if rest.starts_with(char::is_alphanumeric) || says_none && !goes_on && !is_reason {
        return None;
    }
    let why = rest.trim_matches(|c: char| c.is_whitespace() || "-–—:;,.!()[]".contains(c));
    if is_open(text) || why.to_lowercase().starts_with("or ") {
        return Some(Err(not_clear(&Value::text(text))));
    }
    let why = words.because.after(why).or_else(|| why.strip_prefix("as ")).unwrap_or(why);
    Some(Ok((!why.is_empty()).then(|| why.to_owned())))
}

fn not_clear(value: &Value) -> String {
    format!("{value} does not say clearly whether it was cancelled; write yes or no in a column Cancelled")
}

/// Whether a text asks, or says that something is not settled: `cancelled?`, `snow, tbc`.
fn is_open(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    lower.contains('?')
        || lower.contains("to be confirmed")
        || words.any(|word| VOCABULARY.anywhere.unsettled.has(word))
}

/// What follows words that say that there was nothing: `no group`, `the session didn't take place`.
fn after_none(lower: &str) -> Option<&str> {
    let words = &VOCABULARY.cancellation;
    if let Some(rest) = lower.strip_prefix("no ") {
        return words.called.after(rest);
    }
    let text = lower.strip_prefix("the ").unwrap_or(lower);
    let text = words.called.after(text).map_or(text, str::trim_start);
    words.take_place.after(words.did_not.after(text)?)
}

/// Why there was nothing, where a cell for a length or a number says so in a word: `half term`, `hol`.
pub fn no_session(text: &str) -> Option<String> {
    let plain = text.trim().trim_end_matches(['.', '!']).trim_matches(['(', ')']);
    VOCABULARY.cancellation.no_session.has(&plain.to_lowercase()).then(|| plain.to_owned())
}

/// Whether notes may say that nothing took place, or on another day, in words that are not understood for certain.
pub fn may_say_none(notes: &str) -> bool {
    let words = &VOCABULARY.unclear_notes;
    let called = &VOCABULARY.cancellation.called;
    let lower = notes.to_lowercase().replace('’', "'").replace(" - ", "–").replace('-', " ");
    let first = lower.split(['–', '—', ':', ';', ',', '.', '(', '\n']).find(|part| !part.trim().is_empty());
    let is_alone = |text: &str| words.alone.has(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_cancelled = |rest: &str| ["cancelled", "canceled"].iter().any(|word| rest.trim_start().starts_with(word));
    words.anywhere.stand_in(&lower)
        || called.each_after(&lower).any(is_cancelled)
        || is_alone(first.unwrap_or_default())
        || is_alone(&lower)
        || words.nobody.each_after(&lower).any(|rest| words.came.after(rest).is_some())
        || lower.split("moved to ").skip(1).any(is_day)
}

/// Whether a text begins with a day: `Thursday`, `the 2nd`, `next week`.
fn is_day(text: &str) -> bool {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.starts_with(|c: char| c.is_ascii_digit())
        || VOCABULARY.unclear_notes.other_day.has(word)
        || name_in(&WEEKDAYS, word.strip_suffix('s').unwrap_or(word)).is_some()
}

/// Whether a cell says in known words that something was held, or that it was not, or says nothing.
pub fn says_which(value: &Value) -> bool {
    let Value::Text(text) = value else { return true };
    is_nothing(value)
        || after_cancelled(text).is_some()
        || no_session(text).is_some()
        || VOCABULARY.cancellation.held.has(&text.to_lowercase())
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
    let words = &VOCABULARY.cancellation;
    let lower = text.to_lowercase();
    if words.held.has(&lower) {
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
        first if words.open.has(first) => Err(not_clear(value)),
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
