//! What a body said on one day of one matter, more than once.

use super::RecordingSession;
use crate::amend::Event;
use crate::records::{Body, Decision, Matter, Ruling, RulingOutcome, Student};
use crate::requirements::SETTLED_BY_APPROVAL;
use crate::text::Text;

/// Something that is recorded of the same body, matter and day as an event, and says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameDay {
    /// What is recorded, as a sentence without a full stop; safe to show.
    pub stands: String,
    /// The command that corrects it to what is said now; safe to show.
    pub correct: String,
    /// Whether it stands in the place of the event, so that the record can hold only one of the two.
    pub is_in_its_place: bool,
}

impl RecordingSession {
    /// What a student's record says of the same body, matter and day otherwise than a decision or a ruling. With the
    /// approval of arrangements stands and falls what it settles, such as the setting of the group. Of an event that is
    /// recorded already there is nothing to say.
    pub fn said_that_day(&self, id: &Text, student: &Student, event: &Event) -> Vec<SameDay> {
        match event {
            Event::Decision(new) => {
                let same = |one: &&Decision| (one.body, one.about, one.date) == (new.body, new.about, new.date);
                if student.decision.iter().any(|one| same(&one) && one.outcome == new.outcome) {
                    return Vec::new();
                }
                let decided = student.decision.iter().filter(same);
                let decided =
                    decided.map(|one| SameDay { is_in_its_place: true, ..self.decided(id, one, new.outcome.word()) });
                let ruled = student.ruling.iter().filter(|one| is_contrary(new, one));
                let ruled = ruled.map(|one| self.ruled(id, one, is_for_it(new)));
                decided.chain(ruled).collect()
            }
            Event::Ruling(new) => {
                let is_it = |one: &Ruling| {
                    (one.requirement, one.body, one.date) == (new.requirement, new.body, new.date)
                        && (&one.of, one.outcome) == (&new.of, new.outcome)
                };
                if student.ruling.iter().any(is_it) {
                    return Vec::new();
                }
                let same = |one: &&Ruling| {
                    (one.requirement, one.body, one.date) == (new.requirement, new.body, new.date)
                        && one.outcome != new.outcome
                        && is_about_the_same(one, new)
                };
                let ruled = student.ruling.iter().filter(same).map(|one| SameDay {
                    is_in_its_place: one.of == new.of,
                    ..self.ruled(id, one, new.outcome == RulingOutcome::Accepted)
                });
                let decided = student.decision.iter().filter(|one| is_contrary(one, new));
                let outcome = if new.outcome == RulingOutcome::Accepted { "approved" } else { "declined" };
                ruled.chain(decided.map(|one| self.decided(id, one, outcome))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn decided(&self, id: &Text, one: &Decision, outcome: &str) -> SameDay {
        let words = [
            "correct",
            id.raw(),
            "decision",
            one.body.title(),
            one.about.title(),
            &one.date.iso(),
            "--outcome",
            outcome,
        ];
        let correct = self.command_line.about(words);
        SameDay { stands: Event::Decision(one.clone()).sentence(), correct, is_in_its_place: false }
    }

    fn ruled(&self, id: &Text, one: &Ruling, is_accepted: bool) -> SameDay {
        let outcome = if is_accepted { RulingOutcome::Accepted } else { RulingOutcome::Refused };
        let code = one.requirement.to_string();
        let words = ["correct", id.raw(), "ruling", &code, &one.date.iso(), "--outcome", outcome.word()];
        let correct = self.command_line.about(words);
        SameDay { stands: Event::Ruling(one.clone()).sentence(), correct, is_in_its_place: false }
    }
}

/// Whether a decision says yes where it has to say yes or no.
fn is_for_it(decision: &Decision) -> bool {
    decision.outcome.is_favourable()
}

/// Whether a decision about the arrangements and a ruling of the same body and day contradict each other.
fn is_contrary(decision: &Decision, ruling: &Ruling) -> bool {
    decision.about == Matter::Arrangements
        && SETTLED_BY_APPROVAL.contains(&ruling.requirement)
        && (decision.body, decision.date) == (Body::from(ruling.body), ruling.date)
        && is_for_it(decision) != (ruling.outcome == RulingOutcome::Accepted)
}

/// Whether two rulings on one requirement have a date in common.
fn is_about_the_same(one: &Ruling, other: &Ruling) -> bool {
    match (&one.of, &other.of) {
        (Some(one), Some(other)) => one.iter().any(|date| other.contains(date)),
        (Some(dates), None) => dates.iter().any(|date| *date <= other.date),
        (None, Some(dates)) => dates.iter().any(|date| *date <= one.date),
        (None, None) => true,
    }
}
