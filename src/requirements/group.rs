//! Group Work Requirements for GWP Eligibility.

use std::fmt;

use super::remedy::{arrangement_first, once_arranged};
use super::words::{OfDays, cancelled, days_of, until_complete};
use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen, is_approved, judge, requirement};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName, ordinal};
use crate::facts::Facts;
use crate::records::{Aim, Body, Frequency, Setting};
use crate::text::{Path, SourcePath, spaced};

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
    remedies: |facts| suitable(facts, facts.group().is_some_and(|group| group.log.organisation.is_blank())),
};

fn organisational_setting(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G1, Status::Open, NO_GROUP);
    };
    let log = group.log;
    let at = |key| SourcePath { file: group.file, path: Path::of(key) };
    if log.organisation.is_blank() {
        let message = format!("the log of \"{}\" names no organisation in which it takes place", log.title);
        return Finding::new(Code::G1, Status::Action, message).proven_by([at("organisation")]);
    }
    let evidence = [at("setting"), at("organisation")];
    let word = spaced(log.setting.word());
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
    remedies: |facts| suitable(facts, false),
};

fn group_aim(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G2, Status::Open, NO_GROUP);
    };
    let log = group.log;
    let aim = format!("the aim of \"{}\" is recorded as {}", log.title, spaced(log.aim.word()));
    let evidence = [SourcePath { file: group.file, path: Path::of("aim") }];
    if log.aim != Aim::Other {
        return Finding::new(Code::G2, Status::Met, aim).proven_by(evidence);
    }
    approved_or_query(facts, Code::G2, &aim, "and the committee is to look at it", evidence)
}

/// The organisation, where the log names none; else the approval of the arrangements.
fn suitable(facts: &Facts<'_>, lacks_organisation: bool) -> Vec<Remedy> {
    let mut settle = (requirement(Code::A3).remedies)(facts);
    settle.retain(|one| matches!(one, Remedy::Decision(..)) && !lacks_organisation);
    settle.extend(lacks_organisation.then_some(Remedy::Organisation));
    arrangement_first(facts, &settle)
}

/// What approved arrangements settle, and what is a query until they are.
fn approved_or_query(
    facts: &Facts<'_>,
    code: Code,
    what: &str,
    doubt: &str,
    evidence: impl IntoIterator<Item = SourcePath>,
) -> Finding {
    if is_approved(facts) {
        let message = format!("{what}; the arrangements are approved");
        let approval = judge(Code::A3, facts).evidence;
        return Finding::new(code, Status::Met, message).proven_by(evidence).proven_by(approval);
    }
    let mut parts = Parts::new(facts, code);
    parts.query(known_since(facts), format!("{what}, {doubt}"), evidence);
    parts.finish((Status::Met, what))
}

/// The earliest day on which an arrangement of the student's group became known.
fn known_since(facts: &Facts<'_>) -> Day {
    facts.group_arrangements().map(|one| one.known).min().unwrap_or(facts.as_of)
}

/// Weekly or fortnightly, without long gaps.
pub(super) static G3: Requirement = Requirement {
    code: Code::G3,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::IntervalSlackDays, ParameterName::NewArrangementDays],
    thresholds: &[("oftener_than_weekly_days", OFTENER_THAN_WEEKLY_DAYS), ("dates_for_a_rhythm", DATES_FOR_A_RHYTHM)],
    judge: group_frequency,
    remedies: next_session,
};

/// The next session, where the group is yet to begin or has gone quiet.
fn next_session(facts: &Facts<'_>) -> Vec<Remedy> {
    let has_no_rhythm = facts.group().is_some_and(|group| group.log.frequency.interval_days().is_none());
    let is_quiet = silence(facts).is_some() || facts.sessions.held().is_empty();
    if is_quiet && !has_no_rhythm { once_arranged(facts, Remedy::NextSession) } else { arrangement_first(facts, &[]) }
}

/// Fewer days than this between one session and the next, in the middle of all, is more often than weekly.
const OFTENER_THAN_WEEKLY_DAYS: i64 = 5;

