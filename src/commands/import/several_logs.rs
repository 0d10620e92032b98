//! A workbook with sheets of several groups and supervisions: each sheet goes into the log that it is called after, or into
//! the one that a person answered, and all of it is written together.

use anyhow::bail;
use gwp::case::Entry;
use gwp::recording::{RecordingSession, Together};
use gwp::records::{LogKind, RecordKind, SessionLog};
use gwp::spreadsheet::{Answer, Answers, Asked, Columns, CourseDays, Entries, Grid, NoColumns, Question, Target};
use gwp::text::{counted, few, slug, visible};

use super::log_people::course_of;
use super::sessions::ForLog;
use super::tables::{Asks, Tables, Unclear, answers, grids, register, write_questions};
use super::{Args, Ending};
use crate::commands::context::Context;

/// The sheets of a workbook, by where they go.
struct Sorted<'s> {
    /// The sheets of each log.
    logs: Vec<(&'s Entry<SessionLog>, &'s SessionLog, Vec<Grid>)>,
    /// Sheets that are left out, as sentences.
    left_out: Vec<String>,
    /// Sheets of which nobody knows yet into which log they go.
    open: Vec<Grid>,
    /// Into which log those go.
    questions: Vec<Question>,
}

/// Shows what becomes of every sheet, and writes all of them or none.
pub fn run(args: &Args, session: &RecordingSession, bytes: &[u8], context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let name = visible(&args.file().to_string_lossy());
    let mut answers = answers(args)?;
    let grids = grids(args, bytes, Target::Group)?;
    let Sorted { logs, left_out, open, mut questions } = Sorted::of(args, session, grids, &mut answers)?;
    for (entry, log, grids) in &logs {
        let sheets: Vec<_> = grids.iter().filter_map(|grid| grid.sheet.as_deref()).map(sheet).collect();
        writeln!(context.out, "{} goes into {}.", sheets.join(" and "), called(entry, log))?;
    }
    for sentence in left_out {
        writeln!(context.out, "{sentence}")?;
    }
    for question in &questions {
        writeln!(context.out, "{}", question.sentence())?;
    }
    if logs.is_empty() && questions.is_empty() {
        bail!("{name}: no sheet has a row with headings");
    }
    let mut is_clear = questions.is_empty();
    let mut for_logs: Vec<ForLog<'_>> = Vec::new();
    for (entry, log, grids) in logs {
        writeln!(context.out)?;
        writeln!(context.out, "Into {}:", called(entry, log))?;
        let target = if log.kind() == LogKind::Group { Target::Group } else { Target::Supervision };
        let tables = Tables::of(args, grids, (answers.clone(), target), (session, Some(log)), context);
        let read = tables.and_then(|tables| {
            tables.must_be_one_of_each(&name)?;
            writeln!(context.out)?;
            let for_log = args.looked_at(session, (entry, log), &tables, context)?;
            Ok((tables, for_log))
        });
        match read {
            Ok((tables, for_log)) => {
                let (more, unknown) = tables.questions(&for_log.unclear);
                if let Some(unknown) = &unknown {
                    writeln!(context.out, "{unknown}")?;
                }
                is_clear &= for_log.is_clear && unknown.is_none();
                questions.extend(more);
                answers = tables.into_answers();
                for_logs.push(for_log);
            }
            // The other sheets are looked at all the same: what is unclear is told in one go.
            Err(error) => {
                writeln!(context.out, "{error}")?;
                is_clear = false;
            }
        }
    }
    for grid in open {
        questions.extend(args.unclear_in(session, grid, &answers, context)?);
    }
    if !questions.is_empty() {
        writeln!(context.out)?;
        write_questions(args, &questions, &answers, context)?;
    }
    if !is_clear {
        writeln!(context.out, "Nothing is written: either every sheet goes in, or none.")?;
        return Ok(Ending::Found);
    }
    enter(args, session, &for_logs, context)
}

