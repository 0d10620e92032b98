//! The register of supervisors: what they have shown, what is missing, and whom they supervise.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Drawn, Register};
use crate::calendar::Day;
use crate::judgement::Verdict;
use crate::records::{Registration, Supervisor, Variation};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Sheet, Tone, for_people, short};
use crate::requirements::still_to_show;
use crate::text::Text;

/// Whom a supervisor supervises.
#[derive(Default)]
struct Supervised<'a> {
    workplace: BTreeSet<&'a Text>,
    wrg: BTreeSet<&'a Text>,
    /// Whether anybody is, or will be, under supervision in the workplace whose case goes on.
    is_asked: bool,
}

/// A supervisor; of one whose record has an error there is nothing but the id.
#[derive(Clone, Serialize)]
struct Row<'a> {
    id: Id<'a>,
    name: Option<&'a Text>,
    email: Option<&'a Text>,
    group_analyst: Option<bool>,
    registrations: Vec<Registered<'a>>,
    other_evidence: Option<Evidence<'a>>,
    group_supervision_experience: Option<&'a Text>,
    cv_received: Option<Day>,
    assessed: Option<Day>,
    missing: Vec<&'static str>,
    workplace_students: Vec<Id<'a>>,
    wrg_students: Vec<Id<'a>>,
    /// Which of the registrations a row for a spreadsheet is about.
    #[serde(skip)]
    registration: usize,
}

/// A registration with a body, as it stood on the day.
#[derive(Clone, Serialize)]
struct Registered<'a> {
    body: &'a Text,
    number: Option<&'a Text>,
    checked: Option<Day>,
    expires: Option<Day>,
    #[serde(skip)]
    has_expired: bool,
}

#[derive(Clone, Serialize)]
struct Evidence<'a> {
    what: &'a Text,
    accepted: Option<Day>,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::flexible("Id", "supervisor", 12, |one| Cell::text(one.id)),
        Column::flexible("Name", "name", 12, |one| one.name.into()),
        Column::fixed("Group analyst", "group_analyst", |one| one.group_analyst.into()),
        Column::fixed("CV", "cv_received", |one| one.cv_received.into()),
        Column::fixed("Assessed", "assessed", |one| one.assessed.into()),
        Column::below("Email", "email", |one| one.email.into()),
        for_people(Column::below_alone("Registrations", "registrations", |one| one.registrations(short))),
        Column::data("registration_body", |one| one.registration().map(|one| one.body).into()),
        Column::data("registration_number", |one| one.registration().and_then(|one| one.number).into()),
        Column::data("registration_checked", |one| one.registration().and_then(|one| one.checked).into()),
        Column::data("registration_expires", |one| one.registration().and_then(|one| one.expires).into()),
        for_people(Column::below_alone("Other evidence", "other_evidence", |one| one.evidence(short))),
        Column::data("other_evidence", |one| one.evidence(Day::iso)),
        Column::below_alone("Missing", "missing", |one| Cell::listed(&one.missing)),
        Column::below_alone("Workplace supervisor of", "workplace_students", |one| {
            Cell::listed(&one.workplace_students)
        }),
        Column::below_alone("WRG supervisor of", "wrg_students", |one| Cell::listed(&one.wrg_students)),
    ]
}

