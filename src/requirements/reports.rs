//! Assessment Process for GWP Status; and, for R1, The Role of Work Place Supervisor.

use super::remedy::only_rulings;
use super::words::{OfDays, listed};
use super::{Actor, COMPETENCIES, Finding, Parts, Remedy, Requirement, Status, StepWhen, judge};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Facts};
use crate::records::{Body, Form, Leave, Matter, Outcome, Report};
use crate::text::{all_of, counted};

/// A report deadline of a student.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline<'a> {
    /// The day.
    pub day: Day,
    /// The report that answers it, with its position in the student's file.
    pub answer: Option<(usize, &'a Report)>,
}

/// The deadlines of the course that concern the student: from joining until the student left, gave up, or the
/// award was decided, but for those in a long leave; and after the course's end only until the final report.
fn deadlines<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = Day> + 'f {
    let decided = facts
        .latest_decision(Matter::Award, Body::Spc)
        .filter(|one| matches!(one.outcome(), Outcome::Awarded | Outcome::Declined))
        .map(|one| one.decision.date);
    let record = facts.case.record;
    let left = [record.withdrawn, record.not_applying].into_iter().flatten().filter(|day| *day <= facts.as_of);
    let last = left.chain(decided).min();
    let ends = facts.case.course.ends;
    let first = first_deadline(facts);
    facts.course_deadlines.iter().copied().filter(move |&day| {
        first <= day
            && last.is_none_or(|last| day <= last)
            && !in_long_leave(facts, day)
            && !(day > ends && facts.final_report.is_some_and(|arrived| day > arrived))
    })
}

/// The day from which deadlines concern the student. Who joined after the course's start has some days from then.
pub(crate) fn first_deadline(facts: &Facts<'_>) -> Day {
    if facts.joined > facts.case.course.starts {
        facts.joined.plus_days(facts.parameters.new_arrangement_days)
    } else {
        facts.joined
    }
}

/// Whether a day lies in a leave that is long enough for no report to be asked.
fn in_long_leave(facts: &Facts<'_>, day: Day) -> bool {
    let is_long = |leave: &&Leave| leave.from.days_to(leave.until) + 1 >= facts.parameters.new_arrangement_days;
    facts.case.record.leave.iter().filter(is_long).any(|leave| leave.period().covers(day))
}

fn answered<'a>(facts: &Facts<'a>, form: Form, day: Day) -> Deadline<'a> {
    Deadline { day, answer: facts.reports(form).find(|(_, report)| report.due == Some(day)) }
}

/// The deadlines for GWP Form 2, in order.
pub(crate) fn gwp2_deadlines<'a>(facts: &Facts<'a>) -> Vec<Deadline<'a>> {
    let ends = facts.case.course.ends;
    let arranged_for = |day: Day| {
        let preceding = facts.deadline_before(day).unwrap_or(facts.case.course.starts);
        facts.arrangements.iter().filter(|one| one.begun).any(|one| {
            let period = one.period();
            period.from <= day && period.until.is_none_or(|until| until > preceding)
        })
    };
    deadlines(facts)
        .filter(|&day| day <= ends || arranged_for(day))
        .map(|day| answered(facts, Form::Gwp2, day))
        .collect()
}

/// Whether somebody was arranged by a deadline who could report.
pub(crate) fn somebody_could_report(facts: &Facts<'_>, deadline: Day) -> bool {
    facts.arrangements.iter().any(|one| one.known <= deadline)
}

/// The day by which a final report is wanted: the sessions are complete, no report has arrived since, and a competency
/// is open. None where the deadline of that day asks for it already.
pub(crate) fn final_report_due(facts: &Facts<'_>, deadlines: &[Deadline<'_>]) -> Option<Day> {
    let complete_on = facts.complete_on().filter(|_| facts.final_report.is_none())?;
    COMPETENCIES.iter().find(|code| judge(**code, facts).status == Status::Open)?;
    let earliest = complete_on.plus_days(facts.parameters.new_arrangement_days);
    let due = facts.course_deadlines.iter().copied().find(|day| *day >= earliest).unwrap_or(earliest);
    let is_asked = deadlines.iter().any(|deadline| deadline.day == due && deadline.answer.is_none());
    (!is_asked).then_some(due)
}

/// The deadlines for WRG Form 2, in order.
pub(crate) fn wrg2_deadlines<'a>(facts: &Facts<'a>) -> Vec<Deadline<'a>> {
    let ends = facts.case.course.ends;
    deadlines(facts)
        .filter(|&day| day <= ends || facts.in_wrg(day))
        .map(|day| answered(facts, Form::Wrg2, day))
        .collect()
}

/// GWP Form 2, twice a year.
pub(super) static R1: Requirement = Requirement {
    code: Code::R1,
    acts: Actor::WorkplaceSupervisor,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::ReportDates, ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    thresholds: &[],
    judge: gwp2_reports,
    remedies: |facts| missing_reports(Form::Gwp2, &gwp2_deadlines(facts), gwp2_reports(facts).status, facts),
};

