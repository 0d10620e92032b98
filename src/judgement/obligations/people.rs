//! Who owes something: a person in an office.

use crate::case::{StudentCase, SupervisorCase};
use crate::records::LineManager;
use crate::text::Text;

/// In what office somebody owes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The student.
    Student,
    /// The workplace supervisor.
    WorkplaceSupervisor,
    /// The WRG supervisor.
    WrgSupervisor,
    /// The course's convenor.
    Convenor,
    /// The line manager.
    LineManager,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Student, Self::WorkplaceSupervisor, Self::WrgSupervisor, Self::Convenor, Self::LineManager];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::WorkplaceSupervisor => "workplace-supervisor",
            Self::WrgSupervisor => "wrg-supervisor",
            Self::Convenor => "convenor",
            Self::LineManager => "line-manager",
        }
    }

    /// The office that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The office in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::WorkplaceSupervisor => "workplace supervisor",
            Self::WrgSupervisor => "WRG supervisor",
            Self::Convenor => "convenor",
            Self::LineManager => "line manager",
        }
    }
}

/// Somebody who owes something.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The office.
    pub role: Role,
    /// The id, of those who have a record of their own.
    pub id: Option<&'a Text>,
    /// The name.
    pub name: &'a Text,
    /// Where reminders go.
    pub email: Option<&'a Text>,
}

impl<'a> Person<'a> {
    pub(in crate::judgement) fn student(case: &StudentCase<'a>) -> Self {
        let record = case.record;
        Self { role: Role::Student, id: Some(case.id), name: &record.name, email: record.email.as_ref() }
    }

    pub(crate) fn convenor(case: &StudentCase<'a>) -> Self {
        let course = case.course;
        Self { role: Role::Convenor, id: None, name: &course.convenor, email: course.email.as_ref() }
    }

    pub(in crate::judgement) fn supervisor(role: Role, supervisor: SupervisorCase<'a>) -> Self {
        let record = supervisor.record;
        Self { role, id: Some(supervisor.id), name: &record.name, email: record.email.as_ref() }
    }

    pub(in crate::judgement) fn line_manager(manager: &'a LineManager) -> Self {
        Self { role: Role::LineManager, id: None, name: &manager.name, email: manager.email.as_ref() }
    }
}
