//! The problems as a list, for spreadsheets and pages.

use super::sheet::{Cell, Column, Sheet};
use crate::problems::Problem;
use crate::text::{Locator, Source};

/// A problem with the line and the column at which it stands.
pub struct Located<'r> {
    /// The problem.
    pub problem: &'r Problem,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

impl<'r> Located<'r> {
    /// A problem with its place.
    pub fn of(problem: &'r Problem, locator: &mut Locator<'_>) -> Self {
        let (line, column) = problem.place(locator);
        Self { problem, line, column }
    }
}

/// A problem in one of the sources, whose names stand after a prefix.
type Listed<'r> = (&'r Located<'r>, &'r [Source], &'r str);

fn columns<'r>() -> Vec<Column<Listed<'r>>> {
    vec![
        Column::fixed("Problem", "problem", |(located, ..)| located.problem.name.word().into()),
        Column::fixed("Level", "level", |(located, ..)| located.problem.level.word().into()),
        Column::flexible("File", "file", 12, |(located, sources, prefix)| {
            let source = sources.get(located.problem.file.0 as usize);
            Cell::maybe(source.map(|source| format!("{prefix}{}", source.path)))
        }),
        Column::right("Line", "line", |(located, ..)| located.line.into()),
        Column::right("Column", "column", |(located, ..)| located.column.into()),
        Column::below("What is wrong", "message", |(located, ..)| located.problem.message.as_str().into()),
        Column::below("What to do", "help", |(located, ..)| Cell::maybe(located.problem.help.as_ref())),
    ]
}

/// A line for every problem. `prefix` stands before each file's name: the folder's, where there are several.
pub fn problem_list(problems: &[Located<'_>], sources: &[Source], prefix: &str) -> Sheet {
    let listed = problems.iter().map(|located| (located, sources, prefix));
    let mut sheet = Sheet::part("Problems", Vec::new()).with_rows(&columns(), listed);
    if problems.is_empty() {
        sheet.notes.push("Nothing is wrong in the records.".to_owned());
    }
    sheet
}
