//! The case of a student as a picture: terms and breaks, sessions, supervision below them so that a gap is seen, forms,
//! decisions.

use super::picture::{Drawing, Picture, Shape, Stretch};
use super::scale::Scale;
use crate::calendar::Day;
use crate::facts::{Facts, MeetingEntry, UncountedMeeting};
use crate::judgement::Judgement;
use crate::records::{Matter, Session};
use crate::reports::{meeting_reason, session_reason};
use crate::requirements::{gwp2_deadlines, wrg2_deadlines};
use crate::text::{all_of, counted};

/// A mark of a lane: its day, its shape, and what it is in words.
type Mark = (Day, Shape, String);

/// The picture of a student's case.
pub fn time_line(judgement: &Judgement<'_>, name: &str) -> Picture {
    let facts = &judgement.facts;
    let course = facts.case.course;
    let last = [Some(course.ends), Some(facts.as_of.min(facts.limit)), facts.projected(), facts.complete_on()];
    let last = last.into_iter().flatten().max().unwrap_or(course.ends);
    let scale = Scale::new(course.starts.min(facts.joined), last);
    let mut drawing = Drawing::new(format!("The case of {name} in time"), scale);
    stretches(facts, &mut drawing);
    let groups = groups(facts);
    for group in &groups {
        let title = &facts.case.groups[*group].log.title;
        drawing.lane(&title.to_string(), sessions_of(facts, *group));
    }
    drawing.lane("Supervision", facts.meetings.iter().map(|entry| meeting(*entry)));
    drawing.lane("Forms", forms(facts));
    drawing.lane("Decisions", decisions(facts));
    drawing.upright(facts.as_of, format!("judged {}", facts.as_of), true);
    if let Some(projected) = facts.projected().filter(|_| facts.complete_on().is_none() && !facts.has_left()) {
        drawing.upright(projected, format!("last session expected {projected}"), false);
    }
    drawing.upright(facts.limit, format!("limit {}", facts.limit), false);
    drawing.described(description(facts, &groups))
}

/// The terms of the course, and the breaks and leave of the student's group.
fn stretches(facts: &Facts<'_>, drawing: &mut Drawing) {
    for term in &facts.case.course.terms {
        drawing.band(Stretch::Term, (term.starts, term.ends), format!("{} term", term.name));
    }
    for &(from, until) in facts.group_breaks.spans() {
        drawing.band(Stretch::Break, (from, until), format!("break from {from} to {until}"));
    }
    for leave in &facts.case.record.leave {
        drawing.band(
            Stretch::Leave,
            (leave.from, leave.until),
            format!("leave from {} to {}", leave.from, leave.until),
        );
    }
}

/// The groups of the arrangements that are judged, each once, in the order in which they begin.
fn groups(facts: &Facts<'_>) -> Vec<usize> {
    let mut arranged: Vec<_> = facts.arrangements.iter().map(|one| (one.period().from, one.case.group)).collect();
    arranged.sort_unstable();
    let mut groups = Vec::new();
    for (_, group) in arranged {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// Every entry of a group's log, with what becomes of it for the student.
fn sessions_of(facts: &Facts<'_>, group: usize) -> Vec<Mark> {
    let entries = facts.sessions.all();
    let log = facts.case.groups[group].log;
    let mark = |(index, session): (usize, &Session)| {
        let entry = entries.iter().find(|entry| (entry.group, entry.index) == (group, index));
        let (shape, what) = match entry {
            Some(entry) => match entry.uncounted {
                None => (Shape::Counted, format!("{} minutes, counts", entry.minutes)),
                Some(reason) if entry.waits_for_a_word() => (Shape::Planned, session_reason(reason).to_owned()),
                Some(reason) => (Shape::Uncounted, format!("does not count: {}", session_reason(reason))),
            },
            None if session.cancelled.is_some() => (Shape::Cancelled, "cancelled".to_owned()),
            None if session.absent.contains(facts.case.id) => {
                (Shape::Cancelled, "the student was not there".to_owned())
            }
            None if session.date > facts.as_of => (Shape::Planned, "still to come".to_owned()),
            // Before the student had anything to do with the group.
            None => return None,
        };
        Some((session.date, shape, format!("{}: {what}", session.date)))
    };
    log.sessions.iter().enumerate().filter_map(mark).collect()
}

fn meeting(entry: MeetingEntry) -> Mark {
    let (shape, what) = match entry.uncounted {
        None if entry.joint => (Shape::JointMeeting, "joint supervision meeting".to_owned()),
        None => (Shape::Meeting, "supervision meeting".to_owned()),
        Some(reason @ (UncountedMeeting::Planned | UncountedMeeting::Contradicted)) => {
            (Shape::Planned, meeting_reason(reason).to_owned())
        }
        Some(reason @ (UncountedMeeting::Cancelled | UncountedMeeting::Absent)) => {
            (Shape::Cancelled, meeting_reason(reason).to_owned())
        }
        Some(reason) => (Shape::UncountedMeeting, format!("does not count: {}", meeting_reason(reason))),
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
            (one.day, shape, format!("{}: {form} due", one.day))
        }));
    }
    marks
}

