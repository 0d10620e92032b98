//! Who can confirm what a log says, and which of its entries are confirmed as they say now.

use super::{Entry, Records};
use crate::calendar::{Day, Period};
use crate::records::{Attested, GroupLog, LogEntry, SessionLog, Student};
use crate::text::{Text, is_same_name};

/// What somebody is to a log that they can confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttestorRole {
    /// The supervisor of the supervision, or the workplace supervisor of a conductor.
    Supervisor,
    /// The co-conductor, who is no student of the folder.
    CoConductor,
    /// The line manager of a conductor.
    LineManager,
}

impl AttestorRole {
    /// The word for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Supervisor => "supervisor",
            Self::CoConductor => "co-conductor",
            Self::LineManager => "line manager",
        }
    }
}

/// Somebody who can confirm what a log says: for the days on which they had to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestor {
    /// The id, where there is a record.
    pub id: Option<Text>,
    /// The name; the id where no name is known.
    pub name: Text,
    /// What they are to the log.
    pub role: AttestorRole,
    /// When they are that.
    pub periods: Vec<Period>,
}

impl Attestor {
    /// How an attestation names them.
    pub fn by(&self) -> &Text {
        self.id.as_ref().unwrap_or(&self.name)
    }

    /// Whether they had to do with the log on a day.
    pub fn covers(&self, day: Day) -> bool {
        self.periods.iter().any(|period| period.covers(day))
    }

    /// Whether a word is their id or name.
    pub fn is_called(&self, by: &Text) -> bool {
        self.id.as_ref() == Some(by) || is_same_name(self.name.raw(), by.raw())
    }
}

impl Records {
    /// Everybody who can confirm what a log says, each once: of a supervision its supervisor; of a group the workplace
    /// supervisors and line managers of arrangements with it, and its co-conductor. Nobody who is called as one of those whom
    /// the log is about.
    pub fn attestors(&self, id: &Text, log: &SessionLog) -> Vec<Attestor> {
        let mut found: Vec<Attestor> = Vec::new();
        match log {
            SessionLog::Supervision(log) => {
                let always = Period { from: Day::first(), until: None };
                add(&mut found, self.supervisor(&log.supervisor), always);
            }
            SessionLog::Group(log) => self.of_group(id, log, &mut found),
        }
        let students = self.students.iter().filter(|entry| log.people().contains(&entry.id));
        let themselves: Vec<&Text> =
            students.filter_map(|entry| entry.record.as_deref()).map(|student| &student.name).collect();
        found.retain(|one| !themselves.iter().any(|name| is_same_name(name.raw(), one.name.raw())));
        found
    }

    fn of_group(&self, id: &Text, log: &GroupLog, found: &mut Vec<Attestor>) {
        let students = self.students.iter().filter(|entry| log.conductors.contains(&entry.id));
        let arrangements = students
            .filter_map(|entry| entry.record.as_deref())
            .flat_map(|student: &Student| &student.arrangement)
            .filter(|one| one.group == *id && one.withdrawn.is_none());
        for arrangement in arrangements {
            add(found, self.supervisor(&arrangement.supervisor), arrangement.period());
            if let Some(manager) = &arrangement.line_manager {
                add(found, (None, manager.name.clone(), AttestorRole::LineManager), arrangement.period());
            }
        }
        if let Some(one) = &log.co_conductor {
            let period = Period { from: one.from.unwrap_or(Day::first()), until: one.until };
            add(found, (None, one.name.clone(), AttestorRole::CoConductor), period);
        }
    }

    fn supervisor(&self, id: &Text) -> (Option<Text>, Text, AttestorRole) {
        let record = self.supervisors.iter().find(|entry| entry.id == *id).and_then(|entry| entry.record.as_deref());
        let name = record.map_or_else(|| id.clone(), |record| record.name.clone());
        (Some(id.clone()), name, AttestorRole::Supervisor)
    }
}

/// Adds a time in which somebody is an attestor. A supervisor who is also the co-conductor is one person.
fn add(found: &mut Vec<Attestor>, (id, name, role): (Option<Text>, Text, AttestorRole), period: Period) {
    let is_it = |one: &&mut Attestor| {
        (id.is_some() && one.id == id) || (one.id.is_none() || id.is_none()) && is_same_name(one.name.raw(), name.raw())
    };
    match found.iter_mut().find(is_it) {
        Some(known) => {
            known.periods.push(period);
            if known.id.is_none() {
                known.id = id;
            }
        }
        None => found.push(Attestor { id, name, role, periods: vec![period] }),
    }
}

/// How far the entries of a log are confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogAttestation {
    /// For each entry, in the order of the log, the day on which it was first confirmed as it says now.
    pub since: Vec<Option<Day>>,
    /// What of an attestation does not hold.
    pub faults: Vec<AttestationFault>,
}

