//! Something that happened, put into the text of a record: a text and an [`Event`] in, the new text out.
//!
//! The text is not written anew. What is said of the event goes in at one place and every other byte stays, comments,
//! order, line endings and byte order mark included: nothing has to be put back that a writer of TOML or YAML would
//! lose. Whether it went in rightly is not trusted either. The new text is read, and it has to say what the old one
//! said and the event besides, nothing else ([`Refusal::ByHand`] otherwise).

mod already_recorded;
mod brackets;
mod clash;
mod edit;
mod entry_of_day;
mod event;
mod fresh;
mod headers;
mod indents;
mod new_value;
mod quote;
mod redigested;
mod refusal;
mod removal;
mod rename;
mod same;
mod splice;
mod toml;
mod yaml;

#[cfg(test)]
mod tests;

pub use edit::{Edit, Edited, json_of};
pub use entry_of_day::{contradiction, is_estimated, is_left_open};
pub use event::{ArrangementDetail, Event};
pub use fresh::{Fresh, next_terms, terms_from};
pub use refusal::{InsertionPoint, Refusal, Typed};
pub use rename::{NotRenamed, Renaming};

use crate::records::shape::{Field, Shape, Table};
use crate::records::{Record, RecordKind, SessionLog, Student, read};
use crate::text::{Node, Notation, Parsed, Path, Step, Value};

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
    /// One more element of a list: what is to stand at that position.
    Into { list: Path, position: usize, entry: NewValue },
    /// Another element of a list in the place of the one that stands at that position.
    Instead { list: Path, position: usize, entry: NewValue },
    /// A value that was absent or another, of the record itself or of a table in it.
    Set { within: Path, key: &'static str, value: NewValue },
    /// A key or an element of a list that is to be gone.
    Gone { at: Path },
}

/// What is said now of something that the record says otherwise.
#[derive(Debug)]
struct Dispute {
    /// What is said now, as a phrase.
    what: String,
    /// What the record would have to change.
    change: Change,
}

/// The keys that a table at a path of a record has.
fn keys_at(record: &'static Table, path: &Path) -> &'static Table {
    path.steps().fold(record, |table, step| match step {
        Step::Key(key) => table.below(key),
        Step::Index(_) => table,
    })
}

/// The keys that a key of a table goes after, the nearest first.
fn keys_before(keys: &'static Table, key: &str) -> impl Iterator<Item = &'static Field> {
    let own = keys.fields.iter().position(|field| field.key == key).unwrap_or(0);
    keys.fields[..own].iter().rev()
}

/// A text in which something is to be changed: what the notations go by.
#[derive(Clone, Copy)]
struct Ground<'g> {
    text: &'g str,
    root: &'g Node<'g>,
    /// The keys of the record.
    keys: &'static Table,
    /// Whether a table in TOML has a header of its own, and stands in braces only within another.
    has_headers: bool,
}

impl<'g> Ground<'g> {
    fn of(kind: RecordKind, text: &'g str, root: &'g Node<'g>) -> Self {
        let keys = Shape::of_record(kind, root).table().unwrap_or(Table::of_kind(kind));
        Self { text, root, keys, has_headers: matches!(kind, RecordKind::Student | RecordKind::Gwp) }
    }
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
    let ground = Ground::of(event.kind(), text, &parsed.root);
    let change = change(notation, ground, parsed.is_sound(), (event, recorded))?;
    let amended = apply(notation, ground, &change)?;
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
    let ground = Ground::of(event.kind(), text, &parsed.root);
    Ok(by_hand(notation, ground, &change(notation, ground, parsed.is_sound(), (event, recorded))?))
}

/// The change that an event is, where it is not recorded.
fn change(
    notation: Notation,
    ground: Ground<'_>,
    is_read: bool,
    (event, recorded): (&Event, Recorded),
) -> Result<Change, Refusal> {
    let Ground { text, root, .. } = ground;
    let change = match event {
        Event::Session(_) | Event::Meeting(_) => {
            let log = sound::<SessionLog>(notation, text)?;
            entry_of_day::of_log(&log, event, recorded == Recorded::Ahead)
        }
        // What is wrong in a record can be put right, and one edit of several can leave it wrong for a moment.
        Event::Edit(_) if !is_read => return Err(Refusal::Faulty),
        Event::Edit(edit) => edit.change(ground),
        _ => already_recorded::of_student(&sound::<Student>(notation, text)?, event),
    };
    let change = change.map_err(|clash| clash.refusal(notation, ground))?;
    Ok(match change {
        // A table of ratings that is there and empty, such as a header with a comment below it, gets one after the other.
        Change::Set { within, key, value: NewValue::Table(table) } if table.has_header => {
            let inner = within.key(key);
            let is_there = root.at(&inner).is_some_and(|there| matches!(there.value, Value::Table(_)));
            match table.said.first() {
                Some((key, value)) if is_there => Change::Set { within: inner, key, value: value.clone() },
                _ => Change::Set { within, key, value: NewValue::Table(table) },
            }
        }
        change => change,
    })
}

fn by_hand(notation: Notation, ground: Ground<'_>, change: &Change) -> Typed {
    let lines = match notation {
        Notation::Toml => toml::lines(ground, change),
        Notation::Yaml => yaml::lines(ground, change),
    };
    Typed { lines, place: InsertionPoint::of(ground, change) }
}

fn sound<T: Record>(notation: Notation, text: &str) -> Result<T, Refusal> {
    let reading = read::<T>(notation, text);
    reading.record.filter(|_| reading.problems.is_empty()).ok_or(Refusal::Faulty)
}

/// Makes a change in a text, where it is certain that nothing else changes with it.
fn apply(notation: Notation, ground: Ground<'_>, change: &Change) -> Result<Amended, Refusal> {
    let splices = match notation {
        Notation::Toml => toml::splices(ground, change),
        Notation::Yaml => yaml::splices(ground, change),
    };
    let amended = splices.map(|splices| splice::apply(ground.text, &splices)).filter(|amended| {
        let again = Parsed::of(notation, &amended.text);
        again.is_sound() && same::but(ground.root, &again.root, change)
    });
    amended.ok_or_else(|| Refusal::ByHand(by_hand(notation, ground, change)))
}
