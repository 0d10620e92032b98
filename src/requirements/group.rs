//! Group Work Requirements for GWP Eligibility.

use std::fmt;

use super::words::ordinal;
use super::{Finding, Parts, Requirement, Status, judge};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::Facts;
use crate::records::{Aim, Frequency, Setting};
use crate::text::{Path, Place};

const HEADING: &str = "Group Work Requirements for GWP Eligibility";

const NO_GROUP: &str = "no arrangement for a group is known yet";

/// A setting in which an organisation answers for the group.
pub(super) static G1: Requirement = Requirement {
    code: Code::G1,
    heading: HEADING,
    asks: "The group takes place in an organisation that is fit for it, for example a health or social care service.",
    readings: &[
        "The source gives health and social care as examples: both are taken as they stand, and any other setting is \
         for the committee, which answers it by approving the arrangements.",
    ],
    parameters: &[],
    judged: "No arrangement: open. The group's log names no organisation: an action. A health or social care \
        setting: met. Any other setting: met where the arrangements are approved (A3), else a query dated the day on \
        which an arrangement with this group first became known.",
    met_when: "A carers' group run by a council's adult services, with the setting social-care.",
    unmet_when: "A group in a private practice while the arrangements are not approved: a query.",
    settled_by: "Approve the arrangements (A3), or record a [[ruling]] on G1: accepted, it is met; refused, it is an \
        action. A missing organisation is entered in the group's log.",
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
    heading: HEADING,
    asks: "The group is therapeutic or clinical, or serves personal development; it need not be psychodynamic.",
    readings: &[
        "An aim recorded as other is for the committee, which answers it by approving the arrangements.",
        "The approach (CBT, MBT, reflective practice or another) is recorded and never judged.",
    ],
    parameters: &[],
    judged: "No arrangement: open. The aim is therapeutic, clinical or personal-development: met. It is other: met \
        where the arrangements are approved (A3), else a query dated the day on which an arrangement with this group \
        first became known.",
    met_when: "A reflective practice group for ward staff, with the aim personal-development.",
    unmet_when: "A team's planning meeting, with the aim other, while the arrangements are not approved: a query.",
    settled_by: "Approve the arrangements (A3), or record a [[ruling]] on G2: accepted, it is met; refused, it is an \
        action.",
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
    heading: HEADING,
    asks: "The group meets every week or every fortnight.",
    readings: &[
        "A meeting may come a week late (interval_slack_days) before the committee is asked.",
        "Announced breaks, the student's leave and, for a group that keeps the terms, the time between terms are \
         left out of a gap.",
        "More often than weekly: the middle one of all steps between sessions, in plain days, is shorter than five \
         days (of two middle ones, their mean).",
        "Less often than fortnightly: five sessions or more took over a third longer than fortnights would, breaks \
         left out.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[ParameterName::IntervalSlackDays],
    judged: "No arrangement: open. The group is recorded as neither weekly nor fortnightly: an action, or once the \
        sessions are complete a query dated that day. No session held: open. Otherwise the days with sessions are \
        followed in order. A gap between two of them longer than 7 or 14 days and the slack together: a query dated \
        the later day. The same gap from the last session on, while the group is running: an action, the group has \
        fallen silent. Sessions after the latest accepted ruling that names no dates, more often than weekly or less \
        often than fortnightly: a query dated the last of them. None of these: met.",
    met_when: "A weekly group that missed one Tuesday in March and met again the week after.",
    unmet_when: "A weekly group without a session between 3 March 2026 and 24 March 2026, no break announced: a \
        query dated 24 March 2026.",
    settled_by: "A [[ruling]] on G3: accepted, it is met; refused, it is an action. Accepted without naming dates, \
        it also starts the question of rhythm anew. A silent group is mended by its next session, or by recording \
        the break.",
    judge: group_frequency,
};

/// Fewer days than this between one session and the next, in the middle of all, is more often than weekly.
const OFTENER_THAN_WEEKLY_DAYS: i64 = 5;

/// The fewest session dates from which a rhythm slower than fortnightly can be read.
const DATES_FOR_A_RHYTHM: usize = 5;

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
    let fortnights = 14 * i64::try_from(count).unwrap_or(i64::MAX / 64);
    if since.len() >= DATES_FOR_A_RHYTHM && 3 * between > 4 * fortnights {
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
    heading: HEADING,
    asks: "A session lasts an hour, or an hour and a half.",
    readings: &[
        "The two lengths are taken as a range: whatever lies between them is accepted too.",
        "A session to which nobody came does not count, and its length is not asked about.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[ParameterName::SessionMinutesMin, ParameterName::SessionMinutesMax],
    judged: "No arrangement, or no session held in the student's group: open. Each session held in it that was too \
        short or too long: a query dated its day, unless nobody came. None: met.",
    met_when: "Thirty sessions of 75 minutes.",
    unmet_when: "A session of 45 minutes on 10 February 2026: a query dated 10 February 2026.",
    settled_by: "A [[ruling]] on G4. Accepted, the session counts. Refused, it does not count; that settles it, and \
        the requirement is met.",
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
    heading: HEADING,
    asks: "The group runs for at least thirty sessions.",
    readings: &[
        "The sessions are those of one group; the committee may accept those of several groups taken together.",
        "A session counts when an arrangement covers it, the student had joined and conducted it, it was not after \
         the limit, somebody came, its length is accepted (G4), and no earlier entry of that day counts.",
        "An agreed extension moves the limit.",
    ],
    parameters: &[
        ParameterName::SessionsRequired,
        ParameterName::SessionMinutesMin,
        ParameterName::SessionMinutesMax,
        ParameterName::CompletionYears,
    ],
    judged: "Due by the limit. One group has the required number of counted sessions: met; where the latest ruling \
        on G5 is accepted, the sessions of all groups are taken together. All groups together have the number and no \
        single one has: a query, unless the latest ruling on G5 refused that on the day of the last of these \
        sessions or later. Otherwise open up to the limit, and failed after it.",
    met_when: "Thirty sessions of one weekly group, the last on 16 June 2026.",
    unmet_when: "Twelve sessions of a group that closed and eighteen of a new one: a query.",
    settled_by: "A [[ruling]] on G5, whatever dates it names; the latest holds. Accepted, all sessions form one \
        series. Refused, they stay apart, until a later session raises the query again.",
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
    heading: HEADING,
    asks: "The student presents the group in the Work Reflection Group (WRG).",
    readings: &[
        "One presentation is enough, on or after the first day of an arrangement with the group.",
        "It is due by the end of the course.",
    ],
    parameters: &[],
    judged: "A presentation in a WRG entry that has begun, on or after the earliest first day of the arrangements \
        with the student's group: met. Otherwise open up to the end of the course. After it, an action while the \
        student is in a WRG, else a query dated the end of the course.",
    met_when: "The arrangement began on 6 October 2025, and the group was presented on 14 November 2025.",
    unmet_when: "The course ended on 11 July 2026, the student left the WRG that day, and no presentation is \
        recorded: a query.",
    settled_by: "Record the presentation. Where the student is in no WRG any more: a [[ruling]] on G6; accepted, it \
        is met; refused, it is an action.",
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
