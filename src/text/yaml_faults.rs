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
