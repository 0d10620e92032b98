//! What is wrong with a value, in words: what it is, what it must be, and what to write instead.

use std::ops::Range;

use super::RecordKind;
use super::shape::{Field, Shape, Table};
use crate::calendar::Day;
use crate::edition::Code;
use crate::text::{Fault, Node, Notation, Value, any_of, nearest, visible};

/// A table with more keys than this is not listed whole.
const KEYS_LISTED: usize = 8;

/// Where a key has its place that does not belong where it stands.
pub(super) enum Home {
    /// At the top of the record.
    Top,
    /// In tables of these names; true where there can be several of the name.
    Tables(Vec<(String, bool)>),
}

/// The keys of the table in which an unknown key stands.
#[derive(Clone, Copy)]
pub(super) struct Keys<'k> {
    /// Those that are not used yet.
    pub(super) free: &'k [&'k str],
    /// Those that stand there, each with its line.
    pub(super) taken: &'k [(&'k str, usize)],
}

/// What a record is called in a message.
pub(super) fn record_title(kind: RecordKind, table: &Table) -> String {
    match kind {
        RecordKind::Gwp => "gwp.toml",
        RecordKind::Course => "the course",
        RecordKind::Student => "the student",
        RecordKind::Supervisor => "the supervisor",
        RecordKind::Meeting => "the meeting",
        RecordKind::Session if table.field("supervisees").is_some() => "the log of a supervision",
        RecordKind::Session => "the log of a group",
    }
    .to_owned()
}

/// A key that is not in the table's list.
pub(super) fn unknown_key(
    span: Range<usize>,
    key: &str,
    owner: &str,
    home: Option<Home>,
    Keys { free, taken }: Keys<'_>,
    notation: Notation,
) -> Fault {
    let shown = visible(&shortened(key));
    let message = format!("`{shown}` is not a key of {owner}");
    let help = match (home, notation) {
        (Some(Home::Top), Notation::Toml) => {
            format!("`{shown}` belongs to the top of the file: move the line up, above the first `[`")
        }
        (Some(Home::Top), Notation::Yaml) => {
            format!("`{shown}` belongs to the record itself: begin the line without any blanks")
        }
        (Some(Home::Tables(tables)), notation) => {
            let places: Vec<String> = tables.iter().map(|(name, is_list)| place(name, *is_list, notation)).collect();
            format!("`{shown}` belongs below {}", any_of(&places))
        }
        (None, _) => match nearest(key, free.iter().copied().chain(taken.iter().map(|(key, _)| *key))) {
            Some(near) => match taken.iter().find(|(key, _)| *key == near) {
                Some((_, line)) => {
                    format!("looks like `{near}`, which stands in line {line} already: take one of them out")
                }
                None => format!("did you mean `{near}`?"),
            },
            None if free.is_empty() => "take it out".to_owned(),
            None if free.len() > KEYS_LISTED => "take it out, or put what it says into `notes`".to_owned(),
            None => {
                let keys: Vec<String> = free.iter().map(|key| format!("`{key}`")).collect();
                format!("take it out, or write what it says as {}", any_of(&keys))
            }
        },
    };
    Fault::new(span, message, help)
}

fn place(name: &str, is_list: bool, notation: Notation) -> String {
    match (notation, is_list) {
        (Notation::Toml, true) => format!("`[[{name}]]`"),
        (Notation::Toml, false) => format!("`[{name}]`"),
        (Notation::Yaml, _) => format!("`{name}:`"),
    }
}

/// A key that must be there. `above` says whether it must be written above a header of TOML.
pub(super) fn missing(span: Range<usize>, owner: &str, field: &Field, above: bool, notation: Notation) -> Fault {
    let message = format!("{owner} has no `{}`", field.key);
    let line = assignment(&field.key, &example(&field.key, &field.shape, notation), notation);
    let help = format!("add for example `{line}`{}", if above { ", above the first `[`" } else { "" });
    Fault::new(span, message, with_choice(help, &field.shape))
}

