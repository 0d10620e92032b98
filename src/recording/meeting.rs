//! What a committee's meeting answered: into the records of the students, and into that of the meeting.

use super::{Amendment, Prepared, RecordingError, RecordingSession, SameDay, Together};
use serde_json::json;

use crate::amend::{Edit, Edited, Event, Fresh};
use crate::audit::unready;
use crate::case::Entry;
use crate::meeting::{Proceedings, Sitting, Table};
use crate::records::{CommitteeMeeting, Item, RecordKind, Student};
use crate::text::{Path, Text};

impl RecordingSession {
    /// The record of a meeting, where there is one.
    pub fn minutes_of(&self, sitting: Sitting) -> Option<&Entry<CommitteeMeeting>> {
        let is_it = |one: &CommitteeMeeting| (one.body, one.date) == (sitting.body, sitting.date);
        self.before.case.records.meetings.iter().find(|entry| entry.record.as_deref().is_some_and(is_it))
    }

    /// The record of the last meeting of the same body before a meeting.
    pub fn minutes_before(&self, sitting: Sitting) -> Option<&CommitteeMeeting> {
        let records = self.before.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref());
        records.filter(|one| one.body == sitting.body && one.date < sitting.date).max_by_key(|one| one.date)
    }

    /// The records that a meeting would write and that have changes which are not committed: with them, a commit of the
    /// meeting would be refused.
    pub fn uncommitted_of(&self, sitting: Sitting, table: &Table) -> Vec<Text> {
        let is_asked = |entry: &&Entry<Student>| table.items.iter().any(|item| item.student == entry.id);
        let students = self.before.case.records.students.iter().filter(is_asked).map(|entry| entry.file);
        let files = students.chain(self.minutes_of(sitting).map(|entry| entry.file));
        let paths = files.filter_map(|file| Some(self.source(file).ok()?.path.clone()));
        paths.filter(|path| !self.target.is_as_in_git(path)).collect()
    }

    /// Puts all that was answered in a meeting into the records: all of it, or nothing.
    pub fn record_meeting(&self, proceedings: &Proceedings) -> Result<Prepared, RecordingError> {
        let sitting = proceedings.sitting;
        let mut together = Together {
            what: format!("{sitting}: {}", proceedings.count()),
            message: proceedings.message(),
            ..Together::default()
        };
        for (id, events) in proceedings.of_students() {
            let entry = self.find::<Student>(id.raw())?;
            self.sound(entry)?;
            let (file, id) = (entry.file, entry.id.clone());
            together.amendments.push(Amendment { file, id, events, what: sitting.to_string() });
        }
        let now = proceedings.record();
        match self.minutes_of(sitting) {
            None => together.new.push((sitting.id(), Fresh::Meeting(now))),
            Some(entry) => {
                let (there, id) = (self.sound(entry)?, entry.id.clone());
                let events = besides(there, &now);
                together.amendments.push(Amendment { file: entry.file, id, events, what: sitting.to_string() });
            }
        }
        let mut prepared = self.record_together(&together)?;
        prepared.report.remarks.extend(self.unready(proceedings));
        Ok(prepared)
    }

    /// What the records of the students say otherwise of the same matter and day than what was answered.
    pub fn said_that_day_of(&self, proceedings: &Proceedings) -> Result<Vec<SameDay>, RecordingError> {
        let mut found = Vec::new();
        for (id, events) in proceedings.of_students() {
            let student = self.sound(self.find::<Student>(id.raw())?)?;
            found.extend(events.iter().flat_map(|event| self.said_that_day(id, student, event)));
        }
        Ok(found)
    }

    /// What was not met on the day of a decision in a student's favour.
    fn unready(&self, proceedings: &Proceedings) -> Vec<String> {
        let mut unready_decisions = Vec::new();
        for (id, events) in proceedings.of_students() {
            for event in events {
                let Event::Decision(decision) = event else { continue };
                let favourable = decision.outcome.is_favourable();
                let unmet = favourable.then(|| unready(Some(&self.before.case), id, &decision)).flatten();
                let show = || self.command_line.again(["show", id.raw()]);
                unready_decisions.extend(unmet.map(|unmet| format!("{unmet}. \"{}\" says more.", show())));
            }
        }
        unready_decisions
    }
}

/// What the record of a meeting comes to say besides what is there.
fn besides(there: &CommitteeMeeting, now: &CommitteeMeeting) -> Vec<Event> {
    let mut events = Vec::new();
    let mut edit = |at, to, what| events.push(Event::Edit(Edit { kind: RecordKind::Meeting, at, to, what }));
    let lists = [
        ("present", &there.present, &now.present),
        ("apologies", &there.apologies, &now.apologies),
        ("declared", &there.declared, &now.declared),
    ];
    for (key, there, now) in lists {
        for (count, name) in now.iter().filter(|name| !there.contains(name)).enumerate() {
            let at = Path::of(key).index(there.len() + count);
            edit(at, Edited::Further(json!(name.raw())), format!("{key}: {name}"));
        }
    }
    let position_of =
        |item: &Item| there.items.iter().position(|one| (one.number, &one.about) == (item.number, &item.about));
    for (position, item) in now.items.iter().filter_map(|item| Some((position_of(item)?, item))) {
        if let Some(note) = item.note.as_ref().and_then(|note| with(there.items[position].note.as_ref(), note)) {
            let at = Path::of("items").index(position).key("note");
            edit(at, Edited::Instead(json!(note)), format!("the note of item {}", item.number.unwrap_or_default()));
        }
    }
    if let Some(notes) = now.notes.as_ref().and_then(|notes| with(there.notes.as_ref(), notes)) {
        edit(Path::of("notes"), Edited::Instead(json!(notes)), "notes".to_owned());
    }
    let mut numbers: Vec<_> = there.items.iter().map(|item| item.number).collect();
    for item in now.items.iter().filter(|item| position_of(item).is_none()) {
        let position = numbers.iter().rposition(|number| *number < item.number).map_or(0, |before| before + 1);
        numbers.insert(position, item.number);
        let said = serde_json::to_value(item).unwrap_or_default();
        let what = format!("item {}", item.number.unwrap_or_default());
        edit(Path::of("items").index(position), Edited::Further(said), what);
    }
    events
}

/// A text with more at its end; none where it says that already.
fn with(there: Option<&Text>, more: &Text) -> Option<String> {
    match there {
        Some(there) if there.raw().contains(more.raw()) => None,
        Some(there) => Some(format!("{} {}", there.raw().trim_end(), more.raw())),
        None => Some(more.raw().to_owned()),
    }
}
