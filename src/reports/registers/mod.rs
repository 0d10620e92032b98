//! The registers of a folder: its students, supervisors, groups, courses, awards and meetings, and every entry of its logs.

mod awards;
mod courses;
mod groups;
mod left_out;
mod meetings;
mod sessions;
mod students;
mod supervisors;

pub use awards::awards;
pub use courses::courses;
pub use groups::groups;
use left_out::LeftOut;
pub use meetings::meetings;
pub use sessions::Sessions;
pub use students::Students;
pub use supervisors::supervisors;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::sheet::{Column, Sheet, Tone, counted};
use super::{Report, Summary};
use crate::calendar::Day;
use crate::case::{Case, Entry};
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::StudentResult;
use crate::records::Student;
use crate::text::Text;

/// A register, ready to be printed.
#[derive(Clone, Debug)]
pub struct Register {
    /// The key of its list in JSON.
    pub key: &'static str,
    /// The table for people.
    pub sheet: Sheet,
    /// The table for a spreadsheet.
    pub data: Sheet,
    /// The rows as objects, with text as it was written.
    pub rows: Vec<Value>,
}

/// What a register is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum RegisterKind {
    /// The students, with verdict and sessions
    Students,
    /// The supervisors, with registration, what is missing and their students
    Supervisors,
    /// The groups, with their sessions
    Groups,
    /// The courses, with meetings and deadlines
    Courses,
    /// The students about whose award something was decided
    Awards,
    /// The meetings of committees: who was there, and what was dealt with
    Meetings,
    /// Every entry of every session log: for whom it counts, and why not
    Sessions,
}

/// What a register is drawn from.
#[derive(Clone, Copy)]
pub struct Drawn<'r, 'a> {
    /// The folder.
    pub case: &'a Case,
    /// The day as of which it is drawn: what is dated later is left out.
    pub as_of: Day,
    /// The students that are shown.
    pub results: &'r [StudentResult<'a>],
    /// Whether only what concerns these students is wanted.
    pub only_theirs: bool,
    /// The folder's name, where ids are shown with it.
    pub folder: Option<&'a Text>,
}

impl Register {
    /// A register of rows, called by the key of its list, and what one of them is and several are.
    fn new<R: Serialize>(
        key: &'static str,
        (title, one, several): (&str, &str, &str),
        columns: &[Column<R>],
        rows: &[R],
        tone: impl Fn(&R) -> Tone,
    ) -> Self {
        let mut sheet = Sheet::part(title, Vec::new()).with_toned_rows(columns, rows, tone);
        sheet.notes.push(format!("{}.", counted(rows.len(), one, several)));
        Self { key, sheet, data: Sheet::data(columns, rows), rows: rows.iter().map(|row| json!(row)).collect() }
    }
}

/// A register of a folder, with what the folder is judged by.
pub struct Listed<'r> {
    /// The folder as of the day.
    pub judged: &'r JudgedFolder<'r>,
    /// The register.
    pub register: Register,
    /// Who and what is missing in it, as sentences.
    pub left_out: Vec<String>,
    /// The same for programs.
    missing: LeftOut,
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r> {
            #[serde(flatten)]
            judged_by: Summary<'r>,
            #[serde(flatten)]
            rows: BTreeMap<&'static str, &'r [Value]>,
            #[serde(skip_serializing_if = "Option::is_none")]
            left_out: Option<&'r LeftOut>,
        }
        let rows = BTreeMap::from([(self.register.key, self.register.rows.as_slice())]);
        let left_out = Some(&self.missing).filter(|missing| !missing.is_nothing());
        Fields { judged_by: Summary::of(self.judged), rows, left_out }.serialize(serializer)
    }
}

impl Report for Listed<'_> {
    fn folder(&self) -> Option<&Text> {
        self.judged.folder.name.shown()
    }

    fn sheets(&self) -> Vec<Sheet> {
        let mut sheet = self.register.sheet.clone();
        if let Some(name) = self.folder() {
            sheet.title = format!("{}: {name}", sheet.title);
        }
        sheet.notes.extend(self.left_out.iter().cloned());
        sheet.notes.push(Summary::of(self.judged).sentence());
        vec![sheet]
    }

    fn data(&self) -> Sheet {
        self.register.data.clone()
    }

    fn beside_data(&self) -> Option<String> {
        (!self.left_out.is_empty()).then(|| self.left_out.join(" "))
    }
}

impl<'r> Listed<'r> {
    /// A register of a folder, of what concerns the students who are selected.
    pub fn of(kind: RegisterKind, judged: &'r JudgedFolder<'r>, selection: &Selection) -> Self {
        let folder = judged.folder;
        let (name, only_theirs) = (folder.name.shown(), !selection.is_empty());
        let mut students = Students::new(&folder.case);
        let mut sessions = Sessions::new(&folder.case, judged.as_of, name, only_theirs);
        let roster = judged.roster(selection, &mut |student, judgement| match kind {
            RegisterKind::Students => students.add(name, student, judgement),
            RegisterKind::Sessions => sessions.add(student, judgement),
            _ => {}
        });
        let of =
            Drawn { case: &folder.case, as_of: judged.as_of, results: &roster.students, only_theirs, folder: name };
        let register = match kind {
            RegisterKind::Students => students.register(),
            RegisterKind::Supervisors => supervisors(of),
            RegisterKind::Groups => groups(of),
            RegisterKind::Courses => courses(of),
            RegisterKind::Awards => awards(of),
            RegisterKind::Meetings => meetings(of),
            RegisterKind::Sessions => sessions.register(),
        };
        let (missing, left_out) = left_out::left_out(kind, judged, &roster);
        Self { judged, register, left_out, missing }
    }
}

impl<'a> Drawn<'_, 'a> {
    /// The students that are shown and whose record could be read.
    fn students(&self) -> impl Iterator<Item = (&StudentResult<'a>, &'a Student)> {
        let record = |result: &StudentResult<'a>| record_of(&self.case.records.students, result.id);
        self.results.iter().filter_map(move |result| Some((result, record(result)?)))
    }
}

/// The record with an id, in a register in order of id, where it has no error.
fn record_of<'a, T>(entries: &'a [Entry<T>], id: &Text) -> Option<&'a T> {
    let found = entries.binary_search_by(|entry| entry.id.cmp(id)).ok()?;
    entries[found].used()
}