/// Enters what is new in every log.
fn enter(
    args: &Args,
    session: &RecordingSession,
    for_logs: &[ForLog<'_>],
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let amendments: Vec<_> = for_logs.iter().filter(|one| !one.is_empty()).map(ForLog::amendment).collect();
    if amendments.is_empty() {
        return Ok(Ending::Clean);
    }
    let what = format!("entries of {}", counted(amendments.len(), "log", "logs"));
    let each: Vec<_> = amendments.iter().map(|one| format!("{}: {}", one.id, one.what)).collect();
    let message = format!("{what}\n\n{}\n", each.join("\n"));
    writeln!(context.out)?;
    let together = Together { amendments, new: Vec::new(), what, message };
    args.finish(session, context, |session| {
        let mut prepared = session.record_together(&together)?;
        if let Some(after) = &prepared.after {
            prepared.report.remarks.extend(for_logs.iter().flat_map(|one| one.relied(session, after)));
        }
        Ok(prepared)
    })?;
    for sentence in for_logs.iter().filter_map(|one| one.without_arrangement(session)) {
        writeln!(context.out, "{sentence}")?;
    }
    args.how_to_write(context)
}

impl<'s> Sorted<'s> {
    fn of(args: &Args, session: &'s RecordingSession, grids: Vec<Grid>, answers: &mut Answers) -> anyhow::Result<Self> {
        let mut sorted = Self { logs: Vec::new(), left_out: Vec::new(), open: Vec::new(), questions: Vec::new() };
        let map = args.map(Target::Group)?;
        for grid in grids {
            let name = grid.sheet.clone().unwrap_or_default();
            let answer = answers.of_sheet(&name).map(str::to_owned);
            if answer.as_deref().and_then(Answer::read) == Some(Answer::LeaveOut) {
                sorted.left_out.push(format!("{} is left out, as answered.", sheet(&name)));
                continue;
            }
            let advice = "the logs lie in sessions/";
            let found = match &answer {
                Some(answer) => {
                    session.find_among(answer, &|_| true, ("session log", advice)).map_err(|error| error.to_string())
                }
                None => called_like(&name, session),
            };
            match found {
                Ok(entry) => sorted.add(entry, session.sound(entry)?, grid),
                Err(_) if answer.is_none() && has_no_headings(&grid, &map, session) => {
                    sorted.left_out.push(format!("{} has no row with headings, and is left out.", sheet(&name)));
                }
                Err(error) => {
                    answers.forget_sheet(&name);
                    let logs: Vec<_> = session.before.case.records.logs.iter().map(|one| one.id.to_string()).collect();
                    let why = format!("into which log does this sheet go? {error}");
                    sorted.questions.push(Question::of_sheet(&name, why, &logs));
                    sorted.open.push(grid);
                }
            }
        }
        Ok(sorted)
    }

    fn add(&mut self, entry: &'s Entry<SessionLog>, log: &'s SessionLog, grid: Grid) {
        match self.logs.iter_mut().find(|(known, ..)| known.id == entry.id) {
            Some((.., grids)) => grids.push(grid),
            None => self.logs.push((entry, log, vec![grid])),
        }
    }
}

impl Args {
    /// What is unclear in a sheet of which nobody knows yet into which log it goes: it is asked in one go with that.
    fn unclear_in(
        &self,
        session: &RecordingSession,
        grid: Grid,
        answers: &Answers,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Vec<Question>> {
        let name = grid.sheet.clone().unwrap_or_default();
        writeln!(context.out)?;
        writeln!(context.out, "{}, of which the log is not known yet:", sheet(&name))?;
        let tables = match Tables::of(self, vec![grid], (answers.clone(), Target::Group), (session, None), context) {
            Ok(tables) => tables,
            Err(error) => {
                writeln!(context.out, "{error}")?;
                return Ok(Vec::new());
            }
        };
        let logs = session.before.case.records.logs.iter().filter_map(|entry| entry.record.as_deref());
        let course = logs.filter_map(|log| course_of(session, log)).reduce(CourseDays::around);
        let (people, supervisor) = (Vec::new(), None);
        let asked = Asked {
            order: self.order(),
            course,
            minutes: self.minutes,
            today: session.latest,
            people: &people,
            supervisor,
        };
        let rows = tables.read.iter().flat_map(|table| Entries::read(&table.grid, &table.columns, asked).rows);
        let faults = rows.flat_map(|row| row.says.err().unwrap_or_default().into_iter().chain(row.doubt));
        let unclear: Vec<_> = faults.map(|fault| Unclear { table: 0, fault, asks: Asks::Cell }).collect();
        for Unclear { fault, .. } in &unclear {
            writeln!(context.out, "{}: {}", fault.at, fault.what)?;
        }
        Ok(tables.questions(&unclear).0)
    }
}

/// The log whose id or title is the name of a sheet, or the only one whose id or title begins so. A word from within a
/// title would be a guess.
fn called_like<'s>(sheet: &str, session: &'s RecordingSession) -> Result<&'s Entry<SessionLog>, String> {
    const SHORTEST: usize = 3;
    let records = &session.before.case.records;
    let plain = slug(sheet).unwrap_or_default();
    let named = records.logs.iter().zip(records.nameable(RecordKind::Session));
    let named: Vec<_> = named
        .map(|(entry, one)| (entry, one.ids.iter().chain(&one.name).filter_map(|name| slug(name)).collect::<Vec<_>>()))
        .collect();
    let ways: [&dyn Fn(&String) -> bool; 2] =
        [&|name| *name == plain, &|name| plain.len() >= SHORTEST && name.starts_with(&plain)];
    for fits in ways {
        let found: Vec<_> = named.iter().filter(|(_, names)| names.iter().any(fits)).map(|(entry, _)| *entry).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            several => {
                let ids = several.iter().map(|entry| entry.id.to_string());
                return Err(format!("several logs are called so: {}", few(ids, 5, ", ")));
            }
        }
    }
    Err(format!("no log is called \"{}\"", visible(sheet)))
}

/// Whether a sheet is no table of sessions: an overview, or notes.
fn has_no_headings(grid: &Grid, map: &[(String, Option<gwp::spreadsheet::Field>)], session: &RecordingSession) -> bool {
    let is_register = |log: &SessionLog| register(grid, Target::Group, session, Some(log)).is_some();
    let logs = session.before.case.records.logs.iter().filter_map(|entry| entry.record.as_deref());
    matches!(Columns::find(grid, Target::Group, map), Err(NoColumns::NoHeadings(_)))
        && !logs.filter(|log| log.group().is_some()).take(1).any(is_register)
}

fn sheet(name: &str) -> String {
    format!("The sheet \"{}\"", visible(name))
}

/// What a log is called: the title of a group, and the id.
fn called(entry: &Entry<SessionLog>, log: &SessionLog) -> String {
    log.group().map_or_else(|| entry.id.to_string(), |group| format!("{} ({})", group.title, entry.id))
}
