//! How students stood after a commit, and how they would have stood without part of what it wrote.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::states::States;
use super::{Past, TOLD};
use crate::calendar::Day;
use crate::case::{Case, ReadTexts, StudentCase};
use crate::diff::{value_of, written_value};
use crate::edition::Code;
use crate::facts::AwardDecisions;
use crate::judgement::Judgement;
use crate::requirements::Status;
use crate::text::{Notation, Source, Text, few};

/// What became otherwise for a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The student's id.
    pub student: Text,
    /// What it is about.
    pub what: EffectOn,
}

/// What became otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EffectOn {
    /// The status of a requirement.
    Status {
        /// The requirement.
        code: Code,
        /// Its status without what was written.
        from: Status,
        /// Its status with it.
        to: Status,
    },
    /// A part of a requirement that waited for a ruling.
    Part {
        /// The requirement.
        code: Code,
        /// The day of the part.
        date: Day,
        /// Whether it waits for a ruling with what was written, and did not without it; or the other way round.
        is_new: bool,
    },
    /// How many sessions count.
    Sessions {
        /// Without what was written.
        from: usize,
        /// With it.
        to: usize,
    },
    /// How many meetings of supervision count.
    Meetings {
        /// Without what was written.
        from: usize,
        /// With it.
        to: usize,
    },
}

impl EffectOn {
    /// Whether what waited, was missing or did not count does so no more.
    pub fn is_favourable(&self) -> bool {
        match self {
            Self::Status { from, to, .. } => *from > Status::Open && *to <= Status::Open,
            Self::Part { is_new, .. } => !is_new,
            Self::Sessions { from, to } | Self::Meetings { from, to } => to > from,
        }
    }

    /// Whether a status became met that was not.
    pub(super) fn is_met_now(&self) -> bool {
        matches!(self, Self::Status { to: Status::Met, .. })
    }

    /// As part of a sentence: `G4 session-length was query, and became met`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Status { code, from, to } => {
                format!("{code} {} was {}, and became {}", code.name(), from.word(), to.word())
            }
            Self::Part { code, date, is_new: false } => {
                format!("{code} {} waited for a ruling on {date}, and does no more", code.name())
            }
            Self::Part { code, date, is_new: true } => format!("{code} {} waits for a ruling on {date}", code.name()),
            Self::Sessions { from, to } => format!("{from} sessions counted, and then {to}"),
            Self::Meetings { from, to } => format!("{from} meetings of supervision counted, and then {to}"),
        }
    }
}

/// What of the effects is in somebody's favour.
pub(super) fn in_favour(mut effects: Vec<Effect>) -> Vec<Effect> {
    effects.retain(|effect| effect.what.is_favourable());
    effects
}

/// Effects as part of a sentence, with whom they are for.
pub(super) fn effects_in_words(effects: &[Effect]) -> String {
    few(effects.iter().map(|effect| format!("{}: {}", effect.student, effect.what.in_words())), TOLD, "; ")
}

/// How one student stands, as far as two states are compared.
#[derive(Clone, Debug)]
pub struct Standing {
    statuses: Vec<(Code, Status)>,
    parts: BTreeSet<(Code, Day)>,
    sessions: usize,
    meetings: usize,
}

impl Standing {
    /// By a judgement.
    pub fn of(judgement: &Judgement<'_>) -> Self {
        let findings = || judgement.findings.iter();
        let parts = findings().flat_map(|finding| finding.queries.iter().map(|query| (finding.code, query.date)));
        Self {
            parts: parts.collect(),
            statuses: findings().map(|finding| (finding.code, finding.status)).collect(),
            sessions: judgement.facts.series.len(),
            meetings: judgement.facts.meetings.iter().filter(|meeting| meeting.counts()).count(),
        }
    }

    /// That of a student of a folder; none of one who cannot be judged.
    fn of_student(case: &Case, student: &Text, as_of: Day) -> Option<Self> {
        Some(Self::of(&Judgement::new(&student_of(case, student)?, as_of, AwardDecisions::Counted)))
    }

