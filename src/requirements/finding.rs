//! What the judgement of one requirement says, and how it is put together from parts.

use std::fmt::Display;

use super::{Actor, Status, requirement};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::text::Place;

/// What was found about one requirement of one student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The requirement.
    pub code: Code,
    /// Its status.
    pub status: Status,
    /// The facts and dates that it rests on, as a sentence without a full stop; safe to show.
    pub message: String,
    /// The day by which it is due, where the requirement has one.
    pub due: Option<Day>,
    /// The parts that wait for a ruling: every query that one settles, and the actions that one can lift.
    pub queries: Vec<Query>,
    /// The values that prove it, in the order in which they are named.
    pub evidence: Vec<Place>,
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
    pub fn proven_by(mut self, evidence: impl IntoIterator<Item = Place>) -> Self {
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
    /// The messages of the parts with the worst status, as many as are named.
    messages: Vec<String>,
    /// How many such parts have another message.
    more: usize,
    queries: Vec<Query>,
    evidence: Vec<Place>,
}

impl<'f> Parts<'f> {
    /// No part yet.
    pub fn new(facts: &'f Facts<'f>, code: Code) -> Self {
        let worst = Status::NotApplicable;
        Self { facts, code, worst, messages: Vec::new(), more: 0, queries: Vec::new(), evidence: Vec::new() }
    }

    /// Adds a part that no ruling settles. Like all that add parts, it gives the status that the part has in the end.
    pub fn add(&mut self, status: Status, message: impl Display, evidence: impl IntoIterator<Item = Place>) -> Status {
        self.evidence.extend(evidence);
        self.say(status, message)
    }

    /// Adds a part that is a query dated `date`, or what the committee has made of it: met where accepted, an
    /// action where refused.
    pub fn query(&mut self, date: Day, message: impl Display, evidence: impl IntoIterator<Item = Place>) -> Status {
        self.dated(Status::Query, date, message, evidence)
    }

    /// Adds a part that is an action dated `date`: one that nobody may be able to mend, so that the committee can
    /// lift it by a ruling.
    pub fn action(&mut self, date: Day, message: impl Display, evidence: impl IntoIterator<Item = Place>) -> Status {
        self.dated(Status::Action, date, message, evidence)
    }

    fn dated(
        &mut self,
        status: Status,
        date: Day,
        message: impl Display,
        evidence: impl IntoIterator<Item = Place>,
    ) -> Status {
        self.evidence.extend(evidence);
        let Some(settled) = self.facts.rulings.on(self.code, date) else {
            let message = message.to_string();
            self.say(status, &message);
            self.queries.push(Query { date, status, message });
            return status;
        };
        let ruling = settled.ruling;
        self.evidence.push(self.facts.ruling_place(settled));
        let word = if settled.is_accepted() { "accepted" } else { "refused" };
        let (body, day) = (ruling.body.title(), ruling.date);
        // What was asked of a session or a meeting is settled by a refusal too: it does not count.
        let is_settled = settled.is_accepted() || matches!(self.code, Code::G4 | Code::S6);
        let status = if is_settled { Status::Met } else { Status::Action };
        let message = format!("{message}; {word} by the {body} on {day}");
        self.say(status, &message);
        if status == Status::Action {
            // The committee can come to another view.
            self.queries.push(Query { date, status, message });
        }
        status
    }

    /// Keeps a message of the worst parts; one of a better part is not even written.
    fn say(&mut self, status: Status, message: impl Display) -> Status {
        if status > self.worst {
            self.messages.clear();
            self.more = 0;
            self.worst = status;
        }
        if status == self.worst {
            if self.messages.len() < NAMED {
                let message = message.to_string();
                if !self.messages.contains(&message) {
                    self.messages.push(message);
                }
            } else if !self.messages.iter().any(|known| *known == message.to_string()) {
                self.more += 1;
            }
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
        evidence: impl IntoIterator<Item = Place>,
    ) -> Status {
        match (ended, date) {
            (Some(until), date) => self.query(date.unwrap_or(until), message, evidence),
            (None, Some(date)) => self.action(date, message, evidence),
            (None, None) => self.add(Status::Action, message, evidence),
        }
    }

    /// The requirement's finding. With no part at all it has the status and the sentence of `otherwise`.
    pub fn finish(mut self, otherwise: (Status, impl Into<String>)) -> Finding {
        let (status, message) = match (self.messages.len(), self.more) {
            (0, _) => (otherwise.0, otherwise.1.into()),
            (1, 0) => (self.worst, self.messages.swap_remove(0)),
            (_, 0) => (self.worst, self.messages.join("; ")),
            (_, more) => (self.worst, format!("{}; and {more} more", self.messages.join("; "))),
        };
        Finding { queries: self.queries, evidence: self.evidence, ..Finding::new(self.code, status, message) }
    }
}

/// The most messages that one sentence holds; what is beyond them is counted.
const NAMED: usize = 3;