/// The fewest session dates from which a rhythm can be read.
const DATES_FOR_A_RHYTHM: i64 = 5;

/// The days of a fortnight.
const FORTNIGHT_DAYS: i64 = 14;

fn group_frequency(facts: &Facts<'_>) -> Finding {
    let Some(group) = facts.group().filter(|_| facts.has_arrangement()) else {
        return Finding::new(Code::G3, Status::Open, NO_GROUP);
    };
    let frequency = group.log.frequency;
    let declared = SourcePath { file: group.file, path: Path::of("frequency") };
    let mut parts = Parts::new(facts, Code::G3);
    let Some(interval) = frequency.interval_days() else {
        let title = &group.log.title;
        let message = match frequency {
            Frequency::Monthly => format!("\"{title}\" meets monthly, neither weekly nor fortnightly"),
            _ => format!("\"{title}\" meets neither weekly nor fortnightly"),
        };
        match facts.complete_on() {
            Some(_) => parts.query(known_since(facts), message, [declared]),
            None => parts.action(known_since(facts), message, [declared]),
        };
        return parts.finish((Status::Met, ""));
    };
    let held = held_dates(facts);
    let (Some(&(first, _)), Some(&(last, last_place))) = (held.first(), held.last()) else {
        if let Some(silence) = silence(facts) {
            parts.add(Status::Action, silence, [declared]);
        }
        return parts.finish((Status::Open, "no session is held yet"));
    };
    let longest = interval + facts.parameters.interval_slack_days;
    for pair in held.windows(2) {
        let days = facts.group_breaks.days_between(pair[0].0, pair[1].0);
        if days > longest {
            let (from, to) = (pair[0].0, pair[1].0);
            let called_off = cancelled_between(facts, from, to);
            let message = format!("no session between {from} and {to}: {}{called_off}", days_of(days, longest));
            parts.query(to, message, [pair[0].1, pair[1].1]);
        }
    }
    if let Some(silence) = silence(facts) {
        let called_off = cancelled_between(facts, last, facts.as_of.plus_days(1));
        parts.add(Status::Action, format!("{silence}{called_off}"), [last_place]);
    }
    rhythm(facts, &held, &mut parts);
    let message = format!(
        "\"{}\" has met {} from {first} to {last}, with no gap over {longest} days, breaks aside",
        group.log.title,
        frequency.word()
    );
    let sessions = SourcePath { path: Path::of("sessions"), ..declared };
    parts.finish((Status::Met, message)).proven_by([declared, sessions])
}

/// What is said of the sessions of the student's group that were cancelled between two days; empty where none was.
fn cancelled_between(facts: &Facts<'_>, from: Day, to: Day) -> String {
    let missed = facts.missed();
    let in_gap = missed.iter().filter(|entry| Some(entry.group) == facts.sessions.group);
    let in_gap = in_gap.filter(|entry| from < entry.date && entry.date < to);
    let why = |group: usize, index: usize| facts.case.groups[group].log.sessions[index].cancelled.as_ref();
    cancelled("sessions", in_gap.filter_map(|entry| Some((entry.date, why(entry.group, entry.index)?))))
}

/// How long a running group has been silent, where that is longer than it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The day of the last session; where none was held, that from which one was to be expected.
    pub since: Day,
    /// The days from there to the day of judgement, not counting breaks.
    pub days: i64,
    /// The most such days that are no silence.
    pub allowed: i64,
    /// Whether a session was held at all.
    pub has_begun: bool,
}

/// As a finding says it.
impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { since, days, allowed, has_begun } = self;
        let began = if *has_begun { "" } else { "the arrangement began on " };
        write!(f, "no session since {began}{since}: {}", days_of(*days, *allowed))
    }
}

