//! The case of a student as a picture: terms and breaks, sessions, supervision below them so that a gap is seen, forms,
//! decisions.

use super::picture::{Drawing, Picture, Shape, Stretch};
use super::scale::Scale;
use crate::calendar::Day;
use crate::facts::{Facts, MeetingEntry, UncountedMeeting};
use crate::judgement::Judgement;
use crate::records::{Matter, Session};
use crate::reports::{Audience, meeting_reason, missed_reason, of_group, session_reason, tells_joint};
use crate::requirements::{gwp2_deadlines, wrg2_deadlines};
use crate::text::{all_of, counted, spaced};

/// A mark of a lane: its day, its shape, and what it is in words.
pub(super) type Mark = (Day, Shape, String);

/// The picture of a student's case, as somebody reads it.
pub fn time_line(judgement: &Judgement<'_>, name: &str, audience: Audience) -> Picture {
    let facts = &judgement.facts;
    let course = facts.case.course;
    let last = [Some(course.ends), Some(facts.as_of.min(facts.limit)), facts.projected(), facts.complete_on()];
    let last = last.into_iter().flatten().max().unwrap_or(course.ends);
    let scale = Scale::new(course.starts.min(facts.joined), last);
    let mut drawing = Drawing::new(format!("The case of {name} in time"), scale, audience);
    stretches(facts, &mut drawing);
    let mut said = Vec::new();
    for group in facts.arranged_groups() {
        let title = facts.case.groups[group].log.title.to_string();
        drawing.lane(&title, sessions_of(facts, group, audience));
        said.push(of_sessions(facts, group, &title, &drawing.tally()));
    }
    drawing.lane("Supervision", meetings(facts, audience));
    said.extend(of_meetings(facts, &drawing.tally()));
    for (name, marks) in [("Forms", forms(facts)), ("Decisions", decisions(facts, audience))] {
        drawing.lane(name, marks);
        // What it counts says what it is about.
        let tally = drawing.tally();
        said.extend((!tally.is_empty()).then(|| format!("{}.", all_of(tally))));
    }
    said.extend(of_missing_forms(facts));
    if said.is_empty() {
        said.push("Nothing is recorded yet.".to_owned());
    }
    said.extend(of_times_away(facts));
    drawing.upright(facts.as_of, format!("judged {}", facts.as_of), true);
    if let Some(projected) = facts.projected().filter(|_| facts.complete_on().is_none() && !facts.has_left()) {
        drawing.upright(projected, format!("last session expected {projected}"), false);
    }
    drawing.upright(facts.limit, format!("limit {}", facts.limit), false);
    drawing.described(said.join(" "))
}

/// The terms of the course, the breaks of the student's groups, and leave.
fn stretches(facts: &Facts<'_>, drawing: &mut Drawing) {
    for term in &facts.case.course.terms {
        drawing.band(Stretch::Term, (term.starts, term.ends), format!("{} term", term.name));
    }
    let groups = facts.arranged_groups();
    for group in &groups {
        let of = of_group(facts, *group, groups.len());
        for (from, until) in facts.breaks_of(*group) {
            drawing.band(Stretch::Break, (from, until), format!("break{of} from {from} to {until}"));
        }
    }
    for leave in &facts.case.record.leave {
        drawing.band(
            Stretch::Leave,
            (leave.from, leave.until),
            format!("leave from {} to {}", leave.from, leave.until),
        );
    }
}

