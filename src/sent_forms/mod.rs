//! The forms that go round by mail, filled in as far as the records know: the application, the reports, and the list of a
//! log's sessions.
//!
//! A [`SentForm`] says which form it is and about whom. [`SentForm::form`] makes it from a judged student, or from a log;
//! from the foot of an answered one [`SentForm::of`] knows what it is, so that the same form can be made again to read the
//! answers. What they say is given in the words of the records.

mod application;
mod asked;
mod made;
mod reports;
mod sessions;
mod subject;

#[cfg(test)]
mod tests;

pub use application::{Application, ArrangementAnswers, application_form};
pub use asked::{Asked, Unclear, asked, deadlines};
pub use made::{Made, Writer};
pub use reports::{ReportAnswers, report_form};
pub use sessions::{EntryAnswer, Said as SaidOfEntry, sessions_form};
pub use subject::SentForm;
