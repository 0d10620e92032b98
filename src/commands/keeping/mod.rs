//! What the commands that write share: the folder is locked, read and judged; what is to be written is judged too
//! before it is written; and the difference is told.

mod added;
pub mod asking;
mod brought_in;
mod difference;
mod renamed;
mod replaced;
mod typed;

pub use brought_in::must_be_sound;
pub use renamed::Rewritten;
pub use replaced::{NotReplaced, Replaced, replace_all};
pub use typed::{day, days, id, minutes, one_of, people, some_text};

use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::{Event, Refusal, amend, typed};
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::files::{self, CaseFolder};
use gwp::folder::{AsOf, Selection};
use gwp::git::{GitError, WorkTree};
use gwp::records::Student;
use gwp::reports::changes;
use gwp::text::{FileId, Notation, Source, Text, all_of, did_you_mean, visible};
use gwp::writing::{FolderLock, WriteError};

use super::Ending;
use super::surroundings::Surroundings;
use difference::tell;

/// Where the schemas lie that the first lines of new records name, for editors.
pub const SCHEMAS: &str = ".schemas";

/// How long to wait for another command that is writing.
const PATIENCE: Duration = Duration::from_secs(20);

/// How an entry is made.
#[derive(Debug, ClapArgs)]
pub struct Keeping {
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Commit what was written to git, and nothing else
    #[arg(long, conflicts_with = "dry_run")]
    commit: bool,

    /// Tell the difference as of this day: a date such as 2026-01-31, or next-lcc; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,
}

impl Keeping {
    /// For a command that has options of its own.
    pub fn new(dry_run: bool, commit: bool, as_of: Option<AsOf>) -> Self {
        Self { dry_run, commit, as_of }
    }

    /// The same, before it is decided what to write.
    pub fn looking(&self) -> Self {
        Self { dry_run: true, commit: self.commit, as_of: self.as_of }
    }
}

/// A case folder in which something is to be written. While there is one with a lock, nobody else writes in it.
pub struct Site {
    /// The folder, whose sources are below.
    pub folder: CaseFolder,
    /// What lies in it.
    pub sources: Vec<Source>,
    /// The lock; none where nothing is to be written.
    pub lock: Option<FolderLock>,
}

impl Site {
    /// Locks, where something `is_written`, and reads the case folder of `-C`, or the current one.
    pub fn open(change: Option<&Path>, is_written: bool) -> anyhow::Result<Self> {
        let mut roots = files::find(&[change.unwrap_or(Path::new(".")).to_owned()])?.into_iter();
        let (Some(root), None) = (roots.next(), roots.next()) else {
            bail!("there are several case folders here; name the one to write in with -C");
        };
        let lock = is_written.then(|| FolderLock::take(&root.path, PATIENCE)).transpose();
        let lock = lock.map_err(|error| of_writing(&error))?;
        let mut folder = CaseFolder::open(root)?;
        let sources = std::mem::take(&mut folder.sources);
        Ok(Self { folder, sources, lock })
    }

    /// The work tree that the folder is kept in, where what is written is to be committed.
    pub fn work_tree(&self, is_committed: bool) -> anyhow::Result<Option<WorkTree>> {
        let work_tree = is_committed.then(|| WorkTree::around(&self.folder.root.path)).transpose();
        work_tree.map_err(|error| of_git(&error))
    }
}

/// The same, judged: for entries in its records.
pub struct Desk {
    folder: CaseFolder,
    /// The folder as it was read.
    pub opened: Folder,
    /// The day as of which the difference is told.
    pub as_of: Day,
    lock: Option<FolderLock>,
    work_tree: Option<WorkTree>,
}

/// What is to be entered in one record.
pub struct Entered<'e> {
    /// The record's file.
    pub file: FileId,
    /// The record's id.
    pub id: &'e Text,
    /// What happened, in the order in which it is entered.
    pub events: Vec<Event>,
    /// What happened, in words; safe to show.
    pub what: String,
    /// The ids of the students whom it is about.
    pub students: Vec<Text>,
}

impl<'e> Entered<'e> {
    /// An event that is about one student and goes into that student's record.
    pub fn of(student: &'e Entry<Student>, event: Event) -> Self {
        let what = event.sentence();
        Self::all_of(student, vec![event], what)
    }

    /// Several such events, which together are `what` happened.
    pub fn all_of(student: &'e Entry<Student>, events: Vec<Event>, what: String) -> Self {
        Self { file: student.file, id: &student.id, events, what, students: vec![student.id.clone()] }
    }
}

