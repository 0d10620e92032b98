//! A table for the terminal, and for whoever has it read aloud: few lines, each status a word.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, Table, Width};

use super::wrap::{width, wrapped};
use crate::reports::{Cell, Head, Row, Sheet, Stands, Tone, short};
use crate::text::{isolated, isolated_lines};

/// How text for people is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many columns a line has.
    pub width: usize,
    /// Whether headings and verdicts are coloured; each is also a word.
    pub colour: bool,
}

/// How far what stands below a row is indented, and the second line of it more than the first.
const INDENT: usize = 4;
const HANGING: usize = 2;

/// Writes tables as text. A table that is too wide for the layout even with its words broken into lines is written
/// as a list: each cell on a line of its own, after its heading. Words written from right to left stand by themselves in
/// their line, so that they do not turn around the columns beside them.
pub fn write_text(sheets: &[Sheet], layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    for (position, sheet) in sheets.iter().enumerate() {
        if position > 0 {
            writeln!(out)?;
        }
        let mut text = Vec::new();
        write_sheet(sheet, layout, &mut text)?;
        out.write_all(isolated_lines(&String::from_utf8_lossy(&text)).as_bytes())?;
    }
    Ok(())
}

fn write_sheet(sheet: &Sheet, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    if !sheet.title.is_empty() {
        let lines = wrapped(&sheet.title, layout.width, layout.width);
        for line in &lines {
            writeln!(out, "{}", styled(line, Style::new().bold(), layout))?;
        }
        if sheet.opens_part {
            let longest = lines.iter().map(|line| width(line)).max().unwrap_or_default();
            writeln!(out, "{}", "=".repeat(longest))?;
        }
    }
    paragraphs(&sheet.lead, layout, out)?;
    for entry in &sheet.list {
        let most = layout.width.saturating_sub(HANGING);
        for (number, line) in wrapped(entry, most, most).iter().enumerate() {
            writeln!(out, "{}{line}", if number == 0 { "- " } else { "  " })?;
        }
    }
    if !sheet.columns.is_empty() && !sheet.rows.is_empty() {
        if !sheet.lead.is_empty() {
            writeln!(out)?;
        }
        match Arrangement::of(sheet, layout.width) {
            Some(arrangement) => arrangement.write(sheet, layout, out)?,
            None => list(sheet, layout, out)?,
        }
        if !sheet.notes.is_empty() {
            writeln!(out)?;
        }
    }
    paragraphs(&sheet.notes, layout, out)
}

