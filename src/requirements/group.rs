//! Group Work Requirements for GWP Eligibility.

use std::fmt;

use super::{Actor, Finding, Parts, Requirement, Status, StepWhen, judge};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName, ordinal};
use crate::facts::Facts;
use crate::records::{Aim, Body, Frequency, Setting};
use crate::text::{Path, Place};

const NO_GROUP: &str = "no arrangement for a group is known yet";

/// A setting in which an organisation answers for the group.
pub(super) static G1: Requirement = Requirement {
    code: Code::G1,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: organisational_setting,
};

fn organisational_setting(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G1, Status::Open, NO_GROUP);
    };
    let log = group.log;
    let at = |key| Place { file: group.file, path: Path::of(key) };
    if log.organisation.is_blank() {
        let message = format!("the log of \"{}\" names no organisation in which it takes place", log.title);
        return Finding::new(Code::G1, Status::Action, message).proven_by([at("organisation")]);
    }
    let evidence = [at("setting"), at("organisation")];
    let word = log.setting.word();
    let setting = format!("\"{}\" takes place at {} (setting: {word})", log.title, log.organisation);
    if matches!(log.setting, Setting::Health | Setting::SocialCare) {
        return Finding::new(Code::G1, Status::Met, setting).proven_by(evidence);
    }
    approved_or_query(facts, Code::G1, &setting, "which is neither a health nor a social care setting", evidence)
}

/// A therapeutic, clinical or personal development aim.
pub(super) static G2: Requirement = Requirement {
    code: Code::G2,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: group_aim,
};

fn group_aim(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G2, Status::Open, NO_GROUP);
    };
    let log = group.log;
    let aim = format!("the aim of \"{}\" is recorded as {}", log.title, log.aim.word());
    let evidence = [Place { file: group.file, path: Path::of("aim") }];
    if log.aim != Aim::Other {
        return Finding::new(Code::G2, Status::Met, aim).proven_by(evidence);
    }
    approved_or_query(facts, Code::G2, &aim, "and is for the committee to look at", evidence)
}

/// What approved arrangements settle, and what is a query until they are.
fn approved_or_query(
    facts: &Facts<'_>,
    code: Code,
    what: &str,
    doubt: &str,
    evidence: impl IntoIterator<Item = Place>,
) -> Finding {
    let approval = judge(Code::A3, facts);
    if approval.status == Status::Met {
        let message = format!("{what}; the arrangements are approved");
        return Finding::new(code, Status::Met, message).proven_by(evidence).proven_by(approval.evidence);
    }
    let mut parts = Parts::new(facts, code);
    let known = facts.group_arrangements().map(|one| one.known).min().unwrap_or(facts.as_of);
    parts.query(known, format!("{what}, {doubt}"), evidence);
    parts.finish((Status::Met, what))
}

/// Weekly or fortnightly, without long gaps.
pub(super) static G3: Requirement = Requirement {
    code: Code::G3,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::IntervalSlackDays],
    thresholds: &[("oftener_than_weekly_days", OFTENER_THAN_WEEKLY_DAYS), ("dates_for_a_rhythm", DATES_FOR_A_RHYTHM)],
    judge: group_frequency,
};

/// Fewer days than this between one session and the next, in the middle of all, is more often than weekly.
const OFTENER_THAN_WEEKLY_DAYS: i64 = 5;

/// The fewest session dates from which a rhythm slower than fortnightly can be read.
const DATES_FOR_A_RHYTHM: i64 = 5;

fn group_frequency(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G3, Status::Open, NO_GROUP);
    };
    let frequency = group.log.frequency;
    let declared = Place { file: group.file, path: Path::of("frequency") };
    let mut parts = Parts::new(facts, Code::G3);
    let Some(interval) = frequency.interval_days() else {
        let title = &group.log.title;
        let message = match frequency {
            Frequency::Monthly => format!("\"{title}\" meets monthly, neither weekly nor fortnightly"),
            _ => format!("\"{title}\" meets neither weekly nor fortnightly"),
        };
        match facts.complete_on() {
            Some(complete_on) => parts.query(complete_on, message, [declared]),
            None => parts.add(Status::Action, message, [declared]),
        };
        return parts.finish((Status::Met, ""));
    };
    let held = held_dates(facts);
    let (Some(&(first, _)), Some(&(last, last_place))) = (held.first(), held.last()) else {
        return Finding::new(Code::G3, Status::Open, "no session is held yet").proven_by([declared]);
    };
    let longest = interval + facts.parameters.interval_slack_days;
    for pair in held.windows(2) {
        let days = facts.group_breaks.days_between(pair[0].0, pair[1].0);
        if days > longest {
            let message = format!("no session between {} and {}: {days} days, breaks left out", pair[0].0, pair[1].0);
            parts.query(pair[1].0, message, [pair[0].1, pair[1].1]);
        }
    }
    if let Some(silence) = silence(facts) {
        parts.add(Status::Action, silence, [last_place]);
    }
    rhythm(facts, &held, &mut parts);
    let message = format!(
        "\"{}\" has met {} from {first} to {last}, with no gap of more than {longest} days",
        group.log.title,
        frequency.word()
    );
    let sessions = Place { path: Path::of("sessions"), ..declared };
    parts.finish((Status::Met, message)).proven_by([declared, sessions])
}

