//! A record that has an error of notation, as far as it can be read: the last text that could be, with whatever of the
//! new one leaves it sound.

use std::ops::Range;

use serde_json::Value;

use super::value::{ChangeKind, FieldChange, WHOLE_TEXT, value_of};
use super::written_value;
use crate::text::{Notation, Parsed, Source, common_lines, lines};

/// So often it is tried what leaves a text sound, and so many bytes are read for that; the rest counts as what cannot be
/// read. No record comes near it.
const TRIES: usize = 200;
const MOST_BYTES: usize = 8 << 20;

/// A text as far as it can be read, and the lines in it that cannot be.
pub(crate) struct AsRead {
    /// What could be read, at the place of the new text.
    pub(crate) source: Source,
    /// The lines that cannot be read and say something else than the last text, as differences of the kind
    /// [`ChangeKind::Text`] with a place.
    pub(crate) unread: Vec<FieldChange>,
}

/// Reads a text with an error by the last one that could be read. `before` is the text that was there just before it,
/// sound or not: what cannot be read and stood in that already is not told again.
pub(crate) fn as_far_as_read(last: &Source, before: Option<&str>, now: &Source) -> AsRead {
    let kept = |text: String| Source { path: now.path.clone(), content: Ok(text.into()) };
    let notation = Notation::of(now.path.raw()).unwrap_or(Notation::Toml);
    // Other line ends are no other lines.
    let plain = |text: &str| text.replace("\r\n", "\n");
    let base = match &last.content {
        Ok(text) if Notation::of(last.path.raw()) == Some(notation) => plain(text),
        _ => value_of(last).map(|value| written_value(&value, notation)).unwrap_or_default(),
    };
    let whole = || vec![unread_text(Some(last), now)];
    let Ok(text) = &now.content else { return AsRead { unread: whole(), source: kept(base) } };
    let (text, before) = (plain(text), before.map(plain));
    let (was, is) = (lines(&base), lines(&text));
    let parts = common_lines(&was, &is).map(|common| parts(&common, is.len())).unwrap_or_default();
    // A text that is written anew cannot be read line by line.
    let differing = parts.iter().map(|part| part.was.len()).sum::<usize>();
    if differing * 2 > was.len() || was.is_empty() {
        return AsRead { unread: whole(), source: kept(base) };
    }
    let mut reading = Reading { notation, was, is, taken: Vec::new(), tries: 0, bytes: 0 };
    reading.take(&parts);
    let unread = reading.left(&parts, before.as_deref());
    AsRead { source: kept(reading.text(None)), unread }
}

/// Lines in which two texts differ.
#[derive(Clone, Debug)]
struct Part {
    was: Range<usize>,
    is: Range<usize>,
}

/// The parts between the lines that two texts have in common.
fn parts(common: &[Option<usize>], count: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut was, mut is) = (0, 0);
    let pairs = common.iter().enumerate().filter_map(|(at, other)| Some((at, (*other)?)));
    for (at, other) in pairs.chain([(common.len(), count)]) {
        if was < at || is < other {
            parts.push(Part { was: was..at, is: is..other });
        }
        (was, is) = (at + 1, other + 1);
    }
    parts
}

impl Part {
    /// The part line by line, where each line stands for one, or all are new or gone.
    fn by_line(&self) -> Vec<Self> {
        let line = |range: &Range<usize>, at: usize| (range.start + at)..(range.start + at + 1);
        let none = |range: &Range<usize>| range.start..range.start;
        match (self.was.len(), self.is.len()) {
            (0, count) => (0..count).map(|at| Self { was: none(&self.was), is: line(&self.is, at) }).collect(),
            (count, 0) => (0..count).map(|at| Self { was: line(&self.was, at), is: none(&self.is) }).collect(),
            (count, other) if count == other => {
                (0..count).map(|at| Self { was: line(&self.was, at), is: line(&self.is, at) }).collect()
            }
            _ => Vec::new(),
        }
    }
}

struct Reading<'t> {
    notation: Notation,
    was: Vec<&'t str>,
    is: Vec<&'t str>,
    /// What was taken from the new text, in order.
    taken: Vec<Part>,
    tries: usize,
    bytes: usize,
}

