//! What has become since of what the decisions of a folder rested on.

use std::collections::{BTreeMap, BTreeSet};

use super::decision_audit::{Deed, ancestors};
use super::local_time::{FolderTime, LocalTime, zone_of};
use super::{Folder, FolderError, FolderHistory};
use crate::audit::{EffectOn, Standing};
use crate::calendar::Day;
use crate::case::{StudentCase, kind_of};
use crate::diff::ChangeKind;
use crate::facts::AwardDecisions;
use crate::git::{Commit, DayOf, RevisionError, Snapshot};
use crate::history::{Order, TimelineEntry, timeline};
use crate::judgement::Judgement;
use crate::records::RecordKind;
use crate::text::{Source, Text};

/// What has become since of what the decisions of a folder rested on: for each student and each day on which a decision
/// about the student was made.
#[derive(Debug, Default)]
pub struct DecisionsSince {
    found: BTreeMap<Text, BTreeMap<Day, SinceDecision>>,
}

/// What has become since of what one decision rested on.
#[derive(Debug)]
pub enum SinceDecision {
    /// Nothing was committed by the end of its day.
    NothingKnown,
    /// What was known by the end of its day is compared with what the folder says.
    Known {
        /// What was done since to what is dated up to the day, or is not dated, in the order of the commits.
        done: Vec<DoneSince>,
        /// What would have been otherwise on the day; none where one of the two states cannot be judged.
        effects: Option<Vec<EffectOn>>,
    },
}

/// Something that was done to an entry of a record, or to a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneSince {
    /// What was done to it.
    pub deed: Deed,
    /// What it is.
    pub what: ChangeKind,
    /// Where a key stands.
    pub at: String,
    /// The kind of record.
    pub kind: Option<RecordKind>,
    /// The day on which it happened, as far as it tells one.
    pub happened: Option<Day>,
}

impl DoneSince {
    fn of(entry: &TimelineEntry<'_>) -> Option<Self> {
        let deed = Deed::of(entry)?;
        let detail = &entry.written.as_ref()?.detail;
        let kind = kind_of(entry.file.raw());
        Some(Self { deed, what: detail.what, at: detail.at.clone(), kind, happened: entry.happened() })
    }
}

impl DecisionsSince {
    /// Of the decisions up to a day, each compared with what the folder says. The past is that of the commit that the
    /// folder was read from, or of the last one; the error says that there is none.
    pub fn of(folder: &Folder, as_of: Day, machine: &LocalTime<'_>) -> Result<Self, FolderError> {
        let not_kept = || FolderError::NotKept { folder: folder.name.as_text().clone() };
        let root = folder.root.as_ref().ok_or_else(not_kept)?;
        let rev = folder.commit.as_ref().map(|commit| commit.id.as_str());
        let mut found = FolderHistory::open(rev, &root.path, machine)?;
        let (Some(mut history), true) = (found.pop(), found.is_empty()) else {
            return Err(FolderError::Several { given: folder.name.as_text().clone() });
        };
        let uncommitted = if rev.is_none() { history.uncommitted()? } else { Vec::new() };
        history.read_all()?;
        for change in &uncommitted {
            if let Some(content) = change.newer.as_ref().and_then(|id| history.texts.get(id)).cloned() {
                history.concerns.add(&Source { path: change.path.clone(), content });
            }
        }
        let files: BTreeSet<Text> = history.versions(&uncommitted).into_iter().map(|(path, _)| path).collect();
        let entries = timeline(&history.revisions, &uncommitted, &files, &history.texts, Order::Recorded);
        let mut past = DecisionPast { now: folder, history: &history, entries: &entries, days: BTreeMap::new() };
        let mut of_students = BTreeMap::new();
        for entry in &folder.case.records.students {
            let decisions = entry.record.as_deref().into_iter().flat_map(|record| &record.decision);
            let days: BTreeSet<Day> = decisions.map(|decision| decision.date).filter(|day| *day <= as_of).collect();
            if !days.is_empty() {
                of_students.insert(entry.id.clone(), past.since(&entry.id, &days, machine)?);
            }
        }
        Ok(Self { found: of_students })
    }

    /// The same, with other ids in place of those of the students.
    #[must_use]
    pub fn with_ids(self, shown: impl Fn(&Text) -> Text) -> Self {
        Self { found: self.found.into_iter().map(|(id, days)| (shown(&id), days)).collect() }
    }

