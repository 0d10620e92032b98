//! What is needed next, and who is to act: the findings of a judgement, turned to whoever can change them.

use super::obligations::{Obligation, ObligationKind, Person, Role};
use super::{Judgement, Verdict};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::Body;
use crate::requirements::{Actor, COMPETENCIES, Finding, Status, StepWhen, requirement};
use crate::text::few;

/// Something that somebody can do next.
#[derive(Clone, Debug)]
pub struct NextStep<'a> {
    /// Who is to act.
    pub who: Who<'a>,
    /// What is needed or missing, as a sentence without a full stop; safe to show.
    pub what: String,
    /// All of what that says only the beginning of, where it counts the rest; safe to show.
    pub in_full: Option<String>,
    /// The requirement that it is for; of several, the first.
    pub code: Code,
    /// The day by which it is due, where there is one.
    pub due: Option<Day>,
    /// How pressing it is.
    pub urgency: Urgency,
}

impl NextStep<'_> {
    /// What is needed, all of it: for a page about one student.
    pub fn whole(&self) -> &str {
        self.in_full.as_deref().unwrap_or(&self.what)
    }
}

/// Who is to act.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// A person in an office.
    Person(Person<'a>),
    /// A committee or an office.
    Body(Body),
    /// A committee, before which somebody brings it.
    Before(Body, Person<'a>),
    /// Nobody who is recorded.
    Nobody,
}

impl<'a> Who<'a> {
    /// Who owes something: the committee decides on what the convenor is to bring before it.
    pub fn owes(obligation: &Obligation<'a>) -> Self {
        match (obligation.kind.decides(), obligation.from) {
            (Some(body), Some(person)) => Self::Before(body, person),
            (Some(body), None) => Self::Body(body),
            (None, Some(person)) => Self::Person(person),
            (None, None) => Self::Nobody,
        }
    }
}

/// How pressing a step is, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It can no longer be met.
    Lost,
    /// Its day is past.
    Overdue,
    /// Something is missing or has lapsed.
    Missing,
    /// A committee is to judge.
    ToJudge,
    /// It is still to come.
    ToCome,
}

/// The steps of a case, the most pressing first: by urgency, then by due date (what has none last), then in the
/// catalogue's order. None where the case is decided, given up or unknown.
pub fn next_steps<'a>(judgement: &Judgement<'a>) -> Vec<NextStep<'a>> {
    // Once it is lost, nothing else is asked of anybody; the limit says again what the sessions say.
    if judgement.verdict == Verdict::NotEligible {
        let mut lost: Vec<_> = judgement.findings.iter().filter(|finding| finding.status == Status::Failed).collect();
        let says = |code: &Code| judgement.finding(*code).status == Status::Failed;
        lost.retain(|finding| !finding.said_by.as_ref().is_some_and(says));
        let step = |finding: &Finding| {
            let (what, in_full, code) = (finding.message.clone(), finding.in_full.clone(), finding.code);
            NextStep { who: Who::Nobody, what, in_full, code, due: None, urgency: Urgency::Lost }
        };
        return lost.into_iter().map(step).collect();
    }
    if !judgement.verdict.goes_on() {
        return Vec::new();
    }
    let collector = Collector { facts: &judgement.facts, judgement, owed: owed(judgement) };
    let mut steps = Vec::new();
    collector.obligations(&mut steps);
    for finding in &judgement.findings {
        collector.finding(finding, &mut steps);
    }
    collector.competencies(&mut steps);
    steps.sort_by_key(|step| (step.urgency, collector.wanted_by(step), step.code));
    steps
}

/// What is told as owed by somebody: the papers, and word of what was held.
fn owed<'a>(judgement: &Judgement<'a>) -> Vec<Obligation<'a>> {
    let mut owed = judgement.papers_owed();
    let to_confirm = |one: &&Obligation<'a>| one.owed && one.kind == ObligationKind::ToConfirm;
    owed.extend(judgement.obligations().iter().filter(to_confirm).cloned());
    owed
}

struct Collector<'j, 'a> {
    facts: &'j Facts<'a>,
    judgement: &'j Judgement<'a>,
    owed: Vec<Obligation<'a>>,
}

