//! What somebody owes by the meeting, or what others have still to decide.

use super::super::due::{owed_by, what};
use super::{AgendaPart as Part, Matter, awards};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::judgement::{Obligation, ObligationKind, Which};
use crate::requirements::RATIFICATION;

/// What somebody owes, where the committee is told of it; `then` are the days from which to which it is told what falls due.
/// `matter` begins one about the student.
pub(super) fn owed_by_then<'a>(
    obligation: &Obligation<'a>,
    facts: &Facts<'a>,
    then: (Day, Day),
    matter: &dyn Fn(Part, Code, Option<Day>, String) -> Matter<'a>,
) -> Option<Matter<'a>> {
    let Obligation { kind, due, .. } = obligation;
    let code = obligation.code()?;
    // What the committee decides on itself stands above.
    let is_above = matches!(kind, ObligationKind::LccDecision | ObligationKind::ArrangementApproval);
    let is_by_then = !is_above && due.is_some_and(|due| then.0 <= due && due <= then.1);
    let from = Some(owed_by(obligation));
    Some(match kind {
        ObligationKind::Ratification => {
            matter(Part::Ratifications, RATIFICATION, awards::approved_on(facts), obligation.why.clone())
        }
        ObligationKind::Condition => {
            let condition = match obligation.which {
                Which::Condition(approved, number) => Some((approved, number)),
                _ => None,
            };
            Matter { from, condition, ..matter(Part::Conditions, code, *due, obligation.why.clone()) }
        }
        _ if is_by_then => Matter { from, ..matter(Part::Due, code, *due, what(obligation, Some(facts.case))) },
        _ => return None,
    })
}
