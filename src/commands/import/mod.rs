//! `gwp import`: a table that somebody keeps becomes entries of a log, or records.

mod log_people;
mod rows;
mod sessions;
mod several_logs;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::{Args as ClapArgs, ValueEnum};
use gwp::amend::Fresh;
use gwp::case::Entry;
use gwp::files;
use gwp::folder::AsOf;
use gwp::recording::{Prepared, RecordingError, RecordingSession};
use gwp::records::{Course, LogKind, SessionLog};
use gwp::spreadsheet::{Address, Fault, Field, Known, Order, People, Target};
use gwp::text::visible;

use super::Ending;
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::value_parsers::minutes;
use super::whom::{record_or_word, said_or_asked};
use rows::{Mark, Rows};
use tables::{Asks, Tables, Unclear};

/// Take sessions, meetings, students or supervisors from a spreadsheet: a CSV file or a workbook (.xlsx).
///
/// The command shows row by row what it understood, and writes only with --write. It knows columns by their headings, such
/// as Date, Length, Present, Cancelled, Notes, or by --map. It never guesses: if one row is unclear, nothing is written
/// and every unclear cell is listed. It passes over what is recorded already, so you can import the same file again.
#[derive(Clone, Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[command(after_help = examples(&["gwp import sessions.csv --into open-studio", "gwp import sessions.csv --into open-studio --write"]))]
pub struct Args {
    /// The spreadsheet
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Where the rows go: a session log by id or title, or students or supervisors for new records. With --all-sheets it can
    /// be left out: then each sheet goes into the log that it is called after
    #[arg(long, value_name = "LOG")]
    into: Option<String>,

    /// What a column holds: its heading or letter and a field, such as "Room=notes"; "Room=" passes the column over; can
    /// be given several times
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapped)]
    map: Vec<(String, String)>,

    /// What comes first in dates such as 03/04/2025, where no other date in the column shows it
    #[arg(long, value_name = "ORDER")]
    dates: Option<Dates>,

    /// How long each session lasted where the row does not say, in minutes
    #[arg(long, value_name = "NUMBER", value_parser = minutes)]
    minutes: Option<u16>,

    /// The sessions are meant, though most of them are on another weekday than those of the log
    #[arg(long)]
    other_weekday: bool,

    /// The sessions are meant for this log, though the sheet or the file has the name of another one
    #[arg(long)]
    other_name: bool,

    /// The course of students whose row names none, by id or name; else the one that starts last
    #[arg(long, value_name = "COURSE")]
    course: Option<String>,

    /// The sheet of a workbook; else the first
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

    /// Take all sheets of a workbook that have headings
    #[arg(long, conflicts_with = "sheet")]
    all_sheets: bool,

    /// The file for questions about what is unclear: it is written, you fill it in, and the same command reads it
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,

    /// Write what was understood
    #[arg(long)]
    write: bool,

    /// Show what would be written, and write nothing, as without --write
    #[arg(long, conflicts_with = "write")]
    dry_run: bool,

    /// Commit what is written to git
    #[arg(long, requires = "write")]
    commit: bool,

    /// Tell the difference as of this day: a date such as 2026-01-31, or next-lcc; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// The command that imports the same, where somebody was asked what is imported into what, and did not type it.
    #[arg(skip)]
    again: Option<String>,
}

/// What comes first in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// The day: 03/04/2025 is 3 April
    DayFirst,
    /// The month: 03/04/2025 is 4 March
    MonthFirst,
}

/// Reads `Room=notes`, and `Room=` for a column that is passed over.
fn mapped(text: &str) -> Result<(String, String), String> {
    let (column, word) = text.rsplit_once('=').ok_or("a column and what it holds are needed, such as Room=notes")?;
    Ok((column.to_owned(), word.trim().to_owned()))
}

