//! `gwp import`: a table that somebody keeps becomes entries of a log, or records.

mod rows;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::{Args as ClapArgs, ValueEnum};
use gwp::amend::{Event, Fresh};
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::files;
use gwp::print::write_text;
use gwp::records::{Course, Mode, SessionLog};
use gwp::spreadsheet::{
    self, Asked, Columns, Entries, Field, Grid, Known, Order, OtherWeekdays, People, Said, Standing, Target,
    crowded_weeks, named_weekday, slug,
};
use gwp::text::{Text, visible};

use super::Ending;
use super::folders::AsOf;
use super::keeping::{Desk, Entered, Keeping, minutes, the};
use super::surroundings::Surroundings;
use rows::{Mark, Rows, understood};

/// Take sessions, meetings, students or supervisors from a spreadsheet: a CSV file or a workbook (.xlsx).
///
/// Shows row by row what was understood, and changes nothing without --write. Columns are known by their headings, such
/// as Date, Length, Present, Cancelled, Notes, or by --map. What could mean two things is an error and no guess, and
/// either every row goes in or none. What is recorded already is passed over, so the same file can be imported again.
#[derive(Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Args {
    /// The spreadsheet
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where the rows go: the id of a session log, or students or supervisors for new records
    #[arg(long, value_name = "LOG")]
    into: String,

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

    /// The id of the course of students whose row names none; else the one that starts last
    #[arg(long, value_name = "ID")]
    course: Option<String>,

    /// The sheet of a workbook; else the first
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,

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
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let bytes = files::table(&args.file)?;
    let desk = Desk::open(&Keeping::new(!args.write, args.commit, args.as_of), change, surroundings)?;
    let target = args.target(&desk)?;
    let map = args.map(target)?;
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
    let name = visible(&args.file.to_string_lossy());
    let grid = spreadsheet::read(&bytes, args.sheet.as_deref(), target);
    let grid = grid.map_err(|error| anyhow!("{name} {error}; {}", error.help()))?;
    let columns = Columns::find(&grid, target, &map).map_err(|error| anyhow!("{name}: {error}"))?;
    write_text(&[understood(&name, &grid, &columns)], surroundings.layout(), out)?;
    columns.must_be_clear().map_err(|error| anyhow!("{name}: {error}"))?;
    writeln!(out)?;
    match target {
        Target::Group | Target::Supervision => args.entries(&desk, &grid, &columns, surroundings, out),
        Target::Students | Target::Supervisors => args.people(&desk, &grid, &columns, surroundings, out),
    }
}

fn is_held(event: &Event) -> bool {
    match event {
        Event::Session(session) => session.cancelled.is_none(),
        Event::Meeting(meeting) => meeting.cancelled.is_none(),
        _ => false,
    }
}

/// What a row says beside the sentence of its event.
fn more(said: &Said) -> String {
    let absent: Vec<_> = said.absent.iter().flatten().map(ToString::to_string).collect();
    let absent = if absent.is_empty() { String::new() } else { format!(", without {}", absent.join(", ")) };
    let notes = said.notes.as_ref().map(|notes| format!("; notes: {notes}")).unwrap_or_default();
    format!("{absent}{notes}")
}

impl Args {
    fn target(&self, desk: &Desk) -> anyhow::Result<Target> {
        match self.into.as_str() {
            "students" => Ok(Target::Students),
            "supervisors" => Ok(Target::Supervisors),
            _ => Ok(match self.log(desk)? {
                (_, SessionLog::Group(_)) => Target::Group,
                (_, SessionLog::Supervision(_)) => Target::Supervision,
            }),
        }
    }

