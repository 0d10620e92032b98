//! Whether a text in TOML is beyond all bounds, told before anything is built of it.
//!
//! The parser bounds brackets and it bounds dotted keys, but a dotted key of 79 parts inside each of 79 brackets
//! passes both bounds, and what it builds takes more stack to walk and to drop than a thread has.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// More words and signs than any record can have, and few enough to be read in a moment.
const MOST_TOKENS: usize = 1_000_000;

/// Whether a text has more in it than a record can have. One long text in quotes does not count for much.
pub fn is_too_much(text: &str) -> bool {
    text.len() > MOST_TOKENS && Source::new(text).lex().nth(MOST_TOKENS).is_some()
}

/// Nesting that no record comes near, and every stack can bear.
const BOUND: usize = 160;

/// Whether tables and lists would nest deeper than the bound; it may be said too early of a text that is not TOML.
/// Brackets alone stay below the bound, so a text with few full stops in it is not looked at.
pub fn is_too_deep(text: &str) -> bool {
    let dots = memchr::memchr_iter(b'.', text.as_bytes()).count();
    dots > BOUND / 2 && deepest(text) > BOUND
}

/// The largest number of open brackets and of full stops in the keys that lead to a value, those of the deepest
/// header included. A bracket counts as open until it is closed by its like.
fn deepest(text: &str) -> usize {
    // For each open bracket, what closes it and how many full stops lead to it.
    let mut open: Vec<(TokenKind, usize)> = Vec::new();
    let (mut headers, mut above, mut here, mut inside) = (0, 0, 0, 0);
    let (mut is_header, mut line_begins) = (false, true);
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::Newline => {
                is_header = false;
                if open.is_empty() {
                    here = 0;
                }
            }
            kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                if line_begins && kind == TokenKind::LeftSquareBracket {
                    is_header = true;
                }
                let end = match kind {
                    TokenKind::LeftSquareBracket => TokenKind::RightSquareBracket,
                    _ => TokenKind::RightCurlyBracket,
                };
                open.push((end, here));
                above += here + 1;
                here = 0;
            }
            kind if open.last().is_some_and(|(end, _)| *end == kind) => {
                here = open.pop().map_or(0, |(_, before)| before);
                above = above.saturating_sub(here + 1);
            }
            // Between the keys of a table it ends nothing: after one without a value the parser goes on as if it were not
            // there, and no table that somebody writes has so many full stops in its keys.
            TokenKind::Comma if open.last().is_some_and(|(end, _)| *end == TokenKind::RightSquareBracket) => here = 0,
            TokenKind::Dot => here += 1,
            _ => {}
        }
        if is_header {
            headers = headers.max(above + here);
        } else {
            inside = inside.max(above + here);
        }
        line_begins = token.kind() == TokenKind::Newline || (line_begins && token.kind() == TokenKind::Whitespace);
    }
    headers + inside
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Node, Notation, Parsed, Value};

    fn depth(node: &Node<'_>) -> usize {
        let below = match &node.value {
            Value::Table(entries) => entries.iter().map(|(_, value)| depth(value)).max(),
            Value::List(elements) => elements.iter().map(depth).max(),
            _ => return 0,
        };
        below.unwrap_or(0) + 1
    }

    #[test]
    fn dotted_keys_in_brackets_are_counted() {
        let keys = "b.".repeat(78);
        let nest = |opening: &str, closing: &str| {
            let values = format!("{keys}a={opening}").repeat(75);
            format!("[{keys}b]\n{values}{keys}a=1{}", closing.repeat(75))
        };
        let disguised = ["{", "{\n", "{ 'x'.", "{ \"\\\n", "{ a\" ,", "[ '', {", "[ '''''''', {", "{ #'\n"];
        for opening in disguised {
            assert!(is_too_deep(&nest(opening, "}")), "{opening}");
        }
    }

    #[test]
    fn a_comma_between_keys_ends_nothing() {
        for text in ["a={a.b.c,=={.[a[", "a={..=,[{]", "a={a={}a.b.c..,{.[["] {
            assert!(depth(&Parsed::of(Notation::Toml, text).root) <= deepest(text) + 2, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_not_much() {
        assert!(is_too_much(&"\n".repeat(MOST_TOKENS + 1)));
        assert!(!is_too_much(&format!("notes = '{}'", " ".repeat(2 * MOST_TOKENS))));
    }

    #[test]
    fn a_record_with_many_full_stops_is_not_deep() {
        let notes = "notes = \"A. B. C. D.\"\nemail = 'a.b.c@d.e.example.org'\n".repeat(200);
        assert!(!is_too_deep(&notes));
        assert!(!is_too_deep(&format!("a = [{}]", "1.5, ".repeat(500))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_tree_is_deeper_than_was_told(parts in prop::collection::vec(0..18_usize, 0..60)) {
            let parts: String = parts
                .into_iter()
                .map(|part| [
                    "[", "]", "{", "}", ".", "a.b.c", "a", "=", ",", "\n", "'", "\"", "\\", "'''", "\"\"\"", "#", "a={",
                    "a.b=[{",
                ][part])
                .collect();
            let told = deepest(&parts);
            prop_assert!(depth(&Parsed::of(Notation::Toml, &parts).root) <= told + 2, "{parts:?} {told}");
        }
    }
}
