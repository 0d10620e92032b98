//! Days of a log that a sheet no longer has: a row that was moved to another day would count twice.

use super::Fault;
use super::compared::Compared;
use super::said::Said;
use crate::calendar::Day;
use crate::records::{LogEntry, SessionLog};
use crate::text::all_of;

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
    /// What the rows of a sheet do not have of what the log holds. It may be the same sheet once more where the log has
    /// another of its days, and where there is one new row alone. `unclear` are the days of the rows that are not clear: one
    /// whose day cannot be read may be any of those that seem to have gone, and nothing is said then.
    pub fn of(rows: &[(&Said, Compared)], unclear: &[Option<Day>], log: &SessionLog, today: Day) -> Self {
        if unclear.contains(&None) {
            return Self::default();
        }
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
        let was_held =
            |entry: &LogEntry<'_>| entry.cancelled().is_none() && !entry.is_planned() && entry.date() <= today;
        let gone = log.entries().filter(was_held).map(LogEntry::date);
        let gone = gone.filter(|day| !days().any(|known| known == *day) && !unclear.contains(&Some(*day)));
        let gone: Vec<_> = gone.collect();
        // Whether these days were ever in the sheet nobody knows but where most of the log is in it.
        let known = rows.iter().filter(|(_, how)| is_known(how)).count();
        let is_again = known > 0 && gone.iter().filter(|day| (first..=last).contains(*day)).count() <= known;
        let is_gone = if is_again { "is no longer in the sheet" } else { "is not in the sheet" };
        let mut found = Self::default();
        let mut never = Vec::new();
        for day in gone {
            let near = new().find(|(_, (said, _))| said.date.days_to(day).abs() <= NEAR);
            match near {
                Some((position, (said, _))) => {
                    let what = format!(
                        "{day} {is_gone}, and the log has a session on it: if it was moved to {}, take it out of the log; if \
                         both were held, answer held",
                        said.date
                    );
                    found.doubts.push((position, Fault { at: said.at, what }));
                }
                None if !(first..=last).contains(&day) => {}
                None if is_again => found.remarks.push(format!("{day} {is_gone}.")),
                None => never.push(day),
            }
        }
        if !never.is_empty() {
            found.remarks.push(format!("The log has entries that are not in the sheet: {}.", all_of(&never)));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::read;
    use crate::text::{Notation, Text};

    fn day(of_october: i64) -> Day {
        Day::new(2025, 9, 30).unwrap().plus_days(of_october)
    }

    fn log(entries: &[(i64, &str)]) -> SessionLog {
        let head = "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
                    frequency = \"weekly\"\nconductors = []\n";
        let entry = |(of_october, rest): &(i64, &str)| format!("{{ date = {}, {rest} }}", day(*of_october).iso());
        let entries: Vec<_> = entries.iter().map(entry).collect();
        let text = format!("{head}sessions = [{}]\n", entries.join(", "));
        read::<SessionLog>(Notation::Toml, &text).record.unwrap()
    }

    /// What is asked and what is remarked, as rows by their position and days of October; as of the 20th.
    fn found(rows: &[(i64, Compared, &str)], entries: &[(i64, &str)]) -> (Vec<usize>, Vec<String>) {
        beside(rows, &[], entries)
    }

    /// The same beside rows that are not clear, with their days.
    fn beside(
        rows: &[(i64, Compared, &str)],
        unclear: &[Option<Day>],
        entries: &[(i64, &str)],
    ) -> (Vec<usize>, Vec<String>) {
        let said: Vec<_> = rows
            .iter()
            .map(|(of_october, _, what)| Said {
                cancelled: (*what == "cancelled").then(|| Some(Text::new("ill"))),
                planned: *what == "planned",
                ..Said::on(day(*of_october))
            })
            .collect();
        let rows: Vec<_> = said.iter().zip(rows).map(|(said, (_, how, _))| (said, how.clone())).collect();
        let found = NoLonger::of(&rows, unclear, &log(entries), day(20));
        (found.doubts.into_iter().map(|(position, _)| position).collect(), found.remarks)
    }

    #[test]
    fn a_new_row_within_a_week_of_a_day_that_is_gone_is_asked_about() {
        use Compared::{New, There};
        const HELD: &str = "minutes = 90";
        let asked = |rows: &[(i64, Compared, &str)], gone: i64| found(rows, &[(1, HELD), (gone, HELD)]);
        let none = (vec![], vec![]);
        // The sheet has another day of the log.
        for (new, is_near) in [(14, true), (15, false)] {
            let remarks = if is_near { vec![] } else { vec!["8 October 2025 is no longer in the sheet.".to_owned()] };
            let doubts = if is_near { vec![1] } else { vec![] };
            assert_eq!(asked(&[(1, There, ""), (new, New, "")], 8), (doubts, remarks), "{new}");
        }
        // Nothing was moved to a row that was cancelled, or is planned, or was there before.
        for (how, what) in [(New, "cancelled"), (New, "planned"), (There, "")] {
            let remarks = vec!["8 October 2025 is no longer in the sheet.".to_owned()];
            assert_eq!(asked(&[(1, There, ""), (10, how, what)], 8), (vec![], remarks), "{what}");
        }
        // One new row alone may be a day that was moved, several are another sheet.
        assert_eq!(found(&[(14, New, "")], &[(8, HELD)]), (vec![0], vec![]));
        assert_eq!(found(&[(14, New, ""), (15, New, "")], &[(8, HELD)]), none);
        assert_eq!(found(&[(14, New, "cancelled")], &[(8, HELD)]), none);
        assert_eq!(found(&[(2, New, "")], &[(8, HELD)]), (vec![0], vec![]));
        // Days beyond the sheet are no business of it.
        for gone in [1, 15] {
            assert_eq!(found(&[(8, There, "")], &[(8, HELD), (gone, HELD)]), none, "{gone}");
            assert_eq!(found(&[(8, New, "")], &[(gone, HELD)]), none, "{gone}");
        }
    }

    #[test]
    fn a_row_that_is_not_clear_is_in_the_sheet() {
        use Compared::{New, There};
        const HELD: &str = "minutes = 90";
        let log = [(1, HELD), (8, HELD), (15, HELD)];
        let rows = [(1, There, ""), (15, There, "")];
        let gone = vec!["8 October 2025 is no longer in the sheet.".to_owned()];
        assert_eq!(beside(&rows, &[], &log).1, gone);
        assert_eq!(beside(&rows, &[Some(day(9))], &log).1, gone);
        assert_eq!(beside(&rows, &[Some(day(8))], &log).1, [""; 0]);
        assert_eq!(beside(&rows, &[Some(day(9)), None], &log).1, [""; 0], "it may be this day");
        // Nor is it asked about.
        let moved = [(1, There, ""), (15, There, ""), (10, New, "")];
        assert_eq!(beside(&moved, &[Some(day(9))], &log).0, [2]);
        assert_eq!(beside(&moved, &[Some(day(8))], &log).0, [0; 0]);
    }

    #[test]
    fn days_that_may_never_have_been_in_the_sheet_are_not_said_to_have_gone() {
        use Compared::{New, There};
        const HELD: &str = "minutes = 90";
        let rows = [(1, There, ""), (19, New, "")];
        let never = "The log has entries that are not in the sheet: 3 October 2025 and 5 October 2025.".to_owned();
        assert_eq!(found(&rows, &[(1, HELD), (3, HELD), (5, HELD)]).1, [never]);
        let gone = "3 October 2025 is no longer in the sheet.".to_owned();
        assert_eq!(found(&rows, &[(1, HELD), (3, HELD)]).1, [gone]);
    }

    #[test]
    fn only_what_was_held_can_be_gone() {
        use Compared::There;
        let remarks = |entry: (i64, &str)| {
            found(
                &[(1, There, ""), (30, There, "")],
                &[(1, "minutes = 90"), entry, (30, "minutes = 90, planned = true")],
            )
            .1
        };
        assert_eq!(remarks((20, "minutes = 90")), ["20 October 2025 is no longer in the sheet."]);
        for entry in [(21, "minutes = 90"), (8, "minutes = 90, planned = true"), (8, "cancelled = \"ill\"")] {
            assert_eq!(remarks(entry), [""; 0], "{entry:?}");
        }
    }
}
