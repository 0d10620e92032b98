//! Every place of the records that says something of a person.

use super::link::Link;
use super::people::Person;
use crate::case::{comments, kind_of};
use crate::diff::{FieldChange, value_of, whole};
use crate::records::RecordKind;
use crate::text::{FileId, Node, Notation, Parsed, Source, Text};

/// What a place says.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A key or an entry of a list, as something that is new.
    Entry(FieldChange),
    /// A line: a comment, or a line of a text that cannot be read as a record.
    Line(Text),
}

/// A place that says something of somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The file.
    pub file: FileId,
    /// The line, counted from 1.
    pub line: usize,
    /// What stands there.
    pub said: Said,
    /// How it is known that it is about them.
    pub link: Link,
}

/// Every place of the records that says something of a person, in order of file and line.
pub fn mentions(sources: &[Source], person: &Person) -> Vec<Mention> {
    let mut found = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let file = FileId(u32::try_from(number).unwrap_or(u32::MAX));
        let (Ok(text), Some(notation)) = (&source.content, Notation::of(source.path.raw())) else { continue };
        let mut of_file = entries(file, source, notation, text, person);
        of_file.extend(lines(file, source, notation, text, person));
        of_file.sort_by_key(|one| one.line);
        found.append(&mut of_file);
    }
    found
}

/// How a whole record is about somebody, where it is.
pub(super) fn link_of_record(source: &Source, person: &Person) -> Option<Link> {
    if person.is_own(&source.path) {
        return Some(Link::Own);
    }
    let is_log = kind_of(source.path.raw()) == Some(RecordKind::Session);
    (is_log && value_of(source).is_some_and(|log| person.is_in_log(&log))).then_some(Link::Log)
}

fn entries(file: FileId, source: &Source, notation: Notation, text: &str, person: &Person) -> Vec<Mention> {
    let of_record = link_of_record(source, person);
    let parsed = Parsed::of(notation, text);
    let mention = |detail: FieldChange| {
        let link = of_record.or_else(|| person.link_in(detail.to.as_ref()?))?;
        let begins = place(&parsed.root, &detail.at)?;
        Some(Mention { file, line: line_of(text, begins), said: Said::Entry(detail), link })
    };
    whole(None, Some(source)).into_iter().filter_map(mention).collect()
}

/// Comments, and of a text that cannot be read every line.
fn lines(file: FileId, source: &Source, notation: Notation, text: &str, person: &Person) -> Vec<Mention> {
    let is_readable = value_of(source).is_some();
    let of_comments = comments(notation, text).into_iter().filter(|_| is_readable);
    let of_comments = of_comments.map(|at| (at.start, text.get(at).unwrap_or_default()));
    let mut start = 0;
    let of_all = text.split_inclusive('\n').filter(|_| !is_readable).map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let said = of_comments.chain(of_all);
    let mention = |(at, said): (usize, &str)| {
        let own = person.is_own(&source.path).then_some(Link::Own).filter(|_| !said.trim().is_empty());
        // The line that names the schema for an editor is about nobody.
        let link = own.filter(|_| !said.starts_with("#:")).or_else(|| person.link(said))?;
        Some(Mention { file, line: line_of(text, at), said: Said::Line(Text::new(said.trim())), link })
    };
    said.filter_map(mention).collect()
}

/// Where a key or an entry of a list begins: `name`, `report[1]`.
fn place(root: &Node<'_>, at: &str) -> Option<usize> {
    let (key, position) = match at.split_once('[') {
        Some((key, rest)) => (key, rest.trim_end_matches(']').parse::<usize>().ok()),
        None => (at, None),
    };
    let (name, value) = root.entry(key)?;
    let element = position.and_then(|position| value.elements().get(position));
    Some(element.map_or(name.span.start, |element| element.span.start))
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}
