//! The problems that would be in the folder and are not now.

use std::io::Write;

use anyhow::bail;
use gwp::Folder;
use gwp::calendar::Day;
use gwp::folder::JudgedFolder;
use gwp::problems::{Level, Problem};
use gwp::text::{Locator, Source, Text};

use super::Desk;

/// A problem, with where it stands.
pub(super) struct Told {
    pub path: Text,
    at: (usize, usize),
    pub problem: Problem,
}

impl Told {
    /// Whether it is the same problem, wherever in the file it stands by now.
    fn is_same(&self, other: &Self) -> bool {
        let of = |told: &Self| (told.problem.name, told.problem.level);
        of(self) == of(other) && self.path == other.path && self.problem.message == other.problem.message
    }

    fn words(&self) -> String {
        let (line, column) = self.at;
        let help = self.problem.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        let (message, name) = (&self.problem.message, self.problem.name.word());
        format!("{}:{line}:{column}: {message} [{name}]{help}", self.path)
    }
}

impl Desk {
    /// The folder as it would be. The error is the first problem that would be in it and is not now; a warning is
    /// told beside.
    pub(super) fn judged_anew(&self, sources: Vec<Source>) -> anyhow::Result<Folder> {
        let after = Folder::with_sources(&self.folder, sources);
        tell(&self.brought_in(&after, &|told| told)?)?;
        Ok(after)
    }

    /// The warnings that would be there and are not now. The error is the first error of that sort. `as_it_would_be`
    /// says what becomes of a problem that is there now.
    pub(super) fn brought_in(
        &self,
        after: &Folder,
        as_it_would_be: &dyn Fn(Told) -> Told,
    ) -> anyhow::Result<Vec<Told>> {
        let known = problems(&self.opened, self.as_of).into_iter().map(as_it_would_be).collect();
        beyond(known, problems(after, self.as_of))
    }
}

/// Looks at records of a case folder that is not there yet: the error is the first that would be in it.
pub fn must_be_sound(sources: Vec<Source>, as_of: Day) -> anyhow::Result<()> {
    let opened = Folder::of_sources(Text::default(), sources, &|_| false);
    tell(&beyond(Vec::new(), problems(&opened, as_of))?)
}

/// The warnings that are not known. The error is the first error that is not.
fn beyond(mut known: Vec<Told>, problems: Vec<Told>) -> anyhow::Result<Vec<Told>> {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for told in problems {
        if let Some(at) = known.iter().position(|one| one.is_same(&told)) {
            known.swap_remove(at);
        } else if told.problem.level == Level::Error {
            errors.push(told);
        } else {
            warnings.push(told);
        }
    }
    if let Some(first) = errors.first() {
        let more = if errors.len() > 1 { format!(" (and {} more)", errors.len() - 1) } else { String::new() };
        bail!("nothing is written, for it would bring in an error{more}: {}", first.words());
    }
    Ok(warnings)
}

fn tell(warnings: &[Told]) -> anyhow::Result<()> {
    for warning in warnings {
        writeln!(anstream::stderr(), "gwp: warning: {}", warning.words())?;
    }
    Ok(())
}

fn problems(opened: &Folder, as_of: Day) -> Vec<Told> {
    let mut locator = Locator::new(&opened.sources);
    let problems = JudgedFolder::new(opened, as_of).problems(&mut locator);
    let told = |problem: Problem| {
        let path = opened.sources.get(problem.file.0 as usize).map(|source| source.path.clone()).unwrap_or_default();
        Told { path, at: problem.place(&mut locator), problem }
    };
    problems.into_iter().map(told).collect()
}
