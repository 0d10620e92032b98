//! A case month by month: what was held, what arrived, what was decided.

use std::collections::BTreeMap;

use super::audience::Audience;
use super::sheet::{Column, Sheet};
use super::words::of_group;
use crate::calendar::Day;
use crate::facts::Facts;
use crate::records::{Matter, RulingOutcome};
use crate::requirements::{gwp2_deadlines, wrg2_deadlines};
use crate::text::spaced;

/// What happened in a month, each with the day.
#[derive(Default)]
struct Month {
    sessions: Vec<(Day, String)>,
    meetings: Vec<(Day, String)>,
    events: Vec<(Day, String)>,
}

/// A line of the table: a month, or a time without anything in it.
struct Line {
    month: String,
    sessions: String,
    meetings: String,
    events: String,
}

fn columns() -> Vec<Column<Line>> {
    vec![
        Column::fixed("Month", "month", |line| line.month.as_str().into()),
        Column::flexible("Sessions", "sessions", 10, |line| line.sessions.as_str().into()),
        Column::flexible("Supervision", "supervision", 10, |line| line.meetings.as_str().into()),
        Column::flexible("Reports, decisions and more", "events", 24, |line| line.events.as_str().into()),
    ]
}

/// The months from joining to the day of judgement or the limit, and every other in which something happened; of a case that
/// does not go on, up to the last in which something did. A time without anything in it is one line.
pub(super) fn timeline(facts: &Facts<'_>, goes_on: bool, audience: Audience) -> Sheet {
    let mut lines = Vec::new();
    let mut expected = None;
    for (month, happened) in months(facts, goes_on, audience) {
        if let Some(first) = expected.filter(|first| *first < month) {
            let events =
                if following(first) == month { "nothing".to_owned() } else { format!("nothing until {}", name(month)) };
            lines.push(Line { month: name(first), sessions: String::new(), meetings: String::new(), events });
        }
        expected = Some(following(month));
        let in_order = |mut entries: Vec<(Day, String)>, between: &str| {
            entries.sort();
            entries.into_iter().map(|(_, said)| said).collect::<Vec<_>>().join(between)
        };
        lines.push(Line {
            month: name(month),
            sessions: in_order(happened.sessions, " "),
            meetings: in_order(happened.meetings, " "),
            events: in_order(happened.events, ", "),
        });
    }
    let mut sheet = Sheet::new("Month by month").with_rows(&columns(), lines);
    let joint = if tells_joint(audience) { "; j: joint supervision" } else { "" };
    sheet.notes.push(format!("Numbers are days of the month. x: a session or meeting that does not count{joint}."));
    sheet
}

/// A year and a month of it.
type YearMonth = (i32, u32);

fn following((year, month): YearMonth) -> YearMonth {
    if month == 12 { (year + 1, 1) } else { (year, month + 1) }
}

/// Whether it is told which meetings were joint, and on which days that was asked about: to a student it would tell when
/// somebody else was away.
pub(crate) fn tells_joint(audience: Audience) -> bool {
    audience != Audience::Student
}

fn months(facts: &Facts<'_>, goes_on: bool, audience: Audience) -> BTreeMap<YearMonth, Month> {
    let mut months: BTreeMap<YearMonth, Month> = BTreeMap::new();
    let of = |day: Day| (day.year(), day.month());
    months.entry(of(facts.joined)).or_default();
    if goes_on {
        months.entry(of(facts.as_of.min(facts.limit).max(facts.joined))).or_default();
    }
    for entry in facts.sessions.all() {
        let mark = if entry.counts() { "" } else { "x" };
        months.entry(of(entry.date)).or_default().sessions.push((entry.date, numbered(entry.date, mark)));
    }
    for entry in facts.missed() {
        months.entry(of(entry.date)).or_default().sessions.push((entry.date, numbered(entry.date, "x")));
    }
    for entry in &facts.meetings {
        let mark = match entry.counts() {
            false => "x",
            true if entry.joint && tells_joint(audience) => "j",
            true => "",
        };
        months.entry(of(entry.date)).or_default().meetings.push((entry.date, numbered(entry.date, mark)));
    }
    for (day, what) in events(facts) {
        let said = format!("{} {what}", day.day_of_month());
        months.entry(of(day)).or_default().events.push((day, said));
    }
    months
}

fn numbered(day: Day, mark: &str) -> String {
    format!("{}{mark}", day.day_of_month())
}

/// Whatever has a day and is neither a session nor a meeting.
fn events(facts: &Facts<'_>) -> Vec<(Day, String)> {
    let record = facts.case.record;
    let mut events: Vec<(Day, String)> = Vec::new();
    let mut add = |day: Option<Day>, what: String| {
        events.extend(day.filter(|day| *day <= facts.as_of).map(|day| (day, what)));
    };
    add(Some(facts.joined), "joined".to_owned());
    add(facts.form1_submitted(), "Form 1".to_owned());
    for arranged in &facts.arrangements {
        let supervisor = &arranged.case.supervisor.record.name;
        add(arranged.case.record.confirmed, format!("confirmed by {supervisor}"));
    }
    for (day, ..) in facts.presentations() {
        add(Some(day), "presented".to_owned());
    }
    for (_, report) in facts.all_reports() {
        add(Some(report.received), report.form.title().to_owned());
    }
    for (deadlines, form) in [(gwp2_deadlines(facts), "GWP Form 2"), (wrg2_deadlines(facts), "WRG Form 2")] {
        for deadline in deadlines.iter().filter(|one| one.answer.is_none()) {
            add(Some(deadline.day), format!("{form} due, not there"));
        }
    }
    for matter in [Matter::Arrangements, Matter::Award] {
        for decided in facts.decisions(matter) {
            let decision = decided.decision;
            let said = format!("{} on {}: {}", decision.body.title(), matter.title(), spaced(decision.outcome.word()));
            add(Some(decision.date), said);
        }
    }
    for ruling in &record.ruling {
        let outcome = match ruling.outcome {
            RulingOutcome::Accepted => "accepted",
            RulingOutcome::Refused => "refused",
        };
        let about = ruling.requirement.subject();
        add(Some(ruling.date), format!("{} on {about}: {outcome}", ruling.body.title()));
    }
    let groups = facts.arranged_groups();
    for group in &groups {
        let of = of_group(facts, *group, groups.len());
        for (from, until) in facts.breaks_of(*group) {
            add(Some(from.max(facts.joined)), format!("break{of} until {until}"));
        }
    }
    for leave in &record.leave {
        add(Some(leave.from), format!("leave until {}", leave.until));
    }
    add(record.extension.as_ref().map(|extension| extension.agreed), "extension agreed".to_owned());
    add(record.diploma.as_ref().and_then(|diploma| diploma.completed), "Diploma".to_owned());
    add(facts.complete_on(), "sessions complete".to_owned());
    add(record.withdrawn, "left the course".to_owned());
    add(record.not_applying, "does not apply for the status".to_owned());
    events
}

/// `October 2025`.
fn name((year, month): YearMonth) -> String {
    let first = Day::new(year, month, 1).map(|day| day.to_string()).unwrap_or_default();
    first.trim_start_matches("1 ").to_owned()
}
