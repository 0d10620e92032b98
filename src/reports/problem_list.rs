//! The problems as a list, for spreadsheets and pages.

use super::check::Located;
use super::sheet::{Cell, Column, Sheet};
use crate::text::Source;

const COLUMNS: [Column; 7] = [
    Column::fixed("Problem", "problem"),
    Column::fixed("Level", "level"),
    Column::flexible("File", "file", 12),
    Column::right("Line", "line"),
    Column::right("Column", "column"),
    Column::below("What is wrong", "message"),
    Column::below("What to do", "help"),
];

/// A line for every problem. `prefix` stands before each file's name: the folder's, where there are several.
pub fn problem_list(problems: &[Located<'_>], sources: &[Source], prefix: &str) -> Sheet {
    let mut sheet = Sheet::part("Problems", Vec::new()).with_columns(COLUMNS);
    for located in problems {
        let problem = located.problem;
        let file = sources.get(problem.file.0 as usize).map(|source| format!("{prefix}{}", source.path));
        sheet.row([
            Cell::text(problem.name.word()),
            Cell::text(problem.level.word()),
            Cell::maybe(file),
            Cell::count(located.line),
            Cell::count(located.column),
            Cell::text(&problem.message),
            Cell::maybe(problem.help.as_ref()),
        ]);
    }
    if problems.is_empty() {
        sheet.notes.push("Nothing is wrong in the records.".to_owned());
    }
    sheet
}
