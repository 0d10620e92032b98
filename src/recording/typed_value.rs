//! What a person typed for a key, as the value that the key holds.

use serde_json::{Value as Json, json};

use super::named::NamedRecord;
use super::{RecordingError, RecordingSession};
use crate::calendar::Day;
use crate::meeting::names;
use crate::records::shape::{Field, Shape};
use crate::records::{
    Competencies, Course, Form, Holds, RecordKind, SessionLog, Student, Supervisor, Tense, spoken_word,
};
use crate::text::{DayContext, SaidDay, Text, WRITE_IN_FULL, read_address, read_minutes};

/// Reads a day as people write it, of what has happened or of what may be to come; the error says what is needed.
pub(super) type ReadDay<'r> = &'r dyn Fn(&str, bool) -> Result<Day, String>;

/// Reads a day; see [`ReadDay`].
pub(super) fn read_day(typed: &str, has_happened: bool, days: &DayContext) -> Result<Day, String> {
    let said = SaidDay::read(typed)?;
    let day = if has_happened { said.happened(days) } else { said.any(days) };
    day.map_err(|fault| format!("{fault}; {WRITE_IN_FULL}"))
}

impl RecordingSession {
    /// The value of a key in what was typed for it, once or several times. The error says what the key can hold.
    pub(super) fn typed(&self, field: &Field, typed: &[&str], day: ReadDay<'_>) -> Result<Json, String> {
        match (&field.shape, typed) {
            (Shape::List { .. }, typed) if ["present", "apologies"].contains(&field.key.as_str()) => {
                let names: Vec<_> = typed.iter().flat_map(|typed| names(typed)).map(|name| json!(name.raw())).collect();
                if names.is_empty() { Err("it names nobody".to_owned()) } else { Ok(Json::Array(names)) }
            }
            (Shape::List { element, .. }, typed) => {
                let are_ids = matches!(field.facts.holds, Some(Holds::Id(_)));
                let parts = typed.iter().flat_map(|typed| parts(are_ids, element, typed));
                parts.map(|part| self.one(field, element, part, day)).collect::<Result<Vec<_>, _>>().map(Json::Array)
            }
            (Shape::TextByDay, typed) => by_day(typed, day),
            (shape, [one]) => self.one(field, shape, one, day),
            (_, []) => Err("it says nothing".to_owned()),
            (_, _) => Err("it can be said once".to_owned()),
        }
    }

    /// An error where a key of the record that was named cannot hold what was typed for it: what it can hold. A last day does
    /// not lie before the one on which it `begins`.
    pub fn must_fit(&self, who: &str, field: &Field, typed: &str, begins: Option<Day>) -> Result<(), String> {
        if field.key == "competencies" {
            return Competencies::read(typed).map(drop);
        }
        let days = self.record_named(who).map_or_else(|_| self.days(), |named| self.days_of(&named));
        if field.begun_at().is_none() {
            return self.typed(field, &[typed], &|typed, has_happened| read_day(typed, has_happened, &days)).map(drop);
        }
        field.last_day(SaidDay::read(typed)?, begins, &days).map(drop)
    }

    /// What days are read by that are said of a record.
    pub(super) fn days_of(&self, named: &NamedRecord) -> DayContext {
        let days = self.before.case.records.days_of(named.kind, &named.id, self.today);
        DayContext { latest: self.latest, ..days }
    }

