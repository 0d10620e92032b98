//! Sentences of an edition with the parameters in force filled in.
//!
//! Braces hold a sum of parameters and whole numbers, and how it is said:
//!
//! | in the file | in the sentence |
//! |---|---|
//! | `{session_minutes_min}` | 60 |
//! | `{interval_slack_days + 14 days}` | 21 days |
//! | `{sessions_required th}` | 30th |
//! | `{registers or}`, `{report_dates and}` | UKCP or BACP, 31 January and 13 June |

use crate::text::counted;

/// What a name in braces stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(i64),
    /// Words of a list.
    Words(Vec<String>),
}

/// The text with its braces filled. `figure` gives what a name stands for. The error is what could not be filled.
pub(super) fn filled(text: &str, figure: &dyn Fn(&str) -> Option<Figure>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, braced)) = rest.split_once('{') {
        let (inside, after) = braced.split_once('}').ok_or_else(|| format!("{{{braced}"))?;
        out.push_str(before);
        out.push_str(&said(inside, figure).ok_or_else(|| format!("{{{inside}}}"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn said(inside: &str, figure: &dyn Fn(&str) -> Option<Figure>) -> Option<String> {
    let mut tokens = inside.split(' ');
    let term = |token: &str| token.parse().ok().map(Figure::Number).or_else(|| figure(token));
    let mut value = term(tokens.next()?)?;
    let mut form = None;
    while let Some(token) = tokens.next() {
        if token == "+" {
            let (Figure::Number(one), Figure::Number(other)) = (&value, term(tokens.next()?)?) else { return None };
            value = Figure::Number(one.saturating_add(other));
        } else if form.replace(token).is_some() {
            return None;
        }
    }
    match (value, form) {
        (Figure::Number(number), None) => Some(number.to_string()),
        (Figure::Number(number), Some("th")) => Some(ordinal(usize::try_from(number).ok()?)),
        (Figure::Number(number), Some(plural @ ("sessions" | "minutes" | "days" | "years"))) => {
            Some(counted(usize::try_from(number).ok()?, &plural[..plural.len() - 1], plural))
        }
        (Figure::Words(words), Some(joint @ ("and" | "or"))) => Some(match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {joint} {last}", rest.join(", ")),
            _ => words.concat(),
        }),
        _ => None,
    }
}

/// `30th`.
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
