//! Required Supervision Arrangements for GWP Eligibility; and, for S8, Requirements for Students Running Group
//! after the End of the Diploma Course.

use super::lapses::{Series, distinct, stretches};
use super::words::{counted, listed};
use super::{Finding, Parts, Requirement, Status, confirmation_due, form1_due};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Facts, MeetingEntry};
use crate::text::{Path, Place};

const HEADING: &str = "Required Supervision Arrangements for GWP Eligibility";

const NO_ARRANGEMENT: &str = "no arrangement is known yet";

/// A workplace supervisor beside the WRG supervisor.
pub(super) static S1: Requirement = Requirement {
    code: Code::S1,
    heading: HEADING,
    asks: "The student has a workplace supervisor besides the WRG supervisor.",
    readings: &[
        "The two are taken to be two people.",
        "Both are to be there by the day on which GWP Form 1 is due (A1).",
        "From the first arrangement on, somebody supervises in the workplace without a gap until the sessions are \
         complete or the limit has passed.",
    ],
    parameters: &[ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    judged: "No arrangement: open until GWP Form 1 is due (A1), then an action. No WRG entry that has begun: the \
        same. An arrangement has begun and none covers the day, the sessions are not complete and the limit has not \
        passed: an action. One person holds both roles at once, from a day no later than the completion of the \
        sessions: an action while both last, else a query dated the earlier of the two ends. None of these: met.",
    met_when: "Kit Lowe supervises the group on the ward, Ines Farrow the WRG.",
    unmet_when: "Kit Lowe supervises both the group and the WRG: an action.",
    settled_by: "Record the supervisor who is missing, or end one of the two roles. Where it is past: a [[ruling]] \
        on S1; accepted, it is met; refused, it is an action.",
    judge: two_supervisors,
};

fn two_supervisors(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S1);
    let due = form1_due(facts);
    let not_there = if facts.as_of <= due { Status::Open } else { Status::Action };
    if !facts.has_arrangement() {
        parts.add(not_there, "no workplace supervisor is arranged", []);
    }
    if facts.begun_wrg().next().is_none() {
        parts.add(not_there, "no WRG supervisor is recorded", []);
    }
    let in_time = facts.complete_on().is_none() && facts.as_of <= facts.limit;
    let covering = facts.arrangements.iter().any(|one| one.period().covers(facts.as_of));
    if in_time && !covering && facts.arrangements.iter().any(|one| one.begun) {
        let ended = facts.arrangements.iter().filter(|one| one.begun).map(|one| one.at(facts, "until"));
        parts.add(Status::Action, "nobody supervises the student in the workplace at present", ended);
    }
    for arranged in facts.arrangements.iter().filter(|one| one.begun) {
        same_person_twice(facts, arranged, &mut parts);
    }
    let workplace = facts.arrangements.iter().map(|one| one.at(facts, "supervisor"));
    let wrg = facts.begun_wrg().map(|wrg| facts.place(Path::of("wrg").index(wrg.index).key("supervisor")));
    let evidence: Vec<_> = workplace.chain(wrg).collect();
    let names = |one: &Arranged<'_>| one.case.supervisor.record.name.to_string();
    let message = format!(
        "the workplace supervisor ({}) is another person than the WRG supervisor",
        listed(facts.arrangements.iter().map(names))
    );
    parts.finish((Status::Met, message)).proven_by(evidence)
}

/// One person in both offices on the same day, as far as it is judged.
fn same_person_twice(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) {
    for wrg in facts.begun_wrg().filter(|wrg| wrg.supervisor.id == arranged.case.supervisor.id) {
        let (workplace, reflection) = (arranged.period(), facts.case.wrg_period(wrg));
        let Some(first) = workplace.first_common_day(reflection).filter(|day| facts.is_judged(*day)) else { continue };
        let name = &wrg.supervisor.record.name;
        let message = format!("{name} is workplace supervisor and WRG supervisor at once, from {first}");
        let evidence =
            [arranged.at(facts, "supervisor"), facts.place(Path::of("wrg").index(wrg.index).key("supervisor"))];
        let ends = [workplace.until, reflection.until].into_iter().flatten().min();
        match ends.filter(|_| !(workplace.covers(facts.as_of) && reflection.covers(facts.as_of))) {
            Some(end) => parts.query(end, message, evidence),
            None => parts.add(Status::Action, message, evidence),
        };
    }
}