impl Reading<'_> {
    /// The last text with what was taken, and with some more.
    fn text(&self, more: Option<&[Part]>) -> String {
        let mut text = String::new();
        let mut at = 0;
        for part in self.taken.iter().chain(more.into_iter().flatten()) {
            text.extend(self.was.get(at..part.was.start).unwrap_or_default().iter().copied());
            for line in &self.is[part.is.clone()] {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(line);
            }
            at = part.was.end;
        }
        if at < self.was.len() && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.extend(self.was.get(at..).unwrap_or_default().iter().copied());
        text
    }

    /// Takes parts that leave the text sound; false where they do not.
    fn takes(&mut self, parts: &[Part]) -> bool {
        self.tries += 1;
        let is_sound = self.tries <= TRIES && self.bytes < MOST_BYTES && {
            let text = self.text(Some(parts));
            self.bytes += text.len();
            let parsed = Parsed::of(self.notation, &text);
            parsed.is_sound() && parsed.whole
        };
        if is_sound {
            self.taken.extend(parts.iter().cloned());
        }
        is_sound
    }

    /// Takes as much of the parts as can be read.
    fn take(&mut self, parts: &[Part]) {
        match parts {
            [] => {}
            _ if self.takes(parts) => {}
            [only] => {
                for line in only.by_line() {
                    if !self.takes(std::slice::from_ref(&line)) && line.is.clone().any(|at| begins(self.is[at])) {
                        // What follows would be read as if it were of the entry before.
                        break;
                    }
                }
            }
            many => {
                let (first, second) = many.split_at(many.len() / 2);
                self.take(first);
                self.take(second);
            }
        }
    }

    /// What was left out of each part, where it says something else and did not stand there before.
    fn left(&self, parts: &[Part], before: Option<&str>) -> Vec<FieldChange> {
        let before = before.map(lines).unwrap_or_default();
        let is_taken = |of: fn(&Part) -> &Range<usize>, at: usize| self.taken.iter().any(|part| of(part).contains(&at));
        let mut found = Vec::new();
        for part in parts {
            let was: Vec<&str> =
                part.was.clone().filter(|at| !is_taken(|part| &part.was, *at)).map(|at| self.was[at]).collect();
            let left: Vec<usize> = part.is.clone().filter(|at| !is_taken(|part| &part.is, *at)).collect();
            let is: Vec<&str> = left.iter().map(|at| self.is[*at]).collect();
            let is_known = !is.is_empty() && is.iter().all(|line| before.contains(line));
            if is_known || tokens(&was) == tokens(&is) {
                continue;
            }
            let at = left.first().copied().unwrap_or(part.is.start);
            let (was, is) = (was.concat(), is.concat());
            found.push(unread(format!("line {}", at + 1), Some(&was), Some(&is)));
        }
        found
    }
}

/// Whether an entry begins with a line, or what lies below it.
fn begins(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['[', '-', '{']) || line.ends_with([':', '[', '{'])
}

/// The words of lines, whatever stands between them.
fn tokens<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let words = lines.iter().flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).collect()
}

fn unread(at: String, was: Option<&str>, is: Option<&str>) -> FieldChange {
    let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(Value::from);
    FieldChange { what: ChangeKind::Text, at, from: text(was), to: text(is) }
}

