//! Renderings of a judgement.
//!
//! A rendering takes values and gives [sheets](Sheet); it knows no terminal, no environment and no clock. The sheets
//! are then written as text in a [`Layout`], as CSV or as Markdown.

mod agenda;
mod audit;
mod calendar;
mod caveats;
mod changes;
#[cfg(feature = "cli")]
mod diagnostics;
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
mod json;
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

#[cfg(all(test, feature = "cli"))]
mod tests;

pub use agenda::Agenda;
pub use audit::{AuditReport, audit, audit_data, write_audit_json};
pub use calendar::{Event, write_ics};
pub use caveats::Caveats;
pub use changes::changes;
#[cfg(feature = "cli")]
pub use diagnostics::Diagnostics;
pub use diff::{DiffReport, DiffSide, diff, shortened};
pub use diff_json::write_diff_json;
pub use document::FolderPart;
pub use due::{DueBy, due, due_data, nothing_due, overdue, overdue_data};
pub use due_json::write_due_json;
pub use effect::effect;
pub use eligibility::Eligibility;
pub use explanation::Explanation;
pub use forecast::{Forecasts, write_forecast_json};
pub use history::{HistoryReport, history, write_history_json};
pub use json::{FolderReport, JsonDocument, Located, PROGRAM, VERSION, write_value};
pub use page::{Locating, page};
pub use problem_list::problem_list;
pub use registers::{Drawn, Register, Sessions, Students, awards, courses, groups, supervisors};
pub use sheet::{Cell, Column, Layout, Row, Sheet, Stands, Tone, write_markdown};
#[cfg(feature = "cli")]
pub use sheet::{write_csv, write_text, xlsx};
pub use summary::Summary;
#[cfg(feature = "cli")]
pub use unsent::unsent;
#[cfg(feature = "cli")]
pub use verification::{VerifyReport, verification, write_verify_json};
