//! A table that becomes entries of a session log.

use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::{Amendment, RecordingSession};
use gwp::records::{LogKind, SessionLog};
use gwp::spreadsheet::{Address, Asked, Compared, Entries, EntryRow, Fault, LogDays, NoLonger, Said, crowded_weeks};
use gwp::text::{slug, visible};

use super::log_people::{course_of, supervisor, with_names};
use super::rows::{Mark, Rows};
use super::tables::{Tables, Unclear};
use super::{Args, Ending};
use crate::commands::context::Context;
use crate::commands::recording::finish;

/// What the rows of a table are beside a log.
struct Sorted {
    /// All of them, to be shown.
    rows: Rows,
    /// Those that are new, or were planned.
    new: Vec<(Day, Event)>,
    /// Those of which the log says something else, each with its first cell.
    disputed: Vec<(String, Event)>,
    /// Whether any has notes.
    has_notes: bool,
    /// What there is to ask.
    unclear: Vec<Unclear>,
    /// Days of the log that the table no longer has, as sentences.
    gone: Vec<String>,
}

impl Args {
    /// Shows what becomes of the rows of a table, and enters the new ones where nothing speaks against it.
    pub(super) fn sessions(
        &self,
        session: &RecordingSession,
        tables: &Tables,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        let (entry, log) = self.log(session)?;
        let people = with_names(session, log);
        let supervisor = supervisor(session, log);
        let today = session.latest;
        let asked = Asked {
            order: self.order(),
            course: course_of(session, log),
            minutes: self.minutes,
            today,
            people: &people,
            supervisor: supervisor.as_ref(),
        };
        let (mut all, mut remarks) = (Vec::new(), Vec::new());
        for (position, table) in tables.read.iter().enumerate() {
            let entries = Entries::read(&table.grid, &table.columns, asked);
            remarks.extend(table.remarks.iter().cloned().chain(entries.remarks));
            all.extend(entries.rows.into_iter().map(|row| (position, row)));
        }
        let Sorted { rows, new, disputed, has_notes, unclear, gone } = Sorted::beside(log, &all, tables, today);
        if has_notes {
            remarks.push("Notes are kept, and never judged.".to_owned());
        }
        remarks.extend(gone);
        remarks.extend(by_hand(session, entry, &disputed));
        let held: Vec<Day> = new.iter().filter(|(_, event)| is_held(event)).map(|(date, _)| *date).collect();
        let is_of_another = Self::remarks_on_days(entry, log, &held, &mut remarks);
        let of_another = self.named_after_another(session, tables).filter(|_| !new.is_empty());
        remarks.extend(of_another.clone());
        let is_clear = rows.write(remarks, context)?;
        let is_meant = self.is_meant(is_of_another, of_another.is_some(), context)?;
        tables.ask(self, &unclear, context)?;
        if !is_clear || !is_meant {
            return Ok(Ending::Found);
        }
        if new.is_empty() {
            return Ok(Ending::Clean);
        }
        self.enter(session, entry, log, new, context)
    }

    /// Whether the log is the right one for all that the table shows, or somebody says that it is.
    fn is_meant(
        &self,
        on_other_days: bool,
        is_called_otherwise: bool,
        context: &mut Context<'_>,
    ) -> anyhow::Result<bool> {
        let doubts = [
            (on_other_days && !self.other_weekday, "--other-weekday"),
            (is_called_otherwise && !self.other_name, "--other-name"),
        ];
        let options: Vec<_> = doubts.into_iter().filter(|(is_open, _)| *is_open).map(|(_, option)| option).collect();
        if !options.is_empty() {
            writeln!(
                context.out,
                "Nothing is written: see whether this is the right sheet, and {} the right log. If it is, say so with \
                 {}.",
                self.into,
                options.join(" and ")
            )?;
        }
        Ok(options.is_empty())
    }

    /// Enters what is new.
    fn enter(
        &self,
        session: &RecordingSession,
        entry: &Entry<SessionLog>,
        log: &SessionLog,
        mut new: Vec<(Day, Event)>,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        new.sort_by_key(|(date, _)| *date);
        let of = log.kind().entry_word();
        let what = match new.as_slice() {
            [(_, event)] => event.sentence(),
            [(first, _), .., (last, _)] => format!("{} {of}s from {first} to {last}", new.len()),
            [] => String::new(),
        };
        let events: Vec<Event> = new.into_iter().map(|(_, event)| event).collect();
        writeln!(context.out)?;
        let amendment = Amendment { file: entry.file, id: entry.id.clone(), events, what };
        finish(session, session.amend(&amendment), context)?;
        let students = session.before.case.records.students.iter().filter_map(|student| student.record.as_deref());
        let is_arranged = students.flat_map(|record| &record.arrangement).any(|one| one.group == entry.id);
        if log.kind() == LogKind::Group && !is_arranged {
            writeln!(
                context.out,
                "No student has an arrangement with this group yet, so its sessions count for nobody; \"{}\" records one.",
                session.command_line.about(["arrange", "STUDENT", entry.id.raw(), "SUPERVISOR", "--from", "DATE"])
            )?;
        }
        self.how_to_write(context)
    }

