//! The tables of a file: sheets, or registers put together, with what a person answered about them.

use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::files::{self, FilesError};
use gwp::recording::RecordingSession;
use gwp::records::SessionLog;
use gwp::render::write_text;
use gwp::spreadsheet::{
    self, Answers, Columns, Fault, Grid, NoAnswers, NoColumns, OfLog, Question, Sheets, Target, of_register,
    questions_file,
};
use gwp::text::{counted, visible};
use gwp::writing;

use super::Args;
use super::log_people::{people_of, with_names};
use super::rows::understood;
use crate::commands::context::Context;

/// A table that is read.
pub struct Table {
    /// As it stands in the file.
    original: Grid,
    /// With what was answered; a register put together.
    pub grid: Grid,
    /// What its columns hold.
    pub columns: Columns,
    /// Whether it is a register.
    is_register: bool,
    /// How it was understood, as sentences.
    pub remarks: Vec<String>,
}

/// The tables of a file.
pub struct Tables {
    /// Those that are read.
    pub read: Vec<Table>,
    answers: Answers,
}

/// Something that is not clear, in which of the tables.
pub struct Unclear {
    /// The position of the table.
    pub table: usize,
    /// What is not clear.
    pub fault: Fault,
    /// What can be answered.
    pub asks: Asks,
}

/// What can be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// What the cell is to say.
    Cell,
    /// Which is right, the record or the table.
    Difference,
    /// Whether the record is kept as it is.
    Keep,
}

impl Table {
    /// Whether a person answered of a row that what is recorded is right.
    pub fn keeps_the_record(&self, at: spreadsheet::Address) -> bool {
        let mut of_row = self.grid.answered.iter().filter(|(cell, _)| cell.row == at.row);
        of_row.any(|(_, answer)| answer.prefers == Some(spreadsheet::Prefers::Record))
    }

    /// How a cell is named: with its sheet where there are several.
    pub fn cell(&self, at: &spreadsheet::Address, are_several: bool) -> String {
        match self.grid.sheet.as_deref().filter(|_| are_several) {
            Some(sheet) => format!("{}!{at}", visible(sheet)),
            None => at.to_string(),
        }
    }
}

impl Tables {
    /// Reads what is asked for, and shows how it is understood.
    pub fn read(
        args: &Args,
        bytes: &[u8],
        target: Target,
        (session, log): (&RecordingSession, Option<&SessionLog>),
        context: &mut Context<'_>,
    ) -> anyhow::Result<Self> {
        let grids = grids(args, bytes, target)?;
        let tables = Self::of(args, grids, (answers(args)?, target), (session, log), context)?;
        tables.must_be_one_of_each(&visible(&args.file().to_string_lossy()))?;
        writeln!(context.out)?;
        Ok(tables)
    }

    /// Understands some tables, and shows how.
    pub fn of(
        args: &Args,
        grids: Vec<Grid>,
        (mut answers, target): (Answers, Target),
        (session, log): (&RecordingSession, Option<&SessionLog>),
        context: &mut Context<'_>,
    ) -> anyhow::Result<Self> {
        let name = visible(&args.file().to_string_lossy());
        let map = args.map(target)?;
        let (mut read, mut left_out) = (Vec::new(), Vec::new());
        for original in grids {
            let mut grid = original.clone();
            let answered = answers.apply(&mut grid);
            let mut remarks: Vec<_> = answered
                .stale
                .iter()
                .map(|at| format!("The answer about {at} is not used, as its row has changed; it is asked again."))
                .collect();
            remarks.extend(
                answered.unknown.iter().map(|at| {
                    format!("The answer about {at} is none of the choices and is not used; it is asked again.")
                }),
            );
            if answered.used > 0 {
                remarks.push(format!("{} used.", counted(answered.used, "answer is", "answers are")));
            }
            let found = Columns::find(&grid, target, &map);
            let may_be_register = match &found {
                Ok(columns) => columns.has_days_across(),
                Err(error) => matches!(error, NoColumns::NoHeadings(_)),
            };
            let register = if may_be_register { register(&grid, target, session, log) } else { None };
            let (grid, columns, is_register) = match (register, found) {
                (Some((register, how)), _) => {
                    remarks.extend(how);
                    let columns = Columns::find(&register, target, &[]).map_err(|error| anyhow!("{name}: {error}"))?;
                    (register, columns, true)
                }
                (None, Ok(columns)) => (grid, columns, false),
                (None, Err(NoColumns::NoHeadings(_))) if args.all_sheets => {
                    left_out.extend(grid.sheet.as_deref().map(|sheet| format!("\"{}\"", visible(sheet))));
                    continue;
                }
                (None, Err(none @ NoColumns::NoHeadings(_))) if !grid.others.is_empty() => bail!(
                    "{name}: {none}; this is the sheet \"{}\", and there are others: {}; name one with --sheet, or take \
                     them all with --all-sheets",
                    visible(grid.sheet.as_deref().unwrap_or_default()),
                    grid.others.join(", ")
                ),
                (None, Err(error)) => bail!("{name}: {error}"),
            };
            read.push(Table { original, grid, columns, is_register, remarks });
        }
        if read.is_empty() {
            bail!("{name}: no sheet has a row with headings: {}", left_out.join(", "));
        }
        let mut shown: Vec<_> =
            read.iter().map(|one| understood(&name, &one.grid, &one.columns, one.is_register)).collect();
        if let Some(last) = shown.last_mut().filter(|_| !left_out.is_empty()) {
            last.notes.push(format!("Sheets without headings are left out: {}.", left_out.join(", ")));
        }
        write_text(&shown, context.layout(), context.out)?;
        Ok(Self { read, answers })
    }

