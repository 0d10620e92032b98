//! The forms in which answers are printed.

use std::path::Path;

use anyhow::anyhow;
use clap::ValueEnum;
use gwp::text::{any_of, visible};

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
    /// The format in which a file is written: the one that is `asked` for, or else the one that the ending of its name means;
    /// without either, the first of those that it can have. The error says that it can have no such ending: nobody should
    /// open a file that is not what its name says.
    pub fn of_file(asked: Option<Self>, out: Option<&Path>, can_be: &[Self]) -> anyhow::Result<Self> {
        let usual = || can_be.first().copied().unwrap_or(Self::Table);
        let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        let (Some(ending), None) = (ending, asked) else { return Ok(asked.unwrap_or_else(usual)) };
        can_be.iter().copied().find(|format| format.ending() == ending).ok_or_else(|| {
            let endings = any_of(can_be.iter().map(|format| format!(".{}", format.ending())));
            anyhow!("nothing is written as .{}; let the file end with {endings}, or say --format", visible(&ending))
        })
    }

    /// The bytes of a file in this format. A spreadsheet that opens CSV by a double click takes it for UTF-8 only where a mark
    /// stands in front.
    pub fn bytes_of_file(self, mut made: Vec<u8>) -> Vec<u8> {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        if self == Self::Csv {
            made.splice(0..0, MARK.iter().copied());
        }
        made
    }

    /// How the name of such a file ends.
    fn ending(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Ics => "ics",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
        }
    }

    /// Those of letters.
    pub const OF_LETTERS: &'static [Self] = &[Self::Table, Self::Json];
    /// Those of a paper.
    pub const OF_PAPERS: &'static [Self] = &[Self::Html, Self::Markdown, Self::Xlsx];
    /// Those of a form.
    pub const OF_FORMS: &'static [Self] = &[Self::Table, Self::Html];
    /// Those of a table that is written for another program.
    pub const OF_EXPORTS: &'static [Self] = &[Self::Csv, Self::Xlsx, Self::Json];
}
