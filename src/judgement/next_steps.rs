//! What is needed next, and who is to act: the findings of a judgement, turned to whoever can change them.

use super::obligations::{Obligation, ObligationKind, Person, Role};
use super::{Judgement, Verdict};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::{Body, Matter, Outcome};
use crate::requirements::{Finding, Status};

/// Something that somebody can do next.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// Who is to act.
    pub who: Who<'a>,
    /// What is needed or missing, as a sentence without a full stop; safe to show.
    pub what: String,
    /// The requirement that it is for; of several, the first.
    pub code: Code,
    /// The day by which it is due, where there is one.
    pub due: Option<Day>,
    /// How pressing it is.
    pub urgency: Urgency,
}

/// Who is to act.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// A person in an office.
    Person(Person<'a>),
    /// A committee or an office.
    Body(Body),
    /// Nobody who is recorded.
    Nobody,
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
pub fn next_steps<'a>(judgement: &Judgement<'a>) -> Vec<Step<'a>> {
    // Once it is lost, nothing else is asked of anybody; the limit says again what the sessions say.
    if judgement.verdict == Verdict::NotEligible {
        let mut lost: Vec<_> = judgement.findings.iter().filter(|finding| finding.status == Status::Failed).collect();
        if lost.len() > 1 {
            lost.retain(|finding| finding.code != Code::T1);
        }
        let step = |finding: &Finding| {
            let (what, code) = (finding.message.clone(), finding.code);
            Step { who: Who::Nobody, what, code, due: None, urgency: Urgency::Lost }
        };
        return lost.into_iter().map(step).collect();
    }
    if !judgement.verdict.goes_on() {
        return Vec::new();
    }
    let collector = Collector { facts: &judgement.facts, judgement, owed: judgement.papers_owed() };
    let mut steps = Vec::new();
    collector.obligations(&mut steps);
    for finding in &judgement.findings {
        collector.finding(finding, &mut steps);
    }
    collector.competencies(&mut steps);
    steps.sort_by_key(|step| (step.urgency, collector.wanted_by(step), step.code));
    steps
}

struct Collector<'j, 'a> {
    facts: &'j Facts<'a>,
    judgement: &'j Judgement<'a>,
    owed: Vec<Obligation<'a>>,
}

