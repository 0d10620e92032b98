//! The paper for a supervisor: the students, what has been sent, what is due, and the meetings as they are recorded. Of each
//! student it says only what this supervisor has to do with.

use super::paper::{Block, Paper, Section};
use super::signature::{Signature, foot_of_letter};
use crate::calendar::Day;
use crate::case::StudentCase;
use crate::facts::{Facts, UncountedMeeting};
use crate::folder::{JudgedFolder, ResponsibleFilter, Selection};
use crate::judgement::{Judgement, ObligationKind, StudentResult};
use crate::records::SupervisionType;
use crate::reports::{
    Audience, Cell, Column, DueBy, DueQuery, DueReport, FolderDue, Report, Sheet, meeting_reason, sessions_of_required,
    with_reason,
};
use crate::text::{Text, all_of, counted};

/// A student of the supervisor.
struct Supervised {
    name: String,
    group: String,
    from: Day,
    until: Option<Day>,
    confirmed: Option<Day>,
    sessions: String,
}

/// A student of the supervisor's Work Reflection Group.
struct InWrg {
    name: String,
    from: Day,
    until: Option<Day>,
    presented: Vec<String>,
}

/// A report that the supervisor has sent.
struct Sent {
    name: String,
    form: &'static str,
    due: Option<Day>,
    received: Day,
}

/// A supervision meeting with a student, and what becomes of it.
struct Met {
    date: Day,
    name: String,
    minutes: Option<i64>,
    said: String,
    is_case_management: bool,
}

/// The paper for the supervisor with an id.
pub fn of_supervisor(judged: &JudgedFolder<'_>, id: &Text, name: &Text) -> Paper {
    let (mut students, mut in_wrg) = (Vec::new(), Vec::new());
    let (mut sent, mut met, mut to_meet) = (Vec::new(), Vec::new(), Vec::new());
    let (mut of_those_who_go_on, mut of_all) = (Signature::default(), Signature::default());
    let theirs = Selection::of_students(&concerned(judged, id));
    let mut see = |result: &StudentResult<'_>, judgement: Option<&Judgement<'_>>| {
        // Of whom nothing is known, not even that is: whether they are the supervisor's.
        let Some(facts) = judgement.map(|judgement| &judgement.facts) else { return };
        of_all.add(judged, result.course);
        if result.verdict.goes_on() {
            of_those_who_go_on.add(judged, result.course);
            to_meet.extend(judgement.and_then(|judgement| meeting_due(judgement, id)));
        }
        let student = result.name.unwrap_or(result.id).to_string();
        students.extend(supervised(facts, id, &student));
        in_wrg.extend(reflecting(facts, id, &student));
        let reports = facts.all_reports().filter(|(_, report)| report.by.as_ref() == Some(id));
        sent.extend(reports.map(|(_, report)| Sent {
            name: student.clone(),
            form: report.form.title(),
            due: report.due,
            received: report.received,
        }));
        met.extend(meetings(facts, id, &student));
    };
    let is_anybody = !theirs.students.is_empty();
    if is_anybody {
        judged.roster(&theirs, &mut see);
    }
    sent.sort_by_key(|one| one.received);
    met.sort_by_key(|one| one.date);
    let from = ResponsibleFilter(vec![id.raw().to_owned()]);
    let query = DueQuery { from, selection: theirs, ..DueQuery::default() };
    let mut is_anything_due = !to_meet.is_empty();
    let due = if is_anybody {
        let due = FolderDue::of(judged, &query);
        let report = due.report(DueBy::Date, judged.as_of).report;
        is_anything_due |= !report.items.is_empty();
        DueReport { is_on_paper: true, ..report }.sheets()
    } else {
        vec![Sheet { lead: vec!["Nothing is due.".to_owned()], ..Sheet::new("") }]
    };
    let due = due.into_iter().map(|sheet| sheet.without(&["from", "as", "contact", "code"]));
    let due = due.map(|sheet| Block::Table(Sheet { opens_part: false, ..sheet }));
    let signature = if of_those_who_go_on.section().is_some() { of_those_who_go_on } else { of_all };
    // Whoever manages a case owes nothing by it, and meetings that are no supervision are no fault.
    let (managed, met): (Vec<_>, Vec<_>) = met.into_iter().partition(|one| one.is_case_management);
    let managed = case_management(&managed);
    let only_manages = managed.is_some()
        && students.is_empty()
        && in_wrg.is_empty()
        && sent.is_empty()
        && met.is_empty()
        && !is_anything_due;
    let says = if only_manages {
        "Thank you for your work. Nothing is due from you."
    } else {
        "Thank you for your work. This letter says what is due from you, and what is recorded of it."
    };
    let mut lead = vec![says.to_owned()];
    lead.extend(managed);
    lead.extend(to_meet);
    lead.push(signature.please());
    let opening = Block::Table(Sheet { lead, ..Sheet::new("") });
    let due = due.filter(|_| !only_manages);
    let letter = Section {
        title: format!("Dear {name}"),
        blocks: [opening].into_iter().chain(due).collect(),
        ..Section::default()
    };
    // Whoever only leads a Work Reflection Group has no arrangement and no meetings, and need not be told so.
    let supervises = !only_manages && (in_wrg.is_empty() || !students.is_empty() || !met.is_empty());
    let mut sections = vec![letter];
    sections.extend(supervises.then(|| Section::of_sheets("Your students", [students_sheet(students)])));
    if !in_wrg.is_empty() {
        sections.push(Section::of_sheets("Your Work Reflection Group", [wrg_sheet(in_wrg)]));
    }
    if !only_manages {
        sections.push(Section::of_sheets("What you have sent", [sent_sheet(sent)]));
    }
    let meetings = "Supervision meetings as they are recorded";
    sections.extend(supervises.then(|| Section::of_sheets(meetings, [met_sheet(met)])));
    sections.extend(signature.section());
    let about = vec![("Judged as of", judged.as_of.to_string())];
    Paper { title: format!("Supervision by {name}"), about, sections, foot: foot_of_letter(judged) }
}

