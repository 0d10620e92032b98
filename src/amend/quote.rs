//! Texts as TOML and YAML write them.

use std::fmt::Write as _;

use crate::text::is_deceptive;

/// A text in double quotes, with whatever cannot be seen as an escape. TOML and YAML agree on all of it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Writing to a String cannot fail.
            other if is_deceptive(other) && u32::from(other) <= 0xffff => {
                let _ = write!(out, "\\u{:04X}", u32::from(other));
            }
            other if is_deceptive(other) => {
                let _ = write!(out, "\\U{:08X}", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A text as YAML writes it: without quotes where nobody can take it for anything else.
pub(super) fn plain_or_quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() && !is_deceptive(c) || " -_./()'".contains(c);
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(is_plain)
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}
