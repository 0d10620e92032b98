//! Every entry of every session log, with what becomes of it for each student.

use std::collections::HashMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Register;
use crate::calendar::Day;
use crate::case::Case;
use crate::facts::Facts;
use crate::judgement::{Judgement, StudentResult};
use crate::records::shape::{Field, Shape, Table};
use crate::records::{LogEntry, LogKind, Mode};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::{FileId, Text, visible};

/// For each file and position in it whether an entry counts, or why not.
type Verdicts = HashMap<(FileId, usize), Result<(), &'static str>>;

/// A student.
struct Student<'a> {
    id: &'a Text,
    name: Option<&'a Text>,
    /// None where the student could not be judged.
    verdicts: Option<Verdicts>,
}

/// The entries of all logs, collected student by student.
pub struct Sessions<'a> {
    case: &'a Case,
    as_of: Day,
    folder: Option<&'a Text>,
    students: Vec<Student<'a>>,
    only_theirs: bool,
}

/// An entry of a log, and what becomes of it for a student.
#[derive(Serialize)]
struct Row<'l> {
    log: Id<'l>,
    kind: &'static str,
    #[serde(flatten)]
    line: &'l Line<'l>,
    student: Option<Id<'l>>,
    name: Option<&'l Text>,
    counts: Option<bool>,
    why_not: Option<&'static str>,
}

/// An entry of a log, as it is shown.
struct Line<'a> {
    entry: LogEntry<'a>,
    /// What it says at each of the [`entry_keys`]; null where its kind of log has no such key, or it says nothing there.
    said: Vec<(&'static Field, Value)>,
}

/// The keys of the entries of both kinds of log, each once: those of a group, and before the next that both have those
/// that only a supervision has.
fn entry_keys() -> Vec<&'static Field> {
    let [mut keys, others]: [Vec<&Field>; 2] = LogKind::ALL.map(|kind| Table::of_entries(kind).fields.iter().collect());
    let at = |keys: &[&Field], field: &Field| keys.iter().position(|known| known.key == field.key);
    for (position, field) in others.iter().enumerate() {
        if at(&keys, field).is_none() {
            let next = others[position + 1..].iter().find_map(|next| at(&keys, next));
            keys.insert(next.unwrap_or(keys.len()), field);
        }
    }
    keys
}

