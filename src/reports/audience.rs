//! For whom a student's case is put into words.

/// Who reads about a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever keeps the records and has a terminal. Nothing is left out.
    AtTerminal,
    /// Whoever reads a paper about the student: a committee, a convenor, a supervisor. Of reports to come all days but the next
    /// are left out, and of a closed case whatever would look as if it were still asked for.
    OnPaper,
    /// The student, in a letter. Left out are the requirements, where something stands or is minuted, what committees noted, and
    /// whatever tells which meetings were joint.
    Student,
}
