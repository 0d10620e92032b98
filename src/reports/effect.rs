//! What an entry changed in the judgement of a student.

use super::{Audience, words};
use crate::edition::Code;
use crate::facts::{MeetingEntry, SessionEntry, UncountedMeeting};
use crate::judgement::{Judgement, next_steps};
use crate::requirements::{Finding, Status};
use crate::text::{all_of, counted, few};

/// So many requirements are named that were met, or are no longer asked for, before they are only counted.
const MOST_NAMED: usize = 4;

/// `14 of 30 sessions`, `R1 is met`, `still needed: …`: where the student stands now, what is otherwise than before, and
/// what comes next, a sentence each. Safe to show, without full stops.
pub fn effect(before: Option<&Judgement<'_>>, after: Option<&Judgement<'_>>) -> Vec<String> {
    let Some(after) = after else {
        return vec!["part of the evidence cannot be used, so nothing is judged".to_owned()];
    };
    let facts = &after.facts;
    let mut said = vec![words::sessions_of_required(facts.series.len(), facts.parameters.sessions_required)];
    let meetings = facts.counted_meetings();
    if before.is_some_and(|before| before.facts.counted_meetings() != meetings) {
        said.push(counted(meetings, "supervision meeting", "supervision meetings"));
    }
    let verdict = after.verdict;
    if let Some(before) = before.filter(|_| verdict.goes_on()) {
        said.extend(uncounted(before, after));
        said.extend(otherwise(before, after));
    }
    if before.is_none_or(|before| before.verdict != verdict) {
        said.push(format!("the verdict is now {}: {}", verdict.word(), words::verdict_meaning(verdict)));
    }
    let steps = if verdict.goes_on() { next_steps(after) } else { Vec::new() };
    if !steps.is_empty() {
        said.push(format!("still needed: {}", few(steps.iter().map(|one| words::step(one, false)), 1, "; ")));
    }
    said
}

/// Why the first session or meeting does not count that was not there before.
fn uncounted(before: &Judgement<'_>, after: &Judgement<'_>) -> Option<String> {
    let was = before.facts.sessions.all();
    let is_new = |entry: &SessionEntry| !was.iter().any(|one| (one.group, one.date) == (entry.group, entry.date));
    let sessions = after.facts.sessions.all();
    let session = sessions.iter().copied().filter(is_new).find_map(|entry| Some((entry.date, entry.uncounted?)));
    let meetings = &before.facts.meetings;
    let is_new = |entry: &&MeetingEntry| !meetings.iter().any(|one| (one.log, one.date) == (entry.log, entry.date));
    let why = |entry: &MeetingEntry| entry.uncounted.filter(|why| *why != UncountedMeeting::Cancelled);
    let meeting = after.facts.meetings.iter().filter(is_new).find_map(|entry| Some((entry.date, why(entry)?)));
    let session = session.map(|(date, reason)| {
        format!("{date} does not count: {}", words::session_reason(reason, Audience::AtTerminal))
    });
    session.or_else(|| {
        meeting.map(|(date, reason)| {
            format!("{date} does not count: {}", words::meeting_reason(reason, Audience::AtTerminal))
        })
    })
}

/// The requirements whose status is another than before.
fn otherwise(before: &Judgement<'_>, after: &Judgement<'_>) -> Vec<String> {
    let mut said = Vec::new();
    let is_changed = |finding: &&Finding| before.finding(finding.code).status != finding.status;
    let changed: Vec<&Finding> = after.findings.iter().filter(is_changed).collect();
    let with = |status: Status| changed.iter().copied().filter(move |finding| finding.status == status);
    said.extend(named(&with(Status::Met).map(|finding| finding.code).collect::<Vec<_>>(), "is met", "are met"));
    let was = |code: Code| before.finding(code).status;
    let open = |is_so: &dyn Fn(Status) -> bool| {
        with(Status::Open).map(|finding| finding.code).filter(|code| is_so(was(*code))).collect::<Vec<_>>()
    };
    let mended = open(&|was| matches!(was, Status::Query | Status::Action | Status::Failed));
    said.extend(named(&mended, "has nothing late any more", "have nothing late any more"));
    said.extend(named(&open(&|was| was == Status::Met), "is open again", "are open again"));
    said.extend(named(&open(&|was| was == Status::NotApplicable), "is still to come", "are still to come"));
    let gone: Vec<_> = with(Status::NotApplicable).map(|finding| finding.code).collect();
    said.extend(named(&gone, "no longer applies", "no longer apply"));
    for finding in with(Status::Query) {
        said.push(format!("{} is for the committee: {}", finding.code, finding.message));
    }
    for finding in with(Status::Action) {
        said.push(format!("{} needs attention: {}", finding.code, finding.message));
    }
    for finding in with(Status::Failed) {
        said.push(format!("{} can no longer be met: {}", finding.code, finding.message));
    }
    said
}

fn named(codes: &[Code], one: &str, several: &str) -> Option<String> {
    let words: Vec<_> = codes.iter().map(|code| code.word()).collect();
    match words.as_slice() {
        [] => None,
        [code] => Some(format!("{code} {one}")),
        codes if codes.len() > MOST_NAMED => Some(format!("{} requirements {several}", codes.len())),
        codes => Some(format!("{} {several}", all_of(codes))),
    }
}
