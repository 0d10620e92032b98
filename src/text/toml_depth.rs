//! How deep a text in TOML would nest, told before anything is built of it.
//!
//! The parser bounds brackets and it bounds dotted keys, but a dotted key of 79 parts inside each of 79 brackets
//! passes both bounds, and what it builds takes more stack to walk and to drop than a thread has.

/// Nesting that no record comes near, and every stack can bear.
const BOUND: usize = 160;

/// Whether tables and lists would nest deeper than the bound. Never true of a text with few full stops in it,
/// for brackets alone stay below the bound.
pub fn is_too_deep(text: &str) -> bool {
    let dots = memchr::memchr_iter(b'.', text.as_bytes()).count();
    dots > BOUND / 2 && deepest(text.as_bytes()) > BOUND
}

/// The largest number of open brackets and of full stops in the keys that lead to a value, headers included.
fn deepest(text: &[u8]) -> usize {
    let mut open: Vec<usize> = Vec::new();
    let (mut header, mut entry, mut above, mut deepest) = (0, 0, 0, 0);
    let (mut in_header, mut at, mut line_starts) = (false, 0, true);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'#' => {
                at += text[at..].iter().position(|byte| *byte == b'\n').unwrap_or(text.len() - at);
                continue;
            }
            b'"' | b'\'' => {
                at = after_string(text, at);
                line_starts = false;
                continue;
            }
            b'\n' if open.is_empty() => (entry, in_header) = (0, false),
            b'[' if open.is_empty() && line_starts => (header, in_header) = (0, true),
            b'[' | b']' if in_header => {}
            b'[' | b'{' => {
                open.push(entry);
                above += entry + 1;
                entry = 0;
            }
            b']' | b'}' => {
                entry = open.pop().unwrap_or(0);
                above = above.saturating_sub(entry + 1);
            }
            b',' => entry = 0,
            b'.' if in_header => header += 1,
            b'.' => entry += 1,
            _ => {}
        }
        line_starts = byte == b'\n' || (line_starts && byte.is_ascii_whitespace());
        deepest = deepest.max(header + above + entry);
        at += 1;
    }
    deepest
}

/// Where the string that begins at `at` has ended. A string on one line ends with its line at the latest.
fn after_string(text: &[u8], at: usize) -> usize {
    let quote = text[at];
    let is_long = text.get(at + 1) == Some(&quote) && text.get(at + 2) == Some(&quote);
    let mut here = if is_long { at + 3 } else { at + 1 };
    while let Some(&byte) = text.get(here) {
        match byte {
            b'\\' if quote == b'"' => here += 1,
            b'\n' if !is_long => return here,
            _ if byte == quote => {
                let quotes = text[here..].iter().take_while(|byte| **byte == quote).count();
                match (is_long, quotes) {
                    (false, _) => return here + 1,
                    (true, 3..) => return here + quotes.min(5),
                    (true, _) => here += quotes - 1,
                }
            }
            _ => {}
        }
        here += 1;
    }
    text.len()
}
