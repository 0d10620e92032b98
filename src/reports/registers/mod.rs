//! The registers of a folder: its students, supervisors, groups, courses and awards.
//!
//! A register is a [`Sheet`] for people and spreadsheets and a list of JSON objects for programs, built side by
//! side from the same values.

mod awards;
mod courses;
mod groups;
mod sessions;
mod students;
mod supervisors;

pub use awards::awards;
pub use courses::courses;
pub use groups::groups;
pub use sessions::Sessions;
pub use students::Students;
pub use supervisors::supervisors;

use serde_json::{Map, Value, json};

use super::check::judged_by;
use super::sheet::Sheet;
use super::summary::Summary;
use crate::calendar::Day;
use crate::case::{Case, Entry};
use crate::edition::Parameters;
use crate::judgement::StudentResult;
use crate::records::Student;
use crate::render::{PROGRAM, VERSION};
use crate::text::Text;

/// A register, ready to be printed.
#[derive(Clone, Debug)]
pub struct Register {
    /// The key of its list in JSON.
    pub key: &'static str,
    /// The table for people.
    pub sheet: Sheet,
    /// The same table for a spreadsheet.
    pub data: Sheet,
    /// The same rows as objects, with text as it was written.
    pub rows: Vec<Value>,
}

/// What a register is drawn from.
#[derive(Clone, Copy)]
pub struct Drawn<'r, 'a> {
    /// The folder.
    pub case: &'a Case,
    /// The day as of which it is drawn: what is dated later is left out.
    pub as_of: Day,
    /// The parameters in force on it.
    pub parameters: &'r Parameters,
    /// The students that are shown.
    pub results: &'r [StudentResult<'a>],
    /// Whether only what concerns these students is wanted.
    pub only_theirs: bool,
    /// Gives an id as it is shown, with the folder's name where there are several folders.
    pub shown: &'r dyn Fn(&Text) -> String,
}

impl Register {
    /// A register whose table is the same for people and for a spreadsheet.
    fn new(key: &'static str, sheet: Sheet, rows: Vec<Value>) -> Self {
        Self { key, data: sheet.clone(), sheet, rows }
    }

    /// The document over one folder.
    pub fn json(&self, summary: &Summary<'_>) -> Value {
        let mut document = begun();
        document.extend(self.fields(summary));
        document.into()
    }

    /// The document over several folders, each with its name.
    pub fn json_of_folders(folders: &[(&Text, Summary<'_>, Self)]) -> Value {
        let of_one = |(name, summary, register): &(&Text, Summary<'_>, Self)| {
            let mut folder = Map::from_iter([("folder".to_owned(), json!(name.raw()))]);
            folder.extend(register.fields(summary));
            Value::from(folder)
        };
        let mut document = begun();
        document.insert("folders".to_owned(), folders.iter().map(of_one).collect());
        document.into()
    }

    fn fields(&self, summary: &Summary<'_>) -> Map<String, Value> {
        let mut fields = judged_by(summary);
        fields.insert(self.key.to_owned(), json!(self.rows));
        fields
    }
}

fn begun() -> Map<String, Value> {
    Map::from_iter([("version".to_owned(), json!(VERSION)), ("program".to_owned(), json!(PROGRAM))])
}

impl<'a> Drawn<'_, 'a> {
    /// The students that are shown and whose record could be read.
    fn students(&self) -> impl Iterator<Item = (&StudentResult<'a>, &'a Student)> {
        let record = |result: &StudentResult<'a>| record_of(&self.case.records.students, result.id);
        self.results.iter().filter_map(move |result| Some((result, record(result)?)))
    }
}

/// The record with an id, in a register in order of id.
fn record_of<'a, T>(entries: &'a [Entry<T>], id: &Text) -> Option<&'a T> {
    let found = entries.binary_search_by(|entry| entry.id.cmp(id)).ok()?;
    entries[found].record.as_deref()
}

fn raw(text: Option<&Text>) -> Option<&str> {
    text.map(Text::raw)
}