/// A registration with UKCP or BACP, or other evidence.
pub(super) static S2: Requirement = Requirement {
    code: Code::S2,
    heading: HEADING,
    asks: "The workplace supervisor is registered with UKCP or BACP, or shows other evidence of fitting experience \
        and training.",
    readings: &[
        "A registration is taken as shown once somebody has checked it, and other evidence once it is accepted.",
        "It is to hold on the day itself, or on the arrangement's last day or the day on which the sessions were \
         complete, where that is earlier.",
        "The source gives no day for this: it is to be there when the supervisor's confirmation is due (A2).",
    ],
    parameters: &[ParameterName::Registers, ParameterName::NewArrangementDays],
    judged: "For each arrangement. A checked registration with one of the registers, valid on the day, its last day \
        included: met. Other evidence, accepted: met. Such a registration not checked, other evidence not accepted, \
        or a valid registration with another body: a query dated the day on which the arrangement became known. \
        Otherwise open until the confirmation is due (A2), then an action, or a query dated the arrangement's last \
        day where it has ended. No arrangement: open.",
    met_when: "Registered with BACP, checked on 30 September 2025, valid to 30 September 2026.",
    unmet_when: "Registered with BABCP only: a query.",
    settled_by: "Enter the check, or the day on which the other evidence was accepted, in the supervisor's record. \
        Or a [[ruling]] on S2: accepted, it is met; refused, it is an action until a registration or other evidence \
        is in order.",
    judge: supervisor_registered,
};

fn supervisor_registered(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S2);
    for arranged in &facts.arrangements {
        registered(facts, arranged, &mut parts);
    }
    parts.finish((Status::Open, NO_ARRANGEMENT))
}

fn registered(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) -> Status {
    let supervisor = arranged.case.supervisor;
    let name = &supervisor.record.name;
    let at = |path: Path| Place { file: supervisor.file, path };
    let day = [arranged.period().until, facts.complete_on()].into_iter().flatten().fold(facts.as_of, Day::min);
    let arrived = |date: Option<Day>| date.is_some_and(|date| date <= facts.as_of);
    let valid = || {
        supervisor.record.registrations.iter().enumerate().filter(|(_, one)| one.expires.is_none_or(|last| day <= last))
    };
    let in_register = |body: &str| facts.parameters.registers.iter().any(|register| register == body);
    let of_register =
        |checked: bool| valid().find(|(_, one)| in_register(one.body.raw()) && (!checked || arrived(one.checked)));
    let registration = |index: usize| at(Path::of("registrations").index(index));
    if let Some((index, one)) = of_register(true) {
        let message = format!("{name} is registered with {}", one.body);
        return parts.add(Status::Met, message, [registration(index)]);
    }
    if let Some(evidence) = &supervisor.record.other_evidence
        && arrived(evidence.accepted)
    {
        let message = format!("{name} has other evidence, accepted: {}", evidence.what);
        return parts.add(Status::Met, message, [at(Path::of("other_evidence"))]);
    }
    if let Some((index, one)) = of_register(false) {
        let message = format!("{name}'s registration with {} is not checked", one.body);
        return parts.query(arranged.known, message, [registration(index)]);
    }
    if let Some(evidence) = &supervisor.record.other_evidence {
        let message = format!("{name} has other evidence, not accepted yet: {}", evidence.what);
        return parts.query(arranged.known, message, [at(Path::of("other_evidence"))]);
    }
    if let Some((index, one)) = valid().next() {
        let registers = listed(facts.parameters.registers.iter().map(|word| crate::text::visible(word)));
        let message = format!("{name} is registered with {}, not with {registers}", one.body);
        return parts.query(arranged.known, message, [registration(index)]);
    }
    let last_valid = supervisor.record.registrations.iter().enumerate();
    let last_valid = last_valid.filter_map(|(index, one)| Some((index, one.expires?))).max_by_key(|(_, day)| *day);
    let (message, place) = match last_valid {
        Some((index, day)) => (format!("{name}'s registration expired on {day}"), registration(index)),
        None => (format!("no registration of {name} is recorded, nor other evidence"), at(Path::root())),
    };
    missing(facts, arranged, message, [place], parts)
}

