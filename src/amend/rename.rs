//! Another id for a record: every place that names it.

use super::quote::plain_or_quoted;
use super::redigested::redigested;
use super::splice::{self, Splice};
use crate::records::shape::{Shape, Table};
use crate::records::{Form, Holds, RecordKind, SessionLog, Student, read};
use crate::text::{Node, Notation, Parsed, Value};

/// A record that gets another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renaming<'r> {
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its id so far.
    pub old: &'r str,
    /// Its id from now on.
    pub new: &'r str,
}

/// Why the references in a record cannot be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotRenamed;

impl Renaming<'_> {
    /// The text of a record of some kind with the new id in the place of the old one wherever it names the record, and
    /// how many places these are; none where it does not. A record with an error is not looked into.
    pub fn of_text(
        &self,
        reader: RecordKind,
        notation: Notation,
        text: &str,
    ) -> Result<Option<(String, usize)>, NotRenamed> {
        let parsed = Parsed::of(notation, text);
        let mut found = self.references(reader, &parsed.root);
        if found.is_empty() {
            return Ok(None);
        }
        let is_sound = match reader {
            RecordKind::Student => read::<Student>(notation, text).problems.is_empty(),
            _ => read::<SessionLog>(notation, text).problems.is_empty(),
        };
        if !is_sound {
            return Err(NotRenamed);
        }
        found.sort_by_key(|node| node.span.start);
        let splices: Vec<_> = found
            .iter()
            .map(|node| Splice::instead(node.span.clone(), self.written(&text[node.span.clone()])))
            .collect();
        let made = splice::apply(text, &splices).text;
        let again = Parsed::of(notation, &made);
        let mut count = 0;
        if again.is_sound() && self.is_renamed(&parsed.root, &again.root, &mut count) && count == found.len() {
            let is_log = reader == RecordKind::Session;
            Ok(Some((if is_log { redigested(notation, text, made) } else { made }, count)))
        } else {
            Err(NotRenamed)
        }
    }

    /// The new id, quoted as the old one was.
    fn written(&self, old: &str) -> String {
        match old.chars().next() {
            Some(quote @ ('"' | '\'')) => format!("{quote}{}{quote}", self.new),
            _ => plain_or_quoted(self.new),
        }
    }

    /// The values that name the record.
    fn references<'n, 't>(&self, reader: RecordKind, root: &'n Node<'t>) -> Vec<&'n Node<'t>> {
        let mut values = Vec::new();
        if let Some(table) = Shape::of_record(reader, root).table() {
            self.named_in(table, root, &mut values);
        }
        values
    }

    /// Adds the values below a table that name the record: those at the keys that hold ids of its kind.
    fn named_in<'n, 't>(&self, table: &Table, node: &'n Node<'t>, values: &mut Vec<&'n Node<'t>>) {
        // A line manager, who writes GWP Form 3, is named and has no id.
        let is_by_manager = node.get("form").and_then(Node::text) == Some(Form::Gwp3.word());
        for field in &table.fields {
            let Some(value) = node.get(&field.key) else { continue };
            let said = std::iter::once(value).chain(value.elements());
            match field.table() {
                Some(inner) => said.for_each(|one| self.named_in(inner, one, values)),
                None if field.facts.holds == Some(Holds::Id(self.kind)) && !is_by_manager => {
                    values.extend(said.filter(|one| one.text() == Some(self.old)));
                }
                None => {}
            }
        }
    }

    /// Whether two values are the same but for the id.
    fn is_renamed(&self, one: &Node<'_>, other: &Node<'_>, count: &mut usize) -> bool {
        match (&one.value, &other.value) {
            (Value::Table(entries), Value::Table(others)) => {
                entries.len() == others.len()
                    && entries.iter().all(|(key, value)| {
                        other.get(&key.name).is_some_and(|there| self.is_renamed(value, there, count))
                    })
            }
            (Value::List(elements), Value::List(others)) => {
                elements.len() == others.len()
                    && elements.iter().zip(others).all(|(one, other)| self.is_renamed(one, other, count))
            }
            (Value::Text(one), Value::Text(other)) if one == self.old && other == self.new => {
                *count += 1;
                true
            }
            (one, other) => one == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_renamed(kind: RecordKind, reader: RecordKind, notation: Notation, text: &str, wanted: &str) {
        let renaming = Renaming { kind, old: "old-id", new: "new-id" };
        let made = renaming.of_text(reader, notation, text);
        assert_eq!(
            made,
            Ok(Some((wanted.to_owned(), text.matches("old-id").count() - wanted.matches("old-id").count())))
        );
    }

    #[test]
    fn every_place_that_names_it_and_no_other() {
        let student = "name = \"old-id\"   # old-id\ncourse = 'old-id'\n[[arrangement]]\ngroup = \"old-id\"\n\
            supervisor = \"old-id\"\nfrom = 2025-10-06\n[[wrg]]\nsupervisor = \"old-id\"\nfrom = 2025-10-06\n[[report]]\n\
            form = \"WRG2\"\nreceived = 2026-01-29\nby = \"old-id\"\n[[report]]\nform = \"GWP3\"\nreceived = 2026-01-29\n\
            by = \"old-id\"\n";
        let toml = Notation::Toml;
        let reader = RecordKind::Student;
        assert_renamed(RecordKind::Course, reader, toml, student, &student.replace("'old-id'", "'new-id'"));
        assert_renamed(RecordKind::Session, reader, toml, student, &student.replace("group = \"old", "group = \"new"));
        let supervisor = student.replace("supervisor = \"old", "supervisor = \"new");
        let supervisor = supervisor.replacen("by = \"old", "by = \"new", 1);
        assert_renamed(RecordKind::Supervisor, reader, toml, student, &supervisor);
        let log = "kind: supervision\nsupervisor: old-id # old-id\nsupervisees: [old-id, 'old-id', other]\nmode: video\n\
            sessions:\n  - { date: 2025-10-07, minutes: 60, absent: [old-id], notes: old-id }\n";
        let student = "supervisees: [new-id, 'new-id', other]";
        let student =
            log.replace("supervisees: [old-id, 'old-id', other]", student).replace("absent: [old", "absent: [new");
        assert_renamed(RecordKind::Student, RecordKind::Session, Notation::Yaml, log, &student);
        let supervisor = log.replacen("supervisor: old", "supervisor: new", 1);
        assert_renamed(RecordKind::Supervisor, RecordKind::Session, Notation::Yaml, log, &supervisor);
    }

    #[test]
    fn an_id_that_yaml_would_take_for_something_else_is_quoted() {
        let renaming = Renaming { kind: RecordKind::Course, old: "old", new: "2026" };
        let made = renaming.of_text(RecordKind::Student, Notation::Yaml, "name: A\ncourse: old\n");
        assert_eq!(made, Ok(Some(("name: A\ncourse: \"2026\"\n".to_owned(), 1))));
    }

    #[test]
    fn a_record_with_an_error_is_not_looked_into() {
        let renaming = Renaming { kind: RecordKind::Course, old: "old", new: "new" };
        let of = |text: &str| renaming.of_text(RecordKind::Student, Notation::Toml, text);
        assert_eq!(of("nam = \"A\"\ncourse = \"old\"\n"), Err(NotRenamed));
        assert_eq!(of("nam = \"A\"\ncourse = \"other\"\n"), Ok(None));
    }
}
