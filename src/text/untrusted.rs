//! Text that comes from a record, or is the name of a file: never trusted, never shown raw.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A piece of text from outside the program, never trusted.
///
/// It has no way out but two. [`Display`](fmt::Display) shows it with every character that could pass for
/// something else (control characters, escapes, line breaks, bidirectional marks, invisible ones) written as a
/// visible escape, so it can stand in any sentence or table. [`Text::raw`] gives it as it is, for comparing and
/// for formats that carry data exactly; whoever calls it answers for what becomes of the result. What a
/// spreadsheet, Markdown or HTML would take for its own syntax is the business of those printers.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Box<str>);

impl Text {
    /// Takes text from outside.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self(text.into())
    }

    /// The text as it was written, for comparing and for data formats that escape it themselves.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether nothing but white space is there.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_visibly(&self.0, f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<str>::deserialize(deserializer).map(Self)
    }
}

/// As it was written: a format of data escapes it.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// Writes `text` so that nothing in it can act on a terminal or pass for the program's own words.
pub fn write_visibly(text: &str, out: &mut impl fmt::Write) -> fmt::Result {
    let mut shown = 0;
    for (at, character) in text.char_indices().filter(|&(at, c)| is_deceptive(c) && !is_spelling(text, at, c)) {
        out.write_str(&text[shown..at])?;
        match character {
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            other => write!(out, "\\u{{{:x}}}", u32::from(other))?,
        }
        shown = at + character.len_utf8();
    }
    out.write_str(&text[shown..])
}

/// Whether a character is a joiner between two letters of a script that spells with joiners, as Persian and Sinhala do: there
/// it is seen in the shape of the letters.
fn is_spelling(text: &str, at: usize, character: char) -> bool {
    let is_of_script = |c: char| matches!(u32::from(c), 0x620..=0x6ff | 0x750..=0x77f | 0x8a0..=0x8ff | 0x900..=0xdff | 0x1000..=0x109f);
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + character.len_utf8()..).and_then(|after| after.chars().next());
    matches!(character, '\u{200c}' | '\u{200d}') && before.is_some_and(is_of_script) && after.is_some_and(is_of_script)
}

/// `text` with every deceptive character as a visible escape.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a String cannot fail.
    let _ = write_visibly(text, &mut out);
    out
}

/// Whether a character can act on a terminal, break a line, reorder what is read or hide.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Arabic letter mark, Mongolian vowel separator, combining grapheme joiner, soft hyphen.
            '\u{61c}' | '\u{180e}' | '\u{34f}' | '\u{ad}'
            // Zero-width characters, directional marks, line and paragraph separators, embeddings, isolates.
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Hangul fillers look like nothing; variation selectors and the byte order mark are nothing.
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            // Interlinear annotation marks, and tags that spell hidden ASCII.
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text as it is compared with another: a letter with an accent is one character, however it was written.
#[cfg(feature = "disk")]
pub fn composed(text: &str) -> std::borrow::Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization as _;
    if text.is_ascii() { text.into() } else { text.nfc().collect::<String>().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_that_are_spelling_stay() {
        for spelt in ["نرگس\u{200c}ها", "ශ්\u{200d}රී", "क्\u{200d}ष"] {
            assert_eq!(visible(spelt), spelt);
        }
        for hidden in
            ["an\u{200c}n", "\u{200c}نرگس", "نرگس\u{200d}", "نر\u{200c}a", "a\u{200d}b", "نر\u{200c}\u{200c}گس"]
        {
            assert!(visible(hidden).contains("\\u{200"), "{hidden}");
        }
    }
}