/// Understands the table, and writes it where that is asked for.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let is_all_said = args.file.is_some() && args.is_place_said();
    let mut asked = args.asked(context)?;
    let bytes = files::table(asked.file())?;
    let is_agreed_to = asked.write && context.is_somebody_there;
    let session = if is_agreed_to { asked.options().look(context)? } else { asked.options().open(context)? };
    if let (false, Some(into)) = (is_all_said, &asked.into) {
        asked.again = Some(session.command_line.about(["import", &asked.file().to_string_lossy(), "--into", into]));
    }
    let args = &asked;
    if args.into.is_none() {
        if args.course.is_some() {
            bail!("--course is for students; leave it out");
        }
        return several_logs::run(args, &session, &bytes, context);
    }
    let target = args.target(&session)?;
    let is_log = matches!(target, Target::Group | Target::Supervision);
    if is_log && args.course.is_some() {
        bail!("--course is for students; leave it out");
    }
    let for_logs = [
        ("--minutes", args.minutes.is_some()),
        ("--other-weekday", args.other_weekday),
        ("--other-name", args.other_name),
    ];
    if let Some((option, _)) = for_logs.iter().find(|(_, is_said)| *is_said && !is_log) {
        bail!("{option} is for sessions and meetings; leave it out");
    }
    let log = if is_log { Some(args.log(&session)?.1) } else { None };
    let tables = Tables::read(args, &bytes, target, (&session, log), context)?;
    match target {
        Target::Group | Target::Supervision => args.sessions(&session, &tables, context),
        Target::Students | Target::Supervisors => args.people(&session, &tables, context),
    }
}

impl Args {
    fn options(&self) -> RecordingOptions {
        RecordingOptions { dry_run: !self.write, commit: self.commit, as_of: self.as_of }
    }

