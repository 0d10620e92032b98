//! Pieces put into a text, all else left as it is.

use std::ops::Range;

use super::Amended;
use crate::text::{Node, Value};

/// Text that is put in the place of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    /// The bytes; none where the text is put in before the first of them.
    at: Range<usize>,
    text: String,
}

impl Splice {
    /// Puts a text in before a byte.
    pub(super) fn before(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }

    /// Puts a text in the place of some bytes.
    pub(super) fn instead(at: Range<usize>, text: String) -> Self {
        Self { at, text }
    }
}

/// The text with the pieces in it, which come in order. The line is that of the last piece: whatever comes before it
/// only makes room, such as a comma.
pub(super) fn apply(text: &str, splices: &[Splice]) -> Amended {
    let mut made = String::with_capacity(text.len() + splices.iter().map(|it| it.text.len()).sum::<usize>());
    let (mut copied, mut line) = (0, 1);
    for splice in splices {
        // What two pieces take out both is taken out once.
        made.push_str(&text[copied..splice.at.start.max(copied)]);
        copied = splice.at.end.max(copied);
        let leading = splice.text.len() - splice.text.trim_start_matches(['\r', '\n']).len();
        made.push_str(&splice.text[..leading]);
        line = line_of(&made, made.len());
        made.push_str(&splice.text[leading..]);
    }
    made.push_str(&text[copied..]);
    Amended { text: made, line }
}

/// The line, counted from 1, on which a byte stands.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Where the line begins on which a byte stands.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    // Byte by byte: this may stand within a character.
    let start = text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    // A byte order mark is no part of the first line.
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}

/// The byte after the line on which a byte stands, its line break included.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// The line break in use around a byte.
pub(super) fn newline(text: &str, at: usize) -> &'static str {
    let before = text[..at].rfind('\n');
    let near = before.or_else(|| text[at..].find('\n').map(|next| at + next));
    if near.is_some_and(|near| text[..near].ends_with('\r')) { "\r\n" } else { "\n" }
}

/// Whole lines put in before the byte at which a line begins, or at the end of a text whose last line may be open.
pub(super) fn lines_at(text: &str, at: usize, lines: &[String]) -> Splice {
    let newline = newline(text, at);
    let mut piece = String::new();
    let is_open = at > 0 && !text[..at].ends_with('\n') && text[..at] != *"\u{feff}";
    if is_open {
        piece.push_str(newline);
    }
    for (number, line) in lines.iter().enumerate() {
        piece.push_str(line);
        // A text that did not end with a line break does not get one.
        if !is_open || number + 1 < lines.len() {
            piece.push_str(newline);
        }
    }
    Splice::before(at, piece)
}

/// Whole lines in the place of others.
pub(super) fn lines_instead(text: &str, there: Range<usize>, lines: &[String]) -> Splice {
    let newline = newline(text, there.start);
    let end = if text[there.clone()].ends_with('\n') { newline } else { "" };
    Splice::instead(there, format!("{}{end}", lines.join(newline)))
}

/// The bytes of a value with all that is in it.
pub(super) fn extent(node: &Node<'_>) -> Range<usize> {
    let inside: Vec<_> = match &node.value {
        Value::Table(entries) => entries.iter().map(|(_, value)| extent(value)).collect(),
        Value::List(elements) => elements.iter().map(extent).collect(),
        _ => Vec::new(),
    };
    inside.into_iter().fold(node.span.clone(), |all, one| all.start.min(one.start)..all.end.max(one.end))
}
