//! Which students the answer and the exit status are about.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::case::Case;
use gwp::judgement::{StudentResult, Verdict};
use gwp::text::{Text, visible};

use super::folders::Opened;

/// Filters; problems are always all shown.
#[derive(Debug, Default, ClapArgs)]
pub struct Selection {
    /// Only the student with this id; can be given several times
    #[arg(long, value_name = "ID")]
    student: Vec<String>,

    /// Only the students of the course with this id; can be given several times
    #[arg(long, value_name = "ID")]
    course: Vec<String>,

    /// Only the students with this verdict; can be given several times, or separated by commas
    #[arg(long, value_name = "VERDICT", value_delimiter = ',', value_parser = verdict)]
    verdict: Vec<Verdict>,
}

fn verdict(word: &str) -> Result<Verdict, String> {
    Verdict::from_word(word).ok_or_else(|| {
        let words: Vec<_> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
        format!("the verdicts are {}", words.join(", "))
    })
}

impl Selection {
    /// Only the student with an id.
    pub fn of_student(id: &str) -> Self {
        Self { student: vec![id.to_owned()], course: Vec::new(), verdict: Vec::new() }
    }

    /// Only the students with these ids; all where there are none.
    pub fn of_students(ids: &[String]) -> Self {
        Self { student: ids.to_vec(), course: Vec::new(), verdict: Vec::new() }
    }

    /// Whether a student is among those that were asked for by id. `folder` is the folder's name where ids are shown
    /// with it.
    pub fn names(&self, id: &Text, folder: Option<&Text>) -> bool {
        let with_folder = |wanted: &str| {
            let rest = wanted.strip_prefix(folder?.raw())?;
            Some(rest.strip_prefix('/')? == id.raw())
        };
        self.student.is_empty()
            || self.student.iter().any(|wanted| wanted == id.raw() || with_folder(wanted) == Some(true))
    }

    /// Which students are kept, in words; none where all are.
    pub fn words(&self) -> Option<String> {
        let verdicts: Vec<_> = self.verdict.iter().map(|verdict| verdict.word().to_owned()).collect();
        let named =
            |what: &str, ids: &[String]| (!ids.is_empty()).then(|| format!("{what} {}", visible(&ids.join(", "))));
        let words: Vec<_> =
            [named("the student", &self.student), named("the course", &self.course), named("the verdict", &verdicts)]
                .into_iter()
                .flatten()
                .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Whether every student is kept.
    pub fn is_empty(&self) -> bool {
        self.student.is_empty() && self.course.is_empty() && self.verdict.is_empty()
    }

    /// Whether verdicts are asked for, which change from day to day.
    pub fn names_verdicts(&self) -> bool {
        !self.verdict.is_empty()
    }

    /// The courses whose meetings matter: those that are asked for, and those of the students who are; all where neither
    /// is asked for.
    pub fn concerns(&self, course: &Text, case: &Case, folder: Option<&Text>) -> bool {
        let of_students = || {
            let students =
                case.records.students.iter().filter(|entry| is_among(&self.student, Some(&entry.id), folder));
            students.filter_map(|entry| case.course_of(entry)).any(|id| id == course)
        };
        is_among(&self.course, Some(course), folder) && (self.student.is_empty() || of_students())
    }

    /// Whether every id that was asked for is there: to print nothing for a misspelt one would be a wrong answer.
    pub fn must_match(&self, opened: &[Opened], several: bool) -> anyhow::Result<()> {
        let students: Vec<String> =
            ids(opened, several, |folder| folder.case.records.students.iter().map(|entry| entry.id.raw()).collect());
        let courses: Vec<String> =
            ids(opened, several, |folder| folder.case.records.courses.iter().map(|entry| entry.id.raw()).collect());
        must_be_among(&self.student, &students, "student")?;
        must_be_among(&self.course, &courses, "course")
    }

    /// Whether a student is among those that were asked for. `folder` is the folder's name where ids are shown
    /// with it.
    pub fn keeps(&self, result: &StudentResult<'_>, folder: Option<&Text>) -> bool {
        is_among(&self.student, Some(result.id), folder)
            && is_among(&self.course, result.course, folder)
            && (self.verdict.is_empty() || self.verdict.contains(&result.verdict))
    }
}

/// Whether an id is one of those that were asked for, if any were.
fn is_among(wanted: &[String], id: Option<&Text>, folder: Option<&Text>) -> bool {
    wanted.is_empty() || id.is_some_and(|id| wanted.iter().any(|wanted| is_id(wanted, id, folder)))
}

/// Whether an id was typed, alone or with the folder's name before it where ids are shown with it.
pub fn is_id(typed: &str, id: &Text, folder: Option<&Text>) -> bool {
    let with_folder = folder.and_then(|folder| typed.strip_prefix(folder.raw())?.strip_prefix('/'));
    typed == id.raw() || with_folder == Some(id.raw())
}

fn ids<'o>(opened: &'o [Opened], several: bool, of: impl Fn(&'o Opened) -> Vec<&'o str>) -> Vec<String> {
    opened
        .iter()
        .flat_map(|folder| {
            of(folder).into_iter().flat_map(move |id| {
                let with_folder = several.then(|| format!("{}/{id}", folder.name.raw()));
                with_folder.into_iter().chain([id.to_owned()])
            })
        })
        .collect()
}

/// More bytes than an id has that somebody means.
const LONGEST: usize = 80;

/// An error where one of the ids is not known.
pub fn must_be_among(wanted: &[String], known: &[String], kind: &str) -> anyhow::Result<()> {
    let Some(missing) = wanted.iter().find(|id| !known.contains(id)) else { return Ok(()) };
    let near = nearest(missing, known.iter().map(String::as_str));
    let advice = near.unwrap_or_else(|| format!("\"gwp list {kind}s\" shows them all"));
    bail!("no {kind} has the id \"{}\"; {advice}", visible(missing))
}

/// What was probably meant by a word that is not known, as a question.
pub fn nearest<'k>(missing: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    known
        .filter(|word| word.len().max(missing.len()) <= LONGEST)
        .map(|word| (strsim::damerau_levenshtein(word, missing), word))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, word)| format!("did you mean \"{}\"?", visible(word)))
}