impl<'a> Collector<'_, 'a> {
    /// The day by which a step is put in order. What has none and is to be there before the first session is
    /// wanted now.
    fn wanted_by(&self, step: &Step<'_>) -> Day {
        let before_sessions = matches!(step.code, Code::S1 | Code::S2 | Code::S3 | Code::I1 | Code::I2 | Code::I3);
        step.due.unwrap_or(if before_sessions { self.facts.as_of } else { Day::last() })
    }

    /// What a person owes by a day: a step for each, so that each has its own name and date. Of what is still to
    /// come, the next of each kind.
    fn obligations(&self, steps: &mut Vec<Step<'a>>) {
        let mut to_come = Vec::new();
        for &Obligation { due, kind, from, .. } in &self.owed {
            let Some(code) = kind.code() else { continue };
            let is_overdue = due < self.facts.as_of;
            if !is_overdue {
                if to_come.contains(&kind) && kind.recurs() {
                    continue;
                }
                to_come.push(kind);
            }
            let who = match from {
                // The convenor answers for the reminder, the committee decides.
                _ if kind == ObligationKind::LccDecision => Who::Body(Body::Lcc),
                Some(person) => Who::Person(person),
                // Without an arrangement nobody can confirm or report: to make one is the step.
                None => continue,
            };
            let tense = if is_overdue { "was due on" } else { "is due on" };
            steps.push(Step {
                who,
                what: format!("{} {tense} {due}", kind.what()),
                code,
                due: Some(due),
                urgency: if is_overdue { Urgency::Overdue } else { Urgency::ToCome },
            });
        }
    }

    /// What follows from one finding, apart from what is owed as an obligation.
    fn finding(&self, finding: &Finding, steps: &mut Vec<Step<'a>>) {
        let code = finding.code;
        let mut push = |urgency, who, what: String| {
            let due = finding.due.filter(|_| urgency == Urgency::ToCome);
            steps.push(Step { who, what, code, due, urgency });
        };
        match finding.status {
            // That there is no arrangement is said once, by S1.
            Status::Action if code == Code::A2 && !self.facts.has_arrangement() => {}
            Status::Action if !self.is_owed(finding) => {
                push(Urgency::Missing, self.who_acts(code), finding.message.clone());
            }
            Status::Open if self.is_step(code) => {
                let what = match code {
                    Code::D2 => "all else is met: the award can be recommended".to_owned(),
                    Code::D3 => "the award is recommended and can be decided on".to_owned(),
                    _ => finding.message.clone(),
                };
                push(Urgency::ToCome, self.who_acts(code), what);
            }
            Status::Query if finding.queries.is_empty() => {
                push(Urgency::ToJudge, self.who_judges(code), finding.message.clone());
            }
            _ => {}
        }
        if let Some((first, rest)) = finding.queries.split_first().filter(|_| !is_competency(code)) {
            let what = match rest.len() {
                0 => first.message.clone(),
                more => format!("{}; and {more} more", first.message),
            };
            push(Urgency::ToJudge, self.who_judges(code), what);
        }
    }

    /// Whether all that an action asks for is owed by somebody and said already.
    fn is_owed(&self, finding: &Finding) -> bool {
        let is_kind = |obligation: &Obligation<'_>| {
            obligation.kind.code() == Some(finding.code)
                && obligation.from.is_some()
                && obligation.due < self.facts.as_of
        };
        matches!(finding.code, Code::A1 | Code::A2 | Code::A3 | Code::R1 | Code::R2 | Code::R3)
            && self.owed.iter().any(is_kind)
    }

    /// Whether what is open is something to do now, and not merely something to come or said elsewhere.
    fn is_step(&self, code: Code) -> bool {
        let is_met = |code| self.judgement.finding(code).status == Status::Met;
        match code {
            Code::G5 | Code::G6 | Code::S1 | Code::I1 | Code::D1 => true,
            Code::S2 | Code::S3 | Code::I2 | Code::I3 => self.facts.has_arrangement(),
            Code::A4 => is_met(Code::A3),
            Code::D2 => self.judgement.verdict == Verdict::Ready,
            Code::D3 => is_met(Code::D2),
            _ => false,
        }
    }

    /// The nine competencies, as one step for each way in which they stand.
    fn competencies(&self, steps: &mut Vec<Step<'a>>) {
        for (status, urgency) in [(Status::Query, Urgency::ToJudge), (Status::Open, Urgency::ToCome)] {
            let standing: Vec<_> = self
                .judgement
                .findings
                .iter()
                .filter(|finding| is_competency(finding.code) && finding.status == status)
                .collect();
            let Some(first) = standing.first() else { continue };
            let what = match standing.len() {
                1 => format!("competency {}: {}", first.code, first.message),
                9 => "none of the nine competencies is rated competent yet".to_owned(),
                _ => {
                    let codes: Vec<_> = standing.iter().map(|finding| finding.code.word()).collect();
                    format!("competencies not rated competent yet: {}", codes.join(", "))
                }
            };
            let who = match urgency {
                Urgency::ToJudge => Who::Body(Body::Lcc),
                _ => self.workplace_supervisor(),
            };
            steps.push(Step { who, what, code: first.code, due: None, urgency });
        }
    }

    /// Who can put right what is missing, or do what is to come.
    fn who_acts(&self, code: Code) -> Who<'a> {
        match code {
            Code::S2 | Code::S3 => self.unfit_supervisor(code),
            Code::R1 => self.workplace_supervisor(),
            Code::A4 | Code::D3 if self.judgement.finding(code).status == Status::Open => Who::Body(Body::Spc),
            Code::A3 | Code::D2 if self.judgement.finding(code).status == Status::Open => Who::Body(Body::Lcc),
            Code::S1 if self.facts.has_arrangement() && self.facts.begun_wrg().next().is_none() => self.convenor(),
            Code::R2 | Code::R3 | Code::T1 => self.convenor(),
            _ => Who::Person(Person::student(self.facts.case)),
        }
    }

    /// Who settles a query.
    fn who_judges(&self, code: Code) -> Who<'a> {
        let latest = |matter, body| self.facts.latest_decision(matter, body).map(|decided| decided.outcome());
        match code {
            // The Course Director judges the experience; somebody looks a registration up.
            Code::S3 => self.convenor(),
            Code::S2 if self.has_unchecked_registration() => self.convenor(),
            Code::A3 if latest(Matter::Arrangements, Body::Lcc) == Some(Outcome::Queried) => {
                let answered = self.facts.decisions(Matter::Arrangements).any(|one| one.decision.body == Body::Ntm);
                Who::Body(if answered { Body::Lcc } else { Body::Ntm })
            }
            Code::A4 | Code::D3 => Who::Body(Body::Spc),
            Code::D2 if latest(Matter::Award, Body::Lcc) == Some(Outcome::Interview) => Who::Body(Body::Panel),
            _ => Who::Body(Body::Lcc),
        }
    }

    fn convenor(&self) -> Who<'a> {
        Who::Person(Person::convenor(self.facts.case))
    }

    /// The workplace supervisor of the arrangement that began last; without one the student makes one.
    fn workplace_supervisor(&self) -> Who<'a> {
        let latest = self.facts.arrangements.iter().max_by_key(|one| (one.period().from, one.case.index));
        Who::Person(latest.map_or(Person::student(self.facts.case), |one| {
            Person::supervisor(Role::WorkplaceSupervisor, one.case.supervisor)
        }))
    }

    /// The first supervisor of whom something is not there; of several arrangements the running ones first.
    fn unfit_supervisor(&self, code: Code) -> Who<'a> {
        let lacks = |one: &&crate::facts::Arranged<'a>| {
            let record = one.case.supervisor.record;
            let arrived = |day: Option<Day>| day.is_some_and(|day| day <= self.facts.as_of);
            match code {
                Code::S2 => !record.registrations.iter().any(|registration| {
                    arrived(registration.checked)
                        && registration.expires.is_none_or(|last| self.facts.as_of <= last)
                        && self.facts.parameters.registers.iter().any(|register| register == registration.body.raw())
                }),
                _ if record.group_analyst => false,
                _ => !arrived(record.cv_received) || !arrived(record.assessed),
            }
        };
        let running = self.facts.arrangements.iter().filter(|one| one.ended.is_none()).find(lacks);
        match running.or_else(|| self.facts.arrangements.iter().find(lacks)) {
            Some(one) => Who::Person(Person::supervisor(Role::WorkplaceSupervisor, one.case.supervisor)),
            None => self.workplace_supervisor(),
        }
    }

    fn has_unchecked_registration(&self) -> bool {
        self.facts.arrangements.iter().flat_map(|one| &one.case.supervisor.record.registrations).any(|one| {
            one.checked.is_none_or(|day| day > self.facts.as_of)
                && self.facts.parameters.registers.iter().any(|register| register == one.body.raw())
        })
    }
}

/// Whether the requirement is one of the nine competencies.
fn is_competency(code: Code) -> bool {
    (Code::C1..=Code::C9).contains(&code)
}

#[cfg(all(test, feature = "disk"))]
#[allow(clippy::unwrap_used, reason = "the examples are there")]
mod tests {
    use super::*;
    use crate::case::{self, Case};
    use crate::edition::Parameters;
    use crate::files::{self, CaseFolder};
    use crate::judgement::Roster;
    use crate::records::Scheme;

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
                let parameters = Parameters::in_force(Scheme::default(), &[], as_of);
                Roster::new(&case, &cases, &parameters, as_of, &|_| true, &mut |result, judgement| {
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
            Verdict::Ready => assert_eq!(code, Some(Code::D2), "{id} as of {as_of}"),
            Verdict::Recommended => assert_eq!(code, Some(Code::D3), "{id} as of {as_of}"),
            _ => assert!(steps.is_empty(), "{id} as of {as_of}"),
        }
    }
}
