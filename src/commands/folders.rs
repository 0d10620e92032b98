//! The case folders that a command is about: found, read, linked, and judged as of the day that is asked for.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use gwp::calendar::Day;
use gwp::case::{self, Case, Records, StudentCase};
use gwp::edition::{ParameterName, Parameters};
use gwp::files::{self, CaseFolder, Root};
use gwp::judgement::decision_order;
use gwp::problems::Problem;
use gwp::records::{Scheme, Variation};
use gwp::reports::Summary;
use gwp::text::{Locator, Source, Text};

use super::Ending;
use super::selection::Selection;

/// The day as of which a command judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// A day.
    Day(Day),
    /// The folder's earliest LCC meeting from today on.
    NextLcc,
}

impl AsOf {
    /// Reads `2026-01-31` or `next-lcc`; the error says what is needed.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text == "next-lcc" {
            return Ok(Self::NextLcc);
        }
        let needed = || "a day such as 2026-01-31 is needed, or next-lcc".to_owned();
        Day::parse(text).map(Self::Day).ok_or_else(needed)
    }
}

/// A folder that was read and linked.
pub struct Opened {
    /// What it is called in a run over several.
    pub name: Text,
    /// Where it is.
    pub root: Root,
    /// Its sources.
    pub sources: Vec<Source>,
    /// The linked case folder.
    pub case: Case,
    /// The commit that it was read from, in words; none where it was read from disk.
    pub stood_in: Option<String>,
    /// The full id of that commit.
    pub rev: Option<String>,
}

impl Opened {
    /// Reads the records of a folder and links them.
    pub fn of(folder: CaseFolder, stood_in: Option<String>) -> Self {
        let records = case::read(&folder.sources);
        Self::linked(folder, records, stood_in)
    }

    /// Links what was read from a folder.
    pub fn linked(folder: CaseFolder, records: Records, stood_in: Option<String>) -> Self {
        let case = Case::link(records, &folder.sources, &|path| folder.holds(path));
        Self { name: folder.root.name.clone(), root: folder.root, sources: folder.sources, case, stood_in, rev: None }
    }

    /// Reads and links sources of a folder on disk as they are, or as they would be.
    pub fn link(folder: &CaseFolder, sources: Vec<Source>) -> Self {
        let mut folder = folder.clone();
        folder.sources = sources;
        Self::of(folder, None)
    }

    /// The folder's name, where ids are shown with it: in a run over several.
    pub fn named(&self, several: bool) -> Option<&Text> {
        several.then_some(&self.name)
    }

    /// The day as of which the folder is judged: the next meeting is that of the courses that the selection is about.
    /// The error says that no LCC meeting is to come.
    pub fn as_of(&self, asked: Option<AsOf>, today: Day, selection: &Selection, several: bool) -> anyhow::Result<Day> {
        let of_course = |course: &Text| selection.concerns(course, &self.case, self.named(several));
        match asked {
            Some(AsOf::Day(day)) => Ok(day),
            Some(AsOf::NextLcc) if self.can_be_judged() => self.case.next_lcc(today, &of_course).with_context(|| {
                format!(
                    "no LCC meeting from today on is recorded in {}; list it under lcc_meetings in gwp.toml or in the \
                     course",
                    self.name
                )
            }),
            Some(AsOf::NextLcc) | None => Ok(today),
        }
    }

