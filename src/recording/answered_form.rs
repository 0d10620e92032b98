//! A form that was answered: what of it goes into which record.

use super::attested_form::{Signed, SignedList};
use super::{Amendment, Correction, ReceivedReport, RecordingError, RecordingSession, Said, Untold};
use crate::amend::{ArrangementDetail, Event};
use crate::calendar::Day;
use crate::case::Entry;
use crate::form::Reading;
use crate::records::{ClinicalResponsibility, Form, LogEntry, Meeting, Session, SessionLog, Student};
use crate::sent_forms::{Application, EntryAnswer, ReportAnswers, SaidOfEntry, SentForm};
use crate::text::{Path, SaidDay, Text, counted, few};

/// What an answered form says, as it goes into a record.
#[derive(Clone, Debug)]
pub struct AnsweredForm {
    /// What goes into the record; it may be nothing.
    pub amendment: Amendment,
    /// The entries of which the form says otherwise than the record.
    pub corrections: Vec<CorrectedEntry>,
    /// Answers that nobody can tell the meaning of: the label of the field, and why.
    pub unclear: Vec<(String, String)>,
    /// What else is to be known before it is written; safe to show.
    pub notes: Vec<String>,
}

/// An entry of which a form says otherwise than the record.
#[derive(Clone, Debug)]
pub struct CorrectedEntry {
    /// The day of the entry.
    pub day: Day,
    /// What the form says, and what the record says; safe to show.
    pub said: String,
    /// What puts the record right.
    pub correction: Correction,
}

/// Who sent the answers, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentBy {
    /// Somebody at the position among those who can fill in the form.
    Writer(usize),
    /// Neither the message nor the signature tells.
    Unknown,
    /// Somebody said that it does not matter.
    Anybody,
}

/// So many corrections are named in what a commit says.
const MOST_CORRECTED: usize = 4;

impl RecordingSession {
    /// What the answers to a form say of the record that it is about. The error says that the record cannot take a report
    /// as it is.
    pub fn answered(
        &self,
        sent: &SentForm,
        reading: &Reading,
        (received, by): (Day, SentBy),
    ) -> Result<AnsweredForm, RecordingError> {
        match sent {
            SentForm::Report { form, student, due, of } => {
                let entry = self.find::<Student>(student.raw())?;
                let writer = if *form == Form::Gwp3 { self.line_manager(sent)? } else { of.clone() };
                let ReportAnswers { competencies, not_started, concerns, .. } = ReportAnswers::of(reading);
                let (due, by, not_started) = (Some(*due), Some(writer), not_started == Some(true));
                let said = ReceivedReport { form: *form, received, due, by, not_started, concerns, competencies };
                let event = Event::Report(self.report(&entry.id, self.sound(entry)?, said)?);
                Ok(AnsweredForm::of(entry, vec![event]))
            }
            SentForm::Application { student } => self.application(student, reading, received, by),
            SentForm::Sessions { log, through } => {
                let entry = self.find::<SessionLog>(log.raw())?;
                let record = self.sound(entry)?;
                let answers = EntryAnswer::all(reading, record, *through);
                let answered = self.sessions(entry, record, &answers);
                let writer = if let SentBy::Writer(at) = by { Some(at) } else { None };
                let list = SignedList { sent, reading, answers: &answers, received, writer, through: *through };
                let signed = self.signed(&answered.amendment, entry, record, &list);
                Ok(answered.and_signed(signed))
            }
        }
    }

    fn line_manager(&self, sent: &SentForm) -> Result<Text, RecordingError> {
        let made = sent.made(&self.before.case, self.as_of);
        let made = made.map_err(|unclear| RecordingError::unclear(unclear.what, unclear.advice))?;
        let manager = made.writers.into_iter().next();
        manager
            .map(|manager| manager.name)
            .ok_or_else(|| RecordingError::unclear("nobody writes this form", "see \"gwp check\""))
    }

