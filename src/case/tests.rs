//! Checks across records, on small folders written as TOML.

#![allow(clippy::unwrap_used, reason = "a test may stop where its own preparation fails")]

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::*;
use crate::problems::{Level, ProblemName};
use crate::text::Spot;

const COURSE: &str = r#"
name = "London"
convenor = "Ruth Adeyemi"
starts = 2025-09-27
ends = 2026-07-11
terms = [{ name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 }]
"#;
const STUDENT: &str = r#"
name = "Amara Osei"
course = "london-2025"
[[arrangement]]
group = "riverside"
supervisor = "helen-marsh"
from = 2025-10-06
[[wrg]]
supervisor = "jonas-okafor"
from = 2025-09-27
"#;
const GROUP: &str = r#"
kind = "group"
title = "Riverside"
organisation = "Riverside NHS Trust"
setting = "health"
aim = "therapeutic"
frequency = "weekly"
conductors = ["amara-osei"]
sessions = []
"#;
const SUPERVISION: &str = r#"
kind = "supervision"
supervisor = "helen-marsh"
supervisees = ["amara-osei"]
mode = "video"
sessions = []
"#;

/// A folder in which nothing is wrong.
fn sound_folder() -> Vec<(String, String)> {
    let files = [
        ("courses/london-2025.toml", COURSE),
        ("gwp.toml", ""),
        ("sessions/riverside.toml", GROUP),
        ("sessions/supervision.toml", SUPERVISION),
        ("students/amara-osei.toml", STUDENT),
        ("supervisors/helen-marsh.toml", "name = \"Helen Marsh\""),
        ("supervisors/jonas-okafor.toml", "name = \"Jonas Okafor\""),
    ];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

/// The sound folder with one file replaced or added.
fn with(path: &str, text: &str) -> Vec<(String, String)> {
    let mut files = sound_folder();
    files.retain(|(other, _)| other != path);
    files.push((path.to_owned(), text.to_owned()));
    files.sort();
    files
}

/// Reads only what these tests write; a text that is no record, such as `broken`, gives an entry without one.
fn link(files: &[(String, String)], holds: &dyn Fn(&str) -> bool) -> Case {
    fn entry<R: DeserializeOwned, T>(id: &str, file: FileId, text: &str, of: impl FnOnce(R) -> T) -> Entry<T> {
        let record: Option<R> = toml::from_str(text).ok();
        Entry { id: Text::new(id), file, sound: record.is_some(), record: record.map(of).map(Arc::new) }
    }
    let mut records = Records::default();
    let mut sources = Vec::new();
    for (number, (path, text)) in files.iter().enumerate() {
        let file = FileId(u32::try_from(number).unwrap());
        sources.push(Source { path: Text::new(path.as_str()), content: Ok(text.clone().into()) });
        let id = path.rsplit('/').next().unwrap().trim_end_matches(".toml");
        match path.split('/').next().unwrap() {
            "courses" => records.courses.push(entry(id, file, text, |record: Course| record)),
            "students" => records.students.push(entry(id, file, text, |record: Student| record)),
            "supervisors" => records.supervisors.push(entry(id, file, text, |record: Supervisor| record)),
            "sessions" if text.contains("\"supervision\"") => {
                records.logs.push(entry(id, file, text, SessionLog::Supervision));
            }
            "sessions" => {
                records.logs.push(entry(id, file, text, SessionLog::Group));
            }
            _ => {
                records.gwp = Some(toml::from_str(text).unwrap());
                records.gwp_file = Some(file);
            }
        }
    }
    Case::link(records, &sources, holds)
}

/// Name, place and message of each problem.
fn problems(files: &[(String, String)]) -> Vec<(ProblemName, String, String)> {
    let case = link(files, &|path| path == "evidence/there.pdf");
    let place = |spot: &Spot| match spot {
        Spot::Value(path) => path.to_string(),
        other => format!("{other:?}"),
    };
    case.records.problems.iter().map(|found| (found.name, place(&found.spot), found.message.clone())).collect()
}

fn only_problem(files: &[(String, String)]) -> (ProblemName, String) {
    let found = problems(files);
    assert_eq!(found.len(), 1, "{found:?}");
    (found[0].0, found[0].1.clone())
}

/// Of each student, whether nothing can be judged.
fn are_unknown(case: &Case) -> Vec<bool> {
    case.unknown.iter().map(|files| !files.is_empty()).collect()
}

fn unknown(files: &[(String, String)]) -> Vec<bool> {
    are_unknown(&link(files, &|_| true))
}

#[test]
fn a_sound_folder_has_no_problem() {
    assert_eq!(problems(&sound_folder()), []);
    assert_eq!(unknown(&sound_folder()), [false]);
}

#[test]
fn an_unknown_id_is_named_with_the_nearest() {
    let case = link(&with("students/amara-osei.toml", &STUDENT.replace("london-2025", "london-2052")), &|_| true);
    let problem = &case.records.problems[0];
    assert_eq!(problem.name, ProblemName::UnknownReference);
    assert_eq!(problem.message, "no course has the id \"london-2052\"");
    assert_eq!(problem.help.as_deref(), Some("did you mean \"london-2025\"?"));
    assert!(!case.records.students[0].sound);
    assert!(case.student(0).is_none());
}

#[test]
fn every_reference_is_followed() {
    let student = format!(
        "{}\n[[report]]\nform = \"GWP2\"\nreceived = 2026-01-29\nby = \"nobody\"\n\
         [[report]]\nform = \"GWP3\"\nreceived = 2026-01-29\nby = \"Tom Reid\"\n",
        STUDENT.replace("riverside", "nowhere").replace("helen-marsh", "nobody").replace("jonas-okafor", "no-one")
    );
    let places: Vec<String> =
        problems(&with("students/amara-osei.toml", &student)).into_iter().map(|(_, place, _)| place).collect();
    assert_eq!(places, ["arrangement[0].group", "arrangement[0].supervisor", "wrg[0].supervisor", "report[0].by"]);

    let log = SUPERVISION
        .replace("helen-marsh", "nobody")
        .replace("[\"amara-osei\"]", "[\"amara-osei\", \"x\"]")
        .replace("sessions = []", "sessions = [{ date = 2025-11-03, minutes = 60, absent = [\"amara-osei\", \"y\"] }]");
    let places: Vec<String> =
        problems(&with("sessions/supervision.toml", &log)).into_iter().map(|(_, place, _)| place).collect();
    assert_eq!(places, ["supervisor", "supervisees[1]", "sessions[0].absent[1]"]);
}

#[test]
fn a_broken_record_still_owns_its_id() {
    for path in ["courses/london-2025.toml", "supervisors/helen-marsh.toml", "sessions/riverside.toml"] {
        let files = with(path, "broken");
        assert_eq!(problems(&files), [], "{path}");
        assert_eq!(unknown(&files), [true], "{path}");
    }
}

#[test]
fn an_unknown_id_cannot_flood_the_message() {
    let long = "x".repeat(10_000);
    let found = problems(&with("students/amara-osei.toml", &STUDENT.replace("london-2025", &long)));
    assert!(found[0].2.len() < 200, "{}", found[0].2);
}

#[test]
fn the_group_of_an_arrangement_is_a_group_with_the_student() {
    let files = with("students/amara-osei.toml", &STUDENT.replace("riverside", "supervision"));
    assert_eq!(only_problem(&files), (ProblemName::WrongKind, "arrangement[0].group".to_owned()));
    assert_eq!(unknown(&files), [true]);

    let files = with("sessions/riverside.toml", &GROUP.replace("[\"amara-osei\"]", "[]"));
    assert_eq!(only_problem(&files), (ProblemName::NotAConductor, "arrangement[0].group".to_owned()));
    assert_eq!(unknown(&files), [false]);
}

#[test]
fn a_report_is_by_a_supervisor_of_the_student() {
    let report = |form: &str, by: &str| {
        format!("{STUDENT}\n[[report]]\nform = \"{form}\"\nreceived = 2026-01-29\nby = \"{by}\"\n")
    };
    let wrong = (ProblemName::NotTheSupervisor, "report[0].by".to_owned());
    for (form, right, other) in [("GWP2", "helen-marsh", "jonas-okafor"), ("WRG2", "jonas-okafor", "helen-marsh")] {
        assert_eq!(problems(&with("students/amara-osei.toml", &report(form, right))), []);
        assert_eq!(only_problem(&with("students/amara-osei.toml", &report(form, other))), wrong);
    }
}

#[test]
fn documents_are_looked_up() {
    let form = |path: &str| with("students/amara-osei.toml", &format!("{STUDENT}\n[form1]\ndocument = \"{path}\"\n"));
    assert_eq!(problems(&form("evidence/there.pdf")), []);
    for path in ["evidence/other.pdf", "../there.pdf", "/there.pdf", ""] {
        assert_eq!(only_problem(&form(path)), (ProblemName::MissingDocument, "form1.document".to_owned()), "{path}");
    }
}

#[test]
fn a_second_entry_on_a_day_is_named() {
    let sessions = |entries: &str| {
        let group =
            with("sessions/riverside.toml", &GROUP.replace("sessions = []", &format!("sessions = [{entries}\n]")));
        let entries = entries.replace(", present = 7", "");
        let meetings = SUPERVISION.replace("sessions = []", &format!("sessions = [{entries}\n]"));
        [problems(&group), problems(&with("sessions/supervision.toml", &meetings))]
    };
    for found in sessions(
        "
        { date = 2025-10-06, minutes = 90, present = 7 },
        { date = 2025-10-13, minutes = 90, present = 7 },
        { date = 2025-10-06, minutes = 60, present = 7 },",
    ) {
        let [(name, place, message)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((*name, place.as_str()), (ProblemName::DuplicateSession, "sessions[2].date"));
        assert!(
            message.starts_with("lines ") && message.ends_with("both have an entry for 6 October 2025"),
            "{message}"
        );
    }
    for found in sessions(
        "
        { date = 2025-10-13, cancelled = \"conductor ill\" },
        { date = 2025-10-13, minutes = 90, present = 7 },",
    ) {
        let [(name, place, message)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((*name, place.as_str()), (ProblemName::DuplicateSession, "sessions[1].date"));
        assert!(message.ends_with(", one of them cancelled: neither counts until one is taken out"), "{message}");
    }
    for (entries, places) in [
        ("{ date = 2025-10-06, cancelled = \"ill\" }, { date = 2025-10-06, cancelled = \"ill\" }", 1),
        ("{ date = 2025-10-06, minutes = 90, planned = true }, { date = 2025-10-06, minutes = 90 }", 1),
        ("{ date = 2025-10-13, minutes = 90 }, { date = 2025-10-06, minutes = 90 }", 0),
    ] {
        for found in sessions(entries) {
            assert_eq!(found.len(), places, "{found:?}");
            assert!(
                found.iter().all(|(.., message)| message == "line 9 has two entries for 6 October 2025"
                    || message == "line 6 has two entries for 6 October 2025"),
                "{found:?}"
            );
        }
    }
}

#[test]
fn each_entry_is_held_against_one_that_contradicts_it() {
    let entries = "
        { date = 2025-10-06, minutes = 60 },
        { date = 2025-10-06, minutes = 60 },
        { date = 2025-10-06, cancelled = \"ill\" },
        { date = 2025-10-06, minutes = 60 },";
    let log = SUPERVISION.replace("sessions = []", &format!("sessions = [{entries}\n]"));
    let found = problems(&with("sessions/supervision.toml", &log));
    let told: Vec<_> = found.iter().map(|(_, place, message)| (place.as_str(), message.as_str())).collect();
    let contrary = "one of them cancelled: neither counts until one is taken out";
    assert_eq!(
        told,
        [
            ("sessions[1].date", "lines 7 and 8 both have an entry for 6 October 2025"),
            ("sessions[2].date", &format!("lines 7 and 9 both have an entry for 6 October 2025, {contrary}")),
            ("sessions[3].date", &format!("lines 9 and 10 both have an entry for 6 October 2025, {contrary}")),
        ]
    );
}

/// A second log of a supervision beside the first, with these supervisor, supervisees and days.
fn beside(name: &str, supervisor: &str, supervisees: &str, days: &str) -> Vec<(String, String)> {
    let text = |days: &str| {
        let entry = |day: &str| format!("{{ date = {day}, minutes = 60 }}");
        let entries: Vec<_> = days.split_whitespace().map(entry).collect();
        SUPERVISION.replace("sessions = []", &format!("sessions = [{}]", entries.join(", ")))
    };
    let mut files = with("sessions/supervision.toml", &text("2025-10-09 2025-10-23 2025-11-06"));
    let other = text(days).replace("\"helen-marsh\"", &format!("\"{supervisor}\""));
    files.push((format!("sessions/{name}.toml"), other.replace("[\"amara-osei\"]", supervisees)));
    files.push(("students/lee-morgan.toml".to_owned(), "name = \"Lee\"\ncourse = \"london-2025\"".to_owned()));
    files.sort_by_key(|(path, _)| path.trim_end_matches(".toml").to_owned());
    files
}

#[test]
fn two_logs_of_one_supervision_with_a_day_in_common_are_named_once() {
    let both = "[\"lee-morgan\", \"amara-osei\"]";
    let found = problems(&beside("supervision-1", "helen-marsh", both, "2025-10-08 2025-10-23 2025-11-06"));
    let message = "this log and sessions/supervision.toml, of the same supervisor and supervisee, have 2 days in common, \
                   the first on 23 October 2025";
    assert_eq!(found, [(ProblemName::DuplicateSession, "sessions[1].date".to_owned(), message.to_owned())]);
    let one_day = problems(&beside("supervision-1", "helen-marsh", both, "2025-11-06"));
    assert!(one_day.len() == 1 && one_day[0].2.ends_with("both have an entry for 6 November 2025"), "{one_day:?}");

    let of_two = beside("supervision-1", "helen-marsh", "[\"amara-osei\", \"lee-morgan\"]", "2025-10-09");
    assert_eq!(problems(&of_two).len(), 1);
    for (supervisor, supervisees, days) in [
        ("jonas-okafor", "[\"amara-osei\"]", "2025-10-09"),
        ("helen-marsh", "[\"lee-morgan\"]", "2025-10-09"),
        ("helen-marsh", "[\"amara-osei\"]", "2025-10-10"),
        ("helen-marsh", "[\"amara-osei\"]", ""),
    ] {
        assert_eq!(problems(&beside("other", supervisor, supervisees, days)), [], "{supervisor} {supervisees} {days}");
    }
}

#[test]
fn of_a_copied_log_the_copy_is_to_be_deleted() {
    for (name, help) in [
        ("supervision-1", "sessions/supervision-1.toml looks like a copy: compare the two, and delete"),
        ("supervision-laptop", "sessions/supervision-laptop.toml looks like a copy: compare the two, and delete"),
        ("supervision (1)", "sessions/supervision (1).toml looks like a copy: compare the two, and delete"),
        ("other", "compare the two, and keep each meeting in one of them only"),
    ] {
        let case = link(&beside(name, "helen-marsh", "[\"amara-osei\"]", "2025-10-09"), &|_| true);
        let found: Vec<_> = case.records.problems.iter().filter_map(|found| found.help.as_deref()).collect();
        assert!(found.len() == 1 && found[0].starts_with(help), "{name}: {found:?}");
    }
}

#[test]
fn a_thousand_copies_of_a_log_have_no_more_pairs_than_anybody_reads() {
    let text = SUPERVISION.replace("sessions = []", "sessions = [{ date = 2025-10-09, minutes = 60 }]");
    let mut files = with("sessions/supervision.toml", &text);
    files.extend((1000..2000).map(|number| (format!("sessions/supervision-{number}.toml"), text.clone())));
    // Each of the first twenty is one of a pair with all before it, each of the others with these twenty.
    let sum_of_first: usize = (0..20).sum();
    assert_eq!(problems(&files).len(), sum_of_first + 20 * (1001 - 20));
}

#[test]
fn whom_an_entry_names_is_among_those_of_the_log() {
    let absent = |id: &str, day: &str| {
        let entry = format!("sessions = [{{ date = {day}, minutes = 60, absent = [\"{id}\"] }}]");
        let mut files = with("sessions/supervision.toml", &SUPERVISION.replace("sessions = []", &entry));
        files.push(("students/lee-morgan.toml".to_owned(), "name = \"Lee\"\ncourse = \"london-2025\"".to_owned()));
        files
    };
    assert_eq!(problems(&absent("amara-osei", "2025-10-09")), []);
    let found = problems(&absent("lee-morgan", "2025-10-09"));
    let message = "this log does not name \"lee-morgan\" among its `supervisees`".to_owned();
    assert_eq!(found, [(ProblemName::NotAConductor, "sessions[0].absent[0]".to_owned(), message)]);
    let unknown = only_problem(&absent("nobody", "2025-10-09"));
    assert_eq!(unknown, (ProblemName::UnknownReference, "sessions[0].absent[0]".to_owned()));

    let who = |id: &str| {
        let period = format!("supervisee_periods = [{{ who = \"{id}\", from = 2025-11-06 }}]\nsessions = []");
        let mut files = with("sessions/supervision.toml", &SUPERVISION.replace("sessions = []", &period));
        files.push(("students/lee-morgan.toml".to_owned(), "name = \"Lee\"\ncourse = \"london-2025\"".to_owned()));
        files
    };
    let at = "supervisee_periods[0].who".to_owned();
    assert_eq!(problems(&who("amara-osei")), []);
    assert_eq!(only_problem(&who("lee-morgan")), (ProblemName::NotAConductor, at.clone()));
    assert_eq!(only_problem(&who("helen-marsh")), (ProblemName::UnknownReference, at));

    let entry = "sessions = [{ date = 2025-10-06, minutes = 90, absent = [\"lee-morgan\"] }]";
    let mut files = with("sessions/riverside.toml", &GROUP.replace("sessions = []", entry));
    files.push(("students/lee-morgan.toml".to_owned(), "name = \"Lee\"\ncourse = \"london-2025\"".to_owned()));
    let found = problems(&files);
    assert!(found.len() == 1 && found[0].2.ends_with("among its `conductors`"), "{found:?}");
}

#[test]
fn a_report_answers_a_deadline_of_the_course() {
    let due = |due: &str, more: &str| {
        let text = format!("{STUDENT}\n{more}\n[[report]]\nform = \"GWP3\"\nreceived = 2026-01-29\ndue = {due}\n");
        with("students/amara-osei.toml", &text)
    };
    let wrong = (ProblemName::NotADeadline, "report[0].due".to_owned());
    for deadline in ["2026-01-31", "2026-06-13", "2028-06-13"] {
        assert_eq!(problems(&due(deadline, "")), []);
    }
    assert_eq!(only_problem(&due("2026-01-30", "")), wrong);
    assert_eq!(only_problem(&due("2029-01-31", "")), wrong);
    let extension = "[extension]\nuntil = 2029-12-31\nagreed_by = \"NTM\"\nagreed = 2028-05-04";
    assert_eq!(problems(&due("2029-01-31", extension)), []);
}

#[test]
fn dates_far_outside_the_course_are_named() {
    let joined = |day: &str| with("students/amara-osei.toml", &format!("joined = {day}\n{STUDENT}"));
    assert_eq!(problems(&joined("2015-09-27")), []);
    assert_eq!(only_problem(&joined("2015-09-26")), (ProblemName::ImplausibleDate, "joined".to_owned()));
    assert_eq!(problems(&joined("2033-07-11")), []);
    assert_eq!(only_problem(&joined("2033-07-12")), (ProblemName::ImplausibleDate, "joined".to_owned()));

    let supervisor = with("supervisors/helen-marsh.toml", "name = \"Helen Marsh\"\nassessed = 0205-10-03");
    assert_eq!(only_problem(&supervisor), (ProblemName::ImplausibleDate, "assessed".to_owned()));
    let log =
        with("sessions/riverside.toml", &format!("breaks = [{{ from = 1925-12-20, until = 2025-12-30 }}]{GROUP}"));
    assert_eq!(only_problem(&log), (ProblemName::ImplausibleDate, "breaks[0].from".to_owned()));
    let extension = "[extension]\nuntil = 2228-12-31\nagreed_by = \"NTM\"\nagreed = 2028-05-04";
    let student = with("students/amara-osei.toml", &format!("{STUDENT}\n{extension}"));
    assert_eq!(only_problem(&student), (ProblemName::ImplausibleDate, "extension.until".to_owned()));
}

#[test]
fn what_could_identify_a_patient_is_not_repeated() {
    let files = with("students/amara-osei.toml", &format!("notes = \"asked for 943 476 5919\"\n{STUDENT}"));
    assert_eq!(only_problem(&files), (ProblemName::PatientData, "notes".to_owned()));
    assert!(!problems(&files)[0].2.contains("943"));
}

#[test]
fn the_folder_sets_the_levels_of_warnings() {
    let set = |level: &str| {
        let mut files = with("sessions/riverside.toml", &GROUP.replace("[\"amara-osei\"]", "[\"nobody\"]"));
        files.retain(|(path, _)| path != "gwp.toml");
        let levels = format!("[levels]\nnot-a-conductor = \"{level}\"\nunknown-reference = \"off\"\n");
        files.insert(0, ("gwp.toml".to_owned(), levels));
        files.sort();
        let case = link(&files, &|_| true);
        let found: Vec<_> = case.records.problems.iter().map(|found| (found.name, found.level)).collect();
        (found, case.records.students[0].sound)
    };
    let reference = (ProblemName::UnknownReference, Level::Error);
    assert_eq!(set("off"), (vec![reference], true));
    assert_eq!(set("error"), (vec![(ProblemName::NotAConductor, Level::Error), reference], true));
    assert_eq!(set("warning"), (vec![(ProblemName::NotAConductor, Level::Warning), reference], true));
}

#[test]
fn a_broken_log_concerns_whom_its_text_names() {
    for (text, is_unknown) in [
        ("broken amara-osei", true),
        ("broken \"helen-marsh\",", true),
        ("broken jonas-okafor", false),
        ("broken amara-osei-jones", false),
        ("broken x-amara-osei", false),
        ("broken amara-osei2 Éamara-osei amara", false),
        ("broken (amara-osei)", true),
        ("", false),
    ] {
        assert_eq!(unknown(&with("sessions/other.toml", text)), [is_unknown], "{text}");
    }
}

#[test]
fn a_log_without_a_text_concerns_everybody() {
    for (path, is_unknown) in [
        ("sessions/x.toml", true),
        ("sessions/2025", true),
        ("sessions", true),
        ("students/x.toml", false),
        ("sessions-old/x.toml", false),
    ] {
        let records = link(&sound_folder(), &|_| true).records;
        let reason =
            crate::text::Unreadable { message: String::new(), help: String::new(), at: None, is_folder: false };
        let source = Source { path: Text::new(path), content: Err(reason) };
        assert_eq!(are_unknown(&Case::link(records, &[source], &|_| true)), [is_unknown], "{path}");
    }
}

#[test]
fn of_two_records_with_one_id_a_broken_one_is_enough() {
    let mut files = sound_folder();
    files.push(("supervisors/x/helen-marsh.toml".to_owned(), "broken".to_owned()));
    assert_eq!(unknown(&files), [true]);
}
