//! The register of groups.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Drawn, Register};
use crate::calendar::Day;
use crate::records::{Membership, SessionLog};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::Text;

/// A group.
#[derive(Serialize)]
struct Row<'a> {
    id: Id<'a>,
    title: &'a Text,
    organisation: &'a Text,
    setting: &'static str,
    aim: &'static str,
    approach: Option<&'a Text>,
    frequency: &'static str,
    membership: Option<&'static str>,
    conductors: Vec<Id<'a>>,
    co_conductor: Option<&'a Text>,
    sessions_held: usize,
    last_session: Option<Day>,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::flexible("Id", "group", 12, |group| Cell::text(group.id)),
        Column::flexible("Title", "title", 16, |group| group.title.into()),
        Column::right("Held", "sessions_held", |group| group.sessions_held.into()),
        Column::fixed("Last session", "last_session", |group| group.last_session.into()),
        Column::below("Organisation", "organisation", |group| group.organisation.into()),
        Column::below("Setting", "setting", |group| group.setting.into()),
        Column::below("Aim", "aim", |group| group.aim.into()),
        Column::below("Approach", "approach", |group| group.approach.into()),
        Column::below("Meets", "frequency", |group| group.frequency.into()),
        Column::below("Membership", "membership", |group| group.membership.into()),
        Column::below("Conductors", "conductors", |group| Cell::listed(&group.conductors)),
        Column::below("Co-conductor", "co_conductor", |group| group.co_conductor.into()),
    ]
}

/// The groups in order of id. A session counts as held here when its log does not say that it was cancelled:
/// whether it counts for a student is for the judgement of that student.
pub fn groups(drawn: Drawn<'_, '_>) -> Register {
    let mut groups = Vec::new();
    let theirs: BTreeSet<&Text> =
        drawn.students().flat_map(|(_, record)| record.arrangement.iter().map(|one| &one.group)).collect();
    for entry in &drawn.case.records.logs {
        let Some(log) = entry.used().and_then(SessionLog::group) else { continue };
        if drawn.only_theirs && !theirs.contains(&entry.id) {
            continue;
        }
        let was_held = |session: &&crate::records::Session| session.cancelled.is_none() && session.date <= drawn.as_of;
        let held = || log.sessions.iter().filter(was_held);
        groups.push(Row {
            id: Id::new(drawn.folder, &entry.id),
            title: &log.title,
            organisation: &log.organisation,
            setting: log.setting.word(),
            aim: log.aim.word(),
            approach: log.approach.as_ref(),
            frequency: log.frequency.word(),
            membership: log.membership.map(Membership::word),
            conductors: log.conductors.iter().map(|id| Id::new(drawn.folder, id)).collect(),
            co_conductor: log.co_conductor.as_ref().map(|other| &other.name),
            sessions_held: held().count(),
            last_session: held().map(|session| session.date).max(),
        });
    }
    Register::new("groups", ("Groups", "group", "groups"), &columns(), &groups, |_| Tone::Plain)
}
