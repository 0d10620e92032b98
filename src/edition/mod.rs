//! The editions of the requirements: parameters that a local committee can vary, and what each requirement asks.
//!
//! An [`Edition`] is a data file embedded in the program. A case folder names one, a course in it can name another
//! ([`Scheme`]), and the folder varies single parameters from the day on which that was agreed. What is in force on a
//! day is a [`Parameters`]; what a requirement asks stands in a [`Clause`], whose sentences are filled with them.

mod clause;
mod code;
mod filling;
mod mode;
mod parameter;
mod scheme;

use serde::Deserialize;
use toml::{Table, Value as Toml};

pub use clause::{Clause, Remedies};
pub use code::Code;
pub use filling::{Figure, ordinal};
pub use mode::Mode;
pub use parameter::{Kind, ParameterName, Parameters, Value};
pub use scheme::Scheme;

/// One edition: every parameter with its value, and every requirement with its clause.
#[derive(Debug)]
pub struct Edition {
    word: String,
    entries: Vec<Entry>,
    clauses: Vec<Clause>,
}

/// What an edition says of one parameter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its value.
    pub value: Value,
    /// The unit of the value.
    pub unit: String,
    /// The heading in the source under which it stands.
    pub heading: String,
    /// The reading taken where the source leaves it open.
    pub reading: Option<String>,
}

/// A data file. What it leaves out is as in the edition that it is based on.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scheme: String,
    based_on: Option<String>,
    #[serde(default)]
    parameters: Table,
    #[serde(default)]
    requirements: Table,
}

impl Edition {
    /// The word by which records name it.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// What the edition says of a parameter.
    pub fn entry(&self, name: ParameterName) -> &Entry {
        &self.entries[name as usize]
    }

    /// What the edition says of a requirement, with braces where parameters are to be filled in.
    pub fn clause(&self, code: Code) -> &Clause {
        &self.clauses[code as usize]
    }

    /// Reads data files, each of which can be based on one before it. The error names the file and what is wrong.
    fn read_all(texts: &[&str]) -> Result<Vec<Self>, String> {
        let mut files: Vec<File> = Vec::new();
        let mut editions = Vec::new();
        for text in texts {
            let mut file: File = toml::from_str(text).map_err(|error| error.to_string())?;
            if let Some(base) = &file.based_on {
                let base = files.iter().find(|one| one.scheme == *base).ok_or(format!("there is no edition {base}"))?;
                file.parameters = merged(&base.parameters, file.parameters);
                file.requirements = merged(&base.requirements, file.requirements);
            }
            let edition = Self::read(&file).map_err(|fault| format!("{}: {fault}", file.scheme))?;
            files.push(file);
            editions.push(edition);
        }
        Ok(editions)
    }

    fn read(file: &File) -> Result<Self, String> {
        let entries = all(&file.parameters, ParameterName::WORDS)?;
        let mut requirements = file.requirements.clone();
        for (_, clause) in &mut requirements {
            let Toml::Table(own) = clause else { continue };
            if let Some(like) = own.remove("like") {
                let like = like.as_str().and_then(|code| file.requirements.get(code)).and_then(Toml::as_table);
                *own = merged(like.ok_or("a clause is like one that there is not")?, std::mem::take(own));
            }
        }
        let clauses = all(&requirements, Code::all().map(Code::word))?;
        Ok(Self { word: file.scheme.clone(), entries, clauses })
    }
}

/// The tables of these names, read, in their order; there are to be no others.
fn all<'de, T: Deserialize<'de>>(
    table: &Table,
    names: impl IntoIterator<Item = &'static str>,
) -> Result<Vec<T>, String> {
    let mut table = table.clone();
    let mut read = |name: &'static str| {
        let entry = table.remove(name).ok_or_else(|| format!("{name} is missing"))?;
        T::deserialize(entry).map_err(|error| format!("{name}: {}", error.message()))
    };
    let all = names.into_iter().map(&mut read).collect::<Result<_, String>>()?;
    match table.keys().next() {
        Some(unknown) => Err(format!("nothing is called {unknown}")),
        None => Ok(all),
    }
}

/// The base, with what stands in `own` instead of what it says.
fn merged(base: &Table, own: Table) -> Table {
    let mut all = base.clone();
    for (key, value) in own {
        let value = match (all.remove(&key), value) {
            (Some(Toml::Table(base)), Toml::Table(own)) => Toml::Table(merged(&base, own)),
            (_, value) => value,
        };
        all.insert(key, value);
    }
    all
}

#[cfg(test)]
mod tests;
