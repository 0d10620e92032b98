//! One decision: what the committee saw, and what has become of it since.

use std::collections::{BTreeMap, BTreeSet};

use super::local_time::{FolderTime, LocalTime, zone_of};
use super::{Folder, FolderError, FolderHistory, in_words};
use crate::audit::{Effect, EffectOn, Standing};
use crate::calendar::Day;
use crate::case::kind_of;
use crate::diff::Change;
use crate::edition::Code;
use crate::facts::AwardDecisions;
use crate::git::{Commit, DayOf, Snapshot};
use crate::history::{Order, Revision, TimelineEntry, timeline};
use crate::judgement::{Judgement, SessionFigures, Verdict};
use crate::records::Decision;
use crate::requirements::Status;
use crate::text::Text;

/// What a committee saw of a student on the day of a decision, and what has been written in the records since.
pub struct DecisionAudit<'h> {
    /// The student's id now.
    pub student: Text,
    /// The day.
    pub day: Day,
    /// The decisions about the student of that day, as they are recorded now.
    pub decisions: Vec<Decision>,
    /// The folder as it was known then; none where nothing was committed by the day, or nobody could be judged.
    pub seen: Option<Seen>,
    /// What the last commit by the day was, in words; none where there was none.
    pub known_in: Option<String>,
    /// What has been written since of what is dated up to the day, or is not dated, in the order of the commits.
    pub since: Vec<TimelineEntry<'h>>,
    /// How many entries since tell of later days only.
    pub later: usize,
    /// What would have been otherwise on the day with the records of the last commit.
    pub effects: Vec<Effect>,
    /// Whether the records of the last commit can be judged.
    pub is_judged_now: bool,
}

/// What has been done to something since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It was not there.
    Added,
    /// It said something else.
    Altered,
    /// It is not there any more.
    Removed,
}

impl Deed {
    /// What an entry tells; none where it tells of nothing that was written.
    pub fn of(entry: &TimelineEntry<'_>) -> Option<Self> {
        let Some(written) = &entry.written else {
            return match entry.change {
                _ if kind_of(entry.file.raw()).is_some() => None,
                Change::Changed => Some(Self::Altered),
                Change::Removed => Some(Self::Removed),
                _ => None,
            };
        };
        let detail = &written.detail;
        match (&detail.from, &detail.to) {
            (None, Some(_)) => Some(Self::Added),
            (Some(_), Some(_)) => Some(Self::Altered),
            (Some(_), None) => Some(Self::Removed),
            (None, None) => None,
        }
    }
}

/// How a student stood, by what was known, without the decisions about the award.
pub struct Seen {
    /// The verdict.
    pub verdict: Verdict,
    /// How many sessions counted, and how many are needed.
    pub sessions: (usize, usize),
    /// Every requirement with its status and what was found.
    pub findings: Vec<(Code, Status, String)>,
    standing: Standing,
}

impl Seen {
    fn of(folder: &Folder, ids: &BTreeSet<Text>, day: Day) -> Option<Self> {
        let position = folder.case.records.students.iter().position(|entry| ids.contains(&entry.id))?;
        let student = folder.can_be_judged().then(|| folder.case.student(position))??;
        let judgement = Judgement::new(&student, day, AwardDecisions::LeftOut);
        let figures = SessionFigures::of(&judgement);
        let findings = judgement.findings.iter().map(|one| (one.code, one.status, one.message.clone()));
        Some(Self {
            verdict: judgement.verdict,
            sessions: (figures.counted, figures.required),
            findings: findings.collect(),
            standing: Standing::of(&judgement),
        })
    }
}

