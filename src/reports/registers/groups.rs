//! The register of groups.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Drawn, Register, raw};
use crate::records::SessionLog;
use crate::reports::sheet::{Cell, Column, Sheet, counted};
use crate::text::Text;

/// The groups in order of id. A session counts as held here when its log does not say that it was cancelled:
/// whether it counts for a student is for the judgement of that student.
pub fn groups(drawn: Drawn<'_, '_>) -> Register {
    let mut sheet = Sheet::part("Groups", Vec::new()).with_columns([
        Column::flexible("Id", "group", 12),
        Column::flexible("Title", "title", 16),
        Column::right("Held", "sessions_held"),
        Column::fixed("Last session", "last_session"),
        Column::below("Organisation", "organisation"),
        Column::below("Setting", "setting"),
        Column::below("Aim", "aim"),
        Column::below("Approach", "approach"),
        Column::below("Meets", "frequency"),
        Column::below("Membership", "membership"),
        Column::below("Conductors", "conductors"),
        Column::below("Co-conductor", "co_conductor"),
    ]);
    let mut rows = Vec::new();
    let theirs: BTreeSet<&Text> =
        drawn.students().flat_map(|(_, record)| record.arrangement.iter().map(|one| &one.group)).collect();
    for entry in &drawn.case.records.logs {
        let Some(SessionLog::Group(log)) = entry.record.as_deref() else { continue };
        if drawn.only_theirs && !theirs.contains(&entry.id) {
            continue;
        }
        let held: Vec<_> = log
            .sessions
            .iter()
            .filter(|session| session.cancelled.is_none() && session.date <= drawn.as_of)
            .map(|session| session.date)
            .collect();
        let last = held.iter().max().copied();
        let approach = log.approach.as_ref();
        let membership = log.membership.map(crate::records::Membership::word);
        let other = log.co_conductor.as_ref().map(|other| &other.name);
        sheet.row([
            Cell::Text((drawn.shown)(&entry.id)),
            Cell::text(&log.title),
            Cell::count(held.len()),
            Cell::day(last),
            Cell::text(&log.organisation),
            Cell::text(log.setting.word()),
            Cell::text(log.aim.word()),
            Cell::maybe(approach),
            Cell::text(log.frequency.word()),
            Cell::maybe(membership),
            Cell::Text(log.conductors.iter().map(|id| (drawn.shown)(id)).collect::<Vec<_>>().join(", ")),
            Cell::maybe(other),
        ]);
        rows.push(json!({
            "id": entry.id.raw(),
            "title": log.title.raw(),
            "organisation": log.organisation.raw(),
            "setting": log.setting.word(),
            "aim": log.aim.word(),
            "approach": raw(approach),
            "frequency": log.frequency.word(),
            "membership": membership,
            "conductors": log.conductors.iter().map(Text::raw).collect::<Vec<_>>(),
            "co_conductor": raw(other),
            "sessions_held": held.len(),
            "last_session": last,
        }));
    }
    sheet.notes.push(format!("{}.", counted(rows.len(), "group", "groups")));
    Register::new("groups", sheet, rows)
}
