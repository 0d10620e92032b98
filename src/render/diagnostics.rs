//! Problems as a compiler shows them: what is wrong, where, the line with the place marked, what to do.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level as Heading, Origin, Renderer, Snippet};

use crate::case::suspicions;
use crate::problems::{Level, Problem, ProblemName};
use crate::text::{FileId, Source, Spot, Text, visible};

/// What is written where a line goes on and is not shown.
const GOES_ON: &str = "...";

/// Columns for the text of a line, where the terminal is narrower than anything could be shown in.
const LEAST_COLUMNS: usize = 24;

/// Shows problems of one case folder, one after the other. It is fastest in the order of file and place.
#[derive(Debug)]
pub struct Diagnostics<'a> {
    sources: &'a [Source],
    folder: Option<&'a Text>,
    width: usize,
    renderer: Renderer,
    cursor: Cursor,
}

impl<'a> Diagnostics<'a> {
    /// For problems in `sources`. Paths are shown with the `folder` before them where one is given. Lines take
    /// no more than `width` columns, as far as words allow. Without `colour` the output is plain text.
    pub fn new(sources: &'a [Source], folder: Option<&'a Text>, width: usize, colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        // Lines are cut to the width here: a line may have millions of characters.
        Self { sources, folder, width, renderer: renderer.term_width(10_000), cursor: Cursor::default() }
    }

    /// The problem in full, without a line break at the end. `span` is where it stands in the text, wanted for a
    /// problem whose spot is a value or a key; without it the file alone is named.
    ///
    /// Everything that comes from the file is shown visibly. A line that seems to hold patient data is not shown.
    pub fn render(&mut self, problem: &Problem, span: Option<Range<usize>>) -> String {
        let source = self.sources.get(problem.file.0 as usize);
        let text = source.and_then(|source| source.content.as_deref().ok());
        let span = match &problem.spot {
            Spot::Bytes(bytes) => Some(bytes.clone()),
            Spot::Value(_) | Spot::Key(_) => span,
            Spot::File | Spot::LineColumn(..) => None,
        };
        let place = text.zip(span).map(|(text, span)| {
            self.cursor.move_to(problem.file, text, span.start);
            (text, self.cursor.position..span.end)
        });

        let mut origin = Origin::path(self.path_of(source));
        match (&problem.spot, &place) {
            (_, Some(_)) => origin = origin.line(self.cursor.line).char_column(self.cursor.column),
            (Spot::LineColumn(line, column), None) => origin = origin.line(*line).char_column(*column),
            _ => {}
        }
        let heading = match problem.level {
            Level::Error => Heading::ERROR,
            Level::Warning => Heading::WARNING,
        };
        let digits = place.as_ref().map_or(1, |_| self.cursor.line.to_string().len());
        let head_width = problem.level.word().len() + problem.name.word().len() + "[]: ".len();
        let message = wrapped(&problem.message, self.room_beside(head_width));
        let message_lines = message.lines().count();
        let help = problem.help.as_deref().map(|help| {
            let help_width = digits + "  = help: ".len();
            Heading::HELP.message(wrapped(help, self.room_beside(help_width)))
        });
        let head = heading.clone().primary_title(message).id(problem.name.word()).element(origin);
        let line = place.map(|(text, span)| {
            // The number of the line and the frame stand before the text.
            let columns = self.room_beside(digits + " | ".len());
            Line::around(&text[self.cursor.line_start..], shift(span, self.cursor.line_start), columns)
        });
        let may_show = |line: &Line| problem.name != ProblemName::PatientData && suspicions(&line.text).is_empty();
        let Some(line) = line.filter(may_show) else {
            return indented_after(message_lines, &self.renderer.render(&[head.elements(help)]), digits);
        };
        let snippet =
            Snippet::source(line.text).line_start(self.cursor.line).annotation(AnnotationKind::Primary.span(line.mark));
        let body = Group::with_level(heading).element(snippet).elements(help);
        // In one piece, the column would be counted in the line as it is shown.
        let head = indented_after(message_lines, &self.renderer.render(&[head]), digits);
        format!("{head}\n{}", self.renderer.render(&[body]))
    }

    fn room_beside(&self, taken: usize) -> usize {
        self.width.saturating_sub(taken).max(LEAST_COLUMNS)
    }

    fn path_of(&self, source: Option<&Source>) -> String {
        let mut path = String::new();
        if let Some(folder) = self.folder {
            // Writing to a String cannot fail.
            let _ = write!(path, "{folder}/");
        }
        if let Some(source) = source {
            let _ = write!(path, "{}", source.path);
        }
        path
    }
}

