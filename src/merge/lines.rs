//! Texts, line by line: where only their lines count.

use std::ops::Range;

use crate::text::{common_lines, lines};

/// The lines in which a text and another one differ.
pub(super) struct Region {
    ours: Range<usize>,
    theirs: Range<usize>,
    text_of_theirs: String,
}

impl Region {
    /// All lines between those that both have at their beginning and at their end.
    pub(super) fn of(text: &str, other: String) -> Self {
        let (ours, theirs) = (lines(text), lines(&other));
        let begin = ours.iter().zip(&theirs).take_while(|(one, other)| one == other).count();
        let most = ours.len().min(theirs.len()) - begin;
        let rest = ours.iter().rev().zip(theirs.iter().rev()).take(most).take_while(|(one, other)| one == other);
        let end = rest.count();
        let (ours, theirs) = (begin..ours.len() - end, begin..theirs.len() - end);
        Self { ours, theirs, text_of_theirs: other }
    }

    /// Whether the texts differ at all.
    pub(super) fn is_empty(&self) -> bool {
        self.ours.is_empty() && self.theirs.is_empty()
    }

    /// The first of its lines, counted from 0.
    pub(super) fn begins(&self) -> usize {
        self.ours.start
    }

    /// Whether another region is about some of the same lines, or stands right beside it.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.ours.start <= other.ours.end && other.ours.start <= self.ours.end
    }

    /// The text with both versions of the lines in it.
    pub(super) fn marked_in(&self, text: &str) -> String {
        between_marks(text, self.ours.clone(), &self.text_of_theirs, self.theirs.clone())
    }
}

/// How many lines a text has.
pub(super) fn count(text: &str) -> usize {
    lines(text).len()
}

/// A text with some of its lines, and those of another text, between the marks of git.
pub(super) fn between_marks(text: &str, ours: Range<usize>, other: &str, theirs: Range<usize>) -> String {
    let (all, others) = (lines(text), lines(other));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut made: String = all[..ours.start].concat();
    let mut put = |lines: &[&str]| {
        for line in lines {
            made.push_str(line);
        }
        if !made.is_empty() && !made.ends_with('\n') {
            made.push_str(end);
        }
    };
    let (begin, between, finish) =
        (format!("<<<<<<< ours{end}"), format!("======={end}"), format!(">>>>>>> theirs{end}"));
    put(&[]);
    put(&[&begin]);
    put(&all[ours.clone()]);
    put(&[&between]);
    put(&others[theirs]);
    put(&[&finish]);
    made.push_str(&all[ours.end..].concat());
    made
}

/// The lines of two texts together, where no lines were changed by both.
pub(super) fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let (base, ours, theirs) = (lines(base), lines(ours), lines(theirs));
    let (of_ours, of_theirs) = (common_lines(&base, &ours)?, common_lines(&base, &theirs)?);
    let mut made = String::new();
    let (mut b, mut o, mut t) = (0, 0, 0);
    loop {
        let next = (b..base.len()).find_map(|at| {
            Some((at, of_ours[at].filter(|there| *there >= o)?, of_theirs[at].filter(|there| *there >= t)?))
        });
        let (to_b, to_o, to_t) = next.unwrap_or((base.len(), ours.len(), theirs.len()));
        let (was, one, other) = (&base[b..to_b], &ours[o..to_o], &theirs[t..to_t]);
        let part = match (one == was, other == was) {
            (true, _) => other,
            (_, true) => one,
            _ if one == other => one,
            _ => return None,
        };
        made.push_str(&part.concat());
        if next.is_none() {
            return Some(made);
        }
        made.push_str(ours[to_o]);
        (b, o, t) = (to_b + 1, to_o + 1, to_t + 1);
    }
}

/// The comments of a text that none of the others has.
pub(super) fn comments_beyond<'t>(text: &'t str, others: &[&str]) -> Vec<&'t str> {
    let comment = |line: &'t str| {
        let at =
            line.match_indices('#').find(|(at, _)| line[..*at].chars().next_back().is_none_or(char::is_whitespace))?;
        Some(line[at.0..].trim_end()).filter(|comment| comment.len() > 1)
    };
    text.lines().filter_map(comment).filter(|comment| others.iter().all(|other| !other.contains(comment))).collect()
}
