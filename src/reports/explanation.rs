//! What a requirement asks, how it is judged, and how a committee can settle it.

use serde_json::{Value, json};

use super::sheet::{Cell, Column, Sheet};
use crate::calendar::Day;
use crate::edition::{self, Clause, Code, ParameterName, Scheme};
use crate::records::Variation;
use crate::requirements::{CATALOGUE, Requirement, by_heading, requirement};
use crate::text::visible;

/// The requirements as they are explained: by an edition, with what a committee varies.
#[derive(Clone, Copy, Debug)]
pub struct Explanation<'r> {
    /// The edition.
    pub scheme: Scheme,
    /// What the committee varies.
    pub variations: &'r [Variation],
    /// The day on which it is in force.
    pub on: Day,
}

impl Explanation<'_> {
    /// One requirement in full.
    pub fn sheets(&self, code: Code) -> Vec<Sheet> {
        let requirement = requirement(code);
        let clause = self.clause(requirement);
        let stands = format!("In the source under: {}.", clause.heading);
        let title = format!("{code} {}", code.name());
        let mut sheets = vec![Sheet::part(title, vec![clause.asks, stands])];
        let mut section = |title: &str, list: Vec<String>| {
            if !list.is_empty() {
                sheets.push(Sheet { list, ..Sheet::new(title) });
            }
        };
        section("How it is judged", clause.judged);
        section("Where the source leaves it open: the reading of this program", clause.readings);
        let examples = [("Met, for example", clause.met_when), ("Not met, for example", clause.unmet_when)];
        sheets.extend(examples.map(|(title, example)| Sheet { lead: vec![example], ..Sheet::new(title) }));
        let columns = [
            Column::fixed("Status", "status", |(status, _): &(&'static str, &str)| (*status).into()),
            Column::flexible("What to record", "remedy", 24, |(_, remedy)| (*remedy).into()),
        ];
        sheets.push(Sheet::new("What settles it").with_rows(&columns, clause.settled_by.by_status()));
        if !requirement.parameters.is_empty() {
            sheets.push(self.parameters(requirement));
        }
        sheets
    }

    /// All requirements, each with what it asks.
    pub fn list(&self) -> Vec<Sheet> {
        let lead = "\"gwp explain CODE\" explains one of them; its name will do as well.".to_owned();
        let mut sheets = vec![Sheet::part(format!("The {} requirements", CATALOGUE.len()), vec![lead])];
        for (heading, requirements) in by_heading(self.scheme) {
            let columns = [
                Column::fixed("Code", "code", |(code, _): &(Code, Clause)| Cell::text(code)),
                Column::fixed("Name", "name", |(code, _)| code.name().into()),
                Column::flexible("What it asks", "asks", 24, |(_, clause)| clause.asks.as_str().into()),
            ];
            sheets.push(Sheet::new(heading).with_rows(&columns, requirements.into_iter().map(|one| self.told(one))));
        }
        sheets
    }

    /// All requirements, or one of them, as one table for a spreadsheet.
    pub fn data(&self, only: Option<Code>) -> Sheet {
        let columns = [
            Column::data("code", |(code, _): &(Code, Clause)| Cell::text(code)),
            Column::data("name", |(code, _)| code.name().into()),
            Column::data("heading", |(_, clause)| clause.heading.as_str().into()),
            Column::data("asks", |(_, clause)| clause.asks.as_str().into()),
        ];
        let wanted = CATALOGUE.iter().filter(|one| only.is_none_or(|code| one.code == code));
        Sheet::data(&columns, wanted.map(|one| self.told(one)))
    }

    /// A requirement as data: every field of the explanation.
    pub fn json(&self, code: Code) -> Value {
        let requirement = requirement(code);
        let Clause { heading, asks, readings, judged, met_when, unmet_when, settled_by } = self.clause(requirement);
        let parameters: Vec<_> = requirement
            .parameters
            .iter()
            .map(|&name| {
                let entry = self.scheme.edition().entry(name);
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
            "heading": heading,
            "asks": asks,
            "judged": judged.join(" "),
            "readings": readings,
            "met_when": met_when,
            "unmet_when": unmet_when,
            "settled_by": settled_by,
            "parameters": parameters,
        })
    }

    fn told(&self, requirement: &Requirement) -> (Code, Clause) {
        (requirement.code, self.clause(requirement))
    }

    fn clause(&self, requirement: &Requirement) -> Clause {
        requirement.clause(self.scheme, &Variation::parameters(self.variations, self.scheme, self.on))
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
            let entry = self.scheme.edition().entry(name);
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
        Variation::in_force(self.variations, name, self.on)
    }

    fn in_force(&self, name: ParameterName) -> edition::Value {
        let varied = self.variation(name).and_then(|variation| variation.fitting_value().ok());
        varied.unwrap_or_else(|| self.scheme.edition().entry(name).value.clone())
    }
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
