//! What a row leaves open: whether anything took place, and who was not there. Somebody has to look before it becomes an
//! entry.

use std::ops::Range;

use super::Fault;
use super::answers::{is_nothing, says_nothing};
use super::asked::at;
use super::cancellation_text::may_say_none;
use super::field::Field;
use super::grid::{Mark, Value};
use super::row::Reader;
use super::said::Said;
use super::vocabulary::VOCABULARY;
use crate::text::{Text, slug, visible};

impl Reader<'_> {
    /// Whether something in a row without a length leaves it open whether anything took place, which is a fault.
    pub(super) fn may_say_that_there_was_none(&mut self, said: &Said) -> bool {
        let one = if said.is_of_group { "a session" } else { "a meeting" };
        let what_to_do = "say yes or no in a column Cancelled, or how long it lasted where there was one";
        for field in [Field::LENGTH, Field::PRESENT] {
            let Some(cell) = self.cell(field).map(|(_, cell)| cell).filter(|cell| says_nothing(cell)) else { continue };
            let what = format!("{cell} does not say whether there was {one}; {what_to_do}");
            self.fault(field, what);
            return true;
        }
        let Some((_, cell)) = self.cell(Field::NOTES).filter(|_| said.notes.is_some()) else { return false };
        let what = format!(
            "the row has no length, and its notes may say that there was no {}: {cell}; {what_to_do}",
            one.trim_start_matches("a ")
        );
        self.fault(Field::NOTES, what);
        true
    }

    /// What somebody has to look at before a row becomes an entry.
    pub(super) fn doubt(&self, said: &Said) -> Option<Fault> {
        let says_who_came = self.cell(Field::PRESENT).is_some_and(|(_, cell)| !is_nothing(cell));
        let came = if said.is_of_group { "how many came" } else { "whether the supervisee came" };
        if said.date > self.asked.today && said.cancelled.is_none() && says_who_came {
            let what = format!("{} is still to come, and the row says {came}", said.date);
            return Some(Fault { at: said.at, what });
        }
        self.doubt_in_marks(said).or_else(|| self.doubt_in_notes(said)).or_else(|| self.doubt_in_blank(said, came))
    }

    /// A comment on a cell, or a cell that is struck through: what they mean for what was held only a person knows.
    fn doubt_in_marks(&self, said: &Said) -> Option<Fault> {
        if said.cancelled.is_some() || self.answer.held.is_some() {
            return None;
        }
        let one = if said.is_of_group { "session" } else { "meeting" };
        let (at, mark) = self.marks().next()?;
        let what = match mark {
            Mark::Comment(text) => format!("a comment on this cell says {}", Value::text(text)),
            Mark::StruckThrough => "this cell is struck through".to_owned(),
        };
        let what = format!("{what}, and the row says that there was a {one}; say in the sheet which is so");
        Some(Fault { at, what })
    }

    /// A cell that does not say who came, where those of other rows do: what was filled in beforehand may not have been
    /// held.
    fn doubt_in_blank(&self, said: &Said, came: &str) -> Option<Fault> {
        let is_settled = said.planned || said.cancelled.is_some() || said.present.is_some() || self.is_said_to_be_held;
        let cell = self.cell(Field::PRESENT).or_else(|| self.cell(Field::MEMBER));
        let (at, _) = cell.filter(|_| self.is_counted && !is_settled)?;
        let what = format!("other rows say {came}, and this one does not; say it, or yes or no in a column Cancelled");
        Some(Fault { at, what })
    }

    /// What the notes may say and no other cell does: that there was nothing, or who was not there.
    fn doubt_in_notes(&self, said: &Said) -> Option<Fault> {
        let at = at(self.row, self.columns.of(Field::NOTES)?.index);
        let notes = said.notes.as_ref()?.raw();
        let is_held = said.present.is_some() || self.is_said_to_be_held;
        if !is_held && said.cancelled.is_none() && may_say_none(notes) {
            let one = if said.is_of_group { "session" } else { "meeting" };
            let shown = Value::text(notes);
            let what =
                format!("the notes may say that there was no {one}: {shown}; say yes or no in a column Cancelled");
            return Some(Fault { at, what });
        }
        self.absence_in_notes(said).map(|what| Fault { at, what })
    }

    /// Notes that name a conductor or supervisee, or conductors, and say that somebody was not there, where no other
    /// cell says who was not; or that name the supervisor so, where no other cell says that there was a meeting.
    fn absence_in_notes(&self, said: &Said) -> Option<String> {
        let people = || VOCABULARY.absence.people.iter();
        let notes = said.notes.as_ref()?.raw();
        let is_told = said.absent.is_some() || self.cell(Field::ABSENT).is_some_and(|(_, cell)| says_nothing(cell));
        if said.cancelled.is_some() || is_told {
            return None;
        }
        let words = words_with_places(notes);
        let away = visible(away(notes, &words)?);
        let has = |name: &str| {
            let name = plain(name);
            let is_it = |word: &str| word == name || word.strip_suffix('s') == Some(name.as_str());
            name.len() > 2 && words.iter().any(|(_, word)| is_it(word))
        };
        let is_named = |(id, name): &&(Text, Option<Text>)| {
            has(id.raw()) || name.as_ref().is_some_and(|name| name.raw().split_whitespace().any(has))
        };
        let called = |(id, name): &(Text, Option<Text>)| name.as_ref().unwrap_or(id).to_string();
        let who = self.asked.people.iter().find(is_named).map(called);
        if let Some(who) = who.or_else(|| people().find(|word| has(word)).map(|word| format!("\"{word}\""))) {
            return Some(format!(
                "the notes speak of {who} and say \"{away}\", and no cell says who was not there; say it in a column \
                 Absent, with - where everybody was there"
            ));
        }
        // A supervisor who was not there is no absence: there was no meeting then.
        let is_held = said.present.is_some() || self.is_said_to_be_held;
        let supervisor = self.asked.supervisor.filter(|_| !is_held)?;
        let who = Some(supervisor).filter(is_named).map(called);
        let who = who.or_else(|| has("supervisor").then(|| "\"supervisor\"".to_owned()))?;
        Some(format!(
            "the notes speak of {who} and say \"{away}\", so there may have been no meeting; say yes or no in a column \
             Cancelled"
        ))
    }
}

/// A word without its case, accents and apostrophes.
fn plain(word: &str) -> String {
    slug(word).unwrap_or_else(|| word.to_lowercase())
}

/// The words of notes, plain, and where each stands in them.
fn words_with_places(notes: &str) -> Vec<(Range<usize>, String)> {
    let is_between = |c: char| c.is_whitespace() || ",;:.()/&".contains(c);
    let mut end = 0;
    let words = notes.split_inclusive(is_between).map(|part| {
        let start = end;
        end += part.len();
        let word = part.trim_end_matches(is_between);
        (start..start + word.len(), word)
    });
    words.filter(|(_, word)| !word.is_empty()).map(|(place, word)| (place, plain(word))).collect()
}

/// The first of the words of notes that say that somebody was not there, as they are written.
fn away<'n>(notes: &'n str, words: &[(Range<usize>, String)]) -> Option<&'n str> {
    let says = |at: usize| {
        VOCABULARY.absence.away.iter().find_map(|away| {
            let said = words.get(at..at + away.split(' ').count())?;
            away.split(' ').eq(said.iter().map(|(_, word)| word.as_str())).then_some(said)
        })
    };
    let said = (0..words.len()).find_map(says)?;
    notes.get(said.first()?.0.start..said.last()?.0.end)
}