/// Whether a student has to do with a supervisor.
pub(super) fn is_supervised_by(case: &StudentCase<'_>, id: &Text) -> bool {
    case.arrangements.iter().any(|one| one.supervisor.id == id)
        || case.wrg.iter().any(|one| one.supervisor.id == id)
        || case.supervisions.iter().any(|one| one.log.supervisor == *id)
        || case.record.report.iter().any(|one| one.by.as_ref() == Some(id))
}

/// The ids of the students who have to do with a supervisor, or may have: of some nothing is known. Nobody else is judged.
fn concerned(judged: &JudgedFolder<'_>, id: &Text) -> Vec<String> {
    let students = judged.folder.case.records.students.iter().zip(judged.cases());
    let theirs = students.filter(|(_, case)| case.as_ref().is_none_or(|case| is_supervised_by(case, id)));
    theirs.map(|(entry, _)| entry.id.raw().to_owned()).collect()
}

fn supervised(facts: &Facts<'_>, id: &Text, name: &str) -> Vec<Supervised> {
    let sessions = |one: &crate::facts::Arranged<'_>| {
        let counted_with = facts.sessions.counted_of(one.case.group).filter(|entry| one.period().covers(entry.date));
        match counted_with.count() {
            all if all == facts.series.len() => sessions_of_required(all, facts.parameters.sessions_required),
            some => counted(some, "session", "sessions"),
        }
    };
    let theirs = facts.arrangements.iter().filter(|one| one.case.supervisor.id == id);
    let one = |one: &crate::facts::Arranged<'_>| Supervised {
        name: name.to_owned(),
        group: facts.case.groups[one.case.group].log.title.to_string(),
        from: one.period().from,
        until: one.period().until,
        confirmed: one.case.record.confirmed.filter(|day| *day <= facts.as_of),
        sessions: sessions(one),
    };
    theirs.map(one).collect()
}

/// The student's times in the supervisor's Work Reflection Group that have begun.
fn reflecting(facts: &Facts<'_>, id: &Text, name: &str) -> Vec<InWrg> {
    let theirs = facts.begun_wrg().filter(|wrg| wrg.supervisor.id == id);
    let one = |wrg: &crate::case::WrgCase<'_>| InWrg {
        name: name.to_owned(),
        from: wrg.record.from,
        until: facts.case.wrg_period(wrg).until,
        presented: wrg.record.presentations.iter().filter(|day| **day <= facts.as_of).map(Day::to_string).collect(),
    };
    theirs.map(one).collect()
}

