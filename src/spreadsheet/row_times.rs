//! What the times of a row say of how long it lasted, and its weekday of its day.

use super::Fault;
use super::asked::at;
use super::cancellation_text::no_session;
use super::columns::Holds;
use super::date::weekday_word;
use super::field::Field;
use super::grid::{Address, Value};
use super::length::{Unit, lengths_of};
use super::row::Reader;
use super::times::{Clock, range};
use crate::calendar::{Day, WEEKDAYS};
use crate::text::name_in;

impl Reader<'_> {
    /// How long it lasted by its length and by its times, which must say the same. A length that cannot be read is a fault
    /// of its own.
    pub(super) fn by_times(&mut self, minutes: Option<u16>, is_unclear: bool) -> Option<u16> {
        if let Some((_, Value::Text(text))) = self.cell(Field::TIME)
            && let Some(why) = no_session(text)
        {
            self.cancel(why);
            return minutes;
        }
        let Some((field, said)) = self.times() else { return minutes };
        match (said, minutes) {
            (Err(what), _) => {
                self.fault(field, what);
                minutes
            }
            (Ok(_), None) if is_unclear => None,
            (Ok(said), Some(minutes)) if said != minutes => {
                self.fault(field, format!("by its times it lasted {said} minutes, and by its length {minutes}"));
                Some(minutes)
            }
            (Ok(said), _) => Some(said),
        }
    }

    /// What the columns of times say, and the one to which a fault belongs; none where there is no end or no beginning.
    fn times(&self) -> Option<(Field, Result<u16, String>)> {
        if let Some((at, value)) = self.cell(Field::TIME).filter(|(_, value)| !value.is_empty()) {
            let by_range = match value {
                Value::Text(text) => range(text),
                _ => None,
            };
            if let Some(minutes) = by_range {
                return Some((Field::TIME, Ok(minutes)));
            }
            if Clock::of(value).is_none() {
                let length = lengths_of(&[(at, value)], Unit::Unsaid).each.pop().flatten()?;
                let what = || format!("{value} is neither a time of day, nor from when to when, nor a length");
                return Some((Field::TIME, length.map_err(|_| what())));
            }
        }
        let (start, end) = (self.cell(Field::START)?.1, self.cell(Field::END)?.1);
        if start.is_empty() || end.is_empty() {
            return None;
        }
        let (Some(from), Some(to)) = (Clock::of(start), Clock::of(end)) else {
            let (field, value) = if Clock::of(start).is_none() { (Field::START, start) } else { (Field::END, end) };
            return Some((field, Err(format!("{value} is no time of day, such as 19:30"))));
        };
        Some((Field::END, from.until(to).ok_or_else(|| format!("from {start} to {end} is no length of a session"))))
    }

    /// A length that is said for all rows has to be that of a row which says from when to when it was, in whatever column.
    pub(super) fn must_last_as_its_times(&mut self, minutes: Option<u16>) {
        let Some(minutes) = minutes else { return };
        let is_passed_over = |holds: Holds| !matches!(holds, Holds::Field(..));
        let passed_over = self.columns.columns.iter().filter(|column| is_passed_over(column.holds));
        let other = passed_over.map(|column| at(self.row, column.index)).find_map(|at: Address| {
            let Value::Text(text) = self.row.cell(at.column) else { return None };
            let said = range(text).filter(|said| *said != minutes)?;
            let shown = Value::text(text);
            Some(Fault { at, what: format!("{shown} is {said} minutes, and --minutes says {minutes}") })
        });
        self.faults_extend(other);
    }

    /// The weekday that a row names has to be that of its day.
    pub(super) fn must_be_on_its_weekday(&mut self, date: Option<Day>) {
        let named = self.cell(Field::WEEKDAY).and_then(|(_, value)| match value {
            Value::Text(text) => name_in(&WEEKDAYS, text.trim_end_matches('.')),
            _ => None,
        });
        let (Some(named), Some(date)) = (named, date) else { return };
        if WEEKDAYS[named] != weekday_word(date) {
            self.fault(
                Field::WEEKDAY,
                format!("{date} is a {}, and this says {}", weekday_word(date), WEEKDAYS[named]),
            );
        }
    }
}