impl<'h> DecisionAudit<'h> {
    /// Looks at the decisions of a day about a student. The texts of the student's case are read. The error says that
    /// there never was one on that day, and on which there were.
    pub fn of(
        history: &'h mut FolderHistory,
        student: &Text,
        day: Day,
        machine: &LocalTime<'_>,
    ) -> Result<Self, FolderError> {
        let time = FolderTime::of(machine, zone_of(&history.snapshot, &history.root)?);
        let day_of: DayOf<'_> = &|at| time.day_of(at);
        let files = history.read_case(student, &[])?;
        let history: &'h FolderHistory = history;
        let ids = history.concerns.ids_of(student);
        let days = days_of_decisions(history, &ids);
        if !days.contains(&day) {
            let days = days.into_iter().collect();
            return Err(FolderError::NoDecision { student: student.clone(), day, days });
        }
        let now = Folder::of(history.snapshot.open(history.root.clone(), &|_, id| history.text(id))?);
        let records = now.case.records.students.iter().filter(|entry| ids.contains(&entry.id));
        let of_day = records.filter_map(|entry| entry.record.as_deref()).flat_map(|record| &record.decision);
        let decisions = of_day.filter(|decision| decision.date == day).cloned().collect();
        let known = history.repository.known_on(&history.tip, day, day_of).ok().map(|known| known.commit);
        let seen = match &known {
            Some(commit) => seen_in(history, commit, &ids, day)?,
            None => None,
        };
        let is = Seen::of(&now, &ids, day);
        let effects = seen.as_ref().zip(is.as_ref()).map(|(seen, is)| is.standing.effects(&seen.standing));
        let of_student = |what: EffectOn| Effect { student: student.clone(), what };
        let known_before = ancestors(history, known.as_ref());
        let entries = timeline(&history.revisions, &[], &files, &history.texts, Order::Recorded);
        let is_new = |entry: &TimelineEntry<'_>| {
            entry.revision.is_some_and(|revision| !known_before.contains(revision.id.as_str()))
                && (entry.written.is_some() || is_seen_paper_otherwise(history, &known_before, entry))
        };
        let (since, later): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .filter(is_new)
            .partition(|entry| entry.happened().is_none_or(|happened| happened <= day));
        Ok(Self {
            student: student.clone(),
            day,
            decisions,
            seen,
            known_in: known.map(|commit| in_words(&commit, day_of)),
            since,
            later: later.len(),
            effects: effects.unwrap_or_default().into_iter().map(of_student).collect(),
            is_judged_now: is.is_some(),
        })
    }

    /// Whether something that the committee saw was altered or taken out since, or would have been otherwise.
    pub fn is_otherwise(&self) -> bool {
        let is_touched = |entry: &TimelineEntry<'_>| matches!(Deed::of(entry), Some(Deed::Altered | Deed::Removed));
        !self.effects.is_empty() || self.since.iter().any(is_touched)
    }
}

/// Whether a commit replaced or took away a scanned paper that was there when it was decided. One that the commit only put
/// elsewhere is the same.
fn is_seen_paper_otherwise(history: &FolderHistory, known: &BTreeSet<&str>, entry: &TimelineEntry<'_>) -> bool {
    let of_paper = |revision: &'_ Revision| revision.papers.iter().any(|paper| paper.path == entry.file);
    let was_seen = || {
        let mut known = history.revisions.iter().filter(|revision| known.contains(revision.id.as_str()));
        known.any(of_paper)
    };
    let Some(revision) = entry.revision.filter(|_| Deed::of(entry).is_some()) else { return false };
    let Some(paper) = revision.papers.iter().find(|paper| paper.path == entry.file) else { return false };
    let is_same = |id: &String| {
        let mut after = revision.papers.iter().filter_map(|other| other.newer.as_ref());
        paper.newer.as_ref() == Some(id) || (paper.newer.is_none() && after.any(|other| other == id))
    };
    !paper.older.iter().flatten().any(is_same) && was_seen()
}

fn seen_in(
    history: &FolderHistory,
    commit: &Commit,
    ids: &BTreeSet<Text>,
    day: Day,
) -> Result<Option<Seen>, FolderError> {
    let snapshot = Snapshot::of(history.repository.clone(), commit.clone())?;
    let position = history.revisions.iter().position(|revision| revision.id == commit.id);
    let root = position.map_or_else(|| history.root.clone(), |position| history.root_in(position));
    let folder = Folder::of(snapshot.open(root, &|_, id| history.text(id))?);
    Ok(Seen::of(&folder, ids, day))
}

/// The ids of a commit and of all that it follows.
pub(super) fn ancestors<'h>(history: &'h FolderHistory, commit: Option<&Commit>) -> BTreeSet<&'h str> {
    let positions: BTreeMap<&str, usize> =
        history.revisions.iter().enumerate().map(|(at, revision)| (revision.id.as_str(), at)).collect();
    let mut waiting: Vec<usize> =
        commit.and_then(|commit| positions.get(commit.id.as_str()).copied()).into_iter().collect();
    let mut known = BTreeSet::new();
    while let Some(revision) = waiting.pop().and_then(|at| history.revisions.get(at)) {
        if known.insert(revision.id.as_str()) {
            waiting.extend(&revision.parents);
        }
    }
    known
}

/// The days of all decisions that were ever recorded of a student.
fn days_of_decisions(history: &FolderHistory, ids: &BTreeSet<Text>) -> BTreeSet<Day> {
    let files: BTreeSet<Text> =
        ids.iter().flat_map(|id| history.concerns.records_of(id).cloned().collect::<Vec<_>>()).collect();
    let entries = timeline(&history.revisions, &[], &files, &history.texts, Order::Recorded);
    let details = entries.iter().filter_map(|entry| entry.written.as_ref()).map(|written| &written.detail);
    let decisions = details.filter(|detail| detail.what == crate::diff::ChangeKind::Entry("decision"));
    let ends = decisions.flat_map(|detail| [&detail.from, &detail.to]).flatten();
    ends.filter_map(|entry| Day::parse(entry.get("date")?.as_str()?)).collect()
}
