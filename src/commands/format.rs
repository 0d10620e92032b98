//! The forms in which answers are printed.

use std::path::Path;

use clap::ValueEnum;

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for the terminal
    Table,
    /// One JSON document, for other programs
    Json,
    /// Comma-separated values, for a spreadsheet
    Csv,
    /// Markdown, for a page or a message
    Markdown,
    /// A calendar file, for a calendar program
    Ics,
    /// A workbook, for a spreadsheet
    Xlsx,
    /// A page, for a browser or a printer
    Html,
}

impl Format {
    /// The format that the ending of a file's name means; none of another ending.
    pub fn by_ending(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "json" => Some(Self::Json),
            "md" => Some(Self::Markdown),
            "html" => Some(Self::Html),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Those of a list.
    pub const OF_LISTS: &'static [Self] = &[Self::Table, Self::Json, Self::Csv, Self::Markdown];
    /// Those of a list of days.
    pub const OF_DEADLINES: &'static [Self] = &[Self::Table, Self::Json, Self::Csv, Self::Markdown, Self::Ics];
    /// Those of a page for people.
    pub const OF_PAGES: &'static [Self] = &[Self::Table, Self::Markdown];
    /// Those of what differs between two states.
    pub const OF_COMPARISONS: &'static [Self] = &[Self::Table, Self::Json, Self::Markdown];
    /// Those of a paper.
    pub const OF_PAPERS: &'static [Self] = &[Self::Html, Self::Markdown, Self::Xlsx];
    /// Those of a table that is written for another program.
    pub const OF_EXPORTS: &'static [Self] = &[Self::Csv, Self::Xlsx, Self::Json];
}
