//! For whom the judgement differs between two states of a folder.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Alike, Change, RecordChange};
use crate::calendar::Day;
use crate::case::{Case, StudentCase, Within};
use crate::edition::Code;
use crate::judgement::{Item, Judgement, Obligation, Roster, SessionFigures, StudentResult, Verdict};
use crate::requirements::Status;
use crate::text::{FileId, Text};

/// One of the two states, and the day as of which it is judged.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The linked folder.
    pub case: &'a Case,
    /// The cases of its students; none at all where there is nothing to judge by.
    pub cases: &'a [Option<StudentCase<'a>>],
    /// The day.
    pub as_of: Day,
}

/// How the judgement of a student differs. On the side where the student is not there, and of an `unknown` one, there
/// is no status and no figure.
#[derive(Debug)]
pub struct StudentChange<'a> {
    /// The id.
    pub id: &'a Text,
    /// The name, where it could be read: in the newer state if it is there.
    pub name: Option<&'a Text>,
    /// The verdicts, before and after.
    pub verdict: (Option<Verdict>, Option<Verdict>),
    /// The requirements whose status differs, in the catalogue's order.
    pub requirements: Vec<RequirementChange<'a>>,
    /// The figures of the sessions, before and after.
    pub sessions: (Option<SessionFigures<'a>>, Option<SessionFigures<'a>>),
    /// The changed records of the student's case on either side, evidence of something or not, in order of path.
    pub records: Vec<&'a Text>,
    /// What is overdue and was not.
    pub new_overdue: Vec<Item<'a>>,
    /// What was overdue and is not.
    pub gone_overdue: Vec<Item<'a>>,
}

/// A requirement whose status differs.
#[derive(Debug)]
pub struct RequirementChange<'a> {
    /// Its code.
    pub code: Code,
    /// The status before.
    pub from: Option<Status>,
    /// The status after.
    pub to: Option<Status>,
    /// The changed records among the evidence of either side, in order of path.
    pub because: Vec<&'a Text>,
}

/// What is kept of a judgement to be compared.
struct Kept<'a> {
    name: Option<&'a Text>,
    verdict: Verdict,
    findings: Vec<(Code, Status, Vec<FileId>)>,
    sessions: Option<SessionFigures<'a>>,
    overdue: Vec<Item<'a>>,
    files: Vec<FileId>,
}

/// The ids of the students who may be judged otherwise, in order: all but those who rest on the same records on both
/// sides and are judged as of the same day, and those about whom nothing can be said on either.
pub fn affected<'a>(
    older: Side<'a>,
    newer: Side<'a>,
    alike: &Alike,
    records: &[RecordChange<'_>],
) -> BTreeSet<&'a Text> {
    let reformatted: HashSet<(FileId, FileId)> = records
        .iter()
        .filter(|record| record.change == Change::Reformatted)
        .filter_map(|record| Some((record.older?, record.newer?)))
        .collect();
    let same = |one, other| alike.is_same(one, other) || reformatted.contains(&(one, other));
    let (before, after) = (by_id(older), by_id(newer));
    let is_affected = |id: &Text| match (before.get(id), after.get(id)) {
        (Some(Some(one)), Some(Some(other))) => {
            let (one, other) = (Within { case: older.case, student: one }, Within { case: newer.case, student: other });
            older.as_of != newer.as_of || !one.rests_on_the_same(&other, &same)
        }
        (Some(None), Some(None)) => false,
        _ => true,
    };
    before.keys().chain(after.keys()).copied().filter(|id| is_affected(id)).collect()
}

/// The case of every student who is there, by id; of two files that share one there is none.
fn by_id(side: Side<'_>) -> HashMap<&Text, Option<&StudentCase<'_>>> {
    let entries = side.case.records.students.iter().zip(side.cases);
    entries.map(|(entry, case)| (&entry.id, case.as_ref())).collect()
}

/// How the judgements of students differ, in order of id. `whom` says of an id whether it is asked for.
pub fn student_changes<'a>(
    older: Side<'a>,
    newer: Side<'a>,
    records: &[RecordChange<'a>],
    whom: &dyn Fn(&Text) -> bool,
) -> Vec<StudentChange<'a>> {
    let (before, after) = (kept(older, whom), kept(newer, whom));
    let changed = Changed::of(records);
    let ids: BTreeSet<&Text> = before.keys().chain(after.keys()).copied().collect();
    let compared = ids.into_iter().map(|id| compared(id, before.get(id), after.get(id), &changed));
    compared.filter(StudentChange::is_telling).collect()
}

