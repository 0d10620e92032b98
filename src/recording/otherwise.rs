//! What is said of a record that says something else.

use serde_json::{Value as Json, json};

use super::said::{Place, shown};
use super::telling::Telling;
use super::{RecordingError, RecordingSession};
use crate::amend::{ArrangementDetail, Event};
use crate::records::shape::Shape;
use crate::records::{Competencies, LogEntry, Report, SubjectSort};
use crate::text::{FileId, Path, Text};

impl Telling<'_> {
    /// The words by which an entry is found: what tells it apart, and a date of it where another one has the same.
    fn words_for(&self, place: &Place) -> Vec<String> {
        let mut words = place.told_by.clone();
        if self.subject.sort() == SubjectSort::Entries {
            let all = self.named.places(&self.subject.keys, true);
            let same: Vec<_> = all.iter().filter(|one| one.told_by == place.told_by && one.at != place.at).collect();
            let days = self.subject.keys_in().filter(|field| field.shape == Shape::Date);
            let own =
                days.filter(|field| same.iter().all(|one| one.says.get(&field.key) != place.says.get(&field.key)));
            let own = own.filter_map(|field| place.says.get(&field.key)?.as_str());
            words.extend(own.take(usize::from(!same.is_empty())).map(str::to_owned));
        }
        words
    }

    /// The error that the record says something else at `at`, with the command that puts it right: what it says there and
    /// what is said `now`, which was typed for an option.
    pub(super) fn otherwise(
        &self,
        (at, place): (&Path, &Place),
        (there, now): (&Json, &Json),
        (option, typed): (&str, &str),
    ) -> RecordingError {
        let Self { session, named, subject, .. } = self;
        let path = session.source(named.file).map(|source| source.path.to_string()).unwrap_or_default();
        let line = session.line_of(named, at).map_or_else(String::new, |line| format!(" line {line} of"));
        let (option, words) = (format!("--{option}"), self.words_for(place));
        let words = ["correct", named.id.raw(), &subject.word].into_iter().chain(words.iter().map(String::as_str));
        let command = session.command_line.about(words.chain([option.as_str(), typed]));
        let is_list = subject.sort() == SubjectSort::Entries && subject.begun_by().is_none();
        let other = if is_list { "; if it is another one, add --new" } else { "" };
        RecordingError::unclear(
            format!("{path}:{line} the record says otherwise: {}; what you say now is: {}", shown(there), shown(now)),
            format!("if the record is wrong: {command}{other}"),
        )
    }
}

impl RecordingSession {
    /// The command that corrects a record so that it says what an event says; none where there is none for that.
    pub(super) fn correcting(&self, file: FileId, id: &Text, event: &Event) -> Option<String> {
        let words = match event {
            Event::Session(_) | Event::Meeting(_) => self.entry_option(file, event)?,
            Event::Form1(day) => vec!["submitted".to_owned(), "--to".to_owned(), day.iso()],
            Event::Detail { arrangement, detail } => self.detail_option(file, *arrangement, detail)?,
            Event::Report(report) => return self.correcting_report(file, id, report),
            _ => return None,
        };
        let words = ["correct", id.raw()].into_iter().chain(words.iter().map(String::as_str));
        Some(self.command_line.about(words))
    }

    /// The command that corrects the report on the same form for the same deadline, or of the same day.
    fn correcting_report(&self, file: FileId, id: &Text, now: &Report) -> Option<String> {
        let student = self.before.case.records.students.iter().find(|entry| entry.file == file)?.record.as_deref()?;
        let may_be_by = |one: &&Report| one.by.is_none() || now.by.is_none() || one.by == now.by;
        let same = |one: &&Report| one.form == now.form && one.due == now.due && may_be_by(one);
        let is_there = |one: &&Report| now.due.is_some() || one.received == now.received;
        self.putting_right(id, student.report.iter().filter(same).find(is_there)?, now)
    }