    /// Whether there are some, and nothing is known of any of them: all were made before the first commit.
    pub fn is_nothing_known(&self) -> bool {
        let mut all = self.found.values().flat_map(BTreeMap::values);
        !self.found.is_empty() && all.all(|since| matches!(since, SinceDecision::NothingKnown))
    }

    /// What has become of what the decisions of a day about a student rested on.
    pub fn about(&self, student: &Text, day: Day) -> Option<&SinceDecision> {
        self.found.get(student)?.get(&day)
    }
}

/// A folder's past, and what was known by the end of the days that were asked about.
struct DecisionPast<'p> {
    now: &'p Folder,
    history: &'p FolderHistory,
    entries: &'p [TimelineEntry<'p>],
    days: BTreeMap<Day, Option<Known<'p>>>,
}

/// What was known by the end of a day.
struct Known<'p> {
    folder: Folder,
    commits: BTreeSet<&'p str>,
}

impl<'p> DecisionPast<'p> {
    /// What has become of what the decisions of some days about one student rested on.
    fn since(
        &mut self,
        student: &Text,
        days: &BTreeSet<Day>,
        machine: &LocalTime<'_>,
    ) -> Result<BTreeMap<Day, SinceDecision>, FolderError> {
        let ids = self.history.concerns.ids_of(student);
        let files = self.history.concerns.files_of(student);
        let theirs: Vec<&TimelineEntry<'_>> = self.entries.iter().filter(|one| files.contains(&one.file)).collect();
        let mut found = BTreeMap::new();
        for day in days.iter().copied() {
            if !self.days.contains_key(&day) {
                let known = self.known_on(day, machine)?;
                self.days.insert(day, known);
            }
            let since = match self.days.get(&day).and_then(Option::as_ref) {
                None => SinceDecision::NothingKnown,
                Some(known) => {
                    let (was, is) = (standing(&known.folder, &ids, day), standing(self.now, &ids, day));
                    let effects = was.zip(is).map(|(was, is)| is.effects(&was));
                    let done = theirs.iter().filter(|one| known.is_told(one, day));
                    SinceDecision::Known { done: done.filter_map(|one| DoneSince::of(one)).collect(), effects }
                }
            };
            found.insert(day, since);
        }
        Ok(found)
    }

    fn known_on(&self, day: Day, machine: &LocalTime<'_>) -> Result<Option<Known<'p>>, FolderError> {
        let history = self.history;
        let time = FolderTime::of(machine, zone_of(&history.snapshot, &history.root)?);
        let day_of: DayOf<'_> = &|at| time.day_of(at);
        let commit: Commit = match history.repository.known_on(&history.tip, day, day_of) {
            Ok(known) => known.commit,
            Err(RevisionError::NothingBy { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let snapshot = Snapshot::of(history.repository.clone(), commit.clone())?;
        let folder = Folder::of(snapshot.open(history.root.clone(), &|_, id| history.text(id))?);
        if folder.sources.is_empty() {
            return Ok(None);
        }
        Ok(Some(Known { folder, commits: ancestors(history, Some(&commit)) }))
    }
}

impl Known<'_> {
    /// Whether an entry is new since, and tells of the day or of one before it. That the decision itself was written down
    /// only afterwards is nothing that it could rest on.
    fn is_told(&self, entry: &TimelineEntry<'_>, day: Day) -> bool {
        let is_new = entry.revision.is_none_or(|revision| !self.commits.contains(revision.id.as_str()));
        let is_decision = |entry: &TimelineEntry<'_>| {
            let what = entry.written.as_ref().map(|written| written.detail.what);
            what == Some(ChangeKind::Entry("decision")) && entry.happened() == Some(day)
        };
        let is_itself = Deed::of(entry) == Some(Deed::Added) && is_decision(entry);
        is_new && !is_itself && entry.happened().is_none_or(|happened| happened <= day)
    }
}

/// How a student stood on a day before anything was decided on it.
fn standing(folder: &Folder, ids: &BTreeSet<Text>, day: Day) -> Option<Standing> {
    let position = folder.case.records.students.iter().position(|entry| ids.contains(&entry.id))?;
    let student = folder.can_be_judged().then(|| folder.case.student(position))??;
    let mut record = student.record.clone();
    record.decision.retain(|decision| decision.date != day);
    let student = StudentCase { record: &record, ..student };
    Some(Standing::of(&Judgement::new(&student, day, AwardDecisions::LeftOut)))
}
