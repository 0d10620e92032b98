//! Editions, per course: a folder that is judged by an older one, and a course in it that names the newest. The edition
//! `another` is one for tests: it accepts sessions of 50 minutes, has a report due on 15 March instead of 31 January, and
//! words G4 in another way.

#![allow(clippy::unwrap_used, reason = "what a test is written with is there")]

use super::{DiffReport, Explanation, Report};
use crate::calendar::Day;
use crate::diff::{Alike, StudentChange};
use crate::edition::{Code, Scheme};
use crate::folder::{Comparison, EditionComparison, Folder, FolderError, JudgedFolder, Selection};
use crate::receipt::{FolderReceipt, Receipt, differences};
use crate::records::Gwp;
use crate::requirements::Status;
use crate::text::{Source, Text};

/// York, where Robin Ashby held a session of 55 minutes; the edition of the tests accepts 50. `gwp` is the text of
/// the folder's own record, and `course` stands above that of the course.
fn york(gwp: &str, course: &str) -> Folder {
    let sessions = include_str!("../../tests/cases/base/sessions/tuesday-group.toml");
    let files = [
        (
            "courses/york-2025.toml",
            format!("{course}{}", include_str!("../../tests/cases/base/courses/york-2025.toml")),
        ),
        ("gwp.toml", gwp.to_owned()),
        ("sessions/tuesday-group.toml", sessions.replace("2025-11-04, minutes = 90", "2025-11-04, minutes = 55")),
        ("students/robin-ashby.toml", include_str!("../../tests/cases/base/students/robin-ashby.toml").to_owned()),
        (
            "supervisors/ines-farrow.toml",
            include_str!("../../tests/cases/base/supervisors/ines-farrow.toml").to_owned(),
        ),
        ("supervisors/kit-lowe.toml", include_str!("../../tests/cases/base/supervisors/kit-lowe.toml").to_owned()),
    ];
    let source = |(path, text): (&str, String)| Source { path: Text::new(path), content: Ok(text.into()) };
    Folder::of_sources(Text::new("york"), files.map(source).into(), &|_| true)
}

fn editions() -> [Scheme; 2] {
    ["iga-2022-23", "another"].map(|word| Scheme::from_word(word).unwrap())
}

/// The id, and what becomes of G4, of each student who is judged differently.
type Differing = Vec<(String, Option<(Status, Status)>)>;

fn differing(folder: &Folder, schemes: [Scheme; 2], selection: &Selection) -> Differing {
    let comparison = EditionComparison::of(folder, schemes, Day::parse("2026-02-10").unwrap()).unwrap();
    let length = |student: &StudentChange<'_>| {
        let found = student.requirements.iter().find(|one| one.code == Code::G4)?;
        Some((found.from?, found.to?))
    };
    let students = comparison.students(selection);
    students.iter().map(|student| (student.id.raw().to_owned(), length(student))).collect()
}

#[test]
fn a_student_is_named_with_what_differs() {
    let everybody = Selection::default();
    let folder = york("", "");
    let [one, other] = editions();
    let robin = |from, to| vec![("robin-ashby".to_owned(), Some((from, to)))];
    assert_eq!(differing(&folder, [one, other], &everybody), robin(Status::Query, Status::Met));
    assert_eq!(differing(&folder, [other, one], &everybody), robin(Status::Met, Status::Query));
    assert_eq!(differing(&folder, [one, one], &everybody), []);
    assert_eq!(differing(&folder, [one, other], &Selection::of_students(&["kit-lowe".to_owned()])), []);
}

/// Which edition the folder or the course names makes no difference: both are asked about.
#[test]
fn whichever_edition_the_records_name_both_are_judged() {
    let everybody = Selection::default();
    let names_another = "scheme = \"another\"\n";
    for (gwp, course) in [(names_another, ""), ("", names_another)] {
        let found = differing(&york(gwp, course), editions(), &everybody);
        assert_eq!(found, [("robin-ashby".to_owned(), Some((Status::Query, Status::Met)))]);
    }
}

#[test]
fn what_the_folder_varies_holds_in_both() {
    let varied = "[[variation]]\nparameter = \"session_minutes_min\"\nvalue = 45\n\
        agreed_by = \"National Training Manager\"\nagreed = 2025-09-10\n";
    let found = differing(&york(varied, ""), editions(), &Selection::default());
    assert!(found.iter().all(|(_, length)| length.is_none()), "{found:?}");
}

#[test]
fn the_report_says_which_editions_and_what_becomes_of_whom() {
    let folder = york("", "");
    let comparison = EditionComparison::of(&folder, editions(), Day::parse("2026-02-10").unwrap()).unwrap();
    let students = comparison.students(&Selection::default());
    let report = DiffReport::of_editions(&comparison, &students);
    let said: Vec<_> = report.sheets().iter().flat_map(|sheet| sheet.lead.clone()).collect();
    assert_eq!(
        said[0],
        "Everybody is judged by the edition iga-2022-23, and by the edition another, as of 10 February 2026."
    );
    let document = serde_json::to_value(&report).unwrap();
    assert_eq!([&document["from"]["scheme"], &document["to"]["scheme"]], ["iga-2022-23", "another"]);
    assert_eq!([&document["from"]["as_of"], &document["from"]["rev"]], [&serde_json::json!("2026-02-10"), &().into()]);
    let requirements = document["students"][0]["requirements"].as_array().unwrap();
    let length = requirements.iter().find(|one| one["code"] == "G4").unwrap();
    assert_eq!([&length["from"], &length["to"]], ["query", "met"]);
    assert_eq!([&document["records"], &document["problems"]["new"]], [&serde_json::json!([]), &serde_json::json!([])]);
}

