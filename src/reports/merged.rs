//! What is said of several folders as of one: one table, one total, and the folder a column.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::due::{
    DueRow, Heading, columns_by, columns_with_folder, overdue_columns, overdue_total, totals, without_a_day,
};
use super::eligibility::merged;
use super::sheet::{Column, Sheet, counted};
use super::{CheckReport, DueBy, FolderDue, Part, Report, Summary};
use crate::calendar::Day;
use crate::folder::JudgedFolder;
use crate::judgement::{Item, ObligationKind};

/// An item with the place of its folder.
type OfFolder<'r> = (usize, Item<'r>);

/// Items of several folders in order of due date, folder and student.
fn in_order(mut items: Vec<OfFolder<'_>>) -> Vec<OfFolder<'_>> {
    // Each folder's come in order already.
    items.sort_by_key(|(folder, item)| (item.obligation.place_in_time(), *folder));
    items
}

fn row<'i>((folder, item): &'i OfFolder<'_>, judged: &[&'i JudgedFolder<'_>]) -> Option<DueRow<'i>> {
    let one = judged.get(*folder)?;
    Some(DueRow::of(item, one.as_of, None).within(one.folder.name.as_text()))
}

/// A column for the folder, before others.
fn with_folder(mut columns: Vec<Column<DueRow<'_>>>) -> Vec<Column<DueRow<'_>>> {
    columns.insert(0, Column::flexible("Folder", "folder", 8, DueRow::folder));
    columns
}

/// What each folder is judged by, a sentence for each.
fn judged_by(judged: &[&JudgedFolder<'_>]) -> Vec<String> {
    let of = |one: &&JudgedFolder<'_>| format!("{}: {}", one.folder.name, Summary::of(one).sentence());
    judged.iter().map(of).collect()
}

/// The days as of which folders are judged, in a title.
fn days(judged: &[&JudgedFolder<'_>]) -> String {
    match judged {
        [first, others @ ..] if others.iter().all(|other| other.as_of == first.as_of) => first.as_of.to_string(),
        _ => "the next LCC meeting of each folder".to_owned(),
    }
}

/// What several folders owe, in one table.
pub struct MergedDue<'r> {
    dues: &'r [FolderDue<'r>],
    judged: Vec<&'r JudgedFolder<'r>>,
    by: DueBy,
    today: Day,
    items: Vec<OfFolder<'r>>,
}

impl<'r> MergedDue<'r> {
    /// What is owed in all of them.
    pub fn of(dues: &'r [FolderDue<'r>], by: DueBy, today: Day) -> Self {
        let of_one = |(folder, due): (usize, &'r FolderDue<'r>)| due.owed().map(move |item| (folder, item.clone()));
        let items = in_order(dues.iter().enumerate().flat_map(of_one).collect());
        Self { dues, judged: dues.iter().map(FolderDue::judged).collect(), by, today, items }
    }

    fn rows(&self) -> impl Iterator<Item = DueRow<'_>> {
        self.items.iter().filter_map(|one| row(one, &self.judged))
    }

    /// Who could not be judged, by folder.
    fn unjudged(&self) -> Vec<String> {
        let of = |due: &FolderDue<'_>| {
            Some(format!("{}: {}", due.judged().folder.name, due.caveats(self.today).unjudged()?))
        };
        self.dues.iter().filter_map(of).collect()
    }

    fn totals(&self) -> [String; 2] {
        let kind = |(folder, item): &OfFolder<'_>| {
            let as_of = self.judged.get(*folder).map(|one| one.as_of)?;
            Some((item.obligation.kind, item.obligation.is_late(as_of)))
        };
        let only_overdue = self.dues.iter().all(FolderDue::is_only_overdue);
        [totals(self.items.iter().filter_map(kind), only_overdue), without_a_day(false)]
    }
}

/// JSON has a list of folders, and no merged document: this is what the tables hold.
impl Serialize for MergedDue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

impl Report for MergedDue<'_> {
    fn sheets(&self) -> Vec<Sheet> {
        let folders = counted(self.judged.len(), "folder", "folders");
        let mut opening = Sheet::part(format!("Due in {folders}, as of {}", days(&self.judged)), self.unjudged());
        let shown_only = self.dues.first().and_then(|due| due.caveats(self.today).shown_only);
        opening.lead.extend(shown_only.map(|shown_only| format!("Shown is only {shown_only}.")));
        let columns = with_folder(columns_by(self.by));
        let mut tables: BTreeMap<Heading<'_>, Vec<DueRow<'_>>> = BTreeMap::new();
        for one in &self.items {
            let Some(row) = row(one, &self.judged) else { continue };
            tables.entry(Heading::of(&one.1, self.by, row.folder_name())).or_default().push(row);
        }
        let mut sheets = vec![opening];
        for (heading, rows) in tables {
            sheets.push(Sheet::new(heading.to_string()).with_toned_rows(&columns, rows, DueRow::tone));
        }
        let mut end = Sheet::new("");
        end.notes.extend(self.totals().into_iter().chain(judged_by(&self.judged)));
        sheets.push(end);
        sheets
    }

    fn data(&self) -> Sheet {
        Sheet::data(&columns_with_folder(), self.rows())
    }

    fn beside_data(&self) -> Option<String> {
        let unjudged = self.unjudged();
        (!unjudged.is_empty()).then(|| unjudged.join(" "))
    }
}

