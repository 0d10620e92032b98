//! The arguments that say which case folders a command is about, as of which day, and which of their students.

use std::io::Write;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::files::FilesError;
use gwp::folder::{self, AsOf, FolderError, JudgedFolder, ResponsibleFilter, Selection};
use gwp::judgement::Verdict;
use gwp::records::RecordKind;
use gwp::text::{Found, SaidDay, find_named, visible};

use super::Ending;
use super::context::Context;
use super::surroundings::Surroundings;
use super::value_parsers::day;

/// Folders on disk.
#[derive(Debug, ClapArgs)]
pub struct OnDisk {
    /// Case folders, or a folder that holds several. Without it, the one around the current folder
    #[arg(value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
}

impl OnDisk {
    /// Opens the folders that were given, or that of `-C`, or the current one.
    pub fn open(&self, context: &Context<'_>) -> anyhow::Result<Vec<Folder>> {
        folder::open_all(&self.paths(context)).map_err(|error| match error {
            FolderError::Files(FilesError::NotThere { .. }) => self.of_person(context).unwrap_or_else(|| error.into()),
            error => error.into(),
        })
    }

    /// What to type where somebody, or a course, was named in the place of a folder.
    fn of_person(&self, context: &Context<'_>) -> Option<anyhow::Error> {
        let is_word = |one: &&PathBuf| one.components().count() == 1;
        let named = self.folders.iter().find(is_word)?.to_str()?;
        let around = folder::open_all(&[context.start().to_owned()]).ok()?;
        let [folder] = around.as_slice() else { return None };
        let found = |kind: RecordKind| {
            let all = folder.case.records.nameable(kind);
            match find_named(named, &all) {
                Found::ById(at) | Found::ByName(at) => {
                    let one = all.get(at)?;
                    let id = one.ids.first()?.clone();
                    Some((one.name.clone().unwrap_or_else(|| id.clone()), id))
                }
                Found::Several(_) | Found::Nothing => None,
            }
        };
        let options =
            [(RecordKind::Student, "--student"), (RecordKind::Course, "--course"), (RecordKind::Supervisor, "--from")];
        let (option, (name, id)) = options.into_iter().find_map(|(kind, option)| Some((option, found(kind)?)))?;
        let (named, name, id) = (visible(named), visible(&name), visible(&id));
        Some(anyhow!("\"{named}\" is no folder here; if you mean {name}, say {option} {id}"))
    }

    /// The paths that were given, or that of `-C`, or the current folder.
    pub fn paths(&self, context: &Context<'_>) -> Vec<PathBuf> {
        let start = context.start();
        match self.folders.as_slice() {
            [] => vec![start.to_owned()],
            given => given.iter().map(|folder| start.join(folder)).collect(),
        }
    }
}

/// Folders, and the state in which they are read.
#[derive(Debug, ClapArgs)]
pub struct FolderArgs {
    #[command(flatten)]
    on_disk: OnDisk,

    /// Read the folder as it stood in this commit: an id, a branch, a tag, or HEAD~3. The day of judgement stays the
    /// same
    #[arg(long, value_name = "REV")]
    rev: Option<String>,

    /// Read the folder as it stood at the end of this day. The dates of the commits count, in the time zone that gwp.toml
    /// names, or else in that of the machine
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_on: Option<SaidDay>,
}

impl FolderArgs {
    /// Opens the folders, from disk or as they were committed.
    pub fn open(&self, context: &Context<'_>) -> anyhow::Result<Vec<Folder>> {
        if self.rev.is_none() && self.known_on.is_none() {
            return self.on_disk.open(context);
        }
        let paths = self.on_disk.paths(context);
        let known_on = self.known_on.map(|said| context.happened(said)).transpose()?;
        let opened = folder::open_all_as_committed(&paths, self.rev.as_deref(), known_on, &Surroundings::local_time())?;
        for warning in &opened.warnings {
            writeln!(anstream::stderr(), "gwp: {warning}")?;
        }
        Ok(opened.folders)
    }
}

