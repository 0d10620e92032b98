//! A form as plain text that survives every mail program.

use unicode_width::UnicodeWidthStr;

use super::definition::{Field, Form, Kind, Section};
use crate::text::visible;

/// How many columns a line has. Quoted twice it still has fewer than any mail program wraps at.
pub const WIDTH: usize = 70;

/// How many columns a title has.
const TITLE: usize = 58;

/// How many columns a rule has.
const RULE: usize = 66;

/// The title of the rule at the foot.
pub(super) const END: &str = "End of the form";

/// The longest text of a record that a form repeats, in characters.
const LONGEST: usize = 200;

impl Form {
    /// The form as text, but for the line that says what it is about.
    pub(super) fn without_reference(&self) -> String {
        let mut out = vec![rule('=', &self.title), String::new()];
        out.extend(self.known_lines().iter().flat_map(|line| wrapped(line, 4)));
        paragraphs(&self.lead, !self.known.is_empty(), &mut out);
        for section in &self.sections {
            section.write(&mut out);
        }
        out.extend([String::new(), rule('=', END), String::new()]);
        out.join("\n")
    }
}

impl Form {
    /// A line for each thing that is known.
    pub(super) fn known_lines(&self) -> Vec<String> {
        let widest = self.known.iter().map(|(label, _)| one_line(label).width()).max().unwrap_or_default() + 1;
        let line = |(label, value): &(String, String)| {
            let label = format!("{}:", one_line(label));
            format!("{label}{} {}", " ".repeat(widest.saturating_sub(label.width())), short(value))
        };
        self.known.iter().map(line).collect()
    }
}

impl Section {
    fn write(&self, out: &mut Vec<String>) {
        out.extend([String::new(), rule('-', &self.title)]);
        if self.is_marked {
            out.push(format!("[{}]", self.id));
        }
        out.push(String::new());
        paragraphs(&self.lead, false, out);
        if !self.lead.is_empty() {
            out.push(String::new());
        }
        let choices = self.fields.iter().filter(|field| matches!(field.kind, Kind::Choice(_)));
        let widest = choices.map(|field| field.label_line().width()).max().unwrap_or_default();
        for field in &self.fields {
            field.write(widest, out);
        }
    }
}

impl Field {
    fn label_line(&self) -> String {
        let hint = self.hint.as_ref().map(|hint| format!(" ({})", one_line(hint))).unwrap_or_default();
        format!("{}{hint}:", one_line(&self.label))
    }

    fn write(&self, widest: usize, out: &mut Vec<String>) {
        let label = self.label_line();
        let filled = self.filled.as_deref().unwrap_or_default();
        match &self.kind {
            Kind::Choice(_) => {
                let filled = one_line(filled);
                let inside = if filled.is_empty() { " " } else { &filled };
                let spaces = widest.saturating_sub(label.width());
                out.push(format!("{label}{} [{inside}]", " ".repeat(spaces)));
            }
            Kind::Words => out.extend(wrapped(&format!("{label} {}", one_line(filled)), 4)),
            Kind::Text => {
                out.push(label);
                out.extend(filled.lines().flat_map(|line| wrapped(&one_line(line), 0)));
                out.push(String::new());
            }
        }
    }
}

/// The title of a form or section as its rule says it.
pub(super) fn rule_title(title: &str) -> String {
    let title = one_line(title);
    let (mut cut, mut width) = (String::new(), 0);
    for c in title.chars() {
        width += unicode_width::UnicodeWidthChar::width(c).unwrap_or_default();
        if width > TITLE {
            return format!("{}...", cut.trim_end());
        }
        cut.push(c);
    }
    cut
}

fn rule(of: char, title: &str) -> String {
    let title = rule_title(title);
    let four = of.to_string().repeat(4);
    let rest = RULE.saturating_sub(title.width() + 6).max(4);
    format!("{four} {title} {}", of.to_string().repeat(rest))
}

/// The words a space apart, with nothing in them that could act on a terminal or hide.
fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The beginning of a text of a record.
fn short(text: &str) -> String {
    let mut text = one_line(text);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push_str("...");
    }
    text
}

fn paragraphs(of: &[String], is_first_apart: bool, out: &mut Vec<String>) {
    for (number, paragraph) in of.iter().enumerate() {
        if number > 0 || is_first_apart {
            out.push(String::new());
        }
        out.extend(wrapped(&one_line(paragraph), 0));
    }
}

/// A line in lines that are not too wide, broken at spaces; those after the first are indented. A word that is wider than
/// a line has one of its own.
pub(super) fn wrapped(line: &str, indent: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut used, mut gap) = (0, 0);
    for word in line.trim_end().split(' ') {
        if word.is_empty() {
            gap += 1;
            continue;
        }
        let needed = word.width();
        let is_first = lines.last().is_none_or(String::is_empty);
        if !is_first && used + 1 + gap + needed > WIDTH {
            lines.push(" ".repeat(indent));
            (used, gap) = (indent, 0);
        } else if !is_first {
            gap += 1;
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(&" ".repeat(gap));
            last.push_str(word);
        }
        used += gap + needed;
        gap = 0;
    }
    lines
}
