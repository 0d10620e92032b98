//! What a body said on one day of one matter, more than once.

use super::RecordingSession;
use crate::amend::Event;
use crate::calendar::Day;
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
    /// Whether the correction only makes room, so that what is said now is recorded after it.
    pub is_to_be_said_again: bool,
    /// Whether only one of the two can be: it answers the same question of the same body on the same day.
    pub excludes: bool,
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
                    decided.map(|one| SameDay { excludes: true, ..self.decided(id, one, new.outcome.word()) });
                let ruled = student.ruling.iter().filter(|one| is_contrary(new, one));
                let ruled = ruled.map(|one| self.ruled(id, one, &outcome_of(is_for_it(new))));
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
                let ruled = student.ruling.iter().filter(same).map(|one| self.ruled_otherwise(id, one, new));
                let decided = student.decision.iter().filter(|one| is_contrary(one, new));
                let outcome = if new.outcome == RulingOutcome::Accepted { "approved" } else { "declined" };
                ruled.chain(decided.map(|one| self.decided(id, one, outcome))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn decided(&self, id: &Text, one: &Decision, outcome: &str) -> SameDay {
        let words = [one.body.title(), one.about.title(), &one.date.iso()].map(str::to_owned);
        let said = ["--outcome".to_owned(), outcome.to_owned()];
        let correct = self.correct(id, "decision", words.into(), &[], &said);
        let stands = Event::Decision(one.clone()).sentence();
        SameDay { stands, correct, is_to_be_said_again: false, excludes: false }
    }

    fn ruled(&self, id: &Text, one: &Ruling, said: &[String]) -> SameDay {
        let words = [one.requirement.to_string(), one.date.iso()];
        let mut further = vec![Body::from(one.body).title().to_owned(), one.outcome.word().to_owned()];
        further.extend(one.of.iter().flatten().map(|date| date.iso()));
        let correct = self.correct(id, "ruling", words.into(), &further, said);
        let stands = Event::Ruling(one.clone()).sentence();
        SameDay { stands, correct, is_to_be_said_again: false, excludes: false }
    }

    /// Another ruling on what a ruling is about. One that lists a date goes before one that lists none: those two can both
    /// be.
    fn ruled_otherwise(&self, id: &Text, one: &Ruling, new: &Ruling) -> SameDay {
        let mut said = outcome_of(new.outcome == RulingOutcome::Accepted).to_vec();
        let (Some(there), Some(now)) = (&one.of, &new.of) else {
            return SameDay { excludes: one.of == new.of, ..self.ruled(id, one, &said) };
        };
        let of = |dates: &[Day]| ["--of".to_owned(), dates.iter().map(|date| date.iso()).collect::<Vec<_>>().join(",")];
        let kept: Vec<_> = there.iter().filter(|date| !now.contains(date)).copied().collect();
        if !kept.is_empty() {
            return SameDay { excludes: true, is_to_be_said_again: true, ..self.ruled(id, one, &of(&kept)) };
        }
        if now.iter().any(|date| !there.contains(date)) {
            said.extend(of(now));
        }
        SameDay { excludes: true, ..self.ruled(id, one, &said) }
    }

    /// The command that corrects an entry of a student, with as many words as tell it apart.
    pub(super) fn correct(
        &self,
        id: &Text,
        key: &'static str,
        mut words: Vec<String>,
        further: &[String],
        said: &[String],
    ) -> String {
        for word in further {
            if self.entries_with(id, key, &words) < 2 {
                break;
            }
            words.push(word.clone());
        }
        let command = ["correct".to_owned(), id.raw().to_owned(), key.to_owned()].into_iter();
        let command: Vec<_> = command.chain(words).chain(said.iter().cloned()).collect();
        self.command_line.about(command.iter().map(String::as_str))
    }
}

/// What `gwp correct` is told of an outcome.
fn outcome_of(is_accepted: bool) -> [String; 2] {
    let outcome = if is_accepted { RulingOutcome::Accepted } else { RulingOutcome::Refused };
    ["--outcome".to_owned(), outcome.word().to_owned()]
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
