//! Files whose names say that they are nearly records: copies that programs leave, and records under another ending.

use super::Notation;

/// What a file is that is nearly a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearRecord<'n> {
    /// A file that iCloud leaves in place of one that it keeps elsewhere; with the name of that one.
    Placeholder(&'n str),
    /// A record whose name goes on after its ending; with the name that it would have.
    OtherEnding(&'n str),
    /// What a program that keeps folders in step has left beside a record; with the name of that one, as far as it can
    /// be told.
    Copy(&'n str),
}

/// Endings that editors add, and that browsers give a file which has not arrived in full.
const ENDINGS: [&str; 11] =
    ["txt", "text", "rtf", "doc", "docx", "odt", "pages", "part", "partial", "download", "crdownload"];

impl<'n> NearRecord<'n> {
    /// What a file's name says that it is; none of a record, and of a file that has nothing to do with one. Of hidden
    /// files only placeholders are looked at.
    pub fn of(name: &'n str) -> Option<Self> {
        if Notation::of(name).is_some() {
            return None;
        }
        let lower = name.to_ascii_lowercase();
        let is_hidden = name.starts_with('.');
        let end_of_record =
            [".toml", ".yaml", ".yml"].into_iter().filter_map(|ending| Some(lower.rfind(ending)? + ending.len())).max();
        if let Some((record, rest)) = end_of_record.map(|end| name.split_at(end)) {
            let rest = rest.to_ascii_lowercase();
            if rest == ".icloud" {
                return Some(Self::Placeholder(record.strip_prefix('.').unwrap_or(record)));
            }
            if !is_hidden && rest.strip_prefix('.').is_some_and(|ending| ENDINGS.contains(&ending)) {
                return Some(Self::OtherEnding(record));
            }
            if !is_hidden && copied_from(&rest).is_some() {
                return Some(Self::Copy(record));
            }
        }
        let of_conflict = conflict_begins(&lower).filter(|_| !is_hidden);
        of_conflict.map(|at| Self::Copy(name[..at].trim_end_matches(SEPARATORS)))
    }
}

/// What stands between a name and what a program adds to it.
const SEPARATORS: [char; 5] = [' ', '-', '_', '.', '('];

/// The name that a copy was made from, where a name without its ending is one that a program gives a copy: `x (1)`,
/// `x - Copy`, `x (Ann's conflicted copy 2026-02-10)`, `x.sync-conflict-20260210`.
pub(crate) fn copied_from(stem: &str) -> Option<&str> {
    let lower = stem.to_ascii_lowercase();
    if let Some(at) = conflict_begins(&lower) {
        return Some(stem[..at].trim_end_matches(SEPARATORS));
    }
    let numbered = lower.strip_suffix(')').and_then(|rest| {
        let before = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        (before.len() < rest.len()).then(|| before.strip_suffix('('))?
    });
    let unnumbered = numbered.unwrap_or_else(|| lower.trim_end_matches(|c: char| c.is_ascii_digit())).trim_end();
    if let Some(before) = unnumbered.strip_suffix("copy").filter(|before| before.ends_with([' ', '-', '_'])) {
        return Some(stem[..before.len()].trim_end_matches(SEPARATORS));
    }
    numbered.map(|before| stem[..before.len()].trim_end_matches(SEPARATORS))
}

/// Where in a name in small letters that begins which tells of two versions of one file.
fn conflict_begins(lower: &str) -> Option<usize> {
    let marks = ["conflicted copy", "conflicted-copy", "conflict copy", "sync-conflict", "_conflict-", "(conflict"];
    let at = marks.into_iter().filter_map(|mark| lower.find(mark)).min()?;
    // `x (Ann's conflicted copy)`
    Some(lower[..at].rfind('(').unwrap_or(at))
}

/// Whether a name is that of another with something behind it that tells computers or copies apart: `x-laptop`, `x-1`.
pub(crate) fn is_other_with_more(name: &str, other: &str) -> bool {
    name.get(other.len()..).is_some_and(|more| more.starts_with([' ', '-', '_', '.', '(']))
        && name.get(..other.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_record() {
        for (name, is) in [
            (".ann-bee.toml.icloud", NearRecord::Placeholder("ann-bee.toml")),
            (".ann-bee.YML.icloud", NearRecord::Placeholder("ann-bee.YML")),
            ("ann-bee.toml.txt", NearRecord::OtherEnding("ann-bee.toml")),
            ("ann-bee.yaml.TXT", NearRecord::OtherEnding("ann-bee.yaml")),
            ("ann-bee.toml.docx", NearRecord::OtherEnding("ann-bee.toml")),
            ("ann-bee.toml (1)", NearRecord::Copy("ann-bee.toml")),
            ("ann-bee.toml (Jo's conflicted copy 2026-02-10)", NearRecord::Copy("ann-bee.toml")),
            ("ann-bee (Jo's conflicted copy 2026-02-10).txt", NearRecord::Copy("ann-bee")),
            ("ann-bee.sync-conflict-20260210-101500-ABC.bak", NearRecord::Copy("ann-bee")),
        ] {
            assert_eq!(NearRecord::of(name), Some(is), "{name}");
        }
    }

    #[test]
    fn what_is_a_record_or_has_nothing_to_do_with_one() {
        for name in [
            "ann-bee.toml",
            "ann-bee (1).toml",
            ".ann-bee.toml",
            ".ann-bee.toml.swp",
            ".ann-bee.toml.txt",
            ".ann-bee.toml (1)",
            "ann-bee.toml.bak",
            "ann-bee.toml~",
            "ann-bee.txt",
            "ann-bee.icloud",
            "form (1).pdf",
            "managing conflict.md",
            "README.md",
            "",
        ] {
            assert_eq!(NearRecord::of(name), None, "{name}");
        }
    }

    #[test]
    fn the_names_of_copies() {
        for (name, original) in [
            ("ann-bee (1)", Some("ann-bee")),
            ("ann-bee(12)", Some("ann-bee")),
            ("ann-bee - Copy", Some("ann-bee")),
            ("ann-bee - Copy (2)", Some("ann-bee")),
            ("ann-bee copy 2", Some("ann-bee")),
            ("ann-bee conflicted copy", Some("ann-bee")),
            ("ann-bee (Jo's conflicted copy 2026-02-10)", Some("ann-bee")),
            ("ann-bee.sync-conflict-20260210-101500-ABC", Some("ann-bee")),
            ("ann-bee_conflict-20260210-101500", Some("ann-bee")),
            ("é (conflict)", Some("é")),
            ("ann-bee", None),
            ("ann-bee-1", None),
            ("ann-bee ()", None),
            ("ann-bee (Jo)", None),
            ("photocopy", None),
            ("managing conflict", None),
            ("", None),
        ] {
            assert_eq!(copied_from(name), original, "{name}");
        }
    }

    #[test]
    fn a_name_with_more_behind_it() {
        for name in ["marsh-1", "marsh-laptop", "Marsh (1)", "marsh_LAPTOP", "marsh.old"] {
            assert!(is_other_with_more(name, "marsh"), "{name}");
        }
        for name in ["marsh", "marshall", "mars-1", "é-1", "ma"] {
            assert!(!is_other_with_more(name, "marsh"), "{name}");
        }
    }
}
