//! A table that becomes entries of a session log.

use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::{self, Amendment, Correction, RecordingSession, Untold};
use gwp::records::{LogKind, SessionLog};
use gwp::spreadsheet::{
    Address, Asked, Compared, Entries, EntryRow, Fault, LogDays, NoLonger, Prefers, Said, crowded_weeks,
};
use gwp::text::{Path, few, slug, visible};
use serde_json::Value as Json;

use super::log_people::{course_of, supervisor, with_names};
use super::rows::{Mark, Rows};
use super::tables::{Asks, Tables, Unclear};
use super::{Args, Ending};
use crate::commands::context::Context;

/// What the rows of a table are beside a log.
struct Sorted {
    /// All of them, to be shown.
    rows: Rows,
    /// Those that are new, or were planned.
    new: Vec<(Day, Event)>,
    /// What puts those right of which the log says something else, and a person answered that the table is right.
    corrections: Vec<Correction>,
    /// Those of which the log says something else, each with its first cell.
    disputed: Vec<(String, Event)>,
    /// Whether any has notes.
    has_notes: bool,
    /// What there is to ask.
    unclear: Vec<Unclear>,
    /// Days of the log that the table no longer has, as sentences.
    gone: Vec<String>,
}

/// What is to go into a log.
pub struct ForLog<'s> {
    pub entry: &'s Entry<SessionLog>,
    pub log: &'s SessionLog,
    /// Whether all rows can go in.
    pub is_clear: bool,
    /// What there is to ask.
    pub unclear: Vec<Unclear>,
    new: Vec<(Day, Event)>,
    corrections: Vec<Correction>,
}

impl ForLog<'_> {
    /// Whether nothing goes in.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.corrections.is_empty()
    }

    /// What goes into the log: what is put right, and then what is new.
    pub fn amendment(&self) -> Amendment {
        let mut new = self.new.clone();
        new.sort_by_key(|(date, _)| *date);
        let of = self.log.kind().entry_word();
        let what = match new.as_slice() {
            [(_, event)] => event.sentence(),
            [(first, _), .., (last, _)] => format!("{} {of}s from {first} to {last}", new.len()),
            [] => String::new(),
        };
        let corrected = few(self.corrections.iter().map(|one| one.amendment.what.clone()), MOST_CORRECTED, "; ");
        let what = [what, corrected].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        let corrections = self.corrections.iter().flat_map(|one| one.amendment.events.clone());
        let events = corrections.chain(new.into_iter().map(|(_, event)| event)).collect();
        Amendment { file: self.entry.file, id: self.entry.id.clone(), events, what }
    }

    /// What was decided while the log said otherwise.
    pub fn relied(&self, session: &RecordingSession, after: &Folder) -> Vec<String> {
        let mut relied: Vec<_> = self.corrections.iter().flat_map(|one| one.relied(session, after)).collect();
        relied.dedup();
        relied
    }

    /// That the sessions of a group count for nobody yet.
    pub fn without_arrangement(&self, session: &RecordingSession) -> Option<String> {
        let students = session.before.case.records.students.iter().filter_map(|student| student.record.as_deref());
        let is_arranged = students.flat_map(|record| &record.arrangement).any(|one| one.group == self.entry.id);
        (self.log.kind() == LogKind::Group && !is_arranged).then(|| {
            format!(
                "No student has an arrangement with this group yet, so its sessions count for nobody; \"{}\" records one.",
                session.command_line.about([
                    "arrange",
                    "STUDENT",
                    self.entry.id.raw(),
                    "SUPERVISOR",
                    "--from",
                    "DATE"
                ])
            )
        })
    }
}

/// So many corrections are named in what a commit says.
const MOST_CORRECTED: usize = 4;

impl Args {
    /// Shows what becomes of the rows of a table, and enters the new ones where nothing speaks against it.
    pub(super) fn sessions(
        &self,
        session: &RecordingSession,
        tables: &Tables,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        let for_log = self.looked_at(session, self.log(session)?, tables, context)?;
        tables.ask(self, &for_log.unclear, context)?;
        if !for_log.is_clear {
            return Ok(Ending::Found);
        }
        if for_log.is_empty() {
            return Ok(Ending::Clean);
        }
        writeln!(context.out)?;
        self.finish(session, context, |session| {
            let mut prepared = session.amend(&for_log.amendment())?;
            let relied = prepared.after.as_ref().map(|after| for_log.relied(session, after));
            prepared.report.remarks.extend(relied.into_iter().flatten());
            Ok(prepared)
        })?;
        if let Some(sentence) = for_log.without_arrangement(session) {
            writeln!(context.out, "{sentence}")?;
        }
        self.how_to_write(context)
    }