/// The text in lines of so many columns, broken between words; a longer word stands alone.
fn wrapped(text: &str, room: usize) -> String {
    let mut out = String::new();
    let mut taken = 0;
    for word in text.split(' ') {
        let width = columns(word);
        if taken > 0 {
            let fits = taken + 1 + width <= room;
            out.push(if fits { ' ' } else { '\n' });
            taken = if fits { taken + 1 } else { 0 };
        }
        out.push_str(word);
        taken += width;
    }
    out
}

/// The text with all lines after the first few moved to the right.
fn indented_after(lines: usize, text: &str, by: usize) -> String {
    let mut out = String::with_capacity(text.len() + by);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        if number >= lines {
            out.extend(std::iter::repeat_n(' ', by));
        }
        out.push_str(line);
    }
    out
}

fn shift(span: Range<usize>, back: usize) -> Range<usize> {
    span.start.saturating_sub(back)..span.end.saturating_sub(back)
}

/// A place in a text with its line and column. It moves on from where it last was, so that all places of a text are
/// found in one passage through it.
#[derive(Debug)]
struct Cursor {
    file: Option<FileId>,
    position: usize,
    line_start: usize,
    /// Counted from 1.
    line: usize,
    /// Characters, counted from 1.
    column: usize,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { file: None, position: 0, line_start: 0, line: 1, column: 1 }
    }
}

impl Cursor {
    /// Goes to the character in which the byte at `position` lies, or to the end of the text.
    fn move_to(&mut self, file: FileId, text: &str, position: usize) {
        let mut position = position.min(text.len());
        while !text.is_char_boundary(position) {
            position -= 1;
        }
        if self.file != Some(file) || position < self.position {
            *self = Self { file: Some(file), ..Self::default() };
        }
        let passed = &text[self.position..position];
        self.line += passed.matches('\n').count();
        if let Some(last_break) = passed.rfind('\n') {
            self.line_start = self.position + last_break + 1;
            self.column = 1 + text[self.line_start..position].chars().count();
        } else {
            self.column += passed.chars().count();
        }
        self.position = position;
    }
}

/// A line as it is shown, or the stretch of it around the mark.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    text: String,
    /// Bytes of the shown text.
    mark: Range<usize>,
}

impl Line {
    /// The line that begins where `text` does, in so many columns. `mark` is marked as far as it lies in the line and
    /// there is room for it; what stands before it has a third of the room where there is not enough for all.
    fn around(text: &str, mark: Range<usize>, columns: usize) -> Self {
        let room = columns.saturating_sub(2 * GOES_ON.len());
        let (before, from) = text.split_at(mark.start.min(text.len()));
        let marked = mark.end.saturating_sub(mark.start);

        let mut before = Stretch::of(before.chars().rev(), room);
        let mut middle = Stretch::of(within_line(from, 0..marked), room);
        let mut after = Stretch::of(within_line(from, marked..from.len()), room);
        middle.shorten(room - before.width().min(room / 3));
        after.shorten(room - middle.width() - before.width().min(room / 3).min(room - middle.width()));
        before.shorten(room - middle.width() - after.width());
        if !middle.whole {
            after = Stretch { cells: Vec::new(), whole: false };
        }

        let mut shown = String::new();
        if !before.whole {
            shown.push_str(GOES_ON);
        }
        shown.extend(before.cells.iter().rev().map(String::as_str));
        let start = shown.len();
        shown.extend(middle.cells.iter().map(String::as_str));
        let end = shown.len();
        shown.extend(after.cells.iter().map(String::as_str));
        if !after.whole {
            shown.push_str(GOES_ON);
        }
        Self { text: shown, mark: start..end }
    }
}

/// The characters of a text's first line that begin in the given bytes.
fn within_line(text: &str, bytes: Range<usize>) -> impl Iterator<Item = char> {
    let mut from = bytes.start.min(text.len());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let line_is_over = text[..from].contains('\n');
    let rest = if line_is_over { "" } else { &text[from..] };
    let ends = |at: usize| rest[at..].starts_with('\n') || rest[at..].starts_with("\r\n");
    rest.char_indices().take_while(move |&(at, _)| from + at < bytes.end && !ends(at)).map(|(_, character)| character)
}

/// Characters as they are shown, nearest to the mark first.
struct Stretch {
    cells: Vec<String>,
    /// Whether nothing was left out.
    whole: bool,
}

