//! Labels that stand for names: the same for the same person every time, and to be made from a name only by whoever has
//! the key.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest as _, Sha256};

use crate::records::RecordKind;
use crate::text::slug;
use crate::writing::SECRET_BYTES;

/// The letters of a code: without vowels, so that no code is a word, and without what looks like something else.
const LETTERS: &[u8; 28] = b"23456789bcdfghjkmnpqrstvwxyz";

/// How many letters a code has, and how many where two would be the same.
const LENGTHS: [usize; 2] = [6, 14];

/// Labels by a key.
#[derive(Clone, Debug)]
pub struct Labels {
    key: [u8; SECRET_BYTES],
    length: usize,
    /// Of logs that are to be in order: the one whose code each of them has.
    lent: HashMap<String, String>,
}

impl Labels {
    /// Labels by a key that are different for each of the records.
    pub fn of<'r>(key: [u8; SECRET_BYTES], records: impl Iterator<Item = (RecordKind, &'r str)>) -> Self {
        let mut labels = Self { key, length: LENGTHS[0], lent: HashMap::new() };
        let mut taken: HashMap<(RecordKind, String), String> = HashMap::new();
        for (kind, id) in records {
            let other = taken.insert((kind, labels.code(kind.word(), id)), id.to_owned());
            if other.is_some_and(|other| other != id) {
                labels.length = LENGTHS[1];
                break;
            }
        }
        labels
    }

    /// The same labels, but that those of each of these sets of logs are in the order of their ids: they have their codes
    /// among themselves. No log is in two sets.
    #[must_use]
    pub fn in_order(mut self, sets: &[BTreeSet<&str>]) -> Self {
        for set in sets {
            let mut lenders: Vec<&str> = set.iter().copied().collect();
            lenders.sort_by_key(|id| self.code(RecordKind::Session.word(), id));
            self.lent.extend(set.iter().zip(lenders).map(|(id, lender)| ((*id).to_owned(), lender.to_owned())));
        }
        self
    }

    /// The label of a record, as an id: `student-k7m3q9`.
    pub fn id(&self, kind: RecordKind, id: &str) -> String {
        format!("{}-{}", noun(kind).to_lowercase(), self.code_of(kind, id))
    }

    /// The label of a record, as a name: `Student K7M3Q9`.
    pub fn name(&self, kind: RecordKind, id: &str) -> String {
        let noun = if kind == RecordKind::Session { "Group" } else { noun(kind) };
        format!("{noun} {}", self.code_of(kind, id).to_uppercase())
    }

    /// The label of somebody or something without a record, by the name: `Convenor B4T8XW`. In whatever role the same
    /// name has the same code.
    pub fn by_name(&self, role: &str, name: &str) -> String {
        let plain = slug(name).unwrap_or_else(|| name.trim().to_owned());
        format!("{role} {}", self.code("name", &plain).to_uppercase())
    }

    fn code_of(&self, kind: RecordKind, id: &str) -> String {
        let lender = self.lent.get(id).filter(|_| kind == RecordKind::Session);
        self.code(kind.word(), lender.map_or(id, String::as_str))
    }

    fn code(&self, kind: &str, what: &str) -> String {
        let mut digest = Sha256::new();
        digest.update(self.key);
        digest.update(kind.as_bytes());
        digest.update([0]);
        digest.update(what.as_bytes());
        // What was hashed is hashed again with the key, so that nobody goes on from a code.
        let inner = digest.finalize();
        let outer = Sha256::new().chain_update(self.key).chain_update(inner).finalize();
        outer.iter().take(self.length).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
    }
}

/// What a label begins with.
fn noun(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Gwp => "Folder",
        RecordKind::Course => "Course",
        RecordKind::Student => "Student",
        RecordKind::Supervisor => "Supervisor",
        RecordKind::Session => "Log",
        RecordKind::Meeting => "Meeting",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_that_of_the_key_and_the_id() {
        let of = |byte| Labels::of([byte; SECRET_BYTES], std::iter::empty());
        let (one, other) = (of(1), of(2));
        let label = one.id(RecordKind::Student, "mina-holt");
        assert_eq!(label, of(1).id(RecordKind::Student, "mina-holt"));
        assert_ne!(label, other.id(RecordKind::Student, "mina-holt"));
        assert_ne!(label, one.id(RecordKind::Student, "mina-holt2"));
        assert_eq!(label.to_uppercase().replace('-', " "), one.name(RecordKind::Student, "mina-holt").to_uppercase());
        assert_eq!(label.len(), "student-".len() + 6);
        assert_eq!(one.by_name("Convenor", "Zoë  Brûlé"), one.by_name("Convenor", "zoe brule"));
    }

    #[test]
    fn logs_that_are_to_be_in_order_share_out_their_codes() {
        let ids = ["a", "b", "c", "d"];
        let of = |labels: &Labels| ids.map(|id| labels.id(RecordKind::Session, id));
        for byte in 0..20 {
            let plain = Labels::of([byte; SECRET_BYTES], std::iter::empty());
            let [a, b, c, d] = of(&plain.clone().in_order(&[BTreeSet::from(["a", "b", "d"])]));
            assert!(a < b && b < d, "{byte}");
            assert_eq!(c, of(&plain)[2]);
            assert_eq!(BTreeSet::from([a, b, c, d]), BTreeSet::from(of(&plain)));
            assert_eq!(
                plain.clone().in_order(&[BTreeSet::from(["a", "b"])]).id(RecordKind::Student, "a"),
                plain.id(RecordKind::Student, "a")
            );
        }
    }

    #[test]
    fn no_two_records_have_one_label() {
        // So many that two codes of six letters would be the same.
        let ids: Vec<String> = (0..60_000).map(|number| format!("student-{number}")).collect();
        let records = || ids.iter().map(|id| (RecordKind::Student, id.as_str()));
        let labels = Labels::of([7; SECRET_BYTES], records());
        let made: std::collections::HashSet<_> = records().map(|(kind, id)| labels.id(kind, id)).collect();
        assert_eq!(made.len(), ids.len());
    }
}
