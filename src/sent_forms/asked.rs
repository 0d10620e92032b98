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
}

impl Unclear {
    /// Whether several reports are owed, and somebody can say which is meant.
    pub fn is_of_several(&self) -> bool {
        self.advice.starts_with(WHICH)
    }
}

/// What to do where several are owed.
const WHICH: &str = "say which is meant: ";

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
        let advice = "\"gwp due\" lists what is owed".to_owned();
        return Err(Unclear { what, advice });
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
            return Err(Unclear { what, advice: choices(&all.iter().collect::<Vec<_>>()) });
        }
        [only] => *only,
        several => match several.iter().filter(near).collect::<Vec<_>>().as_slice() {
            [] if several[0].by_when < several[1].by_when => several[0],
            [only] => *only,
            _ => {
                let owed: Vec<_> = several.iter().map(|one| format!("for {} by {}", one.by_when, one.name)).collect();
                let what = format!("{title} is owed {}", crate::text::all_of(owed));
                return Err(Unclear { what, advice: choices(several) });
            }
        },
    };
    Ok(asked.clone())
}

fn choices(of: &[&Asked]) -> String {
    let choice = |one: &&Asked| format!("--due {} --by {}", one.by_when.iso(), one.of);
    let mut choices: Vec<_> = of.iter().map(choice).collect();
    choices.dedup();
    format!("{WHICH}{}", any_of(choices))
}
