//! A case on paper: without commands, without deadlines that are years away, and of a case that nobody judges any more without
//! what would look as if it were still to be judged.

use super::super::sheet::{Cell, Sheet, Tone, counted};
use super::CasePage;
use crate::edition::Code;
use crate::requirements::{GWP2_REPORTS, Status, WRG2_REPORTS};

/// What is said of a requirement that was open, a query or an action when the case was closed.
const NOT_SETTLED: &str = "not settled";

impl CasePage {
    /// The same for readers who have no use for commands, nor for a list of the deadlines that are years away. Of a case that
    /// nobody judges any more, nothing is shown as if it were still to be judged or put right.
    pub(crate) fn on_paper(mut self) -> Self {
        self.advice = Vec::new();
        let told = if self.is_closed { closed } else { without_far_deadlines };
        self.requirements.iter_mut().for_each(told);
        if self.is_closed {
            recount(&mut self.requirements);
        }
        self
    }
}

fn at(sheet: &Sheet, key: &str) -> Option<usize> {
    sheet.columns.iter().position(|column| column.key == key)
}

/// What was still to come, to be judged or to be put right is not settled. What could reopen the case stays.
fn closed(sheet: &mut Sheet) {
    let Some(status) = at(sheet, "status") else { return };
    let asked = [at(sheet, "due"), at(sheet, "settles")];
    let is_unsettled =
        |cell: &Cell| [Status::Open, Status::Query, Status::Action].iter().any(|one| *cell == one.word().into());
    for row in sheet.rows.iter_mut().filter(|row| row.cells.get(status).is_some_and(is_unsettled)) {
        row.cells[status] = NOT_SETTLED.into();
        row.tone = Tone::Plain;
        for at in asked.into_iter().flatten() {
            row.cells[at] = Cell::Empty;
        }
    }
}

/// Says at the head how many requirements stand how, as the tables below now say.
fn recount(sheets: &mut [Sheet]) {
    let statuses: Vec<Cell> = sheets
        .iter()
        .filter_map(|sheet| Some((sheet, at(sheet, "status")?)))
        .flat_map(|(sheet, status)| sheet.rows.iter().map(move |row| row.cells[status].clone()))
        .collect();
    let words = [Status::Failed.word(), NOT_SETTLED, Status::Met.word(), Status::NotApplicable.word()];
    let count = |word: &str| statuses.iter().filter(|cell| **cell == word.into()).count();
    let counts: Vec<_> = words
        .iter()
        .map(|word| (count(word), word))
        .filter(|(count, _)| *count > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if let Some(said) = sheets.first_mut().and_then(|head| head.lead.first_mut()) {
        *said = format!("{}: {}.", counted(statuses.len(), "requirement", "requirements"), counts.join(", "));
    }
}

/// Says no more of reports still to come than when the next one is due.
fn without_far_deadlines(sheet: &mut Sheet) {
    let (Some(status), Some(code), Some(in_full)) = (at(sheet, "status"), at(sheet, "code"), at(sheet, "in_full"))
    else {
        return;
    };
    let is_open = |cells: &[Cell]| cells.get(status) == Some(&Status::Open.word().into());
    let is_of_reports = |cells: &[Cell]| {
        let of = |report: Code| cells.get(code) == Some(&Cell::text(report));
        of(GWP2_REPORTS) || of(WRG2_REPORTS)
    };
    for row in sheet.rows.iter_mut().filter(|row| is_open(&row.cells) && is_of_reports(&row.cells)) {
        row.cells[in_full] = Cell::Empty;
    }
}