/// How long a running group has been silent, where that is longer than it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The day of the last session.
    pub since: Day,
    /// The days from there to the day of judgement, breaks left out.
    pub days: i64,
}

/// As a finding says it.
impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no session since {}: {} days, breaks left out", self.since, self.days)
    }
}

/// The silence of a running group from its last session on. Where there is one, the finding is an action.
pub(crate) fn silence(facts: &Facts<'_>) -> Option<Silence> {
    let group = facts.sessions.group.filter(|_| facts.running)?;
    let interval = facts.case.groups[group].log.frequency.interval_days()?;
    let since = facts.sessions.held_in(group).last()?.date;
    let days = facts.group_breaks.days_between(since, facts.as_of);
    (days > interval + facts.parameters.interval_slack_days).then_some(Silence { since, days })
}

/// Whether the sessions since the last accepted ruling were more often than weekly or less often than
/// fortnightly.
fn rhythm(facts: &Facts<'_>, held: &[(Day, Place)], parts: &mut Parts<'_>) {
    let settled = facts.rulings.latest_accepted_in_general(Code::G3).map(|settled| settled.ruling.date);
    let since: Vec<_> = held.iter().copied().filter(|(day, _)| settled.is_none_or(|settled| *day > settled)).collect();
    let (Some(&(first, _)), Some(&(last, place))) = (since.first(), since.last()) else { return };
    let mut differences: Vec<_> = since.windows(2).map(|pair| pair[0].0.days_to(pair[1].0)).collect();
    differences.sort_unstable();
    let (count, middle) = (differences.len(), differences.len() / 2);
    // Twice the median, so that the mean of the middle two needs no fraction.
    let twice_median = match count {
        0 => None,
        _ if count.is_multiple_of(2) => Some(differences[middle - 1] + differences[middle]),
        _ => Some(2 * differences[middle]),
    };
    if twice_median.is_some_and(|twice| twice < 2 * OFTENER_THAN_WEEKLY_DAYS) {
        let message = format!("the sessions from {first} to {last} are more often than weekly");
        parts.query(last, message, [place]);
    }
    let between: i64 = since.windows(2).map(|pair| facts.group_breaks.days_between(pair[0].0, pair[1].0)).sum();
    let steps = i64::try_from(count).unwrap_or(i64::MAX / 64);
    let fortnights = 14 * steps;
    if steps + 1 >= DATES_FOR_A_RHYTHM && 3 * between > 4 * fortnights {
        let message = format!(
            "the {} sessions from {first} to {last} are less often than fortnightly: {between} days, breaks left out",
            since.len()
        );
        parts.query(last, message, [place]);
    }
}

/// The distinct dates of the sessions held in the student's group that are judged, in order.
fn held_dates(facts: &Facts<'_>) -> Vec<(Day, Place)> {
    let mut held: Vec<_> = facts
        .sessions
        .group
        .into_iter()
        .flat_map(|group| facts.sessions.held_in(group))
        .filter(|entry| facts.is_judged(entry.date))
        .map(|entry| (entry.date, entry.place(facts.case)))
        .collect();
    held.dedup_by_key(|(day, _)| *day);
    held
}

/// An hour to an hour and a half.
pub(super) static G4: Requirement = Requirement {
    code: Code::G4,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::SessionMinutesMin, ParameterName::SessionMinutesMax],
    thresholds: &[],
    judge: session_length,
};