/// A table in which one of several keys must be there.
pub(super) fn none_of(span: Range<usize>, owner: &str, table: &Table, notation: Notation) -> Fault {
    let fields = table.fields.iter().filter(|field| table.one_of.contains(&field.key));
    let lines: Vec<String> = fields
        .map(|field| format!("`{}`", assignment(&field.key, &example(&field.key, &field.shape, notation), notation)))
        .collect();
    let keys: Vec<String> = table.one_of.iter().map(|key| format!("`{key}`")).collect();
    let message = format!("{owner} has neither {}", keys.join(" nor "));
    Fault::new(span, message, format!("add for example {}", any_of(&lines)))
}

/// A table with keys that must not be there together.
pub(super) fn not_both(span: Range<usize>, owner: &str, table: &Table) -> Fault {
    let keys: Vec<String> = table.not_both.iter().map(|key| format!("`{key}`")).collect();
    Fault::new(span, format!("{owner} has both {}", keys.join(" and ")), "take out the one that is not so")
}

/// A list in which something must be.
pub(super) fn empty_list(span: Range<usize>, key: &str, notation: Notation) -> Fault {
    let help = match key {
        "of" => format!(
            "name the dates that it rules on, such as `{}`, or leave `of` out",
            assignment("of", "[2026-01-31]", notation)
        ),
        _ => "write its first entry".to_owned(),
    };
    Fault::new(span, format!("`{key}` is empty, and needs one entry at least"), help)
}

/// A list with more entries than anybody needs; what is said is said of the first that is too many.
pub(super) fn long_list(span: Range<usize>, key: &str, most: usize) -> Fault {
    let message = format!("`{key}` has more than {most} entries, and no record needs so many");
    Fault::new(span, message, "look whether something has been written many times over")
}

/// A value that is not what it must be.
pub(super) fn wrong_value(
    name: &str,
    key: &str,
    node: &Node<'_>,
    shape: &Shape,
    written: &str,
    notation: Notation,
) -> Fault {
    let shown = visible(&shortened(written));
    let span = node.span.clone();
    let wanted = wanted(shape);
    match (&node.value, shape) {
        (Value::Null, _) => {
            let help = format!("write {wanted} after the colon, or take the line out");
            Fault::new(span, format!("{name} has no value"), with_choice(help, shape))
        }
        (Value::Text(word), Shape::Words(words)) => {
            let message = format!("{name} cannot be {}", in_quotes(word));
            Fault::new(span, message, of_list(word, words))
        }
        (Value::Text(text), Shape::Date) => date(span, name, text),
        (Value::Date(text), Shape::Date) => date(span, name, text),
        (Value::Integer(number), Shape::Number(..)) => {
            let help = match (key, number) {
                ("minutes", ..1) => "what did not take place has `cancelled` instead, with the reason".to_owned(),
                _ => format!("write {wanted}"),
            };
            Fault::new(span, format!("{name} is {shown}, it must be {wanted}"), help)
        }
        (value, _) => {
            let message = format!("{name} is {}, it must be {wanted}", what_it_is(value, &shown));
            let help = instead(key, value, shape, &shown, notation);
            Fault::new(span, message, help)
        }
    }
}

/// What to write for a value of another type.
fn instead(key: &str, value: &Value<'_>, shape: &Shape, shown: &str, notation: Notation) -> String {
    match (value, shape) {
        (Value::Text(text), Shape::Number(..)) if text.trim().parse::<i64>().is_ok() => {
            format!("write {} without quotes", text.trim())
        }
        (Value::Text(text), Shape::Boolean) => match text.trim().to_ascii_lowercase().as_str() {
            "yes" | "y" | "on" | "true" => "write `true`, without quotes".to_owned(),
            "no" | "n" | "off" | "false" => "write `false`, without quotes".to_owned(),
            _ => "write `true` or `false`, without quotes".to_owned(),
        },
        (Value::Integer(0), Shape::Boolean) => "write `false`".to_owned(),
        (Value::Integer(1), Shape::Boolean) => "write `true`".to_owned(),
        (Value::Integer(_) | Value::Float | Value::Boolean(_) | Value::Date(_), Shape::Text) => {
            format!("put it in quotes: `\"{shown}\"`")
        }
        (Value::Float, Shape::Number(..)) => "leave the fraction out".to_owned(),
        (Value::Table(_), Shape::List { .. }) if shown.starts_with('{') => {
            format!("put it in square brackets: `{}`", assignment(key, "[{ … }]", notation))
        }
        (Value::Table(_), Shape::List { element, .. }) if matches!(**element, Shape::Table(_)) => match notation {
            Notation::Toml => format!("there can be several: write `[[{key}]]`, with two brackets on each side"),
            Notation::Yaml => {
                format!("there can be several: put a `-` and a blank before the first key below `{key}:`")
            }
        },
        (_, Shape::Table(_)) if key.is_empty() => {
            "write each key at the beginning of a line of its own: `key: value`".to_owned()
        }
        (Value::List(_), Shape::Table(_)) => match notation {
            Notation::Toml => format!("there is only one: write `[{key}]`, with one bracket on each side"),
            Notation::Yaml => format!("there is only one: take the `-` out below `{key}:`"),
        },
        (Value::Text(_) | Value::Integer(_) | Value::Boolean(_) | Value::Date(_), Shape::List { element, .. })
            if !matches!(**element, Shape::Table(_)) =>
        {
            format!("put it in square brackets: `[{shown}]`")
        }
        _ => {
            let line = assignment(key, &example(key, shape, notation), notation);
            with_choice(format!("write for example `{line}`"), shape)
        }
    }
}

