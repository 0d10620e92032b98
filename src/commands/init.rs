//! `gwp init`: a case folder to begin with.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::case::id_for_name;
use gwp::edition::{Parameters, Scheme};
use gwp::files::{self, FilesError, MARK};
use gwp::git::{GitError, WorkTree};
use gwp::recording::{SCHEMAS, must_be_sound, note_new};
use gwp::records::{Gwp, RecordKind, schema_text};
use gwp::text::{Source, Text};
use gwp::writing::{create, create_program, make_folder};

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::help::examples;
use super::new::CourseSaid;
use super::recording::{agree_to_unusual, warn};
use super::setup::{self, ATTRIBUTES, attributes};
use super::surroundings::Surroundings;
use super::value_parsers::id;

/// Make a case folder to begin with.
///
/// It gets a gwp.toml and a folder for each kind of record. It also gets schemas, with which an editor explains and
/// completes keys, and what git needs to merge the entries of two people. With --course it gets a course too. At a
/// terminal the command asks about it.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp init --example", "gwp init practice --course exeter-2026"]))]
pub struct Args {
    /// The folder. The command makes it if it is not there. Without it, the current one
    #[arg(value_name = "FOLDER")]
    at: Option<PathBuf>,

    /// Write the records of a small course into it, to try things out
    #[arg(long)]
    example: bool,

    /// Have git check the records before each commit; the folder must lie in a repository
    #[arg(long)]
    hook: bool,

    /// Begin with a course of this id, such as exeter-2026; without it, the id is made from the course's name
    #[arg(long, value_name = "ID", value_parser = id, conflicts_with = "example")]
    course: Option<String>,

    #[command(flatten, next_help_heading = "The course to begin with")]
    said: CourseSaid,
}

/// The record that marks the top of a case folder; what is begun now is judged by the newest edition.
fn mark() -> String {
    Gwp::text_of_new(&format!("{SCHEMAS}/gwp.schema.json"))
}

/// What is written into every case folder, by path. The mark comes last: what has it is a whole case folder.
fn beginning() -> [(&'static str, String); 3] {
    let gitignore = "# There while gwp is writing.\n.gwp-*.new\n";
    [(".gitignore", gitignore.to_owned()), (ATTRIBUTES, attributes()), (MARK, mark())]
}

/// Records of the example, each by its path and with its text.
macro_rules! example {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../examples/national/leeds/", $path)))),*]
    };
}

/// A small course, one of the examples.
const EXAMPLE: [(&str, &str); 6] = example![
    "courses/leeds-2025.toml",
    "sessions/open-studio.toml",
    "sessions/supervision-holm.toml",
    "students/alex-moran.toml",
    "supervisors/joan-fairweather.toml",
    "supervisors/mattias-holm.toml",
];

/// Run by git before a commit.
const HOOK: &str = "#!/bin/sh\n# The records are checked before each commit.\nexec gwp -C \"$(git rev-parse --show-toplevel)\" check --only problems --fail-on errors\n";

/// Asked after the name: what it is for, and that it is short.
const ASKS_ID: &str = "Its id, which stands for it in commands and names its file";

/// Makes the folder.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folder = match (&args.at, context.folder) {
        (Some(at), Some(start)) => start.join(at),
        (Some(at), None) => at.clone(),
        (None, start) => start.unwrap_or(Path::new(".")).to_owned(),
    };
    let shown = Text::new(folder.to_string_lossy().into_owned());
    let below = match files::find(std::slice::from_ref(&folder)) {
        Ok(roots) => roots.into_iter().next(),
        Err(FilesError::NoCaseFolder { .. } | FilesError::NotThere { .. }) => files::around(&folder)?,
        Err(error) => return Err(error.into()),
    };
    if let Some(known) = below {
        bail!("{shown} is a case folder, lies in one or has one in it: {}; name another", known.name);
    }
    // With a hook that cannot be, nothing is written.
    let hook = args.hook.then(|| hook(&folder)).transpose()?;
    // Somebody may break off the questions: nothing is written before.
    let course = args.course(context)?;
    make_folder(&folder)?;
    let schemas = RecordKind::ALL.map(|kind| (format!("{SCHEMAS}/{}.schema.json", kind.word()), schema_text(kind)));
    let example =
        EXAMPLE.iter().filter(|_| args.example).map(|(path, text)| ((*path).to_owned(), of_example(path, text)));
    let beginning = beginning().map(|(path, text)| (path.to_owned(), text));
    for folder_of in RecordKind::ALL.into_iter().filter_map(RecordKind::folder) {
        make_folder(&folder.join(folder_of))?;
    }
    let mut made = Vec::new();
    if let Some((id, text)) = &course {
        let path = course_path(id);
        if !create(&folder.join(&path), text.as_bytes())? {
            bail!("{path} is there already; choose another id");
        }
        made.push((path, text.clone()));
    }
    for (path, text) in schemas.into_iter().chain(example).chain(beginning) {
        if create(&folder.join(&path), text.as_bytes())? {
            made.push((path, text));
        } else {
            writeln!(anstream::stderr(), "gwp: {path} is there already, and is left as it is; {}", advice(&path))?;
        }
    }
    if let Some(hook) = hook
        && !create_program(&hook, HOOK.as_bytes())?
    {
        writeln!(anstream::stderr(), "gwp: git has a pre-commit hook already, and it is left as it is")?;
    }
    note(&folder, &shown, &made, context)?;
    setup::offer(&folder, context)?;
    let (with, next) = match course {
        Some((id, _)) => (format!(", with the course {id}"), "gwp new student NAME"),
        None if args.example => (String::new(), "gwp check"),
        None => (String::new(), "gwp new course"),
    };
    writeln!(context.out, "{shown} is a case folder now{with}. To go on: \"{next}\" in it.")?;
    Ok(Ending::Clean)
}