/// A file and what it is to say.
struct Draft<'d> {
    path: &'d Text,
    was: &'d str,
    text: String,
    line: usize,
}

impl Desk {
    /// Opens the case folder, and git where a commit is asked for.
    pub fn open(keeping: &Keeping, change: Option<&Path>, surroundings: &Surroundings) -> anyhow::Result<Self> {
        let site = Site::open(change, !keeping.dry_run)?;
        let work_tree = site.work_tree(keeping.commit)?;
        let Site { folder, sources, lock } = site;
        let opened = Folder::with_sources(&folder, sources);
        opened.must_be_judged()?;
        let as_of = keeping.as_of.unwrap_or_default().day(&opened, &Selection::default(), surroundings.today)?;
        Ok(Self { folder, opened, as_of, lock, work_tree })
    }

    /// The day on which something happened that is recorded: the one that is said, or else today. The error says that it
    /// is still to come.
    pub fn happened(&self, said: Option<Day>, today: Day) -> anyhow::Result<Day> {
        let day = said.unwrap_or(today);
        self.must_have_come(day, "--on", today)?;
        Ok(day)
    }

    /// An error where a day on which something happened, which is said with that option, is still to come.
    pub fn must_have_come(&self, day: Day, option: &str, today: Day) -> anyhow::Result<()> {
        if self.is_to_come(day, today) {
            bail!("{day} is still to come, and what is recorded has happened; say with {option} on which day that was");
        }
        Ok(())
    }

    /// Whether a day comes after today, and after the day as of which the difference is told.
    pub fn is_to_come(&self, day: Day, today: Day) -> bool {
        day > today.max(self.as_of)
    }

    /// Enters what happened in its record, and tells what that changed.
    pub fn enter(&self, entered: &Entered<'_>, out: &mut dyn Write) -> anyhow::Result<Ending> {
        self.enter_and(entered, &|_| None, out)
    }

    /// The same, with what `more` has to say of the folder as it is then.
    pub fn enter_and(
        &self,
        entered: &Entered<'_>,
        more: &dyn Fn(&Folder) -> Option<String>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        let source = self.source(entered.file)?;
        let was = source.content.as_deref().ok().context("the record cannot be read; see \"gwp check\"")?;
        let notation = Notation::of(source.path.raw()).unwrap_or(Notation::Toml);
        let mut draft = Draft { path: &source.path, was, text: was.to_owned(), line: 0 };
        let (mut there, mut already) = (None, 0);
        for event in &entered.events {
            match amend(notation, &draft.text, event) {
                Ok(amended) => {
                    draft.text = amended.text;
                    draft.line = if draft.line == 0 { amended.line } else { draft.line.min(amended.line) };
                }
                Err(refusal @ Refusal::AlreadyThere { .. }) => {
                    already += 1;
                    there = there.or(Some(refusal));
                }
                Err(refusal @ Refusal::ByHand(_)) => {
                    show_to_be_typed(&entered.events, notation, was, out)?;
                    return Err(refused(&source.path, &refusal));
                }
                // What was put in so far brought in a fault.
                Err(Refusal::Faulty) if draft.text != *was => {
                    self.judged_with(&draft)?;
                    return Err(refused(&source.path, &Refusal::Faulty));
                }
                Err(refusal) => return Err(refused(&source.path, &refusal)),
            }
        }
        if let Some(there) = there.filter(|_| draft.line == 0) {
            let is_committed = must_be_committed(self.work_tree.as_ref(), &[&source.path]).is_ok();
            let open = if is_committed { "" } else { ", and there are changes that are not committed" };
            writeln!(out, "{}: {there}. Nothing is written{open}.", source.path)?;
            return Ok(Ending::Clean);
        }
        let after = self.judged_with(&draft)?;
        let effects = self.effects(&after, &entered.students);
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let said = format!("in {}, line {}: {}{already}", draft.path, draft.line, entered.what);
        if self.lock.is_none() {
            writeln!(out, "{}", draft.path)?;
            write!(out, "{}", changes(draft.was, &draft.text))?;
            tell(&format!("Would be recorded {said}"), &effects, out)?;
            more(&after).map_or(Ok(()), |more| writeln!(out, "{more}"))?;
            writeln!(out, "This is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        }
        self.write(&draft, &format!("{}: {}", entered.id, entered.what))?;
        tell(&format!("Recorded {said}"), &effects, out)?;
        more(&after).map_or(Ok(()), |more| writeln!(out, "{more}"))?;
        Ok(Ending::Clean)
    }

    /// The folder as it would be with a draft; the error is the first that the draft brings in.
    fn judged_with(&self, draft: &Draft<'_>) -> anyhow::Result<Folder> {
        let mut sources = self.opened.sources.clone();
        for source in sources.iter_mut().filter(|source| source.path == *draft.path) {
            source.content = Ok(draft.text.clone().into());
        }
        self.judged_anew(sources)
    }

    fn source(&self, file: FileId) -> anyhow::Result<&Source> {
        self.opened.sources.get(file.0 as usize).context("the record is no longer there; run the command again")
    }

    fn write(&self, draft: &Draft<'_>, message: &str) -> anyhow::Result<()> {
        let Some(lock) = &self.lock else { return Ok(()) };
        must_be_committed(self.work_tree.as_ref(), &[draft.path])?;
        let path = self.folder.root.path.join(draft.path.raw());
        lock.replace(&path, draft.was, &draft.text).map_err(|error| of_writing(&error))?;
        commit(self.work_tree.as_ref(), &[draft.path], message)
    }
}

/// An error where a commit is asked for and one of these files is not as it was last committed.
pub fn must_be_committed(work_tree: Option<&WorkTree>, paths: &[&Text]) -> anyhow::Result<()> {
    let Some(work_tree) = work_tree else { return Ok(()) };
    paths.iter().try_for_each(|path| work_tree.must_be_committed(path.raw()).map_err(|error| of_git(&error)))
}

/// Commits what was written, where that is asked for.
pub fn commit(work_tree: Option<&WorkTree>, paths: &[&Text], message: &str) -> anyhow::Result<()> {
    let Some(work_tree) = work_tree else { return Ok(()) };
    let raw: Vec<_> = paths.iter().map(|path| path.raw()).collect();
    work_tree.commit(&raw, message).map_err(|error| {
        let help = error.help();
        match paths {
            [path] => anyhow!("{path} is written, and is not committed: {error}; {help}"),
            _ => anyhow!("the records are written, and are not committed: {error}; {help}"),
        }
    })
}

/// What a message names: the first three, and how many more there are.
pub fn few(of: &[impl Display]) -> String {
    const MOST: usize = 3;
    let mut words: Vec<_> = of.iter().take(MOST).map(ToString::to_string).collect();
    let more = of.len() - words.len();
    words.extend((more > 0).then(|| format!("{more} more")));
    all_of(words)
}

/// The student with an id.
pub fn student<'d>(desk: &'d Desk, id: &str) -> anyhow::Result<&'d Entry<Student>> {
    the(&desk.opened.case.records.students, id, "student", "\"gwp list students\" shows them all")
}