    /// What is otherwise than it was.
    pub fn effects(&self, was: &Self) -> Vec<EffectOn> {
        let mut effects = Vec::new();
        for ((code, from), (_, to)) in was.statuses.iter().zip(&self.statuses) {
            let (code, from, to) = (*code, *from, *to);
            if from != to {
                effects.push(EffectOn::Status { code, from, to });
                continue;
            }
            let of = |one: &Self, other: &Self| -> Vec<Day> {
                let parts = one.parts.difference(&other.parts);
                parts.filter(|(known, _)| *known == code).map(|(_, date)| *date).collect()
            };
            // As many that are new are the same, of other days.
            let (gone, new) = (of(was, self), of(self, was));
            let more = |list: &[Day], other: usize| list.iter().copied().skip(other).collect::<Vec<_>>();
            let gone_more = more(&gone, new.len()).into_iter().map(|date| (date, false));
            let new_more = more(&new, gone.len()).into_iter().map(|date| (date, true));
            effects.extend(gone_more.chain(new_more).map(|(date, is_new)| EffectOn::Part { code, date, is_new }));
        }
        if was.sessions != self.sessions {
            effects.push(EffectOn::Sessions { from: was.sessions, to: self.sessions });
        }
        if was.meetings != self.meetings {
            effects.push(EffectOn::Meetings { from: was.meetings, to: self.meetings });
        }
        effects
    }
}

/// A student of a folder; none of one who cannot be judged.
fn student_of<'c>(case: &'c Case, student: &Text) -> Option<StudentCase<'c>> {
    case.student(case.records.students.iter().position(|entry| entry.id == *student)?)
}

/// A record as it would be without something: its path, and what it would say.
pub(super) struct Supposed {
    /// The path.
    pub(super) path: Text,
    /// What it would say.
    pub(super) record: Value,
}

/// What is otherwise for students, and who cannot be told it of.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// What is otherwise.
    pub(super) effects: Vec<Effect>,
    /// Who cannot be judged in both ways.
    pub(super) unjudged: BTreeSet<Text>,
}

/// Judges students as commits left the folder.
#[derive(Debug)]
pub(super) struct Judge<'p> {
    past: &'p Past<'p>,
    states: States,
    read: ReadTexts,
    files: HashMap<Text, Rc<BTreeSet<Text>>>,
}

impl<'p> Judge<'p> {
    /// A judge of a past.
    pub(super) fn new(past: &'p Past<'p>) -> Self {
        Self { past, states: States::default(), read: ReadTexts::default(), files: HashMap::new() }
    }

    /// What a record says after a commit, as far as it can be read; an empty one where it is gone.
    pub(super) fn record(&mut self, at: usize, path: &Text) -> Value {
        let state = self.states.at(self.past.revisions, at);
        let source = state.get(path).and_then(|id| self.past.read.source(path, id));
        source.as_ref().and_then(value_of).unwrap_or_else(|| Value::Object(Map::new()))
    }

    /// What is otherwise for students after a commit than it would be if some records said something else, judged as of
    /// the day of the commit.
    pub(super) fn effects(&mut self, at: usize, students: &BTreeSet<Text>, supposed: &[Supposed]) -> Judged {
        let (is, would_be) = (self.case(at, students, &[]), self.case(at, students, supposed));
        let (Some(day), Some(is), Some(would_be)) = (self.past.day(at), is, would_be) else {
            return Judged { effects: Vec::new(), unjudged: students.clone() };
        };
        let mut judged = Judged::default();
        for student in students {
            let was = Standing::of_student(&would_be, student, day);
            match (was, Standing::of_student(&is, student, day)) {
                (Some(was), Some(now)) => {
                    let of_student = now.effects(&was).into_iter();
                    judged.effects.extend(of_student.map(|what| Effect { student: student.clone(), what }));
                }
                _ => drop(judged.unjudged.insert(student.clone())),
            }
        }
        judged
    }

    /// Whether a student can be judged as a commit left the folder.
    pub(super) fn can_judge(&mut self, at: usize, student: &Text) -> bool {
        if !self.is_there(at, student) {
            return false;
        }
        let case = self.case(at, &BTreeSet::from([student.clone()]), &[]);
        case.is_some_and(|case| student_of(&case, student).is_some())
    }

