//! Headings that people give to several things: what stands below says which is meant.

use super::field::Field;
use super::grid::Value;
use super::target::Target;
use crate::calendar::{MONTHS, WEEKDAYS};
use crate::text::name_in;

/// What a column holds, by its heading and by what stands below: `Day` is a date or a weekday, `Held` a date or whether it
/// was held, `No.` how many came or a running number.
pub fn by_content<'v>(
    heading: &str,
    known: Option<Field>,
    target: Target,
    below: impl Iterator<Item = &'v Value> + Clone,
) -> Option<Field> {
    if !matches!(target, Target::Group | Target::Supervision) {
        return known;
    }
    let plain: String = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect();
    let below = below.filter(|value| !value.is_empty());
    let holds_days = || below.clone().any(is_day);
    match (plain.trim(), known) {
        (_, Some(Field::DATE)) if below.clone().next().is_some() && below.clone().all(is_weekday) => {
            Some(Field::WEEKDAY)
        }
        (_, Some(Field::WEEK)) if holds_days() => Some(Field::DATE),
        ("held" | "took place", None) => Some(if holds_days() { Field::DATE } else { Field::CANCELLED }),
        ("no" | "nos" | "number" | "num", None) => {
            let numbers: Vec<_> = below.filter_map(number).collect();
            let is_running =
                numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
            Some(if is_running || target == Target::Supervision { Field::WEEK } else { Field::PRESENT })
        }
        _ => known,
    }
}

fn is_weekday(value: &Value) -> bool {
    matches!(value, Value::Text(text) if name_in(&WEEKDAYS, text.trim_end_matches('.')).is_some())
}

/// Whether a value looks like a day.
pub fn is_day(value: &Value) -> bool {
    let text = match value {
        Value::Days(days) => return *days >= 1.0,
        Value::Text(text) => text.to_lowercase(),
        _ => return false,
    };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let has_month = words.clone().any(|word| name_in(&MONTHS, &letters(word)).is_some());
    let numbers = words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4).count();
    let is_written = text.contains(['/', '-', '.']) && !text.contains(':') && numbers >= 2;
    text.contains(|c: char| c.is_ascii_digit()) && (has_month || is_written)
}

fn number(value: &Value) -> Option<i64> {
    match value {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "what is too large for one is no number of a row or of people"
        )]
        Value::Number(number) if number.fract() == 0.0 => Some(*number as i64),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_says_which_is_meant() {
        let cells = |below: &str| -> Vec<Value> { below.split('|').map(Value::text).collect() };
        let is = |heading, known, below: &str| by_content(heading, known, Target::Group, cells(below).iter());
        for (heading, known, below, means) in [
            ("Day", Some(Field::DATE), "Tue|Tue.||Wednesday", Some(Field::WEEKDAY)),
            ("Day", Some(Field::DATE), "Tue|7 Oct 2025", Some(Field::DATE)),
            ("Day", Some(Field::DATE), "", Some(Field::DATE)),
            ("Week", Some(Field::WEEK), "1|2", Some(Field::WEEK)),
            ("Week", Some(Field::WEEK), "7 Oct 2025", Some(Field::DATE)),
            ("Held", None, "7/10|14/10", Some(Field::DATE)),
            ("Took place?", None, "yes|no", Some(Field::CANCELLED)),
            // Numbers that go on by one are those of the rows; one alone goes on from nothing.
            ("No.", None, "1|2|3", Some(Field::WEEK)),
            ("No.", None, "1|3", Some(Field::PRESENT)),
            ("No.", None, "2|1", Some(Field::PRESENT)),
            ("No.", None, "7", Some(Field::PRESENT)),
            ("Room", None, "1|2|3", None),
            ("", None, "1|2|3", None),
        ] {
            assert_eq!(is(heading, known, below), means, "{heading}: {below}");
        }
        // How many came to a supervision is nobody's question.
        let of = |target| by_content("No.", None, target, cells("7|5").iter());
        assert_eq!((of(Target::Supervision), of(Target::Students)), (Some(Field::WEEK), None));
        let whole =
            |number: f64| by_content("No.", None, Target::Group, [Value::Number(number), Value::Number(2.0)].iter());
        assert_eq!(
            (whole(1.0), whole(1.5), whole(1e300)),
            (Some(Field::WEEK), Some(Field::PRESENT), Some(Field::PRESENT))
        );
        assert_eq!(is("No.", None, &format!("{}|{}", i64::MAX, i64::MIN)), Some(Field::PRESENT));
    }

    #[test]
    fn what_looks_like_a_day() {
        for day in ["7 Oct 2025", "7/10", "7-10-25", "7.10.", "10/2025", "Tue 7 October", "7th Oct"] {
            assert!(is_day(&Value::text(day)), "{day}");
        }
        for other in ["7", "Oct", "10:30", "7:10-8:30", "1234567/8", "Week 3", "-"] {
            assert!(!is_day(&Value::text(other)), "{other}");
        }
        assert!(is_day(&Value::Days(1.0)) && !is_day(&Value::Days(0.8)) && !is_day(&Value::Number(7.0)));
    }
}
