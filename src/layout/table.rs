//! A whole record: its plain keys, then its tables, each in the order of the format.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::comments::{Between, trailing};
use super::order::Keys;
use super::unsupported_layout::{Odd, Oddity, Within};
use super::{guard, value};
use crate::records::RecordKind;

/// A part of a record that stays together: a table with its header, and those within it.
struct Part {
    /// Where it goes: the position of its key in the format; of those alike, where they stood decides.
    rank: usize,
    /// Where it began and ended, as the parser counts headers.
    stood: (isize, isize),
    /// What stood between the part before it and its header.
    between: Between,
    lines: Vec<String>,
    /// Comments after it that do not belong to what comes next.
    below: Vec<String>,
}

/// The text of a record, without byte order mark, in the one layout.
pub(super) fn record(kind: RecordKind, text: &str, mut document: DocumentMut, keys: Keys) -> Result<String, Odd> {
    let has_headers = matches!(kind, RecordKind::Student | RecordKind::Gwp);
    settle(document.as_table_mut(), has_headers, keys);
    let table = document.as_table();
    if table.is_empty() {
        return Ok(text.to_owned());
    }
    let (mut head, mut lines) = plain_keys(table, keys, true)?;
    let mut parts = parts(table, keys)?;

    // What was between the parts goes with the part that it belongs to, before they are put in order.
    let has_plain_keys = !lines.is_empty();
    for at in 0..parts.len() {
        let (below, above) = if at == 0 && !has_plain_keys {
            let (first, own) = parts[at].between.split_at_the_top();
            head = first;
            (Vec::new(), own)
        } else {
            parts[at].between.split()
        };
        parts[at].lines.splice(0..0, above);
        match at.checked_sub(1) {
            Some(before) => parts[before].below = below,
            None => lines.extend(below),
        }
    }
    let end = Between::of(document.trailing().as_str().unwrap_or_default()).above();
    let (mut below, foot) =
        if end.first().is_some_and(String::is_empty) { (Vec::new(), end) } else { (end, Vec::new()) };
    parts.last_mut().map_or(&mut lines, |last| &mut last.below).append(&mut below);

    parts.sort_by_key(|part| part.rank);
    head.append(&mut lines);
    let mut out = head;
    for mut part in parts {
        if out.last().is_some_and(|last| !last.is_empty()) {
            out.push(String::new());
        }
        out.append(&mut part.lines);
        out.append(&mut part.below);
    }
    out.extend(foot);
    Ok(out.join("\n") + "\n")
}

/// Turns tables in braces into tables with headers, or the other way round, as the format has them. A list in braces with
/// comments in it stays one: it has a place for them. What is said with dotted keys becomes a table of its own.
fn settle(table: &mut Table, has_headers: bool, keys: Keys) {
    for (mut key, item) in table.iter_mut() {
        let keys = keys.under(key.get());
        let is_like_a_table = keys.is_table() || keys.element().is_table();
        whole_tables(item);
        if is_like_a_table {
            let prefix = value::raw(key.leaf_decor().prefix()).to_owned();
            let has_comments = || !guard::comments(&format!("x = {}", item.to_string().trim())).is_empty();
            if has_headers || keys.has_header {
                if !item.is_value() || !has_comments() {
                    with_headers(item, &prefix);
                }
            } else if let Some(above) = in_braces(item) {
                key.leaf_decor_mut().set_prefix(above);
            }
        }
        let element = keys.element();
        match item {
            Item::Table(inner) => settle(inner, false, keys),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|inner| settle(inner, false, element)),
            _ => {}
        }
    }
}

/// What dotted keys say becomes a table with a header, or one in braces.
fn whole_tables(item: &mut Item) {
    fn in_value(value: &mut Value) {
        match value {
            Value::InlineTable(table) => {
                table.set_dotted(false);
                table.iter_mut().for_each(|(_, value)| in_value(value));
            }
            Value::Array(array) => array.iter_mut().for_each(in_value),
            _ => {}
        }
    }
    match item {
        Item::Value(value) => in_value(value),
        Item::Table(table) if table.is_dotted() => {
            table.set_dotted(false);
            table.set_implicit(false);
        }
        _ => {}
    }
}

fn with_headers(item: &mut Item, prefix: &str) {
    if !item.is_value() {
        return;
    }
    *item = match std::mem::take(item) {
        Item::Value(Value::InlineTable(table)) => Item::Table(table.into_table()),
        list => list.into_array_of_tables().map_or_else(|other| other, Item::ArrayOfTables),
    };
    match item {
        Item::Table(table) => table.decor_mut().set_prefix(prefix),
        Item::ArrayOfTables(tables) => {
            if let Some(first) = tables.iter_mut().next() {
                first.decor_mut().set_prefix(prefix);
            }
        }
        _ => {}
    }
}

/// Puts tables with headers into braces. Their comments come to stand above them; those that belong above the key are
/// told.
fn in_braces(item: &mut Item) -> Option<String> {
    match std::mem::take(item) {
        Item::Table(table) => {
            let above = [lines_of(value::raw(table.decor().prefix())), comments_in(&table)].concat();
            *item = Item::Value(Value::InlineTable(bare(table)));
            Some(above)
        }
        Item::ArrayOfTables(tables) => {
            let (mut array, mut above_all) = (Array::new(), String::new());
            for (position, table) in tables.into_iter().enumerate() {
                let mut above = comments_in(&table);
                let heading = lines_of(value::raw(table.decor().prefix()));
                match position {
                    0 => above_all = heading,
                    _ => above = heading + &above,
                }
                let mut element = Value::InlineTable(bare(table));
                element.decor_mut().set_prefix(if above.is_empty() { above } else { format!("\n{above}") });
                array.push_formatted(element);
            }
            *item = Item::Value(Value::Array(array));
            Some(above_all)
        }
        other => {
            *item = other;
            None
        }
    }
}

