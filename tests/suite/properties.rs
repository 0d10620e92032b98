//! What holds of every folder, whatever is in it: random folders, small and mostly plausible, judged on random days.

#![allow(clippy::unwrap_used, reason = "a random folder that cannot be read is a failing test")]

use std::fmt::Write;
use std::sync::Arc;

use gwp::calendar::Day;
use gwp::case::{Case, Records};
use gwp::edition::Code;
use gwp::records::{Ruling, RulingBody, RulingOutcome, SessionLog};
use gwp::requirements::Status;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::cases::{Files, Said, linked, said};

/// Most things happen from September 2025 to 2028; days are counted from the first of that month.
pub fn on(days: i64) -> Day {
    Day::new(2025, 9, 1).unwrap().plus_days(days)
}

pub fn iso(days: i64) -> String {
    on(days).iso()
}

/// A day while the course goes on, for the most part.
pub fn any_day() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0_i64..400, 1 => 400_i64..1_100]
}

/// `from`, and now and then `until`, of a table: most begin with the course.
fn period() -> impl Strategy<Value = String> {
    period_and_beginning().prop_map(|(_, period)| period)
}

/// The same, with the day on which it begins.
fn period_and_beginning() -> impl Strategy<Value = (i64, String)> {
    let begins = prop_oneof![6 => 0_i64..90, 1 => any_day()];
    (begins, proptest::option::weighted(0.4, 0_i64..300)).prop_map(|(from, length)| {
        let until = length.map(|days| format!("until = {}\n", iso(from + days)));
        (from, format!("from = {}\n{}", iso(from), until.unwrap_or_default()))
    })
}

/// A key with a day, or nothing.
fn maybe(key: &'static str) -> impl Strategy<Value = String> {
    proptest::option::weighted(0.7, prop_oneof![3 => 0_i64..90, 1 => any_day()])
        .prop_map(move |day| day.map(|day| format!("{key} = {}\n", iso(day))).unwrap_or_default())
}

fn joined<S: Strategy<Value = String>>(tables: S, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(tables, 0..=most).prop_map(|tables| tables.concat())
}

fn arrangement() -> impl Strategy<Value = String> {
    let who = (select(vec!["north", "south"]), select(vec!["ash", "birch"]), any::<bool>());
    let days = (period_and_beginning(), maybe("confirmed"), maybe("proposed"), maybe("agreed"));
    let given_up = proptest::option::weighted(0.1, 0_i64..60);
    let work = (select(vec!["needed", "arranged", "not-needed"]), proptest::bool::weighted(0.1));
    (who, days, work, given_up).prop_map(
        |((group, supervisor, external), ((from, period), confirmed, proposed, agreed), (cover, staff), given_up)| {
            let agreed = agreed.trim_end();
            let comma = if agreed.is_empty() { "" } else { ", " };
            let holder = if staff {
                "not_needed = \"a group of staff\"".to_owned()
            } else {
                format!("holder = \"Dr Ellery\"{comma}{agreed}")
            };
            let given_up = given_up.map(|before| format!("withdrawn = {}\n", iso(from - before))).unwrap_or_default();
            format!(
                "[[arrangement]]\ngroup = \"{group}\"\nsupervisor = \"{supervisor}\"\n{period}{confirmed}{proposed}\
                 {given_up}external = {external}\nline_manager = {{ name = \"Nora Pym\" }}\nmedical_cover = \"{cover}\"\n\
                 clinical_responsibility = {{ {holder} }}\n"
            )
        },
    )
}

fn wrg() -> impl Strategy<Value = String> {
    (select(vec!["ash", "cedar"]), period(), prop::collection::vec(any_day(), 0..3)).prop_map(
        |(supervisor, period, presented)| {
            let days: Vec<_> = presented.into_iter().map(iso).collect();
            format!("[[wrg]]\nsupervisor = \"{supervisor}\"\n{period}presentations = [{}]\n", days.join(", "))
        },
    )
}

fn report() -> impl Strategy<Value = String> {
    let due = proptest::option::of(select(vec!["2026-01-31", "2026-06-13", "2027-01-31"]));
    let rating = || select(vec!["competent", "developing", "not-competent", "not-observed"]);
    let said = (any::<bool>(), proptest::bool::weighted(0.2), rating(), rating());
    (select(vec!["GWP2", "WRG2", "GWP3"]), due, any_day(), said).prop_map(
        |(form, due, received, (not_started, concerns, one, other))| {
            let due = due.map(|due| format!("due = {due}\n")).unwrap_or_default();
            let concerns = if concerns { "concerns = \"late\"\n" } else { "" };
            format!(
                "[[report]]\nform = \"{form}\"\n{due}received = {}\nnot_started = {not_started}\n{concerns}\
                 competencies = {{ context = \"{one}\", conflict = \"{other}\" }}\n",
                iso(received)
            )
        },
    )
}

