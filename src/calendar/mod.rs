//! Calendar arithmetic: days, periods, breaks, deadlines. It knows no clock; today is always given.

mod day;
mod deadlines;
mod period;

pub use day::Day;
pub use deadlines::course_deadlines;
pub use period::{Breaks, Period};
