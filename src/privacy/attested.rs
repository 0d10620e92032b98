//! Attestations of a log whose words were replaced: what was attested as it stood is so still.

use super::redaction::{Edit, edited};
use crate::records::{LogEntry, SessionLog, read};
use crate::text::{Node, Notation, Parsed};

/// A log after words in it were replaced, with the digests that its entries have now. What was changed after it was
/// attested stays so: its digest is left as it is.
pub(super) fn attested_again(before: &str, after: &str, notation: Notation) -> String {
    let (Some(was), Some(is)) =
        (read::<SessionLog>(notation, before).record, read::<SessionLog>(notation, after).record)
    else {
        return after.to_owned();
    };
    let parsed = Parsed::of(notation, after);
    let lists = parsed.root.get("attested").into_iter().flat_map(Node::elements);
    let entries = lists.filter_map(|one| one.get("entries")).flat_map(Node::entries);
    let edits: Vec<Edit> = entries
        .filter_map(|(day, digest)| {
            let written = digest.text()?;
            let is_meant = |entry: &LogEntry<'_>| entry.date().iso() == *day.name && was.is_digest_of(written, *entry);
            let at = was.entries().position(|entry| is_meant(&entry))?;
            Some((digest.span.clone(), is.digest(is.entries().nth(at)?)))
        })
        .collect();
    edited(after, notation, edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_attested_is_attested_still_and_what_was_changed_is_not() {
        let log = |cancelled: &str, digests: &str| {
            format!(
                "kind = \"group\"\ntitle = \"A\"\norganisation = \"B\"\nsetting = \"health\"\naim = \"clinical\"\n\
                 frequency = \"weekly\"\nconductors = []\nsessions = [\n  {{ date = 2025-10-06, cancelled = \"{cancelled}\" }},\n  \
                 {{ date = 2025-10-13, minutes = 90 }},\n]\n[[attested]]\nby = \"tom\"\non = 2025-11-01\nthrough = 2025-10-31\n\
                 entries = {{ {digests} }}\n"
            )
        };
        let digest = |text: &str, at: usize| {
            let log = read::<SessionLog>(Notation::Toml, text).record.unwrap();
            log.digest(log.entries().nth(at).unwrap())
        };
        let bare = log("Tom was ill", "");
        let digests = format!("2025-10-06 = \"{}\", 2025-10-13 = \"0123456789abcdef\"", digest(&bare, 0));
        let again = attested_again(&log("Tom was ill", &digests), &log("[left out]", &digests), Notation::Toml);
        let wanted = log("[left out]", &digests.replace(&digest(&bare, 0), &digest(&log("[left out]", ""), 0)));
        assert_eq!(again, wanted);
        assert_ne!(again, log("[left out]", &digests));
    }
}
