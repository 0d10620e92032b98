//! Something that happened, put into the text of a record: a text and an [`Event`] in, the new text out.
//!
//! The text is not written anew. What is said of the event goes in at one place and every other byte stays, comments,
//! order, line endings and byte order mark included: nothing has to be put back that a writer of TOML or YAML would
//! lose. Whether it went in rightly is not trusted either. The new text is read, and it has to say what the old one
//! said and the event besides, nothing else ([`Refusal::ByHand`] otherwise).

mod already_recorded;
mod brackets;
mod clash;
mod entry_of_day;
mod event;
mod fresh;
mod new_value;
mod quote;
mod refusal;
mod rename;
mod same;
mod splice;
mod toml;
mod yaml;

#[cfg(test)]
mod tests;

pub use entry_of_day::{contradiction, is_estimated, is_left_open};
pub use event::{ArrangementDetail, Event};
pub use fresh::{Fresh, next_terms, terms_from};
pub use refusal::{InsertionPoint, Refusal, Typed};
pub use rename::{NotRenamed, Renaming};

use crate::records::shape::{Field, Table};
use crate::records::{Record, RecordKind, SessionLog, Student, read};
use crate::text::{Node, Notation, Parsed, Value};

use new_value::{NewTable, NewValue};

/// The text of a record with an event in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    /// The whole text.
    pub text: String,
    /// The line, counted from 1, on which what was put in begins.
    pub line: usize,
}

/// What an event changes in a record.
#[derive(Debug)]
enum Change {
    /// One more table in a list: what is to stand at that position.
    Into { list: &'static str, position: usize, entry: NewTable },
    /// A table in a list that says more than the one which stands at that position.
    Instead { list: &'static str, position: usize, entry: NewTable },
    /// A value that was absent or another, of the record itself or of a table in it.
    Set { within: Option<Within>, key: &'static str, value: NewValue },
}

/// What is said now of something that the record says otherwise.
#[derive(Debug)]
struct Dispute {
    /// What is said now, as a phrase.
    what: String,
    /// What the record would have to change.
    change: Change,
}

/// A table in a record: one that has a key of its own, or the one at a position in a list, or a table in that.
#[derive(Clone, Copy, Debug)]
struct Within(&'static str, Option<usize>, Option<&'static str>);

impl Within {
    /// The keys that such a table has; of no table in it, those of a student's record.
    fn keys(within: Option<Self>) -> &'static Table {
        let student = Table::of_kind(RecordKind::Student);
        match within {
            None => student,
            Some(Self(key, _, None)) => student.below(key),
            Some(Self(key, _, Some(inner))) => student.below(key).below(inner),
        }
    }

    /// The table, where the record has it.
    fn of<'n, 's>(self, root: &'n Node<'s>) -> Option<&'n Node<'s>> {
        let node = root.get(self.0)?;
        let table = self.1.map_or(Some(node), |position| node.elements().get(position))?;
        self.2.map_or(Some(table), |key| table.get(key))
    }
}

/// The keys that a key of a table goes after, the nearest first.
fn keys_before(keys: &'static Table, key: &str) -> impl Iterator<Item = &'static Field> {
    let own = keys.fields.iter().position(|field| field.key == key).unwrap_or(0);
    keys.fields[..own].iter().rev()
}

/// When an event is recorded: before its day an entry of a log is a plan, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// On its day or after it.
    Since,
    /// Before its day.
    Ahead,
}

/// Puts an event that has had its day into the text of a record. The record must be sound and of the kind that the event
/// is about.
pub fn amend(notation: Notation, text: &str, event: &Event) -> Result<Amended, Refusal> {
    amend_when(notation, text, event, Recorded::Since)
}

/// Puts an event into the text of a record. The record must be sound and of the kind that the event is about.
pub fn amend_when(notation: Notation, text: &str, event: &Event, recorded: Recorded) -> Result<Amended, Refusal> {
    let parsed = Parsed::of(notation, text);
    let change = change(notation, text, &parsed.root, (event, recorded))?;
    let amended = apply(notation, text, &parsed.root, &change)?;
    if !matches!((event, &change), (Event::Report(_), Change::Set { .. })) {
        return Ok(amended);
    }
    // A report that is there can lack more than one thing, and each is a change of its own.
    match amend_when(notation, &amended.text, event, recorded) {
        Ok(more) => Ok(Amended { line: amended.line.min(more.line), text: more.text }),
        Err(Refusal::AlreadyThere { .. }) => Ok(amended),
        Err(refusal) => Err(refusal),
    }
}

/// What somebody would type to put an event into a record, whether or not [`amend_when`] can do it.
pub fn typed(notation: Notation, text: &str, event: &Event, recorded: Recorded) -> Result<Typed, Refusal> {
    let parsed = Parsed::of(notation, text);
    let change = change(notation, text, &parsed.root, (event, recorded))?;
    Ok(by_hand(notation, text, &parsed.root, &change))
}

/// The change that an event is, where it is not recorded.
fn change(
    notation: Notation,
    text: &str,
    root: &Node<'_>,
    (event, recorded): (&Event, Recorded),
) -> Result<Change, Refusal> {
    let change = match event {
        Event::Session(_) | Event::Meeting(_) => {
            let log = sound::<SessionLog>(notation, text)?;
            entry_of_day::of_log(&log, event, recorded == Recorded::Ahead)
        }
        _ => already_recorded::of_student(&sound::<Student>(notation, text)?, event),
    };
    let change = change.map_err(|clash| clash.refusal(notation, text, root))?;
    Ok(match change {
        // A table of ratings that is there and empty, such as a header with a comment below it, gets one after the other.
        Change::Set { within: Some(Within(list, position, None)), key, value: NewValue::Table(table) }
            if table.has_header =>
        {
            let inner = Within(list, position, Some(key));
            let is_there = inner.of(root).is_some_and(|there| matches!(there.value, Value::Table(_)));
            match table.said.first() {
                Some((key, value)) if is_there => Change::Set { within: Some(inner), key, value: value.clone() },
                _ => {
                    let within = Some(Within(list, position, None));
                    Change::Set { within, key, value: NewValue::Table(table) }
                }
            }
        }
        change => change,
    })
}

fn by_hand(notation: Notation, text: &str, root: &Node<'_>, change: &Change) -> Typed {
    let lines = match notation {
        Notation::Toml => toml::lines(root, change),
        Notation::Yaml => yaml::lines(text, root, change),
    };
    Typed { lines, place: InsertionPoint::of(text, root, change) }
}

fn sound<T: Record>(notation: Notation, text: &str) -> Result<T, Refusal> {
    let reading = read::<T>(notation, text);
    reading.record.filter(|_| reading.problems.is_empty()).ok_or(Refusal::Faulty)
}

/// Makes a change in a text, where it is certain that nothing else changes with it.
fn apply(notation: Notation, text: &str, root: &Node<'_>, change: &Change) -> Result<Amended, Refusal> {
    let splices = match notation {
        Notation::Toml => toml::splices(text, root, change),
        Notation::Yaml => yaml::splices(text, root, change),
    };
    let amended = splices.map(|splices| splice::apply(text, &splices)).filter(|amended| {
        let again = Parsed::of(notation, &amended.text);
        again.is_sound() && same::but(root, &again.root, change)
    });
    amended.ok_or_else(|| Refusal::ByHand(by_hand(notation, text, root, change)))
}
