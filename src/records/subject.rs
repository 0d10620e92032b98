//! What can be said of a record, each by the word that a person has for it: taken from the keys of the record.

use super::shape::{Field, Shape, Table};

/// A key or a table of a record that has a word of its own.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The word: `insurance`, `lcc-meeting`, `line-manager`.
    pub word: String,
    /// The keys from the record's top to it. Where one of them is a list of tables, the rest is in an entry of that.
    pub keys: Vec<&'static str>,
    /// What is said of the last of them.
    pub field: &'static Field,
    /// Whether it is in an entry of a list of tables.
    pub is_in_entry: bool,
    /// Whether it is listed where somebody asks what there is to say. What has to be there from the beginning is not, and
    /// what is in an entry of a list is told with that.
    pub is_listed: bool,
}

/// What sort of thing a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubjectSort {
    /// One value.
    Value,
    /// A list of values.
    Values,
    /// A table.
    Table,
    /// A list of tables.
    Entries,
}

impl Subject {
    /// What sort of thing it is.
    pub fn sort(&self) -> SubjectSort {
        match (&self.field.shape, self.field.table()) {
            (Shape::List { .. }, Some(_)) => SubjectSort::Entries,
            (Shape::List { .. }, None) => SubjectSort::Values,
            (_, Some(_)) => SubjectSort::Table,
            _ => SubjectSort::Value,
        }
    }

    /// The command that records an entry of it, where that is another one than for all else.
    pub fn begun_by(&self) -> Option<&'static str> {
        self.list_begun_by().filter(|_| self.keys.len() == 1)
    }

    /// The command that records an entry of the list that it is in or is itself, where that is another one than for all
    /// else.
    pub fn list_begun_by(&self) -> Option<&'static str> {
        begun_by(self.keys.first().copied().unwrap_or_default())
    }

    /// Its keys, where it has some: of the table, or of each entry.
    pub fn keys_in(&self) -> impl Iterator<Item = &'static Field> {
        // Tables and lists of tables have words of their own.
        self.field.table().into_iter().flat_map(|table| &table.fields).filter(|field| field.table().is_none())
    }
}

/// Everything that can be said of a record, in the order of its keys. A key further inside has a word where no other key
/// of the record has the same.
pub fn subjects(record: &'static Table) -> Vec<Subject> {
    let mut found = Vec::new();
    within(record, &[], false, &mut found);
    let words: Vec<_> = found.iter().map(|one| (one.word.clone(), one.keys.len())).collect();
    let is_first = |one: &Subject| {
        let others = words.iter().filter(|(word, depth)| *word == one.word && *depth <= one.keys.len());
        others.count() == 1
    };
    found.retain(is_first);
    found
}

fn within(table: &'static Table, before: &[&'static str], is_in_entry: bool, found: &mut Vec<Subject>) {
    for field in &table.fields {
        let keys: Vec<_> = before.iter().copied().chain([field.key.as_str()]).collect();
        let is_top = before.is_empty();
        found.push(Subject {
            word: word(field),
            field,
            is_in_entry,
            is_listed: match (is_top, field.table(), &field.shape) {
                (true, _, Shape::List { .. }) | (false, Some(_), _) => begun_by(&field.key).is_none(),
                (true, _, _) => !field.required,
                (false, None, Shape::List { .. }) => begun_by(before[0]).is_none(),
                (false, None, _) => false,
            },
            keys: keys.clone(),
        });
        if let Some(inner) = field.table() {
            within(inner, &keys, is_in_entry || field.is_list(), found);
        }
    }
}

/// The command that records an entry of a list of tables which has one of its own.
fn begun_by(list: &str) -> Option<&'static str> {
    Some(match list {
        "sessions" => "log",
        "report" => "receive",
        "decision" => "decide",
        "ruling" => "rule",
        "arrangement" => "arrange",
        "attested" => "attest",
        _ => return None,
    })
}

/// The word for a key: that of an entry of its list, or its own, of a list of values for one of them.
fn word(field: &Field) -> String {
    let entry = field.table().and_then(|table| table.entry.as_deref());
    let of_values = matches!(field.shape, Shape::List { .. }) && field.table().is_none();
    let one = field.key.strip_suffix('s').filter(|_| of_values && !field.key.ends_with("ies"));
    let word = entry.or(field.facts.word.as_deref()).unwrap_or(one.unwrap_or(&field.key));
    word.replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::super::{LogKind, RecordKind};
    use super::*;

    fn words(table: &'static Table) -> Vec<(String, String, bool)> {
        subjects(table).into_iter().map(|one| (one.word.clone(), one.keys.join("."), one.is_listed)).collect()
    }

    #[test]
    fn words_are_those_of_the_field() {
        let student = words(Table::of_kind(RecordKind::Student));
        let keys = |word: &str| student.iter().find(|one| one.0 == word).map(|one| one.1.as_str());
        assert_eq!(keys("insurance"), Some("insurance"));
        assert_eq!(keys("presentation"), Some("wrg.presentations"));
        assert_eq!(keys("condition"), Some("decision.conditions"));
        assert_eq!(keys("line-manager"), Some("arrangement.line_manager"));
        assert_eq!(keys("medical-cover"), Some("arrangement.medical_cover"));
        assert_eq!(keys("withdrawn"), Some("withdrawn"), "not that of an arrangement");
        assert_eq!(keys("until"), None, "several have one");
        let course = words(Table::of_kind(RecordKind::Course));
        assert!(course.contains(&("lcc-meeting".to_owned(), "lcc_meetings".to_owned(), true)));
        let supervisor = words(Table::of_kind(RecordKind::Supervisor));
        assert!(supervisor.contains(&("cv".to_owned(), "cv_received".to_owned(), true)));
        let log = words(Table::of_log(LogKind::Supervision));
        assert!(log.contains(&("supervisee-period".to_owned(), "supervisee_periods".to_owned(), true)));
    }

    #[test]
    fn every_key_can_be_named() {
        fn named(table: &'static Table, before: &[&'static str], subjects: &[Subject]) -> Vec<String> {
            table.fields.iter().fold(Vec::new(), |mut lost, field| {
                let keys: Vec<_> = before.iter().copied().chain([field.key.as_str()]).collect();
                let is_subject = subjects.iter().any(|one| one.keys == keys);
                let is_option = subjects.iter().any(|one| one.keys == before) && field.table().is_none();
                if !is_subject && !is_option {
                    lost.push(keys.join("."));
                }
                lost.extend(field.table().map(|inner| named(inner, &keys, subjects)).unwrap_or_default());
                lost
            })
        }
        for table in Table::all() {
            let lost = named(table, &[], &subjects(table));
            assert!(lost.is_empty(), "{}: nothing that a person can type names {lost:?}", table.title);
        }
    }
}