fn paragraphs(sentences: &[String], layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    for line in sentences.iter().flat_map(|sentence| wrapped(sentence, layout.width, layout.width)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn styled(words: &str, style: Style, layout: Layout) -> String {
    if layout.colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
}

fn style_of(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Waiting => AnsiColor::Yellow.on_default(),
        Tone::Bad => AnsiColor::Red.on_default().bold(),
    }
}

/// How wide each column of a table is, and how far they stand apart.
struct Arrangement {
    /// Position and width of every column that is not below its row.
    widths: Vec<(usize, usize)>,
    gap: usize,
    heading: fn(&Head) -> &'static str,
}

impl Arrangement {
    /// The arrangement of a table in a width, under whole headings where they need no more room than their cells or there
    /// is room for all; none where it cannot be fitted in.
    fn of(sheet: &Sheet, most: usize) -> Option<Self> {
        let whole = Self::under(|head| head.heading, sheet, most).filter(|(_, is_whole)| *is_whole);
        whole.or_else(|| Self::under(|head| head.narrow, sheet, most)).map(|(arrangement, _)| arrangement)
    }

    /// The arrangement under some headings, and whether all cells stand in it unbroken.
    fn under(heading: fn(&Head) -> &'static str, sheet: &Sheet, most: usize) -> Option<(Self, bool)> {
        let beside: Vec<_> = (0..sheet.columns.len()).filter(|&at| !sheet.columns[at].stands.is_below()).collect();
        let natural = |at: usize| {
            let cells = sheet.rows.iter().filter_map(|row| row.cells.get(at)).map(cell_width);
            // Nothing is ever shown wider than the whole.
            cells.chain([width(heading(&sheet.columns[at]))]).max().unwrap_or(0).min(most.max(1))
        };
        let mut widths: Vec<_> = beside.into_iter().map(|at| (at, natural(at))).collect();
        let total: usize = widths.iter().map(|(_, width)| width).sum();
        let gaps = widths.len().saturating_sub(1);
        let least = |at: usize, natural: usize| match sheet.columns[at].stands {
            Stands::Flexible(least) => natural.min(least.max(width(heading(&sheet.columns[at])))),
            _ => natural,
        };
        let narrowest: usize = widths.iter().map(|(at, natural)| least(*at, *natural)).sum();
        let gap = if narrowest + 2 * gaps <= most { 2 } else { 1 };
        let excess = (total + gap * gaps).saturating_sub(most);
        if excess > 0 {
            // Words are broken only where lines of whole words are still too wide.
            let whole: Vec<_> =
                widths.iter().map(|(at, natural)| least(*at, *natural).max(widest_word(sheet, *at))).collect();
            let excess = shrink(&mut widths, excess, |position, _, _| whole[position]);
            if shrink(&mut widths, excess, |_, at, natural| least(at, natural)) > 0 {
                return None;
            }
        }
        Some((Self { widths, gap, heading }, excess == 0))
    }

    fn write(&self, sheet: &Sheet, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        let (table, heights) = self.table(sheet);
        let mut lines = table.lines();
        for line in lines.by_ref().take(2) {
            writeln!(out, "{}", styled(line.trim_end(), Style::new().bold(), layout))?;
        }
        for (row, height) in sheet.rows.iter().zip(heights) {
            for (number, line) in lines.by_ref().take(height).enumerate() {
                let line = line.trim_end();
                let first = if number == 0 { self.first_word(row, line) } else { 0 };
                writeln!(out, "{}{}", styled(&line[..first], style_of(row.tone), layout), &line[first..])?;
            }
            below(sheet, row, layout, out)?;
        }
        lines.try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }

    /// The bytes that the first cell takes of the first line of its row, where they are to be coloured.
    fn first_word(&self, row: &Row, line: &str) -> usize {
        let first = self.widths.first().and_then(|(at, _)| row.cells.get(*at));
        match first {
            Some(Cell::Text(words)) if row.tone != Tone::Plain && line.starts_with(words.as_str()) => words.len(),
            _ => 0,
        }
    }

    /// The table, with every cell broken into lines beforehand, and how many lines each row takes.
    fn table(&self, sheet: &Sheet) -> (Table, Vec<usize>) {
        let mut table = Table::new();
        table.load_style(NOTHING.header_separator(LineStyle::none().fill('-')));
        table.set_header(self.widths.iter().map(|(at, _)| (self.heading)(&sheet.columns[*at])));
        let mut heights = Vec::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            let mut height = 1;
            let cells: Vec<_> = self
                .widths
                .iter()
                .map(|&(at, most)| {
                    let lines = cell_lines(row.cells.get(at).unwrap_or(&Cell::Empty), most);
                    height = height.max(lines.len());
                    comfy_table::Cell::new(lines.join("\n"))
                })
                .collect();
            table.add_row(cells);
            heights.push(height);
        }
        let last = self.widths.len().saturating_sub(1);
        let small = |number: usize| u16::try_from(number).unwrap_or(u16::MAX / 2);
        for (position, (column, &(at, width))) in table.column_iter_mut().zip(&self.widths).enumerate() {
            let gap = if position == last { 0 } else { self.gap };
            column.set_padding((0, small(gap)));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(small(width + gap))));
            if sheet.columns[at].stands == Stands::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        (table, heights)
    }
}

/// Takes from the widest column, one by one, until nothing is too much or no column is wider than its least width,
/// which is given by its number among the widths, its position and its width. What is still too much is returned.
fn shrink(widths: &mut [(usize, usize)], mut excess: usize, least: impl Fn(usize, usize, usize) -> usize) -> usize {
    while excess > 0 {
        let wide = widths.iter_mut().enumerate().filter(|(number, (at, width))| *width > least(*number, *at, *width));
        let Some((_, (_, widest))) = wide.max_by_key(|(_, (_, width))| *width) else { break };
        *widest -= 1;
        excess -= 1;
    }
    excess
}

