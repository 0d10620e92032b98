//! What stands at the end of every output: what was read, as of when it was judged, and what is varied.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::sheet::{Cell, Column, Sheet, counted};
use crate::calendar::Day;
use crate::case::Records;
use crate::folder::JudgedFolder;
use crate::records::{Variation, VariationValue};
use crate::text::Text;

/// What a folder was judged from.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'r> {
    /// The day of judgement.
    pub as_of: Day,
    /// The day of the meeting that is prepared, where one is.
    pub meeting: Option<Day>,
    /// The edition of the folder.
    pub scheme: &'static str,
    /// The variations in force.
    pub variations: &'r [&'r Variation],
    /// The commit that the folder was read from, in words: `commit 1a2b3c4d5e6f of 21 February 2026`. None where it
    /// was read from disk.
    pub stood_in: Option<&'r str>,
    /// What was read.
    pub records: &'r Records,
    /// How many files were found.
    pub files: usize,
}

impl<'r> Summary<'r> {
    /// What a folder is judged from.
    pub fn of(judged: &'r JudgedFolder<'_>) -> Self {
        let folder = judged.folder;
        Self {
            as_of: judged.as_of,
            meeting: None,
            scheme: folder.scheme().word(),
            variations: &judged.variations,
            stood_in: folder.commit.as_ref().map(|commit| commit.words.as_str()),
            records: &folder.case.records,
            files: folder.files_found(),
        }
    }
}

impl Summary<'_> {
    /// The edition and what is varied, as one sentence.
    pub fn sentence(&self) -> String {
        let varied = |variation: &&Variation| {
            let (name, value) = (variation.parameter.word(), value(&variation.value));
            format!("{name} = {value} ({}, {})", variation.agreed_by, variation.agreed)
        };
        let varied: Vec<_> = self.variations.iter().map(varied).collect();
        let judged = match varied.len() {
            0 => format!("Judged by the edition {}, as of {}; nothing is varied.", self.edition(), self.as_of),
            _ => format!(
                "Judged by the edition {}, as of {}; varied: {}.",
                self.edition(),
                self.as_of,
                varied.join("; ")
            ),
        };
        match self.origin() {
            Some(origin) => format!("{origin} {judged}"),
            None => judged,
        }
    }

    /// Likewise for readers of a paper, who know no keys.
    #[cfg(feature = "cli")]
    pub(crate) fn on_paper(&self) -> String {
        let varied = |variation: &&Variation| {
            let (name, value) = (variation.parameter.word().replace('_', " "), value(&variation.value));
            format!("{name} {value} (agreed by {} on {})", variation.agreed_by, variation.agreed)
        };
        let varied: Vec<_> = self.variations.iter().map(varied).collect();
        let local = if varied.is_empty() {
            String::new()
        } else {
            format!(" The local committee varies: {}.", varied.join("; "))
        };
        let (edition, as_of) = (self.edition(), self.as_of);
        let judged = format!("Judged by the edition {edition} of the requirements, as of {as_of}.{local}");
        self.origin().map_or_else(|| judged.clone(), |origin| format!("{origin} {judged}"))
    }

    /// The edition, with each course that has another: `iga-2022-23 (york-2027: iga-2026-27)`.
    fn edition(&self) -> String {
        let others = self.records.of_other_editions();
        let others: Vec<_> = others.iter().map(|(course, scheme)| format!("{course}: {}", scheme.word())).collect();
        if others.is_empty() { self.scheme.to_owned() } else { format!("{} ({})", self.scheme, others.join("; ")) }
    }

    fn origin(&self) -> Option<String> {
        self.stood_in.map(|commit| format!("The folder is taken as it stood in the {commit}."))
    }

    /// The variations in force as a table, and the rest in sentences.
    pub fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::part("Judged by", Vec::new());
        sheet.lead.extend(self.origin());
        let by = format!("Edition {} of the requirements, as of {}", self.edition(), self.as_of);
        if self.variations.is_empty() {
            sheet.lead.push(format!("{by}; nothing is varied."));
        } else {
            sheet.lead.push(format!("{by}, with what the local committee varies:"));
            sheet = sheet.with_rows(&columns(), self.variations);
        }
        sheet.notes.push(format!(
            "{} read from {}. gwp prepares decisions and takes none: committees do.",
            counted(self.records.used(), "record", "records"),
            counted(self.files, "file", "files")
        ));
        sheet
    }
}

fn columns<'r>() -> Vec<Column<&'r Variation>> {
    vec![
        Column::flexible("Parameter", "parameter", 18, |one| one.parameter.word().into()),
        Column::flexible("Value", "value", 14, |one| value(&one.value).into()),
        Column::flexible("Agreed by", "agreed_by", 14, |one| Cell::text(&one.agreed_by)),
        Column::fixed("Agreed", "agreed", |one| one.agreed.into()),
    ]
}

/// What every document about a judged folder says first.
impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r> {
            as_of: Day,
            #[serde(skip_serializing_if = "Option::is_none")]
            meeting: Option<Day>,
            files: Files,
            scheme: &'static str,
            #[serde(skip_serializing_if = "BTreeMap::is_empty")]
            course_schemes: BTreeMap<&'r str, &'static str>,
            variations: Vec<Varied<'r>>,
        }
        #[derive(Serialize)]
        struct Files {
            found: usize,
            used: usize,
        }
        let files = Files { found: self.files, used: self.records.used() };
        let variations = self.variations.iter().map(|one| Varied::of(one)).collect();
        let others = self.records.of_other_editions().into_iter();
        let course_schemes = others.map(|(course, scheme)| (course.raw(), scheme.word())).collect();
        let Self { as_of, meeting, scheme, .. } = *self;
        Fields { as_of, meeting, files, scheme, course_schemes, variations }.serialize(serializer)
    }
}

/// A variation as data.
#[derive(Serialize)]
struct Varied<'r> {
    parameter: &'static str,
    value: Value<'r>,
    agreed_by: &'r Text,
    agreed: Day,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'r> {
    Number(u32),
    Words(&'r [Text]),
}

impl<'r> Varied<'r> {
    fn of(variation: &'r Variation) -> Self {
        let value = match &variation.value {
            VariationValue::Number(number) => Value::Number(*number),
            VariationValue::Words(words) => Value::Words(words),
        };
        let Variation { parameter, agreed_by, agreed, .. } = variation;
        Self { parameter: parameter.word(), value, agreed_by, agreed: *agreed }
    }
}

/// A varied value in words.
pub(super) fn value(value: &VariationValue) -> String {
    match value {
        VariationValue::Number(number) => number.to_string(),
        VariationValue::Words(words) => words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
