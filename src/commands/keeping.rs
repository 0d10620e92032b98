//! What the commands that write share: the folder is locked, read and judged; what is to be written is judged too
//! before it is written; and the difference is told.

mod several;

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use clap::Args as ClapArgs;
use gwp::amend::{Event, Fresh, Refusal, amend};
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::edition::Parameters;
use gwp::facts::AwardDecisions;
use gwp::files::{self, CaseFolder};
use gwp::git::{GitError, WorkTree};
use gwp::judgement::Judgement;
use gwp::print::{changes, effect};
use gwp::problems::{Level, Problem};
use gwp::records::{RecordKind, Student};
use gwp::text::{FileId, Locator, Notation, Source, Text, visible};
use gwp::writing::{FolderLock, WriteError};

use super::Ending;
use super::folders::{AsOf, Opened};
use super::selection::{Selection, nearest};
use super::surroundings::Surroundings;

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

/// A record that is written anew.
pub struct Rewritten {
    /// Where it lies.
    pub path: Text,
    /// Where it is to lie, where that is elsewhere; its text stays.
    pub moved_to: Option<Text>,
    /// What it is to say.
    pub text: String,
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
}

/// The same, judged: for entries in its records.
pub struct Desk {
    folder: CaseFolder,
    /// The folder as it was read.
    pub opened: Opened,
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
        let Site { folder, sources, lock } = Site::open(change, !keeping.dry_run)?;
        let work_tree = keeping.commit.then(|| WorkTree::around(&folder.root.path)).transpose();
        let work_tree = work_tree.map_err(|error| of_git(&error))?;
        let opened = Opened::link(&folder, sources);
        opened.must_be_judged()?;
        let as_of = opened.as_of(keeping.as_of, surroundings.today, &Selection::default(), false)?;
        Ok(Self { folder, opened, as_of, lock, work_tree })
    }

    /// Enters what happened in its record, and tells what that changed.
    pub fn enter(&self, entered: &Entered<'_>, out: &mut dyn Write) -> anyhow::Result<Ending> {
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
                Err(Refusal::ByHand { lines, after }) => {
                    for line in &lines {
                        writeln!(out, "{}", visible(line))?;
                    }
                    return Err(refused(&source.path, &Refusal::ByHand { lines, after }));
                }
                Err(refusal) => return Err(refused(&source.path, &refusal)),
            }
        }
        if let Some(there) = there.filter(|_| draft.line == 0) {
            writeln!(out, "{}: {there}. Nothing is written.", source.path)?;
            return Ok(Ending::Clean);
        }
        let after = self.judged_anew(&draft)?;
        let effects = self.effects(&after, &entered.students);
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let said = format!("in {}, line {}: {}{already}", draft.path, draft.line, entered.what);
        if self.lock.is_none() {
            writeln!(out, "{}", draft.path)?;
            write!(out, "{}", changes(draft.was, &draft.text))?;
            tell(&format!("Would be recorded {said}"), &effects, out)?;
            writeln!(out, "This is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        }
        self.write(&draft, &format!("{}: {}", entered.id, entered.what))?;
        tell(&format!("Recorded {said}"), &effects, out)?;
        Ok(Ending::Clean)
    }

    fn source(&self, file: FileId) -> anyhow::Result<&Source> {
        self.opened.sources.get(file.0 as usize).context("the record is no longer there; run the command again")
    }

    /// The folder as it would be. The error is the first problem that would be in it and is not now; a warning is
    /// told beside.
    fn judged_anew(&self, draft: &Draft<'_>) -> anyhow::Result<Opened> {
        let mut sources = self.opened.sources.clone();
        for source in sources.iter_mut().filter(|source| source.path == *draft.path) {
            source.content = Ok(draft.text.clone());
        }
        let after = Opened::link(&self.folder, sources);
        for warning in self.brought_in(&after, &|told| told)? {
            writeln!(anstream::stderr(), "gwp: warning: {}", warning.words())?;
        }
        Ok(after)
    }

    /// The warnings that would be there and are not now. The error is the first error of that sort. `as_it_would_be`
    /// says what becomes of a problem that is there now.
    fn brought_in(&self, after: &Opened, as_it_would_be: &dyn Fn(Told) -> Told) -> anyhow::Result<Vec<Told>> {
        let mut known: Vec<_> = self.problems(&self.opened).into_iter().map(as_it_would_be).collect();
        let (mut errors, mut warnings) = (Vec::new(), Vec::new());
        for told in self.problems(after) {
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

    /// Writes a record that is not there yet, and tells what it is.
    pub fn add(&self, fresh: &Fresh, id: &str, out: &mut dyn Write) -> anyhow::Result<Ending> {
        let kind = fresh.kind();
        let folder = kind.folder().context("such a record lies in no folder")?;
        let path = Text::new(format!("{folder}/{id}.toml"));
        if self.opened.sources.iter().any(|source| source.path == path) {
            bail!("{path} is there already; choose another id");
        }
        let schema = format!("{SCHEMAS}/{}.schema.json", kind.word());
        let text = fresh.text(self.folder.holds(&schema).then(|| format!("../{schema}")).as_deref());
        let mut sources = self.opened.sources.clone();
        sources.push(Source { path: path.clone(), content: Ok(text.clone()) });
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let after = Opened::link(&self.folder, sources);
        for warning in self.brought_in(&after, &|told| told)? {
            writeln!(anstream::stderr(), "gwp: warning: {}", warning.words())?;
        }
        let students = if kind == RecordKind::Student { vec![Text::new(id)] } else { Vec::new() };
        let effects = self.effects(&after, &students);
        let Some(lock) = &self.lock else {
            write!(out, "{path}\n{}", changes("", &text))?;
            tell(&format!("Would be written: {path}"), &effects, out)?;
            writeln!(out, "This is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        };
        lock.create(&self.folder.root.path.join(path.raw()), &text).map_err(|error| of_writing(&error))?;
        if let Some(work_tree) = &self.work_tree {
            work_tree
                .commit(&[path.raw()], &format!("{}: new", visible(id)))
                .map_err(|error| anyhow!("{path} is written, and is not committed: {error}; {}", error.help()))?;
        }
        tell(&format!("Written: {path}"), &effects, out)?;
        Ok(Ending::Clean)
    }

    /// Writes several records at once, one of them under another name, because an id changes from the one to the other.
    /// At every moment in between each record is there that another names.
    pub fn rewrite(
        &self,
        written: &[Rewritten],
        (old, new): (&str, &str),
        what: &str,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        let mut sources = self.opened.sources.clone();
        // Where a command was killed in between, the record lies there under both names.
        let is_left = |source: &Source| {
            let moved = written.iter().find(|one| one.moved_to.as_ref() == Some(&source.path));
            moved.is_some_and(|one| source.content.as_ref() == Ok(&one.text))
        };
        sources.retain(|source| !is_left(source));
        for one in written {
            for source in sources.iter_mut().filter(|source| source.path == one.path) {
                source.content = Ok(one.text.clone());
                source.path = one.moved_to.clone().unwrap_or_else(|| one.path.clone());
            }
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let moved = |path: &Text| written.iter().find(|one| one.path == *path).and_then(|one| one.moved_to.clone());
        self.brought_in(&Opened::link(&self.folder, sources), &|mut told| {
            told.path = moved(&told.path).unwrap_or(told.path);
            told.problem.message = told.problem.message.replace(old, new);
            told
        })?;
        if self.lock.is_none() {
            for one in written {
                match &one.moved_to {
                    Some(to) => writeln!(out, "{} becomes {to}", one.path)?,
                    None => writeln!(out, "{}\n{}", one.path, changes(self.text(&one.path), &one.text).trim_end())?,
                }
            }
            writeln!(out, "Would be renamed: {what}.\nThis is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        }
        self.write_all(written, what)?;
        writeln!(out, "Renamed: {what}.")?;
        Ok(Ending::Clean)
    }

    fn text(&self, path: &Text) -> &str {
        let source = self.opened.sources.iter().find(|source| source.path == *path);
        source.and_then(|source| source.content.as_deref().ok()).unwrap_or_default()
    }

    fn write_all(&self, written: &[Rewritten], message: &str) -> anyhow::Result<()> {
        let Some(lock) = &self.lock else { return Ok(()) };
        let at = |path: &Text| self.folder.root.path.join(path.raw());
        if let Some(work_tree) = &self.work_tree {
            for one in written {
                work_tree.must_be_committed(one.path.raw()).map_err(|error| of_git(&error))?;
            }
        }
        let moved = || written.iter().filter_map(|one| Some((&one.path, one.moved_to.as_ref()?)));
        for (from, to) in moved() {
            lock.copy(&at(from), self.text(from), &at(to)).map_err(|error| of_writing(&error))?;
        }
        for one in written.iter().filter(|one| one.moved_to.is_none()) {
            lock.replace(&at(&one.path), self.text(&one.path), &one.text).map_err(|error| of_writing(&error))?;
        }
        for (from, _) in moved() {
            lock.remove(&at(from), self.text(from)).map_err(|error| of_writing(&error))?;
        }
        if let Some(work_tree) = &self.work_tree {
            let paths = written.iter().flat_map(|one| [Some(&one.path), one.moved_to.as_ref()]).flatten();
            let paths: Vec<_> = paths.map(Text::raw).collect();
            work_tree.commit(&paths, message).map_err(|error| {
                anyhow!("the records are written, and are not committed: {error}; {}", error.help())
            })?;
        }
        Ok(())
    }

    fn problems(&self, opened: &Opened) -> Vec<Told> {
        let mut locator = Locator::new(&opened.sources);
        let problems = opened.problems(&opened.cases(), self.as_of, &mut locator);
        let told = |problem: Problem| {
            let path =
                opened.sources.get(problem.file.0 as usize).map(|source| source.path.clone()).unwrap_or_default();
            Told { path, at: locator.problem(&problem), problem }
        };
        problems.into_iter().map(told).collect()
    }

    /// For each student, by name, what is otherwise than before.
    fn effects(&self, after: &Opened, students: &[Text]) -> Vec<(String, String)> {
        let (before_in_force, after_in_force) = (self.opened.parameters(self.as_of), after.parameters(self.as_of));
        let told = students.iter().filter_map(|id| {
            let entry = after.case.records.students.iter().find(|entry| entry.id == *id)?;
            let name = after.case.name_of(entry).map_or_else(|| id.to_string(), Text::to_string);
            let effect = self.of_student(&self.opened, &before_in_force, id, |before| {
                self.of_student(after, &after_in_force, id, |after| effect(before, after))
            });
            Some((name, effect))
        });
        told.collect()
    }

    /// What somebody makes of the judgement of a student, where there is one.
    fn of_student<T>(
        &self,
        opened: &Opened,
        parameters: &Parameters,
        id: &Text,
        make: impl FnOnce(Option<&Judgement<'_>>) -> T,
    ) -> T {
        let position = opened.case.records.students.iter().position(|entry| entry.id == *id);
        let case = position.and_then(|position| opened.case.student(position));
        let judgement = case.as_ref().map(|case| Judgement::new(case, parameters, self.as_of, AwardDecisions::Counted));
        make(judgement.as_ref())
    }

    /// What somebody makes of the judgement of a student as the folder is, where there is one.
    pub fn judgement<T>(&self, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        self.of_student(&self.opened, &self.opened.parameters(self.as_of), id, make)
    }

    fn write(&self, draft: &Draft<'_>, message: &str) -> anyhow::Result<()> {
        let Some(lock) = &self.lock else { return Ok(()) };
        let path: PathBuf = self.folder.root.path.join(draft.path.raw());
        if let Some(work_tree) = &self.work_tree {
            work_tree.must_be_committed(draft.path.raw()).map_err(|error| of_git(&error))?;
        }
        lock.replace(&path, draft.was, &draft.text).map_err(|error| of_writing(&error))?;
        if let Some(work_tree) = &self.work_tree {
            work_tree.commit(&[draft.path.raw()], message).map_err(|error| {
                anyhow!("{} is written, and is not committed: {error}; {}", draft.path, error.help())
            })?;
        }
        Ok(())
    }
}

/// A problem, with where it stands.
struct Told {
    path: Text,
    at: (usize, usize),
    problem: Problem,
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

/// On one line where it is about one student, else each on a line.
fn tell(said: &str, effects: &[(String, String)], out: &mut dyn Write) -> anyhow::Result<()> {
    if let [(name, effect)] = effects {
        writeln!(out, "{said}. {name}: {effect}.")?;
        return Ok(());
    }
    writeln!(out, "{said}.")?;
    for (name, effect) in effects {
        writeln!(out, "  {name}: {effect}.")?;
    }
    Ok(())
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
            let near = nearest(id, entries.iter().map(|entry| entry.id.raw()));
            let advice = near.as_deref().unwrap_or(advice);
            bail!("no {kind} has the id \"{}\"; {advice}", visible(id))
        }
    }
}

/// Reads an id; the error says what one is like. A name with a slash would lie in another folder.
pub fn id(text: &str) -> Result<String, String> {
    let is_of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.is_empty() && text.chars().all(is_of_id) {
        Ok(text.to_owned())
    } else {
        Err("an id is lower-case letters, digits and hyphens, such as mina-holt".to_owned())
    }
}

/// The one of a list whose word was typed, in whatever letters.
pub fn one_of<T: Copy>(typed: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| word(*one).eq_ignore_ascii_case(typed));
    found.ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
        format!("it can be {}", words.join(", "))
    })
}

/// Reads `2026-01-31`; the error says what is needed.
pub fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day such as 2026-01-31 is needed".to_owned())
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
