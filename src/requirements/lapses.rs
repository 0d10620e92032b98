//! Gaps in a series of dates: too long between one and the next.

use crate::calendar::{Breaks, Day};

/// The days between two neighbouring points of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The earlier point.
    pub from: Day,
    /// The later point.
    pub to: Day,
    /// The days between them, less those in breaks.
    pub days: i64,
    /// Whether it ends the series.
    pub is_last: bool,
}

/// The stretches from `first` over the distinct dates strictly between to `end`, given dates in order. None where
/// `end` is before `first`; one without a day in it where they are the same.
pub(super) fn stretches(first: Day, dates: &[Day], end: Day, breaks: &Breaks) -> Vec<Stretch> {
    if end < first {
        return Vec::new();
    }
    let mut points = vec![first];
    points.extend(dates.iter().copied().filter(|&date| first < date && date < end));
    points.push(end);
    points.dedup();
    let last = points.len().saturating_sub(2);
    points
        .windows(2)
        .enumerate()
        .map(|(position, pair)| Stretch {
            from: pair[0],
            to: pair[1],
            days: breaks.days_between(pair[0], pair[1]),
            is_last: position == last,
        })
        .collect()
}
