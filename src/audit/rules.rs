//! Changes to what a folder is judged and audited by.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::calendar::Day;
use crate::diff::{Change, What, in_words};
use crate::history::Written;
use crate::records::RecordKind;

/// The keys of the folder's own record that say how others are judged, shown or audited.
const RULES: [&str; 4] = ["audit", "levels", "scheme", "variation"];

/// The keys of a course by whose dates its students are judged.
const DATES: [&str; 4] = ["ends", "report_deadlines", "starts", "terms"];

/// Finds the changes to a folder's own rules, after it had some, and to the dates of a course that had passed.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let keys: &[&str] = match record.kind {
            Some(RecordKind::Gwp) => &RULES,
            Some(RecordKind::Course) => &DATES,
            _ => continue,
        };
        if record.change == Change::Added {
            continue;
        }
        let is_rule = |written: &&Written| {
            let first = written.detail.at.split(['.', '[']).next().unwrap_or_default();
            matches!(written.detail.what, What::Entry(_) | What::Key) && keys.contains(&first)
        };
        let mut rules: Vec<&Written> = record.entries.iter().filter(is_rule).collect();
        if record.kind == Some(RecordKind::Course) {
            let was = days(rules.iter().filter_map(|written| written.detail.from.as_ref()));
            let is = days(rules.iter().filter_map(|written| written.detail.to.as_ref()));
            let has_passed = |day: &&Day| revision.day().is_some_and(|made| **day < made);
            let changed: BTreeSet<Day> = was.symmetric_difference(&is).filter(has_passed).copied().collect();
            rules.retain(|one| !days(one.detail.from.iter().chain(&one.detail.to)).is_disjoint(&changed));
        }
        let mut what: Vec<String> = rules.iter().take(TOLD).map(|written| in_words(&written.detail)).collect();
        if rules.len() > TOLD {
            what.push(format!("and {} more", rules.len() - TOLD));
        }
        if !what.is_empty() {
            found.push(past.of_record(IrregularityName::RulesChanged, at, record, what.join("; ")));
        }
    }
}

/// The days that values name, in whatever place.
fn days<'v>(values: impl Iterator<Item = &'v Value>) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    for value in values {
        collect(value, &mut days);
    }
    days
}

fn collect(value: &Value, days: &mut BTreeSet<Day>) {
    match value {
        Value::String(text) => days.extend(Day::parse(text)),
        Value::Array(list) => list.iter().for_each(|one| collect(one, days)),
        Value::Object(table) => table.values().for_each(|one| collect(one, days)),
        _ => {}
    }
}