/// The reports for the deadlines that are not answered, and the final one: those that are late, where one is missing;
/// else those that are still to come.
fn missing_reports(form: Form, deadlines: &[Deadline<'_>], status: Status, facts: &Facts<'_>) -> Vec<Remedy> {
    let could_come = |day: Day| form != Form::Gwp2 || somebody_could_report(facts, day);
    let is_named = |day: Day| (day < facts.as_of) == (status != Status::Open);
    let unanswered = deadlines.iter().filter(|deadline| deadline.answer.is_none() && is_named(deadline.day));
    let unanswered = unanswered.filter(|deadline| status == Status::Open || could_come(deadline.day));
    let final_report = final_report_due(facts, deadlines).filter(|due| form == Form::Gwp2 && is_named(*due));
    let for_deadlines = unanswered.map(|deadline| Remedy::Report(form, Some(deadline.day)));
    for_deadlines.chain(final_report.map(|_| Remedy::Report(form, None))).collect()
}

fn gwp2_reports(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::R1);
    let mut unmet = Vec::new();
    let deadlines = gwp2_deadlines(facts);
    add_to_come(facts, Form::Gwp2, &deadlines, &mut parts);
    for deadline in &deadlines {
        let is_missing = deadline.answer.is_none() && deadline.day < facts.as_of;
        let status = if is_missing && !somebody_could_report(facts, deadline.day) {
            let words = OfDays::alike("no GWP Form 2 for ", ", when nobody was arranged who could report");
            parts.query_of_day(deadline.day, words, [])
        } else {
            on_time(facts, Form::Gwp2, deadline, &mut parts)
        };
        unmet.extend((status != Status::Met).then_some(deadline.day));
    }
    if let Some(due) = final_report_due(facts, &deadlines) {
        let status = if facts.as_of <= due {
            parts.add(Status::Open, format!("the final GWP Form 2 is due on {due}"), [])
        } else {
            let message = format!("the final GWP Form 2 was due on {due} and is not there");
            parts.action(due, message, [])
        };
        unmet.extend((status != Status::Met).then_some(due));
    }
    finish(parts, Form::Gwp2, &unmet)
}

/// WRG Form 2, twice a year.
pub(super) static R2: Requirement = Requirement {
    code: Code::R2,
    acts: Actor::Convenor,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::ReportDates, ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    thresholds: &[],
    judge: wrg2_reports,
    remedies: |facts| missing_reports(Form::Wrg2, &wrg2_deadlines(facts), wrg2_reports(facts).status, facts),
};

fn wrg2_reports(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::R2);
    let mut unmet = Vec::new();
    let deadlines = wrg2_deadlines(facts);
    add_to_come(facts, Form::Wrg2, &deadlines, &mut parts);
    for deadline in &deadlines {
        let status = on_time(facts, Form::Wrg2, deadline, &mut parts);
        unmet.extend((status != Status::Met).then_some(deadline.day));
    }
    finish(parts, Form::Wrg2, &unmet)
}

/// Adds what is still to come, as one part: of many deadlines how many there are, with the next and the last. The course's
/// deadlines up to the limit are years away, and nobody has to do anything about them yet.
fn add_to_come(facts: &Facts<'_>, form: Form, deadlines: &[Deadline<'_>], parts: &mut Parts<'_>) {
    let days: Vec<_> =
        deadlines.iter().filter(|one| one.answer.is_none() && one.day >= facts.as_of).map(|one| one.day).collect();
    let [next, later @ ..] = days.as_slice() else { return };
    let title = form.title();
    let whole = format!("{title} is due on {}", all_of(&days));
    let message = match later {
        [_, .., last] => {
            format!("{} reports on {title} are to come: the next is due on {next}, the last on {last}", days.len())
        }
        _ => whole.clone(),
    };
    parts.add_in_short(Status::Open, message, whole);
}

/// Adds the part of one deadline that is answered or late; what is [still to come](add_to_come) is open.
fn on_time(facts: &Facts<'_>, form: Form, deadline: &Deadline<'_>, parts: &mut Parts<'_>) -> Status {
    let (title, due) = (form.title(), deadline.day);
    match deadline.answer {
        Some((index, report)) => {
            let late = due.days_to(report.received);
            let message = match late {
                ..=0 => format!("{title} for {due} arrived on {}", report.received),
                _ => format!(
                    "{title} for {due} arrived {} late",
                    counted(usize::try_from(late).unwrap_or(usize::MAX), "day", "days")
                ),
            };
            parts.add(Status::Met, message, [facts.report_place(index)])
        }
        None if due < facts.as_of => {
            let unassigned = without_due(facts, form, due);
            let (before, after) = (format!("{title} was due on "), format!(" and is not there{unassigned}"));
            let words = OfDays::new([&before, &after], [&before, &format!(",{after}")]);
            parts.action_of_day(due, words, [])
        }
        None => Status::Open,
    }
}

