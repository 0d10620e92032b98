//! What is unusual in records: allowed, and more often a slip than meant. Nothing of it is a problem of the folder; who
//! records it is asked, and what was there before is left alone.

use std::collections::BTreeSet;

use crate::calendar::Day;
use crate::case::{Entry, Records};
use crate::records::{
    Body, Course, Decision, Form, LogEntry, Matter, Outcome, Report, RulingBody, SessionLog, Student, Supervisor,
};
use crate::text::{Text, all_of, counted};

/// An insurance or a registration that is shorter is a slip of a key: a reading, four weeks.
const SHORTEST: i64 = 28;

/// One that is longer has the wrong century: a reading.
const LONGEST_YEARS: u32 = 10;

/// So long after its end a course still has meetings: a reading, four months.
const AFTER_ITS_END: i64 = 122;

/// So long before its students' courses begin nothing in a log is of them: a reading, four months.
const BEFORE_IT_BEGINS: i64 = 122;

/// More people than come to a group, unless as many came before: a reading.
const MOST_PRESENT: u32 = 25;

/// Lengths of which a digit is missing, or one too many is there: a reading.
const FEWEST_MINUTES: u16 = 15;
const MOST_MINUTES: u16 = 240;

/// What is unusual in the records `after` and was not `before`: sentences without a full stop, safe to show.
pub(super) fn newly_unusual(before: &Records, after: &Records) -> Vec<String> {
    let mut known = unusual(before);
    let mut new = unusual(after);
    new.retain(|one| match known.iter().position(|known| known == one) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    });
    new
}

fn unusual(records: &Records) -> Vec<String> {
    let mut found = Vec::new();
    for course in records.courses.iter().filter_map(Entry::used) {
        meetings(course, &mut found);
    }
    for supervisor in records.supervisors.iter().filter_map(Entry::used) {
        registrations(supervisor, &mut found);
    }
    for student in records.students.iter().filter_map(Entry::used) {
        insurances(student, &mut found);
        reports(student, records, &mut found);
        decisions(student, &mut found);
        on_no_list(student, records, &mut found);
    }
    for entry in &records.logs {
        if let Some(log) = entry.used() {
            sessions(&entry.id, log, &mut found);
            before_the_course(&entry.id, log, records, &mut found);
        }
    }
    found
}

fn meetings(course: &Course, found: &mut Vec<String>) {
    let last = course.ends.plus_days(AFTER_ITS_END);
    for date in course.lcc_meetings.iter().filter(|date| **date < course.starts || last < **date) {
        let Course { name, starts, ends, .. } = course;
        found.push(format!("the LCC meeting of {date} lies outside {name}, which runs from {starts} to {ends}"));
    }
}

/// What is odd about how long something is valid.
fn length(what: &str, from: Day, until: Day) -> Option<String> {
    let days = from.days_to(until) + 1;
    if (1..SHORTEST).contains(&days) {
        let days = counted(usize::try_from(days).unwrap_or_default(), "day", "days");
        return Some(format!("{what} is valid for {days} only, from {from} to {until}"));
    }
    (from.plus_years(LONGEST_YEARS) < until)
        .then(|| format!("{what} is valid for more than {LONGEST_YEARS} years, from {from} to {until}"))
}

fn registrations(supervisor: &Supervisor, found: &mut Vec<String>) {
    for one in &supervisor.registrations {
        let what = format!("the {} registration of {}", one.body, supervisor.name);
        let Some(expires) = one.expires else { continue };
        match one.checked {
            Some(checked) if expires < checked => {
                found.push(format!("{what} was checked on {checked}, and had expired on {expires}"));
            }
            _ => found.extend(one.from.and_then(|from| length(&what, from, expires))),
        }
    }
}

fn insurances(student: &Student, found: &mut Vec<String>) {
    for one in &student.insurance {
        let what = format!("the insurance of {}", student.name);
        found.extend(one.until.and_then(|until| length(&what, one.from, until)));
    }
}

