//! What committees noted with the approvals on which the arrangements rest. A condition can stand there that has no day.

use crate::calendar::Day;
use crate::folder::Folder;
use crate::judgement::Judgement;
use crate::records::Decision;
use crate::reports::words::is_outcome_again;
use crate::requirements::approvals;
use crate::text::Text;

/// The day of each approval that has a note, and its notes as a sentence: that of the decision itself, and that of the item
/// of the meeting that `folder` has a record of. None where notes are left out.
pub(crate) fn noted(judgement: &Judgement<'_>, folder: &Folder) -> Vec<(Day, String)> {
    if folder.left_out.notes {
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
        let quoted: Vec<_> = notes.iter().map(|note| format!("\"{note}\"")).collect();
        let said = format!("the {} noted with its approval: {}", decision.body.title(), quoted.join("; "));
        (!notes.is_empty()).then_some((decision.date, said))
    };
    approvals(&judgement.facts).into_iter().filter_map(|approval| of_one(approval.decision)).collect()
}
