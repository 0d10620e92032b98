//! A table as Markdown.

use std::io::{self, Write};

use crate::reports::{Cell, Sheet, Stands};
use crate::text::isolated;

/// Writes tables as Markdown: titles as headings, sentences as paragraphs, each row on one line. Characters that
/// Markdown or HTML would take for syntax are escaped.
pub fn write_markdown(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    for sheet in sheets {
        if !sheet.title.is_empty() {
            let mark = if sheet.opens_part { "##" } else { "###" };
            writeln!(out, "{mark} {}\n", escaped(&sheet.title))?;
        }
        for sentence in &sheet.lead {
            writeln!(out, "{}\n", escaped(sentence))?;
        }
        for entry in &sheet.list {
            writeln!(out, "- {}", escaped(entry))?;
        }
        if !sheet.list.is_empty() {
            writeln!(out)?;
        }
        if !sheet.columns.is_empty() && !sheet.rows.is_empty() {
            table(sheet, out)?;
        }
        for sentence in &sheet.notes {
            writeln!(out, "{}\n", escaped(sentence))?;
        }
    }
    Ok(())
}

fn table(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    line(sheet.columns.iter().map(|column| escaped(column.heading)), out)?;
    line(
        sheet.columns.iter().map(|column| if column.stands == Stands::Right { "--:" } else { "---" }.to_owned()),
        out,
    )?;
    for row in &sheet.rows {
        line(row.cells.iter().map(field), out)?;
    }
    writeln!(out)
}

fn line(fields: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for field in fields {
        write!(out, "| {field} ")?;
    }
    writeln!(out, "|")
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => escaped(words),
        Cell::Day(day) => day.to_string(),
        Cell::Days(days) => days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Cell::Number(number) => number.to_string(),
        Cell::Lines(lines) => lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br>"),
    }
}

/// Text in which nothing is syntax: HTML's characters as entities, Markdown's with a backslash. Words written from right to
/// left stand by themselves, so that in an editor they do not turn around the columns beside them.
fn escaped(text: &str) -> String {
    let text = &*isolated(text.trim());
    let mut out = String::with_capacity(text.len() + 8);
    let after_digits = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let is_list = after_digits.len() < text.len() && after_digits.starts_with(['.', ')']);
    // What is a list, a heading or an underline only at the beginning of a line.
    let mut is_beginning = is_list || text.starts_with(['-', '+', '#', '=']);
    for (at, character) in text.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', character]),
            '-' | '+' | '#' | '=' | '.' | ')' if is_beginning => {
                out.extend(['\\', character]);
                is_beginning = false;
            }
            // Bare addresses would become links.
            '/' if text[..at].ends_with(':') => out.push_str("\\/"),
            '.' if text.as_bytes()[..at].to_ascii_lowercase().ends_with(b"www") => out.push_str("\\."),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_right_to_left_stands_by_itself() {
        assert_eq!(escaped("דוד לוי: 3 | 4"), "\u{2068}דוד לוי\u{2069}: 3 \\| 4");
    }

    #[test]
    fn nothing_is_syntax() {
        assert_eq!(escaped("a|b <i> & *c* [d](e) `f` g_h"), "a\\|b &lt;i&gt; &amp; \\*c\\* \\[d\\](e) \\`f\\` g\\_h");
        assert_eq!(escaped("  - one - two"), "\\- one - two");
        assert_eq!(escaped("30. session. Done."), "30\\. session. Done.");
        assert_eq!(escaped("30 sessions. Done."), "30 sessions. Done.");
        assert_eq!(escaped("https://www.example.org"), "https:\\//www\\.example.org");
    }
}
