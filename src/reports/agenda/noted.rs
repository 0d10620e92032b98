//! What committees noted with the approvals on which the arrangements rest, while something about these is still open. A
//! condition can stand there that has no day.

use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::Folder;
use crate::judgement::Judgement;
use crate::records::{Body, Decision};
use crate::reports::words::is_outcome_again;
use crate::requirements::{APPROVAL, RATIFICATION, Status, approvals};
use crate::text::{Text, all_of};

/// What a note on an approval can bear on beside the approval and its ratification: the group, and its supervision.
const BEARS_ON: [Code; 15] = [
    Code::G1,
    Code::G2,
    Code::G3,
    Code::G4,
    Code::S1,
    Code::S2,
    Code::S3,
    Code::S4,
    Code::S5,
    Code::S6,
    Code::S7,
    Code::S8,
    Code::A2,
    Code::I2,
    Code::I3,
];

/// What a committee noted with an approval.
pub(crate) struct Noted {
    /// The day of the approval.
    pub day: Day,
    body: Body,
    notes: Vec<String>,
    open: String,
}

impl Noted {
    /// What was noted, and what is still open, as a sentence without a full stop; safe to show.
    pub fn in_words(&self) -> String {
        format!("{}; still open: {}", self.said(), self.open)
    }

    /// What was noted alone, likewise.
    pub fn said(&self) -> String {
        format!("the {} noted with its approval: {}", self.body.title(), self.notes.join("; "))
    }
}

/// What is still open about the arrangements: the approval or its ratification, a condition, and whatever is a query or an
/// action about the group or its supervision.
fn still_open(judgement: &Judgement<'_>) -> Vec<String> {
    let is_open = |code: Code, status: Status| match code {
        APPROVAL | RATIFICATION => status != Status::Met,
        code => BEARS_ON.contains(&code) && matches!(status, Status::Query | Status::Action),
    };
    let findings = judgement.findings.iter().filter(|one| is_open(one.code, one.status));
    let what = |code: Code| match code {
        APPROVAL => "the approval".to_owned(),
        RATIFICATION => "the ratification".to_owned(),
        code => code.subject(),
    };
    let mut open: Vec<_> = findings.map(|one| format!("{} ({})", what(one.code), one.code)).collect();
    let as_of = judgement.facts.as_of;
    let mut conditions = approvals(&judgement.facts).into_iter().flat_map(|one| &one.decision.conditions);
    open.extend(conditions.any(|one| !one.is_met(as_of)).then(|| "a condition of the approval".to_owned()));
    open
}

/// What was noted with each approval that has a note: with the decision itself, and with the item of the meeting that `folder`
/// has a record of. Nothing where notes are left out, nor where all about the arrangements is settled.
pub(crate) fn noted(judgement: &Judgement<'_>, folder: &Folder) -> Vec<Noted> {
    let open = still_open(judgement);
    if folder.left_out.notes || open.is_empty() {
        return Vec::new();
    }
    let meetings = || folder.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref());
    let student = judgement.facts.case.id;
    let of_one = |decision: &Decision| {
        let of_meeting = meetings()
            .filter(|one| (one.body, one.date) == (decision.body, decision.date))
            .flat_map(|one| &one.items)
            .filter(|item| item.about.as_ref() == Some(student))
            .filter_map(|item| item.note.as_ref());
        let says_more =
            |note: &&Text| !note.is_blank() && !is_outcome_again(note, decision.about.title(), decision.outcome.word());
        let mut notes: Vec<_> = decision.notes.iter().chain(of_meeting).filter(says_more).collect();
        notes.dedup();
        let notes: Vec<_> = notes.iter().map(|note| format!("\"{note}\"")).collect();
        let (day, body, open) = (decision.date, decision.body, all_of(&open));
        (!notes.is_empty()).then_some(Noted { day, body, notes, open })
    };
    approvals(&judgement.facts).into_iter().filter_map(|approval| of_one(approval.decision)).collect()
}
