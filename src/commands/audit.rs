//! `gwp audit`: irregularities in a folder's history.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::audit::{Irregularity, IrregularityName, LATE_DAYS, Past, RecordedDecision, sort, unready};
use gwp::calendar::Day;
use gwp::files::{CaseFolder, MARK};
use gwp::folder::must_be_among;
use gwp::git::{Commit, Snapshot};
use gwp::history::main_line;
use gwp::records::Audit;
use gwp::reports::AuditReport;
use gwp::text::Text;

use super::folder_history::FolderHistory;
use super::format::Format;
use super::help::examples;
use super::surroundings::Surroundings;
use super::value_parsers::{among, day, days};
use super::{Ending, tables};

/// Look for irregularities in the history of a folder.
///
/// What was recorded late or ahead, altered or struck out after a decision rested on it, decided before it was ready,
/// taken out of a log; commits whose dates do not fit. Each has a name, what it is, and its commits; none is a fault by
/// itself. Ends with status 1 where something is found. Another folder than that of the current one is named with -C.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp audit", "gwp audit --since 2026-01-01 --student alex-moran"]))]
pub struct Args {
    /// Up to this commit: an id, a branch, a tag, or HEAD~3; else up to HEAD
    #[arg(long, value_name = "REV")]
    rev: Option<String>,

    /// Only what was committed, or came into the main line, on this day or later
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Day>,

    /// So many days later something may be recorded; else what gwp.toml says, else 28
    #[arg(long, value_name = "DAYS", value_parser = days)]
    late_after: Option<u32>,

    /// Only what is about the student with this id; can be given several times
    #[arg(long, value_name = "ID")]
    student: Vec<String>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = among(Format::OF_LISTS))]
    format: Format,
}

/// Looks for irregularities, and prints them.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let mut chronicles = FolderHistory::open(args.rev.as_deref(), change.unwrap_or(Path::new(".")))?;
    let several = chronicles.len() > 1;
    let known: BTreeSet<String> =
        chronicles.iter().flat_map(|chronicle| chronicle.concerns.students()).map(|id| id.raw().to_owned()).collect();
    must_be_among(&args.student, &known.into_iter().collect::<Vec<_>>(), "student")?;
    for chronicle in &mut chronicles {
        chronicle.read_all()?;
    }
    let up_to: Vec<String> = chronicles.iter().map(FolderHistory::up_to).collect();
    let mut reports = Vec::new();
    for (chronicle, up_to) in chronicles.iter().zip(&up_to) {
        let rules = rules(chronicle)?;
        let late_days = args.late_after.or(rules.late_days).unwrap_or(LATE_DAYS);
        let mut found = irregularities(chronicle, &rules, late_days)?;
        let earliest = earliest(chronicle);
        found.retain_mut(|one| args.keeps(one, chronicle, &earliest));
        reports.push(AuditReport {
            folder: several.then_some(&chronicle.root.root.name),
            rev: &chronicle.tip.id,
            up_to,
            since: args.since,
            late_days,
            revisions: &chronicle.revisions,
            brought_in: main_line(&chronicle.revisions),
            found,
        });
    }
    tables::print(&reports, args.format, surroundings, out)?;
    let is_clean = reports.iter().all(|report| report.found.is_empty());
    Ok(if is_clean { Ending::Clean } else { Ending::Found })
}

impl Args {
    /// Whether it is asked about; of commits that are told of together, only those that are.
    fn keeps(&self, one: &mut Irregularity, chronicle: &FolderHistory, earliest: &[Option<Day>]) -> bool {
        let is_recent = |at: &usize| {
            let day = earliest.get(*at).copied().flatten();
            self.since.is_none_or(|since| day.is_none_or(|day| day >= since))
        };
        if one.name == IrregularityName::CommitUnsigned {
            one.revisions.retain(is_recent);
        }
        // What comes to be asked about by a decision that is recorded later, or when its day comes, is as recent as that.
        let is_recent = one.revisions.iter().any(is_recent) || one.arose.is_some_and(|day| self.since <= Some(day));
        let is_about =
            |id: &String| chronicle.concerns.ids_of(&Text::new(id.as_str())).iter().any(|id| one.students.contains(id));
        is_recent && (self.student.is_empty() || self.student.iter().any(is_about))
    }
}

/// For each commit the day before which it cannot have been in the main line, whatever it says: the latest that is named
/// by the commit that brought it in, or by one before that.
fn earliest(chronicle: &FolderHistory) -> Vec<Option<Day>> {
    let mut days: Vec<Option<Day>> = Vec::with_capacity(chronicle.revisions.len());
    for revision in &chronicle.revisions {
        let before = revision.parents.iter().filter_map(|parent| *days.get(*parent)?).max();
        days.push(revision.day().max(revision.author.day).max(before));
    }
    main_line(&chronicle.revisions).into_iter().map(|by| days.get(by).copied().flatten()).collect()
}

/// What the folder's own record says of an audit in the last commit; nothing where it cannot be used.
fn rules(chronicle: &FolderHistory) -> anyhow::Result<Audit> {
    let folder = chronicle.snapshot.open_some(&chronicle.root, &|path| path == MARK, &|id| chronicle.text(id))?;
    let opened = Folder::of(folder);
    if !opened.can_be_judged() {
        writeln!(
            anstream::stderr(),
            "gwp: the gwp.toml of {} has an error, so what it says of an audit is not known",
            opened.name
        )?;
    }
    Ok(opened.case.records.gwp.map(|gwp| gwp.audit).unwrap_or_default())
}

fn irregularities(chronicle: &FolderHistory, rules: &Audit, late_days: u32) -> anyhow::Result<Vec<Irregularity>> {
    let past = Past::new(&chronicle.revisions, &chronicle.texts, &chronicle.concerns);
    let mut found = past.irregularities(rules, late_days);
    let mut by_commit: BTreeMap<usize, Vec<&RecordedDecision>> = BTreeMap::new();
    for decision in past.decisions() {
        by_commit.entry(decision.revision).or_default().push(decision);
    }
    for (at, decisions) in by_commit {
        let Some(revision) = chronicle.revisions.get(at).filter(|revision| !revision.is_cut_off) else { continue };
        let commit = Commit { id: revision.id.clone(), at: revision.committer.at };
        let opened = Folder::of(judged_with(chronicle, commit, &decisions)?);
        for decision in decisions {
            let case = opened.can_be_judged().then_some(&opened.case);
            let message = unready(case, &decision.student, &decision.decision);
            found.extend(message.map(|message| past.not_ready(decision, message)));
        }
    }
    sort(&mut found);
    Ok(found)
}

/// The folder as it stood in a commit, with all that the judgement of the students decided about can look at.
fn judged_with(
    chronicle: &FolderHistory,
    commit: Commit,
    decisions: &[&RecordedDecision],
) -> anyhow::Result<CaseFolder> {
    let students: BTreeSet<&Text> = decisions.iter().map(|decision| &decision.student).collect();
    let files: BTreeSet<Text> =
        students.into_iter().flat_map(|student| chronicle.concerns.files_judged_with(student)).collect();
    let is_wanted = |path: &str| path == MARK || files.contains(&Text::new(path));
    let snapshot = Snapshot::of(chronicle.repository.clone(), commit)?;
    Ok(snapshot.open_some(&chronicle.root, &is_wanted, &|id| chronicle.text(id))?)
}
