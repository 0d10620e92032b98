//! What the judgement of one requirement says, and how it is put together from parts.

use std::fmt::Display;

use super::words::OfDays;
use super::{Actor, Status, requirement};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::text::SourcePath;

/// What was found about one requirement of one student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The requirement.
    pub code: Code,
    /// Its status.
    pub status: Status,
    /// The facts and dates that it rests on, as a sentence without a full stop; safe to show.
    pub message: String,
    /// All of what the message says only the beginning of, where it counts the rest; safe to show.
    pub in_full: Option<String>,
    /// The day by which it is due, where the requirement has one.
    pub due: Option<Day>,
    /// The parts that wait for a ruling: every query that one settles, and the actions that one can lift.
    pub queries: Vec<Query>,
    /// The values that prove it, in the order in which they are named.
    pub evidence: Vec<SourcePath>,
    /// Who puts right what is missing, or does what is still to come.
    pub acts: Actor,
    /// Who settles what is a query.
    pub judges: Actor,
    /// The arrangement that it is about, by its position among the student's: of several, the one for which most is
    /// missing.
    pub about: Option<usize>,
    /// The requirement that says the same, so that it is told once.
    pub said_by: Option<Code>,
}

/// A part of a requirement that waits for a ruling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The date by which a ruling can name it.
    pub date: Day,
    /// A query, which the committee is to judge; or an action, which it can lift.
    pub status: Status,
    /// What is to be judged, as a sentence without a full stop; safe to show.
    pub message: String,
}

impl Finding {
    /// A finding of one part.
    pub fn new(code: Code, status: Status, message: impl Into<String>) -> Self {
        let requirement = requirement(code);
        Self {
            code,
            status,
            message: message.into(),
            in_full: None,
            due: None,
            queries: Vec::new(),
            evidence: Vec::new(),
            acts: requirement.acts,
            judges: requirement.judges,
            about: None,
            said_by: None,
        }
    }

    /// The parts that a committee is to judge; the others that wait for a ruling are actions that it can lift.
    pub fn to_judge(&self) -> impl Iterator<Item = &Query> {
        self.queries.iter().filter(|query| query.status == Status::Query)
    }

    /// The same finding, due on a day.
    #[must_use]
    pub fn due(mut self, due: impl Into<Option<Day>>) -> Self {
        self.due = due.into();
        self
    }

    /// The same finding, with more values that prove it.
    #[must_use]
    pub fn proven_by(mut self, evidence: impl IntoIterator<Item = SourcePath>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// The same finding, on which somebody else acts than is usual for the requirement.
    #[must_use]
    pub fn for_actor(mut self, acts: Actor) -> Self {
        self.acts = acts;
        self
    }

    /// The same finding, whose queries somebody else settles than is usual for the requirement.
    #[must_use]
    pub fn for_judge(mut self, judges: Actor) -> Self {
        self.judges = judges;
        self
    }

    /// The same finding, about an arrangement.
    #[must_use]
    pub fn about(mut self, arrangement: Option<usize>) -> Self {
        self.about = arrangement;
        self
    }

    /// The same finding, where another requirement says the same.
    #[must_use]
    pub fn said_by(mut self, code: Code) -> Self {
        self.said_by = Some(code);
        self
    }
}

/// The parts of a requirement, collected one by one. The status is the worst of theirs.
pub struct Parts<'f> {
    facts: &'f Facts<'f>,
    code: Code,
    worst: Status,
    /// What is said of the parts with the worst status, each thing once.
    said: Vec<Said>,
    /// What was refused and is settled by that: it stands apart, for it is not what the requirement is met by.
    apart: Vec<Said>,
    queries: Vec<Query>,
    evidence: Vec<SourcePath>,
}

/// What is said of a part.
#[derive(Clone)]
enum Said {
    /// A sentence of its own.
    Alone(String),
    /// A sentence that counts what another says in full.
    InShort { message: String, whole: String },
    /// The same of several days.
    OfDays(OfDays, Vec<Day>),
}

impl<'f> Parts<'f> {
    /// No part yet.
    pub fn new(facts: &'f Facts<'f>, code: Code) -> Self {
        let worst = Status::NotApplicable;
        let (said, apart) = (Vec::new(), Vec::new());
        Self { facts, code, worst, said, apart, queries: Vec::new(), evidence: Vec::new() }
    }

