//! What a ruling would change: it stands beside what is to be ruled on.

use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::judgement::Judgement;
use crate::records::{Ruling, RulingBody, RulingOutcome};
use crate::requirements::Status;
use crate::text::{all_of, counted};

/// What becomes of the student if the committee accepts, and if it refuses, judged as of the same day; a line for each, safe
/// to show. `of` are the dates that the ruling names.
pub(super) fn if_ruled(judgement: &Judgement<'_>, code: Code, of: &[Day]) -> Vec<String> {
    let all = if of.len() > 1 { " for all of these dates" } else { "" };
    let line = |outcome: RulingOutcome| {
        let ruling = Ruling {
            requirement: code,
            body: RulingBody::Lcc,
            date: judgement.facts.as_of,
            of: Some(of.to_vec()),
            outcome,
            minute: None,
            document: None,
            notes: None,
        };
        let changes = judgement.with_ruling(ruling, |then| changes(judgement, then, code));
        format!("if {}{all}: {changes}", outcome.word())
    };
    [RulingOutcome::Accepted, RulingOutcome::Refused].map(line).into()
}

/// What is otherwise than now, and how the verdict is then.
fn changes(now: &Judgement<'_>, then: &Judgement<'_>, code: Code) -> String {
    let mut said = figures(&now.facts, &then.facts, code);
    let changed = |status: Status| {
        let is_changed = |one: &Code| then.finding(*one).status == status && now.finding(*one).status != status;
        Code::all().filter(is_changed).map(Code::word).collect::<Vec<_>>()
    };
    for status in [Status::Met, Status::NotApplicable, Status::Open, Status::Query, Status::Action, Status::Failed] {
        let codes = changed(status);
        if !codes.is_empty() {
            let is_one = codes.len() == 1;
            said.push(format!("{} {}", all_of(codes), becomes(status, is_one)));
        }
    }
    let status = then.finding(code).status;
    if now.finding(code).status == status {
        said.push(format!("{code} stays {}", status.word()));
    }
    let (before, after) = (now.verdict, then.verdict);
    let verdict = if before == after { "stays" } else { "becomes" };
    said.push(format!("the verdict {verdict} {}", after.word()));
    said.join("; ")
}

/// The figures that are others than now, and of what is asked about the length of sessions always how many count.
fn figures(now: &Facts<'_>, then: &Facts<'_>, code: Code) -> Vec<String> {
    let mut said = Vec::new();
    let (before, after) = (now.series.len(), then.series.len());
    let count = counted(after, "session counts", "sessions count");
    if before != after {
        said.push(format!("{count} instead of {before}"));
    } else if code == Code::G4 {
        said.push(format!("{count}, as now"));
    }
    let complete = then.complete_on().filter(|day| now.complete_on() != Some(*day));
    said.extend(complete.map(|day| format!("the sessions are complete on {day}")));
    let expected = then.projected().filter(|day| now.projected() != Some(*day));
    said.extend(expected.map(|day| format!("the last session is expected on {day}")));
    let (before, after) = (now.counted_meetings(), then.counted_meetings());
    if before != after {
        let count = counted(after, "supervision meeting counts", "supervision meetings count");
        said.push(format!("{count} instead of {before}"));
    }
    said
}

fn becomes(status: Status, is_one: bool) -> &'static str {
    match (status, is_one) {
        (Status::Met, true) => "is met",
        (Status::Met, false) => "are met",
        (Status::NotApplicable, true) => "no longer applies",
        (Status::NotApplicable, false) => "no longer apply",
        (Status::Open, true) => "is open",
        (Status::Open, false) => "are open",
        (Status::Query, true) => "becomes a query",
        (Status::Query, false) => "become queries",
        (Status::Action, true) => "becomes an action",
        (Status::Action, false) => "become actions",
        (Status::Failed, _) => "can no longer be met",
    }
}
