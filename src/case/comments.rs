//! The comments of a text in TOML or YAML.

use std::ops::Range;

use crate::text::Notation;

/// Where the comments of a text stand, each from its `#` to the end of its line. Of a text with something wrong in it
/// this is a good guess.
pub(crate) fn comments(notation: Notation, text: &str) -> Vec<Range<usize>> {
    if !text.contains('#') {
        return Vec::new();
    }
    let has = |quotes: &[u8]| memchr::memmem::find(text.as_bytes(), quotes).is_some();
    match notation {
        // Without a text over several lines a comment is told from its own line.
        Notation::Toml if !has(b"\"\"\"") && !has(b"'''") => of_plain_toml(text),
        Notation::Toml => of_toml(text),
        Notation::Yaml => of_yaml(text),
    }
}

fn of_plain_toml(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find('#') {
        let start = text[..at + next].rfind('\n').map_or(0, |end| end + 1);
        let end = end_of_line(text, at + next);
        let in_line = of_toml(&text[start..end]);
        found.extend(in_line.into_iter().map(|one| start + one.start..start + one.end));
        at = end;
    }
    found
}

fn of_toml(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'#' => {
                let end = end_of_line(text, at);
                found.push(at..end);
                // Most records have one that names the schema, and no other.
                if !text[end..].contains('#') {
                    break;
                }
                end
            }
            b'"' | b'\'' => end_of_string(bytes, at, *byte),
            _ => at + 1,
        };
    }
    found
}

/// Where a string of TOML ends that begins at `start`: behind its last quote, or at the end of a line on which it must
/// have ended.
fn end_of_string(bytes: &[u8], start: usize, quote: u8) -> usize {
    let is_there = |at: usize| bytes.get(at..at + 3) == Some(&[quote; 3]);
    let is_long = is_there(start);
    let mut at = start + if is_long { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        if *byte == b'\\' && quote == b'"' {
            at += 2;
        } else if is_long && is_there(at) {
            // A quote or two may stand right before the last three.
            at += 3;
            return at + bytes[at..].iter().take(2).take_while(|byte| **byte == quote).count();
        } else if !is_long && *byte == quote {
            return at + 1;
        } else if !is_long && *byte == b'\n' {
            return at;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn of_yaml(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut quote = None;
    // The indentation of the line above a text that goes on over the lines below, of which none is a comment.
    let mut block: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_within = block.is_some_and(|above| indent > above || line.trim().is_empty());
        if !is_within {
            let comment = comment_of_line(line, &mut quote);
            let said = line[..comment.unwrap_or(line.len())].trim_end();
            if let Some(at) = comment {
                found.push(start + at..start + line.trim_end_matches(['\n', '\r']).len());
                if !text[start + line.len()..].contains('#') {
                    break;
                }
            }
            let mark = said.trim_end_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            let opens = mark.strip_suffix(['|', '>']).is_some_and(|before| before.ends_with([' ', '\t']));
            block = (opens && quote.is_none()).then_some(indent);
        }
        start += line.len();
    }
    found
}

/// Where a comment begins in a line of YAML. A text in quotes may go on from the line before, and to the next.
fn comment_of_line(line: &str, quote: &mut Option<u8>) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        match *quote {
            Some(b'"') if byte == b'\\' => at += 1,
            Some(open) if byte == open => *quote = None,
            None if byte == b'#' && before.is_ascii_whitespace() => return Some(at),
            None if matches!(byte, b'"' | b'\'') && (before.is_ascii_whitespace() || b"[{,:".contains(&before)) => {
                *quote = Some(byte);
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn end_of_line(text: &str, from: usize) -> usize {
    let end = text[from..].find('\n').map_or(text.len(), |at| from + at);
    if text[from..end].ends_with('\r') { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(notation: Notation, text: &str) -> Vec<&str> {
        comments(notation, text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn comments_of_toml() {
        let text = "# one\nname = \"A # no\" # two\r\nnotes = '''\n# no\n''''\nx = '#' #three\ny = \"\\\" # no\"\n\
                    z = \"\"\"\n# no \"\" # no\n\"\"\"# four\nsessions = [ # five\n]\nbad = \"left open # no\n# six";
        let found = ["# one", "# two", "#three", "# four", "# five", "# six"];
        assert_eq!(of(Notation::Toml, text), found);
        assert_eq!(of(Notation::Toml, "name = \"A\""), [""; 0]);
        assert_eq!(of(Notation::Toml, "#"), ["#"]);
        assert_eq!(of(Notation::Toml, "x = \"\"\"a\"\"\"\"\" # b\""), ["# b\""]);
    }

    #[test]
    fn comments_of_yaml() {
        let text = "# one\nname: A#no # two\nnotes: |\n  # no\n\n  # no\nwords: it's # three\nx: 'a # no\n  # no' # four\r\n\
                    y: \"\\\" # no\" #five\nz: >-\n  # no\n#six\nlist:\n  - |2\n    # no\n  - {a: \"# no\"} # seven\np: a| \n# eight";
        let found = ["# one", "# two", "# three", "# four", "#five", "#six", "# seven", "# eight"];
        assert_eq!(of(Notation::Yaml, text), found);
    }

    proptest! {
        #[test]
        fn a_plain_text_is_looked_through_alike(text in "(#|'|\"|\n|\r\n| |é|=|\\[|x){0,40}") {
            prop_assume!(!text.contains("\"\"\"") && !text.contains("'''"));
            prop_assert_eq!(of_plain_toml(&text), of_toml(&text));
        }

        #[test]
        fn any_text_is_taken(text in "(#|'|\"|\\\\|\n|\r| |é|:|\\||-|x){0,40}") {
            for notation in [Notation::Toml, Notation::Yaml] {
                for at in comments(notation, &text) {
                    prop_assert!(text[at].starts_with('#'));
                }
            }
        }
    }
}
