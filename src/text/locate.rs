//! From what is known of a place by keys and positions to its line and column.

use std::ops::Range;

use super::toml_spans::Spans;
use super::{FileId, Node, Notation, Parsed, Path, Source, SourcePath, Spot};

/// So many files are kept read at a time: those of one student and of the course, and many more.
const FILES_KEPT: usize = 512;

/// Tells where places are. A text is read when the first place in it is asked for; what is asked for file by file,
/// or student by student, is read once.
#[derive(Debug)]
pub struct Locator<'a> {
    sources: &'a [Source],
    /// For each source, the file as far as it was read.
    files: Vec<Option<Box<File<'a>>>>,
    /// Which of them are read.
    kept: Vec<FileId>,
}

/// A text with what is known of it so far.
#[derive(Debug)]
struct File<'a> {
    text: &'a str,
    notation: Notation,
    tree: Option<Tree<'a>>,
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes; empty until a long line asks for it.
    characters: Vec<usize>,
}

/// A column further from its line's beginning than this is counted by blocks: all of a text may be one line.
const BLOCK: usize = 4096;

/// What tells where the values of a text stand.
#[derive(Debug)]
enum Tree<'a> {
    /// Of a text that is plain TOML.
    Spans(Spans<'a>),
    /// Of any other.
    Nodes(Node<'a>),
}

impl<'a> Locator<'a> {
    /// For places in these sources.
    pub fn new(sources: &'a [Source]) -> Self {
        Self { sources, files: sources.iter().map(|_| None).collect(), kept: Vec::new() }
    }

    /// Line and column of a value, counted from 1, columns in characters. The value of a table that a header opens
    /// begins with the header. Where there is no such value it is the nearest around it, in the end the file.
    pub fn place(&mut self, place: SourcePath) -> (usize, usize) {
        let Some(file) = self.file(place.file) else { return (1, 1) };
        let at = file.value(&place.path).start;
        file.line_and_column(at)
    }

    /// Line and column of a spot, likewise.
    pub fn line_and_column(&mut self, file: FileId, spot: &Spot) -> (usize, usize) {
        if let Spot::LineColumn(line, column) = *spot {
            return (line, column);
        }
        match (self.span(file, spot), self.file(file)) {
            (Some(span), Some(file)) => file.line_and_column(span.start),
            _ => (1, 1),
        }
    }

    /// The bytes of a spot; none where that is the file as a whole, or the file is no text.
    pub fn span(&mut self, file: FileId, spot: &Spot) -> Option<Range<usize>> {
        let file = self.file(file)?;
        let span = match spot {
            Spot::File | Spot::LineColumn(..) => return None,
            Spot::Bytes(bytes) => bytes.clone(),
            Spot::Value(path) => file.value(path),
            Spot::Key(path) => file.key(path),
        };
        Some(span).filter(|span| *span != (0..0))
    }

    fn file(&mut self, id: FileId) -> Option<&mut File<'a>> {
        let number = id.0 as usize;
        if self.files.get(number)?.is_none() {
            let source = self.sources.get(number)?;
            let text = source.content.as_deref().ok()?;
            let notation = Notation::of(source.path.raw())?;
            if self.kept.len() >= FILES_KEPT {
                for FileId(kept) in self.kept.drain(..) {
                    self.files[kept as usize] = None;
                }
            }
            self.kept.push(id);
            self.files[number] =
                Some(Box::new(File { text, notation, tree: None, lines: Vec::new(), characters: Vec::new() }));
        }
        self.files[number].as_deref_mut()
    }
}

impl File<'_> {
    fn value(&mut self, path: &Path) -> Range<usize> {
        self.follow(path).map_or(0..0, |(_, value)| value)
    }

    fn key(&mut self, path: &Path) -> Range<usize> {
        self.follow(path).map_or(0..0, |(key, value)| key.unwrap_or(value))
    }

    /// Where the value at a path stands, after where its key does.
    fn follow(&mut self, path: &Path) -> Option<(Option<Range<usize>>, Range<usize>)> {
        let (notation, text) = (self.notation, self.text);
        let tree = self.tree.get_or_insert_with(|| {
            let spans = if notation == Notation::Toml { Spans::of(text) } else { None };
            spans.map_or_else(|| Tree::Nodes(Parsed::of(notation, text).root), Tree::Spans)
        });
        match tree {
            Tree::Spans(spans) => spans.follow(path),
            Tree::Nodes(root) => {
                let (key, value) = root.follow(path)?;
                Some((key.map(|key| key.span.clone()), value.span.clone()))
            }
        }
    }

    fn line_and_column(&mut self, at: usize) -> (usize, usize) {
        let text = self.text;
        if self.lines.is_empty() {
            let after_breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
            self.lines = std::iter::once(0).chain(after_breaks).collect();
        }
        let line = self.lines.partition_point(|begins| *begins <= at).max(1);
        let begins = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = text.get(begins..at).unwrap_or_default();
        // A byte order mark is no column of its own.
        let mark = usize::from(begins == 0 && before.starts_with('\u{feff}'));
        let characters =
            if before.len() > BLOCK { self.before(at) - self.before(begins) } else { characters(before.as_bytes()) };
        (line, characters - mark + 1)
    }

    /// How many characters begin before a byte of the text.
    fn before(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        if self.characters.is_empty() {
            let mut so_far = 0;
            self.characters.push(0);
            self.characters.extend(bytes.chunks(BLOCK).map(|block| {
                so_far += characters(block);
                so_far
            }));
        }
        let block = at / BLOCK;
        let counted = self.characters.get(block).copied().unwrap_or(0);
        counted + characters(bytes.get(block * BLOCK..at).unwrap_or_default())
    }
}