#[test]
fn with_nothing_to_judge_by_nothing_is_compared() {
    let folder = york("lcc_meetings = 3", "");
    let error = EditionComparison::of(&folder, editions(), Day::first()).err();
    assert_eq!(error, Some(FolderError::NotJudged { folder: Text::new("york") }));
}

/// What is made of the judgement of Robin Ashby as of 10 February 2026.
fn length(folder: &Folder) -> Status {
    let mut status = None;
    let as_of = Day::parse("2026-02-10").unwrap();
    let _ = JudgedFolder::new(folder, as_of).roster(&Selection::default(), &mut |_, judgement| {
        status = judgement.map(|judgement| judgement.finding(Code::G4).status);
    });
    status.unwrap()
}

const ANOTHER: &str = "scheme = \"another\"\n";
const OLDEST: &str = "scheme = \"iga-2022-23\"\n";

/// The course's own edition goes before the folder's, and the folder's before the first there was.
#[test]
fn a_course_is_judged_by_its_own_edition_else_by_the_folders_else_by_the_first() {
    assert_eq!(length(&york("", "")), Status::Query);
    assert_eq!(length(&york(ANOTHER, "")), Status::Met);
    assert_eq!(length(&york("", ANOTHER)), Status::Met);
    assert_eq!(length(&york(ANOTHER, OLDEST)), Status::Query);
    assert_eq!(length(&york(OLDEST, ANOTHER)), Status::Met);
}

/// What is begun now is judged by the newest edition; what was there before stays as it was.
#[test]
fn what_is_begun_now_names_the_newest_edition() {
    let [oldest, newest] = editions();
    assert_eq!(Scheme::newest(), newest);
    assert_eq!((oldest.of_new_course(), newest.of_new_course()), (Some(newest), None));
    let folder = york(&Gwp::text_of_new(".schemas/gwp.schema.json"), "");
    assert_eq!(folder.scheme(), newest);
    assert_eq!(length(&folder), Status::Met);
}

/// A receipt says of each course by which edition it was judged, and verifying it notices another.
#[test]
fn a_receipt_names_the_edition_of_each_course() {
    let receipt = |gwp: &str, course: &str| {
        let receipt = FolderReceipt::of(&york(gwp, course), Day::parse("2026-02-10").unwrap()).unwrap();
        Receipt::of_folders(vec![receipt])
    };
    let (plain, of_course) = (receipt("", ""), receipt("", ANOTHER));
    assert_eq!(plain.folders[0].course_editions.len(), 0);
    let named = &of_course.folders[0].course_editions["york-2025"];
    assert!(named.starts_with("another, sha256:"), "{named}");
    assert!(!named.ends_with(&plain.folders[0].edition), "the digest is that of other parameters");
    let found = differences(&plain, &of_course);
    let edition = found.iter().find(|one| one.what == "edition").unwrap();
    assert!(edition.now.as_ref().unwrap().contains("york-2025: another, sha256:"), "{edition:?}");
    let length = found.iter().find(|one| one.what == "G4").unwrap();
    assert_eq!((length.receipt.as_deref(), length.now.as_deref()), (Some("query"), Some("met or n/a")));
    assert_eq!(differences(&of_course, &of_course), []);
}

/// A course that is given another edition is judged differently from one state to the next, and so is a folder.
#[test]
fn a_diff_shows_who_is_judged_differently_when_an_edition_is_named() {
    let older = york("", "");
    for (newer, file) in [(york("", ANOTHER), "courses/york-2025.toml"), (york(ANOTHER, ""), "gwp.toml")] {
        let alike = Alike::of(&older.sources, &newer.sources);
        let day = Day::parse("2026-02-10").unwrap();
        let comparison = Comparison::of([&older, &newer], [day, day], &alike);
        let found = comparison.differences(&Selection::default());
        let student = &found.students[0];
        let length = student.requirements.iter().find(|one| one.code == Code::G4).unwrap();
        assert_eq!((length.from, length.to), (Some(Status::Query), Some(Status::Met)), "{file}");
        assert_eq!(found.records[0].file.raw(), file);
    }
}

/// Deadlines and their words come from the edition of the course.
#[test]
fn a_course_is_explained_by_its_edition() {
    let [oldest, newest] = editions();
    let asks = |scheme, code| {
        let explanation = Explanation { scheme, variations: &[], on: Day::parse("2026-02-10").unwrap() };
        explanation.json(code)["asks"].as_str().unwrap().to_owned()
    };
    assert_eq!(asks(oldest, Code::G4), "A session lasts 60 to 90 minutes.");
    assert_eq!(asks(newest, Code::G4), "Every session goes on for 50 to 90 minutes.");
    assert!(asks(oldest, Code::R1).ends_with("by 31 January and 13 June."));
    assert!(asks(newest, Code::R1).ends_with("by 15 March and 13 June."));
}