/// The record with an id. The error says that there is none, or that there are two; where no id is like it, with that
/// advice.
pub fn the<'e, T>(entries: &'e [Entry<T>], id: &str, kind: &str, advice: &str) -> anyhow::Result<&'e Entry<T>> {
    let mut found = entries.iter().filter(|entry| entry.id.raw() == id);
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry),
        (Some(_), Some(_)) => bail!("two files have the id \"{}\"; see \"gwp check\"", visible(id)),
        (None, _) => {
            let near = did_you_mean(id, entries.iter().map(|entry| entry.id.raw()));
            let advice = near.as_deref().unwrap_or(advice);
            bail!("no {kind} has the id \"{}\"; {advice}", visible(id))
        }
    }
}

/// Shows what somebody would type to record events: of all of them, for where one has no certain place none is written.
fn show_to_be_typed(events: &[Event], notation: Notation, text: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut above = None;
    for typed in events.iter().filter_map(|event| typed(notation, text, event).ok()) {
        if above.as_ref() != Some(&typed.place) {
            writeln!(out, "To be typed {}:", typed.place)?;
        }
        for line in &typed.lines {
            writeln!(out, "{}", visible(line))?;
        }
        above = Some(typed.place);
    }
    Ok(())
}

fn refused(path: &Text, refusal: &Refusal) -> anyhow::Error {
    anyhow!("{path}: {refusal}; {}", refusal.help())
}

/// What is said where a record cannot be written.
pub fn of_writing(error: &WriteError) -> anyhow::Error {
    let help = match error {
        WriteError::Refused { .. } => "check that you are allowed to write there, and that the disk has room for it",
        error => error.help(),
    };
    with_help(error, help)
}

/// What is said where git does not do something.
pub fn of_git(error: &GitError) -> anyhow::Error {
    with_help(error, error.help())
}

fn with_help(error: impl Display, help: &str) -> anyhow::Error {
    anyhow!("{error}; {help}")
}
