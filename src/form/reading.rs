//! What somebody answered on a form.

use std::fmt;

use super::definition::{Choice, Field, Form, Kind};
use super::laid_out::wrapped;
use super::lines::{Line, lines, plain, rule};
use super::reference::{Reference, digest, references};
use super::scan::{Found, Scan, rule_words};
use crate::text::{Text, all_of, any_of, counted};

/// What was understood of a text, and what was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// An answer for each field, in the order of the form.
    pub answers: Vec<Answer>,
    /// Lines of the form that were not understood.
    pub not_understood: Vec<Line>,
    /// Lines before and after the form.
    pub outside: Vec<Line>,
    /// Whether all that was printed on the form stands there as it was printed.
    pub is_as_printed: bool,
}

/// What somebody answered to one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The id of the section.
    pub section: String,
    /// The key of the field.
    pub key: String,
    /// The label of the field.
    pub label: String,
    /// The number of the line on which the label stands.
    pub line: Option<usize>,
    /// The hint that was printed behind the label, in small letters.
    pub hint: Option<String>,
    /// What was answered.
    pub said: Said,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing was filled in.
    Nothing,
    /// The choice at this position.
    Chosen(usize),
    /// In words; between two paragraphs is an empty line.
    Words(Text),
    /// It could mean two things, or none.
    Doubtful {
        /// What stands there.
        typed: Text,
        /// Why nobody can tell what it means, as a phrase; safe to show.
        why: String,
    },
    /// The label is not in the text.
    Missing,
}

/// Why a text is not read as a form. Shown, it is a sentence without its full stop that is safe to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The form is not in the text.
    NotThere,
    /// It is filled in more than once, with different answers.
    Several,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotThere => "the last line of the form, which begins with \"Reference:\", is not in the text",
            Self::Several => "the form is in the text more than once, with different answers",
        })
    }
}

impl std::error::Error for Unread {}

impl Form {
    /// The form as text, for somebody to fill in.
    pub fn to_text(&self) -> String {
        let mut text = self.without_reference();
        let printed = digest(&Scan::of(self, &lines(&text)).printed);
        text.push_str(&wrapped(&Reference { about: self.about.clone(), printed }.line(), 0).join("\n"));
        text.push('\n');
        text
    }

    /// Reads what somebody answered out of a text. Where the form is in it more than once, as in a reply below which the
    /// question is quoted, the one that is filled in is read.
    pub fn read(&self, text: &str) -> Result<Reading, Unread> {
        let lines = lines(text);
        let mut copies = self.copies(&lines);
        let ranges: Vec<_> = copies.iter().map(|copy| copy.range.clone()).collect();
        if copies.iter().any(Copy::is_filled_in) {
            copies.retain(Copy::is_filled_in);
        }
        if copies.windows(2).any(|pair| !pair[0].says_the_same(&pair[1])) {
            return Err(Unread::Several);
        }
        let Some(copy) = copies.into_iter().next() else { return Err(Unread::NotThere) };
        let is_outside =
            |line: &&Line| !line.is_blank() && !ranges.iter().any(|range| range.contains(&(line.number - 1)));
        let outside = lines.iter().filter(is_outside).cloned().collect();
        Ok(Reading { outside, ..copy.reading })
    }

    /// The copies of the form in a text.
    fn copies(&self, lines: &[Line]) -> Vec<Copy> {
        let (mut copies, mut from) = (Vec::new(), 0);
        let title = rule_words(&self.title);
        for (foot, reference) in references(lines) {
            let is_title = |line: &Line| rule(line.says.raw()).is_some_and(|rule| rule == title);
            let begins = lines[from..*foot.start()].iter().rposition(is_title).map_or(from, |at| from + at);
            if reference.about == self.about {
                let reading = self.reading(&lines[begins..*foot.start()], &reference);
                copies.push(Copy { range: begins..foot.end() + 1, reading });
            }
            from = foot.end() + 1;
        }
        copies
    }

    fn reading(&self, lines: &[Line], reference: &Reference) -> Reading {
        let scan = Scan::of(self, lines);
        let mut not_understood = scan.stray.clone();
        let is_as_printed = digest(&scan.printed) == reference.printed;
        if !is_as_printed {
            not_understood.extend(self.not_printed(&scan));
        }
        let mut answers = Vec::new();
        for (at, section) in self.sections.iter().enumerate() {
            for (position, field) in section.fields.iter().enumerate() {
                let found = &scan.parts[at + 1].fields[position];
                let mut said = field.said(found, &mut not_understood);
                if !matches!(said, Said::Missing) && scan.is_open_ended(self, (at + 1, position)) {
                    said = doubtful(found, "it cannot be told where it ends".to_owned());
                }
                answers.push(Answer {
                    section: section.id.clone(),
                    key: field.key.clone(),
                    label: field.label.clone(),
                    line: found.first().map(|found| found.label.number),
                    hint: found.first().and_then(|found| found.hint.clone()),
                    said,
                });
            }
        }
        not_understood.sort_by_key(|line| line.number);
        not_understood.dedup();
        Reading { answers, not_understood, outside: Vec::new(), is_as_printed }
    }

