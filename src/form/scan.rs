//! Which lines of a text belong to which field of a form.

use super::definition::{Field, Form, Section};
use super::laid_out::{END, rule_title};
use super::lines::{Line, after_label, hint, mark, plain, rule};
use crate::text::Text;

/// The lines of a text, as they belong to a form.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The head of the form, its sections, its end.
    pub parts: Vec<Part>,
    /// All that was printed on the form, as it now stands there: what precedes fields, and their labels.
    pub printed: String,
    /// Lines that belong nowhere.
    pub stray: Vec<Line>,
    /// Fields that end at what stands there twice: nobody knows which of them is meant.
    pub cut_off: Vec<Place>,
}

/// A field: the position of its section, and its own there.
pub(super) type Place = (usize, usize);

/// A part of the form.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// How often it begins.
    pub begins: usize,
    /// The fields in which it begins: one of them is an answer that has such a line, where it begins more than once.
    begins_in: Vec<Place>,
    /// The lines before its first field.
    pub before: Vec<Line>,
    /// Where each of its fields stands.
    pub fields: Vec<Vec<Found>>,
}

/// A label, and what stands behind and below it.
#[derive(Debug)]
pub(super) struct Found {
    /// The line of the label.
    pub label: Line,
    /// The hint behind the label.
    pub hint: Option<String>,
    /// What stands behind it.
    pub own: Text,
    /// The lines below it.
    pub below: Vec<Line>,
    /// The field that ended with it.
    pub ends: Option<Place>,
}

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Below the title of a marked section.
    Nowhere,
    /// Before the first field of a part.
    Before(usize),
    /// In a field.
    Field(Place),
}

/// What begins at a rule or a mark.
#[derive(Clone, Copy)]
enum Begins {
    Part(usize),
    Marked,
    Line,
}

impl Scan {
    /// Where the lines of a text belong in a form.
    pub fn of(form: &Form, lines: &[Line]) -> Self {
        let mut scan = Self::default();
        scan.parts.push(Part { begins: 1, ..Part::default() });
        for section in &form.sections {
            scan.parts.push(Part { fields: section.fields.iter().map(|_| Vec::new()).collect(), ..Part::default() });
        }
        scan.parts.push(Part::default());
        let mut at = At::Before(0);
        let mut rest = lines.iter();
        while let Some(line) = rest.next() {
            let following = rest.as_slice();
            at = match begins(form, line.says.raw(), at) {
                Some(begins) => scan.begin(begins, at, following, form),
                None => match label(form, at, line, following.first()) {
                    Some((place, found, is_over_two)) => {
                        if is_over_two {
                            rest.next();
                        }
                        scan.open(place, found, at)
                    }
                    None => scan.belongs(line, at),
                },
            };
        }
        let twice = scan.parts.iter().filter(|part| part.begins > 1);
        scan.cut_off.extend(twice.flat_map(|part| part.begins_in.iter().copied()).collect::<Vec<_>>());
        scan
    }

    /// What begins at a line, in front of the `following` ones. An answer can have a line that looks like a heading: then
    /// nobody knows where it ends.
    fn begin(&mut self, begins: Begins, at: At, following: &[Line], form: &Form) -> At {
        let open = if let At::Field(place) = at { Some(place) } else { None };
        match begins {
            Begins::Line => {
                self.cut_off.extend(open);
                at
            }
            Begins::Marked => {
                let next = following.iter().find(|line| !line.is_blank());
                let has_mark = next.is_some_and(|line| mark(line.says.raw()).is_some());
                self.cut_off.extend(open.filter(|_| !has_mark));
                At::Nowhere
            }
            Begins::Part(part) => {
                self.parts[part].begins += 1;
                self.parts[part].begins_in.extend(open);
                // A marked section whose title is gone is not known to begin here.
                let is_marked =
                    part.checked_sub(1).and_then(|at| form.sections.get(at)).is_some_and(|one| one.is_marked);
                self.cut_off.extend(open.filter(|_| is_marked));
                At::Before(part)
            }
        }
    }