    /// Whether there are several.
    pub fn are_several(&self) -> bool {
        self.read.len() > 1
    }

    /// An error where two columns say the same thing.
    pub fn must_be_one_of_each(&self, name: &str) -> anyhow::Result<()> {
        for table in &self.read {
            match table.columns.must_be_clear() {
                Ok(()) | Err(NoColumns::Unknown(_)) => {}
                Err(error) => bail!("{name}: {error}"),
            }
        }
        Ok(())
    }

    /// Writes what is not clear as questions, where there is a file for them, and says so; then whether all columns are
    /// known.
    pub fn ask(&self, args: &Args, unclear: &[Unclear], context: &mut Context<'_>) -> anyhow::Result<()> {
        let name = visible(&args.file().to_string_lossy());
        let (questions, unknown) = self.questions(unclear);
        if !questions.is_empty() {
            write_questions(args, &questions, &self.answers, context)?;
        }
        unknown.map_or(Ok(()), |error| bail!("{name}: {error}"))
    }

    /// What is not clear, as questions; and the error where a column is not known.
    pub fn questions(&self, unclear: &[Unclear]) -> (Vec<Question>, Option<NoColumns>) {
        let mut questions = Vec::new();
        let mut unknown = None;
        for table in &self.read {
            if let Err(error @ NoColumns::Unknown(_)) = table.columns.must_be_clear() {
                questions.extend(
                    table.columns.unknown().map(|fault| Question::of(&fault, &table.original, Some(&table.columns))),
                );
                unknown = unknown.or(Some(error));
            }
        }
        for Unclear { table, fault, asks } in unclear {
            let table = &self.read[*table];
            let columns = Some(&table.columns).filter(|_| !table.is_register);
            let question = match asks {
                Asks::Cell => Question::of(fault, &table.original, columns),
                Asks::Difference => Question::of_difference(fault, &table.original, columns, true),
                Asks::Keep => Question::of_difference(fault, &table.original, columns, false),
            };
            if !questions.iter().any(|known: &Question| known.is_the_same(&question)) {
                questions.push(question);
            }
        }
        (questions, unknown)
    }

    /// The answers, without those that are not used.
    pub fn into_answers(self) -> Answers {
        self.answers
    }
}

/// Writes questions where there is a file for them, with the answers that there are, and says so.
pub fn write_questions(
    args: &Args,
    questions: &[Question],
    answers: &Answers,
    context: &mut Context<'_>,
) -> anyhow::Result<()> {
    let Some(path) = &args.answers else {
        let how = args.again.as_ref().map_or_else(
            || ", run the same command with --answers questions.txt.".to_owned(),
            |import| format!(": {import} --answers questions.txt"),
        );
        writeln!(context.out, "To answer all of it in one file{how}")?;
        return Ok(());
    };
    let text = questions_file(questions, answers);
    writing::put(path, text.as_bytes())?;
    let count = counted(questions.len(), "question", "questions");
    let shown = visible(&path.to_string_lossy());
    writeln!(context.out, "Written: {shown}, {count}. Write an answer to each, and run the same command again.")?;
    Ok(())
}

/// The tables of the file that are asked for.
pub fn grids(args: &Args, bytes: &[u8], target: Target) -> anyhow::Result<Vec<Grid>> {
    let sheets = match &args.sheet {
        _ if args.all_sheets => Sheets::All,
        Some(sheet) => Sheets::Named(sheet),
        None => Sheets::First,
    };
    let name = visible(&args.file().to_string_lossy());
    spreadsheet::read(bytes, sheets, target).map_err(|error| anyhow!("{name} {error}; {}", error.help()))
}

/// What was answered so far.
pub fn answers(args: &Args) -> anyhow::Result<Answers> {
    Ok(args.answers.as_deref().map(given).transpose()?.unwrap_or_default())
}

/// The answers in a file, where there is one.
fn given(path: &Path) -> anyhow::Result<Answers> {
    let name = visible(&path.to_string_lossy());
    let bytes = match files::table(path) {
        Ok(bytes) => bytes,
        Err(FilesError::NotThere { .. }) => return Ok(Answers::default()),
        Err(error) => bail!("{error}"),
    };
    let text = String::from_utf8_lossy(&bytes);
    Answers::read(&text).map_err(|error| match error {
        NoAnswers::OtherFile => {
            anyhow!("{name} is there already, and has no questions of an import; name another file")
        }
        NoAnswers::Line(line) => anyhow!("{name}: line {line} is not understood; write answers behind answer = alone"),
    })
}

/// A sheet with weeks across the top as a table, and how it was understood; none where it is no such register.
pub fn register(
    grid: &Grid,
    target: Target,
    session: &RecordingSession,
    log: Option<&SessionLog>,
) -> Option<(Grid, Vec<String>)> {
    let log = log?;
    let (names, others) = people_of(session, log);
    of_register(grid, target, OfLog { names: &names, conductors: &with_names(session, log), others: &others })
}
