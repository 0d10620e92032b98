//! What is wrong with a text that is not the plain part of YAML, in plain words.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use super::parsed::Fault;
use super::untrusted::visible;

/// What stands at some bytes, to be named in a sentence: shortened where it is long.
fn written(text: &str, span: &Range<usize>) -> String {
    let all = text.get(span.clone()).unwrap_or_default();
    match all.char_indices().nth(40) {
        Some((end, _)) => visible(&all[..end]) + "…",
        None => visible(all),
    }
}

pub(super) fn anchor(text: &str, span: Range<usize>) -> Fault {
    let message = format!("`{}` is an anchor, and a record has none", written(text, &span));
    Fault::new(span, message, "leave the anchor out, and write the value out where it is needed again")
}

pub(super) fn alias(text: &str, span: Range<usize>) -> Fault {
    let message = format!("`{}` is an alias, and a record has none", written(text, &span));
    Fault::new(span, message, "write the value out here; a text that begins with `*` goes in quotes")
}

pub(super) fn merge(span: Range<usize>) -> Fault {
    Fault::new(
        span,
        "`<<` merges another table into this one, and a record has no such key",
        "write the keys and values out here",
    )
}

pub(super) fn tag(text: &str, span: Range<usize>) -> Fault {
    let message = format!("`{}` is a tag, and a record has none", written(text, &span));
    Fault::new(span, message, "leave the tag out; a number or a word that is meant as text goes in quotes")
}

pub(super) fn second_document(span: Range<usize>) -> Fault {
    Fault::new(span, "a second document begins here", "write one record to a file, and leave this `---` out")
}

pub(super) fn duplicate(text: &str, span: Range<usize>) -> Fault {
    let message = format!("`{}` is here a second time", written(text, &span));
    Fault::new(span, message, "keep one of the two; where there can be several, they are a list below one key")
}

pub(super) fn no_text_key(span: Range<usize>) -> Fault {
    Fault::new(span, "this key is not a text", "write one of the keys of the record here")
}

pub(super) fn too_much(span: Range<usize>) -> Fault {
    Fault::new(span, "the file has more values than a record can have", "write one record to a file")
}

/// What is wrong with a line of a text at which the parser stopped, or with the last line above it that says anything;
/// none where the parser has to tell.
pub(super) fn by_its_line(text: &str, at: usize) -> Option<Fault> {
    let start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = |start: usize| text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let here = start(at.min(text.len()));
    let above = (here > 0).then(|| start(here - 1)).filter(|above| !line(*above).trim().is_empty());
    let unseen = |start: usize| invisible(line(start), start);
    let is_colon_in_braces = line(here).contains('{') && text.get(at..).is_some_and(|rest| rest.starts_with(": "));
    if is_colon_in_braces {
        let help = "put a comma before the next key, or a text in quotes: `notes: \"left early: ill\"`";
        return Some(Fault::new(at..at + 1, "a colon stands within this text, as if another key began", help));
    }
    let of_line = |start: usize| without_blank(line(start), start).or_else(|| dash(line(start), start));
    unseen(here)
        .or_else(|| folded(line(here), here))
        .or_else(|| of_line(here))
        .or_else(|| above.and_then(|above| entry_without_dash(line(above), line(here), here)))
        .or_else(|| above.and_then(|above| unseen(above).or_else(|| of_line(above))))
}

/// A character that nobody sees, such as a form feed.
fn invisible(line: &str, start: usize) -> Option<Fault> {
    let (at, character) = line.char_indices().find(|(_, c)| c.is_control() && !"\t\r".contains(*c))?;
    let span = start + at..start + at + character.len_utf8();
    let message = format!("an invisible character stands here: U+{:04X}", u32::from(character));
    Some(Fault::new(
        span,
        message,
        "take it out; an editor that shows such characters finds it, or delete the words around it",
    ))
}

/// `notes: > text`: the sign says that the text is in the lines below.
fn folded(line: &str, start: usize) -> Option<Fault> {
    let value = line.find(": ").map(|colon| colon + 2)?;
    let rest = line.get(value..)?;
    let at = value + (rest.len() - rest.trim_start().len());
    let sign = rest.trim_start().chars().next().filter(|c| ">|".contains(*c))?;
    let after = rest.trim_start()[1..].trim_start_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
    if after.trim().is_empty() || after.trim_start().starts_with('#') {
        return None;
    }
    let message = format!("`{sign}` begins a text that stands in the lines below, and here text follows it");
    let help = format!("put the text in quotes: `\"{sign} …\"`; or begin it in the next line, indented");
    Some(Fault::new(start + at..start + at + 1, message, help))
}

/// `-date: 2025-10-07`: without a blank after its dash it is no entry.
fn dash(line: &str, start: usize) -> Option<Fault> {
    let at = line.len() - line.trim_start().len();
    let rest = line[at..].strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))?;
    rest.contains(':').then(|| {
        Fault::new(
            start + at..start + at + 1,
            "this dash has no blank after it, so it begins no entry",
            "write `- key: value`",
        )
    })
}

/// A `{ … }` below one that begins with a dash.
fn entry_without_dash(above: &str, line: &str, start: usize) -> Option<Fault> {
    let at = line.len() - line.trim_start().len();
    let is_so = line[at..].starts_with('{') && above.trim_start().starts_with("- {");
    is_so.then(|| {
        Fault::new(
            start + at..start + at + 1,
            "a dash is missing before this entry of the list",
            "write `- { key: value }`",
        )
    })
}