/// What has to be there by the day on which the arrangement is to be confirmed: open until then, an action after,
/// a query once the arrangement has ended.
fn missing(
    facts: &Facts<'_>,
    arranged: &Arranged<'_>,
    message: String,
    evidence: impl IntoIterator<Item = Place>,
    parts: &mut Parts<'_>,
) -> Status {
    if facts.as_of <= confirmation_due(facts, arranged) {
        parts.add(Status::Open, message, evidence)
    } else {
        parts.action_or_ended(arranged.ended, message, evidence)
    }
}

/// Experience of supervising groups, and a CV, where the supervisor is not a group analyst.
pub(super) static S3: Requirement = Requirement {
    code: Code::S3,
    heading: HEADING,
    asks: "A workplace supervisor who is not a group analyst shows experience of supervising group work and sends a \
        CV, by which the Course Director judges it.",
    readings: &[
        "It is met once the Course Director's judgement is recorded.",
        "The source gives no day for this: it is to be there when the supervisor's confirmation is due (A2).",
    ],
    parameters: &[ParameterName::NewArrangementDays],
    judged: "For each arrangement. The supervisor is a group analyst: does not apply. No experience of supervising \
        groups is described, or no CV has arrived: open until the confirmation is due (A2), then an action, or a \
        query dated the arrangement's last day where it has ended. Both are there and the Course Director has judged \
        the experience suitable: met. Both are there and not judged: a query dated the day on which the arrangement \
        became known. No arrangement: open.",
    met_when: "Eight years of supervising MBT groups, the CV received on 1 October 2025 and judged suitable on 3 \
        October 2025.",
    unmet_when: "The same, while the Course Director has not judged it: a query.",
    settled_by: "Enter what is missing, or the day of the Course Director's judgement, in the supervisor's record. \
        Or a [[ruling]] on S3: accepted, it is met; refused, it is an action.",
    judge: supervisor_experience,
};

fn supervisor_experience(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S3);
    for arranged in &facts.arrangements {
        let supervisor = arranged.case.supervisor;
        let name = &supervisor.record.name;
        let at = |key| Place { file: supervisor.file, path: Path::of(key) };
        let arrived = |date: Option<Day>| date.is_some_and(|date| date <= facts.as_of);
        if supervisor.record.group_analyst {
            parts.add(Status::NotApplicable, format!("{name} is a group analyst"), [at("group_analyst")]);
            continue;
        }
        let experience = supervisor.record.group_supervision_experience.as_ref().filter(|text| !text.is_blank());
        let has_cv = arrived(supervisor.record.cv_received);
        let message = match (experience, has_cv) {
            (None, false) => format!("neither a CV of {name} nor experience of supervising groups is recorded"),
            (None, true) => format!("no experience of {name} in supervising groups is recorded"),
            (Some(_), false) => format!("the CV of {name} has not arrived"),
            (Some(_), true) if arrived(supervisor.record.assessed) => {
                parts.add(Status::Met, format!("the experience of {name} is judged suitable"), [at("assessed")]);
                continue;
            }
            (Some(_), true) => {
                let message = format!("the Course Director has not yet judged the experience of {name}");
                parts.query(arranged.known, message, [at("group_supervision_experience"), at("cv_received")]);
                continue;
            }
        };
        missing(facts, arranged, message, [at("group_supervision_experience"), at("cv_received")], &mut parts);
    }
    parts.finish((Status::Open, NO_ARRANGEMENT))
}

/// External supervision is by a group analyst.
pub(super) static S4: Requirement = Requirement {
    code: Code::S4,
    heading: HEADING,
    asks: "Where the workplace has no fitting supervisor, the student may arrange one from outside, who is a group \
        analyst.",
    readings: &[],
    parameters: &[],
    judged: "For each arrangement. The supervisor is based in the workplace: does not apply. From outside and a \
        group analyst: met. Otherwise an action, or a query dated the arrangement's last day where it has ended.",
    met_when: "A school has nobody to supervise a group, and a group analyst in town does.",
    unmet_when: "The supervisor from outside is a counsellor and not a group analyst: an action.",
    settled_by: "Arrange a group analyst. Where the arrangement has ended: a [[ruling]] on S4; accepted, it is met; \
        refused, it is an action.",
    judge: external_supervisor,
};