/// Several folders that were checked, as one: who stands where, and what is overdue.
pub struct MergedCheck<'r> {
    reports: &'r [CheckReport<'r>],
    judged: Vec<&'r JudgedFolder<'r>>,
    only: Option<Part>,
    overdue: Vec<OfFolder<'r>>,
}

impl<'r> MergedCheck<'r> {
    /// The parts that can be merged.
    pub const PARTS: [Part; 2] = [Part::Eligibility, Part::Overdue];

    /// What is said of all of them, or one part of it.
    pub fn of(reports: &'r [CheckReport<'r>], only: Option<Part>) -> Self {
        let of_one = |(folder, report): (usize, &'r CheckReport<'r>)| {
            report.roster.overdue().into_iter().map(move |item| (folder, item))
        };
        let overdue = in_order(reports.iter().enumerate().flat_map(of_one).collect());
        Self { reports, judged: reports.iter().map(|report| report.judged).collect(), only, overdue }
    }

    fn shows(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    /// What is to be said of single folders, before the tables.
    fn opening(&self) -> Sheet {
        let folders = counted(self.judged.len(), "folder", "folders");
        let mut opening = Sheet::part(format!("{folders}, as of {}", days(&self.judged)), Vec::new());
        for report in self.reports {
            let again = |words: &[&str]| report.judged.command_line.again(words.iter().copied());
            let name = &report.judged.folder.name;
            if !report.judged.folder.can_be_judged() {
                let why = again(&["check", "--only", "problems"]);
                opening.lead.push(format!("{name}: not judged, as gwp.toml has an error. \"{why}\" says why."));
            } else if !report.problems.is_empty() {
                let count = counted(report.problems.len(), "problem", "problems");
                let all = again(&["check", "--only", "problems"]);
                opening.lead.push(format!("{name}: {count} in the records. \"{all}\" shows them."));
            }
        }
        let shown_only = self.reports.first().and_then(|report| report.shown_only.as_ref());
        opening.lead.extend(shown_only.map(|shown_only| format!("Shown is only {shown_only}.")));
        opening
    }

    fn overdue_rows(&self) -> impl Iterator<Item = DueRow<'_>> {
        self.overdue.iter().filter_map(|one| row(one, &self.judged))
    }

    fn overdue_sheet(&self) -> Sheet {
        let title = format!("Overdue as of {}", days(&self.judged));
        let columns = with_folder(overdue_columns());
        let mut sheet = Sheet::part(title, Vec::new()).with_rows(&columns, self.overdue_rows());
        let kinds: Vec<ObligationKind> = self.overdue.iter().map(|(_, item)| item.obligation.kind).collect();
        sheet.notes.push(overdue_total(kinds));
        sheet
    }

    fn eligibility(&self, is_for_people: bool) -> Sheet {
        let of = |report: &'r CheckReport<'r>| (report.judged.folder.name.as_text(), &report.eligibility);
        merged(self.reports.iter().map(of), &days(&self.judged), is_for_people)
    }
}

/// JSON has a list of folders, and no merged document: this is what the tables hold.
impl Serialize for MergedCheck<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.overdue_rows())
    }
}

impl Report for MergedCheck<'_> {
    fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = vec![self.opening()];
        if self.shows(Part::Eligibility) {
            sheets.push(self.eligibility(true));
        }
        if self.shows(Part::Overdue) {
            sheets.push(self.overdue_sheet());
        }
        let mut end = Sheet::new("");
        if self.only.is_none() {
            end.notes.push("Each folder has an agenda of its own: \"gwp check FOLDER --only agenda\".".to_owned());
        }
        end.notes.extend(judged_by(&self.judged));
        sheets.push(end);
        sheets
    }

    fn data(&self) -> Sheet {
        match self.only {
            Some(Part::Overdue) => Sheet::data(&columns_with_folder(), self.overdue_rows()),
            _ => self.eligibility(false),
        }
    }

    fn beside_data(&self) -> Option<String> {
        let said: Vec<String> = self.reports.iter().filter_map(Report::beside_data).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }
}