    /// Whether a student has a record as a commit left the folder.
    pub(super) fn is_there(&mut self, at: usize, student: &Text) -> bool {
        let state = self.states.at(self.past.revisions, at);
        self.past.concerns.records_of(student).any(|path| state.contains_key(path))
    }

    /// All that the judgement of students can look at, as a commit left it, but for the records that are supposed to say
    /// something else; none where there is nothing to judge by.
    fn case(&mut self, at: usize, students: &BTreeSet<Text>, supposed: &[Supposed]) -> Option<Case> {
        let wanted: Vec<Rc<BTreeSet<Text>>> = students.iter().map(|student| self.files_of(student)).collect();
        let state = self.states.at(self.past.revisions, at);
        let (mut sources, mut ids): (Vec<Source>, Vec<Option<&str>>) = (Vec::new(), Vec::new());
        for (path, id) in state.iter().filter(|(path, _)| wanted.iter().any(|files| files.contains(*path))) {
            if let Some(content) = self.past.texts.get(id).filter(|_| supposed.iter().all(|one| one.path != *path)) {
                sources.push(Source { path: path.clone(), content: content.clone() });
                ids.push(Some(id));
            }
        }
        for Supposed { path, record } in supposed {
            let path = path.raw().rsplit_once('.').map_or(path.clone(), |(stem, _)| Text::new(format!("{stem}.toml")));
            sources.push(Source { path, content: Ok(Arc::new(written_value(record, Notation::Toml))) });
        }
        let case = Case::link(self.read.read(&sources, &ids), &sources, &|_| true);
        Some(case).filter(|case| case.records.gwp.is_some())
    }

    /// The records that the judgement of a student can look at.
    pub(super) fn files_of(&mut self, student: &Text) -> Rc<BTreeSet<Text>> {
        let files = || Rc::new(self.past.concerns.files_judged_with(student));
        Rc::clone(self.files.entry(student.clone()).or_insert_with(files))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days of a test are written in it")]
mod tests {
    use super::*;

    #[test]
    fn what_is_otherwise_than_it_was() {
        let day = |of_march| Day::new(2026, 3, of_march).unwrap();
        let standing = |status, parts: &[u32], sessions, meetings| Standing {
            statuses: vec![(Code::G4, status), (Code::G5, Status::Open)],
            parts: parts.iter().map(|of_march| (Code::G4, day(*of_march))).collect(),
            sessions,
            meetings,
        };
        let was = standing(Status::Query, &[3, 10], 7, 4);
        for (is, effects) in [
            (was.clone(), &[][..]),
            (standing(Status::Met, &[], 7, 4), &["+ G4 session-length was query, and became met"]),
            (
                standing(Status::Query, &[3], 7, 4),
                &["+ G4 session-length waited for a ruling on 10 March 2026, and does no more"],
            ),
            (standing(Status::Query, &[3, 10, 17], 7, 4), &["- G4 session-length waits for a ruling on 17 March 2026"]),
            // As many that are new are the same, of other days.
            (standing(Status::Query, &[4, 11], 7, 4), &[]),
            (standing(Status::Query, &[3, 10], 8, 4), &["+ 7 sessions counted, and then 8"]),
            (standing(Status::Query, &[3, 10], 7, 3), &["- 4 meetings of supervision counted, and then 3"]),
            (
                standing(Status::Action, &[3, 10], 6, 5),
                &[
                    "- G4 session-length was query, and became action",
                    "- 7 sessions counted, and then 6",
                    "+ 4 meetings of supervision counted, and then 5",
                ],
            ),
        ] {
            let told = |one: &EffectOn| format!("{} {}", if one.is_favourable() { '+' } else { '-' }, one.in_words());
            assert_eq!(is.effects(&was).iter().map(told).collect::<Vec<_>>(), effects);
        }
        for (from, to, is) in [
            (Status::Action, Status::Open, true),
            (Status::Query, Status::NotApplicable, true),
            (Status::Action, Status::Query, false),
            (Status::Open, Status::Met, false),
            (Status::Met, Status::Query, false),
        ] {
            assert_eq!(EffectOn::Status { code: Code::G4, from, to }.is_favourable(), is, "{from:?} {to:?}");
        }
    }
}
