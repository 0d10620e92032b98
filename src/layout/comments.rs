//! Comments and blank lines between what is said.

/// What stands between one thing and the next, a line each; blank lines as empty ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Between(Vec<String>);

impl Between {
    /// From the text between, which begins at the beginning of a line.
    pub(super) fn of(raw: &str) -> Self {
        let mut lines: Vec<String> = raw.lines().map(|line| line.trim().to_owned()).collect();
        // What follows the last line break is the indentation of what comes next.
        if !raw.ends_with('\n') && lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines.dedup_by(|one, other| one.is_empty() && other.is_empty());
        Self(lines)
    }

    /// Whether there is any comment.
    pub(super) fn has_comment(&self) -> bool {
        self.0.iter().any(|line| !line.is_empty())
    }

    /// The comments right above what comes next, after a blank line where there was one; nothing where there is none.
    pub(super) fn above(&self) -> Vec<String> {
        if self.has_comment() { without_last_blank(&self.0).to_vec() } else { Vec::new() }
    }

    /// What belongs to what came before, the comments right below it; and what to what comes next, all that stands apart.
    pub(super) fn split(&self) -> (Vec<String>, Vec<String>) {
        self.split_at(self.0.iter().position(String::is_empty))
    }

    /// What belongs to which of two parts of one table: only what is right above the second belongs to it.
    pub(super) fn split_inside(&self) -> (Vec<String>, Vec<String>) {
        self.split_at(self.0.iter().rposition(String::is_empty))
    }

    fn split_at(&self, blank: Option<usize>) -> (Vec<String>, Vec<String>) {
        let Some(blank) = blank else { return (Vec::new(), self.0.clone()) };
        let (before, after) = (&self.0[..blank], &self.0[blank + 1..]);
        let before = if before.iter().any(|line| !line.is_empty()) { before.to_vec() } else { Vec::new() };
        (before, after.to_vec())
    }

    /// What stays at the top of a file, all up to the last blank line and the line that names the schema; and what belongs
    /// to what comes next.
    pub(super) fn split_at_the_top(&self) -> (Vec<String>, Vec<String>) {
        let first = self.0.iter().position(|line| !line.is_empty()).unwrap_or(self.0.len());
        let lines = Self(self.0[first..].to_vec());
        let (mut head, mut own) = lines.split_inside();
        if !head.is_empty() {
            head.push(String::new());
        } else if own.first().is_some_and(|line| line.starts_with("#:")) {
            head.push(own.remove(0));
        }
        (head, own)
    }
}

fn without_last_blank(lines: &[String]) -> &[String] {
    match lines {
        [rest @ .., last] if last.is_empty() => rest,
        lines => lines,
    }
}

/// A comment at the end of a line, with the gap before it; empty where there is none.
pub(super) fn trailing(raw: &str) -> String {
    match raw.find('#') {
        Some(0) => format!("   {}", raw.trim_end()),
        Some(_) => raw.trim_end().to_owned(),
        None => String::new(),
    }
}