fn session_length(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.sessions.group.filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G4, Status::Open, NO_GROUP);
    };
    let held: Vec<_> = facts.sessions.held_in(group).filter(|entry| facts.is_judged(entry.date)).collect();
    if held.is_empty() {
        return Finding::new(Code::G4, Status::Open, "no session is held yet");
    }
    let (least, most) = (facts.parameters.session_minutes_min, facts.parameters.session_minutes_max);
    let mut parts = Parts::new(facts, Code::G4);
    for entry in held.iter().filter(|entry| entry.off_length) {
        let than = if entry.minutes < least { "shorter" } else { "longer" };
        let limit = if entry.minutes < least { least } else { most };
        let message = format!("the session of {} was {than} than {limit} minutes: {}", entry.date, entry.minutes);
        parts.query(entry.date, message, [entry.place(facts.case).key("minutes")]);
    }
    let log = Place { file: facts.case.groups[group].file, path: Path::of("sessions") };
    let message = match held.len() {
        1 => format!("the one session held lasted {least} to {most} minutes"),
        count => format!("all {count} sessions held lasted {least} to {most} minutes"),
    };
    parts.finish((Status::Met, message)).proven_by([log])
}

/// Thirty sessions of one group.
pub(super) static G5: Requirement = Requirement {
    code: Code::G5,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Always,
    before_sessions: false,
    parameters: &[
        ParameterName::SessionsRequired,
        ParameterName::SessionMinutesMin,
        ParameterName::SessionMinutesMax,
        ParameterName::CompletionYears,
    ],
    thresholds: &[],
    judge: thirty_sessions,
};

fn thirty_sessions(facts: &Facts<'_>) -> Finding {
    let (required, count) = (facts.parameters.sessions_required, facts.series.len());
    let mut finding = counted_sessions(facts, required, count).due(facts.limit);
    finding.evidence.extend(facts.series.iter().map(|entry| entry.place(facts.case)));
    finding
}

fn counted_sessions(facts: &Facts<'_>, required: usize, count: usize) -> Finding {
    let ruling = facts.rulings.latest(Code::G5);
    if let Some(complete_on) = facts.complete_on() {
        let over = if facts.sessions.together { " over all groups, taken together" } else { "" };
        let message = format!("{count} sessions{over}; the {} was on {complete_on}", ordinal(required));
        let accepted = ruling.filter(|_| facts.sessions.together).map(|settled| facts.ruling_place(settled));
        return Finding::new(Code::G5, Status::Met, message).proven_by(accepted);
    }
    let of_all = facts.sessions.all_counted();
    if let Some(last) = of_all.last().filter(|_| of_all.len() >= required) {
        let is_refused = ruling.is_some_and(|settled| !settled.is_accepted() && settled.ruling.date >= last.date);
        if !is_refused {
            let message = format!(
                "{count} of {required} sessions in one group; {} over all groups, if the committee accepts them together",
                of_all.len()
            );
            let mut finding = Finding::new(Code::G5, Status::Query, message.clone());
            finding.queries.push(super::Query { date: last.date, message });
            return finding;
        }
    }
    if facts.as_of > facts.limit {
        let message = format!("{count} of {required} sessions when the limit of {} passed", facts.limit);
        return Finding::new(Code::G5, Status::Failed, message);
    }
    let message = match facts.projected() {
        Some(day) => format!("{count} of {required} sessions; the {} is projected for {day}", ordinal(required)),
        None => format!("{count} of {required} sessions"),
    };
    Finding::new(Code::G5, Status::Open, message)
}

/// The group is presented in the WRG.
pub(super) static G6: Requirement = Requirement {
    code: Code::G6,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Always,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: presented_in_wrg,
};

fn presented_in_wrg(facts: &Facts<'_>) -> Finding {
    let due = facts.case.course.ends;
    let begins = facts.group_arrangements().map(|one| one.period().from).min();
    let presented = begins.and_then(|begins| {
        facts
            .presentations()
            .filter(|(day, wrg, _)| wrg.record.from <= facts.as_of && *day >= begins)
            .min_by_key(|(day, ..)| *day)
    });
    if let Some((day, _, place)) = presented {
        let message = format!("the group was presented in the WRG on {day}");
        return Finding::new(Code::G6, Status::Met, message).proven_by([place]).due(due);
    }
    let message = "no presentation of the group in the WRG is recorded";
    if facts.as_of <= due {
        return Finding::new(Code::G6, Status::Open, message).due(due);
    }
    let mut parts = Parts::new(facts, Code::G6);
    let entries = facts.begun_wrg().map(|wrg| facts.place(Path::of("wrg").index(wrg.index)));
    if facts.in_wrg(facts.as_of) {
        parts.add(Status::Action, message, entries);
    } else {
        parts.query(due, format!("{message}, and the course has ended"), entries);
    }
    parts.finish((Status::Met, "")).due(due)
}
