//! One row as an entry of a session log.

use serde_json::Value as Json;

use super::Fault;
use super::answers::{count, is_nothing, is_zero, mode, yes_or_no};
use super::asked::{Asked, at};
use super::by_shape::by_shape;
use super::cancellation_text::{after_cancelled, cancelled, no_session, says_which};
use super::columns::Columns;
use super::field::{Field, asks_only_whether_held, asks_whether_held};
use super::grid::{Address, Grid, Mark, Row, Value};
use super::held::{Held, RowAnswer};
use super::marks::{Came, came};
use super::said::Said;
use super::target::Target;
use super::vocabulary::VOCABULARY;
use crate::calendar::Day;
use crate::text::{Found, Nameable, Text, find_by_whole_words, visible};

/// One row while it is read.
pub(super) struct Reader<'r> {
    grid: &'r Grid,
    pub(super) row: &'r Row,
    pub(super) columns: &'r Columns,
    pub(super) asked: Asked<'r>,
    /// Whether any row says who came.
    pub(super) is_counted: bool,
    faults: Vec<Fault>,
    left_out: Vec<String>,
    /// Whether a cell for something else says that it was cancelled; inside, why.
    cancelled: Option<Option<String>>,
    /// Whether a cell for it says that it was held.
    pub(super) is_said_to_be_held: bool,
    /// What a person answered about it.
    pub(super) answer: RowAnswer,
}

impl<'r> Reader<'r> {
    /// A row of which nothing is read yet.
    pub(super) fn new(grid: &'r Grid, row: &'r Row, columns: &'r Columns, asked: Asked<'r>, is_counted: bool) -> Self {
        let (faults, left_out) = (Vec::new(), Vec::new());
        let answer = grid.answer(row.number);
        let (cancelled, is_said_to_be_held) = (None, false);
        Self { grid, row, columns, asked, is_counted, faults, left_out, cancelled, is_said_to_be_held, answer }
    }

    /// The same, where the cell of its length says that it was cancelled instead.
    pub(super) fn cancelled(mut self, cancelled: Option<Option<String>>) -> Self {
        self.cancelled = cancelled;
        self
    }

    /// What is wrong with it, and what of it is left out.
    pub(super) fn found(self) -> (Vec<Fault>, Vec<String>) {
        (self.faults, self.left_out)
    }

    /// What somebody did to the cells of the row beside filling them in.
    pub(super) fn marks(&self) -> impl Iterator<Item = (Address, &'r Mark)> {
        let (first, last) =
            (Address { row: self.row.number, column: 0 }, Address { row: self.row.number + 1, column: 0 });
        self.grid.marks.range(first..last).flat_map(|(at, marks)| marks.iter().map(|mark| (*at, mark)))
    }
}

