//! The templates of a letter: those that are built in, and those of a case folder.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::layout::{cut, laid_out, on_one_line};
use super::template_error::TemplateError;
use super::values::Values;
use crate::text::{all_of, capitalised};

/// The folder of a case folder in which its templates lie.
pub const FOLDER: &str = "templates";

/// The piece of a letter that a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The text of a letter.
    Text,
    /// Its subject.
    Subject,
}

impl Piece {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Text, Self::Subject];

    /// Where a case folder keeps its own, in [`FOLDER`].
    pub fn path(self) -> &'static str {
        match self {
            Self::Text => "templates/reminder.txt",
            Self::Subject => "templates/subject.txt",
        }
    }

    fn built_in(self) -> &'static str {
        match self {
            Self::Text => include_str!("reminder.txt"),
            Self::Subject => include_str!("subject.txt"),
        }
    }
}

/// How much work one letter may take, in the engine's unit: a step, or 64 bytes that are made. Each thing that is owed
/// adds to it. A single step can still be long: values that are compared, joined or printed may hold any number of
/// others.
const FUEL: u64 = 500_000;
const FUEL_EACH: u64 = 2_000;

/// How long a letter may be, in bytes, and how much longer for each thing that is owed.
const MOST_BYTES: usize = 256 * 1024;
const MOST_BYTES_EACH: usize = 4 * 1024;

/// A template that was read and tried.
pub struct Template {
    piece: Piece,
    file: String,
    is_own: bool,
    source: String,
    environment: Environment<'static>,
}

impl Template {
    /// The one that is built in.
    pub fn built_in(piece: Piece) -> Result<Self, TemplateError> {
        Self::new(piece, &format!("the built-in {}", piece.path()), piece.built_in())
    }

    /// Reads a template of a case folder, and tries it on letters of every stage, so that a fault shows on the day on
    /// which it is written and not on the day on which something is overdue. `file` is what the file is called.
    pub fn read(piece: Piece, file: &str, text: &str) -> Result<Self, TemplateError> {
        let template = Self { is_own: true, ..Self::new(piece, file, text)? };
        for values in Values::samples() {
            template.worded(&values)?;
        }
        Ok(template)
    }

    fn new(piece: Piece, file: &str, text: &str) -> Result<Self, TemplateError> {
        let wrong = |error: &minijinja::Error| TemplateError::of_engine(file, error, &[]);
        let mut environment = environment(AutoEscape::None).map_err(|error| wrong(&error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        environment.add_template_owned(piece.path(), text.clone()).map_err(|error| wrong(&error))?;
        Ok(Self { piece, file: file.to_owned(), is_own: false, source: text, environment })
    }

    /// What its file is called, where it is a case folder's own.
    pub fn own_file(&self) -> Option<&str> {
        self.is_own.then_some(&*self.file)
    }

    /// What it was made of: two templates of one source say the same.
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The error where a template of a case folder was stopped, because it did not come to an end.
    pub fn stopped(file: &str) -> TemplateError {
        let message = "it does not come to an end, or fails in a way that cannot be told";
        TemplateError::new(file, None, message, "look for values that are doubled or nested again and again")
    }

    /// What the template makes of a letter: its text, or its subject on one line. Fuel bounds the steps, but not the
    /// room for calls within calls, nor all of the time: whoever wrote it decides about that.
    pub fn worded(&self, values: &Values) -> Result<String, TemplateError> {
        let wider;
        let environment = match u64::try_from(values.count()).unwrap_or(u64::MAX).saturating_mul(FUEL_EACH) {
            more if more > FUEL / 2 => {
                let mut environment = self.environment.clone();
                environment.set_fuel(Some(FUEL.saturating_add(more)));
                wider = environment;
                &wider
            }
            _ => &self.environment,
        };
        let context = Value::from(Serde(values));
        let rendered = environment.get_template(self.piece.path()).and_then(|template| template.render(&context));
        let rendered = rendered.map_err(|error| {
            let known = names(&context);
            TemplateError::of_engine(&self.file, &error, &known.iter().map(String::as_str).collect::<Vec<_>>())
        })?;
        let most = MOST_BYTES.saturating_add(MOST_BYTES_EACH.saturating_mul(values.count()));
        if rendered.len() > most {
            let message = format!("it makes a letter of more than {} KiB", most / 1024);
            return Err(self.wrong(&message, "look for a text repeated too often"));
        }
        match self.piece {
            Piece::Text => match laid_out(&rendered) {
                text if text.trim().is_empty() => {
                    Err(self.wrong("the text comes out empty", "write in it what is due"))
                }
                text => Ok(text),
            },
            Piece::Subject => match on_one_line(&rendered) {
                subject if subject.is_empty() => Err(self.wrong("the subject comes out empty", "write one line in it")),
                subject => Ok(cut(subject)),
            },
        }
    }

    fn wrong(&self, message: &str, help: &str) -> TemplateError {
        TemplateError::new(&self.file, None, message, help)
    }
}

/// The engine for templates that people write: it stops, it knows no value that is not there, and what a loop builds has
/// an end. `escape` says how values are written.
pub(crate) fn environment(escape: AutoEscape) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| escape.clone());
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // With it a loop could build values of any depth.
    environment.remove_global("namespace");
    environment.add_filter("listed", |words: Vec<String>| all_of(words));
    environment.add_filter("capitalised", |words: String| capitalised(&words));
    Ok(environment)
}

/// The names of all values in a context, each once.
pub(crate) fn names(context: &Value) -> Vec<String> {
    let (mut names, mut rest) = (Vec::new(), vec![context.clone()]);
    while let Some(value) = rest.pop() {
        match value.kind() {
            // All entries of a list have the same names.
            ValueKind::Seq => rest.extend(value.get_item_by_index(0)),
            ValueKind::Map => {
                for key in value.try_iter().into_iter().flatten() {
                    rest.extend(value.get_item(&key));
                    if let Some(name) = key.as_str().filter(|name| !names.iter().any(|known| known == name)) {
                        names.push(name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// Every value with the way to it, as the manual writes it: an entry of `items` is an `item`.
#[cfg(test)]
pub(super) fn every_path() -> std::collections::BTreeSet<String> {
    fn walk(value: &Value, prefix: &str, paths: &mut std::collections::BTreeSet<String>) {
        let is_map = value.kind() == ValueKind::Map;
        for key in value.try_iter().into_iter().flatten().filter(|_| is_map) {
            let (name, inner) = (format!("{prefix}{key}"), value.get_item(&key).unwrap_or_default());
            let entry = inner.try_iter().ok().and_then(|mut entries| entries.next());
            match (inner.kind(), entry) {
                (ValueKind::Map, _) => walk(&inner, &format!("{name}."), paths),
                (ValueKind::Seq, Some(entry)) if entry.kind() == ValueKind::Map => {
                    let singular = key.as_str().unwrap_or_default().trim_end_matches('s').to_owned();
                    if matches!(&*singular, "item" | "student") {
                        walk(&entry, &format!("{singular}."), paths);
                    }
                    paths.insert(name);
                }
                _ => {
                    paths.insert(name);
                }
            }
        }
    }
    let mut paths = std::collections::BTreeSet::new();
    walk(&Value::from(Serde(&Values::samples()[0])), "", &mut paths);
    paths
}
