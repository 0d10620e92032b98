//! The commands, a file each: the arguments, whose doc comments are the help, and a function that runs them.

mod arrange;
mod asking;
mod attest;
mod audit;
mod check;
mod context;
mod correct;
mod decide;
mod diff;
mod discretion;
mod due;
mod explain;
mod export;
mod fact;
mod fmt;
mod folder_args;
mod forecast;
mod form;
mod format;
mod groups;
mod guarded;
mod help;
mod history;
mod import;
mod init;
mod interrupt;
mod isolating;
mod list;
mod log;
mod meeting;
mod merge;
mod message;
mod naming;
mod new;
mod open_answers;
mod out;
mod pager;
mod paper;
mod person;
mod receipts;
mod receive;
mod receive_form;
mod record;
mod recording;
mod remind;
mod rename;
mod retention;
mod rule;
mod same_day;
mod saying;
mod schema;
mod setup;
mod show;
mod surroundings;
mod tables;
mod undo;
mod unquoted;
mod value_parsers;
mod verify;
mod whom;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgMatches, ColorChoice, CommandFactory as _, FromArgMatches, Parser, Subcommand};
use gwp::files::FilesError;
use gwp::folder::FolderError;
use gwp::git::{GitError, RevisionError};
use gwp::recording::RecordingError;
use gwp::records::RecordKind;
use gwp::text::{Found, did_you_mean, find_named, isolated, nearest, visible};
use gwp::writing::WriteError;

use context::Context;
use fact::FactCommand;
use isolating::Isolating;
use naming::which_is_meant;
use surroundings::Surroundings;

/// Checks a folder of records against the requirements for Group Work Practitioner status.
///
/// A case folder holds one small TOML or YAML file for each course, student, supervisor and session log. The file
/// gwp.toml marks its top. gwp reads the folder, judges every student against every requirement, and says what is
/// missing and from whom. It prepares the decisions of the committees and takes none.
#[derive(Debug, Parser)]
#[command(name = "gwp", version, propagate_version = true, disable_help_subcommand = true)]
struct Cli {
    /// The case folder, if it is not the current folder or one above it
    #[arg(
        short = 'C',
        long = "folder",
        value_name = "FOLDER",
        global = true,
        help_heading = "Options of every command"
    )]
    folder: Option<PathBuf>,

    /// When to use colour: auto (on a terminal), always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, help_heading = "Options of every command")]
    color: ColorChoice,

    /// Show a long answer at once, and not through a pager
    #[arg(long, global = true, help_heading = "Options of every command")]
    no_pager: bool,

    #[command(subcommand)]
    command: Command,
}

/// The arguments of a command, put together where it is called: most runs call one of thirty, and what can be said of a
/// record comes from its schema.
#[derive(Debug)]
struct WhenCalled<A>(A);

impl<A: clap::Args> clap::Args for WhenCalled<A> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(A::augment_args)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        command.defer(A::augment_args_for_update)
    }
}

impl<A: clap::Args> FromArgMatches for WhenCalled<A> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        A::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

/// Makes the commands of a list. Each is a file with its arguments, whose doc comment and examples are the help, and
/// what runs them; in the list it has one line.
macro_rules! commands {
    ($($name:ident($args:ty) => $run:path,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($name(WhenCalled<$args>),)*
        }

        impl Command {
            fn run(
                &self,
                context: &mut Context<'_>
            ) -> anyhow::Result<Ending> {
                match self {
                    $(Self::$name(WhenCalled(args)) => $run(args, context),)*
                }
            }
        }
    };
}

// The help lists them as [`groups`] says.
commands! {
    Check(check::Args) => check::run,
    Show(show::Args) => show::run,
    Due(due::Args) => due::run,
    Diff(diff::Args) => diff::run,
    History(history::Args) => history::run,
    Audit(audit::Args) => audit::run,
    Verify(verify::Args) => verify::run,
    Forecast(forecast::Args) => forecast::run,
    Remind(remind::Args) => remind::run,
    Form(form::Args) => form::run,
    Paper(paper::Args) => paper::run,
    List(list::Args) => list::run,
    Person(person::Args) => person::run,
    Retention(retention::Args) => retention::run,
    Explain(explain::Args) => explain::run,
    Schema(schema::Args) => schema::run,
    Init(init::Args) => init::run,
    New(new::Args) => new::run,
    Log(FactCommand<log::Args>) => FactCommand::run,
    Import(import::Args) => import::run,
    Export(export::Args) => export::run,
    Receive(receive::Receive) => receive::run,
    Decide(FactCommand<decide::Args>) => FactCommand::run,
    Rule(FactCommand<rule::Args>) => FactCommand::run,
    Meeting(meeting::Args) => meeting::run,
    Arrange(FactCommand<arrange::Args>) => FactCommand::run,
    Attest(FactCommand<attest::Args>) => FactCommand::run,
    Record(record::Args) => record::run,
    Correct(correct::Args) => correct::run,
    Rename(rename::Args) => rename::run,
    Undo(undo::Args) => undo::run,
    Fmt(fmt::Args) => fmt::run,
    Merge(merge::Args) => merge::run,
    Help(help::Args) => help::run,
}

