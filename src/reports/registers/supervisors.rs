//! The register of supervisors: what they have shown, what is missing, and whom they supervise.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Drawn, Register, raw};
use crate::calendar::Day;
use crate::judgement::Verdict;
use crate::records::{Registration, Supervisor};
use crate::reports::sheet::{Cell, Column, Sheet, Tone, counted, short};
use crate::text::Text;

/// Whom somebody supervises.
#[derive(Default)]
struct Supervised<'a> {
    workplace: BTreeSet<&'a Text>,
    wrg: BTreeSet<&'a Text>,
    /// Whether anybody is, or will be, under supervision in the workplace whose case goes on.
    is_asked: bool,
}

/// The supervisors in order of id. What is missing is asked only of those whose supervision in the workplace goes on.
pub fn supervisors(drawn: Drawn<'_, '_>) -> Register {
    let mut sheet = Sheet::part("Supervisors", Vec::new()).with_columns([
        Column::flexible("Id", "supervisor", 12),
        Column::flexible("Name", "name", 12),
        Column::fixed("Group analyst", "group_analyst"),
        Column::fixed("CV", "cv_received"),
        Column::fixed("Assessed", "assessed"),
        Column::below("Email", "email"),
        Column::below_alone("Registrations", "registrations"),
        Column::below_alone("Other evidence", "other_evidence"),
        Column::below_alone("Missing", "missing"),
        Column::below_alone("Workplace supervisor of", "workplace_students"),
        Column::below_alone("WRG supervisor of", "wrg_students"),
    ]);
    let (mut data, mut rows) = (sheet.clone(), Vec::new());
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
    for entry in &drawn.case.records.supervisors {
        let known = supervised.get(&entry.id);
        if drawn.only_theirs && known.is_none() {
            continue;
        }
        let of = known.unwrap_or(&nobody);
        let Some(record) = entry.record.as_deref() else {
            sheet.toned_row(Tone::Bad, unreadable((drawn.shown)(&entry.id)));
            data.row(unreadable((drawn.shown)(&entry.id)));
            rows.push(json!({ "id": entry.id.raw(), "name": null }));
            continue;
        };
        let missing = if of.is_asked { missing(record, drawn) } else { Vec::new() };
        let arrived = |day: Option<Day>| day.filter(|day| *day <= drawn.as_of);
        let evidence = record.other_evidence.as_ref();
        let cells = |shown: fn(Day) -> String| {
            [
                Cell::Text((drawn.shown)(&entry.id)),
                Cell::text(&record.name),
                Cell::yes_or_no(record.group_analyst),
                Cell::day(arrived(record.cv_received)),
                Cell::day(arrived(record.assessed)),
                Cell::maybe(record.email.as_ref()),
                Cell::Text(registrations(record, drawn.as_of, shown)),
                Cell::maybe(evidence.map(|evidence| match arrived(evidence.accepted) {
                    Some(day) => format!("{}, accepted {}", evidence.what, shown(day)),
                    None => format!("{}, not accepted yet", evidence.what),
                })),
                Cell::Text(missing.join(", ")),
                Cell::Text(listed(&of.workplace, drawn.shown)),
                Cell::Text(listed(&of.wrg, drawn.shown)),
            ]
        };
        sheet.row(cells(short));
        data.row(cells(Day::iso));
        rows.push(json!({
            "id": entry.id.raw(),
            "name": record.name.raw(),
            "email": raw(record.email.as_ref()),
            "group_analyst": record.group_analyst,
            "registrations": record.registrations.iter().map(|one| json!({
                "body": one.body.raw(),
                "number": raw(one.number.as_ref()),
                "checked": arrived(one.checked),
                "expires": one.expires,
            })).collect::<Vec<_>>(),
            "other_evidence": evidence.map(|evidence| json!({
                "what": evidence.what.raw(),
                "accepted": arrived(evidence.accepted),
            })),
            "group_supervision_experience": raw(record.group_supervision_experience.as_ref()),
            "cv_received": arrived(record.cv_received),
            "assessed": arrived(record.assessed),
            "missing": missing,
            "workplace_students": of.workplace.iter().map(|id| id.raw()).collect::<Vec<_>>(),
            "wrg_students": of.wrg.iter().map(|id| id.raw()).collect::<Vec<_>>(),
        }));
    }
    sheet.notes.push(format!("{}.", counted(rows.len(), "supervisor", "supervisors")));
    Register { key: "supervisors", sheet, data, rows }
}

fn unreadable(id: String) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(id)];
    cells.extend(std::iter::repeat_n(Cell::Empty, 7));
    cells.push(Cell::text("the record cannot be read: gwp check --only problems"));
    cells.extend([Cell::Empty, Cell::Empty]);
    cells
}

/// `UKCP 2011161234 (checked 30 Sep 2025, expires 30 Sep 2026)`, for each registration.
fn registrations(record: &Supervisor, as_of: Day, shown: fn(Day) -> String) -> String {
    let one = |one: &Registration| {
        let number = one.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
        let checked = match one.checked.filter(|day| *day <= as_of) {
            Some(day) => format!("checked {}", shown(day)),
            None => "not checked".to_owned(),
        };
        let expires = match one.expires {
            Some(day) if day < as_of => format!(", expired {}", shown(day)),
            Some(day) => format!(", expires {}", shown(day)),
            None => String::new(),
        };
        format!("{}{number} ({checked}{expires})", one.body)
    };
    record.registrations.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What a workplace supervisor has still to show, in short phrases.
fn missing(record: &Supervisor, drawn: Drawn<'_, '_>) -> Vec<&'static str> {
    let arrived = |day: Option<Day>| day.is_some_and(|day| day <= drawn.as_of);
    let in_register = |one: &&Registration| {
        drawn.parameters.registers.iter().any(|register| register == one.body.raw())
            && one.expires.is_none_or(|last| drawn.as_of <= last)
    };
    let mut missing = Vec::new();
    let mut registered = record.registrations.iter().filter(in_register).peekable();
    let is_accepted = record.other_evidence.as_ref().is_some_and(|evidence| arrived(evidence.accepted));
    if !is_accepted {
        if registered.peek().is_none() {
            missing.push("a valid registration, or other evidence accepted");
        } else if !registered.any(|one| arrived(one.checked)) {
            missing.push("a check of the registration");
        }
    }
    if !record.group_analyst {
        if record.group_supervision_experience.as_ref().is_none_or(Text::is_blank) {
            missing.push("experience of supervising groups");
        }
        if !arrived(record.cv_received) {
            missing.push("CV");
        }
        if !arrived(record.assessed) {
            missing.push("the Course Director's assessment");
        }
    }
    missing
}

fn listed(ids: &BTreeSet<&Text>, shown: &dyn Fn(&Text) -> String) -> String {
    ids.iter().map(|id| shown(id)).collect::<Vec<_>>().join(", ")
}
