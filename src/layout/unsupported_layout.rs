//! What the layout has no place for, and where it stands.

use std::fmt;

use crate::text::Node;

/// What is odd about a text that is otherwise sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A comment in the midst of a value, where the layout would tear it from what it is about.
    Comment,
    /// A key or a header for a part of a table that has neither a header nor braces of its own.
    PartOfTable,
    /// A table within another that stands apart from it.
    Apart,
    /// A table within a table within a table.
    Deep,
}

impl Oddity {
    /// What is said of it, as a phrase.
    pub(super) fn phrase(self, line: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Comment => write!(
                f,
                "a comment stands in the midst of what is said from line {line} on; put it above, or at the end of the line"
            ),
            Self::PartOfTable => write!(
                f,
                "line {line} says a part of a table that has no header of its own and no braces; give it one of the two"
            ),
            Self::Apart => {
                write!(f, "the table of line {line} and the tables in it do not stand together; move them to one place")
            }
            Self::Deep => {
                write!(f, "the table of line {line} has tables in it that no record has; \"gwp check\" says more")
            }
        }
    }
}

/// Something odd, with the way to it.
#[derive(Debug)]
pub(super) struct Odd {
    pub(super) what: Oddity,
    /// From the value itself outwards.
    way: Vec<Step>,
}

#[derive(Debug)]
pub(super) enum Step {
    Key(String),
    Element(usize),
}

impl Odd {
    pub(super) fn new(what: Oddity) -> Self {
        Self { what, way: Vec::new() }
    }

    /// This oddity, found in the value of a key or in an element of a list.
    pub(super) fn within(mut self, step: Step) -> Self {
        self.way.push(step);
        self
    }

    /// The line of it, counted from 1, or of what is nearest around it.
    pub(super) fn line(&self, text: &str, root: &Node<'_>) -> usize {
        let (mut node, mut at) = (root, 0);
        for step in self.way.iter().rev() {
            let next = match step {
                Step::Key(key) => node.entry(key).map(|(key, value)| (value, key.span.start)),
                Step::Element(position) => node.elements().get(*position).map(|value| (value, value.span.start)),
            };
            let Some(next) = next else { break };
            (node, at) = next;
        }
        text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Where something odd stands, on the way outwards.
pub(super) trait Within {
    fn in_key(self, key: &str) -> Self;
    fn in_element(self, position: usize) -> Self;
}

impl<T> Within for Result<T, Odd> {
    fn in_key(self, key: &str) -> Self {
        self.map_err(|odd| odd.within(Step::Key(key.to_owned())))
    }

    fn in_element(self, position: usize) -> Self {
        self.map_err(|odd| odd.within(Step::Element(position)))
    }
}
