//! What a committee's meeting answered: into the records of the students, and into that of the meeting.

use super::{Amendment, Prepared, RecordingError, RecordingSession, Said, SameDay, Together, Untold};
use serde_json::json;

use crate::amend::{Edit, Edited, Event, Fresh};
use crate::audit::{left_open, unready};
use crate::case::Entry;
use crate::folder::Folder;
use crate::meeting::{Proceedings, Sitting, Table};
use crate::records::{Body, CommitteeMeeting, Course, Item, RecordKind, Student};
use crate::text::{Path, Text};

/// What `gwp record` calls a day on the list of a course.
const LCC_MEETING: &str = "lcc-meeting";

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

    /// The courses that are to list an LCC meeting which no list has, by their ids: those of the students on the table that
    /// were running on the day, or else the one of them that began last.
    pub fn courses_to_list(&self, proceedings: &Proceedings) -> Vec<&Text> {
        let (Sitting { body, date }, records) = (proceedings.sitting, &self.before.case.records);
        let courses: Vec<(&Text, &Course)> =
            records.courses.iter().filter_map(|entry| Some((&entry.id, entry.record.as_deref()?))).collect();
        let of_folder = records.gwp.iter().flat_map(|gwp| &gwp.lcc_meetings);
        let mut listed = courses.iter().flat_map(|(_, course)| &course.lcc_meetings).chain(of_folder);
        if body != Body::Lcc || listed.any(|day| *day == date) {
            return Vec::new();
        }
        let students = records.students.iter().filter_map(|entry| Some((&entry.id, entry.record.as_deref()?)));
        let is_asked = |id: &Text| proceedings.answered.iter().any(|(item, _)| item.student == *id);
        let about: Vec<_> = students.filter(|(id, _)| is_asked(id)).map(|(_, student)| &student.course).collect();
        let those: Vec<_> = courses.into_iter().filter(|(id, _)| about.is_empty() || about.contains(id)).collect();
        let running = those.iter().filter(|(_, course)| course.starts <= date && date <= course.ends);
        let running: Vec<_> = running.map(|(id, _)| *id).collect();
        let last = those.iter().max_by_key(|(_, course)| course.starts).map(|(id, _)| *id);
        if running.is_empty() { last.into_iter().collect() } else { running }
    }

    /// The command that puts a meeting on the list of a course; safe to show.
    pub fn listing(&self, sitting: Sitting, course: &Text) -> String {
        self.command_line.about(["record", course.raw(), LCC_MEETING, &sitting.date.iso()])
    }

    fn listed(&self, sitting: Sitting, course: &Text) -> Result<Amendment, RecordingError> {
        let who = format!("{}/{}", RecordKind::Course.word(), course.raw());
        let (what, words) = (Some(LCC_MEETING.to_owned()), vec![sitting.date.iso()]);
        self.told(&Said { who, what, words, ..Said::default() }).map_err(|untold| match untold {
            Untold::Refused(error) => error,
            Untold::Asks(question) => RecordingError::unclear(question.asks, self.listing(sitting, course)),
        })
    }

    /// Puts all that was answered in a meeting into the records, and the meeting on the lists of these courses: all of it,
    /// or nothing.
    pub fn record_meeting(&self, proceedings: &Proceedings, courses: &[Text]) -> Result<Prepared, RecordingError> {
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
        for course in courses {
            together.amendments.push(self.listed(sitting, course)?);
        }
        let mut prepared = self.record_together(&together)?;
        let unready = self.unready(proceedings, prepared.after.as_ref());
        prepared.report.remarks.extend(unready);
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

    /// What was not met on the day of a decision in a student's favour, and what the meeting left open with it.
    fn unready(&self, proceedings: &Proceedings, after: Option<&Folder>) -> Vec<String> {
        let mut unready_decisions = Vec::new();
        for (id, events) in proceedings.of_students() {
            for event in events {
                let Event::Decision(decision) = event else { continue };
                let favourable = decision.outcome.is_favourable();
                let unmet = favourable.then(|| unready(Some(&self.before.case), id, &decision)).flatten();
                let show = || self.command_line.again(["show", id.raw()]);
                let open = left_open(after.map(|after| &after.case), id, &decision);
                let said = unmet.into_iter().chain(open);
                unready_decisions.extend(said.map(|said| format!("{said}. \"{}\" says more.", show())));
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