fn external_supervisor(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S4);
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        let supervisor = arranged.case.supervisor;
        let name = &supervisor.record.name;
        let evidence =
            [arranged.at(facts, "external"), Place { file: supervisor.file, path: Path::of("group_analyst") }];
        if supervisor.record.group_analyst {
            parts.add(Status::Met, format!("{name}, who is not based in the workplace, is a group analyst"), evidence);
        } else {
            let message = format!("{name} is neither based in the workplace nor a group analyst");
            parts.action_or_ended(arranged.ended, message, evidence);
        }
    }
    parts.finish((Status::NotApplicable, "no supervisor is external to the workplace"))
}

/// Supervision every fortnight.
pub(super) static S5: Requirement = Requirement {
    code: Code::S5,
    heading: HEADING,
    asks: "The student has supervision in the workplace every fortnight, alone or in a group, for at least an hour.",
    readings: &[
        "A meeting may come a week late (interval_slack_days) before the committee is asked.",
        "Too few: over 56 days or more, fewer than three quarters of the meetings that a fortnightly rhythm gives.",
        "It is looked at from the first counted session on, with the group's breaks, the student's leave and the \
         supervision's breaks left out.",
        "A meeting counts when it is clinical supervision, not case management, with the workplace supervisor of the \
         student's group on that day, long enough and in an accepted mode (S6), and the student was there.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[
        ParameterName::SupervisionIntervalDays,
        ParameterName::IntervalSlackDays,
        ParameterName::SupervisionMinutes,
        ParameterName::SupervisionModes,
    ],
    judged: "No counted session: open. It runs from the first counted session to the day on which the sessions were \
        complete; else to the day asked about while the group is running; else to the last counted session. More \
        days from one meeting to the next than the interval and the slack together, the first and the last day \
        standing for meetings too: a query dated the later day, or an action where it is the last stretch and the \
        group is running. Too few meetings since the first day, or since an accepted ruling that names no dates (the \
        latest, where that is later): a query dated the last day. None of these: met.",
    met_when: "A meeting of 60 minutes every other Thursday, one of them put off by a week.",
    unmet_when: "A running group and no meeting since 4 December 2025, judged on 29 December 2025: an action.",
    settled_by: "A [[ruling]] on S5: accepted, it is met; refused, it is an action. Accepted without naming dates, \
        it also starts the count of meetings anew. While the group is running, the next meeting mends the last gap, \
        which is then a query.",
    judge: fortnightly_supervision,
};

/// The shortest time, in days, over which it is asked whether there were enough meetings.
const DAYS_TO_COUNT_MEETINGS_OVER: i64 = 56;

fn fortnightly_supervision(facts: &Facts<'_>) -> Finding {
    let (Some(first), Some(last)) = (facts.series.first(), facts.series.last()) else {
        return Finding::new(Code::S5, Status::Open, "no session counts yet");
    };
    let end = match facts.complete_on() {
        Some(complete_on) => complete_on,
        None if facts.running => facts.as_of,
        None => last.date,
    };
    let interval = facts.parameters.supervision_interval_days;
    let meetings: Vec<_> = facts.supervision_meetings().collect();
    let mut parts = Parts::new(facts, Code::S5);
    let series = Series { first, end, longest: interval + facts.parameters.interval_slack_days, kind: "supervision" };
    series.judge(facts, &meetings, facts.running, &mut parts);

    let dates = distinct(&meetings);
    let settled = facts.rulings.latest_accepted_in_general(Code::S5).map(|settled| settled.ruling.date);
    let since = settled.map_or(first.date, |settled| settled.max(first.date));
    let between: i64 = stretches(since, &dates, end, &facts.supervision_breaks).iter().map(|one| one.days).sum();
    let count = dates.iter().filter(|&&date| since < date && date < end).count();
    let held = i64::try_from(count).unwrap_or(i64::MAX / 64);
    if between >= DAYS_TO_COUNT_MEETINGS_OVER && 4 * held * interval < 3 * between {
        let message = format!(
            "only {} in the {between} days from {since} to {end}, breaks left out",
            counted(count, "supervision meeting", "supervision meetings")
        );
        parts.query(end, message, meetings.last().map(|entry| entry.place(facts.case)));
    }
    let message = match dates.last() {
        None => format!("supervision has not fallen behind since {}", first.date),
        Some(latest) => format!(
            "{} from {} on, the latest on {latest}",
            counted(dates.len(), "supervision meeting", "supervision meetings"),
            dates[0]
        ),
    };
    let evidence: Vec<_> = meetings.iter().map(|entry| entry.place(facts.case)).collect();
    parts.finish((Status::Met, message)).proven_by(evidence)
}

