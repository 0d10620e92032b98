//! What is wrong with a template.

use std::fmt;

use minijinja::ErrorKind;

use crate::text::{Unreadable, visible};

/// What is wrong with a template, and where. Shown, it is one sentence that is safe to print, with the file, the line
/// where it is known, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    file: String,
    line: Option<usize>,
    message: String,
    help: String,
}

impl TemplateError {
    pub(crate) fn new(file: &str, line: Option<usize>, message: &str, help: &str) -> Self {
        Self { file: visible(file), line, message: visible(message), help: visible(help) }
    }

    /// A file of templates that cannot be read.
    pub fn unreadable(file: &str, why: &Unreadable) -> Self {
        Self::new(file, why.at.map(|(line, _)| line), &why.message, &why.help)
    }

    /// What the template engine found, in our words. `known` are the names of all values.
    pub(crate) fn of_engine(file: &str, error: &minijinja::Error, known: &[&str]) -> Self {
        let detail = error.detail().unwrap_or_default();
        let (message, help) = match error.kind() {
            ErrorKind::SyntaxError | ErrorKind::BadEscape | ErrorKind::InvalidDelimiter => (
                format!("it is not written as a template is: {detail}"),
                "look at this line and the one before it for a bracket or a tag that is not closed".to_owned(),
            ),
            ErrorKind::OutOfFuel => (
                "it takes longer or makes more than a letter or a page can need".to_owned(),
                "look for a loop over too much, or a text repeated too often".to_owned(),
            ),
            _ => match undefined(detail) {
                Some(name) => (format!("there is no value called \"{name}\""), advice(name, known)),
                None => (
                    format!(
                        "it cannot be carried out: {}",
                        if detail.is_empty() { error.to_string() } else { detail.to_owned() }
                    ),
                    "\"gwp help templates\" lists the values and filters that a template can use".to_owned(),
                ),
            },
        };
        Self::new(file, error.line(), &message, &help)
    }
}

/// The expression that the engine found to have no value.
fn undefined(detail: &str) -> Option<&str> {
    let (before, _) = detail.split_once("` is undefined")?;
    before.rsplit('`').next()
}

fn advice(name: &str, known: &[&str]) -> String {
    const LONGEST: usize = 40;
    let last = name.rsplit('.').next().unwrap_or(name);
    let near = known
        .iter()
        .filter(|_| last.len() <= LONGEST)
        .map(|known| (strsim::damerau_levenshtein(known, last), *known))
        .min()
        .filter(|(distance, _)| *distance > 0 && *distance <= 3);
    match near {
        Some((_, near)) => format!("did you mean \"{}{near}\"?", &name[..name.len() - last.len()]),
        None => "\"gwp help templates\" lists the values that a template can use".to_owned(),
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, message, help } = self;
        match line {
            Some(line) => write!(f, "{file}:{line}: {message}; {help}"),
            None => write!(f, "{file}: {message}; {help}"),
        }
    }
}

impl std::error::Error for TemplateError {}