/// Every entry of a group's log, with what becomes of it for the student.
pub(super) fn sessions_of(facts: &Facts<'_>, group: usize, audience: Audience) -> Vec<Mark> {
    let entries = facts.sessions.all();
    let missed = facts.missed();
    let log = facts.case.groups[group].log;
    let mark = |(index, session): (usize, &Session)| {
        let entry = entries.iter().find(|entry| (entry.group, entry.index) == (group, index));
        let missed = missed.iter().find(|entry| (entry.group, entry.index) == (group, index));
        let (shape, what) = match entry {
            Some(entry) => match entry.uncounted {
                None => (Shape::Counted, format!("{} minutes, counts", entry.minutes)),
                Some(reason) if entry.waits_for_a_word() => {
                    (Shape::Planned, session_reason(reason, audience).to_owned())
                }
                Some(reason) => (Shape::Uncounted, format!("does not count: {}", session_reason(reason, audience))),
            },
            None => match missed {
                Some(missed) => (Shape::Cancelled, missed_reason(*missed, audience).to_owned()),
                None if session.date <= facts.as_of => {
                    // On no day of the student's arrangement with the group.
                    return None;
                }
                None if session.cancelled.is_some() => (Shape::CancelledAhead, "it is cancelled".to_owned()),
                None if session.absent.contains(facts.case.id) => {
                    (Shape::CancelledAhead, format!("{} will be away", the_student(audience)))
                }
                None => (Shape::Planned, "still to come".to_owned()),
            },
        };
        Some((session.date, shape, format!("{}: {what}", session.date)))
    };
    log.sessions.iter().enumerate().filter_map(mark).collect()
}

/// Every entry of the logs of the student's supervision.
pub(super) fn meetings(facts: &Facts<'_>, audience: Audience) -> Vec<Mark> {
    facts.meetings.iter().map(|entry| meeting(*entry, audience)).collect()
}

fn the_student(audience: Audience) -> &'static str {
    if audience == Audience::Student { "you" } else { "the student" }
}

fn meeting(entry: MeetingEntry, audience: Audience) -> Mark {
    let (shape, what) = match entry.uncounted {
        None if entry.joint && tells_joint(audience) => (Shape::JointMeeting, "joint supervision meeting".to_owned()),
        None => (Shape::Meeting, "supervision meeting".to_owned()),
        Some(reason @ (UncountedMeeting::Planned | UncountedMeeting::Contradicted)) => {
            (Shape::Planned, meeting_reason(reason, audience).to_owned())
        }
        Some(reason @ (UncountedMeeting::Cancelled | UncountedMeeting::Absent)) => {
            (Shape::Cancelled, meeting_reason(reason, audience).to_owned())
        }
        Some(reason) => (Shape::UncountedMeeting, format!("does not count: {}", meeting_reason(reason, audience))),
    };
    (entry.date, shape, format!("{}: {what}", entry.date))
}

/// The forms that arrived, and the deadlines that no report answers.
fn forms(facts: &Facts<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = facts
        .all_reports()
        .map(|(_, report)| {
            (report.received, Shape::Report, format!("{}: {} received", report.received, report.form.title()))
        })
        .collect();
    marks.extend(facts.form1_submitted().map(|day| (day, Shape::Report, format!("{day}: GWP Form 1 received"))));
    for (deadlines, form) in [(gwp2_deadlines(facts), "GWP Form 2"), (wrg2_deadlines(facts), "WRG Form 2")] {
        marks.extend(deadlines.iter().filter(|one| one.answer.is_none()).map(|one| {
            let shape = if one.day < facts.as_of { Shape::Missing } else { Shape::Due };
            (one.day, shape, format!("{form} due on {}", one.day))
        }));
    }
    marks
}