/// The comments in a text, a line each, after a blank line where there was one.
fn lines_of(raw: &str) -> String {
    Between::of(raw).above().iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// The comments behind the header of a table and in it, a line each.
fn comments_in(table: &Table) -> String {
    let header = trailing(value::raw(table.decor().suffix()));
    let inside = table.to_string();
    let all = std::iter::once(header.trim()).chain(inside.lines().flat_map(guard::comments));
    all.filter(|comment| !comment.is_empty()).flat_map(|comment| [comment, "\n"]).collect()
}

/// A table in braces, without what stood around its keys and values.
fn bare(table: Table) -> InlineTable {
    fn plain(value: &mut Value) {
        value.decor_mut().clear();
        match value {
            Value::InlineTable(table) => {
                table.set_trailing("");
                for (mut key, value) in table.iter_mut() {
                    key.leaf_decor_mut().clear();
                    plain(value);
                }
            }
            Value::Array(array) => {
                array.set_trailing("");
                array.iter_mut().for_each(plain);
            }
            _ => {}
        }
    }
    let mut value = Value::InlineTable(table.into_inline_table());
    plain(&mut value);
    match value {
        Value::InlineTable(table) => table,
        _ => InlineTable::new(),
    }
}

/// The tables with headers, in the order in which they stand.
fn parts(table: &Table, keys: Keys) -> Result<Vec<Part>, Odd> {
    let mut parts = Vec::new();
    for (name, item) in table {
        let (rank, keys) = (keys.position(name), keys.under(name));
        match item {
            Item::Table(table) => {
                let part = part(rank, &format!("[{name}]"), name, table, keys).in_key(name)?;
                parts.push((part, (name, None)));
            }
            Item::ArrayOfTables(tables) => {
                for (position, table) in tables.iter().enumerate() {
                    let part = part(rank, &format!("[[{name}]]"), name, table, keys.element());
                    parts.push((part.in_element(position).in_key(name)?, (name, Some(position))));
                }
            }
            _ => {}
        }
    }
    parts.sort_by_key(|(part, _)| part.stood);
    // A table within another that stands apart from it would take its comments along.
    if let Some([(_, (name, position)), _]) = parts.windows(2).find(|pair| pair[0].0.stood.1 > pair[1].0.stood.0) {
        let apart = Err(Odd::new(Oddity::Apart));
        return position.map_or(apart, |position| Err(Odd::new(Oddity::Apart)).in_element(position)).in_key(name);
    }
    Ok(parts.into_iter().map(|(part, _)| part).collect())
}

fn part(rank: usize, header: &str, name: &str, table: &Table, keys: Keys) -> Result<Part, Odd> {
    if table.is_implicit() || table.is_dotted() {
        return Err(Odd::new(Oddity::PartOfTable));
    }
    let mut lines = vec![format!("{header}{}", trailing(value::raw(table.decor().suffix())))];
    lines.extend(plain_keys(table, keys, false)?.1);
    let began = table.position().unwrap_or(-1);
    let mut ended = began;
    for (inner, item) in table {
        match item {
            Item::Table(within) => {
                if within.is_implicit() || within.is_dotted() {
                    return Err(Odd::new(Oddity::PartOfTable)).in_key(inner);
                }
                if within.iter().any(|(_, item)| !item.is_value()) {
                    return Err(Odd::new(Oddity::Deep)).in_key(inner);
                }
                let (below, above) = Between::of(value::raw(within.decor().prefix())).split_inside();
                if !below.is_empty() {
                    lines.extend(below);
                    lines.push(String::new());
                }
                lines.extend(above);
                let after = trailing(value::raw(within.decor().suffix()));
                lines.push(format!("[{name}.{inner}]{after}"));
                lines.extend(plain_keys(within, keys.under(inner), false).in_key(inner)?.1);
                ended = ended.max(within.position().unwrap_or(began));
            }
            Item::ArrayOfTables(_) => return Err(Odd::new(Oddity::Deep)).in_key(inner),
            _ => {}
        }
    }
    let between = Between::of(value::raw(table.decor().prefix()));
    Ok(Part { rank, stood: (began, ended), between, lines, below: Vec::new() })
}

/// What stands at the top of the file, where this is the top; and the lines of the plain keys.
fn plain_keys(table: &Table, keys: Keys, is_top: bool) -> Result<(Vec<String>, Vec<String>), Odd> {
    let (mut head, mut pieces) = (Vec::new(), Vec::new());
    for (name, item) in table {
        let Item::Value(said) = item else { continue };
        let key = table.key(name).ok_or(Odd::new(Oddity::PartOfTable))?;
        let between = Between::of(value::raw(key.leaf_decor().prefix()));
        let above = if is_top && pieces.is_empty() {
            let (first, own) = between.split_at_the_top();
            head = first;
            own
        } else {
            between.above()
        };
        let written = match (name, keys.under(name)) {
            ("sessions", keys) if is_top => value::sessions(said, keys),
            (_, keys) => value::value(said, keys),
        };
        let written = written.in_key(name)?;
        let after = trailing(value::raw(said.decor().suffix()));
        pieces.push((keys.position(name), above, format!("{} = {written}{after}", value::bare(key))));
    }
    pieces.sort_by_key(|(position, ..)| *position);
    let mut lines: Vec<String> = Vec::new();
    for (_, above, line) in pieces {
        let is_first = lines.is_empty();
        lines.extend(above.into_iter().skip_while(|comment| is_first && comment.is_empty()));
        lines.push(line);
    }
    Ok((head, lines))
}