/// How many characters begin in these bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn sources(path: &str, text: &str) -> Vec<Source> {
        vec![Source { path: Text::new(path), content: Ok(text.to_owned().into()) }]
    }

    fn place(path: Path) -> SourcePath {
        SourcePath { file: FileId(0), path }
    }

    fn at(path: &str, text: &str, wanted: Path) -> (usize, usize) {
        Locator::new(&sources(path, text)).place(place(wanted))
    }

    const TOML: &str = "\u{feff}name = \"Zoë\"\r\ncourse = 'x'\r\n\r\n  [form1]\r\nsubmitted = 2026-01-31\r\n\
        [[wrg]]\r\nsupervisor = \"a\"\r\n[[wrg]]\r\npresentations = [ 2026-01-01,\r\n   2026-02-01 ]\r\n";

    #[test]
    fn values_of_toml() {
        let wrg = Path::of("wrg");
        let cases = [
            (Path::of("name"), (1, 8)),
            (Path::of("course"), (2, 10)),
            (Path::of("form1"), (4, 3)),
            (Path::of("form1").key("submitted"), (5, 13)),
            (wrg, (6, 1)),
            (wrg.index(0), (6, 1)),
            (wrg.index(1), (8, 1)),
            (wrg.index(1).key("presentations"), (9, 17)),
            (wrg.index(1).key("presentations").index(1), (10, 4)),
            // What is not there is looked for around it.
            (wrg.index(1).key("until"), (8, 1)),
            (wrg.index(7), (6, 1)),
            (Path::of("email"), (1, 1)),
            (Path::root(), (1, 1)),
        ];
        for (path, wanted) in cases {
            assert_eq!(at("students/a.toml", TOML, path), wanted, "{path}");
        }
    }

    #[test]
    fn values_of_yaml() {
        let text = "# Zoë\nname: 'é' \nwrg:\n  - supervisor: a\n    presentations: [2026-01-01, {a: b}]\n  - {supervisor: b}\nform1:\n  submitted: 2026-01-31\n";
        let wrg = Path::of("wrg");
        let cases = [
            (Path::of("name"), (2, 7)),
            (wrg, (4, 3)),
            (wrg.index(0), (4, 5)),
            (wrg.index(0).key("presentations").index(1), (5, 33)),
            (wrg.index(1), (6, 5)),
            (Path::of("form1"), (8, 3)),
            (Path::of("form1").key("submitted"), (8, 14)),
            (Path::of("form1").key("document"), (8, 3)),
            (Path::of("email"), (1, 1)),
        ];
        for (path, wanted) in cases {
            assert_eq!(at("students/a.yaml", text, path), wanted, "{path}");
        }
    }

    #[test]
    fn spots() {
        let sources = sources("students/a.toml", TOML);
        let mut locator = Locator::new(&sources);
        let mut of = |spot: Spot| (locator.line_and_column(FileId(0), &spot), locator.span(FileId(0), &spot));
        assert_eq!(of(Spot::File), ((1, 1), None));
        assert_eq!(of(Spot::LineColumn(3, 4)), ((3, 4), None));
        assert_eq!(of(Spot::Bytes(3..7)), ((1, 1), Some(3..7)));
        assert_eq!(of(Spot::Value(Path::of("name"))), ((1, 8), Some(10..16)));
        assert_eq!(of(Spot::Key(Path::of("wrg").index(1).key("presentations"))).0, (9, 1));
        assert_eq!(of(Spot::Key(Path::of("wrg").index(1).key("until"))).0, (8, 1));
        assert_eq!(of(Spot::Bytes(9_999..10_000)).0.1, 1);
    }

    #[test]
    fn a_column_far_along_a_line() {
        let days = "2026-01-31, ".repeat(2_000);
        let text = format!("\u{feff}kind = 'é'\nnotes = '{}'\nof = [{days}]\n", "é".repeat(9_000));
        let sources = sources("students/a.toml", &text);
        let mut locator = Locator::new(&sources);
        for position in [1_999, 0, 700] {
            assert_eq!(locator.place(place(Path::of("of").index(position))), (3, 7 + 12 * position));
        }
        let after = text.find("'\nof").unwrap_or_default();
        assert_eq!(locator.line_and_column(FileId(0), &Spot::Bytes(after..after + 1)), (2, 9_010));
    }

    #[test]
    fn a_file_that_is_no_text_has_one_place() {
        let reason =
            crate::text::Unreadable { message: String::new(), help: String::new(), at: Some((2, 2)), is_folder: false };
        let sources = [Source { path: Text::new("students/a.toml"), content: Err(reason) }];
        assert_eq!(Locator::new(&sources).place(place(Path::of("name"))), (1, 1));
        assert_eq!(Locator::new(&[]).place(place(Path::of("name"))), (1, 1));
    }
}
