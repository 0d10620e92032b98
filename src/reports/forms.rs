//! The forms of a case: what has arrived, when and from whom, and what is asked for.

use super::audience::Audience;
use super::due::owed_by;
use super::sheet::{Column, Sheet, Tone};
use super::words::person;
use crate::calendar::Day;
use crate::case::Case;
use crate::facts::Facts;
use crate::judgement::{Judgement, Obligation, ObligationKind, Person, Role};
use crate::records::{Form, Report};
use crate::requirements::{Actor, GWP2_REPORTS, WRG2_REPORTS, gwp2_deadlines, wrg2_deadlines};
use crate::text::Text;

/// A form that has arrived, or that is or was asked for.
struct Row {
    form: &'static str,
    due: Option<Day>,
    received: Option<Day>,
    stands: String,
    from: String,
    is_missing: bool,
}

/// Every form that has arrived by the day of judgement, and every one that is owed; of what falls due again and again, the
/// next one. In order of the deadline. The student's own are from "you", to the student.
pub(super) fn forms(case: &Case, judgement: &Judgement<'_>, audience: Audience) -> Sheet {
    let facts = &judgement.facts;
    let mut rows: Vec<Row> = facts.all_reports().map(|(_, report)| arrived(case, facts, report)).collect();
    rows.extend(application(judgement, audience));
    let mut to_come: Vec<ObligationKind> = Vec::new();
    for one in judgement.obligations().iter().filter(|one| one.owed && is_form(one.kind)) {
        let is_late = one.is_late(facts.as_of);
        if is_late || !to_come.contains(&one.kind) {
            rows.push(owed(one, facts.as_of, audience));
        }
        if !is_late {
            to_come.push(one.kind);
        }
    }
    rows.extend(no_longer_asked(judgement, &rows));
    rows.sort_by_key(|row| (row.due.or(row.received), row.form, row.received));
    let columns = [
        Column::fixed("Form", "form", |row: &Row| row.form.into()),
        Column::fixed("Due", "due", |row| row.due.into()),
        Column::fixed("Received", "received", |row| row.received.into()),
        Column::flexible("How it stands", "stands", 12, |row| row.stands.as_str().into()),
        Column::flexible("From whom", "from", 14, |row| row.from.as_str().into()),
    ];
    let tone = |row: &Row| if row.is_missing { Tone::Bad } else { Tone::Plain };
    Sheet::new("Forms and reports").with_toned_rows(&columns, rows, tone)
}

fn is_form(kind: ObligationKind) -> bool {
    matches!(kind, ObligationKind::Form1 | ObligationKind::Gwp2 | ObligationKind::Wrg2 | ObligationKind::Gwp3)
}

/// GWP Form 1, where it was submitted.
fn application(judgement: &Judgement<'_>, audience: Audience) -> Option<Row> {
    let received = judgement.facts.form1_submitted()?;
    let asked = judgement.obligations().iter().find(|one| one.kind == ObligationKind::Form1)?;
    let due = asked.due;
    Some(Row {
        form: asked.kind.what(),
        due,
        received: Some(received),
        stands: in_time(due, received),
        from: from_whom(asked, audience),
        is_missing: false,
    })
}

/// What a report says beside its ratings.
const NOT_STARTED: &str = "says that the presentation of a group had not started";

fn arrived(case: &Case, facts: &Facts<'_>, report: &Report) -> Row {
    Row {
        form: report.form.title(),
        due: report.due,
        received: Some(report.received),
        stands: {
            let arrived = match report.due {
                None if report.form == Form::Gwp3 => "arrived".to_owned(),
                None if report.form == Form::Gwp2 && facts.final_report == Some(report.received) => {
                    "arrived as the final report".to_owned()
                }
                due => in_time(due, report.received),
            };
            if report.not_started { format!("{arrived}; {NOT_STARTED}") } else { arrived }
        },
        from: report.by.as_ref().map(|by| written_by(case, facts, report.form, by)).unwrap_or_default(),
        is_missing: false,
    }
}

/// Who wrote a report, with the office: a supervisor's id leads to the name.
fn written_by(case: &Case, facts: &Facts<'_>, form: Form, by: &Text) -> String {
    let role = match form {
        Form::Gwp2 => Role::WorkplaceSupervisor,
        Form::Wrg2 => Role::WrgSupervisor,
        Form::Gwp3 => return person(&Person { role: Role::LineManager, id: None, name: by, email: None }),
    };
    let is_theirs = match form {
        Form::Gwp2 => facts.case.arrangements.iter().any(|one| one.supervisor.id == by),
        _ => facts.case.wrg.iter().any(|one| one.supervisor.id == by),
    };
    let record = case.records.supervisors.iter().find(|entry| entry.id == *by);
    let name = record.and_then(|entry| entry.record.as_deref()).map_or(by, |record| &record.name);
    // A warning says that a report is by somebody who does not supervise the student.
    if is_theirs { person(&Person { role, id: Some(by), name, email: None }) } else { name.to_string() }
}

/// From whom a form is, or was, asked for.
fn from_whom(one: &Obligation<'_>, audience: Audience) -> String {
    let is_own = audience == Audience::Student && one.from.is_some_and(|person| person.role == Role::Student);
    if is_own { "you".to_owned() } else { owed_by(one) }
}

fn owed(one: &Obligation<'_>, as_of: Day, audience: Audience) -> Row {
    let is_late = one.is_late(as_of);
    let day = one.due.map(|due| due.lateness(as_of)).unwrap_or_default();
    Row {
        form: one.kind.what(),
        due: one.due,
        received: None,
        stands: if is_late { format!("not there, {day}") } else { format!("due {day}") },
        from: from_whom(one, audience),
        is_missing: is_late,
    }
}

/// Past deadlines that no report answers and that nobody is asked about any more; of those that a committee is to judge, that.
fn no_longer_asked(judgement: &Judgement<'_>, known: &[Row]) -> Vec<Row> {
    let facts = &judgement.facts;
    let of_forms = [(gwp2_deadlines(facts), Form::Gwp2), (wrg2_deadlines(facts), Form::Wrg2)];
    let mut rows = Vec::new();
    for (deadlines, form) in of_forms {
        let past = deadlines.iter().filter(|one| one.answer.is_none() && one.day < facts.as_of).map(|one| one.day);
        let is_known = |day: Day| known.iter().any(|row| row.form == form.title() && row.due == Some(day));
        let finding = judgement.finding(if form == Form::Gwp2 { GWP2_REPORTS } else { WRG2_REPORTS });
        let is_judged = |day: Day| judgement.verdict.goes_on() && finding.to_judge().any(|query| query.date == day);
        let stands = |day: Day| match finding.judges {
            Actor::Body(body) if is_judged(day) => format!("not there; the {} is to judge", body.title()),
            _ if is_judged(day) => "not there; the committee is to judge".to_owned(),
            _ => "not there, and no longer asked for".to_owned(),
        };
        rows.extend(past.filter(|day| !is_known(*day)).map(|day| Row {
            form: form.title(),
            due: Some(day),
            received: None,
            stands: stands(day),
            from: String::new(),
            is_missing: false,
        }));
    }
    rows
}

/// How an arrival stands to its deadline.
fn in_time(due: Option<Day>, received: Day) -> String {
    match due {
        None => "answers no deadline".to_owned(),
        Some(due) if due < received => format!("arrived {}", due.lateness(received)),
        Some(_) => "arrived in time".to_owned(),
    }
}