impl Command {
    /// Whether the command asks nothing, and its answer is there to be read.
    fn is_only_read(&self) -> bool {
        if let Self::Paper(WhenCalled(args)) = self {
            return args.is_read_at_once();
        }
        matches!(
            self,
            Self::Check(_)
                | Self::Show(_)
                | Self::Due(_)
                | Self::Diff(_)
                | Self::History(_)
                | Self::Audit(_)
                | Self::Verify(_)
                | Self::Forecast(_)
                | Self::Remind(_)
                | Self::Form(_)
                | Self::List(_)
                | Self::Person(_)
                | Self::Retention(_)
                | Self::Schema(_)
                | Self::Export(_)
                | Self::Explain(_)
                | Self::Help(_)
        )
    }
}

/// How a command ended that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// There is nothing to tell.
    Clean,
    /// There is something that the caller asked to be told of by the exit status.
    Found,
}

/// Parses the arguments, runs the command and turns its end into the exit status: 0 or 1 as the command says, 2
/// where it could not be carried out, with one line on standard error that says why and what to do.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&as_told(error)),
    };
    let surroundings = Surroundings::look(cli.color);
    let folder = cli.folder.as_deref();
    let run_into = |out: &mut dyn Write| {
        run(&cli.command, &mut Context { folder, surroundings, choices: Vec::new(), meant: Vec::new(), out })
    };
    let stdout = || anstream::AutoStream::new(io::stdout(), surroundings.stream_choice());
    let (ended, flushed) = if surroundings.is_on_terminal && !cli.no_pager && cli.command.is_only_read() {
        let mut answer = Vec::new();
        let mut into = Isolating::new(&mut answer);
        let ended = run_into(&mut into);
        let _ = into.flush();
        drop(into);
        let is_long = pager::is_longer(&answer, (surroundings.width, surroundings.height));
        let is_shown = is_long && pager::show(&answer);
        (ended, if is_shown { Ok(()) } else { stdout().write_all(&answer) })
    } else if surroundings.is_on_terminal {
        let mut out = Isolating::new(stdout());
        (run_into(&mut out), out.flush())
    } else {
        let mut out = io::BufWriter::with_capacity(1 << 16, stdout());
        (run_into(&mut out), out.flush())
    };
    // What was printed before a command failed is part of the answer.
    let ended = match (ended, flushed) {
        (Ok(_), Err(error)) => Err(error.into()),
        (ended, _) => ended,
    };
    match ended {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Found) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "gwp: {}", isolated(&said(&error)));
            ExitCode::from(2)
        }
    }
}

/// Runs a command. Where it was stopped by a name that several have, somebody who is there says which is meant, and it is
/// run again: nothing is printed or written before the names are settled.
fn run(command: &Command, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    loop {
        let error = match command.run(context) {
            Err(error) if context.is_somebody_there => error,
            ended => return ended,
        };
        let Some(choice) = which_is_meant(&error)? else { return Err(error) };
        context.choices.push(choice);
    }
}

/// Help with the commands in their groups; a fault in the arguments told of arguments that are written visibly. Clap shows
/// them as they are, and a line break in one would end the message.
#[allow(clippy::disallowed_methods, reason = "this is the command line")]
fn as_told(error: clap::Error) -> clap::Error {
    let args = std::env::args_os();
    let again = match error.kind() {
        ErrorKind::DisplayVersion => return error,
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Cli::command().help_template(groups::help_template()).try_get_matches_from(args).err()
        }
        _ => Cli::try_parse_from(args.map(|arg| visible(&arg.to_string_lossy()))).err(),
    };
    again.filter(|again| again.kind() == error.kind()).unwrap_or(error)
}

