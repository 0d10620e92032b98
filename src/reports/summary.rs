//! What stands at the end of every output: what was read, as of when it was judged, and what is varied.

use super::sheet::{Cell, Column, Sheet, counted};
use crate::calendar::Day;
use crate::folder::JudgedFolder;
use crate::records::{Variation, VariationValue};

/// What a folder was judged from.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'r> {
    /// The day of judgement.
    pub as_of: Day,
    /// The edition of the requirements.
    pub scheme: &'static str,
    /// The variations in force.
    pub variations: &'r [&'r Variation],
    /// The commit that the folder was read from, in words: `commit 1a2b3c4d5e6f of 21 February 2026`. None where it
    /// was read from disk.
    pub stood_in: Option<&'r str>,
    /// How many records were used.
    pub records: usize,
    /// How many files were found.
    pub files: usize,
}

impl<'r> Summary<'r> {
    /// What a folder is judged from.
    pub fn of(judged: &'r JudgedFolder<'_>) -> Self {
        let folder = judged.folder;
        Self {
            as_of: judged.as_of,
            scheme: folder.scheme().word(),
            variations: &judged.variations,
            stood_in: folder.commit.as_ref().map(|commit| commit.words.as_str()),
            records: folder.case.records.used(),
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
            0 => format!("Judged by the edition {}, as of {}; nothing is varied.", self.scheme, self.as_of),
            _ => format!("Judged by the edition {}, as of {}; varied: {}.", self.scheme, self.as_of, varied.join("; ")),
        };
        match self.origin() {
            Some(origin) => format!("{origin} {judged}"),
            None => judged,
        }
    }

    fn origin(&self) -> Option<String> {
        self.stood_in.map(|commit| format!("The folder is taken as it stood in the {commit}."))
    }

    /// The variations in force as a table, and the rest in sentences.
    pub fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::part("Judged by", Vec::new());
        sheet.lead.extend(self.origin());
        let by = format!("Edition {} of the requirements, as of {}", self.scheme, self.as_of);
        if self.variations.is_empty() {
            sheet.lead.push(format!("{by}; nothing is varied."));
        } else {
            sheet.lead.push(format!("{by}, with what the local committee varies:"));
            sheet = sheet.with_columns([
                Column::flexible("Parameter", "parameter", 18),
                Column::flexible("Value", "value", 14),
                Column::flexible("Agreed by", "agreed_by", 14),
                Column::fixed("Agreed", "agreed"),
            ]);
        }
        for variation in self.variations {
            sheet.row([
                Cell::text(variation.parameter.word()),
                Cell::Text(value(&variation.value)),
                Cell::text(&variation.agreed_by),
                Cell::Day(variation.agreed),
            ]);
        }
        sheet.notes.push(format!(
            "{} read from {}. gwp prepares decisions and takes none: committees do.",
            counted(self.records, "record", "records"),
            counted(self.files, "file", "files")
        ));
        sheet
    }
}

/// A varied value in words.
pub(super) fn value(value: &VariationValue) -> String {
    match value {
        VariationValue::Number(number) => number.to_string(),
        VariationValue::Words(words) => words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
