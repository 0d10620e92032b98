//! Which report is asked for, and of whom, where that is left open.

use std::fmt;

use crate::calendar::Day;
use crate::judgement::{Judgement, Obligation, ObligationKind, Person, Which};
use crate::records::Form;
use crate::text::{Text, any_of};

/// A report that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The day by which it is due.
    pub by_when: Day,
    /// The deadline that it answers; none for a report that answers none.
    pub due: Option<Day>,
    /// The id of the supervisor; for GWP Form 3 that of the group.
    pub of: Text,
    /// The name of whoever is asked.
    pub name: Text,
    /// The id of whoever is asked, where there is a record of them.
    pub id: Option<Text>,
}

/// Why a form cannot be made. Shown, it says what is unclear and what to do, and is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// What is unclear, as a sentence without a full stop.
    pub what: String,
    /// What to do.
    pub advice: String,
    /// Whether some reports are owed, and somebody can say which is meant.
    pub can_be_said: bool,
}

impl Unclear {
    /// What nobody can settle by saying more.
    pub(super) fn for_good(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what: what.into(), advice: advice.into(), can_be_said: false }
    }

    /// That one of these is to be said.
    fn which(what: String, of: &[&Asked]) -> Self {
        let choice = |one: &&Asked| format!("--due {} --by {}", one.by_when.iso(), one.of);
        let mut choices: Vec<_> = of.iter().map(choice).collect();
        choices.dedup();
        Self { what, advice: format!("say which is meant: {}", any_of(choices)), can_be_said: true }
    }
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.advice)
    }
}

impl std::error::Error for Unclear {}

/// How long before its deadline a report is asked for beside one that is late: as with reports that arrive, two months.
const MOST_AHEAD: i64 = 60;

/// The kind of obligation that a form answers.
pub(super) fn kind(form: Form) -> ObligationKind {
    match form {
        Form::Gwp2 => ObligationKind::Gwp2,
        Form::Wrg2 => ObligationKind::Wrg2,
        Form::Gwp3 => ObligationKind::Gwp3,
    }
}

impl Asked {
    /// The report that somebody owes; none where nobody does, or it is none.
    pub fn of_obligation(form: Form, obligation: &Obligation<'_>) -> Option<Self> {
        let Person { id, name, .. } = obligation.from.filter(|_| obligation.kind == kind(form))?;
        let by_when = obligation.due?;
        let answers_none = form == Form::Gwp3 || matches!(obligation.which, Which::Final(_));
        let of = if form == Form::Gwp3 { obligation.group? } else { id? };
        let due = Some(by_when).filter(|_| !answers_none);
        Some(Self { by_when, due, of: of.clone(), name: name.clone(), id: id.cloned() })
    }
}

/// The deadlines for which a form is owed.
pub fn deadlines(judgement: &Judgement<'_>, form: Form) -> Vec<Day> {
    let owed = judgement.papers_owed();
    let mut days: Vec<_> = owed.iter().filter_map(|one| Some(Asked::of_obligation(form, one)?.by_when)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The report that is meant: by this supervisor and for this day, where that is said. Otherwise the only one that is owed,
/// or the only late one where the next is far away, or the next where none is late.
pub fn asked(judgement: &Judgement<'_>, form: Form, due: Option<Day>, by: Option<&str>) -> Result<Asked, Unclear> {
    let owed = judgement.papers_owed();
    let mut all: Vec<Asked> = owed.iter().filter_map(|one| Asked::of_obligation(form, one)).collect();
    all.sort();
    all.dedup();
    let title = form.title();
    if all.is_empty() {
        let what = format!("no {title} is owed by anybody for {}", judgement.facts.case.record.name);
        return Err(Unclear::for_good(what, "\"gwp due\" lists what is owed"));
    }
    let is_meant = |one: &&Asked| {
        due.is_none_or(|due| one.by_when == due)
            && by.is_none_or(|by| {
                one.of.raw() == by || one.name.raw() == by || one.id.as_ref().is_some_and(|id| id.raw() == by)
            })
    };
    let meant: Vec<&Asked> = all.iter().filter(is_meant).collect();
    let as_of = judgement.facts.as_of;
    let near = |one: &&&Asked| as_of.days_to(one.by_when) <= MOST_AHEAD;
    let asked = match meant.as_slice() {
        [] => {
            let owed: Vec<_> = all.iter().map(|one| format!("for {} by {}", one.by_when, one.name)).collect();
            let what = format!("this {title} is not owed; owed is one {}", any_of(owed));
            return Err(Unclear::which(what, &all.iter().collect::<Vec<_>>()));
        }
        [only] => *only,
        several => match several.iter().filter(near).collect::<Vec<_>>().as_slice() {
            [] if several[0].by_when < several[1].by_when => several[0],
            [only] => *only,
            _ => {
                let owed: Vec<_> = several.iter().map(|one| format!("for {} by {}", one.by_when, one.name)).collect();
                let what = format!("{title} is owed {}", crate::text::all_of(owed));
                return Err(Unclear::which(what, several));
            }
        },
    };
    Ok(asked.clone())
}