    /// Adds a part that no ruling settles. Like all that add parts, it gives the status that the part has in the end.
    pub fn add(
        &mut self,
        status: Status,
        message: impl Display,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.evidence.extend(evidence);
        self.say(status, || Said::Alone(message.to_string()))
    }

    /// Adds such a part whose message counts some of what `whole` says in full.
    pub(super) fn add_in_short(&mut self, status: Status, message: String, whole: String) -> Status {
        self.say(status, || if message == whole { Said::Alone(message) } else { Said::InShort { message, whole } })
    }

    /// Adds a part that is a query dated `date`, or what the committee has made of it: met where accepted, an
    /// action where refused.
    pub fn query(
        &mut self,
        date: Day,
        message: impl Display,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.dated(Status::Query, date, Said::Alone(message.to_string()), evidence)
    }

    /// Adds a part like [`Parts::query`], which is told together with those of other days.
    pub(super) fn query_of_day(
        &mut self,
        date: Day,
        words: OfDays,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.dated(Status::Query, date, Said::OfDays(words, vec![date]), evidence)
    }

    /// Adds a part that is an action dated `date`: one that nobody may be able to mend, so that the committee can
    /// lift it by a ruling.
    pub fn action(
        &mut self,
        date: Day,
        message: impl Display,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.dated(Status::Action, date, Said::Alone(message.to_string()), evidence)
    }

    /// Adds a part like [`Parts::action`], which is told together with those of other days.
    pub(super) fn action_of_day(
        &mut self,
        date: Day,
        words: OfDays,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.dated(Status::Action, date, Said::OfDays(words, vec![date]), evidence)
    }

    fn dated(
        &mut self,
        status: Status,
        date: Day,
        said: Said,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        self.evidence.extend(evidence);
        let Some(settled) = self.facts.rulings.on(self.code, date) else {
            self.queries.push(Query { date, status, message: said.words() });
            return self.say(status, || said);
        };
        let ruling = settled.ruling;
        self.evidence.push(self.facts.ruling_place(settled));
        let (body, day) = (ruling.body.title(), ruling.date);
        if settled.is_accepted() {
            let said = said.and(&format!("; accepted by the {body} on {day}"));
            return self.say(Status::Met, || said);
        }
        // What was asked of a session or a meeting is settled by a refusal too: it does not count.
        if matches!(self.code, Code::G4 | Code::S6) {
            let said = said.and(&format!("; refused by the {body} on {day}"));
            keep(&mut self.apart, said);
            return Status::Met;
        }
        let said = said.and(&format!("; refused by the {body} on {day}"));
        // The committee can come to another view.
        self.queries.push(Query { date, status: Status::Action, message: said.words() });
        self.say(Status::Action, || said)
    }

    /// Keeps what is said of the worst parts; of a better part it is not even written.
    fn say(&mut self, status: Status, said: impl FnOnce() -> Said) -> Status {
        if status > self.worst {
            self.said.clear();
            self.worst = status;
        }
        if status == self.worst {
            keep(&mut self.said, said());
        }
        status
    }

    /// Adds a part that is an action about an arrangement, with the day that it is dated where it is. Once the
    /// arrangement has ended nobody can mend it: it is a query then, dated by the end where it had no date.
    pub fn action_or_ended(
        &mut self,
        ended: Option<Day>,
        date: Option<Day>,
        message: impl Display,
        evidence: impl IntoIterator<Item = SourcePath>,
    ) -> Status {
        match (ended, date) {
            (Some(until), date) => self.query(date.unwrap_or(until), message, evidence),
            (None, Some(date)) => self.action(date, message, evidence),
            (None, None) => self.add(Status::Action, message, evidence),
        }
    }