/// The reports that name no deadline and arrived since the one before: one of them may be what is missing.
fn without_due(facts: &Facts<'_>, form: Form, due: Day) -> String {
    let preceding = facts.deadline_before(due);
    let since = facts
        .reports(form)
        .filter(|(_, report)| report.due.is_none() && preceding.is_none_or(|preceding| report.received > preceding))
        .map(|(_, report)| report.received.to_string());
    match listed(since) {
        days if days.is_empty() => days,
        days => {
            format!(", unless the report of {days} answers it")
        }
    }
}

fn finish(parts: Parts<'_>, form: Form, unmet: &[Day]) -> Finding {
    let otherwise = format!("no deadline for {} concerns the student", form.title());
    parts.finish((Status::Met, otherwise)).due(unmet.iter().min().copied())
}

/// GWP Form 3, from the line manager.
pub(super) static R3: Requirement = Requirement {
    code: Code::R3,
    acts: Actor::Convenor,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::ReportDates, ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    thresholds: &[],
    judge: gwp3_report,
    remedies: |_| vec![Remedy::Report(Form::Gwp3, None)],
};

fn gwp3_report(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::R3);
    let mut unmet = Vec::new();
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        if let Some((index, report)) = gwp3_received(facts, arranged) {
            let message = format!("GWP Form 3 arrived on {}", report.received);
            parts.add(Status::Met, message, [facts.report_place(index)]);
            continue;
        }
        let due = gwp3_due(facts, arranged);
        let manager = match &arranged.case.record.line_manager {
            Some(manager) => format!("{}, the line manager,", manager.name),
            None => "the line manager".to_owned(),
        };
        let evidence = [arranged.at(facts, "external")];
        let status = match due {
            Some(due) if due < facts.as_of => {
                let message = format!("GWP Form 3 from {manager} was due on {due} and is not there");
                parts.action_or_ended(arranged.ended, Some(due), message, evidence)
            }
            Some(due) => parts.add(Status::Open, format!("GWP Form 3 from {manager} is due on {due}"), evidence),
            None => parts.add(Status::Open, format!("GWP Form 3 from {manager} has no deadline any more"), evidence),
        };
        if status != Status::Met {
            unmet.extend(due);
        }
    }
    parts.finish((Status::NotApplicable, "no supervisor is external to the workplace")).due(unmet.into_iter().min())
}

/// The first deadline of the course from some days after the arrangement's beginning.
pub(crate) fn gwp3_due(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Option<Day> {
    let from = arranged.period().from.plus_days(facts.parameters.new_arrangement_days);
    facts.course_deadlines.iter().copied().find(|day| *day >= from)
}

/// The line manager's report on an arrangement.
pub(crate) fn gwp3_received<'a>(facts: &Facts<'a>, arranged: &Arranged<'_>) -> Option<(usize, &'a Report)> {
    facts.reports(Form::Gwp3).find(|(_, report)| report.received >= arranged.period().from)
}

/// A report says whether the student has begun.
pub(super) static R4: Requirement = Requirement {
    code: Code::R4,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: not_started_noted,
    remedies: |facts| match not_started_noted(facts).status {
        Status::Open => vec![Remedy::Report(Form::Gwp2, None)],
        _ => Vec::new(),
    },
};

fn not_started_noted(facts: &Facts<'_>) -> Finding {
    let first_presentation = facts.presentations().map(|(day, ..)| day).min();
    let first_held = facts.sessions.all_held().first().map(|entry| entry.date);
    let mut parts = Parts::new(facts, Code::R4);
    for (index, report) in facts.reports(Form::Gwp2) {
        let received = report.received;
        let before = |day: Option<Day>| day.is_some_and(|day| day <= received);
        let place = facts.report_place(index);
        if report.not_started && before(first_presentation) {
            let message =
                format!("GWP Form 2 of {received} says that the student has not begun; the group was presented before");
            parts.query(received, message, [place.key("not_started")]);
        } else if !report.not_started && !before(first_presentation) && !before(first_held) {
            let message = format!(
                "GWP Form 2 of {received} does not say \"not begun\"; no session or presentation is recorded by then"
            );
            parts.query(received, message, [place]);
        } else {
            parts.add(Status::Met, "each GWP Form 2 agrees with what was held and presented by then", [place]);
        }
    }
    parts.finish((Status::Open, "no GWP Form 2 has arrived yet"))
}

/// Concerns that reports raise are settled.
pub(super) static R5: Requirement = Requirement {
    code: Code::R5,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: concerns_settled,
    remedies: only_rulings,
};

fn concerns_settled(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::R5);
    for (index, report) in raising_concerns(facts) {
        let Some(concerns) = &report.concerns else { continue };
        let message = format!("{} of {} raises a concern: \"{concerns}\"", report.form.title(), report.received);
        parts.query(report.received, message, [facts.report_place(index).key("concerns")]);
    }
    parts.finish((Status::NotApplicable, "no report raises a concern"))
}

/// The reports that raise a concern, each with its position among the student's reports.
pub fn raising_concerns<'f>(facts: &'f Facts<'_>) -> impl Iterator<Item = (usize, &'f Report)> {
    facts.all_reports().filter(|(_, report)| report.concerns.as_ref().is_some_and(|text| !text.is_blank()))
}
