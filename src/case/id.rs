//! Ids: what a file's name must be like to serve as one.

use crate::text::{Notation, Text, copied_from, slug, visible};

/// More letters than these are no longer read as an id.
const LONGEST: usize = 60;

/// Names that some systems keep for devices, whatever ending follows.
const RESERVED: [&str; 4] = ["con", "aux", "nul", "prn"];

/// The id that a path gives: its file's name without the ending.
pub fn of(path: &str) -> Text {
    Text::new(stem_and_ending(path).0)
}

/// The id for a new record of this name; none where it has no letter.
pub fn for_name(name: &str) -> Option<String> {
    let id = slug(name)?;
    let id = id.get(..LONGEST).unwrap_or(&id).trim_end_matches('-');
    Some(if is_reserved(id) { format!("{id}-1") } else { id.to_owned() })
}

/// What is wrong with a path's file name as an id: what it is, and what to do. `named` gives the path of the record of
/// the same kind that has an id.
pub(super) fn fault<'n>(path: &str, named: &dyn Fn(&str) -> Option<&'n Text>) -> Option<(String, String)> {
    let (stem, ending) = stem_and_ending(path);
    let shown = visible(stem);
    let message = if ending.chars().any(|c| c.is_ascii_uppercase()) {
        format!("the ending of the file's name is `.{}`, it must be in lower-case letters", visible(ending))
    } else if stem.is_empty() {
        "the file's name has nothing before its ending, and that would be the id".to_owned()
    } else if is_reserved(stem) {
        format!("`{shown}` cannot be an id: some systems keep this name for themselves")
    } else if stem.chars().any(|c| !is_of_id(c)) {
        format!("`{shown}` cannot be an id: it must be lower-case letters, digits and hyphens")
    } else {
        return None;
    };
    if let Some(original) = copied_from(stem) {
        let help = named(original).map_or_else(compare_with_unknown, compare_and_delete);
        return Some((message, help));
    }
    if let Some(original) = computer_left_out(stem).and_then(named) {
        return Some((message, compare_and_delete(original)));
    }
    // A program that hides endings has a second one written behind the first.
    let (without_ending, is_doubled) = match Notation::of(stem).and_then(|_| stem.rsplit_once('.')) {
        Some((before, _)) => (before, true),
        None => (stem, false),
    };
    // A name that would do, made from the one that does not.
    let better = for_name(&without_ending.replace('.', " "));
    if let Some(taken) = better.as_deref().and_then(named) {
        return Some((message, compare_and_delete(taken)));
    }
    let help = match better {
        Some(name) if name == stem || (is_doubled && name == without_ending) => {
            format!("rename the file to `{name}.{}`", ending.to_lowercase())
        }
        Some(name) => {
            format!("rename the file to `{name}.{}`, and write that id where it is named", ending.to_lowercase())
        }
        None => "give the file a name such as `amara-osei.toml`".to_owned(),
    };
    Some((message, help))
}

/// What to do with a copy of a record that is there. It must not become a second record.
pub(super) fn compare_and_delete(original: &Text) -> String {
    format!("compare it with {original}, and delete the one that is not needed")
}

/// What to do with a copy of a record that is not there under the name that the copy's name gives.
pub(super) fn compare_with_unknown() -> String {
    "look for the record that it is a copy of, compare the two, and delete the one that is not needed".to_owned()
}

/// A name without that of a computer, which a program that keeps folders in step has put behind it: `x-LAPTOP-7Q2`.
fn computer_left_out(stem: &str) -> Option<&str> {
    let is_of_computer = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
    let name = stem.trim_end_matches(is_of_computer);
    let (computer, before) = (&stem[name.len()..], name);
    let has_capital = computer.chars().any(|c| c.is_ascii_uppercase());
    (computer.starts_with('-') && has_capital && !before.is_empty()).then_some(before)
}

fn stem_and_ending(path: &str) -> (&str, &str) {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    name.rsplit_once('.').unwrap_or((name, ""))
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    match stem.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(device) => ["com", "lpt"].contains(&device),
        None => RESERVED.contains(&stem.as_str()),
    }
}
