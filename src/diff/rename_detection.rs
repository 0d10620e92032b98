//! Records that got another id and were altered at the same time: known by what they still say.

use std::collections::HashMap;

use serde_json::Value;

use super::value::value_of;
use crate::case::kind_of;
use crate::records::RecordKind;
use crate::text::Source;

/// Of how many pairs of a removed and an added record it is asked whether they are one. A state that has more has lost
/// or gained whole registers.
const MOST_PAIRS: usize = 1_000;

/// The removed and the added records that are one under another id, each once; they are neither any more. Of several
/// that can be one with a removed record it is the one that shares most with it.
pub(super) fn pairs(
    older: &[Source],
    newer: &[Source],
    removed: &mut Vec<usize>,
    added: &mut Vec<usize>,
) -> Vec<(usize, usize)> {
    let asked = removed.len().saturating_mul(added.len());
    if asked == 0 || asked > MOST_PAIRS {
        return Vec::new();
    }
    let read = |sources: &[Source], positions: &[usize]| -> Vec<(usize, Likeness)> {
        positions.iter().filter_map(|at| Some((*at, Likeness::of(&sources[*at])?))).collect()
    };
    let mut new = read(newer, added);
    let mut pairs = Vec::new();
    for (position, was) in read(older, removed) {
        let shared = new.iter().enumerate().filter_map(|(at, (_, is))| Some((was.shared(is)?, usize::MAX - at)));
        if let Some((_, from_end)) = shared.max() {
            pairs.push((position, new.remove(usize::MAX - from_end).0));
        }
    }
    removed.retain(|position| pairs.iter().all(|(was, _)| was != position));
    added.retain(|position| pairs.iter().all(|(_, is)| is != position));
    pairs
}

/// What a record is known by.
struct Likeness {
    kind: RecordKind,
    name: Option<Value>,
    email: Option<Value>,
    /// The entries of its lists, and how often each is there.
    entries: HashMap<Value, usize>,
    count: usize,
}

impl Likeness {
    fn of(source: &Source) -> Option<Self> {
        let kind = kind_of(source.path.raw())?;
        let value = value_of(source)?;
        let table = value.as_object()?;
        let mut entries = HashMap::new();
        for entry in table.values().filter_map(Value::as_array).flatten().filter(|entry| entry.is_object()) {
            *entries.entry(entry.clone()).or_insert(0) += 1;
        }
        let word =
            |key: &str| table.get(key).filter(|word| word.as_str().is_some_and(|word| !word.is_empty())).cloned();
        // Minutes are known by the body and the day.
        let [name, email] = if kind == RecordKind::Meeting { ["body", "date"] } else { ["name", "email"] };
        Some(Self { kind, name: word(name), email: word(email), count: entries.values().sum(), entries })
    }

    /// How many entries the two share where they are one: more than half of those of this one, and a name or an address
    /// where such a record has one; or else both of these, where they are a person's.
    fn shared(&self, other: &Self) -> Option<usize> {
        let is_same = |one: &Option<Value>, other: &Option<Value>| one.is_some() && one == other;
        let (name, email) = (is_same(&self.name, &other.name), is_same(&self.email, &other.email));
        let shared =
            self.entries.iter().map(|(entry, count)| other.entries.get(entry).map_or(0, |there| *count.min(there)));
        let shared = shared.sum::<usize>();
        let is_one = match self.kind {
            RecordKind::Session => shared * 2 > self.count,
            RecordKind::Student | RecordKind::Supervisor | RecordKind::Meeting => {
                name && email || (name || email) && shared * 2 > self.count
            }
            _ => (name || email) && shared * 2 > self.count,
        };
        (self.kind == other.kind && is_one).then_some(shared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Whether two texts at other paths are one record.
    fn is_one(kind: &str, was: &str, is: &str) -> bool {
        let source = |path: String, text: &str| Source { path: Text::new(path), content: Ok(text.to_owned().into()) };
        let (older, newer) = (source(format!("{kind}/old.toml"), was), source(format!("{kind}/new.yaml"), is));
        let (mut removed, mut added) = (vec![0], vec![0]);
        let pairs = pairs(&[older], &[newer], &mut removed, &mut added);
        assert_eq!((removed.is_empty(), added.is_empty()), (!pairs.is_empty(), !pairs.is_empty()));
        !pairs.is_empty()
    }

    #[test]
    fn a_log_is_known_by_more_than_half_of_its_entries() {
        let log = "kind = 'group'\nsessions = [{ date = 2026-01-01 }, { date = 2026-01-08 }]";
        let with = |days: &[&str]| {
            let sessions: Vec<_> = days.iter().map(|day| format!("{{date: 2026-01-{day}}}")).collect();
            format!("kind: group\nsessions: [{}]", sessions.join(", "))
        };
        assert!(is_one("sessions", log, &with(&["01", "08", "15", "22", "29"])));
        assert!(!is_one("sessions", log, &with(&["01", "15"])));
        assert!(!is_one("sessions", log, &with(&["01", "01"])));
        assert!(!is_one("sessions", "kind = 'group'\nsessions = []", &with(&[])));
        assert!(!is_one("courses", log, &with(&["01", "08"])));
    }

    #[test]
    fn minutes_are_known_by_the_body_and_the_day() {
        let was = "body = 'LCC'\ndate = 2026-02-21\nitems = [{ number = 4, note = 'queried' }]";
        for (is, wanted) in [
            ("body: LCC\ndate: 2026-02-21\nitems: [{number: 4, note: approved}]", true),
            ("body: LCC\ndate: 2026-02-22\nitems: [{number: 4, note: queried}]", true),
            ("body: LCC\ndate: 2026-02-22\nitems: [{number: 4, note: approved}]", false),
            ("body: SPC\ndate: 2026-02-21\nitems: [{number: 4, note: approved}]", false),
        ] {
            assert_eq!(is_one("meetings", was, is), wanted, "{is}");
        }
    }

    #[test]
    fn a_person_is_known_by_a_name_and_an_address_or_one_of_them_and_the_entries() {
        let was = "name = 'Ada'\nemail = 'a@example.org'\nleave = [{ from = 2026-01-01 }]";
        for (is, wanted) in [
            ("name: Ada\nemail: a@example.org", true),
            ("name: Ada Byrne\nemail: a@example.org", false),
            ("name: Ada Byrne\nemail: a@example.org\nleave: [{from: 2026-01-01}]", true),
            ("name: Ada\nleave: [{from: 2026-01-01}]", true),
            ("name: Eve\nemail: e@example.org\nleave: [{from: 2026-01-01}]", false),
        ] {
            assert_eq!(is_one("students", was, is), wanted, "{is}");
        }
        assert!(!is_one("students", "name = ''\nemail = ''", "name: ''\nemail: ''"));
    }
}
