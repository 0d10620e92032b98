//! Entries that stand twice: on one day of one log, or in two logs of one supervision.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::{Entry, Records};
use crate::calendar::Day;
use crate::problems::{Problem, ProblemName};
use crate::records::{LogEntry, SessionLog, SupervisionLog};
use crate::text::{FileId, Locator, Path, Source, Spot, Text, copied_from, is_other_with_more};

/// How many logs of one supervisor and one student a further one is compared with. A folder with more of them would
/// otherwise have more pairs than anybody reads.
const MOST_COMPARED: usize = 20;

/// Every entry after the first on a day of a log, and every two logs of one supervision with a day in common.
pub(super) fn problems(records: &Records, sources: &[Source]) -> Vec<Problem> {
    let mut check = Check { sources, locator: None, found: Vec::new() };
    let logs: Vec<_> = records.logs.iter().filter_map(|entry| Some((entry, entry.record.as_deref()?))).collect();
    for (entry, log) in &logs {
        check.within(entry.file, log);
    }
    check.between(&logs);
    check.found
}

struct Check<'a> {
    sources: &'a [Source],
    /// Made where the first line is asked for, which is rare.
    locator: Option<Locator<'a>>,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn within(&mut self, file: FileId, log: &SessionLog) {
        let entries: Vec<_> = log.entries().collect();
        // Most logs are in order, and nothing is twice.
        if entries.windows(2).all(|pair| pair[0].date() < pair[1].date()) {
            return;
        }
        // The first entry of a day that was held, and the first that was cancelled.
        let mut of_day: HashMap<Day, [Option<usize>; 2]> = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            let first = of_day.entry(entry.date()).or_default();
            let (own, other) = if entry.cancelled().is_some() { (1, 0) } else { (0, 1) };
            match (first[other], first[own]) {
                (Some(contrary), _) => self.on_one_day(file, entry.date(), contrary, position, true),
                (None, Some(same)) => self.on_one_day(file, entry.date(), same, position, false),
                (None, None) => {}
            }
            first[own].get_or_insert(position);
        }
    }

    fn on_one_day(&mut self, file: FileId, day: Day, other: usize, position: usize, is_contrary: bool) {
        let sources = self.sources;
        let locator = self.locator.get_or_insert_with(|| Locator::new(sources));
        let mut line = |position| locator.line_and_column(file, &Spot::Value(date_at(position))).0;
        let (first, second) = (line(other), line(position));
        let both = if first == second {
            format!("line {first} has two entries for {day}")
        } else {
            format!("lines {first} and {second} both have an entry for {day}")
        };
        let (message, help) = if is_contrary {
            let message = format!("{both}, one of them cancelled: neither counts until one is taken out");
            (message, "find out which of them is right, and take the other one out")
        } else {
            (both, "correct the date, or take out the entry that was written twice")
        };
        let at = Spot::Value(date_at(position));
        self.found.push(Problem::new(ProblemName::DuplicateSession, file, at, message).with_help(help));
    }

    fn between(&mut self, logs: &[(&Entry<SessionLog>, &SessionLog)]) {
        let mut of_both: HashMap<(&Text, &Text), Vec<usize>> = HashMap::new();
        let mut days: HashMap<usize, Vec<Day>> = HashMap::new();
        for (at, (entry, log)) in logs.iter().enumerate() {
            let Some(log) = log.supervision() else { continue };
            let mut others = BTreeSet::new();
            for supervisee in log.supervisees.iter().collect::<BTreeSet<_>>() {
                let known = of_both.entry((&log.supervisor, supervisee)).or_default();
                others.extend(known.iter().take(MOST_COMPARED).copied());
                known.push(at);
            }
            for other in others {
                let mut of = |at: usize| days.entry(at).or_insert_with(|| days_of(logs[at].1)).clone();
                let common = common(&of(other), &of(at));
                if let Some(first) = common.first() {
                    self.in_two_logs(logs[other].0, entry, log, *first, common.len());
                }
            }
        }
    }

    fn in_two_logs(
        &mut self,
        one: &Entry<SessionLog>,
        other: &Entry<SessionLog>,
        log: &SupervisionLog,
        first: Day,
        count: usize,
    ) {
        let path = |entry: &Entry<SessionLog>| {
            self.sources.get(entry.file.0 as usize).map(|source| source.path.to_string()).unwrap_or_default()
        };
        let both = format!("this log and {}, of the same supervisor and supervisee,", path(one));
        let message = match count {
            1 => format!("{both} both have an entry for {first}"),
            _ => format!("{both} have {count} days in common, the first on {first}"),
        };
        let help = match copy_among(one, other) {
            Some(copy) => {
                format!("{} looks like a copy: compare the two, and delete the one that is not needed", path(copy))
            }
            None => "compare the two, and keep each meeting in one of them only".to_owned(),
        };
        let position = log.sessions.iter().position(|meeting| meeting.date == first).unwrap_or_default();
        let at = Spot::Value(date_at(position));
        self.found.push(Problem::new(ProblemName::DuplicateSession, other.file, at, message).with_help(help));
    }
}

fn date_at(position: usize) -> Path {
    Path::of("sessions").index(position).key("date")
}

fn days_of(log: &SessionLog) -> Vec<Day> {
    let mut days: Vec<_> = log.entries().map(LogEntry::date).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The days that stand in both of two lists in order.
fn common(one: &[Day], other: &[Day]) -> Vec<Day> {
    let (mut one, mut other) = (one, other);
    let mut common = Vec::new();
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        match first.cmp(second) {
            Ordering::Less => one = rest,
            Ordering::Greater => other = others,
            Ordering::Equal => {
                common.push(*first);
                (one, other) = (rest, others);
            }
        }
    }
    common
}

/// Which of two logs has the name of a copy of the other, or of any copy.
fn copy_among<'e>(one: &'e Entry<SessionLog>, other: &'e Entry<SessionLog>) -> Option<&'e Entry<SessionLog>> {
    let (name, other_name) = (one.id.raw(), other.id.raw());
    let is_copy = |name: &str, original: &str| is_other_with_more(name, original) || copied_from(name).is_some();
    if is_copy(other_name, name) {
        return Some(other);
    }
    is_copy(name, other_name).then_some(one)
}