    /// Shows what becomes of the rows of tables that go into a log.
    pub(super) fn looked_at<'s>(
        &self,
        session: &RecordingSession,
        (entry, log): (&'s Entry<SessionLog>, &'s SessionLog),
        tables: &Tables,
        context: &mut Context<'_>,
    ) -> anyhow::Result<ForLog<'s>> {
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
        let correct = |said: &Said| corrected(session, entry, log, said);
        let Sorted { rows, new, corrections, disputed, has_notes, unclear, gone } =
            Sorted::beside(log, &all, (tables, &correct), today);
        if has_notes {
            remarks.push("Notes are kept, and never judged.".to_owned());
        }
        remarks.extend(gone);
        remarks.extend(by_hand(session, entry, &disputed));
        let held: Vec<Day> = new.iter().filter(|(_, event)| is_held(event)).map(|(date, _)| *date).collect();
        let is_of_another = Self::remarks_on_days(entry, log, &held, &mut remarks);
        let of_another = self.named_after_another(session, entry, tables).filter(|_| !new.is_empty());
        remarks.extend(of_another.clone());
        let is_clear = rows.write(remarks, context)?;
        let is_meant = self.is_meant(entry, (is_of_another, of_another.is_some()), context)?;
        Ok(ForLog { entry, log, is_clear: is_clear && is_meant, unclear, new, corrections })
    }

    /// Whether the log is the right one for all that the table shows, or somebody says that it is.
    fn is_meant(
        &self,
        entry: &Entry<SessionLog>,
        (on_other_days, is_called_otherwise): (bool, bool),
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
                self.into.as_deref().map_or_else(|| entry.id.to_string(), visible),
                options.join(" and ")
            )?;
        }
        Ok(options.is_empty())
    }

    /// A sentence where the sheet, or else the file, has the name of another log of the folder.
    fn named_after_another(
        &self,
        session: &RecordingSession,
        entry: &Entry<SessionLog>,
        tables: &Tables,
    ) -> Option<String> {
        // A sheet that goes into the log that it is called after is called after no other.
        self.into.as_ref()?;
        let file = self.file().file_stem().map(|stem| stem.to_string_lossy().into_owned());
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
        let is_another = log.id != entry.id;
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
    fn beside(
        log: &SessionLog,
        all: &[(usize, EntryRow)],
        (tables, correct): (&Tables, &Correct<'_>),
        today: Day,
    ) -> Self {
        let mut sorted = Self {
            rows: Rows::new(),
            new: Vec::new(),
            corrections: Vec::new(),
            disputed: Vec::new(),
            has_notes: false,
            unclear: Vec::new(),
            gone: Vec::new(),
        };
        let sound: Vec<_> = all.iter().filter_map(|(_, row)| row.says.as_ref().ok()).collect();
        let compared: Vec<_> = sound.iter().map(|said| (*said, Compared::of(said, log, today))).collect();
        let unclear = all.iter().filter(|(_, row)| row.says.is_err()).map(|(_, row)| row.day);
        let NoLonger { doubts, remarks } = NoLonger::of(&compared, &unclear.collect::<Vec<_>>(), log, today);
        sorted.gone = remarks;
        let mut number = 0;
        for (position, row) in all {
            let table = &tables.read[*position];
            let cell = |at: &Address| table.cell(at, tables.are_several());
            let asks = match &row.says {
                Err(faults) => {
                    sorted.rows.faults(faults, &cell);
                    let asks = faults.iter().map(|fault| (fault.clone(), Asks::Cell));
                    // What the rest of it says otherwise is asked in the same round.
                    let differs = differs_partly(row, faults, log, today);
                    sorted.rows.faults(differs.as_slice(), &cell);
                    asks.chain(differs.map(|fault| (fault, Asks::Difference))).collect()
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
                            vec![(fault, Asks::Cell)]
                        }
                        None => sorted.add(log, row, said, (compared[number - 1].1.clone(), &cell, correct)),
                    }
                }
            };
            sorted.unclear.extend(asks.into_iter().map(|(fault, asks)| Unclear { table: *position, fault, asks }));
        }
        sorted
    }

    /// Adds a row; what there is to ask about it.
    fn add(
        &mut self,
        log: &SessionLog,
        row: &EntryRow,
        said: &Said,
        (compared, cell, correct): (Compared, &ShownCell<'_>, &Correct<'_>),
    ) -> Vec<(Fault, Asks)> {
        if let (Compared::New | Compared::Planned | Compared::More, Some(doubt)) = (&compared, &row.doubt) {
            self.rows.faults(std::slice::from_ref(doubt), cell);
            return vec![(doubt.clone(), Asks::Cell)];
        }
        // Beside an entry with a mode of its own the usual one has to be said.
        let has_mode = log.entry_on(said.date).is_some_and(|there| there.mode().is_some());
        let event = said.event(log.usual_mode().filter(|_| !has_mode));
        let left_out = row.left_out.iter().map(|what| format!("; {what}")).collect::<Vec<_>>().concat();
        let what = format!("{}{}{left_out}", event.sentence(), more(said));
        if let (Compared::Differs(how), Some(prefers)) = (&compared, row.prefers) {
            return self.settle(said, (prefers, what, how), (cell, correct));
        }
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
            return vec![(Fault { at: said.at, what: how.join("; ") }, Asks::Difference)];
        }
        Vec::new()
    }

    /// Adds a row of which the log says something else, as a person answered.
    fn settle(
        &mut self,
        said: &Said,
        (prefers, what, how): (Prefers, String, &[String]),
        (cell, correct): (&ShownCell<'_>, &Correct<'_>),
    ) -> Vec<(Fault, Asks)> {
        let how = how.join("; ");
        if prefers == Prefers::Record {
            self.rows.add(cell(&said.at), Mark::There, format!("{what}: kept as it is recorded, as answered; {how}"));
            return Vec::new();
        }
        match correct(said) {
            Ok(correction) => {
                self.rows.add(cell(&said.at), Mark::Corrected, format!("{what}: {how}"));
                self.corrections.push(correction);
                Vec::new()
            }
            Err(why) => {
                let fault = Fault { at: said.at, what: format!("{how}; the log cannot be put right so: {why}") };
                self.rows.faults(std::slice::from_ref(&fault), cell);
                vec![(fault, Asks::Difference)]
            }
        }
    }
}