fn kept<'a>(side: Side<'a>, whom: &dyn Fn(&Text) -> bool) -> BTreeMap<&'a Text, Kept<'a>> {
    let mut kept = BTreeMap::new();
    let mut keep = |result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>| {
        let overdue = result.overdue.iter().map(|obligation| Item::of(result, obligation.clone())).collect();
        let findings = judgement.into_iter().flat_map(|judgement| &judgement.findings);
        let of_finding = findings.map(|finding| {
            let mut files: Vec<FileId> = finding.evidence.iter().map(|place| place.file).collect();
            files.sort_unstable();
            files.dedup();
            (finding.code, finding.status, files)
        });
        let one = Kept {
            name: result.name,
            verdict: result.verdict,
            findings: of_finding.collect(),
            sessions: judgement.map(SessionFigures::of),
            overdue,
            files: result.case.map(StudentCase::files).unwrap_or_default(),
        };
        kept.insert(result.id, one);
    };
    Roster::of_some(side.case, side.cases, side.as_of, &whom, &|_| true, &mut keep);
    kept
}

/// The files that differ in what they say, on either side.
struct Changed<'a> {
    older: HashMap<FileId, &'a Text>,
    newer: HashMap<FileId, &'a Text>,
}

impl<'a> Changed<'a> {
    fn of(records: &[RecordChange<'a>]) -> Self {
        let telling = || records.iter().filter(|record| record.is_of_meaning());
        Self {
            older: telling().filter_map(|record| Some((record.older?, record.file))).collect(),
            newer: telling().filter_map(|record| Some((record.newer?, record.file))).collect(),
        }
    }

    /// Those among some files of either side, in order of path.
    fn among(&self, older: &[FileId], newer: &[FileId]) -> Vec<&'a Text> {
        let older = older.iter().filter_map(|file| self.older.get(file).copied());
        let newer = newer.iter().filter_map(|file| self.newer.get(file).copied());
        older.chain(newer).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn compared<'a>(
    id: &'a Text,
    before: Option<&Kept<'a>>,
    after: Option<&Kept<'a>>,
    changed: &Changed<'a>,
) -> StudentChange<'a> {
    let finding = |kept: Option<&Kept<'a>>, code: Code| {
        kept.and_then(|kept| kept.findings.get(code as usize)).map(|(_, status, files)| (*status, files.clone()))
    };
    let requirement = |code: Code| {
        let (before, after) = (finding(before, code), finding(after, code));
        let (from, to) = (before.as_ref().map(|(status, _)| *status), after.as_ref().map(|(status, _)| *status));
        if from == to {
            return None;
        }
        let files = |found: Option<(Status, Vec<FileId>)>| found.map(|(_, files)| files).unwrap_or_default();
        Some(RequirementChange { code, from, to, because: changed.among(&files(before), &files(after)) })
    };
    let overdue = |kept: Option<&Kept<'a>>| kept.map(|kept| kept.overdue.clone()).unwrap_or_default();
    let files = |kept: Option<&Kept<'a>>| kept.map(|kept| kept.files.clone()).unwrap_or_default();
    let (was_overdue, is_overdue) = (overdue(before), overdue(after));
    StudentChange {
        id,
        name: after.and_then(|kept| kept.name).or_else(|| before.and_then(|kept| kept.name)),
        verdict: (before.map(|kept| kept.verdict), after.map(|kept| kept.verdict)),
        requirements: Code::all().filter_map(requirement).collect(),
        sessions: (before.and_then(|kept| kept.sessions.clone()), after.and_then(|kept| kept.sessions.clone())),
        records: changed.among(&files(before), &files(after)),
        new_overdue: beyond(&is_overdue, &was_overdue),
        gone_overdue: beyond(&was_overdue, &is_overdue),
    }
}

/// The items that the others do not have, each as often as it is there more.
fn beyond<'a>(items: &[Item<'a>], others: &[Item<'a>]) -> Vec<Item<'a>> {
    let mut left: Vec<_> = others.iter().map(|item| named(&item.obligation)).collect();
    let mut is_known = |item: &Item<'a>| {
        let found = left.iter().position(|other| *other == named(&item.obligation));
        found.map(|position| left.swap_remove(position)).is_some()
    };
    items.iter().filter(|item| !is_known(item)).cloned().collect()
}

type Named<'a> =
    (&'static str, Option<Day>, Option<&'a str>, Option<(&'static str, Option<&'a str>, &'a str, Option<&'a str>)>);

/// All that an overdue item says but for how many days it has been so.
fn named<'a>(obligation: &Obligation<'a>) -> Named<'a> {
    let from = obligation
        .from
        .map(|from| (from.role.word(), from.id.map(Text::raw), from.name.raw(), from.email.map(Text::raw)));
    (obligation.kind.word(), obligation.due, obligation.group.map(Text::raw), from)
}

impl StudentChange<'_> {
    fn is_telling(&self) -> bool {
        self.verdict.0 != self.verdict.1
            || !self.requirements.is_empty()
            || self.sessions.0 != self.sessions.1
            || !self.new_overdue.is_empty()
            || !self.gone_overdue.is_empty()
    }
}