/// The supervisors in order of id. What is missing is asked only of those whose supervision in the workplace goes on.
pub fn supervisors(drawn: Drawn<'_, '_>) -> Register {
    let mut supervised: BTreeMap<&Text, Supervised<'_>> = BTreeMap::new();
    for (result, record) in drawn.students() {
        let id = result.id;
        let goes_on = result.verdict.goes_on() || result.verdict == Verdict::Unknown;
        for arrangement in &record.arrangement {
            let of = supervised.entry(&arrangement.supervisor).or_default();
            of.workplace.insert(id);
            of.is_asked |= goes_on && !arrangement.period().ended_before(drawn.as_of);
        }
        for wrg in &record.wrg {
            supervised.entry(&wrg.supervisor).or_default().wrg.insert(id);
        }
    }
    let nobody = Supervised::default();
    let mut rows = Vec::new();
    for entry in &drawn.case.records.supervisors {
        let known = supervised.get(&entry.id);
        if drawn.only_theirs && known.is_none() {
            continue;
        }
        let record = entry.used();
        let of = known.unwrap_or(&nobody);
        let shown = |ids: &BTreeSet<_>| ids.iter().copied().map(|id| Id::new(drawn.folder, id)).collect();
        let arrived = |day: Option<Day>| day.filter(|day| *day <= drawn.as_of);
        rows.push(Row {
            id: Id::new(drawn.folder, &entry.id),
            name: record.map(|record| &record.name),
            email: record.and_then(|record| record.email.as_ref()),
            group_analyst: record.map(|record| record.group_analyst),
            registrations: record
                .into_iter()
                .flat_map(|record| &record.registrations)
                .map(|one| Registered::of(one, drawn.as_of))
                .collect(),
            other_evidence: record
                .and_then(|record| record.other_evidence.as_ref())
                .map(|evidence| Evidence { what: &evidence.what, accepted: arrived(evidence.accepted) }),
            group_supervision_experience: record.and_then(|record| record.group_supervision_experience.as_ref()),
            cv_received: record.and_then(|record| arrived(record.cv_received)),
            assessed: record.and_then(|record| arrived(record.assessed)),
            missing: match record {
                Some(record) if of.is_asked => missing(record, drawn),
                Some(_) => Vec::new(),
                None => vec!["the record has an error: gwp check --only problems"],
            },
            workplace_students: shown(&of.workplace),
            wrg_students: shown(&of.wrg),
            registration: 0,
        });
    }
    let tone = |one: &Row<'_>| if one.name.is_some() { Tone::Plain } else { Tone::Bad };
    let register = Register::new("supervisors", ("Supervisors", "supervisor", "supervisors"), &columns(), &rows, tone);
    // For a spreadsheet each registration has a row, and whoever has none has one all the same.
    let mut of_each = Vec::new();
    for row in &rows {
        of_each.extend((0..row.registrations.len().max(1)).map(|registration| Row { registration, ..row.clone() }));
    }
    Register { data: Sheet::data(&columns(), of_each), ..register }
}

impl<'a> Registered<'a> {
    fn of(one: &'a Registration, as_of: Day) -> Self {
        Self {
            body: &one.body,
            number: one.number.as_ref(),
            checked: one.checked.filter(|day| *day <= as_of),
            expires: one.expires,
            has_expired: one.expires.is_some_and(|last| last < as_of),
        }
    }
}

impl Row<'_> {
    fn registration(&self) -> Option<&Registered<'_>> {
        self.registrations.get(self.registration)
    }

    /// `UKCP 2011161234 (checked 30 Sep 2025, expires 30 Sep 2026)`, for each registration.
    fn registrations(&self, shown: fn(Day) -> String) -> Cell {
        Cell::listed(self.registrations.iter().map(|one| {
            let number = one.number.map(|number| format!(" {number}")).unwrap_or_default();
            let checked = one.checked.map_or_else(|| "not checked".to_owned(), |day| format!("checked {}", shown(day)));
            let expires = match one.expires {
                Some(day) if one.has_expired => format!(", expired {}", shown(day)),
                Some(day) => format!(", expires {}", shown(day)),
                None => String::new(),
            };
            format!("{}{number} ({checked}{expires})", one.body)
        }))
    }

    fn evidence(&self, shown: fn(Day) -> String) -> Cell {
        Cell::maybe(self.other_evidence.as_ref().map(|evidence| match evidence.accepted {
            Some(day) => format!("{}, accepted {}", evidence.what, shown(day)),
            None => format!("{}, not accepted yet", evidence.what),
        }))
    }
}

/// What a workplace supervisor has still to show, by any of the editions that the folder's courses are judged by.
fn missing(record: &Supervisor, drawn: Drawn<'_, '_>) -> Vec<&'static str> {
    let records = &drawn.case.records;
    let mut missing = Vec::new();
    for scheme in records.schemes() {
        let registers = Variation::parameters(records.variations(), scheme, drawn.as_of).registers;
        for phrase in still_to_show(record, &registers, drawn.as_of) {
            if !missing.contains(&phrase) {
                missing.push(phrase);
            }
        }
    }
    missing
}
