//! What a workplace supervisor has shown by a day: a registration or other evidence, and experience. S2 and S3 judge by
//! it, obligations and the register of supervisors name what is missing of it.

use std::cmp::Reverse;

use crate::calendar::Day;
use crate::records::{OtherEvidence, Registration, Supervisor};
use crate::text::Text;

/// What a supervisor has to show for the registration, the best of it: entries of the supervisor's record.
#[derive(Clone, Copy)]
pub(super) enum Shown<'a> {
    /// A registration with one of the registers, checked and valid.
    Registered(usize, &'a Registration),
    /// Other evidence, accepted.
    Accepted(&'a OtherEvidence),
    /// A registration with one of the registers, valid and not checked.
    Unchecked(usize, &'a Registration),
    /// Other evidence, not accepted yet.
    NotAccepted(&'a OtherEvidence),
    /// A valid registration with another body.
    Elsewhere(usize, &'a Registration),
    /// Nothing valid; the registration that was so last, and its last day.
    Expired(usize, Day),
    /// Nothing valid yet; the registration that will be so first, and its first day.
    NotYet(usize, Day),
    /// Nothing at all.
    Nothing,
}

impl<'a> Shown<'a> {
    /// What is shown as of a day, by registrations that are valid on another.
    pub fn of(record: &'a Supervisor, registers: &[String], as_of: Day, valid_on: Day) -> Self {
        // Of two that will do, the one that lasts longer.
        let lasting = |fits: &dyn Fn(&Registration) -> bool| {
            let registrations = record.registrations.iter().enumerate();
            registrations
                .filter(|(_, one)| one.covers(valid_on) && fits(one))
                .max_by_key(|(index, one)| (one.expires.unwrap_or(Day::last()), Reverse(*index)))
        };
        let in_register = |one: &Registration| is_in_registers(one, registers);
        if let Some((index, one)) = lasting(&|one| in_register(one) && arrived(one.checked, as_of)) {
            return Self::Registered(index, one);
        }
        let other = record.other_evidence.as_ref();
        if let Some(evidence) = other.filter(|evidence| arrived(evidence.accepted, as_of)) {
            return Self::Accepted(evidence);
        }
        if let Some((index, one)) = lasting(&in_register) {
            return Self::Unchecked(index, one);
        }
        if let Some(evidence) = other {
            return Self::NotAccepted(evidence);
        }
        if let Some((index, one)) = lasting(&|_| true) {
            return Self::Elsewhere(index, one);
        }
        let registrations = || record.registrations.iter().enumerate();
        let expired = registrations().filter_map(|(index, one)| Some((index, one.expires?)));
        if let Some((index, day)) = expired.filter(|(_, day)| *day < valid_on).max_by_key(|(_, day)| *day) {
            return Self::Expired(index, day);
        }
        let to_come = registrations().filter_map(|(index, one)| Some((index, one.from?)));
        to_come.min_by_key(|(_, day)| *day).map_or(Self::Nothing, |(index, day)| Self::NotYet(index, day))
    }

    /// What is still to be shown, in a short phrase.
    fn missing(self) -> Option<&'static str> {
        match self {
            Self::Registered(..) | Self::Accepted(_) => None,
            Self::Unchecked(..) => Some("a check of the registration"),
            Self::NotAccepted(_) | Self::Elsewhere(..) | Self::Expired(..) | Self::NotYet(..) | Self::Nothing => {
                Some("a valid registration, or other evidence accepted")
            }
        }
    }
}

/// Whether a registration is with one of the registers, in whatever case of its letters it is written.
pub(super) fn is_in_registers(registration: &Registration, registers: &[String]) -> bool {
    let body = registration.body.raw().to_lowercase();
    registers.iter().any(|register| register.to_lowercase() == body)
}

/// What somebody who is no group analyst has shown of experience in supervising groups.
pub(super) struct Experience {
    /// Whether it is described.
    pub is_described: bool,
    /// Whether a CV has arrived.
    pub has_cv: bool,
    /// Whether the Course Director has judged it suitable.
    pub is_assessed: bool,
}

impl Experience {
    /// What is shown as of a day; none of a group analyst, who needs to show none.
    pub fn of(record: &Supervisor, as_of: Day) -> Option<Self> {
        (!record.group_analyst).then(|| Self {
            is_described: record.group_supervision_experience.as_ref().is_some_and(|text| !Text::is_blank(text)),
            has_cv: arrived(record.cv_received, as_of),
            is_assessed: arrived(record.assessed, as_of),
        })
    }

    /// What is still to be shown, in short phrases.
    fn missing(&self) -> impl Iterator<Item = &'static str> {
        let each = [
            (self.is_described, "experience of supervising groups"),
            (self.has_cv, "CV"),
            (self.is_assessed, "the Course Director's assessment"),
        ];
        each.into_iter().filter(|(is_there, _)| !is_there).map(|(_, phrase)| phrase)
    }
}

/// What a workplace supervisor has still to show as of a day, in short phrases.
pub(crate) fn still_to_show(record: &Supervisor, registers: &[String], as_of: Day) -> Vec<&'static str> {
    let registration = Shown::of(record, registers, as_of, as_of).missing();
    let experience = Experience::of(record, as_of);
    registration.into_iter().chain(experience.iter().flat_map(Experience::missing)).collect()
}

fn arrived(date: Option<Day>, as_of: Day) -> bool {
    date.is_some_and(|date| date <= as_of)
}
