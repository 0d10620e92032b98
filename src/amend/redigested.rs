//! Digests of entries that say the same as before with another id in them.

use super::splice::{self, Splice};
use crate::records::{SessionLog, read};
use crate::text::{Node, Notation, Parsed};

/// The text of a log in which an id became another, with the digests that fitted entries as they were fitting them again.
/// Whoever confirmed an entry has confirmed it of the same people; what fitted nothing stays as it is.
pub(super) fn redigested(notation: Notation, was: &str, text: String) -> String {
    let read = |text: &str| read::<SessionLog>(notation, text).record;
    let (Some(old), Some(new)) = (read(was), read(&text)) else { return text };
    let parsed = Parsed::of(notation, &text);
    let mut splices = Vec::new();
    for (at, attested) in old.attested().iter().enumerate() {
        for (day, digest) in &attested.entries {
            let is_it =
                |entry: &crate::records::LogEntry<'_>| entry.date() == *day && old.is_digest_of(digest.raw(), *entry);
            let fitted = old.entries().position(|entry| is_it(&entry));
            let entry = fitted.and_then(|position| new.entries().nth(position));
            let stands = written(&parsed.root, at, &day.iso());
            if let (Some(entry), Some(node)) = (entry, stands)
                && !new.is_digest_of(digest.raw(), entry)
            {
                splices.push((node.span.clone(), format!("\"{}\"", new.digest(entry))));
            }
        }
    }
    splices.sort_by_key(|(span, _)| span.start);
    let splices: Vec<_> = splices.into_iter().map(|(span, digest)| Splice::instead(span, digest)).collect();
    splice::apply(&text, &splices).text
}

/// The digest of a day in an attestation.
fn written<'n, 't>(root: &'n Node<'t>, at: usize, day: &str) -> Option<&'n Node<'t>> {
    root.get("attested")?.elements().get(at)?.get("entries")?.get(day)
}