    /// The lines before fields that the form does not have there.
    fn not_printed(&self, scan: &Scan) -> Vec<Line> {
        let head: Vec<String> = self.known_lines().into_iter().chain(self.lead.iter().cloned()).collect();
        let leads = [&head].into_iter().chain(self.sections.iter().map(|section| &section.lead));
        let unknown = scan.parts.iter().zip(leads).flat_map(|(part, lead)| {
            let mut printed: &str = &plain(&lead.join(" "));
            part.before
                .iter()
                .filter(move |line| {
                    let says = plain(line.says.raw());
                    match printed.find(&says) {
                        Some(at) => {
                            printed = &printed[at + says.len()..];
                            false
                        }
                        None => true,
                    }
                })
                .cloned()
                .collect::<Vec<_>>()
        });
        let behind = scan.parts.last().map(|end| end.before.clone()).unwrap_or_default();
        unknown.chain(behind).collect()
    }
}

/// One of several copies of a form in a text.
struct Copy {
    /// The positions of its lines.
    range: std::ops::Range<usize>,
    reading: Reading,
}

impl Copy {
    fn is_filled_in(&self) -> bool {
        let is_answer = |answer: &Answer| !matches!(answer.said, Said::Nothing | Said::Missing);
        self.reading.answers.iter().any(is_answer) || !self.reading.not_understood.is_empty()
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let said = |copy: &Self| copy.reading.answers.iter().map(|answer| answer.said.clone()).collect::<Vec<_>>();
        said(self) == said(other)
    }
}

impl Scan {
    /// Whether what ends a field is not there, or there twice.
    fn is_open_ended(&self, form: &Form, place: (usize, usize)) -> bool {
        let ends_at_twice = |found: &[Found]| found.len() > 1 && found.iter().any(|one| one.ends == Some(place));
        let next_is_gone = || match self.parts[place.0].fields.get(place.1 + 1) {
            Some(next) => next.is_empty(),
            None => self.parts.get(place.0 + 1).is_some_and(|next| next.begins == 0),
        };
        let is_on_its_line = matches!(form.sections[place.0 - 1].fields[place.1].kind, Kind::Choice(_));
        if is_on_its_line || self.parts[place.0].begins > 1 {
            return self.parts[place.0].begins > 1;
        }
        self.cut_off.contains(&place)
            || next_is_gone()
            || self.parts.iter().flat_map(|part| &part.fields).any(|found| ends_at_twice(found))
    }
}

impl Field {
    /// What the places say where the field's label stands. Lines that are no part of the answer are not understood.
    fn said(&self, found: &[Found], not_understood: &mut Vec<Line>) -> Said {
        let [only] = found else {
            let Some((first, others)) = found.split_first() else { return Said::Missing };
            for one in others {
                not_understood.push(one.label.clone());
                not_understood.extend(one.below.iter().filter(|line| !line.is_blank()).cloned());
            }
            let at: Vec<_> = found.iter().map(|one| one.label.number).collect();
            let why = format!("it stands there {}, in lines {}", counted_times(at.len()), all_of(at));
            return doubtful(std::slice::from_ref(first), why);
        };
        match &self.kind {
            Kind::Text => text(only),
            Kind::Words => words(only, not_understood),
            Kind::Choice(choices) => choice(choices, only, not_understood),
        }
    }
}

fn counted_times(count: usize) -> String {
    if count == 2 { "twice".to_owned() } else { counted(count, "time", "times") }
}

fn doubtful(found: &[Found], why: String) -> Said {
    let typed =
        found.iter().flat_map(|one| [one.own.raw()].into_iter().chain(one.below.iter().map(|line| line.says.raw())));
    let typed: Vec<_> = typed.map(str::trim).filter(|line| !line.is_empty()).collect();
    Said::Doubtful { typed: Text::new(typed.join(" ")), why }
}

/// What was typed behind a label, without what only makes letters bold.
fn own(found: &Found) -> &str {
    let is_bold = found.label.says.raw().starts_with(['*', '_']);
    let own = found.own.raw().trim();
    if is_bold { own.trim_start_matches(['*', '_']).trim_start() } else { own }
}

/// The paragraphs of a text. Lines that were wrapped are put together again; a point begins a line.
fn text(found: &Found) -> Said {
    let mut text = String::new();
    let mut is_paragraph = false;
    for line in [own(found)].into_iter().chain(found.below.iter().map(|line| line.says.raw())) {
        if plain(line).is_empty() {
            is_paragraph = !text.is_empty();
            continue;
        }
        if is_paragraph {
            text.push_str("\n\n");
        } else if !text.is_empty() {
            text.push(if is_point(line) { '\n' } else { ' ' });
        }
        is_paragraph = false;
        text.push_str(line.trim());
    }
    if text.is_empty() { Said::Nothing } else { Said::Words(Text::new(text)) }
}

