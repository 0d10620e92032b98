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

fn unknown(files: &[(String, String)]) -> Vec<bool> {
    link(files, &|_| true).unknown
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
    let sessions = "sessions = [
        { date = 2025-10-06, minutes = 90, present = 7 },
        { date = 2025-10-13, cancelled = \"conductor ill\" },
        { date = 2025-10-13, minutes = 90, present = 7 },
        { date = 2025-10-06, minutes = 60, present = 7 },
    ]";
    for (path, log) in [("sessions/riverside.toml", GROUP), ("sessions/supervision.toml", SUPERVISION)] {
        let sessions = if log == GROUP { sessions.to_owned() } else { sessions.replace(", present = 7", "") };
        let files = with(path, &log.replace("sessions = []", &sessions));
        assert_eq!(only_problem(&files), (ProblemName::DuplicateSession, "sessions[3].date".to_owned()));
    }
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
        assert_eq!(Case::link(records, &[source], &|_| true).unknown, [is_unknown], "{path}");
    }
}

#[test]
fn of_two_records_with_one_id_a_broken_one_is_enough() {
    let mut files = sound_folder();
    files.push(("supervisors/x/helen-marsh.toml".to_owned(), "broken".to_owned()));
    assert_eq!(unknown(&files), [true]);
}
