//! The audit of one folder: the irregularities of its past that are asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::attested_past::attested_past;
use super::{Folder, FolderError, FolderHistory};
use crate::audit::{Irregularity, IrregularityName, LATE_DAYS, Lateness, Past, RecordedDecision, sort, unready};
use crate::calendar::Day;
use crate::files::{CaseFolder, MARK};
use crate::git::{Commit, Snapshot};
use crate::history::main_line;
use crate::records::Audit;
use crate::text::Text;

/// What is asked about.
#[derive(Clone, Debug, Default)]
pub struct AuditOptions {
    /// Only what was committed, or came into the main line, on this day or later.
    pub since: Option<Day>,
    /// So many days later something may be recorded; none for what the folder says.
    pub late_after: Option<u32>,
    /// Only what is about the students with these ids; everybody where there are none.
    pub students: Vec<String>,
}

/// What was found in the past of a folder.
#[derive(Clone, Debug)]
pub struct FolderAudit {
    /// So many days later something may be recorded.
    pub late_days: u32,
    /// The irregularities, in the order of names and then of commits.
    pub found: Vec<Irregularity>,
    /// Whether what the folder's own record says of an audit is known.
    pub knows_rules: bool,
}

impl FolderAudit {
    /// Looks for irregularities. All texts of the history have been read.
    pub fn of(history: &FolderHistory, options: &AuditOptions) -> Result<Self, FolderError> {
        let rules = rules(history)?;
        let knows_rules = rules.is_some();
        let rules = rules.unwrap_or_default();
        let late_days = options.late_after.or(rules.late_days).unwrap_or(LATE_DAYS);
        let late = Lateness { days: late_days, is_fixed: options.late_after.is_some() };
        let past = Past::new(&history.revisions, &history.texts, &history.concerns);
        let mut found = irregularities(history, &past, &rules, late)?;
        found.extend(attested_past(history, &past, rules.attested)?);
        sort(&mut found);
        let earliest = earliest(history);
        found.retain_mut(|one| options.keeps(one, history, &earliest));
        Ok(Self { late_days, found, knows_rules })
    }
}

impl AuditOptions {
    /// Whether it is asked about; of commits that are told of together, only those that are.
    fn keeps(&self, one: &mut Irregularity, history: &FolderHistory, earliest: &[Option<Day>]) -> bool {
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
            |id: &String| history.concerns.ids_of(&Text::new(id.as_str())).iter().any(|id| one.students.contains(id));
        is_recent && (self.students.is_empty() || self.students.iter().any(is_about))
    }
}

/// For each commit the day before which it cannot have been in the main line, whatever it says: the latest that is named
/// by the commit that brought it in, or by one before that.
fn earliest(history: &FolderHistory) -> Vec<Option<Day>> {
    let mut days: Vec<Option<Day>> = Vec::with_capacity(history.revisions.len());
    for revision in &history.revisions {
        let before = revision.parents.iter().filter_map(|parent| *days.get(*parent)?).max();
        days.push(revision.day().max(revision.author.day).max(before));
    }
    main_line(&history.revisions).into_iter().map(|by| days.get(by).copied().flatten()).collect()
}

/// What the folder's own record says of an audit in the last commit; none where it has an error.
fn rules(history: &FolderHistory) -> Result<Option<Audit>, FolderError> {
    let folder = history.snapshot.open_some(&history.root, &|path| path == MARK, &|id| history.text(id))?;
    Ok(Folder::of(folder).case.records.gwp.map(|gwp| gwp.audit))
}

fn irregularities(
    history: &FolderHistory,
    past: &Past<'_>,
    rules: &Audit,
    late: Lateness,
) -> Result<Vec<Irregularity>, FolderError> {
    let mut found = past.irregularities(rules, late);
    let mut by_commit: BTreeMap<usize, Vec<&RecordedDecision>> = BTreeMap::new();
    for decision in past.decisions() {
        by_commit.entry(decision.revision).or_default().push(decision);
    }
    for (at, decisions) in by_commit {
        if history.revisions[at].is_cut_off {
            continue;
        }
        let folder = Folder::of(judged_with(history, at, &decisions)?);
        for decision in decisions {
            let case = folder.can_be_judged().then_some(&folder.case);
            let message = unready(case, &decision.student, &decision.decision);
            found.extend(message.map(|message| past.not_ready(decision, message)));
        }
    }
    sort(&mut found);
    Ok(found)
}

/// The folder as it stood in a commit, with all that the judgement of the students decided about can look at.
fn judged_with(history: &FolderHistory, at: usize, decisions: &[&RecordedDecision]) -> Result<CaseFolder, FolderError> {
    let students: BTreeSet<&Text> = decisions.iter().map(|decision| &decision.student).collect();
    let files: BTreeSet<Text> =
        students.into_iter().flat_map(|student| history.concerns.files_judged_with(student)).collect();
    let is_wanted = |path: &str| path == MARK || files.contains(&Text::new(path));
    let revision = &history.revisions[at];
    let commit = Commit { id: revision.id.clone(), at: revision.committer.at };
    let snapshot = Snapshot::of(history.repository.clone(), commit)?;
    Ok(snapshot.open_some(&history.root_in(at), &is_wanted, &|id| history.text(id))?)
}
