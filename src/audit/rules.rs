//! Changes to what a folder is judged and audited by.

use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::diff::{Change, What, in_words};
use crate::history::Written;
use crate::records::RecordKind;

/// The keys of the folder's own record that say how others are judged, shown or audited.
const RULES: [&str; 4] = ["audit", "levels", "scheme", "variation"];

/// Finds the changes to a folder's own rules, after it had some.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    for (at, _, record) in past.records() {
        if record.kind != Some(RecordKind::Gwp) || record.change == Change::Added {
            continue;
        }
        let is_rule = |written: &&Written| {
            let first = written.detail.at.split(['.', '[']).next().unwrap_or_default();
            matches!(written.detail.what, What::Entry(_) | What::Key) && RULES.contains(&first)
        };
        let rules: Vec<&Written> = record.entries.iter().filter(is_rule).collect();
        let mut what: Vec<String> = rules.iter().take(TOLD).map(|written| in_words(&written.detail)).collect();
        if rules.len() > TOLD {
            what.push(format!("and {} more", rules.len() - TOLD));
        }
        if !what.is_empty() {
            found.push(past.of_record(IrregularityName::RulesChanged, at, record, what.join("; ")));
        }
    }
}
