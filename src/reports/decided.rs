//! What was decided about a student and ruled on, and where it is minuted.

use super::audience::Audience;
use super::sheet::{Cell, Column, Sheet};
use super::timeline::tells_joint;
use crate::calendar::Day;
use crate::case::Case;
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::{Body, Matter};
use crate::text::{SourcePath, Text, all_of, spaced, visible};

/// Says where a value stands: the file, safe to show, and the line.
pub type Locating<'l> = dyn FnMut(SourcePath) -> (String, usize) + 'l;

/// A decision or a ruling.
struct Row {
    date: Day,
    body: &'static str,
    about: String,
    /// The requirement that was ruled on.
    code: Option<Code>,
    outcome: String,
    /// The dates that a ruling is about; none where it settles all.
    settles: Option<String>,
    notes: Option<Text>,
    /// What a query asks; safe to show.
    asked: Option<String>,
    minuted: Option<String>,
}

/// The decisions and rulings up to the day of judgement, in order of date. Where a minute names a meeting that is recorded,
/// the meeting's file stands beside it, with the line of the item. A student is told what a query asks, and neither where it
/// is minuted, nor what a committee noted for itself, nor which days of joint supervision were ruled on.
pub(super) fn decided(case: &Case, facts: &Facts<'_>, audience: Audience, locate: &mut Locating<'_>) -> Sheet {
    let mut minuted = |minute: Option<&Text>, body| {
        let minute = minute.filter(|minute| !minute.is_blank())?;
        let meeting = case.records.minuted(minute, body).map(|found| {
            let (file, line) = locate(found.place());
            if found.item.is_some() { format!(" ({file}:{line})") } else { format!(" ({file})") }
        });
        Some(format!("{minute}{}", meeting.unwrap_or_default()))
    };
    let mut rows = Vec::new();
    for matter in [Matter::Arrangements, Matter::Award] {
        for decided in facts.decisions(matter) {
            let decision = decided.decision;
            rows.push(Row {
                date: decision.date,
                body: decision.body.title(),
                about: matter.title().to_owned(),
                code: None,
                outcome: spaced(decision.outcome.word()),
                settles: None,
                notes: decision.notes.clone(),
                asked: decision.asks().map(visible),
                minuted: minuted(decision.minute.as_ref(), decision.body),
            });
        }
    }
    for ruling in facts.case.record.ruling.iter().filter(|ruling| ruling.date <= facts.as_of) {
        let is_told = ruling.requirement != Code::S7 || tells_joint(audience);
        let of = ruling.of.as_deref().filter(|_| is_told);
        rows.push(Row {
            date: ruling.date,
            body: ruling.body.title(),
            about: ruling.requirement.subject(),
            code: Some(ruling.requirement),
            outcome: ruling.outcome.word().to_owned(),
            settles: of.map(|days| settled(ruling.requirement, days)),
            notes: ruling.notes.clone(),
            asked: None,
            minuted: minuted(ruling.minute.as_ref(), Body::from(ruling.body)),
        });
    }
    rows.sort_by_key(|row| row.date);
    let columns = [
        Column::fixed("Date", "date", |row: &Row| row.date.into()),
        Column::fixed("Body", "body", |row| row.body.into()),
        Column::flexible("About", "about", 12, |row| row.about.as_str().into()),
        Column::fixed("Code", "code", |row| Cell::maybe(row.code)),
        Column::flexible("Outcome", "outcome", 12, |row| row.outcome.as_str().into()),
        Column::below("Minuted", "minuted", |row| row.minuted.as_deref().into()),
        Column::below("Settles", "settles", |row| row.settles.as_deref().into()),
        Column::below("Asked", "asked", |row| row.asked.as_deref().into()),
        Column::below("Note", "note", |row| row.notes.as_ref().filter(|notes| !notes.is_blank()).into()),
    ];
    // What a query asks is in its note.
    let left_out: &[&str] = match audience {
        Audience::Student => &["code", "minuted", "note"],
        _ if rows.iter().all(|row| row.code.is_none()) => &["code", "asked"],
        _ => &["asked"],
    };
    let columns: Vec<_> = columns.into_iter().filter(|column| !left_out.contains(&column.key())).collect();
    Sheet::new("Decisions and rulings").with_rows(&columns, rows)
}

/// What a ruling on some days settles: the day of a query on supervision is the one on which a gap ended.
fn settled(code: Code, days: &[Day]) -> String {
    let of = match code {
        Code::S5 => "the time up to ",
        Code::G4 if days.len() == 1 => "the session of ",
        Code::G4 => "the sessions of ",
        _ => "",
    };
    format!("{of}{}", all_of(days))
}
