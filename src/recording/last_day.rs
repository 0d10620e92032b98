//! What is said of a key of a record, and of the last day of something by where it begins.

use serde_json::Value as Json;

use super::RecordingError;
use super::said::dashed;
use super::telling::Telling;
use super::typed_value::ReadDay;
use crate::calendar::Day;
use crate::records::shape::{Field, Shape};
use crate::text::{SaidDay, visible};

impl Telling<'_> {
    /// The value of a key of what says nothing yet. The error says that it cannot hold what was typed.
    pub(super) fn read(&self, field: &Field, typed: &[&str]) -> Result<Json, RecordingError> {
        self.read_within(field, typed, &Json::Null)
    }

    /// The value of a key of what a place `says`. The error says that it cannot hold what was typed.
    pub(super) fn read_within(&self, field: &Field, typed: &[&str], says: &Json) -> Result<Json, RecordingError> {
        let days = self.session.days_of(self.named);
        let last: ReadDay<'_> = &|typed, _| field.last_day(SaidDay::read(typed)?, self.begins(field, says), &days);
        let day = if field.begun_at().is_some() && field.shape == Shape::Date { last } else { self.day };
        self.session.typed(field, typed, day).map_err(|why| {
            let what = format!("\"{}\" cannot be used for {}", visible(&typed.join(",")), dashed(&field.key));
            RecordingError::unclear(what, why)
        })
    }

    /// The day on which begins what ends at a key, as it is said, or as the place `says`.
    pub(super) fn begins(&self, field: &Field, says: &Json) -> Option<Day> {
        let begin = field.begun_at()?;
        let field = self.subject.keys_in().find(|one| one.key == begin)?;
        let said = self.said.of(field, self.happens());
        let said = if said.is_empty() { None } else { self.read_within(field, &said, says).ok() };
        Day::parse(said.as_ref().or_else(|| says.get(begin))?.as_str()?)
    }
}
