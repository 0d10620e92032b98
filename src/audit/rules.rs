//! Changes to what a folder is judged and audited by.

use std::collections::BTreeSet;

use serde_json::Value;

use super::people::plain;
use super::{Irregularity, IrregularityName, LATE_DAYS, Past, TOLD};
use crate::calendar::Day;
use crate::diff::{Change, ChangeKind, Extent, FieldChange, in_words};
use crate::history::Written;
use crate::records::RecordKind;
use crate::text::{Text, few};

/// The keys of the folder's own record that say how others are judged, shown or audited.
const RULES: [&str; 4] = [AUDIT, "levels", "scheme", "variation"];

const AUDIT: &str = "audit";

/// The keys of `[audit]` by which less is asked about, which are told first.
const RELAXING: [&str; 4] = ["audit.late_days", "audit.attested", "audit.signed", "audit.students"];

/// The keys of a course by which its students are judged: dates, and the edition.
const OF_COURSE: [&str; 5] = ["ends", "report_deadlines", EDITION, "starts", "terms"];
const EDITION: &str = "scheme";

/// Finds the changes to a folder's own rules, after it had some, to the edition of a course, and
/// to its dates that had passed.
pub(super) fn find(past: &Past<'_>, late_days: i64, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let keys: &[&str] = match record.kind {
            Some(RecordKind::Gwp) => &RULES,
            Some(RecordKind::Course) => &OF_COURSE,
            _ => continue,
        };
        if record.change == Change::Added {
            continue;
        }
        let is_rule = |written: &&Written| {
            matches!(written.detail.what, ChangeKind::Entry(_) | ChangeKind::Key)
                && keys.contains(&written.detail.first_key())
        };
        let mut rules: Vec<&Written> = record.entries.iter().filter(is_rule).collect();
        if record.kind == Some(RecordKind::Gwp) {
            rules.retain(|written| {
                !only_names(past, &written.detail) && !is_in_time(&written.detail, revision.day(), late_days)
            });
        }
        if record.kind == Some(RecordKind::Course) {
            let was = days(rules.iter().filter_map(|written| written.detail.from.as_ref()));
            let is = days(rules.iter().filter_map(|written| written.detail.to.as_ref()));
            let has_passed = |day: &&Day| revision.day().is_some_and(|made| **day < made);
            let changed: BTreeSet<Day> = was.symmetric_difference(&is).filter(has_passed).copied().collect();
            rules.retain(|one| {
                one.detail.at == EDITION || !days(one.detail.from.iter().chain(&one.detail.to)).is_disjoint(&changed)
            });
        }
        if !rules.is_empty() {
            let (of_audit, others): (Vec<&Written>, Vec<&Written>) =
                rules.iter().partition(|written| written.detail.first_key() == AUDIT);
            let mut told: Vec<FieldChange> = of_audit.iter().flat_map(|written| by_key(&written.detail)).collect();
            told.sort_by_key(|detail| RELAXING.iter().position(|key| detail.at == *key).unwrap_or(RELAXING.len()));
            // By what nobody is asked any more, all of it is told.
            let told = told.iter().map(|detail| Extent::Whole.in_words(detail)).collect::<Vec<_>>();
            let others = few(others.iter().map(|written| in_words(&written.detail)), TOLD, "; ");
            let what = told.into_iter().chain(Some(others).filter(|words| !words.is_empty())).collect::<Vec<_>>();
            let what = what.join("; ");
            let rules = rules.iter().map(|written| &written.detail);
            found.push(past.of_record(IrregularityName::RulesChanged, at, record, what).with_changes(rules));
        }
    }
}

/// A difference in a table as a whole, by its keys.
fn by_key(detail: &FieldChange) -> Vec<FieldChange> {
    let of_key = |(key, value): (&String, &Value)| FieldChange {
        at: format!("{}.{key}", detail.at),
        from: detail.from.as_ref().map(|_| value.clone()),
        to: detail.to.as_ref().map(|_| value.clone()),
        ..detail.clone()
    };
    match (&detail.from, &detail.to) {
        (None, Some(Value::Object(table))) | (Some(Value::Object(table)), None) => table.iter().map(of_key).collect(),
        _ => vec![detail.clone()],
    }
}

/// Whether a first `[audit]` says who commits from which address and relaxes nothing: no more days than there are
/// without it, and no address of a student among those of the others, with which the student's own words would pass
/// for theirs.
fn only_names(past: &Past<'_>, detail: &FieldChange) -> bool {
    let (ChangeKind::Key, "audit", None, Some(Value::Object(audit))) =
        (detail.what, detail.at.as_str(), &detail.from, &detail.to)
    else {
        return false;
    };
    let of_students: BTreeSet<String> = {
        let students = past.concerns.students();
        students.into_iter().flat_map(|id| past.concerns.addresses_of(id)).map(plain).collect()
    };
    let are_others = |list: &Value| {
        list.as_array().is_some_and(|list| {
            list.iter().all(|one| one.as_str().is_some_and(|one| !of_students.contains(&plain(&Text::new(one)))))
        })
    };
    audit.iter().all(|(key, value)| match key.as_str() {
        "late_days" => value.as_u64().is_some_and(|days| days <= u64::from(LATE_DAYS)),
        "signed" => value.is_boolean(),
        "convenors" | "administrators" | "supervisors" => are_others(value),
        "students" => true,
        _ => false,
    })
}

/// Whether a new variation was recorded soon after it was agreed: every table that goes by it names it.
fn is_in_time(detail: &FieldChange, recorded: Option<Day>, late_days: i64) -> bool {
    let agreed = || Day::parse(detail.to.as_ref()?.get("agreed")?.as_str()?);
    let days = || Some(agreed()?.days_to(recorded?));
    detail.what == ChangeKind::Entry("variation")
        && detail.from.is_none()
        && days().is_some_and(|days| (0..=late_days).contains(&days))
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::value;

    #[test]
    fn a_variation_is_recorded_soon_after_it_was_agreed() {
        let agreed = Day::new(2026, 2, 1).unwrap();
        let new = FieldChange {
            what: ChangeKind::Entry("variation"),
            at: "variation[0]".to_owned(),
            from: None,
            to: Some(value("agreed = 2026-02-01")),
        };
        for (days, is) in [(-1, false), (0, true), (28, true), (29, false)] {
            assert_eq!(is_in_time(&new, Some(agreed.plus_days(days)), 28), is, "{days}");
        }
        for other in [
            FieldChange { what: ChangeKind::Key, ..new.clone() },
            FieldChange { from: new.to.clone(), ..new.clone() },
            FieldChange { to: Some(value("")), ..new.clone() },
        ] {
            assert!(!is_in_time(&other, Some(agreed), 28), "{other:?}");
        }
        assert!(!is_in_time(&new, None, 28));
    }

    #[test]
    fn days_are_found_in_whatever_place() {
        let found = days([value("a = 2026-02-01\nb = [2026-02-02, { c = 2026-02-03 }]\nd = 'x'")].iter());
        assert_eq!(found.into_iter().map(Day::iso).collect::<Vec<_>>(), ["2026-02-01", "2026-02-02", "2026-02-03"]);
    }
}
