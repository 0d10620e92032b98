//! What a requirement asks, how it is judged, and how a committee can settle it.

use serde_json::{Value, json};

use super::sheet::{Cell, Column, Sheet};
use crate::edition::{self, Code, Edition, ParameterName};
use crate::records::{Scheme, Variation};
use crate::requirements::{CATALOGUE, Requirement, by_heading, requirement};
use crate::text::visible;

/// The requirements as they are explained: by an edition, with what a committee varies.
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'r> {
    /// The edition.
    pub scheme: Scheme,
    /// The variations in force.
    pub variations: &'r [&'r Variation],
}

impl Explanation<'_> {
    /// One requirement in full.
    pub fn sheets(&self, code: Code) -> Vec<Sheet> {
        let requirement = requirement(code);
        let stands = format!("In the source under: {}.", requirement.heading);
        let title = format!("{code} {}", code.name());
        let mut sheets = vec![Sheet::part(title, said(&[requirement.asks, &stands]))];
        let mut section = |title: &str, sentences: &[&str]| {
            let lead = said(sentences);
            if !lead.is_empty() {
                sheets.push(Sheet { lead, ..Sheet::new(title) });
            }
        };
        section("How it is judged", &[requirement.judged]);
        section("Where the source leaves it open: the reading of this program", requirement.readings);
        section("Met, for example", &[requirement.met_when]);
        section("Not met, for example", &[requirement.unmet_when]);
        section("How a committee can settle it", &[requirement.settled_by]);
        if !requirement.parameters.is_empty() {
            sheets.push(self.parameters(requirement));
        }
        sheets
    }

    /// All requirements, each with what it asks.
    pub fn list() -> Vec<Sheet> {
        let lead = "\"gwp explain CODE\" explains one of them; its name will do as well.".to_owned();
        let mut sheets = vec![Sheet::part(format!("The {} requirements", CATALOGUE.len()), vec![lead])];
        for (heading, requirements) in by_heading() {
            let columns = [
                Column::fixed("Code", "code", |one: &&Requirement| Cell::text(one.code)),
                Column::fixed("Name", "name", |one| one.code.name().into()),
                Column::flexible("What it asks", "asks", 24, |one| one.asks.into()),
            ];
            sheets.push(Sheet::new(heading).with_rows(&columns, requirements));
        }
        sheets
    }

    /// All requirements, or one of them, as one table for a spreadsheet.
    pub fn data(only: Option<Code>) -> Sheet {
        let columns = [
            Column::data("code", |one: &Requirement| Cell::text(one.code)),
            Column::data("name", |one| one.code.name().into()),
            Column::data("heading", |one| one.heading.into()),
            Column::data("asks", |one| one.asks.into()),
        ];
        Sheet::data(&columns, CATALOGUE.iter().copied().filter(|one| only.is_none_or(|code| one.code == code)))
    }

    /// A requirement as data: every field of the explanation.
    pub fn json(&self, code: Code) -> Value {
        let requirement = requirement(code);
        let parameters: Vec<_> = requirement
            .parameters
            .iter()
            .map(|&name| {
                let entry = Edition::of(self.scheme).entry(name);
                json!({
                    "parameter": name.word(),
                    "value": value_json(&self.in_force(name)),
                    "unit": entry.unit,
                    "edition": value_json(&entry.value),
                    "heading": entry.heading,
                    "reading": entry.reading,
                })
            })
            .collect();
        json!({
            "code": code.word(),
            "name": code.name(),
            "heading": requirement.heading,
            "asks": requirement.asks,
            "judged": requirement.judged,
            "readings": requirement.readings,
            "met_when": requirement.met_when,
            "unmet_when": requirement.unmet_when,
            "settled_by": requirement.settled_by,
            "parameters": parameters,
        })
    }

    fn parameters(&self, requirement: &Requirement) -> Sheet {
        /// A parameter in force: its name, its value and where that comes from in words, and how the source is read.
        struct InForce {
            name: &'static str,
            value: String,
            from: String,
            reading: Option<String>,
        }
        let columns = [
            Column::fixed("Parameter", "parameter", |one: &InForce| one.name.into()),
            Column::flexible("Value", "value", 12, |one| one.value.as_str().into()),
            Column::flexible("From", "from", 16, |one| one.from.as_str().into()),
            Column::below("Reading", "reading", |one| one.reading.as_deref().into()),
        ];
        let mut rows = Vec::new();
        for &name in requirement.parameters {
            let entry = Edition::of(self.scheme).entry(name);
            let value = self.in_force(name);
            let from = match self.variation(name) {
                Some(varied) => format!(
                    "varied, agreed by {} on {}; edition {}: {}",
                    varied.agreed_by,
                    varied.agreed,
                    self.scheme.word(),
                    shown(&entry.value)
                ),
                None => format!("edition {}", self.scheme.word()),
            };
            let value = match value {
                edition::Value::Number(number) => format!("{number} {}", entry.unit),
                words @ edition::Value::Words(_) => shown(&words),
            };
            rows.push(InForce { name: name.word(), value, from, reading: entry.reading.clone() });
        }
        Sheet::new("Parameters in force").with_rows(&columns, rows)
    }

    fn variation(&self, name: ParameterName) -> Option<&Variation> {
        self.variations.iter().copied().find(|variation| variation.parameter == name)
    }

    fn in_force(&self, name: ParameterName) -> edition::Value {
        let varied = self.variation(name).and_then(|variation| name.read(&variation.value).ok());
        varied.unwrap_or_else(|| Edition::of(self.scheme).entry(name).value.clone())
    }
}

/// The sentences that are not empty.
fn said(sentences: &[&str]) -> Vec<String> {
    sentences.iter().filter(|sentence| !sentence.is_empty()).map(|sentence| (*sentence).to_owned()).collect()
}

fn shown(value: &edition::Value) -> String {
    match value {
        edition::Value::Number(number) => number.to_string(),
        edition::Value::Words(words) => words.iter().map(|word| visible(word)).collect::<Vec<_>>().join(", "),
    }
}

fn value_json(value: &edition::Value) -> Value {
    match value {
        edition::Value::Number(number) => json!(number),
        edition::Value::Words(words) => json!(words),
    }
}
