//! What the program says: of students, of what is owed, of a folder's past, of the records.
//!
//! A [`Report`] has rows of some type. One list of columns gives the tables that are made of them ([`Sheet`]), and as data
//! they are what they serialise to; [`crate::render`] writes both.

mod agenda;
mod as_data;
mod audience;
mod audit;
mod caveats;
mod changes;
mod check;
mod decided;
#[cfg(feature = "disk")]
mod decision;
mod diff;
mod due;
mod edition_diff;
#[cfg(all(test, feature = "cli"))]
mod edition_tests;
mod effect;
mod eligibility;
mod explanation;
mod folder_due;
mod forecast;
mod forms;
mod history;
mod id;
mod judged;
#[cfg(feature = "cli")]
mod letters;
mod merged;
mod minutes;
mod output_schema;
mod page;
#[cfg(feature = "cli")]
mod person;
mod problem_list;
mod registers;
mod report;
#[cfg(feature = "cli")]
mod retention;
#[cfg(feature = "disk")]
mod revisions;
mod sheet;
mod summary;
mod timeline;
#[cfg(feature = "cli")]
mod unsent;
#[cfg(feature = "cli")]
mod verification;
mod words;

#[cfg(feature = "cli")]
pub(crate) use agenda::{ANY_MEETING, approved_on, approved_with, noted, rests_on as award_rests_on};
pub use agenda::{Agenda, AgendaPart, Matter, RuledWith};
pub use audience::Audience;
pub use audit::AuditReport;
pub use caveats::Caveats;
#[cfg(feature = "cli")]
pub(crate) use caveats::unjudged_on_paper;
pub use changes::changes;
pub use check::{CheckReport, Part};
pub use decided::Locating;
#[cfg(feature = "disk")]
pub use decision::DecisionReport;
pub use diff::{DiffReport, DiffSide, shortened};
#[cfg(feature = "cli")]
pub(crate) use due::to_confirm;
pub(crate) use due::what;
pub use due::{DueBy, DueReport, due_by_meeting, due_data, in_order, nothing_due, overdue, owed_by};
pub use effect::effect;
pub use eligibility::Eligibility;
pub use explanation::Explanation;
pub use folder_due::{DueQuery, FolderDue};
pub use forecast::Forecasts;
pub use history::HistoryReport;
pub use id::Id;
pub use judged::Judged;
#[cfg(feature = "cli")]
pub use letters::{LetterJson, LettersReport, ToldReport, UnsentJson};
pub use merged::{MergedCheck, MergedDue};
#[cfg(feature = "cli")]
pub(crate) use minutes::RESTS_ON;
pub use minutes::{MinutesFor, MinutesReport};
pub use output_schema::OutputSchema;
pub use page::CasePage;
#[cfg(feature = "cli")]
pub use person::{PersonPast, PersonReport};
pub use problem_list::Located;
pub use registers::{Listed, Register, RegisterKind};
pub use report::Report;
#[cfg(feature = "cli")]
pub use retention::RetentionReport;
#[cfg(test)]
pub(crate) use sheet::or_narrow;
#[cfg(feature = "cli")]
pub(crate) use sheet::short;
pub use sheet::{Cell, Column, Head, Row, Sheet, Stands, Tone};
pub use summary::Summary;
#[cfg(feature = "cli")]
pub(crate) use timeline::tells_joint;
#[cfg(feature = "cli")]
pub use unsent::unsent;
#[cfg(feature = "cli")]
pub use verification::{VerifyReport, unbound_in_words};
#[cfg(feature = "cli")]
pub(crate) use words::{
    meeting_reason, missed_reason, of_group, session_reason, sessions_of_required, tone as verdict_tone,
    verdict_meaning, who, with_reason,
};