/// What of an attestation does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttestationFault {
    /// Whoever confirmed cannot confirm this log.
    ByNobody {
        /// The position of the attestation.
        at: usize,
    },
    /// An entry says something else than what was confirmed.
    Changed {
        /// The position of the entry.
        entry: usize,
        /// The positions of the attestations that it no longer fits.
        at: Vec<usize>,
    },
    /// An entry was confirmed that is not in the log.
    Gone {
        /// The day of the entry.
        day: Day,
        /// The positions of the attestations.
        at: Vec<usize>,
    },
    /// Something was confirmed that lies after the day up to which, or on which, it was confirmed.
    Beyond {
        /// The position of the attestation.
        at: usize,
        /// The first such day.
        day: Day,
    },
    /// Something was confirmed of a time in which whoever confirmed had nothing to do with the log.
    OutsideTime {
        /// The position of the attestation.
        at: usize,
        /// The first such day.
        day: Day,
    },
}

/// What an attestation holds of the day of an entry.
struct Stated<'l> {
    at: usize,
    attested: &'l Attested,
    attestor: &'l Attestor,
}

impl Stated<'_> {
    /// Whether it speaks of a day.
    fn covers(&self, day: Day) -> bool {
        day <= self.attested.through && day <= self.attested.on && self.attestor.covers(day)
    }

    /// Whether it was made later than another, or on the same day.
    fn follows(&self, other: &Attested) -> bool {
        !std::ptr::eq(self.attested, other) && self.attested.on >= other.on
    }
}

impl LogAttestation {
    /// How far a log is confirmed, where those can confirm it.
    pub fn of(log: &SessionLog, attestors: &[Attestor]) -> Self {
        let entries: Vec<LogEntry<'_>> = log.entries().collect();
        let mut made = Self { since: vec![None; entries.len()], faults: Vec::new() };
        let stated = made.stated(log, attestors);
        let mut stale: Vec<(Day, &Stated<'_>)> = Vec::new();
        for one in &stated {
            for (day, digest) in &one.attested.entries {
                if !one.covers(*day) {
                    continue;
                }
                let is_it = |(_, entry): &(usize, &LogEntry<'_>)| {
                    entry.date() == *day && log.is_digest_of(digest.raw(), **entry)
                };
                match entries.iter().enumerate().find(is_it) {
                    // A plan is evidence of nothing, whoever confirms it.
                    Some((_, entry)) if entry.is_planned() => {}
                    Some((position, _)) => {
                        let since = &mut made.since[position];
                        *since = Some(since.map_or(one.attested.on, |known| known.min(one.attested.on)));
                    }
                    None => stale.push((*day, one)),
                }
            }
        }
        stale.sort_by_key(|(day, one)| (*day, one.at));
        for of_day in stale.chunk_by(|one, other| one.0 == other.0) {
            made.faults.extend(made.fault(&entries, &stated, of_day));
        }
        made
    }

    /// The attestations of those who can confirm the log. What lies outside of what they can confirm is noted.
    fn stated<'l>(&mut self, log: &'l SessionLog, attestors: &'l [Attestor]) -> Vec<Stated<'l>> {
        let mut stated = Vec::new();
        for (at, attested) in log.attested().iter().enumerate() {
            let Some(attestor) = attestors.iter().find(|one| one.is_called(&attested.by)) else {
                self.faults.push(AttestationFault::ByNobody { at });
                continue;
            };
            let last = attested.through.min(attested.on);
            let mut days = attested.entries.keys().copied();
            if let Some(day) = days.clone().find(|day| *day > last) {
                self.faults.push(AttestationFault::Beyond { at, day });
            }
            if let Some(day) = days.find(|day| *day <= last && !attestor.covers(*day)) {
                self.faults.push(AttestationFault::OutsideTime { at, day });
            }
            stated.push(Stated { at, attested, attestor });
        }
        stated
    }

    /// What is wrong on a day of which digests do not fit; nothing where a later attestation fits what is there now.
    fn fault(
        &self,
        entries: &[LogEntry<'_>],
        stated: &[Stated<'_>],
        stale: &[(Day, &Stated<'_>)],
    ) -> Option<AttestationFault> {
        let day = stale.first()?.0;
        let of_day: Vec<usize> = (0..entries.len()).filter(|at| entries[*at].date() == day).collect();
        let Some(entry) = of_day.iter().copied().find(|at| self.since[*at].is_none()) else {
            if !of_day.is_empty() {
                return None;
            }
            let is_answered = |(_, one): &(Day, &Stated<'_>)| {
                let is_later = |later: &Stated<'_>| later.follows(one.attested) && later.covers(day);
                stated.iter().any(|later| is_later(later) && !later.attested.entries.contains_key(&day))
            };
            let at: Vec<usize> = stale.iter().filter(|one| !is_answered(one)).map(|(_, one)| one.at).collect();
            return (!at.is_empty()).then_some(AttestationFault::Gone { day, at });
        };
        Some(AttestationFault::Changed { entry, at: stale.iter().map(|(_, one)| one.at).collect() })
    }
}

impl Records {
    /// How far the entries of a log are confirmed.
    pub fn attestation(&self, entry: &Entry<SessionLog>) -> LogAttestation {
        let Some(log) = entry.record.as_deref() else { return LogAttestation::default() };
        if log.attested().is_empty() {
            return LogAttestation { since: vec![None; log.entries().len()], faults: Vec::new() };
        }
        LogAttestation::of(log, &self.attestors(&entry.id, log))
    }
}
