//! From the sources to records.

use super::Records;
use crate::text::Source;

/// Reads every source as the record that its folder says.
pub fn read(_sources: &[Source]) -> Records {
    Records::default()
}