fn rulable() -> impl Strategy<Value = Code> {
    select(Code::all().filter(|code| code.is_rulable()).collect::<Vec<_>>())
}

fn ruling() -> impl Strategy<Value = String> {
    let of = proptest::option::of(prop::collection::vec(any_day(), 1..3));
    (rulable(), any_day(), of, any::<bool>()).prop_map(|(code, date, of, accepted)| {
        let of = of.map(|days| format!("of = [{}]\n", days.into_iter().map(iso).collect::<Vec<_>>().join(", ")));
        let outcome = if accepted { "accepted" } else { "refused" };
        let (date, of) = (iso(date), of.unwrap_or_default());
        format!("[[ruling]]\nrequirement = \"{code}\"\nbody = \"LCC\"\ndate = {date}\n{of}outcome = \"{outcome}\"\n")
    })
}

fn decision() -> impl Strategy<Value = String> {
    let decided = select(vec![
        ("LCC", "arrangements", "approved"),
        ("LCC", "arrangements", "queried"),
        ("LCC", "arrangements", "declined"),
        ("NTM", "arrangements", "approved"),
        ("NTM", "arrangements", "ratified"),
        ("SPC", "arrangements", "ratified"),
        ("SPC", "arrangements", "declined"),
        ("LCC", "award", "recommended"),
        ("LCC", "award", "interview"),
        ("panel", "award", "suitable"),
        ("SPC", "award", "awarded"),
        ("SPC", "award", "interview"),
        ("LCC", "arrangements", "approved"),
        ("SPC", "arrangements", "ratified"),
    ]);
    let condition = proptest::option::weighted(0.3, (0_i64..120, maybe("met")));
    (decided, any_day(), condition).prop_map(|((body, about, outcome), date, condition)| {
        let condition = condition.filter(|_| outcome == "approved").map(|(days, met)| {
            let (due, met) = (iso(date + days), met.trim_end());
            let comma = if met.is_empty() { "" } else { ", " };
            format!("conditions = [{{ what = \"a report\", due = {due}{comma}{met} }}]\n")
        });
        let (date, condition) = (iso(date), condition.unwrap_or_default());
        format!(
            "[[decision]]\nbody = \"{body}\"\nabout = \"{about}\"\ndate = {date}\noutcome = \"{outcome}\"\n{condition}"
        )
    })
}

/// The student's file, Robin Ashby's.
fn student() -> impl Strategy<Value = String> {
    let late = proptest::option::weighted(0.2, 27_i64..120);
    let joining = late.prop_map(|day| day.map(|day| format!("joined = {}\n", iso(day))).unwrap_or_default());
    let top = (joining, proptest::bool::weighted(0.1), maybe("withdrawn"), maybe("not_applying"));
    let tables = (
        joined(arrangement(), 3),
        joined(wrg(), 2),
        joined(report(), 4),
        joined(ruling(), 5),
        joined(decision(), 4),
        joined(period().prop_map(|period| format!("[[insurance]]\n{period}")), 2),
        joined((any_day(), 0_i64..60).prop_map(|(from, length)| leave(from, length)), 1),
        joined(accommodation(), 2),
    );
    let ends = (maybe("submitted"), maybe("completed"), proptest::option::weighted(0.2, (any_day(), any_day())));
    (top, tables, ends).prop_map(
        |(
            (joined, leaves, withdrawn, not_applying),
            (arrangement, wrg, report, ruling, decision, insurance, leave, accommodation),
            (submitted, completed, extension),
        )| {
            let gone = if leaves { format!("{withdrawn}{not_applying}") } else { String::new() };
            let mut text = format!(
                "name = \"Robin Ashby\"\ncourse = \"york\"\n{joined}{gone}[form1]\n{submitted}[diploma]\n{completed}\
                 {arrangement}{wrg}{report}{ruling}{decision}{insurance}{leave}{accommodation}"
            );
            if let Some((until, agreed)) = extension {
                let (until, agreed) = (iso(until + 700), iso(agreed));
                write!(text, "[extension]\nuntil = {until}\nagreed_by = \"NTM\"\nagreed = {agreed}\n").unwrap();
            }
            text
        },
    )
}

