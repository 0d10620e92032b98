//! What is wrong with attestations: an entry that changed since, and whoever cannot confirm a log.

use super::attestation::{AttestationFault, Attestor};
use super::{Entry, Index, Records};
use crate::problems::{Problem, ProblemName};
use crate::records::SessionLog;
use crate::text::{Path, Spot, all_of, any_of};

/// Stands in the help on an entry that is no longer as it was confirmed, where nobody has asked git what it said.
pub const WHO_KNOWS: &str = "\"gwp audit\" shows what it said, if git knows.";

/// Every entry that is no longer as it was confirmed, and every attestation that cannot hold.
pub(super) fn problems(records: &Records, index: &Index) -> Vec<Problem> {
    let with_log = records.logs.iter().filter_map(|entry| Some((entry, entry.record.as_deref()?)));
    let attested = with_log.filter(|(_, log)| !log.attested().is_empty());
    attested.flat_map(|(entry, log)| of_log(records, index, entry, log)).collect()
}

fn of_log(records: &Records, index: &Index, entry: &Entry<SessionLog>, log: &SessionLog) -> Vec<Problem> {
    let attestors = records.attestors(&entry.id, log);
    // Where a record cannot be read, nobody knows who can confirm.
    let is_known = |id| index.student(id).is_some_and(|at| records.students[at].record.is_some());
    let is_complete = log.people().iter().all(is_known);
    let faults = records.attestation(entry).faults.into_iter();
    let faults = faults.filter(|fault| {
        is_complete || !matches!(fault, AttestationFault::ByNobody { .. } | AttestationFault::OutsideTime { .. })
    });
    let said = Said { log, attestors: &attestors };
    faults
        .map(|fault| {
            let (at, message, help) = said.fault(&fault);
            Problem::new(ProblemName::Attestation, entry.file, Spot::Value(at), message).with_help(help)
        })
        .collect()
}

struct Said<'l> {
    log: &'l SessionLog,
    attestors: &'l [Attestor],
}

impl Said<'_> {
    /// Where a fault stands, what it is, and what to do.
    fn fault(&self, fault: &AttestationFault) -> (Path, String, String) {
        let of = self.log.kind().entry_word();
        let attested = |at: usize| Path::of("attested").index(at);
        match fault {
            AttestationFault::Changed { entry, at } => {
                let day = self.log.entries().nth(*entry).map(|entry| entry.date().to_string()).unwrap_or_default();
                let who = self.who(at);
                let message = format!("the {of} of {day} is no longer as it was confirmed by {}", self.who_when(at));
                let help = format!("{WHO_KNOWS} If it is right now, ask {who} to confirm it again");
                (Path::of("sessions").index(*entry).key("date"), message, help)
            }
            AttestationFault::Gone { day, at } => {
                let message =
                    format!("the {of} of {day} was confirmed by {}, and is no longer in the log", self.who_when(at));
                let first = at.first().copied().unwrap_or_default();
                let who = self.who(at);
                let help = format!("{WHO_KNOWS} If it is right now, ask {who} to confirm the log again");
                (attested(first).key("entries"), message, help)
            }
            AttestationFault::ByNobody { at } => {
                let by = self.log.attested().get(*at).map(|one| one.by.to_string()).unwrap_or_default();
                let names: Vec<_> =
                    self.attestors.iter().map(|one| format!("{} ({})", one.name, one.role.title())).collect();
                let can = if names.is_empty() { "nobody who is recorded".to_owned() } else { any_of(names) };
                let help = format!("this log can be confirmed by {can}; correct the name, or take the attestation out");
                (attested(*at).key("by"), format!("{by} cannot confirm this log"), help)
            }
            AttestationFault::Beyond { at, day } => {
                let message = format!(
                    "an entry of {day} is confirmed here, which is after the day of the confirmation or its last day"
                );
                let help = "take out what was confirmed before it happened, or correct the day".to_owned();
                (attested(*at).key("entries"), message, help)
            }
            AttestationFault::OutsideTime { at, day } => {
                let who = self.who(&[*at]);
                let message = format!("{who} had nothing to do with this log on {day}, and cannot confirm that day");
                let help =
                    "correct the dates of the arrangement or the co-conductor, or ask somebody else to confirm it"
                        .to_owned();
                (attested(*at).key("entries"), message, help)
            }
        }
    }

    fn name(&self, at: usize) -> String {
        let Some(attested) = self.log.attested().get(at) else { return String::new() };
        let known = self.attestors.iter().find(|one| one.is_called(&attested.by));
        known.map_or(&attested.by, |one| &one.name).to_string()
    }

    /// `Helen Marsh and Dr L. Byrne`.
    fn who(&self, at: &[usize]) -> String {
        let mut names: Vec<_> = at.iter().map(|at| self.name(*at)).collect();
        names.dedup();
        all_of(names)
    }

    /// `Helen Marsh on 2 February 2026`.
    fn who_when(&self, at: &[usize]) -> String {
        let when = |at: &usize| {
            let on = self.log.attested().get(*at).map(|one| format!(" on {}", one.on)).unwrap_or_default();
            format!("{}{on}", self.name(*at))
        };
        all_of(at.iter().map(when))
    }
}
