//! What TOML 1.1 takes and 1.0 does not. The parser reads both; other programs that read the records often know 1.0 alone.

use toml_parser::lexer::TokenKind;
use toml_parser::{Source, Span};

use super::parsed::Fault;

/// All of it in a text, in order.
pub fn newer_than_1_0(text: &str) -> Vec<Fault> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let before = text.len() - body.len();
    let (mut open, mut faults, mut comma) = (Vec::new(), Vec::new(), None::<Span>);
    let fault = |start: usize, end: usize, message: String, help: String| {
        let span = start + before..end + before;
        Fault { is_of_newer_toml: true, ..Fault::new(span, message, help) }
    };
    for token in Source::new(body).lex() {
        let is_in_braces = || open.last() == Some(&TokenKind::LeftCurlyBracket);
        let (start, end) = (token.span().start(), token.span().end());
        match token.kind() {
            TokenKind::Whitespace => continue,
            TokenKind::Comma => {
                comma = Some(token.span());
                continue;
            }
            TokenKind::Newline | TokenKind::Comment => {
                if is_in_braces() {
                    let message = "a table in braces goes on in another line, which is not TOML 1.0";
                    let help = "write all of `{ … }` on one line, or let `gwp fmt` do it";
                    faults.push(fault(start, start, message.to_owned(), help.to_owned()));
                }
                continue;
            }
            kind @ (TokenKind::LeftCurlyBracket | TokenKind::LeftSquareBracket) => open.push(kind),
            TokenKind::RightCurlyBracket | TokenKind::RightSquareBracket => {
                if let Some(comma) = comma.filter(|_| is_in_braces()) {
                    let message = "a comma stands before this `}`, which is not TOML 1.0";
                    let help = "leave the comma out, or let `gwp fmt` do it";
                    faults.push(fault(comma.start(), comma.end(), message.to_owned(), help.to_owned()));
                }
                open.pop();
            }
            TokenKind::BasicString | TokenKind::MlBasicString => {
                for (at, escape, plain) in escapes(body.get(start..end).unwrap_or_default()) {
                    let at = start + at;
                    let message = format!("`{escape}` in quotes is not TOML 1.0");
                    let help = format!("write `{plain}`, or let `gwp fmt` do it");
                    faults.push(fault(at, at + escape.len(), message, help));
                }
            }
            _ => {}
        }
        comma = None;
    }
    faults
}

/// The escapes of a text in double quotes that 1.0 does not know: where each stands, and how it is written there.
pub(crate) fn escapes(written: &str) -> Vec<(usize, &str, String)> {
    let (mut found, mut rest, mut at) = (Vec::new(), written, 0);
    while let Some(position) = memchr::memchr(b'\\', rest.as_bytes()) {
        let escape = &rest[position..];
        let digits = escape.get(2..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let length = match (escape.as_bytes().get(1), digits) {
            (Some(b'e'), _) => {
                found.push((at + position, &escape[..2], "\\u001b".to_owned()));
                2
            }
            (Some(b'x'), Some(digits)) => {
                found.push((at + position, &escape[..4], format!("\\u00{digits}")));
                4
            }
            _ => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        at += position + length;
        rest = &rest[position + length..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_1_0_is_told_where_it_stands() {
        for (text, written, message) in [
            ("a = { b = 1,\n c = 2 }\n", "", "goes on in another line"),
            ("a = { b = 1, }\n", ",", "a comma stands before this `}`"),
            ("a = [{ b = 1 # x\n }]\n", "", "goes on in another line"),
            ("a = \"x\\e\"\n", "\\e", "`\\e` in quotes"),
            ("a = \"\"\"\nx\\x41\"\"\"\n", "\\x41", "`\\x41` in quotes"),
        ] {
            let faults = newer_than_1_0(text);
            assert!(!faults.is_empty() && faults[0].message.contains(message), "{text}: {faults:?}");
            assert_eq!(&text[faults[0].span.clone()], written, "{text}");
        }
        for text in [
            "a = [\n 1,\n]\n",
            "a = [{ b = 1 },\n]\n",
            "a = '\\e'\n",
            "a = \"\\\\e \\\\x41\"\n",
            "[a]\nb = { c = [\n1\n,] }\n",
            "# { ,\n}",
            "a = \"{ b,\n }",
        ] {
            assert_eq!(newer_than_1_0(text), [], "{text}");
        }
    }
}