impl Stretch {
    /// As many characters as there is room for.
    fn of(mut characters: impl Iterator<Item = char>, room: usize) -> Self {
        let mut stretch = Self { cells: Vec::new(), whole: true };
        let mut left = room;
        for character in &mut characters {
            let cell = visible(character.encode_utf8(&mut [0; 4]));
            match left.checked_sub(columns(&cell)) {
                Some(rest) => left = rest,
                None => return Self { whole: false, ..stretch },
            }
            stretch.cells.push(cell);
        }
        stretch
    }

    fn width(&self) -> usize {
        self.cells.iter().map(|cell| columns(cell)).sum()
    }

    fn shorten(&mut self, room: usize) {
        while self.width() > room {
            self.cells.pop();
            self.whole = false;
        }
    }
}

/// Columns that a text may take: more for letters that are wide in some scripts.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Unreadable;

    fn source(path: &str, text: &str) -> Source {
        Source { path: Text::new(path), content: Ok(text.to_owned().into()) }
    }

    fn problem(spot: Spot) -> Problem {
        Problem::new(ProblemName::Schema, FileId(0), spot, "this is wrong").with_help("write it right")
    }

    fn shown(text: &str, span: Range<usize>) -> String {
        let sources = [source("students/amara.toml", text)];
        Diagnostics::new(&sources, None, 80, false).render(&problem(Spot::Bytes(span)), None)
    }

    /// The line of the file and the marks below it, from where the text begins.
    fn marked(text: &str, span: Range<usize>) -> (String, String) {
        let shown = shown(text, span);
        let mut lines = shown.lines().skip_while(|line| !line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        let mut next = || lines.next().and_then(|line| line.split_once('|')).map_or("", |(_, text)| text).to_owned();
        (next(), next())
    }

    #[test]
    fn a_problem_is_shown_with_its_line() {
        let text = "name = \"Amara Osei\"\ncourse = \"london-2052\"\n";
        let expected = "\
error[schema]: this is wrong
 --> students/amara.toml:2:10
  |
2 | course = \"london-2052\"
  |          ^^^^^^^^^^^^^
  |
  = help: write it right";
        assert_eq!(shown(text, 29..42), expected);
    }

    #[test]
    fn a_folder_stands_before_the_path_and_a_warning_says_so() {
        let folder = Text::new("uk/london");
        let sources = [source("students/a\u{1b}[31m\n.toml", "")];
        let mut problem = problem(Spot::File);
        problem.level = Level::Warning;
        problem.help = None;
        let shown = Diagnostics::new(&sources, Some(&folder), 80, false).render(&problem, None);
        assert_eq!(shown, "warning[schema]: this is wrong\n --> uk/london/students/a\\u{1b}[31m\\n.toml");
    }

    #[test]
    fn a_place_without_text_is_named() {
        let reason = Unreadable { message: String::new(), help: String::new(), at: Some((3, 5)), is_folder: false };
        let sources = [Source { path: Text::new("students/a.toml"), content: Err(reason) }];
        let shown = Diagnostics::new(&sources, None, 80, false).render(&problem(Spot::LineColumn(3, 5)), None);
        assert!(shown.contains("students/a.toml:3:5\n"), "{shown}");
    }

    #[test]
    fn what_may_identify_a_patient_is_not_shown() {
        let sources = [source("students/amara.toml", "notes = \"943 476 5919\"\n")];
        let problem =
            Problem { name: ProblemName::PatientData, ..problem(Spot::Value(crate::text::Path::of("notes"))) };
        let shown = Diagnostics::new(&sources, None, 80, false).render(&problem, Some(8..22));
        assert!(shown.contains("students/amara.toml:1:9") && !shown.contains("943"), "{shown}");

        let shown = super::tests::shown("x = 1, notes = \"born 12/03/1985\"\n", 4..5);
        assert!(shown.contains("students/amara.toml:1:5") && !shown.contains("1985"), "{shown}");
    }

    #[test]
    fn the_mark_stands_under_what_is_wrong() {
        assert_eq!(marked("\ta = \u{1b}[31mx\n", 5..11), (" \\ta = \\u{1b}[31mx".into(), "       ^^^^^^^^^^^".into()));
        assert_eq!(marked("é\u{202e}é = 1", 8..9), (" é\\u{202e}é = 1".into(), "            ^".into()));
        assert_eq!(marked("a = [\n  1,\n]\n", 4..12), (" a = [".into(), "     ^".into()));
        assert_eq!(marked("a =\r\nb = 1\r\n", 3..3), (" a =".into(), "    ^".into()));
        assert_eq!(marked("a\rb = 1", 2..3), (" a\\rb = 1".into(), "    ^".into()));
    }

    #[test]
    fn the_end_of_the_text_can_be_marked() {
        for (text, at) in [("a = 1\n", "2:1"), ("", "1:1"), ("a = 1", "1:6"), ("é", "1:2")] {
            let shown = shown(text, text.len()..text.len());
            assert!(shown.contains(&format!("students/amara.toml:{at}\n")), "{shown}");
        }
        assert!(shown("a", 70..80).contains(":1:2"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("first = 1\nlist = [{}\"wrong\"{}]\n", "1, ".repeat(1_000_000), ", 2".repeat(1_000_000));
        let at = 18 + 3_000_000;
        let shown = shown(&text, at..at + 7);
        assert!(shown.contains(":2:3000009\n"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
        let (line, mark) = marked(&text, at..at + 7);
        assert_eq!(line.find("\"wrong\""), mark.find('^'));
        assert_eq!(mark.trim(), "^^^^^^^");
        assert!(line.starts_with(" ...") && line.ends_with("..."), "{line}");

        let (line, mark) = marked(&text, 17..9_000_000);
        assert!(line.starts_with(" list = [1, 1,") && line.ends_with("..."), "{line}");
        assert_eq!(mark.find('^'), Some(8));
    }

    #[test]
    fn long_sentences_go_on_below() {
        let sources = [source("students/amara.toml", "course = 1")];
        let sentence = "a long sentence of many words ".repeat(4);
        let problem =
            Problem { message: sentence.trim().to_owned(), help: Some(sentence), ..problem(Spot::Bytes(9..10)) };
        let expected = "\
error[schema]: a long sentence of many words a long
               sentence of many words a long
               sentence of many words a long
               sentence of many words
 --> students/amara.toml:1:10
  |
1 | course = 1
  |          ^
  |
  = help: a long sentence of many words a long
          sentence of many words a long sentence of
          many words a long sentence of many words";
        let shown = Diagnostics::new(&sources, None, 52, false).render(&problem, None);
        assert_eq!(shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"), expected);
    }

    #[test]
    fn colour_comes_only_when_asked_for() {
        let sources = [source("a.toml", "a = 1")];
        let show = |colour| Diagnostics::new(&sources, None, 80, colour).render(&problem(Spot::Bytes(4..5)), None);
        assert!(show(true).contains('\u{1b}') && !show(false).contains('\u{1b}'));
    }

    #[test]
    fn places_are_right_in_any_order() {
        let text = "a = 1\né = 2\n\nc = 3";
        let sources = [source("a.toml", text), source("b.toml", "x\ny\n")];
        let mut diagnostics = Diagnostics::new(&sources, None, 80, false);
        let mut place = |file, at: usize| {
            let problem = Problem { file: FileId(file), ..problem(Spot::Bytes(at..at)) };
            let shown = diagnostics.render(&problem, None);
            shown.lines().nth(1).and_then(|line| line.split_once(':')).map_or("", |(_, place)| place).to_owned()
        };
        let places =
            [place(0, 4), place(0, 8), place(0, 9), place(0, 14), place(0, 0), place(1, 2), place(0, 13), place(9, 0)];
        assert_eq!(places, ["1:5", "2:2", "2:3", "4:1", "1:1", "2:1", "3:1", ""]);
    }

    proptest! {
        #[test]
        fn any_text_and_place_is_shown_in_the_width(
            text in "([a-z \t\r\n\u{1b}\u{202e}é漢\u{0}\u{301}]|= \"){0,200}",
            start in 0_usize..300,
            length in 0_usize..300,
            width in 0_usize..120,
        ) {
            let sources = [source("a.toml", &text)];
            let mut diagnostics = Diagnostics::new(&sources, None, width, false);
            let shown = diagnostics.render(&problem(Spot::Bytes(start..start + length)), None);
            prop_assert!(!shown.chars().any(|c| !"\n\u{200c}\u{200d}".contains(c) && crate::text::is_deceptive(c)), "{}", shown);
            let longest = shown.lines().filter(|line| line.contains(" | ")).map(|line| line.chars().count()).max();
            prop_assert!(longest <= Some(width.max(30)), "{}", shown);
        }
    }
}