/// The day as of which folders are judged.
#[derive(Clone, Copy, Debug, ClapArgs)]
pub struct AsOfArg {
    /// Judge as of this day: a date such as "31 Jan 2026", or next-lcc for the next LCC meeting. Without it, today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,
}

impl AsOfArg {
    /// Whether a day was asked for.
    pub fn is_given(self) -> bool {
        self.as_of.is_some()
    }

    /// The day that was asked for.
    pub fn asked(self) -> AsOf {
        self.as_of.unwrap_or_default()
    }

    /// A folder as of its day. Of one that cannot be judged only the problems are known.
    pub fn judged<'f>(
        self,
        folder: &'f Folder,
        selection: &Selection,
        context: &Context<'_>,
    ) -> anyhow::Result<JudgedFolder<'f>> {
        let day = self.asked().day(folder, selection, context.today)?;
        Ok(JudgedFolder::new(folder, day).on_named_day(self.as_of.is_some()))
    }

    /// The folders that can be judged, each as of its day. Of several, one that cannot is left out and said to be; a
    /// single one is an error.
    pub fn judge<'f>(
        self,
        folders: &'f [Folder],
        selection: &Selection,
        context: &Context<'_>,
    ) -> anyhow::Result<(Vec<JudgedFolder<'f>>, Ending)> {
        let (mut judged, mut ending) = (Vec::new(), Ending::Clean);
        for folder in folders {
            if folder.name.shown().is_some() && !folder.can_be_judged() {
                let name = &folder.name;
                writeln!(anstream::stderr(), "gwp: {name} is left out: its gwp.toml has an error; see \"gwp check\"")?;
                continue;
            }
            folder.must_be_judged()?;
            judged.extend(self.judged_or_named(folder, selection, context)?);
        }
        if judged.len() < folders.len() {
            ending = Ending::Found;
        }
        Ok((judged, ending))
    }

    /// A folder as of its day; none where it is one of several and has no LCC meeting to come, which is said.
    pub fn judged_or_named<'f>(
        self,
        folder: &'f Folder,
        selection: &Selection,
        context: &Context<'_>,
    ) -> anyhow::Result<Option<JudgedFolder<'f>>> {
        match self.asked().day(folder, selection, context.today) {
            Err(error @ FolderError::NoMeetingToCome { .. }) if folder.name.shown().is_some() => {
                writeln!(anstream::stderr(), "gwp: {} is left out: {error}; {}", folder.name, error.help())?;
                Ok(None)
            }
            _ => self.judged(folder, selection, context).map(Some),
        }
    }
}

/// Which students the answer and the exit status are about; problems are always all shown.
#[derive(Debug, ClapArgs)]
pub struct SelectionArgs {
    /// Only this student, by id or name; can be given several times
    #[arg(long, value_name = "STUDENT")]
    student: Vec<String>,

    /// Only the students of this course, by id or name; can be given several times
    #[arg(long, value_name = "COURSE")]
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

impl SelectionArgs {
    /// The selection, with everybody whom it names.
    pub fn of(&self, folders: &[Folder], context: &Context<'_>) -> anyhow::Result<Selection> {
        let selection =
            Selection { students: self.student.clone(), courses: self.course.clone(), verdicts: self.verdict.clone() };
        Ok(selection.named(folders, &context.choices)?)
    }

    /// Whether verdicts are asked for, which change from day to day.
    pub fn names_verdicts(&self) -> bool {
        !self.verdict.is_empty()
    }
}

/// Whose obligations are shown.
#[derive(Debug, ClapArgs)]
pub struct ResponsibleArg {
    /// Only what is due from these: student, workplace-supervisor, wrg-supervisor, convenor, line-manager, or a person
    /// by id or name; can be given several times
    #[arg(long, value_name = "ROLE|ID")]
    from: Vec<String>,
}

impl ResponsibleArg {
    /// The filter, with everybody whom it names.
    pub fn of(&self, folders: &[Folder], context: &Context<'_>) -> anyhow::Result<ResponsibleFilter> {
        Ok(ResponsibleFilter(self.from.clone()).named(folders, &context.choices)?)
    }
}
