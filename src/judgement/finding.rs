//! What the judgement of one requirement says, and how it is put together from parts.

use crate::calendar::Day;
use crate::requirements::Code;
use crate::text::Place;

use super::facts::Facts;
use super::status::Status;

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
    /// The parts that wait for a ruling.
    pub queries: Vec<Query>,
    /// The values that prove it, in the order in which they are named.
    pub evidence: Vec<Place>,
}

/// A part of a requirement that waits for a ruling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The date by which a ruling can name it.
    pub date: Day,
    /// What is to be judged, as a sentence without a full stop; safe to show.
    pub message: String,
}

impl Finding {
    /// A finding of one part.
    pub fn new(code: Code, status: Status, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), due: None, queries: Vec::new(), evidence: Vec::new() }
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
}

/// The parts of a requirement, collected one by one. The status is the worst of theirs.
pub struct Parts<'f> {
    facts: &'f Facts<'f>,
    code: Code,
    worst: Status,
    messages: Vec<String>,
    queries: Vec<Query>,
    evidence: Vec<Place>,
}

impl<'f> Parts<'f> {
    /// No part yet.
    pub fn new(facts: &'f Facts<'f>, code: Code) -> Self {
        let worst = Status::NotApplicable;
        Self { facts, code, worst, messages: Vec::new(), queries: Vec::new(), evidence: Vec::new() }
    }

    /// Adds a part that is not a query. Like all that add parts, it gives the status that the part has in the end.
    pub fn add(
        &mut self,
        status: Status,
        message: impl Into<String>,
        evidence: impl IntoIterator<Item = Place>,
    ) -> Status {
        self.evidence.extend(evidence);
        self.say(status, message.into())
    }

    /// Adds a part that is a query dated `date`, or what the committee has made of it: met where accepted, an
    /// action where refused.
    pub fn query(
        &mut self,
        date: Day,
        message: impl Into<String>,
        evidence: impl IntoIterator<Item = Place>,
    ) -> Status {
        let message = message.into();
        self.evidence.extend(evidence);
        let Some(settled) = self.facts.rulings.on(self.code, date) else {
            self.queries.push(Query { date, message: message.clone() });
            return self.say(Status::Query, message);
        };
        let ruling = settled.ruling;
        self.evidence.push(self.facts.ruling_place(settled));
        let word = if settled.is_accepted() { "accepted" } else { "refused" };
        let message = format!("{message}; {word} by the {} on {}", ruling.body.title(), ruling.date);
        // Too short or too long and refused: it does not count, and that is the end of it.
        let is_settled = settled.is_accepted() || self.code == Code::G4;
        self.say(if is_settled { Status::Met } else { Status::Action }, message)
    }

    fn say(&mut self, status: Status, message: String) -> Status {
        if status > self.worst {
            self.messages.clear();
            self.worst = status;
        }
        if status == self.worst {
            self.messages.push(message);
        }
        status
    }

    /// Adds a part that would be an action, or a query dated by the arrangement's end where that is past: nobody
    /// can mend it any more.
    pub fn action_or_ended(
        &mut self,
        ended: Option<Day>,
        message: impl Into<String>,
        evidence: impl IntoIterator<Item = Place>,
    ) -> Status {
        match ended {
            Some(until) => self.query(until, message, evidence),
            None => self.add(Status::Action, message, evidence),
        }
    }

    /// The requirement's finding. With no part at all it has the status and the sentence of `otherwise`.
    pub fn finish(self, otherwise: (Status, impl Into<String>)) -> Finding {
        let (status, message) = match self.messages.len() {
            0 => (otherwise.0, otherwise.1.into()),
            _ => (self.worst, joined(&self.messages)),
        };
        Finding { code: self.code, status, message, due: None, queries: self.queries, evidence: self.evidence }
    }
}

/// The most messages that one sentence holds; what is beyond them is counted.
const NAMED: usize = 3;

fn joined(messages: &[String]) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for message in messages {
        if !distinct.contains(&message.as_str()) {
            distinct.push(message);
        }
        if distinct.len() > NAMED {
            break;
        }
    }
    if messages.len() <= NAMED || distinct.len() <= NAMED {
        distinct.truncate(NAMED);
        return distinct.join("; ");
    }
    format!("{}; and {} more", distinct[..NAMED].join("; "), messages.len() - NAMED)
}
