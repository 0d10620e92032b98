//! What people write in the other columns: counts, yes and no, how something took place.
//!
//! Every error is a phrase that is safe to show.

use super::grid::Value;
use super::vocabulary::VOCABULARY;
use crate::records::Mode;

/// Whether a cell says that there is nothing to say.
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Text(text) => VOCABULARY.anywhere.nothing.has(&text.to_lowercase()),
        _ => false,
    }
}

/// Whether a cell says zero, in whatever unit: `0`, `0:00`, `0 min`.
pub fn is_zero(value: &Value) -> bool {
    match value {
        Value::Number(number) | Value::Days(number) => *number == 0.0,
        Value::Text(text) => {
            let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c.is_whitespace());
            number.contains('0') && number.chars().all(|c| "0:.,".contains(c))
        }
        _ => false,
    }
}

/// Whether a text calls what stands beside it a total: `Total`, `Total: 5`, `Sum of minutes`.
pub fn is_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = &VOCABULARY.totals;
    let begins = words.next().is_some_and(|word| known.begins.has(word));
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let is_unit =
        |word: &str| word.trim_start_matches(|c: char| c.is_ascii_digit()).chars().all(|c| "hmins".contains(c));
    begins && words.all(|word| known.goes_on.has(word) || is_number(word) || is_unit(word))
}

/// Whether a cell says that there is nothing to say, instead of being empty.
pub fn says_nothing(value: &Value) -> bool {
    !value.is_empty() && is_nothing(value)
}

/// Yes or no; none where the cell is empty.
pub fn yes_or_no(value: &Value) -> Option<Result<bool, String>> {
    let is = match value {
        Value::Is(is) => Ok(*is),
        Value::Number(1.0) => Ok(true),
        Value::Number(0.0) => Ok(false),
        Value::Broken(why) => Err(why.clone()),
        Value::Text(text) => match text.to_lowercase().trim_end_matches(['.', '!']) {
            yes if VOCABULARY.anywhere.yes.has(yes) => Ok(true),
            no if VOCABULARY.anywhere.no.has(no) => Ok(false),
            _ if is_nothing(value) => return None,
            _ => Err(format!("{value} is neither yes nor no")),
        },
        Value::Empty => return None,
        Value::Number(_) | Value::Days(_) => Err(format!("{value} is neither yes nor no")),
    };
    Some(is)
}

/// How many came; none where the cell is empty. A text that is no number may be names, and is not repeated.
pub fn count(value: &Value) -> Option<Result<u32, String>> {
    const MOST: u32 = 500;
    let no_number = || "this is no number; what is recorded is how many came, never who".to_owned();
    let number = match value {
        Value::Empty => return None,
        Value::Broken(why) => Err(why.clone()),
        Value::Number(number) if number.fract() == 0.0 && (0.0..=f64::from(MOST)).contains(number) =>
        {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and small")]
            Ok(*number as u32)
        }
        Value::Text(text) => {
            let text = text.to_lowercase();
            let word =
                || VOCABULARY.counts.numbers.iter().zip(0..).find(|(word, _)| *word == text).map(|(_, number)| number);
            let first = || {
                // `7 of 8`
                let (came, rest) = text.split_once(|c: char| !c.is_ascii_digit())?;
                let rest = rest.trim_start().trim_start_matches("out ").strip_prefix("of ")?;
                let (came, of) = (came.parse::<u32>().ok()?, rest.trim_start().parse::<u32>().ok()?);
                (came <= of).then_some(came)
            };
            // `5 (2 apols)`
            let beside_apologies = || {
                let (came, rest) = text.split_once(['(', ',', '+', ';'])?;
                let away = rest.trim_end_matches(')').trim().trim_start_matches(|c: char| c.is_ascii_digit());
                let is_away = VOCABULARY.counts.away.has(away.trim().trim_end_matches('.'));
                came.trim().parse::<u32>().ok().filter(|_| is_away)
            };
            // `5/8` may be five of eight, eight with five of another sort, or a day.
            let is_fraction = || text.contains('/') && text.chars().all(|c| c.is_ascii_digit() || "/ ".contains(c));
            let whole = || text.trim_end_matches(".0").parse::<u32>().ok();
            match whole().or_else(word).or_else(first).or_else(beside_apologies).filter(|number| *number <= MOST) {
                Some(number) => Ok(number),
                None if VOCABULARY.counts.nobody.has(&text) => Ok(0),
                None if is_nothing(value) => return None,
                None if is_fraction() => {
                    Err(format!("{value} does not say for certain how many came; write that number alone"))
                }
                None => Err(no_number()),
            }
        }
        Value::Number(_) | Value::Days(_) | Value::Is(_) => Err(format!("{value} is no number of people")),
    };
    Some(number)
}

