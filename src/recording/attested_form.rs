//! The signed list of a log's entries: what somebody who can confirm the log calls right is confirmed with it.

use std::collections::BTreeSet;

use super::{Amendment, RecordingSession, SaidAttestation};
use crate::amend::Event;
use crate::calendar::Day;
use crate::case::{Attestor, Entry};
use crate::form::Reading;
use crate::records::{LogEntry, SessionLog, read};
use crate::sent_forms::{EntryAnswer, SaidOfEntry, SentForm};
use crate::text::{Notation, Text};

/// A list of entries that came back.
pub(super) struct SignedList<'f> {
    pub sent: &'f SentForm,
    pub reading: &'f Reading,
    pub answers: &'f [EntryAnswer],
    pub received: Day,
    /// The position of the sender among those who can fill in the form, where that is known.
    pub writer: Option<usize>,
    pub through: Day,
}

/// What a signature confirms.
#[derive(Default)]
pub(super) struct Signed {
    /// What goes into the log after all else of the form, and what that is in words.
    pub attested: Option<(Event, String)>,
    /// What is to be known beside it; safe to show.
    pub notes: Vec<String>,
}

impl RecordingSession {
    /// What the signature under a list confirms, once the rest of the form is recorded as `amendment`. Only that of somebody
    /// who can confirm the log does; what was put right with the same form is confirmed another time.
    pub(super) fn signed(
        &self,
        amendment: &Amendment,
        entry: &Entry<SessionLog>,
        log: &SessionLog,
        list: &SignedList<'_>,
    ) -> Signed {
        let days = confirmed(log, list.answers);
        let Some(by) = self.signer(entry, log, list).filter(|_| !days.is_empty()) else { return Signed::default() };
        if SentForm::signature(list.reading).is_none_or(Text::is_blank) {
            let unsigned = format!("the form is not signed, so that {} confirms nothing with it", by.name);
            return Signed { attested: None, notes: vec![unsigned] };
        }
        let through = list.through.min(list.received);
        let said = SaidAttestation { by: &by, on: list.received, through, document: None, only: Some(days) };
        let made = self.log_with(amendment).and_then(|after| self.attesting(&after, &said).ok());
        let Some(made) = made else { return Signed::default() };
        let notes = made.left_out.iter().map(|why| format!("not confirmed: {why}")).collect();
        let what = made.what;
        Signed { attested: made.event.map(|event| (event, what)), notes }
    }

    /// Who sent the list, or else who signed it, where they can confirm the log.
    fn signer(&self, entry: &Entry<SessionLog>, log: &SessionLog, list: &SignedList<'_>) -> Option<Attestor> {
        let name = match list.writer {
            Some(at) => list.sent.made(&self.before.case, self.as_of).ok()?.writers.get(at)?.name.clone(),
            None => SentForm::signature(list.reading)?.clone(),
        };
        let all = self.before.case.records.attestors(&entry.id, log);
        all.into_iter().find(|one| one.is_called(&name))
    }

    /// The log with what a form says of its plans.
    fn log_with(&self, amendment: &Amendment) -> Option<SessionLog> {
        let source = self.source(amendment.file).ok()?;
        let text = self.text_with(amendment, source.content.as_deref().ok()?).ok()?;
        read::<SessionLog>(Notation::of(source.path.raw())?, &text).record
    }
}

/// The days of entries that the form calls right, or of plans of which it says what became of them.
fn confirmed(log: &SessionLog, answers: &[EntryAnswer]) -> BTreeSet<Day> {
    let entries: Vec<LogEntry<'_>> = log.entries().collect();
    let is_confirmed = |answer: &&EntryAnswer| {
        let there = entries.get(answer.position);
        let is_unclear = matches!(answer.said, SaidOfEntry::Unclear(..));
        !is_unclear && there.is_some_and(|there| there.is_planned() || answer.said.agrees_with(*there))
    };
    answers.iter().filter(is_confirmed).filter_map(|answer| Some(entries.get(answer.position)?.date())).collect()
}
