//! The entries of logs that do not count for a student, and why.

use super::{Audience, places};
use crate::case::Case;
use crate::facts::{self, Facts};
use crate::reports::decided::Locating;
use crate::reports::sheet::{Cell, Column, Sheet, short};
use crate::reports::words::{meeting_reason, missed_reason, session_reason, with_reason};
use crate::text::SourcePath;

/// The sessions and the meetings that do not count, as far as there are any. A student is not told where they stand.
pub(super) fn uncounted(case: &Case, facts: &Facts<'_>, audience: Audience, locate: &mut Locating<'_>) -> Vec<Sheet> {
    let mut sheets = vec![sessions(facts, audience, locate), meetings(case, facts, audience, locate)];
    sheets.retain(|sheet| !sheet.rows.is_empty());
    sheets
}

/// Entries of logs that do not count, those of one log and one reason together.
struct Uncounted {
    log: usize,
    reason: String,
    dates: Vec<String>,
    places: Vec<SourcePath>,
}

fn gathered(entries: impl Iterator<Item = (usize, String, String, SourcePath)>) -> Vec<Uncounted> {
    let mut gathered: Vec<Uncounted> = Vec::new();
    for (log, reason, date, place) in entries {
        match gathered.iter_mut().find(|one| one.log == log && one.reason == reason) {
            Some(one) => {
                one.dates.push(date);
                one.places.push(place);
            }
            None => gathered.push(Uncounted { log, reason, dates: vec![date], places: vec![place] }),
        }
    }
    gathered
}

/// A table of entries that do not count, each with what its log is called and where they stand.
fn sheet(
    title: &str,
    of: (&'static str, &'static str),
    audience: Audience,
    rows: Vec<(String, String, Uncounted)>,
) -> Sheet {
    let mut columns = vec![
        Column::flexible("Why", "why", 16, |(.., one): &(String, String, Uncounted)| one.reason.as_str().into()),
        Column::flexible(of.0, of.1, 14, |(named, ..)| named.as_str().into()),
        Column::flexible("Dates", "dates", 20, |(.., one)| Cell::listed(&one.dates)),
    ];
    if audience != Audience::Student {
        columns.push(Column::below("Where", "where", |(_, places, _)| places.as_str().into()));
    }
    Sheet::new(title).with_rows(&columns, rows)
}

fn sessions(facts: &Facts<'_>, audience: Audience, locate: &mut Locating<'_>) -> Sheet {
    let entries = facts.sessions.all().iter().copied().filter_map(|entry| {
        let reason = entry.uncounted?;
        let date = match reason {
            facts::Uncounted::TooShort | facts::Uncounted::TooLong => {
                format!("{} ({} minutes)", short(entry.date), entry.minutes)
            }
            _ => short(entry.date),
        };
        Some((entry.date, (entry.group, session_reason(reason, audience).to_owned(), date, entry.place(facts.case))))
    });
    let missed = facts.missed().into_iter().map(|entry| {
        let cancelled = facts.case.groups[entry.group].log.sessions[entry.index].cancelled.as_ref();
        let reason = with_reason(missed_reason(entry, audience), cancelled);
        (entry.date, (entry.group, reason, short(entry.date), entry.place(facts.case)))
    });
    let mut entries: Vec<_> = entries.chain(missed).collect();
    entries.sort_by_key(|(date, _)| *date);
    let entries = entries.into_iter().map(|(_, entry)| entry);
    let title = |one: &Uncounted| facts.case.groups[one.log].log.title.to_string();
    let row = |one: Uncounted| (title(&one), places(&one.places, locate), one);
    let rows = gathered(entries).into_iter().map(row).collect();
    sheet("Sessions cancelled, or not counted", ("Group", "group"), audience, rows)
}

fn meetings(case: &Case, facts: &Facts<'_>, audience: Audience, locate: &mut Locating<'_>) -> Sheet {
    let entries = facts.meetings.iter().filter_map(|entry| {
        let uncounted = entry.uncounted?;
        let cancelled = facts.case.supervisions[entry.log].log.sessions[entry.index].cancelled.as_ref();
        let cancelled = cancelled.filter(|_| uncounted == facts::UncountedMeeting::Cancelled);
        let reason = with_reason(meeting_reason(uncounted, audience), cancelled);
        Some((entry.log, reason, short(entry.date), entry.place(facts.case)))
    });
    let name = |one: &Uncounted| {
        let id = &facts.case.supervisions[one.log].log.supervisor;
        let known = case.records.supervisors.iter().find(|entry| &entry.id == id);
        known.and_then(|entry| entry.record.as_deref()).map_or(id, |record| &record.name).to_string()
    };
    let row = |one: Uncounted| (name(&one), places(&one.places, locate), one);
    let rows = gathered(entries).into_iter().map(row).collect();
    sheet("Supervision meetings cancelled, or not counted", ("Supervisor", "supervisor"), audience, rows)
}