    /// The requirement's finding. With no part at all it has the status and the sentence of `otherwise`. Where all that
    /// was asked was refused and is settled by that, it is met, by what `otherwise` says; what was refused stands after it.
    pub fn finish(self, otherwise: (Status, impl Into<String>)) -> Finding {
        let (otherwise, words) = (otherwise.0, otherwise.1.into());
        let (status, mut message, mut whole) = match (self.said.is_empty(), self.apart.is_empty()) {
            (true, true) => (otherwise, words.clone(), words),
            (true, false) => (Status::Met, words.clone(), words),
            (false, _) => (self.worst, sentence(self.said.clone()), all_said(&self.said)),
        };
        // Beside what is still open it would only distract.
        if status == Status::Met && !self.apart.is_empty() {
            whole = format!("{whole}; not counted: {}", all_said(&self.apart));
            message = format!("{message}; not counted: {}", sentence(self.apart));
        }
        let in_full = Some(whole).filter(|whole| *whole != message);
        Finding { queries: self.queries, evidence: self.evidence, in_full, ..Finding::new(self.code, status, message) }
    }
}

impl Said {
    /// As a sentence without a full stop.
    fn words(&self) -> String {
        match self {
            Self::Alone(message) | Self::InShort { message, .. } => message.clone(),
            Self::OfDays(words, days) => words.of(days),
        }
    }

    /// Likewise, with every day.
    fn whole(&self) -> String {
        match self {
            Self::Alone(message) => message.clone(),
            Self::InShort { whole, .. } => whole.clone(),
            Self::OfDays(words, days) => words.of_all(days),
        }
    }

    /// The same, with more at the end.
    fn and(self, more: &str) -> Self {
        match self {
            Self::Alone(message) => Self::Alone(message + more),
            Self::InShort { message, whole } => Self::InShort { message: message + more, whole: whole + more },
            Self::OfDays(words, days) => Self::OfDays(words.and(more), days),
        }
    }

    /// Whether it says what another says, or does so once that one's days are added.
    fn takes(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Alone(known), Self::Alone(message)) => known == message,
            (Self::OfDays(known, days), Self::OfDays(words, more)) if known == words => {
                let new: Vec<_> = more.iter().filter(|day| !days.contains(day)).copied().collect();
                days.extend(new);
                true
            }
            _ => false,
        }
    }

    /// Of how many parts it is said.
    fn count(&self) -> usize {
        match self {
            Self::Alone(_) | Self::InShort { .. } => 1,
            Self::OfDays(_, days) => days.len(),
        }
    }
}

/// Keeps what is said with what is known, each thing once.
fn keep(known: &mut Vec<Said>, said: Said) {
    if !known.iter_mut().any(|one| one.takes(&said)) {
        known.push(said);
    }
}

/// All that is said.
fn all_said(said: &[Said]) -> String {
    said.iter().map(Said::whole).collect::<Vec<_>>().join("; ")
}

/// All that is said, as far as a reader takes it in at once; what is beyond is counted.
fn sentence(mut said: Vec<Said>) -> String {
    if said.len() == 1
        && let Some(Said::Alone(message)) = said.pop_if(|one| matches!(one, Said::Alone(_)))
    {
        return message;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut words = 0;
    for one in &said {
        let one = one.words();
        words += one.split_whitespace().count();
        if !parts.is_empty() && (parts.len() == NAMED || words > WORDS) {
            break;
        }
        parts.push(one);
    }
    let more: usize = said[parts.len()..].iter().map(Said::count).sum();
    parts.extend((more > 0).then(|| format!("and {more} more")));
    parts.join("; ")
}

/// The most things that one sentence says.
const NAMED: usize = 3;

/// The most words of a sentence that says several things.
const WORDS: usize = 25;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days of a test are written in it")]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_alike_is_said_once_with_all_its_days() {
        let of = |words: &str, of_march| {
            Said::OfDays(OfDays::alike(format!("{words} on "), ""), vec![Day::new(2026, 3, of_march).unwrap()])
        };
        let mut short = of("too short", 3);
        assert!(short.takes(&of("too short", 10)) && short.takes(&of("too short", 3)));
        assert_eq!(short.whole(), "too short on 3 and 10 March 2026");
        assert!(!short.takes(&of("too long", 17)) && !short.takes(&Said::Alone("too short".to_owned())));
        let mut alone = Said::Alone("a".to_owned());
        assert!(alone.takes(&Said::Alone("a".to_owned())) && !alone.takes(&Said::Alone("b".to_owned())));
    }
}
