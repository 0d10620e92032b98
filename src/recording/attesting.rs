//! Somebody confirms what a log says, up to a day.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{RecordingError, RecordingSession};
use crate::amend::{Edit, Edited, Event};
use crate::calendar::Day;
use crate::case::{Attestor, Entry};
use crate::folder::Naming;
use crate::records::{Attested, LogEntry, RecordKind, SessionLog};
use crate::text::{Nameable, Path, Text, any_of, counted, few, visible};

/// What somebody confirms.
#[derive(Clone, Debug)]
pub struct SaidAttestation<'a> {
    /// Who confirms.
    pub by: &'a Attestor,
    /// The day on which they did.
    pub on: Day,
    /// The last day whose entries they confirm.
    pub through: Day,
    /// The scanned paper.
    pub document: Option<Text>,
    /// The days that they confirm; none: all of them.
    pub only: Option<BTreeSet<Day>>,
}

/// A confirmation as it goes into a log.
#[derive(Clone, Debug)]
pub struct Attesting {
    /// What goes into the record; none where nothing is confirmed.
    pub event: Option<Event>,
    /// What that is, in words; safe to show.
    pub what: String,
    /// The days that are confirmed.
    pub days: Vec<Day>,
    /// What is left out, and why; safe to show.
    pub left_out: Vec<String>,
}

/// So many days that are left out are named.
const NAMED: usize = 4;

impl RecordingSession {
    /// Whoever is named among those who can confirm what a log says. The error says who can.
    pub fn attestor(
        &self,
        entry: &Entry<SessionLog>,
        log: &SessionLog,
        typed: &str,
    ) -> Result<Attestor, RecordingError> {
        let all = self.before.case.records.attestors(&entry.id, log);
        let nameable = |one: &Attestor| Nameable {
            ids: vec![one.by().raw().to_owned()],
            name: Some(one.name.raw().to_owned()),
            also: Vec::new(),
        };
        let named: Vec<_> = all.iter().map(nameable).collect();
        let naming = Naming { kind: "attestor", advice: "", choices: &self.choices };
        match naming.find(typed, &named) {
            Ok((at, _)) => all.get(at).cloned().ok_or_else(|| self.cannot_attest(&all, entry, typed)),
            Err(error @ crate::folder::FolderError::NamesSeveral { .. }) => Err(error.into()),
            Err(_) => Err(self.cannot_attest(&all, entry, typed)),
        }
    }

    fn cannot_attest(&self, all: &[Attestor], entry: &Entry<SessionLog>, typed: &str) -> RecordingError {
        let who = self.quietly(|| self.name_of_anybody(typed));
        let what = format!("{who} cannot confirm what {} says", entry.id);
        let advice = match all {
            [] => {
                "record the arrangement with this group first; its supervisor or line manager can, and the co-conductor"
                    .to_owned()
            }
            all => format!("it can be confirmed by {}", any_of(all.iter().map(titled))),
        };
        RecordingError::unclear(what, advice)
    }

    fn name_of_anybody(&self, typed: &str) -> String {
        let student = self.find::<crate::records::Student>(typed).ok().and_then(|one| one.record.as_deref());
        let supervisor = || self.find::<crate::records::Supervisor>(typed).ok().and_then(|one| one.record.as_deref());
        let name = student.map(|one| &one.name).or_else(|| supervisor().map(|one| &one.name));
        name.map_or_else(|| format!("\"{}\"", visible(typed)), ToString::to_string)
    }