fn sessions(id: &Text, log: &SessionLog, found: &mut Vec<String>) {
    let present = |entry: LogEntry<'_>| match entry {
        LogEntry::Session(session) => session.present,
        LogEntry::Meeting(_) => None,
    };
    let of = log.kind().entry_word();
    let mut counts: Vec<u32> = log.entries().filter_map(present).collect();
    counts.sort_unstable();
    for entry in log.entries() {
        let date = entry.date();
        if let Some(came) = present(entry).filter(|came| *came > MOST_PRESENT) {
            // A large group is large each time.
            let mut others = counts.clone();
            others.remove(counts.partition_point(|count| *count < came));
            if others.get(others.len() / 2).is_none_or(|usual| came > usual.saturating_mul(2)) {
                found.push(format!("in the {of} of {id} on {date}, {came} people came"));
            }
        }
        let minutes = entry.minutes().filter(|minutes| !(FEWEST_MINUTES..=MOST_MINUTES).contains(minutes));
        if let Some(minutes) = minutes {
            found.push(format!("the {of} of {id} on {date} lasted {}", counted(minutes.into(), "minute", "minutes")));
        }
    }
}

/// What a log has from long before the course of any of its students began.
fn before_the_course(id: &Text, log: &SessionLog, records: &Records, found: &mut Vec<String>) {
    let course = |id: &Text| {
        let student = records.students.iter().find(|one| one.id == *id)?.used()?;
        records.courses.iter().find(|one| one.id == student.course)?.used()
    };
    let Some(first) = log.people().iter().filter_map(course).min_by_key(|course| course.starts) else { return };
    let of = log.kind().entry_word();
    let is_long_before = |date: &Day| date.plus_days(BEFORE_IT_BEGINS) < first.starts;
    for date in log.entries().map(LogEntry::date).filter(is_long_before) {
        let Course { name, starts, .. } = first;
        found.push(format!("the {of} of {id} on {date} was long before {name}, which begins on {starts}"));
    }
}

/// Reports by somebody who supervised the student at another time. Of somebody who never did, the folder's problems tell.
fn reports(student: &Student, records: &Records, found: &mut Vec<String>) {
    let course = records.courses.iter().find(|entry| entry.id == student.course).and_then(Entry::used);
    let Some(course) = course else { return };
    let report_dates = records.parameters_of(course, Day::last()).report_dates;
    for report in &student.report {
        let Some(by) = &report.by else { continue };
        let times = times(student, report);
        let theirs: Vec<_> = times.iter().filter(|(supervisor, ..)| *supervisor == by).collect();
        let answers = report.due.unwrap_or(report.received);
        let before = course.deadlines(&report_dates, answers.plus_days(-1)).into_iter().max();
        let begins = before.unwrap_or(course.starts);
        let is_then =
            |from: Day, until: Option<Day>| from <= report.received && until.is_none_or(|until| begins <= until);
        if theirs.is_empty() || theirs.iter().any(|(_, from, until)| is_then(*from, *until)) {
            continue;
        }
        let name = |id: &Text| {
            let entry = records.supervisors.iter().find(|entry| entry.id == *id);
            entry.and_then(|entry| entry.record.as_deref()).map_or_else(|| id.clone(), |one| one.name.clone())
        };
        let mut others: Vec<Text> = times
            .iter()
            .filter(|(_, from, until)| *from <= answers && until.is_none_or(|until| answers <= until))
            .map(|(supervisor, ..)| name(supervisor))
            .collect();
        others.dedup();
        let instead =
            if others.is_empty() { "and nobody did".to_owned() } else { format!("but {} did", all_of(&others)) };
        found.push(format!(
            "{} of {} is by {}, who did not supervise {} then, {instead}",
            report.form.title(),
            report.received,
            name(by),
            student.name
        ));
    }
}

/// Who supervised a student where a report comes from, with the first and the last day.
fn times<'s>(student: &'s Student, report: &Report) -> Vec<(&'s Text, Day, Option<Day>)> {
    match report.form {
        Form::Gwp2 => {
            let standing = student.arrangement.iter().filter(|one| one.withdrawn.is_none());
            standing.map(|one| (&one.supervisor, one.from, one.until)).collect()
        }
        Form::Wrg2 => student.wrg.iter().map(|one| (&one.supervisor, one.from, one.until)).collect(),
        Form::Gwp3 => Vec::new(),
    }
}

