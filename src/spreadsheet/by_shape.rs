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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "what is not as it must be fails the test")]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(cell: &str, shape: &Shape) -> Option<Result<Json, String>> {
        by_shape(&Value::text(cell), shape)
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        let words = Shape::Words(["arranged", "not-needed"].map(str::to_owned).to_vec());
        for cell in ["not-needed", "Not needed", "NOT_NEEDED"] {
            assert_eq!(read(cell, &words), Some(Ok(json!("not-needed"))), "{cell}");
        }
        assert_eq!(read("needed", &words), Some(Err("\"needed\" is none of arranged, not-needed".to_owned())));
        assert_eq!(read("n/a", &words), None);
    }

    #[test]
    fn numbers_lie_within_their_bounds() {
        let number = Shape::Number(1, 1440);
        for (cell, is) in [("0", None), ("1", Some(1)), ("1440", Some(1440)), ("1441", None), ("1.5", None)] {
            assert_eq!(read(cell, &number).unwrap().ok(), is.map(Json::from), "{cell}");
        }
        for (cell, is) in [(90.0, Some(90)), (0.0, None), (1.5, None), (f64::INFINITY, None), (1e15, None)] {
            assert_eq!(by_shape(&Value::Number(cell), &number).unwrap().ok(), is.map(Json::from), "{cell}");
        }
        let any = Shape::Number(i64::MIN, i64::MAX);
        assert!(by_shape(&Value::Number(1e15), &any).unwrap().is_err());
    }

    #[test]
    fn days_texts_and_answers() {
        assert_eq!(read("2026-01-31", &Shape::Date), Some(Ok(json!("2026-01-31"))));
        assert!(read("2026-02-31", &Shape::Date).unwrap().is_err());
        assert_eq!(read("Ten years", &Shape::Text), Some(Ok(json!("Ten years"))));
        assert_eq!(by_shape(&Value::Number(7.0), &Shape::Text), Some(Ok(json!("7"))));
        assert_eq!(read("yes", &Shape::Boolean), Some(Ok(json!(true))));
        assert!(by_shape(&Value::Days(45_937.0), &Shape::Text).unwrap().is_err());
        let broken = Value::Broken("this cell is an error".to_owned());
        assert_eq!(by_shape(&broken, &Shape::Text), Some(Err("this cell is an error".to_owned())));
    }
}
