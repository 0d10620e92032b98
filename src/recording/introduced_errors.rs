//! The problems that the folder would have and does not have now.

use super::unusual::newly_unusual;
use super::{RecordingError, Warning};
use crate::calendar::Day;
use crate::case::Records;
use crate::folder::{Folder, JudgedFolder};
use crate::problems::{Level, Problem};
use crate::text::{Locator, Source, Text};

/// A problem, with where it stands.
pub(super) struct LocatedProblem {
    pub path: Text,
    at: (usize, usize),
    pub problem: Problem,
}

impl LocatedProblem {
    /// Whether it is the same problem, wherever in the file it stands by now.
    fn is_same(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.problem.name, one.problem.level);
        of(self) == of(other) && self.path == other.path && self.problem.message == other.problem.message
    }

    /// As it is known again once the record has other lines.
    fn identity(&self) -> String {
        format!("{}: {} [{}]", self.path, self.problem.message, self.problem.name.word())
    }

    /// `sessions/riverside.toml:31:48: no student has the id "marcus-idow" [unknown-reference]`.
    fn words(&self) -> String {
        let (line, column) = self.at;
        format!("{}:{line}:{column}: {} [{}]", self.path, self.problem.message, self.problem.name.word())
    }

    fn warning(&self) -> Warning {
        let help = self.problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        Warning { name: self.problem.name, says: format!("{}{help}", self.words()) }
    }
}

/// What is wrong in a folder, beside what was wrong in it.
pub(super) struct Introduced {
    /// The warnings that the folder as it would be has, and has not yet.
    pub warnings: Vec<Warning>,
    /// The errors that it has already, as they are known again; safe to show.
    pub errors_before: Vec<String>,
}

/// The warnings that a folder as it would be has and the one `before` has not. The error is the first error of that sort
/// that is not one of those `accepted`. `as_it_would_be` says what becomes of a problem that is there now.
pub(super) fn introduced(
    before: &Folder,
    after: &Folder,
    as_of: Day,
    accepted: &[String],
    as_it_would_be: impl Fn(LocatedProblem) -> LocatedProblem,
) -> Result<Introduced, RecordingError> {
    let known = problems(before, as_of);
    let is_error = |one: &&LocatedProblem| one.problem.level == Level::Error;
    let errors_before = known.iter().filter(is_error).map(LocatedProblem::identity).collect();
    let known = known.into_iter().map(as_it_would_be).collect();
    let is_beyond = |one: &LocatedProblem| !accepted.contains(&one.identity());
    let problems = problems(after, as_of).into_iter().filter(is_beyond).collect();
    Ok(Introduced { warnings: warnings_beyond(known, problems)?, errors_before })
}

/// Looks at records of a case folder that is not there yet: the warnings in it, and what is unusual. The error is the first
/// that would be.
pub fn must_be_sound(sources: Vec<Source>, as_of: Day) -> Result<Vec<String>, RecordingError> {
    let folder = Folder::of_sources(Text::default(), sources, &|_| false);
    let warnings = warnings_beyond(Vec::new(), problems(&folder, as_of))?;
    let unusual = newly_unusual(&Records::default(), &folder.case.records);
    Ok(warnings.into_iter().map(|one| one.says).chain(unusual).collect())
}

fn warnings_beyond(
    mut known: Vec<LocatedProblem>,
    problems: Vec<LocatedProblem>,
) -> Result<Vec<Warning>, RecordingError> {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for problem in problems {
        if let Some(at) = known.iter().position(|one| one.is_same(&problem)) {
            known.swap_remove(at);
        } else if problem.problem.level == Level::Error {
            errors.push(problem);
        } else {
            warnings.push(problem.warning());
        }
    }
    match errors.first() {
        None => Ok(warnings),
        Some(first) => Err(RecordingError::Introduces {
            error: first.words(),
            help: first.problem.help.clone(),
            others: errors.len() - 1,
        }),
    }
}

fn problems(folder: &Folder, as_of: Day) -> Vec<LocatedProblem> {
    let mut locator = Locator::new(&folder.sources);
    let problems = JudgedFolder::new(folder, as_of).problems(&mut locator);
    let located = |problem: Problem| {
        let path = folder.sources.get(problem.file.0 as usize).map(|source| source.path.clone()).unwrap_or_default();
        LocatedProblem { path, at: problem.place(&mut locator), problem }
    };
    problems.into_iter().map(located).collect()
}