/// Face to face, or by telephone.
pub(super) static S6: Requirement = Requirement {
    code: Code::S6,
    heading: HEADING,
    asks: "Supervision takes place face to face or by telephone.",
    readings: &[
        "Any other mode, video among them, is for the committee.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[ParameterName::SupervisionModes, ParameterName::SupervisionMinutes],
    judged: "Each meeting that only its mode keeps from counting, and about which there is no ruling: a query dated \
        its day. None, and a meeting counts: met. None counts yet: open.",
    met_when: "Meetings face to face, two of them by telephone.",
    unmet_when: "A meeting by video on 8 January 2026: a query dated 8 January 2026.",
    settled_by: "A [[ruling]] on S6. Accepted, the meetings count; refused, they do not, and that settles it. Where \
        a mode is accepted for everybody, record a [[variation]] of supervision_modes in gwp.toml.",
    judge: supervision_mode,
};

fn supervision_mode(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S6);
    let in_doubt = facts.meetings.iter().filter(|entry| entry.only_mode && facts.is_judged(entry.date));
    for entry in in_doubt.filter(|entry| facts.rulings.on(Code::S6, entry.date).is_none()) {
        let log = facts.case.supervisions[entry.log].log;
        let mode = log.sessions[entry.index].mode.unwrap_or(log.mode).word();
        let message = format!("the meeting of {} was by {mode}, which is not among the accepted modes", entry.date);
        parts.query(entry.date, message, [entry.place(facts.case)]);
    }
    let meetings: Vec<_> = facts.supervision_meetings().collect();
    let otherwise = match meetings.len() {
        0 => (Status::Open, "no supervision meeting yet".to_owned()),
        count => {
            let meetings = counted(count, "supervision meeting was", "supervision meetings were");
            (Status::Met, format!("{meetings} in an accepted mode"))
        }
    };
    let mut logs: Vec<_> = meetings.iter().map(|entry| entry.log).collect();
    logs.sort_unstable();
    logs.dedup();
    // The mode of a log holds for each of its meetings that has none of its own.
    let modes = logs.into_iter().map(|log| Place { file: facts.case.supervisions[log].file, path: Path::of("mode") });
    let has_own = |entry: &&MeetingEntry| facts.case.supervisions[entry.log].log.sessions[entry.index].mode.is_some();
    let own = meetings.iter().filter(has_own).map(|entry| entry.place(facts.case).key("mode"));
    parts.finish(otherwise).proven_by(modes.chain(own))
}

/// Joint supervision of a conducting pair.
pub(super) static S7: Requirement = Requirement {
    code: Code::S7,
    heading: HEADING,
    asks: "Two who conduct a group together are supervised together in the workplace at least once a month.",
    readings: &[
        "A month is taken as 31 days.",
        "A meeting may come a week late (interval_slack_days) before the committee is asked.",
        "A meeting is joint when it is marked so, or when all students who conduct the group under an arrangement \
         that day, two at least, are supervised in it and were there.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[
        ParameterName::JointSupervisionIntervalDays,
        ParameterName::IntervalSlackDays,
        ParameterName::SupervisionMinutes,
        ParameterName::SupervisionModes,
    ],
    judged: "A session that counts was co-conducted when a second conductor has an arrangement with the group on \
        that day, or the log's co-conductor is there. None: does not apply. Otherwise from the first co-conducted \
        session to the last one, or to the day asked about while the group is running and co-conducted. More days \
        from one joint meeting to the next than the interval and the slack together, the first and the last day \
        standing for meetings too: a query dated the later day, or an action where it is the last stretch and \
        reaches the day asked about. None: met.",
    met_when: "Two students conduct a group, and both meet their supervisor together on the first Monday of each \
        month.",
    unmet_when: "The same two, with no joint meeting between 5 January 2026 and 2 March 2026: a query dated 2 March \
        2026.",
    settled_by: "A [[ruling]] on S7: accepted, it is met; refused, it is an action. While the group is running, the \
        next joint meeting mends the last gap, which is then a query.",
    judge: joint_supervision,
};