/// The silence of a running group from its last session on, or from the beginning of the arrangement where none was
/// held. Where there is one, the finding is an action.
pub(crate) fn silence(facts: &Facts<'_>) -> Option<Silence> {
    let group = facts.sessions.group.filter(|_| facts.running)?;
    let interval = facts.case.groups[group].log.frequency.interval_days()?;
    let last_held = facts.sessions.held_in(group).last().map(|entry| entry.date);
    let (since, longest) = match last_held {
        Some(last) => (last, interval + facts.parameters.interval_slack_days),
        None if facts.on_leave() => return None,
        None => {
            let covering = facts.group_arrangements().map(|one| (one.period(), one.case.index));
            let covering = covering.filter(|(period, _)| period.covers(facts.as_of));
            let (period, _) = covering.max_by_key(|(period, index)| (period.from, *index))?;
            (period.from.max(facts.joined), facts.parameters.new_arrangement_days)
        }
    };
    let days = facts.group_breaks.days_between(since, facts.as_of);
    (days > longest).then_some(Silence { since, days, allowed: longest, has_begun: last_held.is_some() })
}

/// Whether the sessions since the last ruling that settled their rhythm were more often than weekly or less often than
/// fortnightly.
fn rhythm(facts: &Facts<'_>, held: &[(Day, SourcePath)], parts: &mut Parts<'_>) {
    let is_after = |day: Day, since: Option<Day>| since.is_none_or(|since| day > since);
    let first_after = |since| held.iter().map(|(day, _)| *day).find(|day| is_after(*day, since));
    let settled = facts.rulings.window(Code::G3, None, first_after);
    let since: Vec<_> = held.iter().copied().filter(|(day, _)| is_after(*day, settled)).collect();
    let count = i64::try_from(since.len()).unwrap_or(i64::MAX / 64);
    let (Some(&(first, place)), Some(&(last, _))) = (since.first(), since.last()) else { return };
    if count < DATES_FOR_A_RHYTHM {
        return;
    }
    let mut differences: Vec<_> = since.windows(2).map(|pair| pair[0].0.days_to(pair[1].0)).collect();
    differences.sort_unstable();
    let middle = differences.len() / 2;
    // Twice the median, so that the mean of the middle two needs no fraction.
    let twice_median = if differences.len().is_multiple_of(2) {
        differences[middle - 1] + differences[middle]
    } else {
        2 * differences[middle]
    };
    if twice_median < 2 * OFTENER_THAN_WEEKLY_DAYS {
        let message = format!("the {count} sessions from {first} to {last} are more often than weekly");
        parts.query(first, message, [place]);
    }
    let between: i64 = since.windows(2).map(|pair| facts.group_breaks.days_between(pair[0].0, pair[1].0)).sum();
    if 3 * between > 4 * FORTNIGHT_DAYS * (count - 1) {
        let message = format!(
            "the {count} sessions from {first} to {last} are less often than fortnightly: {between} days, not counting breaks"
        );
        parts.query(first, message, [place]);
    }
}

/// The distinct dates of the sessions held in the student's group that are judged, in order.
fn held_dates(facts: &Facts<'_>) -> Vec<(Day, SourcePath)> {
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
    remedies: |facts| once_arranged(facts, Remedy::Session),
};