impl Reader<'_> {
    pub(super) fn cell(&self, field: Field) -> Option<(Address, &Value)> {
        let column = self.columns.of(field)?;
        Some((at(self.row, column.index), self.row.cell(column.index)))
    }

    pub(super) fn fault(&mut self, field: Field, what: impl Into<String>) {
        let column = self.columns.of(field).or_else(|| self.columns.columns.first()).map_or(0, |column| column.index);
        self.faults.push(Fault { at: at(self.row, column), what: what.into() });
    }

    /// Takes it that a cell for something else says that it was cancelled, and why.
    pub(super) fn cancel(&mut self, why: String) {
        self.cancelled = self.cancelled.take().or(Some(Some(why)));
    }

    pub(super) fn faults_extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.extend(faults);
    }

    fn at_date(&self) -> Address {
        at(self.row, self.columns.of(Field::DATE).map_or(0, |column| column.index))
    }

    /// What a column says, by a reader of its cells.
    fn read<T>(&mut self, field: Field, of: impl Fn(&Value) -> Option<Result<T, String>>) -> Option<T> {
        let (_, value) = self.cell(field)?;
        match of(value)? {
            Ok(said) => Some(said),
            // Somebody has said what became of it.
            Err(_) if self.answer.held.is_some() && [Field::PRESENT, Field::CANCELLED].contains(&field) => None,
            Err(what) => {
                self.fault(field, what);
                None
            }
        }
    }

    pub(super) fn text(&mut self, field: Field) -> Option<String> {
        self.read(field, |value| match value {
            _ if is_nothing(value) => None,
            Value::Text(text) => Some(Ok(text.clone())),
            Value::Broken(why) => Some(Err(why.clone())),
            Value::Number(number) => Some(Ok(number.to_string())),
            _ => Some(Err(format!("{value} is no text"))),
        })
    }

    pub(super) fn entry(
        &mut self,
        day: Option<Result<Day, String>>,
        length: Option<Result<u16, String>>,
    ) -> Option<Said> {
        let is_of_group = self.columns.target() == Target::Group;
        let date = match day {
            Some(Ok(date)) => Some(date),
            Some(Err(what)) => {
                self.fault(Field::DATE, what);
                None
            }
            None => {
                self.fault(Field::DATE, "there is no date in this row");
                None
            }
        };
        let (minutes, no_length) = match (self.answer.minutes, length) {
            (Some(minutes), _) | (None, Some(Ok(minutes))) => (Some(minutes), None),
            (None, Some(Err(what))) => (None, Some(what)),
            (None, None) => (None, None),
        };
        let minutes = self.by_times(minutes, no_length.is_some());
        self.must_be_on_its_weekday(date);
        let present = if is_of_group { self.present(count) } else { None };
        let present = match self.members() {
            Some(came) => {
                self.must_be_as_many(came, present);
                Some(came)
            }
            None => present,
        };
        let mut absent = self.absent();
        if !is_of_group && let Some(came) = self.present(attended) {
            absent = self.absent_unless(came, absent);
            self.is_said_to_be_held = true;
        }
        let mode = self.read(Field::MODE, mode);
        let joint = self.read(Field::JOINT, yes_or_no);
        let mut notes = self.text(Field::NOTES);
        let mut others = self.others();
        let is_to_come = date.is_some_and(|date| date > self.asked.today);
        let planned = is_to_come || others.contains(&("planned", Json::Bool(true)));
        others.retain(|(key, _)| *key != "planned");
        let is_held = minutes.is_some() || present.is_some_and(|present| present > 0);
        let cancelled = self.was_cancelled(is_held, &mut notes);
        // What was cancelled can well have lasted no time at all.
        let says_zero = self.cell(Field::LENGTH).is_some_and(|(_, cell)| is_zero(cell));
        let is_answered = matches!(self.answer.held, Some(Held::Cancelled(_)));
        if let Some(what) = no_length.filter(|_| !is_answered && (cancelled.is_none() || !says_zero)) {
            self.fault(Field::LENGTH, what);
        }
        let (has_faults, is_cancelled) = (!self.faults.is_empty(), cancelled.is_some());
        let mut said = Said {
            at: self.at_date(),
            date: date?,
            minutes,
            present,
            cancelled: cancelled.map(|why| why.map(Text::new)),
            mode,
            joint,
            absent,
            notes: notes.map(Text::new),
            planned: planned && !is_cancelled,
            others,
            is_of_group,
        };
        if said.cancelled.is_some() {
            self.only_cancelled(&mut said);
        } else if said.minutes.is_none() && !has_faults {
            said.minutes = self.asked.minutes;
            self.must_last_as_its_times(said.minutes);
            let is_held = said.present.is_some() || self.is_said_to_be_held;
            if !is_held && self.may_say_that_there_was_none(&said) {
                // What is wrong is said.
            } else if said.minutes.is_none() {
                let what = "the row says neither how long it lasted nor that it was cancelled; where all are as long, \
                            say it with --minutes";
                self.fault(Field::LENGTH, what);
            }
        }
        Some(said)
    }

    /// What the columns say that are called as a key, and have no reader of their own.
    fn others(&mut self) -> Vec<(&'static str, Json)> {
        let target = self.columns.target();
        let keys = target.fields().iter().filter(|field| !field.has_words());
        let said = |field: &Field| {
            let (_, key) = field.place(target)?;
            Some((key.key.as_str(), self.read(*field, |cell| by_shape(cell, &key.shape))?))
        };
        keys.filter_map(said).collect()
    }

    /// Those of the log, by name and id, as the choices for a name that is nobody's.
    fn people(&self) -> String {
        const MOST: usize = 6;
        let named = |(id, name): &(Text, Option<Text>)| match name {
            Some(name) => format!("{name} ({id})"),
            None => id.to_string(),
        };
        let people: Vec<_> = self.asked.people.iter().take(MOST).map(named).collect();
        match people.as_slice() {
            [] => "the log names nobody".to_owned(),
            people => format!("the log names {}", people.join(", ")),
        }
    }

    /// Who came, by a reader of the cell; it can say instead that it was cancelled.
    fn present<T>(&mut self, of: impl Fn(&Value) -> Option<Result<T, String>>) -> Option<T> {
        let is_of_group = self.columns.target() == Target::Group;
        if let Some((_, Value::Text(text))) = self.cell(Field::PRESENT)
            && let Some(why) =
                after_cancelled(text).or_else(|| no_session(text).filter(|_| is_of_group).map(|why| Ok(Some(why))))
        {
            match why {
                Ok(why) => self.cancelled = self.cancelled.take().or(Some(why)),
                Err(what) => self.fault(Field::PRESENT, what),
            }
            return None;
        }
        self.read(Field::PRESENT, of)
    }

    /// How many of the members in columns of their own came; none where there are none, or nobody is marked.
    fn members(&mut self) -> Option<u32> {
        let cells =
            self.columns.all_of(Field::MEMBER).map(|column| (at(self.row, column.index), self.row.cell(column.index)));
        let marks: Vec<_> = cells.map(|(at, cell)| (at, came(cell, None))).collect();
        let is = |wanted: &Came| marks.iter().filter(|(_, mark)| mark == wanted).count();
        let (present, away) = (is(&Came::Yes), is(&Came::No));
        let unclear = marks.iter().filter_map(|(at, mark)| match mark {
            Came::Unclear(what) => Some(Fault { at: *at, what: what.clone() }),
            _ => None,
        });
        let unclear: Vec<Fault> = unclear.collect();
        let why =
            marks.iter().find_map(|(_, mark)| if let Came::Nothing(why) = mark { Some(why.clone()) } else { None });
        match why {
            Some(why) if present == 0 => self.cancel(why),
            _ if self.answer.held.is_none() => self.faults_extend(unclear),
            _ => {}
        }
        (present + away > 0).then(|| u32::try_from(present).unwrap_or_default())
    }

    /// The number that the marks make has to be the one that is written.
    fn must_be_as_many(&mut self, came: u32, written: Option<u32>) {
        if let Some(written) = written.filter(|written| *written != came) {
            self.fault(Field::PRESENT, format!("this says {written}, and the marks of the members make {came}"));
        }
    }

    /// The ids of those who were not there.
    fn absent(&mut self) -> Option<Vec<Text>> {
        let text = match &self.answer.absent {
            Some(names) => names.clone(),
            None => self.text(Field::ABSENT)?,
        };
        let mut ids = Vec::new();
        for name in text.split([',', ';', '\n', '&']).map(str::trim).filter(|name| !name.is_empty()) {
            match named(name, self.asked.people) {
                Ok(id) => ids.push(id),
                // It may be the name of a patient, and is not repeated.
                Err(why) => self.fault(Field::ABSENT, format!("{why}; {}", self.people())),
            }
        }
        Some(ids)
    }

    /// Who was not there, by a column that says whether the supervisee came.
    fn absent_unless(&mut self, came: bool, absent: Option<Vec<Text>>) -> Option<Vec<Text>> {
        match self.asked.people {
            [(id, _)] if absent.is_none() => Some(if came { Vec::new() } else { vec![id.clone()] }),
            _ if came => absent,
            _ => {
                self.fault(
                    Field::PRESENT,
                    "the log is of several supervisees, and this does not say who was not there",
                );
                absent
            }
        }
    }

    /// Whether it was cancelled, by everything in the row that can say so; inside, why.
    fn was_cancelled(&mut self, is_held: bool, notes: &mut Option<String>) -> Option<Option<String>> {
        match self.answer.held.clone() {
            Some(Held::Cancelled(why)) => {
                let why = why.or(self.cancelled.take().flatten());
                return Some(why.or_else(|| self.text(Field::REASON)));
            }
            Some(Held::Yes) => {
                self.is_said_to_be_held = true;
                return None;
            }
            None => {}
        }
        let is_of_both = self.columns.of(Field::CANCELLED).is_some_and(|column| asks_whether_held(&column.heading));
        let is_held_column =
            self.columns.of(Field::CANCELLED).is_some_and(|column| asks_only_whether_held(&column.heading));
        let column = self.read(Field::CANCELLED, |value| match yes_or_no(value) {
            Some(Ok(is)) if is_held_column => Some(Ok(if is { Held::Yes } else { Held::Cancelled(None) })),
            Some(Ok(_)) if is_of_both => Some(Err(format!("{value} could mean held or cancelled; write one of these"))),
            // What stands below such a heading and is neither word is no reason.
            _ if is_of_both && !says_which(value) => {
                Some(Err(format!("{value} does not say whether it was held or cancelled; write one of these")))
            }
            _ => cancelled(value),
        });
        self.is_said_to_be_held |= column == Some(Held::Yes);
        let reason = self.text(Field::REASON);
        let has_column = self.columns.of(Field::CANCELLED).is_some();
        let mut why = match (column, self.cancelled.take()) {
            (Some(Held::Yes), Some(_)) => {
                self.fault(Field::CANCELLED, "this says that it was held, and another cell that it was cancelled");
                return None;
            }
            (Some(Held::Cancelled(why)), elsewhere) => Some(why.or(elsewhere.flatten())),
            (Some(Held::Yes), None) => None,
            (None, Some(why)) => Some(why),
            (None, None) if reason.is_some() && !has_column => Some(None),
            (None, None) => match notes.as_deref().and_then(after_cancelled) {
                Some(_) if is_held => {
                    self.fault(Field::NOTES, "the notes say that it was cancelled, and the row says that it was held");
                    return None;
                }
                Some(Err(what)) => {
                    self.fault(Field::NOTES, what);
                    return None;
                }
                Some(Ok(why)) => {
                    *notes = None;
                    Some(why)
                }
                None => None,
            },
        };
        match (&mut why, reason) {
            (Some(known), Some(reason)) => match known {
                Some(known) if *known != reason => *known = format!("{known}; {reason}"),
                known => *known = Some(reason),
            },
            (None, Some(_)) => {
                self.fault(Field::REASON, "there is a reason for cancelling, and the row says that it was held");
            }
            _ => {}
        }
        why
    }

    /// What is cancelled has no length, and nobody was there.
    fn only_cancelled(&mut self, said: &mut Said) {
        if let Some(present) = said.present.filter(|present| *present > 0 && self.answer.held.is_some()) {
            self.left_out.push(format!("the number of {present} is left out, as it was cancelled"));
        } else if said.present.is_some_and(|present| present > 0) {
            self.fault(Field::PRESENT, "it was cancelled, and yet somebody was present");
        }
        if said.joint == Some(true) {
            self.fault(Field::JOINT, "it was cancelled, and yet it was joint");
        }
        if let Some(minutes) = said.minutes.take() {
            self.left_out.push(format!("the length of {minutes} minutes is left out, as it was cancelled"));
        }
        if let Some(mode) = said.mode.take() {
            self.left_out.push(format!("the mode, {}, is left out, as it was cancelled", mode.word()));
        }
        if let Some(absent) = said.absent.take().filter(|absent| !absent.is_empty()) {
            let ids: Vec<_> = absent.iter().map(|id| visible(id.raw())).collect();
            self.left_out.push(format!("that {} was not there is left out, as it was cancelled", ids.join(", ")));
        }
        (said.present, said.joint) = (None, None);
    }
}

/// Whether the supervisee came: yes or no, or in words.
fn attended(value: &Value) -> Option<Result<bool, String>> {
    if let Value::Text(text) = value {
        let (words, text) = (&VOCABULARY.cancellation, text.to_lowercase());
        if words.came.has(&text) || words.did_not_come.has(&text) {
            return Some(Ok(words.came.has(&text)));
        }
    }
    yes_or_no(value)
}

/// The id of the one of a log who is named, by whole words.
fn named(typed: &str, people: &[(Text, Option<Text>)]) -> Result<Text, &'static str> {
    let nameable = |(id, name): &(Text, Option<Text>)| Nameable {
        ids: vec![id.raw().to_owned()],
        name: name.as_ref().map(|name| name.raw().to_owned()),
        also: Vec::new(),
    };
    match find_by_whole_words(typed, &people.iter().map(nameable).collect::<Vec<_>>()) {
        Found::ById(at) | Found::ByName(at) => Ok(people[at].0.clone()),
        Found::Several(_) => Err("a name here fits several in the log"),
        Found::Nothing => Err("a name here is none of those in the log"),
    }
}
