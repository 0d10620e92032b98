//! A page of Markdown in blocks. Only what the pages of the manual are written with is known.

/// A block of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// How deep, from 1, and the words.
    Heading(usize, &'static str),
    Paragraph(String),
    /// An entry of a list: its mark, and the words.
    Item(&'static str, String),
    /// Lines that are shown as they are.
    Code(Vec<&'static str>),
    /// The heading of each column, and the rows.
    Table(Vec<&'static str>, Vec<Vec<&'static str>>),
}

/// The blocks of a page.
pub(super) fn blocks(page: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            blocks.push(Block::Code(lines.by_ref().take_while(|line| !line.starts_with("```")).collect()));
        } else if line.starts_with('#') {
            let words = line.trim_start_matches('#');
            blocks.push(Block::Heading(line.len() - words.len(), words.trim()));
        } else if line.starts_with('|') {
            // The line below the headings only rules them off.
            lines.next_if(|line| line.starts_with("|--"));
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            blocks.push(Block::Table(cells(line), rows));
        } else if !line.trim().is_empty() && !line.starts_with("<!--") {
            let (mark, words) = marked(line);
            let mut words = words.to_owned();
            while let Some(more) = lines.next_if(|line| goes_on(line)) {
                words.push(' ');
                words.push_str(more.trim());
            }
            blocks.push(if mark.is_empty() { Block::Paragraph(words) } else { Block::Item(mark, words) });
        }
    }
    blocks
}

/// The mark of an entry of a list, such as `-` or `2.`, and its words; an empty mark before a plain line.
fn marked(line: &'static str) -> (&'static str, &'static str) {
    match line.split_once(' ') {
        Some((mark, words)) if mark == "-" || is_number(mark) => (mark, words),
        _ => ("", line),
    }
}

fn is_number(mark: &str) -> bool {
    mark.strip_suffix('.').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a line belongs to the paragraph or entry above it.
fn goes_on(line: &'static str) -> bool {
    !line.trim().is_empty() && !line.starts_with(['#', '|', '`', '<']) && marked(line).0.is_empty()
        || line.starts_with('`') && !line.starts_with("```")
}

fn cells(row: &'static str) -> Vec<&'static str> {
    let row = row.trim().trim_start_matches('|');
    row.strip_suffix('|').unwrap_or(row).split('|').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_known() {
        let page = "# A page\n\nTwo\n`lines`.\n\n- one\n  more\n2. two\n\n```sh\n# code\n```\n<!-- made -->\n\n| a | b |\n|---|---|\n| 1 | `2` |\n";
        let expected = [
            Block::Heading(1, "A page"),
            Block::Paragraph("Two `lines`.".to_owned()),
            Block::Item("-", "one more".to_owned()),
            Block::Item("2.", "two".to_owned()),
            Block::Code(vec!["# code"]),
            Block::Table(vec!["a", "b"], vec![vec!["1", "`2`"]]),
        ];
        assert_eq!(blocks(page), expected);
    }
}
