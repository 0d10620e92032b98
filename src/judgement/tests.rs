//! Two courses of one folder, judged by different editions; and two supervisors, of whom one has shown nothing.

use super::*;
use crate::edition::Scheme;
use crate::folder::Folder;
use crate::reports::{Explanation, Summary};
use crate::text::{Source, Text};

const COURSE: &str = include_str!("../../tests/cases/base/courses/york-2025.toml");
const STUDENT: &str = include_str!("../../tests/cases/base/students/robin-ashby.toml");
const SESSIONS: &str = include_str!("../../tests/cases/base/sessions/tuesday-group.toml");

const FARROW: &str = include_str!("../../tests/cases/base/supervisors/ines-farrow.toml");
const LOWE: &str = include_str!("../../tests/cases/base/supervisors/kit-lowe.toml");

fn folder_of<const N: usize>(texts: [(&str, String); N]) -> Folder {
    let source = |(path, text): (&str, String)| Source { path: Text::new(path), content: Ok(text.into()) };
    Folder::of_sources(Text::new("york"), texts.map(source).into(), &|_| true)
}

/// Robin Ashby of the course York 2025 and Kim Ashby of York 2026, alike but for the edition (`another` is one for tests): both conduct a session of
/// 55 minutes.
fn folder() -> Folder {
    let sessions = SESSIONS
        .replace("[\"robin-ashby\"]", "[\"robin-ashby\", \"kim-ashby\"]")
        .replace("2025-11-04, minutes = 90", "2025-11-04, minutes = 55");
    folder_of([
        ("courses/york-2025.toml", COURSE.to_owned()),
        ("courses/york-2026.toml", format!("scheme = \"another\"\n{COURSE}")),
        ("gwp.toml", include_str!("../../tests/cases/base/gwp.toml").to_owned()),
        ("sessions/tuesday-group.toml", sessions),
        ("students/kim-ashby.toml", STUDENT.replace("york-2025", "york-2026")),
        ("students/robin-ashby.toml", STUDENT.to_owned()),
        ("supervisors/ines-farrow.toml", FARROW.to_owned()),
        ("supervisors/kit-lowe.toml", LOWE.to_owned()),
    ])
}

/// What is made of the judgement of a student as of 10 February 2026.
fn judged<T>(folder: &Folder, id: &str, look: impl Fn(&Judgement<'_>) -> T) -> Option<T> {
    let as_of = Day::new(2026, 2, 10)?;
    let position = folder.case.records.students.iter().position(|entry| entry.id.raw() == id)?;
    let student = folder.case.student(position)?;
    Some(look(&Judgement::new(&student, as_of, AwardDecisions::Counted)))
}

#[test]
fn each_course_is_judged_by_its_edition() {
    let folder = folder();
    let length = |judgement: &Judgement<'_>| judgement.finding(Code::G4).status;
    assert_eq!(judged(&folder, "robin-ashby", length), Some(Status::Query));
    assert_eq!(judged(&folder, "kim-ashby", length), Some(Status::Met));
    let next_report = |judgement: &Judgement<'_>| judgement.facts.course_deadlines.first().copied();
    assert_eq!(judged(&folder, "robin-ashby", next_report), Some(Day::new(2026, 1, 31)));
    assert_eq!(judged(&folder, "kim-ashby", next_report), Some(Day::new(2026, 3, 15)));
}

#[test]
fn each_course_is_explained_by_its_edition() {
    let folder = folder();
    let asks = |scheme: Scheme| {
        let on = Day::last();
        let explanation = Explanation { scheme, variations: folder.case.records.variations(), on };
        explanation.json(Code::G4)["asks"].clone()
    };
    let of = |id: &str| judged(&folder, id, |judgement| judgement.facts.case.scheme).map(asks);
    assert_eq!(of("robin-ashby"), Some("A session lasts 60 to 90 minutes.".into()));
    assert_eq!(of("kim-ashby"), Some("Every session goes on for 50 to 90 minutes.".into()));
}

#[test]
fn a_summary_names_the_courses_of_another_edition() {
    let folder = folder();
    let said = folder.judge(Day::last()).map(|judged| Summary::of(&judged).sentence());
    let said = said.unwrap_or_default();
    assert!(said.starts_with("Judged by the edition iga-2022-23 (york-2026: another), as of"), "{said}");
}

/// Who is to act where a supervisor has not shown a registration is that supervisor, whatever others have shown.
#[test]
fn who_lacks_a_registration_is_asked_for_it() {
    const ARRANGEMENT: &str = "[[arrangement]]\ngroup = \"tuesday-group\"\nsupervisor = \"ann-ray\"\nfrom = 2025-10-06\n\
        confirmed = 2025-10-22\nmedical_cover = \"not-needed\"\n\n";
    const RAY: &str = "name = \"Ann Ray\"\ngroup_analyst = true\n\
        other_evidence = { what = \"Twenty years of practice\", accepted = 2025-10-01 }\n";
    let without_registrations: String =
        LOWE.lines().filter(|line| !line.starts_with("registrations")).flat_map(|line| [line, "\n"]).collect();
    for (before, after) in [(ARRANGEMENT, ""), ("", ARRANGEMENT)] {
        let student = STUDENT.replace("[[arrangement]]", &format!("{before}[[arrangement]]"));
        let student = student.replace("[[wrg]]", &format!("{after}[[wrg]]"));
        let folder = folder_of([
            ("courses/york-2025.toml", COURSE.to_owned()),
            ("gwp.toml", include_str!("../../tests/cases/base/gwp.toml").to_owned()),
            ("sessions/tuesday-group.toml", SESSIONS.to_owned()),
            ("students/robin-ashby.toml", student),
            ("supervisors/ann-ray.toml", RAY.to_owned()),
            ("supervisors/ines-farrow.toml", FARROW.to_owned()),
            ("supervisors/kit-lowe.toml", without_registrations.clone()),
        ]);
        let asked = judged(&folder, "robin-ashby", |judgement| {
            let steps = next_steps(judgement);
            let step = steps.into_iter().find(|step| step.code == Code::S2)?;
            match step.who {
                Who::Person(person) => Some((person.name.to_string(), step.what)),
                Who::Body(_) | Who::Before(..) | Who::Nobody => None,
            }
        });
        let missing = "no registration of Kit Lowe is recorded, nor other evidence";
        assert_eq!(asked, Some(Some(("Kit Lowe".to_owned(), missing.to_owned()))));
    }
}