/// What is agreed for Robin Ashby alone.
fn accommodation() -> impl Strategy<Value = String> {
    let parameter = select(vec![
        ("session_minutes_min", "45"),
        ("session_minutes_max", "120"),
        ("supervision_minutes", "50"),
        ("supervision_modes", "[\"video\"]"),
        ("supervision_interval_days", "21"),
        ("joint_supervision_interval_days", "60"),
    ]);
    (parameter, period(), any_day()).prop_map(|((parameter, value), period, agreed)| {
        let agreed = iso(agreed / 3);
        format!(
            "[[accommodation]]\nparameter = \"{parameter}\"\nvalue = {value}\n{period}agreed_by = \"LCC\"\nagreed = \
             {agreed}\n"
        )
    })
}

fn leave(from: i64, length: i64) -> String {
    format!("[[leave]]\nfrom = {}\nuntil = {}\n", iso(from), iso(from + length))
}

/// What an entry of a log says besides its date: what was held, for the most part; or that it was cancelled, or planned.
fn said_of_it(minutes: i64, more: &str, was: &str) -> String {
    match was {
        "cancelled" => "cancelled = \"ill\"".to_owned(),
        "planned" => format!("minutes = {minutes}, planned = true"),
        _ => format!("minutes = {minutes}{more}"),
    }
}

/// Whether an entry of a log was held. Two of one day can contradict each other.
fn was() -> impl Strategy<Value = &'static str> {
    prop_oneof![16 => Just("held"), 2 => Just("cancelled"), 1 => Just("planned")]
}

/// The log of a group that Robin Ashby conducts, now and then with Ada Finch: regular, with slips.
fn group() -> impl Strategy<Value = String> {
    let session = (
        select(vec![7_i64, 7, 7, 7, 0, 3, 14, 28]),
        select(vec![90, 90, 60, 45, 120]),
        select(vec!["", "", "", ", present = 0", ", present = 6", ", absent = [\"robin-ashby\"]"]),
        was(),
    );
    let kind = (
        select(vec!["health", "voluntary"]),
        select(vec!["therapeutic", "other"]),
        select(vec!["weekly", "weekly", "fortnightly", "monthly"]),
        any::<bool>(),
    );
    (kind, 20_i64..120, prop::collection::vec(session, 0..30), proptest::option::of(any_day())).prop_map(
        |((setting, aim, frequency, keeps_terms), start, sessions, paused)| {
            let mut text = format!(
                "kind = \"group\"\ntitle = \"A group\"\norganisation = \"Ouse Bank\"\nsetting = \"{setting}\"\n\
                 aim = \"{aim}\"\nfrequency = \"{frequency}\"\nkeeps_terms = {keeps_terms}\n\
                 conductors = [\"robin-ashby\", \"ada-finch\"]\n"
            );
            if let Some(from) = paused {
                writeln!(text, "breaks = [{{ from = {}, until = {} }}]", iso(from), iso(from + 20)).unwrap();
            }
            text.push_str("sessions = [\n");
            let mut day = start;
            for (step, minutes, more, was) in sessions {
                day += step;
                let what = said_of_it(minutes, more, was);
                writeln!(text, "  {{ date = {}, {what} }},", iso(day)).unwrap();
            }
            text + "]\n"
        },
    )
}

fn supervision(supervisor: &'static str) -> impl Strategy<Value = String> {
    let mode = select(vec!["", ", mode = \"video\""]);
    let meeting = (select(vec![7_i64, 14, 14, 21, 35, 0]), select(vec![60, 60, 50]), any::<bool>(), mode, was());
    let kind = select(vec!["clinical", "clinical", "case-management"]);
    let times = proptest::option::weighted(0.2, period());
    let paused = proptest::option::weighted(0.3, (any_day(), 0_i64..60));
    let meetings = prop::collection::vec(meeting, 0..20);
    (kind, 20_i64..120, meetings, times, paused).prop_map(move |(kind, start, meetings, times, paused)| {
        let mut text = format!(
            "kind = \"supervision\"\nsupervisor = \"{supervisor}\"\nsupervisees = [\"robin-ashby\"]\n\
             type = \"{kind}\"\nmode = \"face-to-face\"\n"
        );
        if let Some((from, length)) = paused {
            writeln!(text, "breaks = [{{ from = {}, until = {} }}]", iso(from), iso(from + length)).unwrap();
        }
        if let Some(times) = times {
            let times = times.trim_end().replace('\n', ", ");
            writeln!(text, "supervisee_periods = [{{ who = \"robin-ashby\", {times} }}]").unwrap();
        }
        text.push_str("sessions = [\n");
        let mut day = start;
        for (step, minutes, joint, mode, was) in meetings {
            day += step;
            let what = said_of_it(minutes, &format!(", joint = {joint}{mode}"), was);
            writeln!(text, "  {{ date = {}, {what} }},", iso(day)).unwrap();
        }
        text + "]\n"
    })
}