/// The difference that nothing of a text can be read.
pub(crate) fn unread_text(last: Option<&Source>, now: &Source) -> FieldChange {
    let text = |source: &Source| Some(source.content.as_deref().map_or("no text", String::as_str).to_owned());
    unread(WHOLE_TEXT.to_owned(), last.and_then(text).as_deref(), text(now).as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn source(path: &str, text: &str) -> Source {
        Source { path: Text::new(path), content: Ok(text.to_owned().into()) }
    }

    /// What of a text can be read, and what is told of the rest.
    fn read(last: &str, before: &str, now: &str) -> (String, Vec<String>) {
        let path = if now.contains(" = ") { "students/a.toml" } else { "students/a.yaml" };
        let read = as_far_as_read(&source(path, last), Some(before), &source(path, now));
        let unread = read.unread.iter().map(super::super::in_words).collect();
        (read.source.content.unwrap_or_default().to_string(), unread)
    }

    const RULING: &str = "[[ruling]]\nbody = \"LCC\"\noutcome = \"refused\"\n";

    #[test]
    fn what_leaves_the_last_text_sound_is_read() {
        let last = format!("name = \"A\"\ncourse = \"c\"\nemail = \"a@b.c\"\n\n{RULING}");
        let broken = last.replace("name = ", "name == ");
        // An error alone says nothing else.
        assert_eq!(read(&last, &last, &broken), (last.clone(), vec![]));
        assert_eq!(read(&last, &last, &broken.replace('\n', "\r\n")), (last.clone(), vec![]));
        // What is altered, added or taken out beside it is read.
        for (from, to) in [("refused", "accepted"), ("outcome = \"refused\"\n", ""), ("body", "minute = \"4\"\nbody")] {
            let read = read(&last, &last, &broken.replace(from, to));
            assert_eq!(read, (last.replace(from, to), vec![]), "{to}");
        }
        // A line that is altered and cannot be read is told as it stands there, and once.
        let altered = last.replace("outcome = \"refused\"", "outcome == \"accepted\"");
        let told = "line 7 cannot be read: it was outcome = \"refused\", and is outcome == \"accepted\"";
        assert_eq!(read(&last, &last, &altered), (last.clone(), vec![told.to_owned()]));
        assert_eq!(read(&last, &altered, &altered), (last.clone(), vec![]));
    }

    #[test]
    fn a_text_that_no_record_comes_near_is_given_up_soon() {
        // Each third line has an error, but for the last.
        for (letters, is_read) in [(1, true), (1 << 20, false)] {
            let line = format!("notes = \"{}\"\n", "a".repeat(letters));
            let written = |sign: &str, last: &str| {
                let is_altered = |at: usize| at.is_multiple_of(3);
                let sign = |at: usize| {
                    if at == 99 {
                        last
                    } else if is_altered(at) {
                        sign
                    } else {
                        "= 1"
                    }
                };
                let keys: Vec<String> = (0..101).map(|at| format!("key{at} {}\n", sign(at))).collect();
                line.clone() + &keys.concat()
            };
            let (last, now) = (written("= 1", "= 1"), written("== 1", "= 2"));
            assert_eq!(read(&last, &last, &now).0.contains("key99 = 2"), is_read, "{letters}");
        }
    }

    #[test]
    fn nothing_is_read_as_if_it_were_of_another_entry() {
        let last = format!("name = \"A\"\ncourse = \"c\"\n\n{RULING}");
        let new = "\n[[ruling]\nbody = \"NTM\"\nminute = \"4\"\n";
        let (kept, told) = read(&last, &last, &format!("{last}{new}"));
        assert_eq!(kept, format!("{last}\n"));
        assert!(told.len() == 1 && told[0].starts_with("line 8 cannot be read: [[ruling]"), "{told:?}");
        // An entry of which one line cannot be read is there with the others.
        let new = RULING.replace("body = ", "body == ").replace("refused", "accepted");
        let (kept, told) = read(&last, &last, &format!("{last}{new}"));
        assert_eq!(kept, format!("{last}[[ruling]]\noutcome = \"accepted\"\n"));
        assert_eq!(told, ["line 8 cannot be read: body == \"LCC\""]);
    }

    #[test]
    fn a_text_that_is_written_anew_or_in_another_notation_stays_as_it_was() {
        let last = "name = \"A\"\ncourse = \"c\"\n";
        let (kept, told) = read(last, last, "nothing = of\nthis = is\nTOML\n");
        assert!(kept == last && told.len() == 1 && told[0].starts_with("the text cannot be read"), "{kept} {told:?}");
        let read = as_far_as_read(&source("students/a.toml", last), None, &source("students/a.yaml", "name: &a A\n"));
        assert_eq!(value_of(&read.source), value_of(&source("students/a.toml", last)));
        let (kept, told) = self::read("a: 1\nb: 2\nc: 3\nd: 4\n", "", "a: &x 1\nb: 3\nc: 3\nd: 4\n");
        assert!(kept == "a: 1\nb: 3\nc: 3\nd: 4\n" && told.len() == 1, "{kept} {told:?}");
    }
}
