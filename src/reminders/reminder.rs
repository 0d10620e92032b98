//! What there is to remind of: everything owed in a folder that is overdue or falls due soon.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::address::Address;
use crate::calendar::{Day, Span};
use crate::judgement::{Item, Judgement, ObligationKind, Person, StudentResult};
use crate::text::Text;

/// How urgent something is, by its day alone: whether anybody was reminded before, nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The day is past.
    Overdue,
    /// The day is today or within a week.
    Soon,
    /// The day is further off.
    ToCome,
}

/// How many days before its day something is due soon.
const SOON: i64 = 7;

impl Stage {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Overdue, Self::Soon, Self::ToCome];

    /// The stage of what is due on a day.
    pub fn of(due: Day, as_of: Day) -> Self {
        match as_of.days_to(due) {
            ..0 => Self::Overdue,
            0..=SOON => Self::Soon,
            _ => Self::ToCome,
        }
    }

    /// What it is called above a part of a letter, in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "due within a week",
            Self::ToCome => "still to come",
        }
    }

    /// The word of every template.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::ToCome => "to_come",
        }
    }
}

/// Whether a kind is reminded of before it is due soon. Of meetings that are held every fortnight or month the next one
/// is always near: every student with whom all is well would be written to every week.
fn is_told_early(kind: ObligationKind) -> bool {
    !matches!(kind, ObligationKind::Supervision | ObligationKind::JointSupervision)
}

/// Something to remind somebody of.
#[derive(Clone, Debug)]
pub struct Reminder<'a> {
    /// What is owed, and for whom.
    pub item: Item<'a>,
    /// The day of judgement.
    pub as_of: Day,
    /// The folder, as a number: the ids of two folders have nothing to do with each other.
    pub folder: usize,
    /// The convenor of the student's course, to whom forms go.
    pub convenor: Person<'a>,
    /// The name of the course.
    pub course: &'a Text,
    /// Whether neither a session held nor a presentation is known of the student.
    pub not_begun: bool,
    /// What the group that it is about is called, where it matters which, and where no other of the student's is called
    /// the same.
    pub group_title: Option<&'a Text>,
}

impl<'a> Reminder<'a> {
    /// The day by which it is due.
    pub fn due(&self) -> Day {
        self.item.obligation.place_in_time()
    }

    /// How urgent it is.
    pub fn stage(&self) -> Stage {
        Stage::of(self.due(), self.as_of)
    }

    /// The name and the address of the one who owes it, the address as it is the same in whatever letters; none where nobody
    /// can be written to.
    pub(super) fn written_to(&self) -> Option<(&'a Text, String)> {
        match self.owed_by()? {
            OwedBy::Address(name, address) => Some((name, address)),
            OwedBy::Id(..) | OwedBy::Name(..) => None,
        }
    }

    /// The one who owes it, as far as one person can be told from another; none where nobody owes it yet.
    pub(super) fn owed_by(&self) -> Option<OwedBy<'a>> {
        let person = self.item.obligation.from?;
        Some(match (person.email.and_then(|email| Address::parse(email.raw())), person.id) {
            (Some(address), _) => OwedBy::Address(person.name, address.key()),
            (None, Some(id)) => OwedBy::Id(self.folder, id),
            (None, None) => OwedBy::Name(self.folder, person.name, person.role),
        })
    }
}

