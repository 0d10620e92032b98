//! What the program says: of students, of what is owed, of a folder's past, of the records.
//!
//! A report takes values and gives [sheets](Sheet) and what a JSON document says; [`crate::render`] writes them.

mod agenda;
mod audit;
mod caveats;
mod changes;
mod check;
mod diff;
mod diff_json;
mod document;
mod due;
mod due_json;
mod effect;
mod eligibility;
mod explanation;
mod forecast;
mod history;
mod page;
mod problem_list;
mod registers;
mod sheet;
mod summary;
mod timeline;
#[cfg(feature = "cli")]
mod unsent;
#[cfg(feature = "cli")]
mod verification;
mod words;

pub use agenda::Agenda;
pub use audit::{AuditReport, audit, audit_data, write_audit_json};
pub use caveats::Caveats;
pub use changes::changes;
pub use check::{FolderReport, JsonDocument, Located};
pub use diff::{DiffReport, DiffSide, diff, shortened};
pub use diff_json::write_diff_json;
pub use document::FolderPart;
pub(crate) use due::what;
pub use due::{DueBy, due, due_data, nothing_due, overdue, overdue_data};
pub use due_json::write_due_json;
pub use effect::effect;
pub use eligibility::Eligibility;
pub use explanation::Explanation;
pub use forecast::{Forecasts, write_forecast_json};
pub use history::{HistoryReport, history, write_history_json};
pub use page::{Locating, page};
pub use problem_list::problem_list;
pub use registers::{Drawn, Register, Sessions, Students, awards, courses, groups, supervisors};
pub(crate) use sheet::short;
pub use sheet::{Cell, Column, Row, Sheet, Stands, Tone};
pub use summary::Summary;
#[cfg(feature = "cli")]
pub use unsent::unsent;
#[cfg(feature = "cli")]
pub use verification::{VerifyReport, verification, write_verify_json};
pub(crate) use words::person;
