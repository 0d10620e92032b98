//! What a ruling would change: it stands beside what is to be ruled on.

use super::{AgendaPart as Part, Matter};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::judgement::Judgement;
use crate::records::{Ruling, RulingBody, RulingOutcome};
use crate::requirements::{CONCERNS, Status};
use crate::text::{all_of, counted};

/// What becomes of the student if the committee accepts, and if it refuses, judged as of the same day; a line for each, safe
/// to show. `of` are the dates that the ruling names.
pub(super) fn if_ruled(judgement: &Judgement<'_>, code: Code, of: &[Day]) -> Vec<String> {
    let all = if of.len() > 1 { " for all of these dates" } else { "" };
    let line = |outcome: RulingOutcome| {
        let ruling = ruling(judgement, code, of, outcome);
        let changes = judgement.with_rulings(vec![ruling], |then| changes(judgement, then, (code, of, outcome)));
        let word = outcome.word();
        match (code, outcome) {
            // To accept a concern sounds as if it were upheld.
            (CONCERNS, RulingOutcome::Accepted) => {
                format!("if the committee takes the concern as settled ({word}): {changes}")
            }
            (CONCERNS, RulingOutcome::Refused) => format!("if it asks for more ({word}): {changes}"),
            _ => format!("if {word}{all}: {changes}"),
        }
    };
    [RulingOutcome::Accepted, RulingOutcome::Refused].map(line).into()
}

/// Says with the last of several things to rule on about one student what becomes of the student if all of them are accepted.
/// Where arrangements are to be approved too, rulings alone say nothing of it.
pub(super) fn say_of_all(matters: &mut [Matter<'_>], judgement: &Judgement<'_>) {
    let is_ruled_on = |one: &Matter<'_>| matches!(one.part, Part::Queries | Part::Concerns) && one.date.is_some();
    let ruling =
        |one: &Matter<'_>| ruling(judgement, one.code, &one.days().collect::<Vec<_>>(), RulingOutcome::Accepted);
    let rulings: Vec<_> = matters.iter().filter(|one| is_ruled_on(one)).map(ruling).collect();
    if rulings.len() < 2 || matters.iter().any(|one| one.part == Part::Arrangements) {
        return;
    }
    let becomes = judgement.with_rulings(rulings, |then| verdict(judgement, then));
    if let Some(last) = matters.iter_mut().rfind(|one| is_ruled_on(one)) {
        last.details.push(format!("if all that is to be ruled on about this student is accepted: {becomes}"));
    }
}

fn ruling(judgement: &Judgement<'_>, code: Code, of: &[Day], outcome: RulingOutcome) -> Ruling {
    Ruling {
        requirement: code,
        body: RulingBody::Lcc,
        date: judgement.facts.as_of,
        of: Some(of.to_vec()),
        outcome,
        minute: None,
        document: None,
        notes: None,
    }
}

/// What is otherwise than now, and how the verdict is then.
fn changes(now: &Judgement<'_>, then: &Judgement<'_>, (code, of, outcome): (Code, &[Day], RulingOutcome)) -> String {
    let status = then.finding(code).status;
    // What is refused and no longer asked about is not met in the eyes of anybody: it does not count.
    let is_let_go = outcome == RulingOutcome::Refused
        && matches!(status, Status::Met | Status::NotApplicable)
        && now.finding(code).status != status;
    let mut said = Vec::new();
    if is_let_go {
        let lost = then.facts.sessions.all().iter().filter(|one| of.contains(&one.date) && !one.counts()).count();
        let lost = (code == Code::G4 && lost > 0).then(|| {
            if lost == 1 {
                "this session does not count".to_owned()
            } else {
                format!("these {lost} sessions do not count")
            }
        });
        let nothing = "nothing more is asked";
        said.push(lost.map_or_else(|| format!("{nothing} about {code}"), |lost| format!("{lost}, and {nothing}")));
    }
    said.extend(figures(&now.facts, &then.facts, code));
    let changed = |status: Status| {
        let is_changed = |one: &Code| {
            let is_told = is_let_go && *one == code;
            !is_told && then.finding(*one).status == status && now.finding(*one).status != status
        };
        Code::all().filter(is_changed).map(Code::word).collect::<Vec<_>>()
    };
    for status in [Status::Met, Status::NotApplicable, Status::Open, Status::Query, Status::Action, Status::Failed] {
        let codes = changed(status);
        if !codes.is_empty() {
            let is_one = codes.len() == 1;
            said.push(format!("{} {}", all_of(codes), becomes(status, is_one)));
        }
    }
    if now.finding(code).status == status {
        said.push(format!("{code} stays {}", status.word()));
    }
    said.push(verdict(now, then));
    said.join("; ")
}

fn verdict(now: &Judgement<'_>, then: &Judgement<'_>) -> String {
    let verb = if now.verdict == then.verdict { "stays" } else { "becomes" };
    format!("the verdict {verb} {}", then.verdict.word())
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
