//! `gwp audit`: irregularities in a folder's history.

use std::io::Write;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::folder::{AuditOptions, DecisionAudit, FolderAudit, FolderError, FolderHistory, Naming, students_named};
use gwp::history::main_line;
use gwp::reports::{AuditReport, DecisionReport};
use gwp::text::{SaidDay, Text};

use super::context::Context;
use super::folder_args::OnDisk;
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::surroundings::Surroundings;
use super::value_parsers::{day, days};
use super::{Ending, tables};

/// Look for irregularities in the history of a folder.
///
/// It looks for what was recorded late or ahead, and for what was altered or struck out after a decision rested on it.
/// It also looks for decisions before their time, entries taken out of a log, and commits whose dates do not fit.
///
/// Each finding has a name, an explanation and its commits; none is a fault by itself. The command ends with status 1
/// if it finds something.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp audit",
    "gwp audit --since 2026-01-01 --student alex-moran",
    "gwp audit --decision alex-moran 2026-02-21",
]))]
pub struct Args {
    #[command(flatten)]
    folders: OnDisk,

    /// Up to this commit: an id, a branch, a tag, or HEAD~3. Without it, up to HEAD
    #[arg(long, value_name = "REV")]
    rev: Option<String>,

    /// Only what was committed, or came into the main line, on this day or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<SaidDay>,

    /// Call late what was recorded more than so many days later. Without it, gwp.toml says how many, or else 28
    #[arg(long, value_name = "DAYS", value_parser = days)]
    late_after: Option<u32>,

    /// Only what is about this student, by id or name; can be given several times
    #[arg(long, value_name = "STUDENT")]
    student: Vec<String>,

    /// Only one decision: what the committee saw of this student on that day, and what has been added, altered or taken
    /// out since
    #[arg(long, num_args = 2, value_names = ["STUDENT", "DATE"], conflicts_with_all = ["since", "late_after", "student"])]
    decision: Vec<String>,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

/// Looks for irregularities, and prints them.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let paths = args.folders.paths(context);
    let mut histories = FolderHistory::open_all(args.rev.as_deref(), &paths, &Surroundings::local_time())?;
    if let [student, day] = args.decision.as_slice() {
        return about_decision(&mut histories, student, day, format, context);
    }
    let naming = Naming { kind: "student", advice: "\"gwp list students\" shows them all", choices: &context.choices };
    let students = students_named(&histories, &args.student, naming)?;
    let since = args.since.map(|said| context.happened(said)).transpose()?;
    let options = AuditOptions { since, late_after: args.late_after, students };
    let is_one_of_several = histories.len() > 1;
    for history in &mut histories {
        history.read_all()?;
    }
    let mut reports = Vec::new();
    for history in &histories {
        let name = &history.root.root.name;
        let audit = FolderAudit::of(history, &options)?;
        if !audit.knows_rules {
            let unknown = "has an error, so what it says of an audit is not known";
            writeln!(anstream::stderr(), "gwp: the gwp.toml of {name} {unknown}")?;
        }
        reports.push(AuditReport {
            folder: is_one_of_several.then_some(name),
            rev: &history.tip.id,
            up_to: &history.up_to,
            time_zone: &history.time_zone,
            since,
            late_days: audit.late_days,
            is_fixed: args.late_after.is_some(),
            revisions: &history.revisions,
            brought_in: main_line(&history.revisions),
            found: audit.found,
        });
    }
    tables::print(&reports, format, context)?;
    let is_clean = reports.iter().all(|report| report.found.is_empty());
    Ok(if is_clean { Ending::Clean } else { Ending::Found })
}

/// Prints what a committee saw on the day of a decision, and what has become of it.
fn about_decision(
    histories: &mut [FolderHistory],
    student: &str,
    day: &str,
    format: Format,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let naming = Naming { kind: "student", advice: "\"gwp list students\" shows them all", choices: &context.choices };
    let student = students_named(histories, &[student.to_owned()], naming)?.into_iter().next().unwrap_or_default();
    let student = Text::new(student);
    let day = SaidDay::read(day).map_err(|fault| FolderError::UnclearDay { fault })?;
    let day = context.happened(day)?;
    let mut with_student = histories.iter_mut().filter(|history| history.concerns.students().contains(&student));
    let (Some(history), None) = (with_student.next(), with_student.next()) else {
        bail!("several case folders have a student {student}; name one of them with -C");
    };
    let (rev, up_to, time_zone) = (history.tip.id.clone(), history.up_to.clone(), history.time_zone.clone());
    let audit = DecisionAudit::of(history, &student, day, &Surroundings::local_time())?;
    let report = DecisionReport { audit: &audit, rev: &rev, up_to: &up_to, time_zone: &time_zone };
    tables::print(&[report], format, context)?;
    Ok(if audit.is_otherwise() { Ending::Found } else { Ending::Clean })
}