    fn log<'d>(&self, desk: &'d Desk) -> anyhow::Result<(&'d Entry<SessionLog>, &'d SessionLog)> {
        let advice = "the logs lie in sessions/; students and supervisors are the other places";
        let entry = the(&desk.opened.case.records.logs, &self.into, "session log", advice)?;
        Ok((entry, entry.record.as_deref().context("the log has an error; see \"gwp check\"")?))
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
                anyhow!("\"{word}\" is nothing that is read into {}; a column can hold {words}", self.into)
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

    fn entries(
        &self,
        desk: &Desk,
        grid: &Grid,
        columns: &Columns,
        surroundings: &Surroundings,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        let (entry, log) = self.log(desk)?;
        let (ids, usual): (_, Option<Mode>) = match log {
            SessionLog::Group(log) => (&log.conductors, None),
            SessionLog::Supervision(log) => (&log.supervisees, Some(log.mode)),
        };
        let students = &desk.opened.case.records.students;
        let name = |id: &Text| {
            let student = students.iter().find(|student| student.id == *id)?;
            Some(student.record.as_deref()?.name.clone())
        };
        let people: Vec<_> = ids.iter().map(|id| (id.clone(), name(id))).collect();
        let asked = Asked { order: self.order(), minutes: self.minutes, people: &people };
        let mut entries = Entries::read(grid, columns, asked);
        let (mut rows, mut events, mut has_notes) = (Rows::new(), Vec::new(), false);
        for row in &entries.rows {
            let said = match &row.says {
                Ok(said) => said,
                Err(faults) => {
                    rows.faults(faults);
                    continue;
                }
            };
            let cell = said.at.to_string();
            let event = said.event(usual);
            let left_out = row.left_out.iter().map(|what| format!("; {what}")).collect::<Vec<_>>().concat();
            let what = format!("{}{}{left_out}", event.sentence(), more(said));
            let standing = Standing::of(said, log);
            if let (Standing::New | Standing::Held, Some(doubt)) = (&standing, &row.doubt) {
                rows.faults(std::slice::from_ref(doubt));
                continue;
            }
            has_notes |= said.notes.is_some();
            match standing {
                Standing::New => rows.add(cell, Mark::New, what),
                Standing::Held => rows.add(cell, Mark::New, format!("{what}; it was planned")),
                Standing::There => {
                    rows.add(cell, Mark::There, what);
                    continue;
                }
                Standing::Differs(how) => {
                    rows.add(cell, Mark::Differs, format!("{what}: {}", how.join("; ")));
                    continue;
                }
            }
            events.push((said.date, event));
        }
        if has_notes {
            entries.remarks.push("Notes are kept, and never judged.".to_owned());
        }
        let new: Vec<Day> = events.iter().filter(|(_, event)| is_held(event)).map(|(date, _)| *date).collect();
        let is_of_another = Self::remarks_on_days(entry, log, &new, &mut entries.remarks);
        let of_another = self.named_after_another(desk, grid).filter(|_| !events.is_empty());
        entries.remarks.extend(of_another.clone());
        if !rows.write(entries.remarks, surroundings, out)? {
            return Ok(Ending::Found);
        }
        let doubts = [
            (is_of_another && !self.other_weekday, "--other-weekday"),
            (of_another.is_some() && !self.other_name, "--other-name"),
        ];
        let options: Vec<_> = doubts.into_iter().filter(|(is_open, _)| *is_open).map(|(_, option)| option).collect();
        if !options.is_empty() {
            writeln!(
                out,
                "Nothing is written: see whether this is the right sheet, and {} the right log. If it is, say so with \
                 {}.",
                self.into,
                options.join(" and ")
            )?;
            return Ok(Ending::Found);
        }
        events.sort_by_key(|(date, _)| *date);
        let (first, last) = match events.as_slice() {
            [] => return Ok(Ending::Clean),
            [(first, _), ..] => (*first, events[events.len() - 1].0),
        };
        let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
        let of = if usual.is_none() { "sessions" } else { "meetings" };
        let what = match events.as_slice() {
            [event] => event.sentence(),
            events => format!("{} {of} from {first} to {last}", events.len()),
        };
        writeln!(out)?;
        desk.enter(&Entered { file: entry.file, id: &entry.id, events, what, students: ids.clone() }, out)?;
        let arranged = students.iter().filter_map(|student| student.record.as_deref());
        let is_arranged = arranged.flat_map(|record| &record.arrangement).any(|one| one.group == entry.id);
        if usual.is_none() && !is_arranged {
            writeln!(
                out,
                "No student has an arrangement with this group yet, so its sessions count for nobody; \"gwp arrange \
                 STUDENT {} SUPERVISOR --from DATE\" records one.",
                entry.id
            )?;
        }
        self.how_to_write(out)
    }

    /// A sentence where the sheet, or else the file, has the name of another log of the folder.
    fn named_after_another(&self, desk: &Desk, grid: &Grid) -> Option<String> {
        let file = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let names = [("sheet", grid.sheet.clone()), ("file", file)];
        let logs = &desk.opened.case.records.logs;
        let (what, name, log) = names.into_iter().find_map(|(what, name)| {
            let name = name?;
            let id = slug(&name)?;
            let log = logs.iter().find(|log| log.id.raw() == id)?;
            Some((what, name, log))
        })?;
        let is_another = log.id.raw() != self.into;
        is_another.then(|| format!("The {what} is called \"{}\", and {} is another log.", visible(&name), log.id))
    }

    /// Says where the new days are not those on which the log's group or supervision meets; whether that is so of most.
    fn remarks_on_days(entry: &Entry<SessionLog>, log: &SessionLog, new: &[Day], remarks: &mut Vec<String>) -> bool {
        let title = match log {
            SessionLog::Group(log) => log.title.raw(),
            SessionLog::Supervision(_) => "",
        };
        let named = named_weekday([entry.id.raw(), title]);
        let (there, of, frequency): (Vec<Day>, _, _) = match log {
            SessionLog::Group(log) => {
                let there = log.sessions.iter().filter(|one| one.cancelled.is_none()).map(|one| one.date);
                (there.collect(), "sessions", Some(log.frequency))
            }
            SessionLog::Supervision(log) => {
                let there = log.sessions.iter().filter(|one| one.cancelled.is_none()).map(|one| one.date);
                (there.collect(), "meetings", None)
            }
        };
        // What was planned for a day is in the log.
        let new: Vec<Day> = new.iter().copied().filter(|day| !there.contains(day)).collect();
        let other = OtherWeekdays::among(&new, &there, named, of);
        remarks.extend(other.iter().map(|other| other.sentence.clone()));
        let crowded = frequency.filter(|often| often.interval_days().is_some()).map(|often| {
            let weeks = match crowded_weeks(&new, &there) {
                0 => return None,
                1 => "one week".to_owned(),
                weeks => format!("{weeks} weeks"),
            };
            Some(format!("With them there are two sessions or more in {weeks}, and the group is {}.", often.word()))
        });
        remarks.extend(crowded.flatten());
        other.is_some_and(|other| other.are_most)
    }

    fn people(
        &self,
        desk: &Desk,
        grid: &Grid,
        columns: &Columns,
        surroundings: &Surroundings,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        let records = &desk.opened.case.records;
        if let Some(course) = &self.course {
            the(&records.courses, course, "course", "\"gwp list courses\" shows them all")?;
        }
        let (students, supervisors, courses) = (&records.students, &records.supervisors, &records.courses);
        let starts = |entry: &&Entry<Course>| entry.record.as_deref().map(|course| course.starts);
        let latest = courses.iter().max_by_key(starts).map(|entry| entry.id.raw());
        let known = Known { students, supervisors, courses, course: self.course.as_deref(), latest_course: latest };
        let people = People::read(grid, columns, self.order(), known);
        let mut rows = Rows::new();
        let mut fresh: Vec<(String, Fresh)> = Vec::new();
        for row in people.rows {
            match row.says {
                Err(faults) => rows.faults(&faults),
                Ok(person) => {
                    let mark = if person.fresh.is_some() { Mark::New } else { Mark::There };
                    rows.add(person.at.to_string(), mark, person.what);
                    fresh.extend(person.fresh.map(|record| (person.id, record)));
                }
            }
        }
        if !rows.write(people.remarks, surroundings, out)? {
            return Ok(Ending::Found);
        }
        if fresh.is_empty() {
            return Ok(Ending::Clean);
        }
        writeln!(out)?;
        desk.add(&fresh, out)?;
        self.how_to_write(out)
    }

    fn how_to_write(&self, out: &mut dyn Write) -> anyhow::Result<Ending> {
        if !self.write {
            writeln!(out, "With --write it is written.")?;
        }
        Ok(Ending::Clean)
    }
}