/// A text or a date of TOML that is no day.
fn date(span: Range<usize>, name: &str, text: &str) -> Fault {
    let day = text.get(..10).filter(|start| is_iso_shaped(start));
    match day {
        Some(day) if text.len() == 10 => {
            let (message, help) = impossible(day);
            Fault::new(span, message, help)
        }
        Some(day) if text[10..].starts_with(['T', 't', ' ']) => {
            let help = match Day::parse(day) {
                Some(_) => format!("write {day} alone"),
                None => "write a date such as 2026-01-31".to_owned(),
            };
            Fault::new(span, format!("{name} has a time of day, it must be a date alone"), help)
        }
        _ => {
            let help = match turned_round(text) {
                Some(day) => format!("write the year first, then the month and the day: {}", day.iso()),
                None => "write the year, the month and the day in digits: 2026-01-31".to_owned(),
            };
            Fault::new(span, format!("{name} is {}, it must be a date", in_quotes(text)), help)
        }
    }
}

fn is_iso_shaped(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// Why a date in the right form is no day.
fn impossible(day: &str) -> (String, String) {
    let number = |part: Option<&str>| part.and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(0);
    let mut parts = day.split('-');
    let (year, month, of_month) = (number(parts.next()), number(parts.next()), number(parts.next()));
    let first = i32::try_from(year).ok().and_then(|year| Day::new(year, month, 1));
    match first {
        Some(first) => {
            let month = first.to_string().split_off(2);
            let last = (28..=31).rev().find(|&last| Day::new(first.year(), first.month(), last).is_some());
            (format!("{of_month} {month} does not exist"), format!("{month} has {} days", last.unwrap_or(28)))
        }
        None if month == 0 || month > 12 => {
            (format!("{day} does not exist"), "the month stands in the middle, from 01 to 12".to_owned())
        }
        None => (format!("{day} does not exist"), "the years begin with 0001".to_owned()),
    }
}

/// The day of a date that is written the other way round, such as 31/01/2026 or 31.1.2026.
fn turned_round(text: &str) -> Option<Day> {
    let mut parts = text.split(['/', '.', '-']).map(|part| part.trim().parse::<u32>().ok());
    let (first, month, last) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    parts.next().is_none().then(|| Day::new(i32::try_from(year).ok()?, month, day)).flatten().filter(|_| year > 1900)
}

/// What to write in place of a word that is not in the list.
fn of_list(word: &str, words: &[String]) -> String {
    let is_of_requirements = words.iter().any(|known| known == "G1");
    if is_of_requirements && Code::from_word(word).is_some() {
        return "no ruling settles it, it has decisions of its own: write a `decision` instead".to_owned();
    }
    let near = nearest(word, words.iter().map(String::as_str)).map(|near| format!("did you mean \"{near}\"?"));
    let all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match near {
        Some(near) if all.len() == 1 || all.len() > KEYS_LISTED => near,
        Some(near) => format!("{near} It is one of {}", all.join(", ")),
        None if is_of_requirements => "write a code such as G5 or a name such as thirty-sessions".to_owned(),
        None => format!("write one of {}", all.join(", ")),
    }
}

fn with_choice(help: String, shape: &Shape) -> String {
    match shape {
        Shape::Words(words) if words.len() > 1 && words.len() <= 12 => {
            let all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            format!("{help}; it is one of {}", all.join(", "))
        }
        _ => help,
    }
}

fn what_it_is(value: &Value<'_>, shown: &str) -> String {
    match value {
        Value::Table(_) => "a table",
        Value::List(_) => "a list",
        Value::Text(_) => "a text",
        Value::Integer(_) => "a number",
        Value::Float => "a number with a fraction",
        Value::Boolean(_) => return format!("{shown} without quotes"),
        Value::Date(_) => "a date",
        Value::Null => "nothing",
    }
    .to_owned()
}

fn wanted(shape: &Shape) -> String {
    match shape {
        Shape::Table(_) => "a table of keys and values".to_owned(),
        Shape::TextByDay => "a table of dates, each with a text".to_owned(),
        Shape::List { element, .. } => match &**element {
            Shape::Table(_) => "a list of tables".to_owned(),
            Shape::Date => "a list of dates".to_owned(),
            Shape::Number(..) => "a list of numbers".to_owned(),
            _ => "a list of texts".to_owned(),
        },
        Shape::Text | Shape::Words(_) => "a text".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Number(least, most) if *most < i64::from(u16::MAX) => format!("a whole number from {least} to {most}"),
        Shape::Number(0, _) => "a whole number from 0 on".to_owned(),
        Shape::Number(..) => "a whole number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Either(choices) => {
            let wanted = |choice: &Shape| match choice {
                Shape::Number(..) => "a whole number".to_owned(),
                choice => wanted(choice),
            };
            let all: Vec<String> = choices.iter().map(wanted).collect();
            any_of(&all)
        }
    }
}

