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
        ("no" | "nos" | "number" | "num" | "" | "n", None) if heading.trim().is_empty() => None,
        ("no" | "nos" | "number" | "num", None) => {
            let numbers: Vec<_> = below.filter_map(number).collect();
            let is_running = numbers.len() > 1 && numbers.windows(2).all(|pair| pair[1] - pair[0] == 1);
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
        #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 => Some(*number as i64),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}