fn session_length(facts: &Facts<'_>) -> Finding {
    if !facts.has_arrangement() {
        return Finding::new(Code::G4, Status::Open, NO_GROUP);
    }
    let held: Vec<_> = facts.sessions.all_held().iter().filter(|entry| facts.is_judged(entry.date)).collect();
    if held.is_empty() {
        return Finding::new(Code::G4, Status::Open, "no session is held yet");
    }
    let mut parts = Parts::new(facts, Code::G4);
    for entry in held.iter().filter(|entry| entry.off_length) {
        let parameters = facts.parameters_on(entry.date);
        let (least, most) = (parameters.session_minutes_min, parameters.session_minutes_max);
        let (than, limit) = if entry.minutes < least { ("shorter", least) } else { ("longer", most) };
        let after = |was: &str| format!(" {was} {than} than {limit} minutes: {}", entry.minutes);
        let words = OfDays::new(["the session of ", &after("was")], ["the sessions of ", &after("were")]);
        parts.query_of_day(entry.date, words, [entry.place(facts.case).key("minutes")]);
    }
    let mut groups: Vec<_> = held.iter().map(|entry| entry.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let logs =
        groups.iter().map(|group| SourcePath { file: facts.case.groups[*group].file, path: Path::of("sessions") });
    // Where all the others are settled, these are what it is met by.
    let within = held.iter().filter(|entry| !entry.off_length).count();
    let message = match within {
        0 => "no session of the accepted length is held yet, and none is left to judge".to_owned(),
        1 if held.len() == 1 => "the one session held is within the accepted length".to_owned(),
        count if count == held.len() => format!("all {count} sessions held are within the accepted length"),
        1 => "the other session held is within the accepted length".to_owned(),
        count => format!("the {count} other sessions held are within the accepted length"),
    };
    parts.finish((Status::Met, message + &until_complete(facts))).proven_by(logs)
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
    remedies: more_sessions,
};

/// Word of what could still count, where the limit is past; sessions before.
fn more_sessions(facts: &Facts<'_>) -> Vec<Remedy> {
    if facts.as_of <= facts.limit {
        return once_arranged(facts, Remedy::Session);
    }
    let entries = facts.sessions.all().iter().filter(|entry| entry.waits_for_a_word());
    let words = entries.map(|entry| Remedy::Word { group: entry.group, date: entry.date });
    let lengths = judge(Code::G4, facts).queries.into_iter().map(|query| Remedy::Ruling(Code::G4, query.date));
    let pending: Vec<_> = words.chain(lengths).collect();
    if pending.is_empty() { vec![Remedy::Extension] } else { pending }
}

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
            finding.queries.push(super::Query { date: last.date, status: Status::Query, message });
            return finding;
        }
    }
    if facts.as_of > facts.limit {
        let last = of_all.last().map(|entry| entry.date);
        let is_refused = ruling.is_some_and(|settled| !settled.is_accepted() && Some(settled.ruling.date) >= last);
        if let Some(waiting) = could_be_complete(facts, required, is_refused) {
            let message = format!(
                "{count} of {required} sessions when the limit of {} passed; {waiting} more could still count",
                facts.limit
            );
            return Finding::new(Code::G5, Status::Open, message);
        }
        let message = format!("{count} of {required} sessions when the limit of {} passed", facts.limit);
        return Finding::new(Code::G5, Status::Failed, message);
    }
    let message = match facts.projected().filter(|_| !facts.has_left()) {
        Some(day) => format!("{count} of {required} sessions; the {} is projected for {day}", ordinal(required)),
        None => format!("{count} of {required} sessions"),
    };
    Finding::new(Code::G5, Status::Open, message)
}

/// How many dates still wait for a word, where with these there could be enough sessions: in one group alone, where the
/// committee has refused to take them together.
fn could_be_complete(facts: &Facts<'_>, required: usize, is_refused: bool) -> Option<usize> {
    let of_group = |group: usize| (facts.sessions.counted_of(group).count(), facts.sessions.pending_of(group).len());
    let each = (0..facts.case.groups.len()).map(of_group);
    if is_refused {
        each.filter(|(counted, pending)| counted + pending >= required).map(|(_, pending)| pending).max()
    } else {
        let (counted, pending) = each.fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
        (counted + pending >= required).then_some(pending)
    }
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
    remedies: presentation,
};

/// A presentation, once there are a group and a WRG.
fn presentation(facts: &Facts<'_>) -> Vec<Remedy> {
    // Without a group only the committee can settle what the course has left open.
    if facts.as_of > facts.case.course.ends && !facts.has_arrangement() && !facts.in_wrg(facts.as_of) {
        return Vec::new();
    }
    let is_placed = facts.begun_wrg().next().is_some();
    arrangement_first(facts, &[if is_placed { Remedy::Presentation } else { Remedy::WrgPlace }])
}

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