/// A value as a record could have it.
fn example(key: &str, shape: &Shape, notation: Notation) -> String {
    match shape {
        Shape::Text => quoted(
            match key {
                "course" => "london-2025",
                "group" => "thursday-group",
                "supervisor" => "jo-adams",
                "title" => "Thursday group",
                "organisation" => "Millbrook Health Centre",
                "term" => "Autumn",
                "agreed_by" => "National Training Manager",
                "body" => "UKCP",
                "what" => "ten years of supervising groups",
                "cancelled" => "conductor ill",
                "not_needed" => "a group of staff: nobody is a patient",
                "conductors" | "supervisees" | "absent" | "who" => "lee-morgan",
                _ => "Jo Adams",
            },
            notation,
        ),
        Shape::Date => if matches!(key, "ends" | "until") { "2026-07-11" } else { "2026-01-31" }.to_owned(),
        Shape::Words(words) => quoted(words.first().map_or("", String::as_str), notation),
        Shape::Number(..) => if key == "present" { "7" } else { "60" }.to_owned(),
        Shape::Boolean => "true".to_owned(),
        Shape::TextByDay => format!("{{ {} }}", assignment("2026-01-31", &quoted("9f2c41d0", notation), notation)),
        Shape::List { element, .. } if matches!(**element, Shape::Table(_)) && key == "sessions" => "[]".to_owned(),
        Shape::List { element, .. } => format!("[{}]", example(key, element, notation)),
        Shape::Either(choices) => choices.first().map_or_else(String::new, |first| example(key, first, notation)),
        Shape::Table(table) => {
            let write = |field: &Field| {
                let of_term = key == "terms" && field.key == "name";
                let value = example(if of_term { "term" } else { &field.key }, &field.shape, notation);
                assignment(&field.key, &value, notation)
            };
            let mut inside: Vec<String> = table.fields.iter().filter(|field| field.required).map(write).collect();
            if inside.is_empty() {
                inside.extend(table.fields.first().map(write));
            }
            format!("{{ {} }}", inside.join(", "))
        }
    }
}

fn assignment(key: &str, value: &str, notation: Notation) -> String {
    match notation {
        Notation::Toml => format!("{key} = {value}"),
        Notation::Yaml => format!("{key}: {value}"),
    }
}

/// A text as the notation writes it; YAML needs no quotes for the examples given here.
fn quoted(text: &str, notation: Notation) -> String {
    match notation {
        Notation::Toml => format!("\"{text}\""),
        Notation::Yaml => text.to_owned(),
    }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", visible(&shortened(text)))
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => text[..end].to_owned() + "…",
        None => text.to_owned(),
    }
}
