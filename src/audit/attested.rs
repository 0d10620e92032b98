//! Attestations that did not stay as somebody made them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past, listed};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange};
use crate::history::WrittenRecord;
use crate::records::RecordKind;
use crate::text::visible;

/// Finds the attestations that were taken out of a log, and those that say something else of a day than when they were
/// made. What an attestation says of further days is its maker's.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    for (at, _, record) in past.records().filter(|(_, _, record)| record.kind == Some(RecordKind::Session)) {
        // Another id of somebody is another digest of what names them.
        let is_somebody_renamed = past.written[at].iter().any(|other| other.was.is_some());
        let altered: Vec<String> = attestations(record).filter_map(|one| altered(one, is_somebody_renamed)).collect();
        if !altered.is_empty() {
            found.push(past.of_record(IrregularityName::AttestationBroken, at, record, altered.join("; ")));
        }
    }
}

/// The differences in a log that are about attestations.
fn attestations(record: &WrittenRecord) -> impl Iterator<Item = &FieldChange> {
    record.entries.iter().map(|written| &written.detail).filter(|detail| is_attestation(detail))
}

/// Whether it is about an attestation.
pub(super) fn is_attestation(detail: &FieldChange) -> bool {
    detail.what == ChangeKind::Entry("attestation")
}

fn altered(detail: &FieldChange, is_somebody_renamed: bool) -> Option<String> {
    let from = detail.from.as_ref()?;
    let word = |key: &str| from.get(key).and_then(Value::as_str).unwrap_or_default();
    let on = Day::parse(word("on")).map_or_else(String::new, |on| format!(" on {on}"));
    let who = format!("what {} confirmed{on}", visible(word("by")));
    let Some(to) = &detail.to else { return Some(format!("{who} was taken out")) };
    if is_somebody_renamed {
        return None;
    }
    let digest = |attestation: &Value, day: &str| attestation.get("entries")?.get(day).cloned();
    let entries = from.get("entries").and_then(Value::as_object).into_iter().flatten();
    let days: BTreeSet<Day> = entries
        .filter(|(day, was)| digest(to, day).as_ref() != Some(*was))
        .filter_map(|(day, _)| Day::parse(day))
        .collect();
    (!days.is_empty()).then(|| format!("{who} says something else now of {}", listed(&days)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::{value, written};

    #[test]
    fn an_attestation_stays_as_it_was_made() {
        let made = "by = 'k'\non = 2026-03-01\nentries = { 2025-10-07 = 'a', 2025-10-14 = 'b' }";
        let what = "what k confirmed on 1 March 2026";
        let change = |from: Option<&str>, to: Option<&str>| FieldChange {
            what: ChangeKind::Entry("attestation"),
            at: "attestation[0]".to_owned(),
            from: from.map(value),
            to: to.map(value),
        };
        for (to, said) in [
            (None, Some(format!("{what} was taken out"))),
            (Some(made.to_owned()), None),
            (Some(made.replace("'b'", "'b', 2025-10-21 = 'c'")), None),
            (Some(made.replace("'b'", "'c'")), Some(format!("{what} says something else now of 14 October 2025"))),
            (
                Some(made.replace(", 2025-10-14 = 'b'", "")),
                Some(format!("{what} says something else now of 14 October 2025")),
            ),
        ] {
            let change = change(Some(made), to.as_deref());
            assert_eq!(altered(&change, false), said);
            assert_eq!(altered(&change, true), said.filter(|_| to.is_none()));
        }
        assert_eq!(altered(&change(None, Some(made)), false), None);
        let record = written(RecordKind::Session, "title = 'a'", "title = 'b'\nsessions = [{ date = 2025-10-07 }]");
        assert_eq!(attestations(&record).count(), 0);
    }
}
