//! Calendar arithmetic: days, spans, periods, breaks, rhythms, deadlines. It knows no clock; today is always given.

mod day;
mod deadlines;
mod period;
mod rhythm;
mod span;
mod time_zone;

pub(crate) use day::MONTHS;
pub use day::{Day, WEEKDAYS};
pub(crate) use deadlines::report_deadlines;
pub(crate) use period::covered_through;
pub use period::{Breaks, Period};
pub use rhythm::Rhythm;
pub use span::Span;
pub use time_zone::TimeZone;
