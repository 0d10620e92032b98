//! The few things of a page in Markdown that its tests look at: fenced blocks, generated parts, links, headings.

use std::collections::BTreeSet;

/// A fenced block.
pub struct Block<'p> {
    /// The word after the fence.
    pub language: &'p str,
    /// The last line before it that is not empty.
    pub caption: &'p str,
    /// What stands in it, with the last line's end.
    pub text: &'p str,
}

/// A piece of a page: a line of it, or the text of a fenced block.
pub enum Piece<'p> {
    Line(&'p str),
    Block(Block<'p>),
}

/// The page in pieces. Put together again they are the page.
pub fn pieces(page: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest, mut caption) = (Vec::new(), page, "");
    while let Some(end) = rest.find('\n') {
        let (line, after) = rest.split_at(end + 1);
        pieces.push(Piece::Line(line));
        rest = after;
        let Some(language) = line.strip_prefix("```") else {
            if !line.trim().is_empty() {
                caption = line.trim();
            }
            continue;
        };
        let length = if rest.starts_with("```") { 0 } else { rest.find("\n```").expect("a fence is closed") + 1 };
        let (text, after) = rest.split_at(length);
        pieces.push(Piece::Block(Block { language: language.trim(), caption, text }));
        let closing = after.find('\n').map_or(after.len(), |end| end + 1);
        pieces.push(Piece::Line(&after[..closing]));
        rest = &after[closing..];
    }
    pieces
}

/// The page with the part between `<!-- name -->` and `<!-- /name -->` as it is made.
pub fn with_part(page: &str, name: &str, made: &str) -> String {
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("the page has no part {name}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("the part {name} does not end"));
    format!("{before}{begin}\n{made}\n{end}{after}")
}

/// The targets of the links of a page, outside of fenced blocks.
pub fn links(page: &str) -> Vec<&str> {
    let lines = pieces(page).into_iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        Piece::Block(_) => None,
    });
    lines.flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next())).collect()
}

/// What the headings of a page are called in links, as GitHub calls them.
pub fn anchors(page: &str) -> BTreeSet<String> {
    let lines = pieces(page).into_iter().filter_map(|piece| match piece {
        Piece::Line(line) => line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim()),
        Piece::Block(_) => None,
    });
    let letter = |letter: char| match letter {
        ' ' => Some('-'),
        letter if letter.is_alphanumeric() || letter == '-' => Some(letter),
        _ => None,
    };
    lines.map(|heading| heading.to_lowercase().chars().filter_map(letter).collect()).collect()
}
