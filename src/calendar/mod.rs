//! Calendar arithmetic: days, periods, breaks. It knows no clock; today is always given.

mod day;
mod period;

pub use day::Day;
pub use period::{Breaks, Period};