fn columns<'l>(keys: &[&'static Field]) -> Vec<Column<Row<'l>>> {
    let mut columns =
        vec![Column::data("log", |row: &Row<'l>| Cell::text(row.log)), Column::data("kind", |row| row.kind.into())];
    columns.extend(keys.iter().map(|field| Column::data_by_key(&field.key, |row: &Row<'l>, key| row.line.cell(key))));
    columns.extend([
        Column::data("student", |row: &Row<'l>| Cell::maybe(row.student)),
        Column::data("name", |row| row.name.into()),
        Column::data("counts", |row| row.counts.into()),
        Column::data("why_not", |row| row.why_not.into()),
    ]);
    columns
}

impl<'a> Sessions<'a> {
    /// No student yet. With `only_theirs` only entries that concern one of those who are added are in it. `folder` is the
    /// folder's name, where ids are shown with it.
    pub fn new(case: &'a Case, as_of: Day, folder: Option<&'a Text>, only_theirs: bool) -> Self {
        Self { case, as_of, folder, students: Vec::new(), only_theirs }
    }

    /// Adds a student.
    pub fn add(&mut self, result: &StudentResult<'a>, judgement: Option<&Judgement<'_>>) {
        let verdicts = judgement.map(|judgement| verdicts(&judgement.facts));
        self.students.push(Student { id: result.id, name: result.name, verdicts });
    }

    /// The register: for each entry a row for each student whom the log names, in order of log, entry and student; one
    /// without a student where it names none.
    pub fn register(self) -> Register {
        let keys = entry_keys();
        let mut lines = Vec::new();
        for entry in &self.case.records.logs {
            let Some(log) = entry.used() else { continue };
            let (kind, named) = (log.kind().word(), log.people());
            let of_log: Vec<_> = log.entries().map(|entry| Line::of(entry, log.usual_mode(), &keys)).collect();
            let students: Vec<_> = self.students.iter().filter(|student| named.contains(student.id)).collect();
            if !students.is_empty() || !self.only_theirs {
                lines.push((entry, kind, of_log, students));
            }
        }
        let mut rows = Vec::new();
        for (entry, kind, of_log, students) in &lines {
            for (index, line) in of_log.iter().enumerate() {
                let row = |student: Option<&Student<'a>>| {
                    let counts = student.and_then(|student| self.counts(student, (entry.file, index), line));
                    Row {
                        log: Id::new(self.folder, &entry.id),
                        kind,
                        line,
                        student: student.map(|student| Id::new(self.folder, student.id)),
                        name: student.and_then(|student| student.name),
                        counts: counts.map(|counts| counts.is_ok()),
                        why_not: counts.and_then(Result::err),
                    }
                };
                match students.as_slice() {
                    [] => rows.push(row(None)),
                    students => rows.extend(students.iter().map(|student| row(Some(student)))),
                }
            }
        }
        Register::new("sessions", ("Sessions", "row", "rows"), &columns(&keys), &rows, |_| Tone::Plain)
    }

    /// Whether an entry counts, or why not; none where the student could not be judged.
    fn counts(&self, student: &Student<'_>, at: (FileId, usize), line: &Line<'_>) -> Option<Result<(), &'static str>> {
        let verdicts = student.verdicts.as_ref()?;
        if line.entry.date() > self.as_of {
            return Some(Err("to-come"));
        }
        Some(match verdicts.get(&at) {
            Some(verdict) => *verdict,
            None if line.entry.cancelled().is_some() => Err("cancelled"),
            None if line.entry.absent().contains(student.id) => Err("absent"),
            None => Err("no-arrangement"),
        })
    }
}

/// What becomes of the entries that the facts know. A session that counts in a group which is not the one that is
/// judged is none of the series.
fn verdicts(facts: &Facts<'_>) -> Verdicts {
    let series: Vec<_> = facts.series.iter().map(|entry| (entry.group, entry.index)).collect();
    let sessions = facts.sessions.all().iter().copied().map(|entry| {
        let verdict = match entry.uncounted {
            Some(why) => Err(why.word()),
            None if series.contains(&(entry.group, entry.index)) => Ok(()),
            None => Err("other-group"),
        };
        ((entry.place(facts.case).file, entry.index), verdict)
    });
    let meetings = facts.meetings.iter().map(|entry| {
        let verdict = entry.uncounted.map_or(Ok(()), |why| Err(why.word()));
        ((entry.place(facts.case).file, entry.index), verdict)
    });
    sessions.chain(meetings).collect()
}

impl<'a> Line<'a> {
    fn of(entry: LogEntry<'a>, usual: Option<Mode>, keys: &[&'static Field]) -> Self {
        let json = serde_json::to_value(entry).unwrap_or_default();
        let said = |field: &&'static Field| {
            let said = json.get(&field.key).cloned().unwrap_or_default();
            let said = match (&field.shape, usual) {
                _ if !said.is_null() => said,
                (_, Some(mode)) if field.key == "mode" => mode.word().into(),
                // A list is there for programs also where the kind of log has none.
                (Shape::List { .. }, _) => Value::Array(Vec::new()),
                _ => said,
            };
            (*field, said)
        };
        Self { entry, said: keys.iter().map(said).collect() }
    }

    /// What it says at a key, in a cell.
    fn cell(&self, key: &str) -> Cell {
        let Some((field, said)) = self.said.iter().find(|(field, _)| field.key == key) else { return Cell::Empty };
        match said {
            Value::Null | Value::Object(_) => Cell::Empty,
            Value::Bool(is) => (*is).into(),
            Value::Number(number) => number.as_i64().into(),
            Value::String(text) if field.shape == Shape::Date => Day::parse(text).into(),
            Value::String(text) => Cell::Text(visible(text)),
            Value::Array(list) => Cell::listed(list.iter().filter_map(Value::as_str).map(visible)),
        }
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.said.len()))?;
        for (field, said) in &self.said {
            map.serialize_entry(&field.key, said)?;
        }
        map.end()
    }
}