/// Whether a line begins a point of a list.
fn is_point(line: &str) -> bool {
    ["- ", "* ", "\u{2022} "].iter().any(|mark| line.starts_with(mark))
}

/// A line that is at least so long may have been wrapped behind its end.
const WRAPPED: usize = 50;

fn words(found: &Found, not_understood: &mut Vec<Line>) -> Said {
    let own = own(found);
    let mut words: Vec<&str> = [own].into_iter().filter(|own| !own.is_empty()).collect();
    let mut is_wrapped = words.is_empty() || found.label.says.raw().chars().count() >= WRAPPED;
    for line in &found.below {
        if line.is_blank() {
            is_wrapped &= words.is_empty();
        } else if is_wrapped {
            words.push(line.says.raw());
            is_wrapped = line.says.raw().chars().count() >= WRAPPED;
        } else {
            not_understood.push(line.clone());
        }
    }
    if words.is_empty() { Said::Nothing } else { Said::Words(Text::new(words.join(" "))) }
}

fn choice(choices: &[Choice], found: &Found, not_understood: &mut Vec<Line>) -> Said {
    let below: Vec<_> = found.below.iter().filter(|line| !line.is_blank()).collect();
    let typed = chosen_words(own(found));
    if typed.is_empty() && !below.is_empty() {
        return doubtful(std::slice::from_ref(found), "it does not stand on the line of its label".to_owned());
    }
    not_understood.extend(below.into_iter().cloned());
    if typed.is_empty() {
        return Said::Nothing;
    }
    chosen(choices, own(found))
}

/// What is chosen by what was typed, which is not empty.
fn chosen(choices: &[Choice], typed: &str) -> Said {
    choices.iter().position(|choice| choice.is_said_by(typed)).map_or_else(
        || {
            let why = format!("it can be {}", any_of(choices.iter().map(Choice::shown)));
            Said::Doubtful { typed: Text::new(typed), why }
        },
        Said::Chosen,
    )
}

/// What was typed, without the brackets in which it was to stand, or whatever else stands around a word.
fn chosen_words(typed: &str) -> String {
    let typed = plain(&typed.replace(['[', ']', '(', ')', '"', '\u{201c}', '\u{201d}', '\u{2026}'], " "));
    typed.trim_end_matches(['.', ',', ';', '!']).trim().to_owned()
}

impl Choice {
    /// How the choice is typed.
    pub fn shown(&self) -> String {
        match self.mark {
            Some(mark) => format!("{mark} ({})", self.word),
            None => self.word.clone(),
        }
    }

    /// Whether somebody means this by what was typed, and nothing else: the mark, the word, the two as they are shown, or
    /// other words for the same.
    pub fn is_said_by(&self, typed: &str) -> bool {
        let spaced = |words: &str| plain(words).replace('-', " ");
        let (typed, word) = (chosen_words(typed), spaced(&self.word));
        let mark = self.mark.map(|mark| plain(&mark.to_string()));
        let is_both = mark.as_ref().is_some_and(|mark| typed == format!("{mark} {word}"));
        is_both
            || mark.is_some_and(|mark| mark == typed)
            || [word].into_iter().chain(self.also.iter().map(|also| spaced(also))).any(|known| known == spaced(&typed))
    }
}

impl Reading {
    /// The answer to a field.
    pub fn answer(&self, section: &str, key: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.section == section && answer.key == key)
    }
}

impl Reading {
    /// The position of what was chosen in a field.
    pub fn chosen(&self, section: &str, key: &str) -> Option<usize> {
        match self.answer(section, key)?.said {
            Said::Chosen(position) => Some(position),
            _ => None,
        }
    }

    /// The words in a field.
    pub fn words(&self, section: &str, key: &str) -> Option<&Text> {
        match &self.answer(section, key)?.said {
            Said::Words(words) => Some(words),
            _ => None,
        }
    }
}

impl Answer {
    /// Whether somebody has to say what is meant.
    pub fn is_open(&self) -> bool {
        matches!(self.said, Said::Doubtful { .. } | Said::Missing)
    }
}

impl Field {
    /// What somebody means who types this as the answer; the error says what it can be.
    pub fn typed(&self, typed: &str) -> Result<Said, String> {
        let words = plain(typed);
        match &self.kind {
            _ if words.is_empty() => Ok(Said::Nothing),
            Kind::Words | Kind::Text => Ok(Said::Words(Text::new(typed.trim()))),
            Kind::Choice(choices) => match chosen(choices, typed) {
                Said::Doubtful { why, .. } => Err(why),
                said => Ok(said),
            },
        }
    }
}
