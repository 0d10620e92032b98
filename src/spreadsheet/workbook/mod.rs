//! A workbook: XLSX, as Excel, `LibreOffice` and Google Sheets save it.
//!
//! Only the sheet that is asked for is read, and what it refers to: what is odd in the rest of the file is no matter.

mod parts;
mod sheet;
mod styles;
mod xml;

use super::NotATable;
use super::grid::{Grid, Mark};
use crate::text::visible;
use parts::{Parts, damaged};
use sheet::{Cells, Common, comments, shared};
use styles::Styles;
use xml::Node;

/// A sheet of a workbook.
struct Sheet {
    name: String,
    is_shown: bool,
    /// The part with its cells; none where the workbook leads to none.
    part: Option<String>,
}

/// What the workbook says of itself.
#[derive(Default)]
struct Workbook {
    sheets: Vec<Sheet>,
    is_1904: bool,
    is_worked_out: bool,
    shared: String,
    styles: String,
}

/// Which sheets of a workbook are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheets<'a> {
    /// The first that is shown.
    First,
    /// The one with a name.
    Named(&'a str),
    /// All that are shown.
    All,
}

/// Reads sheets of a workbook.
pub fn read(bytes: &[u8], asked: Sheets<'_>) -> Result<Vec<Grid>, NotATable> {
    let parts = Parts::unpacked(bytes)?;
    let workbook = Workbook::of(&parts)?;
    let all = |except: &str| -> Vec<String> {
        let others = workbook.sheets.iter().filter(|one| one.name != except);
        others.map(|one| format!("\"{}\"", visible(&one.name))).collect()
    };
    let shown = || workbook.sheets.iter().filter(|one| one.is_shown);
    let plain = |name: &str| name.trim().to_lowercase();
    let chosen: Vec<&Sheet> = match asked {
        Sheets::Named(name) => {
            let found = workbook.sheets.iter().find(|one| plain(&one.name) == plain(name));
            vec![found.ok_or_else(|| NotATable::NoSuchSheet { there: all("") })?]
        }
        Sheets::First => shown().next().or(workbook.sheets.first()).into_iter().collect(),
        Sheets::All => shown().collect(),
    };
    if chosen.is_empty() {
        return Err(NotATable::NotAWorkbook);
    }
    let common = Common {
        parts: &parts,
        styles: Styles::read(&parts, &workbook.styles)?,
        shared: shared(&parts, &workbook.shared)?,
        is_worked_out: workbook.is_worked_out,
    };
    let grid = |sheet: &Sheet| {
        let part = sheet.part.as_deref().filter(|part| parts.has(part));
        let part = part.ok_or_else(|| NotATable::MissingSheet { name: visible(&sheet.name) })?;
        let mut cells = Cells::read(&common, part)?;
        for (at, comment) in comments(&parts, part)? {
            cells.marks.entry(at).or_default().push(Mark::Comment(comment));
        }
        let (rows, marks) = cells.into_rows();
        let others = if asked == Sheets::First { all(&sheet.name) } else { Vec::new() };
        Ok(Grid {
            read_as: format!("a workbook, the sheet \"{}\"", visible(&sheet.name)),
            sheet: Some(sheet.name.clone()),
            others,
            rows,
            marks,
            is_1904: workbook.is_1904,
            ..Grid::default()
        })
    };
    chosen.into_iter().map(grid).collect()
}

impl Workbook {
    fn of(parts: &Parts) -> Result<Self, NotATable> {
        let of_package = parts.relations("");
        let main = of_package.into_iter().find(|one| one.kind == "officeDocument").map(|one| one.to);
        let main = main.filter(|name| parts.has(name)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
        if !parts.has(&main) {
            return Err(NotATable::NotAWorkbook);
        }
        let relations = parts.relations(&main);
        let to = |kind: &str, usual: &str| {
            let said = relations.iter().find(|one| one.kind == kind).map(|one| one.to.clone());
            said.unwrap_or_else(|| usual.to_owned())
        };
        let mut workbook = Self {
            shared: to("sharedStrings", "xl/sharedStrings.xml"),
            styles: to("styles", "xl/styles.xml"),
            is_worked_out: true,
            ..Self::default()
        };
        parts.read(&main, |node| {
            let Node::Start(element) = node else { return Ok(()) };
            match element.name().as_str() {
                "workbookPr" => workbook.is_1904 = element.is("date1904"),
                "calcPr" => workbook.is_worked_out = !element.is("fullCalcOnLoad"),
                "sheet" => {
                    let related = element.attribute("id").and_then(|id| relations.iter().find(|one| one.id == id));
                    // A sheet of charts or macros has no cells to read.
                    if related.is_none_or(|one| one.kind == "worksheet") {
                        workbook.sheets.push(Sheet {
                            name: element.attribute("name").unwrap_or_default(),
                            is_shown: element.attribute("state").is_none_or(|state| state == "visible"),
                            part: related.map(|one| one.to.clone()),
                        });
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        if workbook.sheets.is_empty() { Err(damaged(&main)) } else { Ok(workbook) }
    }
}