    fn open(&mut self, place: Place, mut found: Found, at: At) -> At {
        if let At::Field(open) = at {
            found.ends = Some(open);
        }
        self.printed.push_str(&plain(found.label.says.raw().split_at(found.label_length()).0));
        self.parts[place.0].fields[place.1].push(found);
        At::Field(place)
    }

    fn belongs(&mut self, line: &Line, at: At) -> At {
        let line = line.clone();
        match at {
            At::Field((part, field)) => {
                if let Some(found) = self.parts[part].fields[field].last_mut() {
                    found.below.push(line);
                }
            }
            _ if line.is_blank() => {}
            At::Nowhere => self.stray.push(line),
            At::Before(part) => {
                self.printed.push_str(&plain(line.says.raw()));
                self.parts[part].before.push(line);
            }
        }
        at
    }
}

impl Found {
    /// How much of the label's line stands before the answer, in bytes.
    fn label_length(&self) -> usize {
        self.label.says.raw().len().saturating_sub(self.own.raw().len())
    }
}

/// What begins with a line: none where it is a line like others.
fn begins(form: &Form, line: &str, at: At) -> Option<Begins> {
    if let Some(mark) = mark(line) {
        let is_it = |section: &&Section| section.is_marked && plain(&section.id) == mark;
        return form.sections.iter().position(|section| is_it(&section)).map(|at| Begins::Part(at + 1));
    }
    let title = rule(line)?;
    let is = |of: &str| rule_words(of) == title;
    if title.is_empty() {
        // What is left of a rule that was wrapped.
        return (!matches!(at, At::Field(_))).then_some(Begins::Line);
    }
    if is(END) {
        return Some(Begins::Part(form.sections.len() + 1));
    }
    if is(&form.title) {
        return Some(Begins::Line);
    }
    let sections: Vec<_> = form.sections.iter().enumerate().filter(|(_, section)| is(&section.title)).collect();
    match sections.as_slice() {
        [] => None,
        [(at, section)] if !section.is_marked => Some(Begins::Part(at + 1)),
        _ => Some(Begins::Marked),
    }
}

/// A title as [`rule`] gives it.
pub(super) fn rule_words(title: &str) -> String {
    plain(&rule_title(title)).trim_matches(['-', '=', ' ']).to_owned()
}

/// The field whose label stands on a line, or on two where it was wrapped: of those of the part where the line is.
fn label(form: &Form, at: At, line: &Line, next: Option<&Line>) -> Option<(Place, Found, bool)> {
    let (At::Before(part) | At::Field((part, _))) = at else { return None };
    let fields = &form.sections.get(part.checked_sub(1)?)?.fields;
    let found = |line: &Line| {
        let (field, (before, own)) = fields
            .iter()
            .enumerate()
            .find_map(|(position, field)| Some((position, after_label(line.says.raw(), &field.label)?)))?;
        let hint = hint(before, &fields[field].label);
        let own = Text::new(own);
        Some(((part, field), Found { label: line.clone(), hint, own, below: Vec::new(), ends: None }))
    };
    if let Some((place, found)) = found(line) {
        return Some((place, found, false));
    }
    let begins_a_label = |field: &Field| {
        let line = plain(line.says.raw());
        !line.is_empty() && plain(&label_line(field)).starts_with(&line)
    };
    let next = next.filter(|next| !next.is_blank() && fields.iter().any(begins_a_label))?;
    if found(next).is_some() {
        return None;
    }
    let both = Text::new(format!("{} {}", line.says.raw(), next.says.raw()));
    found(&Line { number: line.number, says: both }).map(|(place, found)| (place, found, true))
}

fn label_line(field: &Field) -> String {
    let hint = field.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    format!("{}{hint}:", field.label)
}