fn decisions(facts: &Facts<'_>, audience: Audience) -> Vec<Mark> {
    let record = facts.case.record;
    let mut marks = Vec::new();
    for matter in [Matter::Arrangements, Matter::Award] {
        marks.extend(facts.decisions(matter).map(|decided| {
            let one = decided.decision;
            let what = format!("{} on {}: {}", one.body.title(), matter.title(), spaced(one.outcome.word()));
            (one.date, Shape::Decision, format!("{}: {what}", one.date))
        }));
    }
    let rulings = record.ruling.iter().filter(|one| one.date <= facts.as_of);
    marks.extend(rulings.map(|one| {
        let about = one.requirement.subject();
        let what = format!("{} on {about}: {}", one.body.title(), one.outcome.word());
        (one.date, Shape::Ruling, format!("{}: {what}", one.date))
    }));
    let left = format!("{} left the course", the_student(audience));
    let events = [
        (record.diploma.as_ref().and_then(|diploma| diploma.completed), "Diploma completed"),
        (facts.complete_on(), "the required sessions are complete"),
        (record.withdrawn, left.as_str()),
    ];
    let past = events.into_iter().filter_map(|(day, what)| Some((day.filter(|day| *day <= facts.as_of)?, what)));
    marks.extend(past.map(|(day, what)| (day, Shape::Event, format!("{day}: {what}"))));
    marks
}

/// What the lane of a group shows.
fn of_sessions(facts: &Facts<'_>, group: usize, title: &str, tally: &[String]) -> String {
    let counting = || facts.sessions.all().iter().filter(|entry| entry.group == group && entry.counts());
    let Some((first, last)) = counting().next().zip(counting().next_back()) else {
        let tally = if tally.is_empty() { "no session is recorded".to_owned() } else { tally.join(", ") };
        return format!("In \"{title}\" {tally}.");
    };
    // What counts comes first in the tally.
    let counted = tally.first().map(|words| format!("{words}, from {} to {}", first.date, last.date));
    let all: Vec<String> = counted.into_iter().chain(tally.iter().skip(1).cloned()).collect();
    format!("In \"{title}\" {}.", all.join("; "))
}

/// What the lane of supervision shows, and how much of it the requirement does not look at.
fn of_meetings(facts: &Facts<'_>, tally: &[String]) -> Option<String> {
    let tally = (!tally.is_empty()).then(|| format!("Supervision: {}.", tally.join(", ")))?;
    let counting = || facts.meetings.iter().filter(|entry| entry.counts()).map(|entry| entry.date);
    let Some((first, last)) = counting().min().zip(counting().max()) else { return Some(tally) };
    let mut said = vec![tally, format!("Those that count are from {first} to {last}.")];
    let begun = facts.sessions.held().first().map(|entry| entry.date);
    let before = counting().filter(|day| begun.is_some_and(|begun| *day < begun)).count();
    let after = counting().filter(|day| !facts.is_judged(*day)).count();
    let of_them = |count| counted(count, "of them was", "of them were");
    if before > 0 {
        said.push(format!("{} before the first session, from which the fortnights are counted.", of_them(before)));
    }
    if after > 0 {
        let are = if after == 1 { "is" } else { "are" };
        said.push(format!("{} after the last session that is needed, and {are} not judged.", of_them(after)));
    }
    Some(said.join(" "))
}

fn of_missing_forms(facts: &Facts<'_>) -> Option<String> {
    let missing = forms(facts).into_iter().filter(|(_, shape, _)| *shape == Shape::Missing);
    let missing: Vec<_> = missing.map(|(.., what)| what).collect();
    (!missing.is_empty()).then(|| format!("Not there: {}.", all_of(missing)))
}

/// Breaks of the groups and leave, as far as they are behind the lanes.
fn of_times_away(facts: &Facts<'_>) -> Vec<String> {
    let times = |times: &[(Day, Day)]| {
        times.iter().map(|(from, until)| format!("{from} to {until}")).collect::<Vec<_>>().join(", ")
    };
    let groups = facts.arranged_groups();
    let of_one = |group: &usize| {
        let breaks = facts.breaks_of(*group);
        (!breaks.is_empty()).then(|| format!("Breaks{}: {}.", of_group(facts, *group, groups.len()), times(&breaks)))
    };
    let leave: Vec<_> = facts.case.record.leave.iter().map(|leave| (leave.from, leave.until)).collect();
    let on_leave = (!leave.is_empty()).then(|| format!("Leave: {}.", times(&leave)));
    groups.iter().filter_map(of_one).chain(on_leave).collect()
}
