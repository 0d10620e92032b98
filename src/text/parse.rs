//! From a text to a tree, whatever its notation.

use super::parsed::{Fault, Parsed};
use super::source::Notation;
use super::{toml, yaml};

impl<'t> Parsed<'t> {
    /// Reads a text. It always answers, within moments and without deep recursion.
    pub fn of(notation: Notation, text: &'t str) -> Self {
        let mut parsed = match notation {
            Notation::Toml => toml::parse(text),
            Notation::Yaml => yaml::parse(text),
        };
        if !parsed.faults.is_empty()
            && let Some(conflict) = conflict(text)
        {
            parsed.faults = vec![conflict];
            parsed.impossible_dates.clear();
            parsed.whole = false;
        }
        parsed
    }
}

/// Where git has left both sides of a merge in a text: whatever else is wrong comes from that.
fn conflict(text: &str) -> Option<Fault> {
    let mut at = 0;
    let line = text.split_inclusive('\n').find(|line| {
        let begins = line.starts_with("<<<<<<< ");
        at += if begins { 0 } else { line.len() };
        begins
    })?;
    Some(Fault::new(
        at..at + line.trim_end().len(),
        "here two versions of the file were to be merged, and both are still in it",
        "keep what is right of the two, and take out the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    ))
}
