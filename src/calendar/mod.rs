//! Calendar arithmetic: days, spans, periods, breaks, rhythms, deadlines. It knows no clock; today is always given.

mod day;
mod deadlines;
mod period;
mod rhythm;
mod span;

pub use day::Day;
pub(crate) use day::{MONTHS, WEEKDAYS};
pub use deadlines::course_deadlines;
pub use period::{Breaks, Period, covered_through};
pub use rhythm::Rhythm;
pub use span::Span;