    /// What a confirmation puts into a log. The error says that nothing can be confirmed up to that day.
    pub fn attesting(&self, log: &SessionLog, said: &SaidAttestation<'_>) -> Result<Attesting, RecordingError> {
        let SaidAttestation { by, on, through, .. } = said;
        if through > on {
            let what = format!("on {on} nobody can confirm what is still to come, up to {through}");
            return Err(RecordingError::unclear(what, "say with --through the last day that is confirmed"));
        }
        let Confirmed { entries, left_out } = Confirmed::of(log, said);
        let of = log.kind().entry_word();
        if entries.is_empty() {
            let why = if left_out.is_empty() { String::new() } else { format!(": {}", left_out.join("; ")) };
            let what = format!("the log has no {of} up to {through} that {} can confirm{why}", by.name);
            return Err(RecordingError::unclear(what, "say with --through up to which day"));
        }
        let days: Vec<Day> = entries.keys().copied().collect();
        let count = counted(days.len(), of, &format!("{of}s"));
        let what = format!("{} confirmed {count} up to {through}, on {on}", by.name);
        let new = Attested {
            by: by.by().clone(),
            on: *on,
            through: *through,
            entries,
            document: said.document.clone(),
            notes: None,
        };
        let event = (!is_confirmed(log, by, &new)).then(|| Self::event(log, new, what.clone()));
        Ok(Attesting { event, what, days, left_out })
    }

    /// The entry of the list: one more, or the one of the same person and day with what is confirmed now.
    fn event(log: &SessionLog, mut new: Attested, what: String) -> Event {
        let list = Path::of("attested");
        let same = log.attested().iter().position(|one| one.by == new.by && one.on == new.on);
        let (at, to) = match same.and_then(|at| Some((at, log.attested().get(at)?))) {
            Some((at, there)) => {
                new.through = new.through.max(there.through);
                new.document = new.document.or_else(|| there.document.clone());
                new.notes.clone_from(&there.notes);
                let mut entries = there.entries.clone();
                entries.append(&mut new.entries);
                new.entries = entries;
                (list.index(at), Edited::Instead(json_of(&new)))
            }
            None => (list.index(log.attested().len()), Edited::Further(json_of(&new))),
        };
        Event::Edit(Edit { kind: RecordKind::Session, at, to, what })
    }
}

/// `Helen Marsh (supervisor)`.
pub(super) fn titled(one: &Attestor) -> String {
    format!("{} ({})", one.name, one.role.title())
}

/// What it says, without the keys that say nothing.
fn json_of(attested: &Attested) -> Json {
    let mut json = serde_json::to_value(attested).unwrap_or(json!({}));
    if let Some(table) = json.as_object_mut() {
        table.retain(|_, value| !value.is_null());
    }
    json
}

/// Whether the same person has confirmed just that already, up to this day.
fn is_confirmed(log: &SessionLog, by: &Attestor, new: &Attested) -> bool {
    log.attested().iter().any(|one| {
        let is_same = |(day, digest): (&Day, &Text)| one.entries.get(day) == Some(digest);
        by.is_called(&one.by)
            && one.through >= new.through
            && (new.document.is_none() || new.document == one.document)
            && new.entries.iter().all(is_same)
    })
}

/// What of a log is confirmed.
struct Confirmed {
    entries: BTreeMap<Day, Text>,
    left_out: Vec<String>,
}

impl Confirmed {
    fn of(log: &SessionLog, said: &SaidAttestation<'_>) -> Self {
        let of = log.kind().entry_word();
        let entries: Vec<LogEntry<'_>> = log.entries().filter(|entry| entry.date() <= said.through).collect();
        let (mut confirmed, mut planned, mut twice, mut not_covered) =
            (BTreeMap::new(), Vec::new(), BTreeSet::new(), Vec::new());
        for entry in &entries {
            let day = entry.date();
            if said.only.as_ref().is_some_and(|only| !only.contains(&day)) {
                continue;
            }
            if !said.by.covers(day) {
                not_covered.push(day);
            } else if entries.iter().filter(|other| other.date() == day).count() > 1 {
                twice.insert(day);
            } else if entry.is_planned() {
                planned.push(day);
            } else {
                confirmed.insert(day, Text::new(log.digest(*entry)));
            }
        }
        let mut left_out = Vec::new();
        if !not_covered.is_empty() {
            let name = &said.by.name;
            left_out.push(format!("{name} had nothing to do with this log on {}", few(&not_covered, NAMED, ", ")));
        }
        if !twice.is_empty() {
            left_out.push(format!("the log has two entries for {}", few(&twice, NAMED, ", ")));
        }
        if !planned.is_empty() {
            left_out.push(format!("nobody has said yet whether the {of} of {} was held", few(&planned, NAMED, ", ")));
        }
        Self { entries: confirmed, left_out }
    }
}