/// Notes what was made, so that it can be taken back.
fn note(folder: &Path, shown: &Text, made: &[(String, String)], context: &Context<'_>) -> anyhow::Result<()> {
    let Some(state) = Surroundings::state_folder() else { return Ok(()) };
    let mut folders: Vec<_> = RecordKind::ALL.into_iter().filter_map(RecordKind::folder).map(str::to_owned).collect();
    folders.push(SCHEMAS.to_owned());
    let what = format!("{shown} became a case folder");
    if let Err(error) = note_new(&state, folder, context.now.into(), &what, made, &folders) {
        writeln!(anstream::stderr(), "gwp: \"gwp undo\" cannot take this back: {error}")?;
    }
    Ok(())
}

impl Args {
    /// The id and the text of the course to begin with, where there is to be one: as was said, or as somebody at a
    /// terminal answers. The error says what is wrong with it.
    fn course(&self, context: &Context<'_>) -> anyhow::Result<Option<(String, String)>> {
        let is_all_said = self.example || self.course.is_some() && !self.said.is_incomplete();
        let (mut answers, mut questions) = Surroundings::terminal();
        let (mut somebody, mut nobody) = (Asking::of(&mut answers, &mut questions), Asking::nobody());
        let asking = if context.is_somebody_there && !is_all_said { &mut somebody } else { &mut nobody };
        if self.example && self.said.is_any() {
            bail!("the example has a course of its own; leave out --example, or what is said of another course");
        }
        let is_meant = self.course.is_some() || self.said.is_any();
        let by_default = (asking.is_somebody(), "yes");
        if !is_meant && !asking.or_else(None, "Begin with a course (yes, no)", by_default, yes_or_no)? {
            return Ok(None);
        }
        let said = self.said.named(asking)?;
        let name = said.name.as_ref().map(Text::raw).unwrap_or_default();
        let id = match (&self.course, id_for_name(name)) {
            (Some(id), _) => id.clone(),
            (None, Some(made)) => asking.or_else(None, ASKS_ID, (made.clone(), &made), id)?,
            (None, None) => asking.needed(None, "--course", ASKS_ID, id)?,
        };
        let parameters = Parameters::of_edition(Scheme::newest().edition());
        let fresh = said.fresh(asking, &id, context.today, &parameters)?;
        let text = fresh.text(Some(&format!("../{SCHEMAS}/{}.schema.json", RecordKind::Course.word())));
        let sources = [(course_path(&id), text.clone()), (MARK.to_owned(), mark())];
        let sources = sources.map(|(path, text)| Source { path: Text::new(path), content: Ok(text.into()) });
        let unusual = must_be_sound(sources.into(), context.today)?;
        if context.is_somebody_there {
            agree_to_unusual(&unusual, (false, "no"), &mut somebody)?;
        } else {
            warn(&unusual)?;
        }
        Ok(Some((id, text)))
    }
}

fn course_path(id: &str) -> String {
    format!("{}/{id}.toml", RecordKind::Course.folder().unwrap_or_default())
}

/// What to do about a file that was there before.
fn advice(path: &str) -> String {
    let beginning = beginning();
    let line = beginning.iter().find(|(known, _)| *known == path).and_then(|(_, text)| text.lines().nth(1));
    line.map_or_else(|| "see that it is right".to_owned(), |line| format!("see that it has the line {line}"))
}

/// Where git would look for the hook; the folder need not be there yet.
fn hook(folder: &Path) -> Result<PathBuf, GitError> {
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    WorkTree::around(folder).or_else(|_| WorkTree::around(above))?.hook("pre-commit")
}

/// A record of the example, with the schema that lies beside it here.
fn of_example(path: &str, text: &str) -> String {
    let kind = path.split_once('/').and_then(|(folder, _)| RecordKind::in_folder(folder));
    let record = text.split_once('\n').filter(|(first, _)| first.starts_with("#:")).map_or(text, |(_, rest)| rest);
    let record = record.replace("\r\n", "\n");
    kind.map_or_else(|| record.clone(), |kind| format!("#:schema ../{SCHEMAS}/{}.schema.json\n{record}", kind.word()))
}
