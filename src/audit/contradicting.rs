//! Two rulings of one body on one thing on one day that say two things.

use serde_json::Value;

use super::judged::Judge;
use super::{Irregularity, IrregularityName, Past};
use crate::diff::{ChangeKind, FieldChange, in_words};
use crate::records::RecordKind;

/// Finds the rulings beside which another of the same body and day rules otherwise on the same.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, found: &mut Vec<Irregularity>) {
    for (at, _, record) in past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student)) {
        let details = record.entries.iter().map(|written| &written.detail);
        let rulings: Vec<&FieldChange> =
            details.filter(|detail| detail.what == ChangeKind::Entry("ruling") && detail.to.is_some()).collect();
        if rulings.is_empty() {
            continue;
        }
        let now = judge.record(at, &record.file);
        let all = || now.get("ruling").and_then(Value::as_array).into_iter().flatten();
        let is_contradicted = |detail: &&FieldChange| {
            detail.to.as_ref().is_some_and(|ruling| all().any(|other| contradict(ruling, other)))
        };
        // One of the two is named, the later.
        if let Some(ruling) = rulings.into_iter().rfind(is_contradicted) {
            let message = format!("beside another of that day with another outcome: {}", in_words(ruling));
            found.push(past.of_record(IrregularityName::RulingsContradict, at, record, message).with_changes([ruling]));
        }
    }
}

/// Whether two rulings cannot both hold: of one body and day on the same, and of two outcomes.
fn contradict(one: &Value, other: &Value) -> bool {
    let is_same = |key: &str| one.get(key).is_some() && one.get(key) == other.get(key);
    let is_on_same = match [one, other].map(|ruling| ruling.get("of").and_then(Value::as_array)) {
        [Some(of_one), Some(of_other)] => of_one.iter().any(|day| of_other.contains(day)),
        [None, None] => true,
        // One of all dates, and one of some: the rest is left to the other.
        _ => false,
    };
    ["requirement", "body", "date"].into_iter().all(is_same) && is_on_same && one.get("outcome") != other.get("outcome")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tests::value;

    #[test]
    fn two_rulings_of_a_day_on_the_same_contradict() {
        let ruling = |more: &str| value(&format!("body = 'LCC'\ndate = 2026-11-21\nrequirement = 'G4'\n{more}"));
        let accepted = ruling("of = [2025-11-07]\noutcome = 'accepted'");
        for (other, is) in [
            (ruling("of = [2025-11-07, 2025-11-14]\noutcome = 'refused'"), true),
            (ruling("of = [2025-11-14]\noutcome = 'refused'"), false),
            (ruling("outcome = 'refused'"), false),
            (ruling("of = [2025-11-07]\noutcome = 'accepted'"), false),
            (
                value("body = 'SPC'\ndate = 2026-11-21\nrequirement = 'G4'\nof = [2025-11-07]\noutcome = 'refused'"),
                false,
            ),
            (
                value("body = 'LCC'\ndate = 2026-11-22\nrequirement = 'G4'\nof = [2025-11-07]\noutcome = 'refused'"),
                false,
            ),
        ] {
            assert_eq!(contradict(&accepted, &other), is, "{other}");
        }
        assert!(contradict(&ruling("outcome = 'accepted'"), &ruling("outcome = 'refused'")));
    }
}
