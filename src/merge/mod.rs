//! Two versions of a record that come from one, brought together by what they say: three texts in, one text out.
//!
//! What only one version changed is in the result, and nothing else. Entries of a list are known by the keys that tell
//! them apart, keys by their names. The text of our version stays, comments and layout included, and what their version
//! changed goes into it through [`crate::amend`]. Only where both say something different of the same thing is there a
//! conflict, with the marks of git around it.
//!
//! Nothing is trusted to have gone right: the new text is read, and has to say what both versions together say.

mod lines;
mod rewrite;
mod three_way;

#[cfg(test)]
mod tests;

use serde_json::Value as Json;

use crate::amend::json_of;
use crate::records::RecordKind;
use crate::records::shape::Shape;
use crate::text::{Notation, Parsed, visible};

use rewrite::{is_sound, rewritten, says_the_same};
use three_way::{Conflict, ThreeWay};

/// Two versions of a record in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// What both say differently, a phrase each; safe to show.
    pub conflicts: Vec<String>,
    /// Comments of either version that the text has not; safe to show.
    pub comments_lost: Vec<String>,
}

/// The kind of the record that texts are, where each of them is a sound record of that kind; an empty one can be any.
pub fn kind_of_texts(notation: Notation, texts: &[&str]) -> Option<RecordKind> {
    let told = || texts.iter().filter(|text| !text.trim().is_empty());
    RecordKind::ALL.into_iter().rev().find(|kind| told().all(|text| is_sound(*kind, notation, text)))
}

/// Why two versions are not brought together by what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMerged {
    /// One of them is no sound record, so that nobody can say what it says.
    Unsound,
    /// It is not certain what goes where.
    Unsure,
}

/// Brings two versions together that come from `base`, which can be empty.
pub fn merge(kind: RecordKind, notation: Notation, base: &str, ours: &str, theirs: &str) -> Result<Merged, NotMerged> {
    if !is_sound(kind, notation, ours) || !is_sound(kind, notation, theirs) {
        return Err(NotMerged::Unsound);
    }
    together(kind, notation, base, ours, theirs)
}

fn together(kind: RecordKind, notation: Notation, base: &str, ours: &str, theirs: &str) -> Result<Merged, NotMerged> {
    let says = |text: &str| {
        let parsed = Parsed::of(notation, text);
        (parsed.is_sound() && parsed.whole).then(|| json_of(&parsed.root))
    };
    let shape = Shape::of_record(kind, &Parsed::of(notation, ours).root);
    let empty = || Json::Object(serde_json::Map::new());
    let says_base = if base.trim().is_empty() { Some(empty()) } else { says(base) };
    let (Some(says_base), Some(says_ours), Some(says_theirs)) = (says_base, says(ours), says(theirs)) else {
        return Err(NotMerged::Unsound);
    };
    let ThreeWay { merged, conflicts } = three_way::merged(shape, &says_base, &says_ours, &says_theirs);
    if conflicts.is_empty()
        && let Some(text) = lines::merged(base, ours, theirs)
        && says(&text).is_some_and(|says| says_the_same(&says, &merged, shape))
    {
        // Whatever stands beside the values of either version is kept as well.
        return Ok(Merged { text, conflicts: Vec::new(), comments_lost: Vec::new() });
    }
    let text = rewritten(kind, notation, ours, &merged).ok_or(NotMerged::Unsure)?;
    let mut lost = lines::comments_beyond(ours, &[base, &text]);
    lost.extend(lines::comments_beyond(theirs, &[base, ours, &text]));
    let comments_lost = lost.into_iter().map(visible).collect();
    let told = conflicts.iter().map(Conflict::in_words).collect();
    let text = marked(kind, notation, &text, &merged, &conflicts).ok_or(NotMerged::Unsure)?;
    Ok(Merged { text, conflicts: told, comments_lost })
}

/// Two versions of whatever text, brought together line by line; none where both changed the same lines.
pub fn by_line(base: &str, ours: &str, theirs: &str) -> Option<String> {
    lines::merged(base, ours, theirs)
}

/// Both versions as wholes, with the marks of git around them.
pub fn both(ours: &str, theirs: &str) -> String {
    lines::between_marks(ours, 0..lines::count(ours), theirs, 0..lines::count(theirs))
}

/// The text with the marks of git around each place where the versions differ.
fn marked(kind: RecordKind, notation: Notation, text: &str, merged: &Json, conflicts: &[Conflict]) -> Option<String> {
    // What stands on the same lines is one conflict.
    let mut groups: Vec<(Vec<&Conflict>, lines::Region)> = Vec::new();
    for conflict in conflicts {
        let mut group = vec![conflict];
        let region = loop {
            let alternative = three_way::alternative(merged, &group);
            let region = lines::Region::of(text, rewritten(kind, notation, text, &alternative)?);
            if region.is_empty() {
                return None;
            }
            let Some(at) = groups.iter().position(|(_, other)| other.meets(&region)) else { break region };
            group.extend(groups.remove(at).0);
        };
        groups.push((group, region));
    }
    groups.sort_by_key(|(_, region)| std::cmp::Reverse(region.begins()));
    Some(groups.into_iter().fold(text.to_owned(), |text, (_, region)| region.marked_in(&text)))
}