/// How a meeting took place; none where the cell is empty.
pub fn mode(value: &Value) -> Option<Result<Mode, String>> {
    if is_nothing(value) {
        return None;
    }
    let Value::Text(text) = value else { return Some(Err(format!("{value} is no mode"))) };
    let plain: String = text.to_lowercase().chars().map(|c| if c == '-' || c == '_' { ' ' } else { c }).collect();
    let words = &VOCABULARY.modes;
    let said = words.before.after(&plain).unwrap_or(&plain);
    let modes =
        [(&words.face_to_face, Mode::FaceToFace), (&words.telephone, Mode::Telephone), (&words.video, Mode::Video)];
    let mode = modes.into_iter().find(|(words, _)| words.has(said)).map(|(_, mode)| mode);
    Some(mode.ok_or_else(|| format!("{value} is none of face-to-face, telephone and video")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::text(text)
    }

    #[test]
    fn yes_and_no() {
        for yes in ["yes", "Y", "TRUE", "x", "✓", "1"] {
            assert_eq!(yes_or_no(&text(yes)), Some(Ok(true)), "{yes}");
        }
        for no in ["no", "N", "False", "0"] {
            assert_eq!(yes_or_no(&text(no)), Some(Ok(false)), "{no}");
        }
        assert_eq!(yes_or_no(&text("-")), None);
        assert!(yes_or_no(&text("perhaps")).unwrap().is_err());
        assert!(yes_or_no(&Value::Number(2.0)).unwrap().is_err());
    }

    #[test]
    fn nothing_is_said_by_a_stroke_and_not_by_an_empty_cell() {
        for (cell, is, says) in [
            (text("-"), true, true),
            (text("n/a"), true, true),
            (Value::Empty, true, false),
            (text("no"), false, false),
        ] {
            assert_eq!((is_nothing(&cell), says_nothing(&cell)), (is, says), "{cell:?}");
        }
        assert!(!is_nothing(&Value::Number(0.0)));
    }

    #[test]
    fn totals() {
        for total in
            ["Total", "TOTAL:", "Total: 5", "Grand total", "Sum of minutes", "Count = 12", "Total 12 h 30", "Sub-total"]
        {
            assert!(is_total(total), "{total}");
        }
        for other in ["Count Basie", "Totally", "", "5", "Sum Ting", "Mina Holt", "No group"] {
            assert!(!is_total(other), "{other}");
        }
    }

    #[test]
    fn zero_in_any_unit() {
        for zero in ["0", "0:00", "00:00:00", "0 min", "0.0 h", "0,0"] {
            assert!(is_zero(&text(zero)), "{zero}");
        }
        for other in ["", "min", ":", "10", "0:30", "0 of 5", "no", "-0"] {
            assert!(!is_zero(&text(other)), "{other}");
        }
        assert!(is_zero(&Value::Number(0.0)) && is_zero(&Value::Days(0.0)));
        assert!(!is_zero(&Value::Number(1.0)) && !is_zero(&Value::Is(false)));
    }

    #[test]
    fn counts() {
        for seven in ["7", "7.0", "seven", "7 of 8", "7 out of 8", "7 (2 apols)", "7 + 1 apology", "7, 2 absent"] {
            assert_eq!(count(&text(seven)), Some(Ok(7)), "{seven}");
        }
        for (most, too_many) in [(text("500"), text("501")), (Value::Number(500.0), Value::Number(501.0))] {
            assert_eq!(count(&most), Some(Ok(500)));
            assert!(count(&too_many).unwrap().is_err(), "{too_many:?}");
        }
        assert_eq!((count(&Value::Number(0.0)), count(&text("8 of 8"))), (Some(Ok(0)), Some(Ok(8))));
        for no in [Value::Number(-1.0), Value::Number(7.5), Value::Is(true), text("9 of 8")] {
            assert!(count(&no).unwrap().is_err(), "{no:?}");
        }
        assert_eq!(count(&text("none")), Some(Ok(0)));
        assert_eq!(count(&text("n/a")), None);
        for open in ["5/8", "7 / 8", "8/7"] {
            let why = count(&text(open)).unwrap().unwrap_err();
            assert!(why.contains("does not say for certain how many came"), "{why}");
        }
        for no in ["Anna, Ben", "Anna/Ben", "7?", "-7", "7-8", "7.5", "501", "7 (3 new)"] {
            let why = count(&text(no)).unwrap().unwrap_err();
            assert_eq!(why, "this is no number; what is recorded is how many came, never who", "{no}");
        }
        assert!(count(&Value::Days(45_937.0)).unwrap().is_err());
    }

    #[test]
    fn modes() {
        for in_a_room in ["Face to Face", "face-to-face", "face_to_face"] {
            assert_eq!(mode(&text(in_a_room)), Some(Ok(Mode::FaceToFace)), "{in_a_room}");
        }
        assert_eq!(mode(&text("by phone")), Some(Ok(Mode::Telephone)));
        assert_eq!(mode(&text("Zoom")), Some(Ok(Mode::Video)));
        assert!(mode(&text("online")).unwrap().is_err());
    }
}