    /// The spreadsheet, once it is said or answered.
    fn file(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(""))
    }

    fn is_place_said(&self) -> bool {
        self.into.is_some() || self.all_sheets
    }

    /// What is said with the file, and with where its rows go; somebody at a terminal is asked for what was not said.
    fn asked(&self, context: &Context<'_>) -> anyhow::Result<Self> {
        const EXAMPLE: &str = "gwp import sessions.csv --into open-studio";
        const ASKS: &str = "Which spreadsheet (its file, such as sessions.csv)";
        let read = |typed: &str| {
            let file = PathBuf::from(typed);
            files::table(&file).map(|_| file).map_err(|error| format!("{error}; {}", error.help()))
        };
        let file = said_or_asked(self.file.clone(), ASKS, EXAMPLE, context, read)?;
        let mut asked = Self { file: Some(file), ..self.clone() };
        if !self.is_place_said() {
            if !context.is_somebody_there {
                bail!("where the rows go is needed, a log, students or supervisors, such as {EXAMPLE}");
            }
            let asks = "Where do its rows go (students, supervisors, or a log by its name)";
            let seen = self.options().look(context)?;
            asked.into =
                Some(record_or_word::<SessionLog>(asks, &["students", "supervisors"], &seen)?.raw().to_owned());
        }
        Ok(asked)
    }

    fn target(&self, session: &RecordingSession) -> anyhow::Result<Target> {
        match self.into.as_deref().unwrap_or_default() {
            "students" => Ok(Target::Students),
            "supervisors" => Ok(Target::Supervisors),
            _ => Ok(match self.log(session)?.1.kind() {
                LogKind::Group => Target::Group,
                LogKind::Supervision => Target::Supervision,
            }),
        }
    }

    fn log<'d>(&self, session: &'d RecordingSession) -> anyhow::Result<(&'d Entry<SessionLog>, &'d SessionLog)> {
        let advice = "the logs lie in sessions/; students and supervisors are the other places";
        let entry = session.find_among(self.into.as_deref().unwrap_or_default(), &|_| true, ("session log", advice))?;
        Ok((entry, session.sound(entry)?))
    }

    /// What columns are said to hold. A field can be named as headings name it.
    fn map(&self, target: Target) -> anyhow::Result<Vec<(String, Option<Field>)>> {
        let field = |word: &str| {
            let plain = word.replace([' ', '_'], "-");
            let by_word = target.fields().iter().copied().find(|field| field.word().eq_ignore_ascii_case(&plain));
            by_word.or_else(|| Field::of_heading(word, target))
        };
        let map = self.map.iter().map(|(column, word)| {
            if word.is_empty() {
                return Ok((column.clone(), None));
            }
            let field = field(word).ok_or_else(|| {
                let words: Vec<_> = target.fields().iter().map(|field| field.word()).collect();
                let (word, words) = (visible(word), words.join(", "));
                let into = self.into.as_deref().unwrap_or("a log");
                anyhow!("\"{word}\" is nothing that is read into {into}; a column can hold {words}")
            })?;
            Ok((column.clone(), Some(field)))
        });
        map.collect()
    }

    fn order(&self) -> Option<Order> {
        self.dates.map(|dates| match dates {
            Dates::DayFirst => Order::DayFirst,
            Dates::MonthFirst => Order::MonthFirst,
        })
    }

    fn people(&self, session: &RecordingSession, tables: &Tables, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let records = &session.before.case.records;
        let course = self.course.as_ref().map(|course| session.find::<Course>(course)).transpose()?;
        let (students, supervisors, courses) = (&records.students, &records.supervisors, &records.courses);
        let starts = |entry: &&Entry<Course>| entry.record.as_deref().map(|course| course.starts);
        let latest = courses.iter().max_by_key(starts).map(|entry| entry.id.raw());
        let registers = &session.registers();
        let course = course.map(|course| course.id.raw());
        let known = Known { students, supervisors, courses, course, latest_course: latest, registers };
        let mut rows = Rows::new();
        let mut fresh: Vec<(String, Fresh)> = Vec::new();
        let (mut remarks, mut unclear) = (Vec::new(), Vec::new());
        for (position, table) in tables.read.iter().enumerate() {
            let people = People::read(&table.grid, &table.columns, self.order(), known);
            remarks.extend(table.remarks.iter().cloned().chain(people.remarks));
            for row in people.rows {
                let cell = |at: &Address| table.cell(at, tables.are_several());
                match row.says {
                    Err(faults) => {
                        rows.faults(&faults, &cell);
                        unclear.extend(faults.into_iter().map(|fault| Unclear {
                            table: position,
                            fault,
                            asks: Asks::Cell,
                        }));
                    }
                    Ok(person) => {
                        let (mark, what) = match (&person.fresh, person.differs.as_slice()) {
                            (Some(_), _) if fresh.iter().any(|(id, _)| *id == person.id) => {
                                (Mark::Unclear, format!("{}: in another sheet too", person.what))
                            }
                            (Some(_), _) => (Mark::New, person.what),
                            (None, []) => (Mark::There, person.what),
                            (None, how) if table.keeps_the_record(person.at) => (
                                Mark::There,
                                format!("{}: kept as it is recorded, as answered; {}", person.what, how.join("; ")),
                            ),
                            (None, how) => {
                                let (how, asks) = (how.join("; "), Asks::Keep);
                                let fault = Fault { at: person.at, what: how.clone() };
                                unclear.push(Unclear { table: position, fault, asks });
                                (Mark::Differs, format!("{}: {how}", person.what))
                            }
                        };
                        rows.add(cell(&person.at), mark, what);
                        fresh.extend(person.fresh.map(|record| (person.id, record)));
                    }
                }
            }
        }
        let is_clear = rows.write(remarks, context)?;
        tables.ask(self, &unclear, context)?;
        if !is_clear {
            return Ok(Ending::Found);
        }
        if fresh.is_empty() {
            return Ok(Ending::Clean);
        }
        writeln!(context.out)?;
        self.finish(session, context, |session| session.add(&fresh))?;
        self.how_to_write(context)
    }

    /// Writes what is prepared. Somebody who is there agrees to what is unusual in it first: the folder is only looked at until
    /// then, and nothing is written where it is another one by now.
    fn finish(
        &self,
        seen: &RecordingSession,
        context: &mut Context<'_>,
        prepare: impl Fn(&RecordingSession) -> Result<Prepared, RecordingError>,
    ) -> anyhow::Result<Ending> {
        if !self.write || !context.is_somebody_there {
            return finish(seen, prepare(seen), context);
        }
        must_be_usual(Some(seen), context, |seen| Ok(prepare(seen)?))?;
        let session = self.options().open(context)?;
        let says = |session: &RecordingSession| {
            let sources = session.before.sources.iter();
            sources.map(|one| (one.path.clone(), one.content.as_ref().ok().cloned())).collect::<Vec<_>>()
        };
        if says(seen) != says(&session) {
            bail!("the folder has changed meanwhile, and nothing is written; run the command again");
        }
        session.was_named(seen);
        finish(&session, prepare(&session), context)
    }

    fn how_to_write(&self, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        if self.write {
            return Ok(Ending::Clean);
        }
        match &self.again {
            Some(import) => writeln!(context.out, "To write it: {import} --write")?,
            None => writeln!(context.out, "With --write it is written.")?,
        }
        Ok(Ending::Clean)
    }
}
