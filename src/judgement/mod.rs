//! The judgement of a student as of a day.