    /// The cases of the students, in order of position.
    pub fn cases(&self) -> Vec<Option<StudentCase<'_>>> {
        (0..self.case.records.students.len()).map(|position| self.case.student(position)).collect()
    }

    /// The edition that the folder is judged by.
    pub fn scheme(&self) -> Scheme {
        self.case.records.gwp.as_ref().and_then(|gwp| gwp.scheme).unwrap_or_default()
    }

    /// The parameters in force on a day.
    pub fn parameters(&self, day: Day) -> Parameters {
        Parameters::in_force(self.scheme(), self.variations(), day)
    }

    fn variations(&self) -> &[Variation] {
        self.case.records.gwp.as_ref().map_or(&[], |gwp| &gwp.variation)
    }

    /// The variations in force on a day, in the order of the parameters.
    pub fn variations_in_force(&self, day: Day) -> Vec<&Variation> {
        let names = ParameterName::ALL.into_iter();
        names.filter_map(|name| Parameters::variation_of(name, self.variations(), day)).collect()
    }

    /// What the folder is judged by on a day. `variations` are those in force on it.
    pub fn summary<'s>(&'s self, variations: &'s [&'s Variation], as_of: Day) -> Summary<'s> {
        Summary {
            as_of,
            scheme: self.scheme().word(),
            variations,
            stood_in: self.stood_in.as_deref(),
            records: self.case.records.used(),
            files: self.sources.iter().filter(|source| source.is_file()).count(),
        }
    }

    /// All problems, those that need a judgement among them, in order of file, line and column.
    pub fn problems(&self, cases: &[Option<StudentCase<'_>>], as_of: Day, locator: &mut Locator<'_>) -> Vec<Problem> {
        let mut problems = self.problems_of(cases.iter().flatten(), as_of);
        problems.sort_by_cached_key(|problem| (problem.file, problem.place(locator), problem.name));
        problems
    }

    /// All problems of what is written, and of the order of decisions in some of the cases.
    pub fn problems_of<'c>(&self, cases: impl Iterator<Item = &'c StudentCase<'c>>, as_of: Day) -> Vec<Problem> {
        let mut problems = self.case.records.problems.clone();
        let mut of_order: Vec<_> = cases.flat_map(|case| decision_order(case, as_of)).collect();
        case::set_levels(&mut of_order, self.case.records.gwp.as_ref());
        problems.append(&mut of_order);
        problems
    }

    /// An error where there is nothing to judge by.
    pub fn must_be_judged(&self) -> anyhow::Result<()> {
        if !self.can_be_judged() {
            bail!("the gwp.toml of {} has an error, so nothing can be judged; see \"gwp check\"", self.name);
        }
        Ok(())
    }

    /// Whether the folder's own record is sound, so that there is something to judge by.
    pub fn can_be_judged(&self) -> bool {
        self.case.records.gwp.is_some()
    }
}

/// The folders that can be judged. Of several, one that cannot is left out and said to be; a single one is an error.
pub fn judged(opened: &[Opened], several: bool) -> anyhow::Result<(Vec<&Opened>, Ending)> {
    let (mut judged, mut ending) = (Vec::new(), Ending::Clean);
    for folder in opened {
        if several && !folder.can_be_judged() {
            ending = Ending::Found;
            let name = &folder.name;
            writeln!(anstream::stderr(), "gwp: {name} is left out: its gwp.toml has an error; see \"gwp check\"")?;
            continue;
        }
        folder.must_be_judged()?;
        judged.push(folder);
    }
    Ok((judged, ending))
}

/// The same, each with the day as of which it is judged.
pub fn judged_as_of<'o>(
    opened: &'o [Opened],
    asked: Option<AsOf>,
    today: Day,
    selection: &Selection,
    several: bool,
) -> anyhow::Result<(Vec<(&'o Opened, Day)>, Ending)> {
    let (judged, ending) = judged(opened, several)?;
    let with_day = |folder: &'o Opened| Ok((folder, folder.as_of(asked, today, selection, several)?));
    Ok((judged.into_iter().map(with_day).collect::<anyhow::Result<_>>()?, ending))
}

/// An id as it is shown: with the folder's name where there are several folders.
pub fn shown_id(folder: Option<&Text>, id: &Text) -> String {
    folder.map_or_else(|| id.to_string(), |folder| format!("{folder}/{id}"))
}

/// Opens the folders that were given, or that of `-C`, or the current one. Several given folders, or a folder of
/// folders, are opened in order; the flag says whether ids are to be shown with their folder.
pub fn open(given: &[PathBuf], change: Option<&Path>) -> anyhow::Result<(Vec<Opened>, bool)> {
    let roots = files::find(&paths(given, change))?;
    let several = roots.len() > 1;
    let opened = roots.into_iter().map(|root| Ok(Opened::of(CaseFolder::open(root)?, None)));
    Ok((opened.collect::<anyhow::Result<Vec<_>>>()?, several))
}

/// The paths that were given, from the folder of `-C` on; that folder itself where there are none.
pub fn paths(given: &[PathBuf], change: Option<&Path>) -> Vec<PathBuf> {
    let start = change.unwrap_or(Path::new("."));
    match given {
        [] => vec![start.to_owned()],
        given => given.iter().map(|folder| start.join(folder)).collect(),
    }
}
