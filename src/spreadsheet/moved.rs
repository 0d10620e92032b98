//! Days of a log that a sheet no longer has: a row that was moved to another day would count twice.

use super::Fault;
use super::compared::Compared;
use super::said::Said;
use crate::calendar::Day;
use crate::records::{LogEntry, SessionLog};

/// A session is moved by less than a week.
const NEAR: i64 = 6;

/// What a sheet no longer has.
#[derive(Clone, Debug, Default)]
pub struct NoLonger {
    /// For each row, by its position, what there is to ask: near it a day has gone from the sheet.
    pub doubts: Vec<(usize, Fault)>,
    /// The other days that have gone, as sentences.
    pub remarks: Vec<String>,
}

impl NoLonger {
    /// What the rows of a sheet no longer have of what the log holds. It is the same sheet once more where the log has
    /// another of its days, and where there is one new row alone.
    pub fn of(rows: &[(&Said, Compared)], log: &SessionLog, today: Day) -> Self {
        let is_known = |compared: &Compared| *compared != Compared::New;
        let new = || {
            rows.iter()
                .enumerate()
                .filter(|(_, (said, how))| !is_known(how) && said.cancelled.is_none() && !said.planned)
        };
        if !rows.iter().any(|(_, how)| is_known(how)) && new().count() != 1 {
            return Self::default();
        }
        let days = || rows.iter().map(|(said, _)| said.date);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Self::default() };
        let span = first.plus_days(-NEAR)..=last.plus_days(NEAR);
        let was_held =
            |entry: &LogEntry<'_>| entry.cancelled().is_none() && !entry.is_planned() && entry.date() <= today;
        let gone = log.entries().filter(was_held).map(LogEntry::date);
        let gone = gone.filter(|day| span.contains(day) && !days().any(|known| known == *day));
        let mut found = Self::default();
        for day in gone {
            let near = new().find(|(_, (said, _))| said.date.days_to(day).abs() <= NEAR);
            match near {
                Some((position, (said, _))) => {
                    let what = format!(
                        "{day} is no longer in the sheet, and the log has a session on it: if it was moved to {}, take it out \
                         of the log; if both were held, answer held",
                        said.date
                    );
                    found.doubts.push((position, Fault { at: said.at, what }));
                }
                None if (first..=last).contains(&day) => {
                    found.remarks.push(format!("{day} is no longer in the sheet."));
                }
                None => {}
            }
        }
        found
    }
}