fn supervisor() -> impl Strategy<Value = String> {
    let registration = || {
        let valid = prop_oneof![
            2 => maybe("expires"),
            1 => period().prop_map(|period| period.replace("until", "expires")),
        ];
        (select(vec!["UKCP", "bacp", "BABCP"]), maybe("checked"), valid)
            .prop_map(|(body, checked, valid)| format!("[[registrations]]\nbody = \"{body}\"\n{checked}{valid}"))
    };
    let other = proptest::option::weighted(0.2, maybe("accepted"));
    (any::<bool>(), registration(), joined(registration(), 1), maybe("cv_received"), maybe("assessed"), other).prop_map(
        |(analyst, first, second, cv, assessed, other)| {
            let other = other.map(|accepted| format!("[other_evidence]\nwhat = \"ten years\"\n{accepted}"));
            format!(
                "name = \"A Supervisor\"\ngroup_analyst = {analyst}\ngroup_supervision_experience = \"years\"\n{cv}\
                 {assessed}{first}{second}{}",
                other.unwrap_or_default()
            )
        },
    )
}

/// A small case folder.
pub fn folder() -> impl Strategy<Value = Files> {
    let course = "name = \"York\"\nconvenor = \"Hester Quill\"\nstarts = 2025-09-27\nends = 2026-07-11\n\
                  lcc_meetings = [2025-11-29, 2026-02-21]\nterms = [\n\
                  { name = \"Autumn\", starts = 2025-09-27, ends = 2025-12-13 },\n\
                  { name = \"Spring\", starts = 2026-01-10, ends = 2026-03-28 },\n]\n";
    let colleague = "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\n\
                     from = 2025-10-01\nuntil = 2026-02-01\n";
    // Few sessions are asked for, so that many students complete them.
    let asked = (3_u32..12, any_day()).prop_map(|(sessions, agreed)| {
        format!(
            "[[variation]]\nparameter = \"sessions_required\"\nvalue = {sessions}\nagreed_by = \"NTM\"\nagreed = {}\n",
            iso(agreed / 4)
        )
    });
    let logs = (group(), group(), supervision("ash"), supervision("birch"));
    (asked, student(), logs, supervisor(), supervisor()).prop_map(move |(asked, student, logs, ash, birch)| {
        let (north, south, with_ash, with_birch) = logs;
        let files = [
            ("gwp.toml", asked),
            ("courses/york.toml", course.to_owned()),
            ("students/robin-ashby.toml", student),
            ("students/ada-finch.toml", colleague.to_owned()),
            ("supervisors/ash.toml", ash),
            ("supervisors/birch.toml", birch),
            ("supervisors/cedar.toml", "name = \"C\"\n".to_owned()),
            ("sessions/north.toml", north),
            ("sessions/south.toml", south),
            ("sessions/with-ash.toml", with_ash),
            ("sessions/with-birch.toml", with_birch),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
    })
}

/// A folder that was read whole: a random one must have no error, or it would be judged as unknown.
pub fn sound(files: &Files) -> Case {
    let case = linked(files);
    let errors: Vec<_> =
        case.records.problems.iter().filter(|problem| problem.level == gwp::problems::Level::Error).collect();
    assert!(errors.is_empty(), "{errors:?}\n{}", files["students/robin-ashby.toml"]);
    case
}

pub fn linked_again(records: Records) -> Case {
    Case::link(records, &[], &|_| true)
}

pub fn robin(records: &mut Records) -> &mut gwp::records::Student {
    let entry = records.students.iter_mut().find(|entry| entry.id.raw() == "robin-ashby").unwrap();
    entry.record.as_mut().map(Arc::make_mut).unwrap()
}

/// Leaves out what is dated after a day.
pub fn known_by(records: &mut Records, day: Day) {
    for entry in &mut records.logs {
        match entry.record.as_mut().map(Arc::make_mut) {
            Some(SessionLog::Group(log)) => log.sessions.retain(|session| session.date <= day),
            Some(SessionLog::Supervision(log)) => log.sessions.retain(|meeting| meeting.date <= day),
            None => {}
        }
    }
    let student = robin(records);
    student.report.retain(|report| report.received <= day);
    student.decision.retain(|decision| decision.date <= day);
    for condition in student.decision.iter_mut().flat_map(|decision| &mut decision.conditions) {
        condition.met = condition.met.filter(|met| *met <= day);
    }
    student.accommodation.retain(|accommodation| accommodation.agreed <= day);
    for arrangement in &mut student.arrangement {
        arrangement.withdrawn = arrangement.withdrawn.filter(|given_up| *given_up <= day);
    }
    student.ruling.retain(|ruling| ruling.date <= day);
    student.wrg.iter_mut().for_each(|wrg| wrg.presentations.retain(|presented| *presented <= day));
    student.extension = student.extension.take().filter(|extension| extension.agreed <= day);
    student.withdrawn = student.withdrawn.filter(|left| *left <= day);
    student.not_applying = student.not_applying.filter(|said| *said <= day);
}

fn status(said: &Said, code: Code) -> Status {
    let word = said[code.word()].split(' ').next().unwrap();
    Status::ALL.into_iter().find(|status| status.word() == word).unwrap()
}

fn number(said: &Said, key: &str) -> usize {
    said[key].parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_files_does_not_matter(files in folder(), as_of in any_day(), turn in any::<Index>()) {
        let usual = said(&sound(&files), on(as_of));
        let mut sources = crate::cases::sources(&files);
        let middle = turn.index(sources.len());
        sources.rotate_left(middle);
        sources.reverse();
        let turned = Case::link(gwp::case::read(&sources), &sources, &|_| true);
        prop_assert_eq!(said(&turned, on(as_of)), usual);
    }

    #[test]
    fn what_is_dated_later_is_not_yet_known(files in folder(), as_of in any_day()) {
        let case = sound(&files);
        let mut records = case.records.clone();
        known_by(&mut records, on(as_of));
        prop_assert_eq!(said(&linked_again(records), on(as_of)), said(&case, on(as_of)));
    }

    #[test]
    fn one_more_session_never_lowers_the_count(files in folder(), as_of in any_day()) {
        let case = sound(&files);
        let before = said(&case, on(as_of));
        for group in ["north", "south"] {
            let mut records = case.records.clone();
            let entry = records.logs.iter_mut().find(|entry| entry.id.raw() == group).unwrap();
            let Some(SessionLog::Group(log)) = entry.record.as_mut().map(Arc::make_mut) else { unreachable!("{group} is a group") };
            let Some(mut further) = log.sessions.last().cloned() else { continue };
            further.date = further.date.plus_days(7);
            (further.minutes, further.present, further.cancelled) = (Some(90), Some(6), None);
            further.absent.clear();
            further.planned = false;
            // Days are in order in a random log, so this one comes last, and no group is complete any earlier.
            if further.date > on(as_of) || before["complete"] != "none" {
                continue;
            }
            log.sessions.push(further);
            let after = said(&linked_again(records), on(as_of));
            prop_assert!(number(&after, "counted") >= number(&before, "counted"), "{before:?}\n{after:?}");
        }
    }

    #[test]
    fn an_accepted_ruling_never_makes_its_requirement_worse(files in folder(), as_of in any_day(), code in rulable()) {
        let case = sound(&files);
        let before = said(&case, on(as_of));
        let mut records = case.records.clone();
        robin(&mut records).ruling.push(Ruling {
            requirement: code,
            body: RulingBody::Lcc,
            date: on(as_of),
            of: None,
            outcome: RulingOutcome::Accepted,
            minute: None,
            document: None,
            notes: None,
        });
        let after = said(&linked_again(records), on(as_of));
        prop_assert!(status(&after, code) <= status(&before, code), "{code}: {before:?}\n{after:?}");
    }

    #[test]
    fn any_day_can_be_judged(files in folder(), year in 1_i32..=9999, month in 1_u32..=12) {
        let case = sound(&files);
        for day in [Day::new(year, month, 28).unwrap(), Day::first(), Day::last()] {
            prop_assert!(said(&case, day).contains_key("verdict"));
        }
    }

    #[test]
    fn the_verdict_follows_from_the_statuses(files in folder(), as_of in any_day()) {
        let said = said(&sound(&files), on(as_of));
        let has = |sought: Status| Code::all().any(|code| status(&said, code) == sought);
        match said["verdict"].as_str() {
            "ready" => {
                let is_done = |code| matches!(status(&said, code), Status::Met | Status::NotApplicable);
                prop_assert!(Code::all().all(|code| is_done(code) || matches!(code, Code::D2 | Code::D3)));
            }
            "action" => prop_assert!(has(Status::Action) && !has(Status::Failed)),
            "query" => prop_assert!(has(Status::Query) && !has(Status::Action) && !has(Status::Failed)),
            "not-eligible" => prop_assert!(has(Status::Failed)),
            "unknown" => prop_assert!(false, "a sound folder is judged"),
            _ => {}
        }
    }
}
