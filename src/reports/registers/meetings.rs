//! The register of committees' meetings.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Drawn, Register};
use crate::calendar::Day;
use crate::case::Records;
use crate::records::{Body, Item, Student};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::{FileId, Text};

/// A meeting of a committee.
#[derive(Serialize)]
struct Row<'a> {
    id: Id<'a>,
    body: Body,
    date: Day,
    present: &'a [Text],
    apologies: &'a [Text],
    declared: &'a [Text],
    items: Vec<Dealt<'a>>,
    agreed: Option<Day>,
}

/// Something that was dealt with.
#[derive(Serialize)]
struct Dealt<'a> {
    number: Option<u32>,
    about: Option<&'a Text>,
    note: Option<&'a Text>,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::flexible("Id", "meeting", 12, |meeting| Cell::text(meeting.id)),
        Column::fixed("Body", "body", |meeting| meeting.body.title().into()),
        Column::fixed("Date", "date", |meeting| meeting.date.into()),
        Column::fixed("Agreed", "agreed", |meeting| meeting.agreed.into()),
        Column::below_alone("Present", "present", |meeting| Cell::listed(meeting.present)),
        Column::below_alone("Apologies", "apologies", |meeting| Cell::listed(meeting.apologies)),
        Column::below_alone("Declared", "declared", |meeting| Cell::maybe(declared(meeting))),
        Column::below_alone("Items", "items", |meeting| Cell::lines(meeting.items.iter().map(Dealt::said))),
    ]
}

/// What was declared, one after the other; nothing where there is nothing.
fn declared(meeting: &Row<'_>) -> Option<String> {
    let all: Vec<_> = meeting.declared.iter().map(Text::to_string).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

impl<'a> Dealt<'a> {
    fn of(item: &'a Item) -> Self {
        Self { number: item.number, about: item.about.as_ref(), note: item.note.as_ref() }
    }

    /// `4 lee-morgan: approved`.
    fn said(&self) -> String {
        let head: Vec<_> =
            self.number.map(|number| number.to_string()).into_iter().chain(self.about.map(Text::to_string)).collect();
        let parts: Vec<_> = Some(head.join(" ")).into_iter().chain(self.note.map(Text::to_string)).collect();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

/// The meetings up to the day, in order of date and then of id. Where only some students are wanted, those meetings that
/// have an item about one of them or that are named where something about them is minuted.
pub fn meetings(drawn: Drawn<'_, '_>) -> Register {
    let records = &drawn.case.records;
    let minuted: BTreeSet<FileId> = if drawn.only_theirs {
        drawn.students().flat_map(|(_, one)| minuted(records, one)).collect()
    } else {
        BTreeSet::new()
    };
    let mut rows = Vec::new();
    for entry in &records.meetings {
        let Some(meeting) = entry.used().filter(|meeting| meeting.date <= drawn.as_of) else {
            continue;
        };
        let is_about = |item: &Item| drawn.results.iter().any(|result| item.about.as_ref() == Some(result.id));
        if drawn.only_theirs && !minuted.contains(&entry.file) && !meeting.items.iter().any(is_about) {
            continue;
        }
        rows.push(Row {
            id: Id::new(drawn.folder, &entry.id),
            body: meeting.body,
            date: meeting.date,
            present: &meeting.present,
            apologies: &meeting.apologies,
            declared: &meeting.declared,
            items: meeting.items.iter().map(Dealt::of).collect(),
            agreed: meeting.agreed,
        });
    }
    rows.sort_by_key(|meeting| (meeting.date, meeting.id));
    Register::new("meetings", ("Meetings", "meeting", "meetings"), &columns(), &rows, |_| Tone::Plain)
}

/// The files of the meetings at which something about a student is minuted.
fn minuted(records: &Records, student: &Student) -> Vec<FileId> {
    let decisions = student.decision.iter().filter_map(|one| Some((one.minute.as_ref()?, one.body)));
    let rulings = student.ruling.iter().filter_map(|one| Some((one.minute.as_ref()?, Body::from(one.body))));
    let minutes = decisions.chain(rulings);
    minutes.filter_map(|(minute, body)| records.minuted(minute, body)).map(|found| found.file).collect()
}