    fn one(&self, field: &Field, shape: &Shape, typed: &str, day: ReadDay<'_>) -> Result<Json, String> {
        let typed = typed.trim();
        match shape {
            Shape::Date => {
                let has_happened = field.facts.tense == Some(Tense::Happened);
                let day = day(typed, has_happened)?;
                if has_happened && self.is_to_come(day) {
                    return Err(format!("{day} is still to come, and what is recorded has happened"));
                }
                Ok(json!(day.iso()))
            }
            Shape::Words(words) => {
                let form = || Form::read(typed).and_then(|form| words.iter().find(|word| *word == form.word()));
                let found = spoken_word(typed, words.iter().map(String::as_str)).or_else(|| form().map(String::as_str));
                found.map(|word| json!(word)).ok_or_else(|| format!("it can be {}", words.join(", ")))
            }
            Shape::Number(least, most) => {
                let minutes = || (field.key == "minutes").then(|| read_minutes(typed)).flatten().map(i64::from);
                let number =
                    typed.parse::<i64>().ok().or_else(minutes).filter(|number| (least..=most).contains(&number));
                number.map(|number| json!(number)).ok_or_else(|| match most {
                    1..=9_999 => format!("a number from {least} to {most} is needed"),
                    _ => "a number is needed".to_owned(),
                })
            }
            Shape::Boolean => match typed.to_lowercase().as_str() {
                "yes" | "y" | "true" => Ok(json!(true)),
                "no" | "n" | "false" => Ok(json!(false)),
                _ => Err("it can be yes or no".to_owned()),
            },
            Shape::Either(choices) => match choices.iter().find_map(|choice| {
                matches!(choice, Shape::Number(..)).then(|| self.one(field, choice, typed, day).ok())?
            }) {
                Some(number) => Ok(number),
                None => Ok(typed.split(',').map(|word| json!(word.trim())).collect()),
            },
            _ if typed.is_empty() => Err("it says nothing".to_owned()),
            _ if field.facts.holds == Some(Holds::Address) => read_address(typed).map(|address| json!(address)),
            // Whatever letters are typed, a register is called as the folder has it.
            _ if field.key == "body" => Ok(json!(self.register(&Text::new(typed)).raw())),
            _ => self.text(field.facts.holds, typed),
        }
    }

    /// A text; the id of the record that it names, where the key holds ids.
    fn text(&self, holds: Option<Holds>, typed: &str) -> Result<Json, String> {
        let id = |found: Result<String, RecordingError>| {
            let said = |error: RecordingError| {
                let help = error.help().map(|help| format!("; {help}")).unwrap_or_default();
                format!("{error}{help}")
            };
            found.map(Json::String).map_err(said)
        };
        match holds {
            Some(Holds::Id(RecordKind::Student)) => id(self.find::<Student>(typed).map(|one| one.id.raw().to_owned())),
            Some(Holds::Id(RecordKind::Course)) => id(self.find::<Course>(typed).map(|one| one.id.raw().to_owned())),
            Some(Holds::Id(RecordKind::Session)) => {
                id(self.find::<SessionLog>(typed).map(|one| one.id.raw().to_owned()))
            }
            // Who confirms entries or writes a report can also be somebody without a record.
            Some(Holds::Id(RecordKind::Supervisor)) => {
                let found = self.find::<Supervisor>(typed).map(|one| one.id.raw().to_owned());
                if found.is_err() && typed.contains(' ') { Ok(json!(typed)) } else { id(found) }
            }
            _ => Ok(json!(typed)),
        }
    }
}

/// Several that were typed as one, separated by commas; a sentence can have commas of its own, and what names a record has
/// none.
fn parts<'t>(are_ids: bool, element: &Shape, typed: &'t str) -> Vec<&'t str> {
    let is_one = !are_ids && matches!(element, Shape::Text) && typed.contains(' ');
    if is_one { vec![typed] } else { typed.split(',').collect() }
}

/// `2025-10-06=9f2c41d0`, several times.
fn by_day(typed: &[&str], day: ReadDay<'_>) -> Result<Json, String> {
    let pair = |typed: &&str| {
        let (date, text) = typed.split_once('=').ok_or("a day and a text are needed, such as 2026-01-31=9f2c41d0")?;
        Ok((day(date.trim(), true)?.iso(), json!(text.trim())))
    };
    typed.iter().map(pair).collect::<Result<serde_json::Map<_, _>, String>>().map(Json::Object)
}