fn decisions(student: &Student, found: &mut Vec<String>) {
    let name = &student.name;
    for (position, one) in student.decision.iter().enumerate() {
        let (body, matter, date) = (one.body.title(), one.about.title(), one.date);
        if one.outcome == Outcome::Ratified && !rests_on_something(student, one) {
            let lacks = match one.about {
                Matter::Arrangements => "no approval of them",
                Matter::Award => "no award by the SPC",
            };
            found
                .push(format!("the {body} ratified the {matter} of {name} on {date}, and {lacks} is recorded by then"));
        }
        if let Some(earlier) = said_already(student, position) {
            found.push(format!(
                "the {body} decided on {date} about the {matter} of {name} what it had decided on {}: {}",
                earlier.date,
                one.outcome.word()
            ));
        }
    }
}

/// Days on which the LCC decided or ruled, and which no list of its meetings has, nor a record of the meeting. Where nobody
/// keeps a list, none lacks a day.
fn on_no_list(student: &Student, records: &Records, found: &mut Vec<String>) {
    let courses = records.courses.iter().filter_map(Entry::used).flat_map(|course| &course.lcc_meetings);
    let of_folder = records.gwp.iter().flat_map(|gwp| &gwp.lcc_meetings);
    let listed: Vec<Day> = courses.chain(of_folder).copied().collect();
    let minuted = records.meetings.iter().filter_map(Entry::used).filter(|one| one.body == Body::Lcc);
    let known: Vec<Day> = listed.iter().copied().chain(minuted.map(|one| one.date)).collect();
    let decided = student.decision.iter().filter(|one| one.body == Body::Lcc).map(|one| one.date);
    let ruled = student.ruling.iter().filter(|one| one.body == RulingBody::Lcc).map(|one| one.date);
    let days: BTreeSet<Day> = decided.chain(ruled).filter(|day| !listed.is_empty() && !known.contains(day)).collect();
    let says = |day| format!("no list of LCC meetings has {day}, on which the LCC decided about {}", student.name);
    found.extend(days.into_iter().map(says));
}

/// Whether there is something to ratify. That the SPC is before the LCC is a problem of the folder, which is told of.
fn rests_on_something(student: &Student, one: &Decision) -> bool {
    let by_then = || student.decision.iter().filter(|other| other.about == one.about && other.date <= one.date);
    match one.about {
        Matter::Award => by_then().any(|other| (other.body, other.outcome) == (Body::Spc, Outcome::Awarded)),
        Matter::Arrangements => {
            let decides =
                |other: &&Decision| matches!(other.body, Body::Lcc | Body::Ntm) && other.outcome != Outcome::Ratified;
            match by_then().filter(decides).max_by_key(|other| other.date) {
                Some(last) => last.outcome == Outcome::Approved,
                None => one.body == Body::Spc,
            }
        }
    }
}

/// The decision before this one by which its body said the same of the same matter, where nothing has happened since that
/// could be decided about again.
fn said_already(student: &Student, position: usize) -> Option<&Decision> {
    let one = student.decision.get(position).filter(|one| one.outcome.is_favourable())?;
    let about_it = || student.decision.iter().filter(|other| other.about == one.about && other.date < one.date);
    let before = about_it().filter(|other| other.body == one.body).max_by_key(|other| other.date)?;
    let is_since = |day: Day| before.date < day && day <= one.date;
    let is_open_again = about_it().any(|other| is_since(other.date) && !other.outcome.is_favourable());
    let is_newer = student.arrangement.iter().any(|arrangement| {
        let known = [Some(arrangement.from), arrangement.confirmed, arrangement.proposed];
        known.into_iter().flatten().any(is_since)
    });
    let is_same = before.outcome == one.outcome && before.conditions.len() == one.conditions.len();
    (is_same && !is_open_again && !(one.about == Matter::Arrangements && is_newer)).then_some(before)
}

#[cfg(test)]
mod tests;
