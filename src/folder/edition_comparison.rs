//! A folder judged by two editions: what a change of rules would mean for whom.

use super::{Folder, FolderError, JudgedFolder, Selection};
use crate::calendar::Day;
use crate::diff::{Side, StudentChange, student_changes};
use crate::edition::Scheme;

/// A folder judged twice as of one day: every course by the first edition, and every course by the second, whichever
/// the course names. What the folder varies holds in both.
pub struct EditionComparison<'f> {
    pub(crate) schemes: [Scheme; 2],
    pub(crate) states: [JudgedFolder<'f>; 2],
}

impl<'f> EditionComparison<'f> {
    /// The folder by both editions. The error says that its own record has an error, so that nobody can be judged.
    pub fn of(folder: &'f Folder, schemes: [Scheme; 2], as_of: Day) -> Result<Self, FolderError> {
        folder.must_be_judged()?;
        Ok(Self { schemes, states: schemes.map(|scheme| JudgedFolder::by(folder, as_of, scheme)) })
    }

    /// For whom of the selected students the judgement differs, in order of id.
    pub fn students(&self, selection: &Selection) -> Vec<StudentChange<'_>> {
        let [one, other] = self.states.each_ref().map(side);
        student_changes(one, other, &[], &|id| selection.names(id, &self.states[0].folder.name))
    }
}

fn side<'s>(state: &'s JudgedFolder<'_>) -> Side<'s> {
    Side { case: &state.folder.case, cases: state.cases(), as_of: state.as_of }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Code;
    use crate::reports::{DiffReport, Report};
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
        assert_eq!(
            [&document["from"]["as_of"], &document["from"]["rev"]],
            [&serde_json::json!("2026-02-10"), &().into()]
        );
        let requirements = document["students"][0]["requirements"].as_array().unwrap();
        let length = requirements.iter().find(|one| one["code"] == "G4").unwrap();
        assert_eq!([&length["from"], &length["to"]], ["query", "met"]);
        assert_eq!(
            [&document["records"], &document["problems"]["new"]],
            [&serde_json::json!([]), &serde_json::json!([])]
        );
    }

    #[test]
    fn with_nothing_to_judge_by_nothing_is_compared() {
        let folder = york("lcc_meetings = 3", "");
        let error = EditionComparison::of(&folder, editions(), Day::first()).err();
        assert_eq!(error, Some(FolderError::NotJudged { folder: Text::new("york") }));
    }
}