impl<'a> Collector<'_, 'a> {
    /// The day by which a step is put in order. What has none and is to be there before the first session is
    /// wanted now.
    fn wanted_by(&self, step: &NextStep<'_>) -> Day {
        let is_wanted_now = requirement(step.code).before_sessions;
        step.due.unwrap_or(if is_wanted_now { self.facts.as_of } else { Day::last() })
    }

    /// What a person owes by a day: a step for each, so that each has its own name and date. Of what is still to
    /// come, the next of each kind.
    fn obligations(&self, steps: &mut Vec<NextStep<'a>>) {
        let mut to_come = Vec::new();
        for obligation in &self.owed {
            let kind = obligation.kind;
            let (Some(code), Some(due)) = (obligation.code(), obligation.due) else { continue };
            let is_overdue = obligation.is_late(self.facts.as_of);
            if !is_overdue {
                if to_come.contains(&kind) && kind.recurs() {
                    continue;
                }
                to_come.push(kind);
            }
            let who = match Who::owes(obligation) {
                // Without an arrangement nobody can confirm or report: to make one is the step.
                Who::Nobody => continue,
                who => who,
            };
            let tense = if is_overdue { "was due on" } else { "is due on" };
            // What the condition is, only its own words say.
            let which = match kind {
                ObligationKind::Condition => format!(": {}", obligation.why),
                _ => String::new(),
            };
            steps.push(NextStep {
                who,
                what: format!("{} {tense} {due}{which}", kind.what()),
                in_full: None,
                code,
                due: Some(due),
                urgency: if is_overdue { Urgency::Overdue } else { Urgency::ToCome },
            });
        }
    }

    /// What follows from one finding, apart from what is owed as an obligation and from the competencies, which are
    /// told together.
    fn finding(&self, finding: &Finding, steps: &mut Vec<NextStep<'a>>) {
        let step = requirement(finding.code).step;
        let mut push = |urgency, actor, what: String, in_full: Option<String>| {
            let due = finding.due.filter(|_| urgency == Urgency::ToCome);
            steps.push(NextStep { who: self.who(actor, finding), what, in_full, code: finding.code, due, urgency });
        };
        let said = || (finding.message.clone(), finding.in_full.clone());
        let is_said = |code: Code| self.judgement.finding(code).status >= finding.status;
        match finding.status {
            Status::Action if finding.said_by.is_some_and(is_said) || self.is_owed(finding) => {}
            Status::Action => {
                let (what, in_full) = said();
                push(Urgency::Missing, finding.acts, what, in_full);
            }
            Status::Open if self.is_next(step) => {
                let (what, in_full) =
                    if let StepWhen::OnceReady(what) = step { (what.to_owned(), None) } else { said() };
                push(Urgency::ToCome, finding.acts, what, in_full);
            }
            Status::Query if finding.queries.is_empty() => {
                let (what, in_full) = said();
                push(Urgency::ToJudge, finding.judges, what, in_full);
            }
            Status::NotApplicable | Status::Met | Status::Open | Status::Query | Status::Failed => {}
        }
        let to_judge: Vec<_> = finding.to_judge().map(|query| &query.message).collect();
        if !to_judge.is_empty() && step != StepWhen::WithCompetencies {
            let in_full = (to_judge.len() > 1).then(|| few(&to_judge, to_judge.len(), "; "));
            push(Urgency::ToJudge, finding.judges, few(&to_judge, 1, "; "), in_full);
        }
    }

    /// Whether all that an action asks for is owed by somebody and said already.
    fn is_owed(&self, finding: &Finding) -> bool {
        self.owed.iter().any(|obligation| {
            obligation.code() == Some(finding.code) && obligation.from.is_some() && obligation.is_late(self.facts.as_of)
        })
    }

    /// Whether what is open is something to do now.
    fn is_next(&self, step: StepWhen) -> bool {
        match step {
            StepWhen::Never | StepWhen::WithCompetencies => false,
            StepWhen::Always => true,
            StepWhen::OnceArranged => self.facts.has_arrangement(),
            StepWhen::OnceMet(code) => self.judgement.finding(code).status == Status::Met,
            StepWhen::OnceReady(_) => self.judgement.verdict == Verdict::Ready,
        }
    }

    /// The competencies, as one step for each way in which they stand.
    fn competencies(&self, steps: &mut Vec<NextStep<'a>>) {
        for (status, urgency) in [(Status::Query, Urgency::ToJudge), (Status::Open, Urgency::ToCome)] {
            let findings = COMPETENCIES.map(|code| self.judgement.finding(code));
            let alike: Vec<_> = findings.into_iter().filter(|finding| finding.status == status).collect();
            let Some(first) = alike.first() else { continue };
            let is_rated = alike.iter().any(|finding| !finding.evidence.is_empty());
            let what = if alike.len() == COMPETENCIES.len() && !is_rated {
                format!("none of the {} competencies is rated yet", COMPETENCIES.len())
            } else if alike.len() == COMPETENCIES.len() {
                format!("none of the {} competencies is rated competent yet", COMPETENCIES.len())
            } else if alike.len() == 1 {
                format!("competency {}: {}", first.code.subject(), first.message)
            } else {
                // What some are called has an "and" in it.
                let named = alike.iter().map(|finding| finding.code.subject());
                format!("competencies not rated competent yet: {}", few(named, COMPETENCIES.len(), "; "))
            };
            let actor = if urgency == Urgency::ToJudge { first.judges } else { first.acts };
            let who = self.who(actor, first);
            steps.push(NextStep { who, what, in_full: None, code: first.code, due: None, urgency });
        }
    }

    /// Who that is in this case.
    fn who(&self, actor: Actor, finding: &Finding) -> Who<'a> {
        match actor {
            Actor::Student => Who::Person(Person::student(self.facts.case)),
            Actor::Convenor => Who::Person(Person::convenor(self.facts.case)),
            Actor::Body(body) => Who::Body(body),
            Actor::WorkplaceSupervisor => self.workplace_supervisor(finding.about),
        }
    }

    /// The workplace supervisor of an arrangement, else of the one that began last; without one the student makes one.
    fn workplace_supervisor(&self, about: Option<usize>) -> Who<'a> {
        let about = about.and_then(|index| self.facts.arrangements.iter().find(|one| one.case.index == index));
        let latest = || self.facts.arrangements.iter().max_by_key(|one| (one.period().from, one.case.index));
        Who::Person(about.or_else(latest).map_or(Person::student(self.facts.case), |one| {
            Person::supervisor(Role::WorkplaceSupervisor, one.case.supervisor)
        }))
    }
}