fn meetings(facts: &Facts<'_>, id: &Text, name: &str) -> Vec<Met> {
    let theirs = facts.meetings.iter().filter(|entry| facts.case.supervisions[entry.log].log.supervisor == *id);
    let met = |entry: &crate::facts::MeetingEntry| {
        let log = facts.case.supervisions[entry.log].log;
        let meeting = &log.sessions[entry.index];
        let is_cancelled = entry.uncounted == Some(UncountedMeeting::Cancelled);
        let why = meeting.cancelled.as_ref().filter(|_| is_cancelled);
        Met {
            date: entry.date,
            name: name.to_owned(),
            minutes: meeting.minutes.map(i64::from),
            said: with_reason(
                entry.uncounted.map_or("counts", |reason| meeting_reason(reason, Audience::OnPaper)),
                why,
            ),
            is_case_management: log.supervision_type == SupervisionType::CaseManagement,
        }
    };
    theirs.map(met).collect()
}

/// That a supervision meeting is due with a student whom the supervisor has now; none where none is late.
fn meeting_due(judgement: &Judgement<'_>, id: &Text) -> Option<String> {
    let facts = &judgement.facts;
    let is_theirs_now =
        facts.group_arrangements().any(|one| one.case.supervisor.id == id && one.period().covers(facts.as_of));
    let is_late = judgement
        .obligations()
        .iter()
        .any(|one| one.owed && one.kind == ObligationKind::Supervision && one.is_late(facts.as_of));
    if !is_theirs_now || !is_late {
        return None;
    }
    let name = &facts.case.record.name;
    let latest = facts.supervision_meetings().map(|entry| entry.date).max();
    let latest =
        latest.map_or_else(|| "none is recorded yet".to_owned(), |day| format!("the last that counts was on {day}"));
    Some(format!("A supervision meeting with {name} is due: {latest}."))
}

/// Meetings that are about the management of cases, in a sentence; none where there are none.
fn case_management(met: &[Met]) -> Option<String> {
    let (first, last) = (met.first()?.date, met.last()?.date);
    let mut names: Vec<&str> = met.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let meetings = counted(met.len(), "meeting of case management", "meetings of case management");
    let when = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
    let are = if met.len() == 1 { "is" } else { "are" };
    Some(format!("{meetings} with {} {are} recorded, {when}.", all_of(names)))
}

fn students_sheet(rows: Vec<Supervised>) -> Sheet {
    let columns = [
        Column::flexible("Student", "student", 12, |one: &Supervised| one.name.as_str().into()),
        Column::flexible("Group", "group", 16, |one| one.group.as_str().into()),
        Column::fixed("From", "from", |one| one.from.into()),
        Column::fixed("Until", "until", |one| one.until.map_or_else(|| Cell::text("running"), Cell::Day)),
        Column::fixed("Confirmed", "confirmed", |one| one.confirmed.map_or_else(|| Cell::text("not yet"), Cell::Day)),
        Column::fixed("Sessions", "sessions", |one| one.sessions.as_str().into()),
    ];
    or_nothing(Sheet::new("").with_rows(&columns, rows), "No arrangement with you is recorded.")
}

fn wrg_sheet(rows: Vec<InWrg>) -> Sheet {
    let columns = [
        Column::flexible("Student", "student", 12, |one: &InWrg| one.name.as_str().into()),
        Column::fixed("From", "from", |one| one.from.into()),
        Column::fixed("Until", "until", |one| one.until.into()),
        Column::flexible("Presented on", "presentations", 20, |one| match one.presented.as_slice() {
            [] => Cell::text("not yet"),
            days => Cell::listed(days),
        }),
    ];
    Sheet::new("").with_rows(&columns, rows)
}

fn sent_sheet(rows: Vec<Sent>) -> Sheet {
    let columns = [
        Column::fixed("Received", "received", |one: &Sent| one.received.into()),
        Column::flexible("Form", "form", 10, |one| one.form.into()),
        Column::flexible("Student", "student", 12, |one| one.name.as_str().into()),
        Column::fixed("For", "due", |one| one.due.into()),
    ];
    or_nothing(Sheet::new("").with_rows(&columns, rows), "No report from you is recorded.")
}

fn met_sheet(rows: Vec<Met>) -> Sheet {
    let columns = [
        Column::fixed("Date", "date", |one: &Met| one.date.into()),
        Column::flexible("Student", "student", 12, |one| one.name.as_str().into()),
        Column::right("Minutes", "minutes", |one| one.minutes.into()),
        Column::flexible("What is recorded", "said", 16, |one| one.said.as_str().into()),
    ];
    or_nothing(Sheet::new("").with_rows(&columns, rows), "No supervision meeting with you is recorded.")
}

fn or_nothing(mut sheet: Sheet, nothing: &str) -> Sheet {
    let is_empty = sheet.rows.is_empty();
    sheet.lead.extend(is_empty.then(|| nothing.to_owned()));
    sheet
}
