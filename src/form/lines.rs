//! Lines of a text that went through mail programs.

use crate::text::{Text, is_deceptive};

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the text; the first is 1.
    pub number: usize,
    /// What it says, without marks of quotation before it and spaces around it.
    pub says: Text,
}

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        plain(self.says.raw()).is_empty()
    }
}

/// The lines of a text, each without marks of quotation.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let unquoted = |line: &str| {
        let line: String = line.chars().map(|c| if is_space(c) { ' ' } else { c }).collect();
        line.trim_start_matches(['>', ' ']).trim_end().to_owned()
    };
    let line = |(at, line): (usize, &str)| Line { number: at + 1, says: Text::new(unquoted(line)) };
    text.split('\n').enumerate().map(line).collect()
}

/// Spaces of every width, and what ends a line elsewhere.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{2007}'
}

/// Words as they are compared: small letters, straight quotes, one kind of dash, single spaces, and nothing that is not
/// seen or only makes letters bold.
pub(super) fn plain(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_deceptive(*c) || is_space(*c)).filter(|c| !matches!(c, '*' | '_'));
    let usual = seen.map(|c| match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' | '\u{60}' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{ff1a}' => ':',
        other => other,
    });
    let usual = usual.collect::<String>().replace('\u{2026}', "...");
    usual.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a rule says: the words between the lines of `-` or `=`, as they are compared; empty where it is only a line.
/// Nothing where this is no rule.
pub(super) fn rule(line: &str) -> Option<String> {
    let line = plain(line);
    let is_of_rule = |c: char| matches!(c, '-' | '=');
    let is_rule = line.chars().take(2).filter(|c| is_of_rule(*c)).count() == 2;
    is_rule.then(|| line.trim_matches(|c| is_of_rule(c) || c == ' ').to_owned())
}

/// The words that are marked as `[such]` on a line of their own, as they are compared.
pub(super) fn mark(line: &str) -> Option<String> {
    let line = plain(line);
    Some(line.strip_prefix('[')?.strip_suffix(']')?.trim().to_owned())
}

/// What stands before the answer on the line of a label, and the answer; nothing where the line has another label, or
/// none. Whatever hint stands in brackets behind the label belongs to it.
pub(super) fn after_label<'l>(line: &'l str, label: &str) -> Option<(&'l str, &'l str)> {
    /// No label has more marks in it.
    const MOST: usize = 12;
    let label = plain(label);
    let ends = line.char_indices().filter(|(_, c)| matches!(c, ':' | '\u{ff1a}')).take(MOST);
    ends.map(|(at, c)| (&line[..at], &line[at + c.len_utf8()..])).find(|(before, _)| is_label(before, &label))
}

fn is_label(before: &str, label: &str) -> bool {
    let before = plain(before);
    let Some(behind) = before.strip_prefix(label) else { return false };
    let behind = behind.trim_start();
    behind.is_empty() || (behind.starts_with('(') && behind.ends_with(')'))
}

/// The hint that stands in brackets behind a label.
pub(super) fn hint(before: &str, label: &str) -> Option<String> {
    let before = plain(before);
    let hint = before.strip_prefix(&plain(label))?.trim().strip_prefix('(')?.strip_suffix(')')?;
    Some(hint.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_and_odd_spaces_are_taken_off() {
        let says: Vec<_> =
            lines("\u{feff}> > a\u{a0}b \r\n>\r\n c").iter().map(|line| line.says.raw().to_owned()).collect();
        assert_eq!(says, ["a b", "", "c"]);
        assert_eq!(plain("  *Working\u{2011}Alliance* \u{2019}s\u{200b} "), "working-alliance 's");
    }

    #[test]
    fn a_label_is_found_whatever_its_hint() {
        let answer = |line| after_label(line, "Signed: name").map(|(_, answer)| answer);
        assert_eq!(answer("SIGNED: Name (you): Mina: Holt"), Some(" Mina: Holt"));
        assert_eq!(answer("Signed: names: x"), None);
        assert_eq!(answer("Signed: name"), None);
        assert_eq!(hint("Signed: name (You) ", "signed: name"), Some("you".to_owned()));
    }

    #[test]
    fn rules_and_marks() {
        assert_eq!(rule("\u{2014}\u{2014} Signature ----"), Some("signature".to_owned()));
        assert_eq!(rule("-----"), Some(String::new()));
        assert_eq!(rule("- a point"), None);
        assert_eq!(mark("[Mina-Holt  A3]"), Some("mina-holt a3".to_owned()));
    }
}
