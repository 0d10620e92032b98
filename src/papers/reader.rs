//! To whom a paper speaks of a student.

/// Who reads of a student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reader {
    /// A committee or a convenor.
    #[default]
    Others,
    /// The student.
    Student,
}

impl Reader {
    /// Words in which "the student" stands, as this reader is told them. They are the program's own: what somebody wrote is
    /// nobody else's to change.
    pub fn told(self, words: &str) -> String {
        match self {
            Self::Others => words.to_owned(),
            Self::Student => words.replace("the student was", "you were").replace("the student", "you"),
        }
    }
}