#[cfg(all(test, feature = "disk"))]
#[allow(clippy::unwrap_used, reason = "the examples are there")]
mod tests {
    use super::*;
    use crate::case::{self, Case};
    use crate::files::{self, CaseFolder};
    use crate::judgement::Roster;
    use crate::requirements::{FINAL_DECISION, RECOMMENDATION};

    /// Every student of the examples, as of several days: the most pressing step is what the verdict says.
    #[test]
    fn the_first_step_is_what_the_verdict_says() {
        for example in ["examples/london", "examples/edition-2022-23"] {
            let folder = CaseFolder::open(files::find(&[example.into()]).unwrap().remove(0)).unwrap();
            let case = Case::link(case::read(&folder.sources), &folder.sources, &|path| folder.holds(path));
            let cases: Vec<_> = (0..case.records.students.len()).map(|position| case.student(position)).collect();
            for iso in
                ["2022-10-01", "2023-06-13", "2024-12-01", "2025-06-30", "2025-12-06", "2026-02-10", "2029-01-01"]
            {
                let as_of = Day::parse(iso).unwrap();
                Roster::of_some(&case, &cases, as_of, &|_| true, &|_| true, &mut |result, judgement| {
                    if let Some(judgement) = judgement {
                        check(result.id.raw(), judgement);
                    }
                });
            }
        }
    }

    fn check(id: &str, judgement: &Judgement<'_>) {
        let steps = next_steps(judgement);
        assert!(steps.is_sorted_by_key(|step| step.urgency), "{id}: {steps:?}");
        let first = steps.first().map(|step| step.urgency);
        let code = steps.first().map(|step| step.code);
        let as_of = judgement.facts.as_of;
        match judgement.verdict {
            Verdict::NotEligible => assert_eq!(first, Some(Urgency::Lost), "{id} as of {as_of}"),
            Verdict::Action => {
                assert!(matches!(first, Some(Urgency::Overdue | Urgency::Missing)), "{id} as of {as_of}: {steps:?}");
            }
            Verdict::Query => assert_eq!(first, Some(Urgency::ToJudge), "{id} as of {as_of}"),
            Verdict::OnTrack => assert_eq!(first, Some(Urgency::ToCome), "{id} as of {as_of}"),
            Verdict::Ready => assert_eq!(code, Some(RECOMMENDATION), "{id} as of {as_of}"),
            Verdict::Recommended => assert_eq!(code, Some(FINAL_DECISION), "{id} as of {as_of}"),
            _ => assert!(steps.is_empty(), "{id} as of {as_of}"),
        }
    }
}
