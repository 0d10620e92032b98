//! Whose an address is, and records in which nobody but the student wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past};
use crate::case::{id_of, kind_of};
use crate::diff::{Change, ChangeKind};
use crate::history::Revision;
use crate::records::{Audit, RecordKind};
use crate::text::Text;

/// Finds the records that are only the student's own words, where the folder says which addresses are whose.
pub(super) fn find(past: &Past<'_>, rules: &Audit, found: &mut Vec<Irregularity>) {
    if !rules.names_somebody() {
        return;
    }
    let mut written: BTreeMap<&Text, Vec<usize>> = BTreeMap::new();
    for (at, record) in
        past.written.iter().enumerate().flat_map(|(at, records)| records.iter().map(move |one| (at, one)))
    {
        // A record that lies elsewhere is still by those who wrote it.
        let before = record.was.as_ref().and_then(|was| written.remove(was)).unwrap_or_default();
        // Who sets it out otherwise, or moves it, has written nothing in it.
        let says_more = record.change == Change::Added
            || record.entries.iter().any(|written| written.detail.what != ChangeKind::Order);
        match record.change {
            Change::Removed => drop(written.remove(&record.file)),
            _ => written.entry(&record.file).or_default().extend(before.into_iter().chain(says_more.then_some(at))),
        }
    }
    for (path, revisions) in written {
        let about = match kind_of(path.raw()) {
            Some(RecordKind::Student) => BTreeSet::from([id_of(path.raw())]),
            Some(RecordKind::Session) => past.concerns.students_of_log(path),
            _ => continue,
        };
        let addresses: BTreeSet<String> =
            about.iter().flat_map(|id| past.concerns.addresses_of(id)).map(plain).collect();
        let is_student = |email: &Text| {
            let email = plain(email);
            let is_among = |list: &[Text]| list.iter().any(|known| plain(known) == email);
            !rules.others().any(is_among) && (addresses.contains(&email) || is_among(&rules.students))
        };
        // Whoever is named as the author: the one who commits has written that as well.
        let by_student =
            |revision: &Revision| is_student(&revision.author.email) || is_student(&revision.committer.email);
        let authors = || revisions.iter().filter_map(|at| past.revisions.get(*at));
        // What a shallow clone does not hold, somebody else may have written.
        if !about.is_empty()
            && !revisions.is_empty()
            && authors().all(|revision| !revision.is_cut_off && by_student(revision))
        {
            let emails = authors().flat_map(|revision| [&revision.author.email, &revision.committer.email]);
            let who: BTreeSet<String> = emails.filter(|email| is_student(email)).map(ToString::to_string).collect();
            let message = format!("written by {} alone", who.into_iter().collect::<Vec<_>>().join(", "));
            found.push(Irregularity {
                file: Some(path.clone()),
                students: about,
                ..Irregularity::new(IrregularityName::OnlyTheStudent, message, revisions)
            });
        }
    }
}

/// The addresses that these lists of `[audit]` ever had.
pub(super) fn ever_listed(past: &Past<'_>, lists: &[&str]) -> BTreeSet<String> {
    let of_folder = past.records().filter(|(.., record)| record.kind == Some(RecordKind::Gwp));
    let details = of_folder.flat_map(|(.., record)| record.entries.iter().map(|written| &written.detail));
    let mut all = BTreeSet::new();
    for detail in details {
        let of_list = |key: &&str| match detail.at.strip_prefix("audit")? {
            "" => Some(detail.from.iter().chain(&detail.to).filter_map(|audit| audit.get(key)).collect::<Vec<_>>()),
            at => (at.strip_prefix('.') == Some(key)).then(|| detail.from.iter().chain(&detail.to).collect()),
        };
        let words = lists.iter().filter_map(of_list).flatten().filter_map(Value::as_array).flatten();
        all.extend(words.filter_map(Value::as_str).map(|word| plain(&Text::new(word))));
    }
    all
}

/// An address as it is compared.
pub(super) fn plain(address: &Text) -> String {
    address.raw().trim().to_lowercase()
}