    fn application(
        &self,
        student: &Text,
        reading: &Reading,
        received: Day,
        by: SentBy,
    ) -> Result<AnsweredForm, RecordingError> {
        let entry = self.find::<Student>(student.raw())?;
        let record = self.sound(entry)?;
        let position = self.before.case.records.students.iter().position(|one| one.id == entry.id);
        let case = position.and_then(|position| self.before.case.student(position));
        let case =
            case.ok_or_else(|| RecordingError::unclear(format!("{student} cannot be judged"), "see \"gwp check\""))?;
        let application = Application::of(reading, &case);
        let (mut events, mut unclear, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        match record.form1.as_ref().and_then(|form1| form1.submitted) {
            Some(day) => notes.push(format!("GWP Form 1 is recorded already, submitted on {day}")),
            None if matches!(by, SentBy::Writer(0) | SentBy::Unknown | SentBy::Anybody) => {
                events.push(Event::Form1(received));
            }
            None => notes.push("the student has not sent GWP Form 1 yet; only the confirmation is recorded".to_owned()),
        }
        for (arrangement, said) in &application.arrangements {
            let detail = |detail| Event::Detail { arrangement: *arrangement, detail };
            if let Some(holder) = &said.holder {
                let read = |typed: &Text| SaidDay::read(typed.raw()).and_then(|said| said.happened(&self.days()));
                match said.agreed.as_ref().map(read).transpose() {
                    Ok(agreed) => events.push(detail(ArrangementDetail::ClinicalResponsibility(
                        ClinicalResponsibility::of(holder.clone(), agreed),
                    ))),
                    Err(why) => unclear.push(("Agreed on".to_owned(), why)),
                }
            }
            events.extend(said.cover.map(|cover| detail(ArrangementDetail::MedicalCover(cover))));
            match (said.is_confirmed, by) {
                // The writers of an application are the student, and the supervisors in the order of the arrangements.
                (Some(true), SentBy::Writer(writer)) if !is_supervisor(record, writer, *arrangement) => notes.push(
                    "the sender is not the workplace supervisor whose confirmation the form says; it is not recorded. Ask \
                     the supervisor for a message of their own"
                        .to_owned(),
                ),
                (Some(true), SentBy::Unknown) => notes.push(
                    "nobody can tell who sent the form, so the supervisor's confirmation is not recorded. Ask the supervisor \
                     for a message of their own, or say with --other-sender that it came from them"
                        .to_owned(),
                ),
                (Some(true), _) => events.push(detail(ArrangementDetail::Confirmed(received))),
                (Some(false), _) => notes.push("the workplace supervisor does not confirm the arrangement".to_owned()),
                (None, _) => {}
            }
        }
        if let Some(new) = &application.to_be_entered {
            notes.push(format!("enter the arrangement with \"gwp arrange\": {new}"));
        }
        Ok(AnsweredForm { unclear, notes, ..AnsweredForm::of(entry, events) })
    }

    fn sessions(&self, entry: &Entry<SessionLog>, log: &SessionLog, answers: &[EntryAnswer]) -> AnsweredForm {
        let entries: Vec<LogEntry<'_>> = log.entries().collect();
        let (mut events, mut corrections, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
        for answer in answers {
            let there = entries[answer.position];
            let date = there.date();
            let is_alone = entries.iter().filter(|one| one.date() == date).count() == 1;
            match &answer.said {
                SaidOfEntry::Unclear(_, why) => unclear.push((answer.label.clone(), why.clone())),
                said if said.agrees_with(there) => {}
                SaidOfEntry::Held { .. } if self.is_to_come(date) => {
                    unclear.push((answer.label.clone(), "this day is still to come".to_owned()));
                }
                said if !there.is_planned() || !is_alone => match self.entry_corrected(entry, answer, there) {
                    Ok(correction) => {
                        corrections.push(CorrectedEntry { day: date, said: said.beside(there), correction });
                    }
                    Err(why) => unclear.push((answer.label.clone(), why)),
                },
                SaidOfEntry::Held { came, minutes } => events.push(held(there, *came, *minutes)),
                SaidOfEntry::Cancelled(why) => events.push(cancelled(there, why.clone())),
                SaidOfEntry::Correct => {}
            }
        }
        let answered: Vec<usize> = answers.iter().map(|answer| answer.position).collect();
        let is_open = |(position, one): &(usize, &LogEntry<'_>)| {
            one.is_planned() && !self.is_to_come(one.date()) && !answered.contains(position)
        };
        let open: Vec<Day> = entries.iter().enumerate().filter(is_open).map(|(_, one)| one.date()).collect();
        let of = log.kind().entry_word();
        let notes =
            (!open.is_empty()).then(|| format!("nothing is said of the {of} planned on {}", few(&open, 3, ", ")));
        AnsweredForm { corrections, unclear, notes: notes.into_iter().collect(), ..AnsweredForm::of(entry, events) }
    }
}

impl RecordingSession {
    /// What puts an entry right of which a form says otherwise, as "gwp correct" does; the error says what is unclear.
    fn entry_corrected(
        &self,
        entry: &Entry<SessionLog>,
        answer: &EntryAnswer,
        there: LogEntry<'_>,
    ) -> Result<Correction, String> {
        let option = |key: &str, value: String| (key.to_owned(), value);
        let options: Vec<_> = match &answer.said {
            SaidOfEntry::Held { minutes: None, .. } if there.minutes().is_none() => {
                return Err("it is recorded as cancelled: say how long it lasted, such as 75 minutes".to_owned());
            }
            SaidOfEntry::Held { came, minutes } => {
                // What was cancelled comes to have a length, also where it had one before.
                let minutes = minutes.or(there.minutes().filter(|_| there.cancelled().is_some()));
                let came = came.map(|came| option("present", came.to_string()));
                minutes.map(|minutes| option("minutes", minutes.to_string())).into_iter().chain(came).collect()
            }
            SaidOfEntry::Cancelled(why) => vec![option("cancelled", why.raw().to_owned())],
            SaidOfEntry::Correct | SaidOfEntry::Unclear(..) => Vec::new(),
        };
        let is_held = matches!(answer.said, SaidOfEntry::Held { .. });
        let said = Said {
            who: entry.id.raw().to_owned(),
            what: Some("session".to_owned()),
            options,
            without: (is_held && there.is_planned()).then(|| "planned".to_owned()).into_iter().collect(),
            chosen: Some(Path::of("sessions").index(answer.position)),
            ..Said::default()
        };
        self.corrected(&said).map_err(|untold| match untold {
            Untold::Refused(error) => error.to_string(),
            Untold::Asks(question) => question.asks,
        })
    }
}

/// Whether the writer at a position is the supervisor of an arrangement.
fn is_supervisor(record: &Student, writer: usize, arrangement: usize) -> bool {
    let of = |at: usize| record.arrangement.get(at).map(|one| &one.supervisor);
    writer.checked_sub(1).and_then(of).is_some_and(|supervisor| Some(supervisor) == of(arrangement))
}

fn held(there: LogEntry<'_>, present: Option<u32>, minutes: Option<u16>) -> Event {
    let (date, minutes) = (there.date(), minutes.or(there.minutes()));
    match there {
        LogEntry::Session(_) => Event::Session(Session { date, minutes, present, ..Session::default() }),
        LogEntry::Meeting(_) => Event::Meeting(Meeting { date, minutes, ..Meeting::default() }),
    }
}

fn cancelled(there: LogEntry<'_>, why: Text) -> Event {
    let (date, cancelled) = (there.date(), Some(why));
    match there {
        LogEntry::Session(_) => Event::Session(Session { date, cancelled, ..Session::default() }),
        LogEntry::Meeting(_) => Event::Meeting(Meeting { date, cancelled, ..Meeting::default() }),
    }
}

impl AnsweredForm {
    /// What goes into the record, with what is put right in it.
    #[must_use]
    pub fn with_corrections(self) -> Amendment {
        let Amendment { file, id, mut events, what } = self.amendment;
        let corrected: Vec<_> = self.corrections.iter().map(|one| one.correction.amendment.what.clone()).collect();
        let what = match (events.is_empty(), corrected.is_empty()) {
            (_, true) => what,
            (true, false) => few(corrected, MOST_CORRECTED, "; "),
            (false, false) => format!("{what}; {}", few(corrected, MOST_CORRECTED, "; ")),
        };
        events.extend(self.corrections.into_iter().flat_map(|one| one.correction.amendment.events));
        Amendment { file, id, events, what }
    }

    /// With what its signature confirms.
    fn and_signed(mut self, signed: Signed) -> Self {
        self.notes.extend(signed.notes);
        if let Some((event, what)) = signed.attested {
            let is_alone = self.amendment.events.is_empty();
            self.amendment.what = if is_alone { what } else { format!("{}; {what}", self.amendment.what) };
            self.amendment.events.push(event);
        }
        self
    }

    fn of<T>(entry: &Entry<T>, events: Vec<Event>) -> Self {
        let what = match events.as_slice() {
            [] => "nothing".to_owned(),
            [event] => event.sentence(),
            events => {
                let is_entry = |event: &Event| matches!(event, Event::Session(_) | Event::Meeting(_));
                if events.iter().all(is_entry) {
                    counted(events.len(), "entry confirmed or cancelled", "entries confirmed or cancelled")
                } else {
                    few(events.iter().map(Event::sentence), 4, "; ")
                }
            }
        };
        let amendment = Amendment { file: entry.file, id: entry.id.clone(), events, what };
        Self { amendment, corrections: Vec::new(), unclear: Vec::new(), notes: Vec::new() }
    }
}