/// What the log says otherwise than the rest of a row with something wrong in it.
fn differs_partly(row: &EntryRow, faults: &[Fault], log: &SessionLog, today: Day) -> Option<Fault> {
    let said = row.partly.as_ref().filter(|_| row.prefers.is_none())?;
    let Compared::Differs(how) = Compared::of(said, log, today) else { return None };
    let is_asked_about = faults.iter().any(|fault| fault.at == said.at);
    (!is_asked_about).then(|| Fault { at: said.at, what: how.join("; ") })
}

/// How a cell is named.
type ShownCell<'c> = dyn Fn(&Address) -> String + 'c;

/// What puts a log right that says something else than a row; or why it cannot be.
type Correct<'c> = dyn Fn(&Said) -> Result<Correction, String> + 'c;

/// What puts the entry of a log right that says something else than a row, as "gwp correct" does.
fn corrected(
    session: &RecordingSession,
    entry: &Entry<SessionLog>,
    log: &SessionLog,
    said: &Said,
) -> Result<Correction, String> {
    let mut of_day = log.entries().enumerate().filter(|(_, there)| there.date() == said.date);
    let (Some((position, there)), None) = (of_day.next(), of_day.next()) else {
        return Err("the log has two entries for this day; put them right with \"gwp correct\"".to_owned());
    };
    let now = match said.event(log.usual_mode().filter(|_| there.mode().is_none())) {
        Event::Session(session) => serde_json::to_value(session),
        Event::Meeting(meeting) => serde_json::to_value(meeting),
        _ => return Err("it is no entry of a log".to_owned()),
    };
    let (now, there) = (now.unwrap_or_default(), serde_json::to_value(there).unwrap_or_default());
    let mut options = Vec::new();
    for (key, value) in now.as_object().into_iter().flatten().filter(|(key, _)| *key != "date") {
        if there.get(key) == Some(value) {
            continue;
        }
        let typed = |value: &Json| match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            Json::Bool(true) => Some("yes".to_owned()),
            _ => None,
        };
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        options.extend(values.iter().filter_map(typed).map(|typed| (key.replace('_', "-"), typed)));
    }
    let is_there = |key: &str| there.get(key).is_some_and(|value| *value != Json::Bool(false) && !value.is_null());
    let none_absent = said.absent.as_ref().is_some_and(Vec::is_empty) && said.cancelled.is_none();
    let not_joint = said.joint == Some(false);
    let held_as_planned = !said.planned && said.cancelled.is_none();
    let gone = [("absent", none_absent), ("joint", not_joint), ("planned", held_as_planned)];
    let has_some = |key: &str| there.get(key).and_then(Json::as_array).is_none_or(|list| !list.is_empty());
    let without = gone.into_iter().filter(|(key, is_gone)| *is_gone && is_there(key) && has_some(key));
    let correction = session.corrected(&recording::Said {
        who: entry.id.raw().to_owned(),
        what: Some("session".to_owned()),
        options,
        without: without.map(|(key, _)| key.to_owned()).collect(),
        chosen: Some(Path::of("sessions").index(position)),
        ..recording::Said::default()
    });
    correction.map_err(|untold| match untold {
        Untold::Refused(error) => error.to_string(),
        Untold::Asks(question) => question.asks,
    })
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
