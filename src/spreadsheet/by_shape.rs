//! Cells of a column that is called as a key of the record, read as what the format has at that key.
//!
//! Every error is a phrase that is safe to show.

use serde_json::Value as Json;

use super::answers::{is_nothing, yes_or_no};
use super::grid::Value;
use crate::calendar::Day;
use crate::records::shape::Shape;

/// Whether a cell can say what the format has at a key.
pub(super) fn is_read(shape: &Shape) -> bool {
    matches!(shape, Shape::Boolean | Shape::Number(..) | Shape::Words(_) | Shape::Text | Shape::Date)
}

/// What a cell says; none where it is empty.
pub(super) fn by_shape(cell: &Value, shape: &Shape) -> Option<Result<Json, String>> {
    if is_nothing(cell) {
        return None;
    }
    if let Value::Broken(why) = cell {
        return Some(Err(why.clone()));
    }
    Some(match (shape, cell) {
        (Shape::Boolean, _) => yes_or_no(cell)?.map(Json::from),
        (Shape::Number(least, most), _) => whole(cell)
            .filter(|number| (least..=most).contains(&number))
            .map(Json::from)
            .ok_or_else(|| format!("{cell} is no whole number from {least} to {most}")),
        (Shape::Words(words), Value::Text(text)) => {
            let word = text.to_lowercase().replace([' ', '_'], "-");
            let known = words.iter().find(|known| **known == word);
            known.map(|word| Json::from(word.as_str())).ok_or_else(|| format!("{cell} is none of {}", words.join(", ")))
        }
        (Shape::Date, Value::Text(text)) => Day::parse(text)
            .map(|day| Json::from(day.iso()))
            .ok_or_else(|| format!("{cell} is no date such as 2026-01-31")),
        (Shape::Text, Value::Text(text)) => Ok(Json::from(text.as_str())),
        (Shape::Text, Value::Number(number)) => Ok(Json::from(number.to_string())),
        _ => Err(format!("{cell} cannot stand here")),
    })
}

fn whole(cell: &Value) -> Option<i64> {
    match cell {
        Value::Text(text) => text.parse().ok(),
        #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(*number as i64),
        _ => None,
    }
}
