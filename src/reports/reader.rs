//! For whom a student's case is put into words.

/// Who reads about a student. What somebody is not to read is not written for them in the first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Whoever keeps the records and has a terminal: commands are of use, and so is every day that is still to come.
    AtTerminal,
    /// Whoever reads a paper about the student: a committee, a convenor, a supervisor.
    OnPaper,
    /// The student, in a letter: nothing in it is about anybody else.
    Student,
}