/// An entry of a list, or a key in braces, that was meant as `key: value`: `date:2025-10-07`, `date = 2025-10-07`.
pub(super) fn meant_as_entry(text: &str, span: &Range<usize>) -> Option<Fault> {
    let written = text.get(span.clone())?;
    // Most texts have neither sign: nothing else is looked for in them.
    memchr::memchr2(b'=', b':', written.as_bytes())?;
    let written = written.lines().next()?;
    let span = span.start..span.start + written.len();
    if let Some((key, value)) = written.split_once('=') {
        let (key, value) = (key.trim(), value.trim());
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let (key, value) = (self::written(key, &(0..key.len())), self::written(value, &(0..value.len())));
        let help = format!("write `{key}: {value}`");
        return is_key.then(|| Fault::new(span.clone(), "an `=` stands here where YAML has a colon", help));
    }
    without_blank(written, span.start)
}

/// `date:2025-10-07`: without a blank after its colon it is no key.
fn without_blank(line: &str, start: usize) -> Option<Fault> {
    let is_of_key = |c: char| c.is_ascii_lowercase() || c == '_';
    line.match_indices(':').find_map(|(colon, _)| {
        let (before, after) = (&line[..colon], &line[colon + 1..]);
        let value = after.split([',', '}', ' ', '\n', '\r']).next().unwrap_or_default();
        let key = &before[before.trim_end_matches(is_of_key).len()..];
        let around = &before[..before.len() - key.len()];
        let begins = around.trim().is_empty() || around.trim_end().ends_with(['-', '{', ',']);
        if key.is_empty() || value.is_empty() || value.starts_with('/') || !begins || around.contains(['"', '\'']) {
            return None;
        }
        let span = start + around.len()..start + colon + 1;
        let (key, value) = (written(key, &(0..key.len())), written(value, &(0..value.len())));
        let message = format!("`{key}:` has no blank after its colon, so it is no key");
        Some(Fault::new(span, message, format!("write `{key}: {value}`")))
    })
}

/// What the parser stopped at, as a fault.
pub(super) fn of_parser(span: Range<usize>, kind: &ErrorKind) -> Fault {
    use ErrorKind as Kind;
    let (message, help) = match kind {
        Kind::RecursionLimitExceeded => {
            ("the tables and lists are nested too deeply", "no record is more than four levels deep")
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => {
            ("there is a tab in the indentation", "indent with spaces: YAML does not take tabs")
        }
        Kind::UnclosedQuotedScalar
        | Kind::DocumentIndicatorInQuotedScalar
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidTrailingSingleQuotedScalar
        | Kind::InvalidTrailingDoubleQuotedScalar => (
            "the quotes around this text do not end where it ends",
            "close the text with the quote that it began with; a quote inside of it is written twice in '…', \
             and with a `\\` before it in \"…\"",
        ),
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => (
            "after a `\\` in double quotes stands something that it cannot stand before",
            "write `\\\\` for the character itself, or use single quotes",
        ),
        Kind::UnexpectedEofFlowSequence
        | Kind::UnclosedFlowCollection { open: '[' }
        | Kind::ExpectedFlowSequenceSeparator => {
            ("the list in `[…]` does not go on as one", "put a comma between its elements, and a `]` after the last")
        }
        Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::UnclosedFlowCollection { .. }
        | Kind::ExpectedFlowMappingSeparator
        | Kind::FlowMappingValueAdjacentCollection => (
            "the table in `{…}` does not go on as one",
            "write `{ key: value, key: value }`: a blank after each colon, a comma between two, and a `}` at the end",
        ),
        Kind::MisplacedFlowCollectionEnd | Kind::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket closes nothing that is open", "close `[` with `]` and `{` with `}`")
        }
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement | Kind::InvalidMappingValueWhitespace => (
            "a colon stands here where no value can begin",
            "put a text with a colon in quotes, and each `key: value` on a line of its own",
        ),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey | Kind::MappingKeyNotAllowed => {
            ("this is no `key: value`", "write a colon and a blank after the key")
        }
        Kind::InvalidIndentation
        | Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::BlockSequenceEntryNotAllowed
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidFlowScalarIndent
        | Kind::ExpectedDocumentStart => (
            "this does not line up with what stands above it",
            "indent the keys of one table alike, and the dashes of one list alike",
        ),
        Kind::UnexpectedCharacter { .. } => ("no value can begin with this character", "put the text in quotes"),
        Kind::BomInsideDocument => ("an invisible byte order mark stands here", "take it out"),
        Kind::UnknownAnchor | Kind::MissingAnchorOrAliasName => {
            ("`&` and `*` begin an anchor and an alias, and a record has none", "put the text in quotes")
        }
        Kind::UndeclaredTagHandle
        | Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => ("`!` begins a tag, and a record has none", "put the text in quotes"),
        Kind::CommentNotSeparated | Kind::CommentInterceptedScalar => {
            ("a `#` stands here where no comment can begin", "put a text with a `#` in quotes")
        }
        _ => ("this is not YAML", "compare it with the examples of the record format"),
    };
    Fault::new(span, message, help)
}