    /// The command that corrects a report that is there so that it says what is said now; none where that is the same.
    pub(super) fn putting_right(&self, id: &Text, there: &Report, now: &Report) -> Option<String> {
        let words = vec![there.form.word().to_owned(), there.due.unwrap_or(there.received).iso()];
        let mut further = vec![there.received.iso()];
        further.extend(there.by.iter().map(|by| by.raw().to_owned()));
        let mut said = Vec::new();
        if there.received != now.received {
            said.extend(["--received".to_owned(), now.received.iso()]);
        }
        if let (Some(there), Some(now)) = (&there.concerns, &now.concerns)
            && there != now
        {
            said.extend(["--concerns".to_owned(), now.raw().to_owned()]);
        }
        let ratings = Competencies::KEYS.iter().zip(there.competencies.ratings()).zip(now.competencies.ratings());
        for ((key, there), now) in ratings {
            if let (Some(there), Some(now)) = (there, now)
                && there != now
            {
                said.extend(["--rating".to_owned(), format!("{key}={}", now.word())]);
            }
        }
        (!said.is_empty()).then(|| self.correct(id, "report", words, &further, &said))
    }

    fn entry_option(&self, file: FileId, event: &Event) -> Option<Vec<String>> {
        let log = self.before.case.records.logs.iter().find(|entry| entry.file == file)?.record.as_deref()?;
        let (date, now) = match event {
            Event::Session(session) => (session.date, json!(session)),
            Event::Meeting(meeting) => (meeting.date, json!(meeting)),
            _ => return None,
        };
        let there = match log.entry_on(date)? {
            LogEntry::Session(session) => json!(session),
            LogEntry::Meeting(meeting) => json!(meeting),
        };
        let mut words = vec![log.kind().entry_word().to_owned(), date.iso()];
        for (key, value) in now.as_object()? {
            let typed = match value {
                Json::Bool(true) => "yes".to_owned(),
                Json::Number(number) => number.to_string(),
                Json::String(text) => text.clone(),
                Json::Array(list) if !list.is_empty() => {
                    list.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(",")
                }
                _ => continue,
            };
            if there.get(key) != Some(value) {
                words.extend([format!("--{}", key.replace('_', "-")), typed]);
            }
        }
        (words.len() > 2).then_some(words)
    }

    fn detail_option(&self, file: FileId, position: usize, detail: &ArrangementDetail) -> Option<Vec<String>> {
        let student = self.before.case.records.students.iter().find(|entry| entry.file == file)?.record.as_deref()?;
        let arrangement = student.arrangement.get(position)?;
        let (word, option, typed) = match detail {
            ArrangementDetail::Until(day) | ArrangementDetail::Ends(day) => ("arrangement", "--until", day.iso()),
            ArrangementDetail::Proposed(day) => ("arrangement", "--proposed", day.iso()),
            ArrangementDetail::Withdrawn(day) => ("arrangement", "--withdrawn", day.iso()),
            ArrangementDetail::Confirmed(day) => ("arrangement", "--confirmed", day.iso()),
            ArrangementDetail::MedicalCover(cover) => ("arrangement", "--medical-cover", cover.word().to_owned()),
            ArrangementDetail::External => ("arrangement", "--external", "yes".to_owned()),
            ArrangementDetail::LineManager(manager) => ("line-manager", "--name", manager.name.raw().to_owned()),
            ArrangementDetail::ClinicalResponsibility(one) => match (&one.holder, &one.not_needed) {
                (Some(holder), _) => ("clinical-responsibility", "--holder", holder.raw().to_owned()),
                (None, Some(reason)) => ("clinical-responsibility", "--not-needed", reason.raw().to_owned()),
                (None, None) => return None,
            },
        };
        let entry = [arrangement.group.raw().to_owned(), arrangement.from.iso()];
        Some([vec![word.to_owned()], entry.to_vec(), vec![option.to_owned(), typed]].concat())
    }
}