    /// A sentence where the sheet, or else the file, has the name of another log of the folder.
    fn named_after_another(&self, session: &RecordingSession, tables: &Tables) -> Option<String> {
        let file = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let sheet = match tables.read.as_slice() {
            [table] => table.grid.sheet.clone(),
            _ => None,
        };
        let names = [("sheet", sheet), ("file", file)];
        let logs = &session.before.case.records.logs;
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
        let days = LogDays::of(&entry.id, log, new);
        let frequency = log.group().map(|log| log.frequency);
        let other = days.other_weekdays();
        remarks.extend(other.iter().map(|other| other.sentence.clone()));
        let crowded = frequency.filter(|often| often.interval_days().is_some()).map(|often| {
            let weeks = match crowded_weeks(&days.new, &days.there) {
                0 => return None,
                1 => "one week".to_owned(),
                weeks => format!("{weeks} weeks"),
            };
            Some(format!("With them there are two sessions or more in {weeks}, and the group is {}.", often.word()))
        });
        remarks.extend(crowded.flatten());
        other.is_some_and(|other| other.are_most)
    }
}

impl Sorted {
    /// Sees what the log says already of each row, and each row of the others.
    fn beside(log: &SessionLog, all: &[(usize, EntryRow)], tables: &Tables, today: Day) -> Self {
        let mut sorted = Self {
            rows: Rows::new(),
            new: Vec::new(),
            disputed: Vec::new(),
            has_notes: false,
            unclear: Vec::new(),
            gone: Vec::new(),
        };
        let sound: Vec<_> = all.iter().filter_map(|(_, row)| row.says.as_ref().ok()).collect();
        let compared: Vec<_> = sound.iter().map(|said| (*said, Compared::of(said, log, today))).collect();
        let NoLonger { doubts, remarks } = NoLonger::of(&compared, log, today);
        sorted.gone = remarks;
        let mut number = 0;
        for (position, row) in all {
            let table = &tables.read[*position];
            let cell = |at: &Address| table.cell(at, tables.are_several());
            let faults = match &row.says {
                Err(faults) => {
                    sorted.rows.faults(faults, &cell);
                    faults.clone()
                }
                Ok(said) => {
                    let gone = doubts.iter().find(|(at, _)| *at == number && !row.is_answered).map(|(_, fault)| fault);
                    let twice = sorted.new.iter().any(|(day, _)| *day == said.date);
                    let what = || format!("{} is in another sheet too, and a log has one entry for a day", said.date);
                    let twice = twice.then(|| Fault { at: said.at, what: what() });
                    number += 1;
                    match twice.or(gone.cloned()) {
                        Some(fault) => {
                            sorted.rows.faults(std::slice::from_ref(&fault), &cell);
                            vec![fault]
                        }
                        None => sorted.add(log, row, said, (compared[number - 1].1.clone(), &cell)),
                    }
                }
            };
            sorted.unclear.extend(faults.into_iter().map(|fault| (*position, fault)));
        }
        sorted
    }

    /// Adds a row; what there is to ask about it.
    fn add(
        &mut self,
        log: &SessionLog,
        row: &EntryRow,
        said: &Said,
        (compared, cell): (Compared, &dyn Fn(&Address) -> String),
    ) -> Vec<Fault> {
        if let (Compared::New | Compared::Planned | Compared::More, Some(doubt)) = (&compared, &row.doubt) {
            self.rows.faults(std::slice::from_ref(doubt), cell);
            return vec![doubt.clone()];
        }
        // Beside an entry with a mode of its own the usual one has to be said.
        let has_mode = log.entry_on(said.date).is_some_and(|there| there.mode().is_some());
        let event = said.event(log.usual_mode().filter(|_| !has_mode));
        let left_out = row.left_out.iter().map(|what| format!("; {what}")).collect::<Vec<_>>().concat();
        let what = format!("{}{}{left_out}", event.sentence(), more(said));
        let (mark, what, is_new) = match &compared {
            Compared::New => (Mark::New, what, true),
            Compared::Planned => (Mark::New, format!("{what}; the log has a plan for this day"), true),
            Compared::More => (Mark::New, format!("{what}; the log says less of this day"), true),
            Compared::There => (Mark::There, what, false),
            Compared::Differs(how) => (Mark::Differs, format!("{what}: {}", how.join("; ")), false),
        };
        self.has_notes |= said.notes.is_some();
        self.rows.add(cell(&said.at), mark, what);
        if is_new {
            self.new.push((said.date, event));
        } else if let Compared::Differs(how) = &compared {
            self.disputed.push((cell(&said.at), event));
            return vec![Fault { at: said.at, what: how.join("; ") }];
        }
        Vec::new()
    }
}

/// What to change in the log for rows of which it says something else, in sentences; those at the beginning.
fn by_hand(session: &RecordingSession, entry: &Entry<SessionLog>, disputed: &[(String, Event)]) -> Vec<String> {
    const MOST: usize = 10;
    let change = |(at, event): &(String, Event)| Some(format!("{at}: {}.", session.refusal(entry.file, event)?.help()));
    let mut changes: Vec<_> = disputed.iter().filter_map(change).take(MOST).collect();
    let more = disputed.len().saturating_sub(MOST);
    changes.extend((more > 0).then(|| format!("{more} more rows differ from the log.")));
    changes
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