/// The width of the widest word of a column.
fn widest_word(sheet: &Sheet, at: usize) -> usize {
    let of_text = |text: &str| text.split(' ').map(width).max().unwrap_or(0);
    let cells = sheet.rows.iter().filter_map(|row| row.cells.get(at));
    let widths = cells.map(|cell| match cell {
        Cell::Text(words) => of_text(words),
        Cell::Lines(lines) => lines.iter().map(|line| of_text(line)).max().unwrap_or(0),
        Cell::Days(_) => of_text(&shown(cell)),
        other => width(&shown(other)),
    });
    widths.max().unwrap_or(0)
}

fn cell_width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(words) => width(words),
        Cell::Lines(lines) => lines.iter().map(|line| width(line)).max().unwrap_or(0),
        other => width(&shown(other)),
    }
}

/// The lines of a cell, each by itself: where columns stand close, two names written from right to left would be one.
fn cell_lines(cell: &Cell, most: usize) -> Vec<String> {
    let lines = match cell {
        Cell::Text(words) => wrapped(words, most, most),
        Cell::Lines(lines) => lines.iter().flat_map(|line| wrapped(line, most, most)).collect(),
        Cell::Days(_) => wrapped(&shown(cell), most, most),
        other => vec![shown(other)],
    };
    lines.into_iter().map(|line| isolated(&line).into_owned()).collect()
}

/// A cell on one line.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => words.clone(),
        Cell::Day(day) => short(*day),
        Cell::Days(days) => days.iter().map(|day| short(*day)).collect::<Vec<_>>().join(", "),
        Cell::Number(number) => number.to_string(),
        Cell::Lines(lines) => lines.join("; "),
    }
}

/// What stands below a row: the single things after their headings on one line, then each of several on its own, the
/// first after their heading.
fn below(sheet: &Sheet, row: &Row, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let cells =
        || sheet.columns.iter().zip(&row.cells).filter(|(column, cell)| column.stands.is_below() && !cell.is_empty());
    let mut together: Vec<String> = Vec::new();
    for (column, cell) in cells().filter(|(_, cell)| !matches!(cell, Cell::Lines(_))) {
        if column.stands == Stands::BelowAlone {
            together_on_one_line(&mut together, layout, out)?;
        }
        together.push(headed(column, cell));
        if column.stands == Stands::BelowAlone {
            together_on_one_line(&mut together, layout, out)?;
        }
    }
    together_on_one_line(&mut together, layout, out)?;
    for (column, cell) in cells() {
        if let Cell::Lines(lines) = cell {
            let is_headed = |number| number == 0 && column.stands != Stands::BelowAlone;
            for (number, line) in lines.iter().enumerate() {
                let heading = if is_headed(number) { format!("{}: ", column.heading) } else { String::new() };
                indented(&format!("{heading}{line}"), layout, out)?;
            }
        }
    }
    Ok(())
}

fn together_on_one_line(words: &mut Vec<String>, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    indented(&std::mem::take(words).join("; "), layout, out)
}

fn headed(column: &Head, cell: &Cell) -> String {
    format!("{}: {}", column.heading, shown(cell))
}

fn indented(words: &str, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let most = layout.width.saturating_sub(INDENT);
    for (number, line) in wrapped(words, most, most.saturating_sub(HANGING)).into_iter().enumerate() {
        let indent = if number == 0 { INDENT } else { INDENT + HANGING };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    Ok(())
}

/// The table as a list, for a terminal that is too narrow for it.
fn list(sheet: &Sheet, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    for row in &sheet.rows {
        let beside =
            sheet.columns.iter().zip(&row.cells).filter(|(column, cell)| !column.stands.is_below() && !cell.is_empty());
        for (position, (column, cell)) in beside.enumerate() {
            let (indent, words) = if position == 0 { (0, shown(cell)) } else { (HANGING, headed(column, cell)) };
            for line in wrapped(&words, layout.width.saturating_sub(indent), layout.width.saturating_sub(indent)) {
                writeln!(out, "{:indent$}{line}", "")?;
            }
        }
        below(sheet, row, layout, out)?;
    }
    Ok(())
}