fn decisions(facts: &Facts<'_>) -> Vec<Mark> {
    let record = facts.case.record;
    let mut marks = Vec::new();
    for matter in [Matter::Arrangements, Matter::Award] {
        marks.extend(facts.decisions(matter).map(|decided| {
            let one = decided.decision;
            let what = format!("{} on {}: {}", one.body.title(), matter.title(), one.outcome.word());
            (one.date, Shape::Decision, format!("{}: {what}", one.date))
        }));
    }
    let rulings = record.ruling.iter().filter(|one| one.date <= facts.as_of);
    marks.extend(rulings.map(|one| {
        let what = format!("{} on {}: {}", one.body.title(), one.requirement, one.outcome.word());
        (one.date, Shape::Ruling, format!("{}: {what}", one.date))
    }));
    let events = [
        (record.diploma.as_ref().and_then(|diploma| diploma.completed), "Diploma completed"),
        (facts.complete_on(), "the required sessions are complete"),
        (record.withdrawn, "the student left the course"),
    ];
    let past = events.into_iter().filter_map(|(day, what)| Some((day.filter(|day| *day <= facts.as_of)?, what)));
    marks.extend(past.map(|(day, what)| (day, Shape::Event, format!("{day}: {what}"))));
    marks
}

/// What the picture shows, in sentences.
fn description(facts: &Facts<'_>, groups: &[usize]) -> String {
    let entries = facts.sessions.all();
    let mut said = Vec::new();
    for &group in groups {
        let of = || entries.iter().filter(move |entry| entry.group == group);
        let counting = of().filter(|entry| entry.counts()).count();
        let others = of().count() - counting;
        let days = of().find(|entry| entry.counts()).zip(of().rfind(|entry| entry.counts()));
        let between = days.map(|(first, last)| format!(", from {} to {}", first.date, last.date)).unwrap_or_default();
        let title = &facts.case.groups[group].log.title;
        let others =
            if others > 0 { format!("; {} not", counted(others, "other does", "others do")) } else { String::new() };
        said.push(format!(
            "In \"{title}\" {}{between}{others}.",
            counted(counting, "session counts", "sessions count")
        ));
    }
    let meetings: Vec<Day> = facts.meetings.iter().filter(|entry| entry.counts()).map(|entry| entry.date).collect();
    if let (Some(first), Some(last)) = (meetings.first(), meetings.last()) {
        let count = counted(meetings.len(), "supervision meeting counts", "supervision meetings count");
        said.push(format!("{count}, from {first} to {last}."));
    }
    let missing: Vec<_> = forms(facts).into_iter().filter(|(_, shape, _)| *shape == Shape::Missing).collect();
    if !missing.is_empty() {
        let days = missing.iter().map(|(day, ..)| day);
        said.push(format!("Forms due on {} are not there.", all_of(days)));
    }
    said.join(" ")
}
