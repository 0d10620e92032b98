//! Decisions in a student's favour, and whether they were ready.

use serde_json::Value;

use crate::calendar::Day;
use crate::case::Case;
use crate::diff::ChangeKind;
use crate::facts::AwardDecisions;
use crate::history::WrittenRecord;
use crate::judgement::Judgement;
use crate::records::{Decision, Matter, Outcome, RecordKind};
use crate::requirements::{Finding, Status, before_decision, of_supervisors};
use crate::text::Text;

/// A decision in a student's favour, as a commit recorded it.
#[derive(Clone, Debug)]
pub struct RecordedDecision {
    /// The commit, as a position among the revisions.
    pub revision: usize,
    /// The student's record.
    pub file: Text,
    /// The student's id.
    pub student: Text,
    /// The decision.
    pub decision: Decision,
}

impl RecordedDecision {
    /// As a clause that names the student.
    pub fn in_words(&self) -> String {
        sentence(&self.decision, Some(&self.student))
    }
}

/// `the award was recommended by the LCC on 4 July 2026`; where somebody is to be named, `the award of nia-brook was`.
pub fn sentence(decision: &Decision, of: Option<&Text>) -> String {
    let (about, were) = match decision.about {
        Matter::Arrangements => ("arrangements", "were"),
        Matter::Award => ("award", "was"),
    };
    let of_whom = of.map(|student| format!(" of {student}")).unwrap_or_default();
    match decision.outcome {
        Outcome::Suitable => {
            let student = of.map_or_else(|| "the student".to_owned(), ToString::to_string);
            format!("the panel found {student} suitable on {}", decision.date)
        }
        outcome => {
            format!(
                "the {about}{of_whom} {were} {} by the {} on {}",
                outcome.word(),
                decision.body.title(),
                decision.date
            )
        }
    }
}

/// The decisions in a student's favour that commits recorded, or turned into such.
pub(super) fn recorded(written: &[Vec<WrittenRecord>]) -> Vec<RecordedDecision> {
    let mut decisions = Vec::new();
    for (revision, records) in written.iter().enumerate() {
        for record in records.iter().filter(|record| record.kind == Some(RecordKind::Student)) {
            let Some(student) = &record.id else { continue };
            let entries = record.entries.iter().map(|written| &written.detail);
            for detail in entries.filter(|detail| detail.what == ChangeKind::Entry("decision")) {
                let Some(decision) = detail.to.as_ref().and_then(favourable_decision) else { continue };
                // One of another day is judged by that day.
                if detail.from.as_ref().and_then(favourable_decision).is_some_and(|was| was.date == decision.date) {
                    continue;
                }
                let (file, student) = (record.file.clone(), student.clone());
                decisions.push(RecordedDecision { revision, file, student, decision });
            }
        }
    }
    decisions
}

/// What an entry decides, where that is in the student's favour.
pub(super) fn favourable_decision(entry: &Value) -> Option<Decision> {
    let word = |key: &str| entry.get(key).and_then(Value::as_str);
    let outcome: Outcome = serde_json::from_value(word("outcome")?.into()).ok()?;
    outcome.is_favourable().then_some(Decision {
        body: serde_json::from_value(word("body")?.into()).ok()?,
        about: serde_json::from_value(word("about")?.into()).ok()?,
        date: Day::parse(word("date")?)?,
        outcome,
        conditions: Vec::new(),
        minute: None,
        document: None,
        notes: None,
    })
}

/// Why a decision was not ready on its day, judged from the folder as its commit left it; none where it was ready. Who
/// cannot be judged, as everybody in a folder with nothing to judge by (no `case`), was not. Arrangements rest on GWP Form 1
/// and on what the workplace supervisor confirms (A1 and A2), the award on everything but the decisions about it.
pub fn unready(case: Option<&Case>, student: &Text, decision: &Decision) -> Option<String> {
    let sentence = sentence(decision, None);
    let student = case.and_then(|case| {
        let position = case.records.students.iter().position(|entry| entry.id == *student)?;
        case.student(position)
    });
    let Some(student) = student else {
        return Some(format!("{sentence}, and as the folder stood nothing could be judged"));
    };
    let judgement = Judgement::new(&student, decision.date, AwardDecisions::LeftOut);
    let rests_on = before_decision(decision.about);
    let unmet = judgement.findings.iter().filter(|finding| {
        rests_on.contains(&finding.code) && !matches!(finding.status, Status::Met | Status::NotApplicable)
    });
    let unmet: Vec<_> =
        unmet.map(|finding| format!("{} {} ({})", finding.code, finding.code.name(), finding.status.word())).collect();
    let these = if unmet.len() == 1 { "this was" } else { "these were" };
    (!unmet.is_empty())
        .then(|| format!("{sentence}, and as the folder stood {these} not met on that day: {}", unmet.join(", ")))
}

/// What an approval of arrangements leaves to be answered of their supervisors, as a committee meets it that has answered
/// nothing; none where nothing is left. Safe to show.
pub fn left_open(case: Option<&Case>, student: &Text, decision: &Decision) -> Option<String> {
    let case = case.filter(|_| decision.approves_arrangements())?;
    let position = case.records.students.iter().position(|entry| entry.id == *student)?;
    let student = case.student(position)?;
    let judgement = Judgement::new(&student, decision.date, AwardDecisions::LeftOut);
    let is_open =
        |finding: &&Finding| of_supervisors(finding.code) && matches!(finding.status, Status::Query | Status::Action);
    let open = judgement.findings.iter().filter(is_open);
    let open: Vec<_> =
        open.map(|finding| format!("{} {} ({})", finding.code, finding.code.name(), finding.status.word())).collect();
    (!open.is_empty())
        .then(|| format!("{}, and this is still to be answered: {}", sentence(decision, None), open.join(", ")))
}
