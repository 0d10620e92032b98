//! `gwp history`: a student's case on both axes of time.

use std::io::Write;

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::folder::{FolderError, FolderHistory, Naming, students_named};
use gwp::history::{Order, timeline};
use gwp::reports::HistoryReport;
use gwp::text::{Text, visible};

use super::context::Context;
use super::folder_args::OnDisk;
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::surroundings::Surroundings;
use super::{Ending, tables, whom};

/// Show what happened in a student's case, and when each thing was recorded.
///
/// It shows every entry that was ever made in the records of the case, also those altered or struck out. Each has the
/// day on which it happened, the day on which it was committed and by whom, and how many days lie between. Of several
/// folders, those answer that ever had the student.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp history alex-moran", "gwp history alex-moran --by recorded"]))]
pub struct Args {
    /// The student, by id or name; one who is no longer in the folder, by id
    #[arg(value_name = "STUDENT")]
    student: Option<String>,

    #[command(flatten)]
    folders: OnDisk,

    /// Up to this commit: an id, a branch, a tag, or HEAD~3. Without it, up to HEAD and with what is not committed
    #[arg(long, value_name = "REV")]
    rev: Option<String>,

    /// In which order to show it
    #[arg(long, value_name = "ORDER", default_value = "happened")]
    by: By,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// By the day on which things happened
    Happened,
    /// As things were recorded
    Recorded,
}

impl Args {
    /// The id of the student who is named, of all who were ever in these folders.
    fn student(&self, histories: &[FolderHistory], context: &Context<'_>) -> anyhow::Result<Text> {
        let typed = match &self.student {
            Some(typed) => typed.clone(),
            None => whom::student(&self.folders.open(context)?, context)?,
        };
        let advice = "\"gwp list students\" shows those that are there now";
        let naming = Naming { kind: "student", advice, choices: &context.choices };
        match students_named(histories, std::slice::from_ref(&typed), naming) {
            Ok(ids) => Ok(Text::new(ids.into_iter().next().unwrap_or_default())),
            Err(FolderError::NoSuchId { id, advice, .. }) => {
                let up_to = histories.first().map(|history| history.up_to.as_str()).unwrap_or_default();
                let until = self.rev.as_ref().map(|_| format!(" up to the {up_to}")).unwrap_or_default();
                let place = if histories.len() == 1 { "this folder" } else { "these folders" };
                bail!("no student ever had the id \"{}\" in {place}{until}; {advice}", visible(&id));
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Prints the case's past.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let paths = args.folders.paths(context);
    let mut histories = FolderHistory::open_all(args.rev.as_deref(), &paths, &Surroundings::local_time())?;
    for warning in histories.iter().filter_map(|history| history.backwards.as_ref()) {
        writeln!(anstream::stderr(), "gwp: {warning}")?;
    }
    let mut uncommitted = Vec::new();
    for history in &mut histories {
        uncommitted.push(if args.rev.is_some() { Vec::new() } else { history.uncommitted()? });
    }
    let student = args.student(&histories, context)?;
    let is_one_of_several = histories.len() > 1;
    let order = match args.by {
        By::Happened => Order::Happened,
        By::Recorded => Order::Recorded,
    };
    let mut told = Vec::new();
    for (history, uncommitted) in histories.iter_mut().zip(&uncommitted) {
        // Of several folders, those that ever had the student.
        if is_one_of_several && !history.concerns.students().contains(&student) {
            continue;
        }
        let files = history.read_case(&student, uncommitted)?;
        let history: &FolderHistory = history;
        let entries = timeline(&history.revisions, uncommitted, &files, &history.texts, order);
        told.push((history, entries, history.concerns.later_ids(&student)));
    }
    let reports = told.iter().map(|(history, entries, later_ids)| HistoryReport {
        folder: is_one_of_several.then_some(&history.root.root.name),
        student: &student,
        later_ids,
        rev: &history.tip.id,
        up_to: &history.up_to,
        time_zone: &history.time_zone,
        is_cut_off: history.revisions.iter().any(|revision| revision.is_cut_off),
        entries,
    });
    tables::print(&reports.collect::<Vec<_>>(), format, context)?;
    Ok(Ending::Clean)
}
