//! A table that becomes entries of a session log.

use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::{Amendment, RecordingSession};
use gwp::records::{LogKind, SessionLog};
use gwp::spreadsheet::{Asked, Columns, Compared, Entries, EntryRow, Grid, LogDays, Said, crowded_weeks};
use gwp::text::{Text, slug, visible};

use super::rows::{Mark, Rows};
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
}

impl Args {
    /// Shows what becomes of the rows of a table, and enters the new ones where nothing speaks against it.
    pub(super) fn sessions(
        &self,
        session: &RecordingSession,
        grid: &Grid,
        columns: &Columns,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        let (entry, log) = self.log(session)?;
        let people = with_names(session, log);
        let supervisor = supervisor(session, log);
        let today = session.latest;
        let asked = Asked {
            order: self.order(),
            minutes: self.minutes,
            today,
            people: &people,
            supervisor: supervisor.as_ref(),
        };
        let Entries { rows, mut remarks } = Entries::read(grid, columns, asked);
        let Sorted { rows, new, disputed, has_notes } = Sorted::beside(log, &rows, today);
        if has_notes {
            remarks.push("Notes are kept, and never judged.".to_owned());
        }
        remarks.extend(by_hand(session, entry, &disputed));
        let held: Vec<Day> = new.iter().filter(|(_, event)| is_held(event)).map(|(date, _)| *date).collect();
        let is_of_another = Self::remarks_on_days(entry, log, &held, &mut remarks);
        let of_another = self.named_after_another(session, grid).filter(|_| !new.is_empty());
        remarks.extend(of_another.clone());
        if !rows.write(remarks, context)? || !self.is_meant(is_of_another, of_another.is_some(), context)? {
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
    fn named_after_another(&self, session: &RecordingSession, grid: &Grid) -> Option<String> {
        let file = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let names = [("sheet", grid.sheet.clone()), ("file", file)];
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
    /// Sees what the log says already of each row.
    fn beside(log: &SessionLog, rows: &[EntryRow], today: Day) -> Self {
        let mut sorted = Self { rows: Rows::new(), new: Vec::new(), disputed: Vec::new(), has_notes: false };
        for row in rows {
            match &row.says {
                Ok(said) => sorted.add(log, row, said, today),
                Err(faults) => sorted.rows.faults(faults),
            }
        }
        sorted
    }

    fn add(&mut self, log: &SessionLog, row: &EntryRow, said: &Said, today: Day) {
        let compared = Compared::of(said, log, today);
        if let (Compared::New | Compared::Planned | Compared::More, Some(doubt)) = (&compared, &row.doubt) {
            self.rows.faults(std::slice::from_ref(doubt));
            return;
        }
        // Beside an entry with a mode of its own the usual one has to be said.
        let has_mode = log.entry_on(said.date).is_some_and(|there| there.mode().is_some());
        let event = said.event(log.usual_mode().filter(|_| !has_mode));
        let left_out = row.left_out.iter().map(|what| format!("; {what}")).collect::<Vec<_>>().concat();
        let what = format!("{}{}{left_out}", event.sentence(), more(said));
        let (mark, what, is_new) = match compared {
            Compared::New => (Mark::New, what, true),
            Compared::Planned => (Mark::New, format!("{what}; the log has a plan for this day"), true),
            Compared::More => (Mark::New, format!("{what}; the log says less of this day"), true),
            Compared::There => (Mark::There, what, false),
            Compared::Differs(how) => (Mark::Differs, format!("{what}: {}", how.join("; ")), false),
        };
        self.has_notes |= said.notes.is_some();
        self.rows.add(said.at.to_string(), mark, what);
        if is_new {
            self.new.push((said.date, event));
        } else if mark == Mark::Differs {
            self.disputed.push((said.at.to_string(), event));
        }
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

/// The ids of a log's conductors or supervisees, with their names where they are known.
fn with_names(session: &RecordingSession, log: &SessionLog) -> Vec<(Text, Option<Text>)> {
    let name = |id: &Text| {
        let student = session.before.case.records.students.iter().find(|student| student.id == *id)?;
        Some(student.record.as_deref()?.name.clone())
    };
    log.people().iter().map(|id| (id.clone(), name(id))).collect()
}

/// The id of the supervisor of a supervision, with the name where it is known.
fn supervisor(session: &RecordingSession, log: &SessionLog) -> Option<(Text, Option<Text>)> {
    let log = log.supervision()?;
    let entry = session.before.case.records.supervisors.iter().find(|entry| entry.id == log.supervisor);
    let name = entry.and_then(|entry| entry.record.as_deref()).map(|record| record.name.clone());
    Some((log.supervisor.clone(), name))
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
