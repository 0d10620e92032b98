//! Words that sentences about requirements are made with.

use crate::calendar::Day;
use crate::facts::Facts;
use crate::text::{Text, all_of};

/// Words in a list, each once: `a, b and c`.
pub(super) fn listed(words: impl Iterator<Item = String>) -> String {
    let mut distinct: Vec<String> = Vec::new();
    for word in words {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    all_of(distinct)
}

/// So many days without the breaks, and where they are more than are allowed how many those are.
pub(super) fn days_of(days: i64, allowed: i64) -> String {
    let most = if days > allowed { format!("; {allowed} are allowed") } else { String::new() };
    format!("{days} days, not counting breaks{most}")
}

/// What was cancelled in a gap, each with its reason where one is given, at the end of what is said of the gap; empty where
/// nothing was.
pub(super) fn cancelled<'a>(what: &str, entries: impl Iterator<Item = (Day, &'a Text)>) -> String {
    let mut by_reason: Vec<(&Text, Vec<Day>)> = Vec::new();
    for (day, why) in entries {
        match by_reason.iter_mut().find(|(known, _)| *known == why) {
            Some((_, days)) => days.push(day),
            None => by_reason.push((why, vec![day])),
        }
    }
    let said: Vec<_> = by_reason
        .iter()
        .map(|(why, days)| {
            let why = if why.is_blank() { String::new() } else { format!(" ({why})") };
            format!("{}{why}", in_words(days, DAYS))
        })
        .collect();
    if said.is_empty() { String::new() } else { format!("; {what} cancelled on {}", all_of(said)) }
}

/// When the student was not there, as the end of a sentence; empty where there is no such day.
pub(super) fn absent(from: &str, days: &[Day]) -> String {
    if days.is_empty() { String::new() } else { format!("; absent from {from} on {}", in_words(days, DAYS)) }
}

/// Up to when sessions and meetings are judged, where that is not the day of judgement.
pub(super) fn until_complete(facts: &Facts<'_>) -> String {
    let until = |day| format!(", up to {day}, when the sessions were complete");
    facts.complete_on().map(until).unwrap_or_default()
}

/// What is said alike of one day or of several: the words before the days and after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfDays {
    one: [String; 2],
    several: [String; 2],
}

impl OfDays {
    /// Words that stay the same for several days.
    pub fn alike(before: impl Into<String>, after: impl Into<String>) -> Self {
        let words = [before.into(), after.into()];
        Self { several: words.clone(), one: words }
    }

    /// The words for one day, and those for several.
    pub fn new(one: [&str; 2], several: [&str; 2]) -> Self {
        Self { one: one.map(str::to_owned), several: several.map(str::to_owned) }
    }

    /// The same words, with more at the end.
    pub fn and(mut self, more: &str) -> Self {
        self.one[1] += more;
        self.several[1] += more;
        self
    }

    /// What is said of some days; of many the first are named.
    pub fn of(&self, days: &[Day]) -> String {
        let [before, after] = if days.len() == 1 { &self.one } else { &self.several };
        format!("{before}{}{after}", in_words(days, DAYS))
    }

    /// What is said of some days, each of which is named.
    pub fn of_all(&self, days: &[Day]) -> String {
        let [before, after] = if days.len() == 1 { &self.one } else { &self.several };
        format!("{before}{}{after}", in_words(days, usize::MAX))
    }
}

/// Days in a list: `6, 13 and 20 January 2026`, and of many `6, 13 and 20 January 2026 and 4 more`.
fn in_words(days: &[Day], most: usize) -> String {
    let named = &days[..days.len().min(most)];
    let of_a_month = named.chunk_by(|one, next| (one.year(), one.month()) == (next.year(), next.month()));
    let months = of_a_month.map(|days| match days {
        [before @ .., last] => {
            let numbers = before.iter().map(|day| day.day_of_month().to_string());
            all_of(numbers.chain([last.to_string()]))
        }
        [] => String::new(),
    });
    let more = (days.len() > most).then(|| format!("{} more", days.len() - most));
    all_of(months.chain(more))
}

/// The most days that one list names.
const DAYS: usize = 3;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days are there")]
mod tests {
    use super::*;

    fn days(isos: &[&str]) -> Vec<Day> {
        isos.iter().map(|iso| Day::parse(iso).unwrap()).collect()
    }

    #[test]
    fn days_of_a_month_are_told_together() {
        let told = |isos: &[&str]| in_words(&days(isos), DAYS);
        assert_eq!(told(&["2026-01-06"]), "6 January 2026");
        assert_eq!(told(&["2026-01-06", "2026-01-13", "2026-01-20"]), "6, 13 and 20 January 2026");
        assert_eq!(told(&["2026-01-27", "2026-02-03"]), "27 January 2026 and 3 February 2026");
        assert_eq!(told(&["2026-01-20", "2027-01-20"]), "20 January 2026 and 20 January 2027");
        assert_eq!(
            told(&["2026-01-20", "2026-01-27", "2026-02-03", "2026-02-10", "2026-02-17"]),
            "20 and 27 January 2026, 3 February 2026 and 2 more"
        );
    }

    #[test]
    fn all_days_are_named_where_there_is_room() {
        let words = OfDays::new(["the session of ", ""], ["the sessions of ", ""]);
        let four = days(&["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27"]);
        assert_eq!(words.of(&four), "the sessions of 6, 13 and 20 January 2026 and 1 more");
        assert_eq!(words.of_all(&four), "the sessions of 6, 13, 20 and 27 January 2026");
        assert_eq!(words.of_all(&four[..1]), "the session of 6 January 2026");
    }

    #[test]
    fn the_days_of_a_gap_are_told_with_the_most_that_are_allowed() {
        assert_eq!(days_of(22, 21), "22 days, not counting breaks; 21 are allowed");
        assert_eq!(days_of(21, 21), "21 days, not counting breaks");
    }

    #[test]
    fn what_was_cancelled_is_told_by_reason() {
        let (ill, bank) = (Text::new("supervisor ill"), Text::new("bank holiday"));
        let days = days(&["2026-01-22", "2026-01-26", "2026-02-05"]);
        let entries = days.iter().copied().zip([&ill, &bank, &ill]);
        let told = "; supervision cancelled on 22 January 2026 and 5 February 2026 (supervisor ill) and 26 January 2026 \
                    (bank holiday)";
        assert_eq!(cancelled("supervision", entries), told);
        assert_eq!(cancelled("supervision", std::iter::empty()), "");
        assert_eq!(
            absent("supervision", &days),
            "; absent from supervision on 22 and 26 January 2026 and 5 February 2026"
        );
        assert_eq!(absent("supervision", &[]), "");
    }

    #[test]
    fn one_day_and_several_have_words_of_their_own() {
        let words = OfDays::new(["the session of ", " was short"], ["the sessions of ", " were short"]);
        assert_eq!(words.of(&days(&["2026-01-06"])), "the session of 6 January 2026 was short");
        let accepted = words.and("; accepted");
        let told = accepted.of(&days(&["2026-01-06", "2026-01-13"]));
        assert_eq!(told, "the sessions of 6 and 13 January 2026 were short; accepted");
    }
}
