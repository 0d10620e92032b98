//! What is wrong across records: references that lead nowhere, and what cannot be as it is written.

use super::{Index, Records};
use crate::text::Source;

pub(super) fn check(_records: &mut Records, _index: &Index, _sources: &[Source], _holds: &dyn Fn(&str) -> bool) {}