fn joint_supervision(facts: &Facts<'_>) -> Finding {
    let co_conducted = |group: usize, day: Day| {
        let group = &facts.case.groups[group];
        group.partners.iter().any(|partner| partner.arrangement.period().covers(day))
            || group.log.co_conductor.as_ref().is_some_and(|other| other.covers(day))
    };
    let sessions: Vec<_> = facts
        .series
        .iter()
        .filter(|entry| facts.is_judged(entry.date) && co_conducted(entry.group, entry.date))
        .collect();
    let (Some(first), Some(last)) = (sessions.first(), sessions.last()) else {
        return Finding::new(Code::S7, Status::NotApplicable, "no counted session was co-conducted");
    };
    let is_co_conducted_now =
        facts.running && facts.sessions.group.is_some_and(|group| co_conducted(group, facts.as_of));
    let end = if is_co_conducted_now { facts.as_of } else { last.date };
    let meetings: Vec<_> = facts.supervision_meetings().filter(|entry| entry.joint).collect();
    let longest = facts.parameters.joint_supervision_interval_days + facts.parameters.interval_slack_days;
    let mut parts = Parts::new(facts, Code::S7);
    let series = Series { first, end, longest, kind: "joint supervision" };
    series.judge(facts, &meetings, facts.running && end == facts.as_of, &mut parts);
    let message = format!(
        "{} for the sessions co-conducted from {} to {}",
        counted(meetings.len(), "joint supervision meeting", "joint supervision meetings"),
        first.date,
        last.date
    );
    let evidence: Vec<_> = meetings.iter().map(|entry| entry.place(facts.case)).collect();
    parts.finish((Status::Met, message)).proven_by([first.place(facts.case)]).proven_by(evidence)
}

/// In a WRG, or under a group analyst, once the course has ended.
pub(super) static S8: Requirement = Requirement {
    code: Code::S8,
    heading: "Requirements for Students Running Group after the End of the Diploma Course",
    asks: "A student who runs the group beyond the end of the course stays in a WRG until the sessions are complete, \
        or has a group analyst as workplace supervisor.",
    readings: &[
        "A WRG entry without a last day ends with the course: going on in a WRG is recorded on purpose.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[],
    judged: "A day is covered by a WRG entry, or by an arrangement with the group whose supervisor is a group \
        analyst. The course has ended, the group is running and the day is not covered: an action. Each counted \
        session after the course that is not covered: a query dated its day. None of these, and sessions after the \
        course count: met. No such session: does not apply.",
    met_when: "The course ended on 11 July 2026, and the student stays in the WRG until 31 December 2026, the last \
        session being on 8 December 2026.",
    unmet_when: "The group goes on in September 2026 with no WRG, under a supervisor who is not a group analyst: an \
        action.",
    settled_by: "Record the WRG that the student stays in, or an arrangement with a group analyst. Sessions that \
        were not covered: a [[ruling]] on S8; accepted, it is met; refused, it is an action.",
    judge: after_the_course,
};

fn after_the_course(facts: &Facts<'_>) -> Finding {
    let ends = facts.case.course.ends;
    let covered = |group: Option<usize>, day: Day| {
        let analyst = |one: &Arranged<'_>| one.case.supervisor.record.group_analyst;
        facts.in_wrg(day)
            || facts
                .arrangements
                .iter()
                .any(|one| Some(one.case.group) == group && one.period().covers(day) && analyst(one))
    };
    let mut parts = Parts::new(facts, Code::S8);
    if facts.as_of > ends && facts.running && !covered(facts.sessions.group, facts.as_of) {
        let message = format!(
            "the course ended on {ends}, and the student is neither in a WRG nor under a workplace supervisor who is a \
             group analyst"
        );
        parts.add(Status::Action, message, [facts.course_place(Path::of("ends"))]);
    }
    let after: Vec<_> = facts.series.iter().filter(|entry| entry.date > ends && facts.is_judged(entry.date)).collect();
    for entry in after.iter().filter(|entry| !covered(Some(entry.group), entry.date)) {
        let message = format!("the session of {} was held neither in a WRG nor under a group analyst", entry.date);
        parts.query(entry.date, message, [entry.place(facts.case)]);
    }
    let held = after.iter().map(|entry| entry.place(facts.case));
    let otherwise = match after.len() {
        0 => (Status::NotApplicable, "no session after the course's end counts".to_owned()),
        count => {
            let sessions = counted(count, "session", "sessions");
            (Status::Met, format!("{sessions} after the course's end, each in a WRG or under a group analyst"))
        }
    };
    parts.finish(otherwise).proven_by(held)
}