/// Who is one person. With an address it is the name and the address, in whatever office and folder; without one
/// only the record itself, or the name in its office.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwedBy<'a> {
    Address(&'a Text, String),
    Id(usize, &'a Text),
    Name(usize, &'a Text, crate::judgement::Role),
}

/// What a folder has to remind of as of a day, collected student by student.
#[derive(Clone, Debug)]
pub struct Reminders<'a> {
    folder: usize,
    as_of: Day,
    last: Day,
    all: Vec<Reminder<'a>>,
}

impl<'a> Reminders<'a> {
    /// Nothing yet, of what is overdue or due within a time.
    pub fn new(folder: usize, as_of: Day, within: Span) -> Self {
        Self { folder, as_of, last: within.after(as_of), all: Vec::new() }
    }

    /// Adds what is owed for a student.
    pub fn add(&mut self, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) {
        let Some(judgement) = judgement else { return };
        let facts = &judgement.facts;
        let not_begun = facts.presentations().next().is_none() && facts.sessions.all_held().is_empty();
        for obligation in judgement.obligations() {
            let Some(due) = obligation.due else { continue };
            let is_time = is_told_early(obligation.kind) || Stage::of(due, self.as_of) != Stage::ToCome;
            // Nobody is asked during leave for what falls due in it.
            let waits = facts.on_leave() && facts.case.record.leave.iter().any(|leave| leave.period().covers(due));
            if obligation.owed && due <= self.last && is_time && !waits {
                let group = obligation.group.filter(|_| obligation.kind.is_of_a_group());
                let group = group.and_then(|id| facts.case.groups.iter().find(|group| group.id == id));
                let title = group.map(|group| &group.log.title).filter(|title| !title.is_blank());
                let of_that_title =
                    |title: &Text| facts.case.groups.iter().filter(|one| one.log.title == *title).count();
                self.all.push(Reminder {
                    item: Item::of(result, obligation.clone()),
                    as_of: self.as_of,
                    folder: self.folder,
                    convenor: Person::convenor(facts.case),
                    course: &facts.case.course.name,
                    not_begun,
                    group_title: title.filter(|title| of_that_title(title) == 1),
                });
            }
        }
    }

    /// What there is to remind of, as the same thing, due on the same day and as urgent, to the same person. What nobody can
    /// be written to about is not in it: it was told to nobody.
    pub fn tellings(&self) -> BTreeSet<Telling> {
        self.all.iter().filter_map(Telling::of).collect()
    }

    /// Leaves out what is not asked about.
    pub fn keep(&mut self, is_asked: &dyn Fn(&Reminder<'a>) -> bool) {
        self.all.retain(is_asked);
    }

    /// Leaves out what was told already, and says how many there are of it. What nobody can be written to about stays, and
    /// is named every time.
    pub fn leave_out(&mut self, is_told: &dyn Fn(&Reminder<'a>) -> bool) -> usize {
        let before = self.all.len();
        self.all.retain(|reminder| reminder.written_to().is_none() || !is_told(reminder));
        before - self.all.len()
    }

    /// The reminders, in the order of student, due date, kind, group and file.
    pub fn into_vec(self) -> Vec<Reminder<'a>> {
        self.all
    }
}

/// One thing told to one person, whatever state of the folder it was told from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    pub(super) key: String,
    pub(super) due: Day,
    pub(super) stage: Stage,
    pub(super) name: String,
    /// The address as it is the same in whatever letters.
    pub(super) address: String,
}

impl Telling {
    /// What a reminder tells; none where nobody can be written to.
    pub fn of(reminder: &Reminder<'_>) -> Option<Self> {
        let (name, address) = reminder.written_to()?;
        let (key, due, stage) = (reminder.item.key(), reminder.due(), reminder.stage());
        Some(Self { key, due, stage, name: name.raw().to_owned(), address })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use super::*;

    #[test]
    fn stages_change_on_the_day_a_week_before_and_on_the_day_after() {
        let due = Day::parse("2026-01-31").unwrap();
        let on = |day| Stage::of(due, Day::parse(day).unwrap());
        assert_eq!(on("2026-01-23"), Stage::ToCome);
        assert_eq!(on("2026-01-24"), Stage::Soon);
        assert_eq!(on("2026-01-31"), Stage::Soon);
        assert_eq!(on("2026-02-01"), Stage::Overdue);
        assert_eq!(Stage::of(Day::last(), Day::first()), Stage::ToCome);
        assert_eq!(Stage::of(Day::first(), Day::last()), Stage::Overdue);
    }
}
