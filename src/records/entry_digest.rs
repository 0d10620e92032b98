//! What an entry of a log says in one canonical text, whatever the layout, and the digest of that text.
//!
//! The topic `attesting` says how another program makes the same; a change here makes every attestation that exists worthless.

use std::collections::BTreeMap;
use std::fmt::Write as _;
#[cfg(feature = "disk")]
use std::io::{self, Read};

use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::shape::Table;
use super::{LogEntry, SessionLog};

/// So many hexadecimal digits of a digest are written.
const WRITTEN: usize = 16;

/// A digest that is written by hand, or by another program, has as many digits at least.
const FEWEST: usize = 8;

/// The SHA-256 of a text, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    in_digits(&Sha256::digest(bytes))
}

/// That of all that is read from something, whatever its size.
#[cfg(feature = "disk")]
pub fn sha256_of(mut from: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut bytes = vec![0; 1 << 16];
    loop {
        let count = match from.read(&mut bytes) {
            Ok(0) => return Ok(in_digits(&hash.finalize())),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(bytes.get(..count).unwrap_or_default());
    }
}

fn in_digits(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut digest, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

impl SessionLog {
    /// What one of its entries says, as JSON without blanks, its keys in order of their names. A key that says what holds
    /// without it is left out, and a meeting has the mode in which it took place, its own or the log's.
    pub fn canonical(&self, entry: LogEntry<'_>) -> String {
        let keys = Table::of_entries(entry.kind());
        let said = serde_json::to_value(entry).unwrap_or_default();
        let mut all: BTreeMap<&str, Json> = BTreeMap::new();
        for field in &keys.fields {
            let Some(value) = said.get(&field.key).filter(|value| !value.is_null()) else { continue };
            let value = plain(value);
            let is_empty = value.as_array().is_some_and(Vec::is_empty);
            if !is_empty && field.default.as_ref() != Some(&value) {
                all.insert(&field.key, value);
            }
        }
        if let Some(mode) = self.usual_mode().filter(|_| entry.mode().is_none()) {
            all.insert("mode", mode.word().into());
        }
        serde_json::to_string(&all).unwrap_or_default()
    }

    /// The digest of one of its entries, as an attestation has it.
    pub fn digest(&self, entry: LogEntry<'_>) -> String {
        let mut digest = sha256(self.canonical(entry).as_bytes());
        digest.truncate(WRITTEN);
        digest
    }

    /// Whether a digest that somebody wrote is that of an entry, in full or from its beginning on.
    pub fn is_digest_of(&self, written: &str, entry: LogEntry<'_>) -> bool {
        written.len() >= FEWEST && sha256(self.canonical(entry).as_bytes()).starts_with(&written.to_ascii_lowercase())
    }
}

/// A value as it counts: line ends as in git, and the order of people makes no difference.
fn plain(value: &Json) -> Json {
    match value {
        Json::String(text) => text.replace("\r\n", "\n").into(),
        Json::Array(list) => {
            let mut texts: Vec<&str> = list.iter().filter_map(Json::as_str).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.into()
        }
        other => other.clone(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the records of a test are written in it")]
mod tests {
    use super::super::{SessionLog, read};
    use crate::text::Notation;

    const GROUP: &str = "kind = 'group'\ntitle = 'A'\norganisation = ''\nsetting = 'health'\naim = 'clinical'\n\
        frequency = 'weekly'\nconductors = ['b', 'a']\n";
    const SUPERVISION: &str = "kind: supervision\nsupervisor: s\nsupervisees: [a, b]\nmode: video\n";

    fn log(notation: Notation, head: &str, sessions: &str) -> SessionLog {
        let reading = read::<SessionLog>(notation, &format!("{head}{sessions}"));
        assert_eq!(reading.problems, []);
        reading.record.unwrap()
    }

    fn of(notation: Notation, head: &str, sessions: &str) -> (String, String) {
        let log = log(notation, head, sessions);
        let entry = log.entries().next().unwrap();
        (log.canonical(entry), log.digest(entry))
    }

    fn session(keys: &str) -> (String, String) {
        of(Notation::Toml, GROUP, &format!("sessions = [{{ date = 2025-10-06, {keys} }}]\n"))
    }

    /// Each digest was made by `printf '%s' TEXT | sha256sum | cut -c-16`.
    #[test]
    fn as_other_programs_make_it() {
        let text = "{\"date\":\"2025-10-06\",\"minutes\":90,\"present\":7}";
        assert_eq!(session("minutes = 90, present = 7"), (text.to_owned(), "e1f882341e9e9a07".to_owned()));
        let meeting = "sessions: [{ date: 2025-10-09, minutes: 60, joint: true, absent: [b, a], notes: 'é \"1\"' }]\n";
        let text = "{\"absent\":[\"a\",\"b\"],\"date\":\"2025-10-09\",\"joint\":true,\"minutes\":60,\"mode\":\"video\",\
            \"notes\":\"é \\\"1\\\"\"}";
        assert_eq!(of(Notation::Yaml, SUPERVISION, meeting), (text.to_owned(), "8479bff35cac0121".to_owned()));
    }

    #[test]
    fn how_it_is_written_makes_no_difference() {
        let (_, digest) = session("minutes = 90, present = 7, absent = ['a', 'b']");
        for same in [
            "present = 7, minutes = 90, absent = ['a', 'b']",
            "minutes = 9_0, 'present' = 7, absent = [\"b\", \"a\"]",
            "minutes = 90, present = 7, absent = ['a', 'b', 'a'], planned = false, online = false",
        ] {
            assert_eq!(session(same).1, digest, "{same}");
        }
        let in_tables =
            "[[sessions]]\n# as it was\nabsent = ['a', 'b']\ndate = '2025-10-06'\npresent = 7\nminutes = 90\n";
        assert_eq!(of(Notation::Toml, GROUP, in_tables).1, digest);
        let yaml = "kind: group\ntitle: A\norganisation: ''\nsetting: health\naim: clinical\nfrequency: weekly\n\
            conductors: [a, b]\nsessions:\n  - present: 7\n    minutes: 90\n    date: 2025-10-06\n    absent:\n      - b\n      - a\n";
        assert_eq!(of(Notation::Yaml, "", yaml).1, digest);
        let notes = |end: &str| session(&format!("minutes = 90, notes = '''one{end}two'''")).1;
        assert_eq!(notes("\n"), notes("\r\n"));
        let usual = of(Notation::Yaml, SUPERVISION, "sessions: [{ date: 2025-10-09, minutes: 60 }]\n");
        assert_eq!(
            of(Notation::Yaml, SUPERVISION, "sessions: [{ mode: video, date: 2025-10-09, minutes: 60 }]\n"),
            usual
        );
        let elsewhere = SUPERVISION.replace("video", "telephone");
        assert_eq!(
            of(Notation::Yaml, &elsewhere, "sessions: [{ date: 2025-10-09, minutes: 60, mode: video }]\n"),
            usual
        );
        assert_ne!(of(Notation::Yaml, &elsewhere, "sessions: [{ date: 2025-10-09, minutes: 60 }]\n"), usual);
    }

    #[test]
    fn whatever_it_says_makes_a_difference() {
        let group = [
            "minutes = 90",
            "minutes = 91",
            "minutes = 90, present = 0",
            "minutes = 90, present = 1",
            "minutes = 90, online = true",
            "minutes = 90, planned = true",
            "minutes = 90, absent = ['a']",
            "minutes = 90, absent = ['b']",
            "minutes = 90, notes = ''",
            "minutes = 90, notes = 'x'",
            "minutes = 90, cancelled = 'ill'",
            "cancelled = 'ill'",
            "cancelled = 'Ill'",
        ];
        let mut digests: Vec<_> = group.iter().map(|keys| session(keys).1).collect();
        digests.push(of(Notation::Toml, GROUP, "sessions = [{ date = 2025-10-07, minutes = 90 }]\n").1);
        let meeting =
            |keys: &str| of(Notation::Yaml, SUPERVISION, &format!("sessions: [{{ date: 2025-10-06, {keys} }}]\n")).1;
        digests.extend(["minutes: 90", "minutes: 90, joint: true", "minutes: 90, mode: telephone"].map(meeting));
        let all = digests.len();
        digests.sort();
        digests.dedup();
        assert_eq!((all, digests.len()), (17, 17));
        assert!(digests.iter().all(|digest| digest.len() == 16));
    }

    #[test]
    fn a_digest_can_be_cut_and_is_never_a_guess() {
        let log = log(Notation::Toml, GROUP, "sessions = [{ date = 2025-10-06, minutes = 90, present = 7 }]\n");
        let entry = log.entries().next().unwrap();
        let digest = log.digest(entry);
        assert!(log.is_digest_of(&digest, entry) && log.is_digest_of(&digest.to_uppercase(), entry));
        assert!(log.is_digest_of(&digest[..8], entry) && !log.is_digest_of(&digest[..7], entry));
        assert!(!log.is_digest_of("", entry) && !log.is_digest_of(&digest[1..], entry));
        assert!(!log.is_digest_of(&format!("{digest}{digest}{digest}{digest}{digest}"), entry));
    }
}