/// Help and version go to standard output; a fault in the arguments is one line.
fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(2);
    }
    if let Some(said) = no_command(error).or_else(|| unquoted_day(error)) {
        let _ = writeln!(anstream::stderr(), "gwp: {said}");
        return ExitCode::from(2);
    }
    let full = error.render().to_string();
    // clap says why in the first paragraph, over several lines where it names several things.
    let why: Vec<_> = full.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let why = why.join(" ");
    let tip = full.lines().find_map(|line| line.trim().strip_prefix("tip: ")).map(|tip| format!("; {tip}"));
    let why = visible(&format!("{}{}", why.strip_prefix("error: ").unwrap_or(&why), tip.unwrap_or_default()));
    let _ = writeln!(anstream::stderr(), "gwp: {why}; see \"gwp --help\", or \"gwp COMMAND --help\" for one command");
    ExitCode::from(2)
}

/// What is said where the words of a day were typed without quotation marks around them.
#[allow(clippy::disallowed_methods, reason = "this is the command line")]
fn unquoted_day(error: &clap::Error) -> Option<String> {
    let kinds = [ErrorKind::UnknownArgument, ErrorKind::ValueValidation, ErrorKind::TooManyValues];
    let words: Vec<_> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let command = unquoted::quoted(&words).filter(|_| kinds.contains(&error.kind()))?;
    Some(format!("a day of several words needs quotation marks: {command}"))
}

/// What is said of a command that there is none of: which is meant, or what to do with the name of somebody.
#[allow(clippy::disallowed_methods, reason = "this is the command line")]
fn no_command(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let all = Cli::command();
    let is_command = |arg: &std::ffi::OsString| all.find_subcommand(arg).is_some();
    if std::env::args_os().skip(1).any(|arg| is_command(&arg)) {
        return None;
    }
    let said = format!("there is no command \"{}\"", visible(word));
    if let Some(near) = nearest(word, all.get_subcommands().map(clap::Command::get_name)) {
        return Some(format!("{said}; did you mean \"gwp {near}\"?"));
    }
    Some(format!("{said}; {}", student_called(word).unwrap_or_else(|| "\"gwp --help\" lists the commands".to_owned())))
}

/// The command that shows the student who is called so, in the folder around the current one.
fn student_called(word: &str) -> Option<String> {
    let folders = gwp::folder::open_all(&[PathBuf::from(".")]).ok()?;
    let [folder] = folders.as_slice() else { return None };
    let all = folder.case.records.nameable(RecordKind::Student);
    let (at, shows) = match find_named(word, &all) {
        Found::ById(at) | Found::ByName(at) => (at, "shows that student"),
        Found::Several(_) => return None,
        Found::Nothing => {
            let near = nearly_called(word, &all.iter().filter_map(|one| one.ids.first()).collect::<Vec<_>>())?;
            (all.iter().position(|one| one.ids.first() == Some(near))?, "shows a student who is called nearly so")
        }
    };
    let id = all.get(at)?.ids.first()?;
    Some(format!("\"gwp show {}\" {shows}", visible(id)))
}

/// The only one that can be meant by a word with a slip in it.
fn nearly_called<'n>(word: &str, all: &[&'n String]) -> Option<&'n String> {
    let is_near = |one: &&&'n String| did_you_mean(word, [one.as_str()]).is_some();
    let near: Vec<_> = all.iter().filter(is_near).collect();
    if let [only] = near.as_slice() { Some(**only) } else { None }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    of_output(error).is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// The fault in writing the answer, where that is why a command failed: what cannot be read is a [`FilesError`].
fn of_output(error: &anyhow::Error) -> Option<&io::Error> {
    error.chain().find_map(|cause| cause.downcast_ref::<io::Error>())
}

/// Why a command could not be carried out, and what to do, on one line.
fn said(error: &anyhow::Error) -> String {
    match (help(error), of_output(error)) {
        (Some(help), _) => format!("{error}; {help}"),
        (None, Some(error)) => {
            let said = error.to_string();
            let reason = visible(said.split(" (os error").next().unwrap_or_default()).to_lowercase();
            format!("the answer cannot be written: {reason}; send it to where there is room for it")
        }
        (None, None) => visible(&format!("{error:#}")),
    }
}

/// What to do about an error that says so itself.
fn help(error: &anyhow::Error) -> Option<String> {
    let of_files = || error.downcast_ref::<FilesError>().map(FilesError::help);
    let of_folder = || error.downcast_ref::<FolderError>().map(FolderError::help);
    let of_revision = || error.downcast_ref::<RevisionError>().map(RevisionError::help);
    let of_git = || error.downcast_ref::<GitError>().map(|error| error.help().to_owned());
    let of_writing = || error.downcast_ref::<WriteError>().map(|error| error.help().to_owned());
    let of_recording = || error.downcast_ref::<RecordingError>().and_then(RecordingError::help);
    of_files().or_else(of_folder).or_else(of_revision).or_else(of_git).or_else(of_writing).or_else(of_recording)
}
