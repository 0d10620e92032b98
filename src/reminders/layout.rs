//! How the text of a letter is laid out.

use unicode_width::UnicodeWidthStr;

use crate::text::{Text, visible};

/// How many columns a line has.
pub const WIDTH: usize = 76;

/// The deepest indentation that is kept.
const DEEPEST: usize = 24;

/// The text with nothing in it that could act on a terminal or hide, every line broken at spaces where it is too wide,
/// and one line break at the end. A word that is wider than a line has a line of its own: it may be an address.
pub(super) fn laid_out(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 32);
    for line in text.trim_matches('\n').lines() {
        broken(&visible(&line.replace('\t', " ")), &mut out);
    }
    out
}

fn broken(line: &str, out: &mut String) {
    let words = line.trim_start_matches(' ');
    let indent = (line.len() - words.len()).min(DEEPEST);
    // The second line of a point stands under the first word of the point.
    let hanging = if words.starts_with("- ") || words.starts_with("* ") { indent + 2 } else { indent };
    let mut used = 0;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        let needed = word.width();
        if used == 0 {
            out.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        } else if used + 1 + needed <= WIDTH {
            out.push(' ');
            used += 1;
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', hanging));
            used = hanging;
        }
        out.push_str(word);
        used += needed;
    }
    out.push('\n');
}

/// The longest text of a record that a letter repeats, in characters: whoever has the name of a book must not keep all
/// others from being reminded.
const LONGEST: usize = 200;

/// A text of a record, as it is shown in a letter.
pub(super) fn short(text: &Text) -> String {
    cut(text.to_string())
}

/// The text, or its beginning where it is too long.
pub(super) fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The text on one line, words a space apart, with nothing in it that could act on a terminal or hide.
pub(super) fn on_one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_points_hang() {
        let long = "word ".repeat(20);
        let out = laid_out(&format!("\n\nfirst\n\n- {long}\n  {long}\n\tx\u{1b}\r\n\n"));
        let lines: Vec<_> = out.lines().collect();
        assert_eq!(lines[..2], ["first", ""]);
        assert!(lines[2].starts_with("- word") && lines[3].starts_with("  word"), "{out}");
        assert!(lines[4].starts_with("  word") && lines[5].starts_with("  word"), "{out}");
        assert_eq!(lines[6..], [" x\\u{1b}"]);
        assert!(lines.iter().all(|line| line.width() <= WIDTH), "{out}");
    }

    #[test]
    fn a_wide_word_stays_whole() {
        let word = "x".repeat(200);
        assert_eq!(laid_out(&format!("see {word} there")), format!("see\n{word}\nthere\n"));
        assert_eq!(laid_out(""), "");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(on_one_line(" a\n b\r\n\u{2028}c\u{202e} \t"), "a b c\\u{202e}");
    }
}
