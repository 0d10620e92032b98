//! The register of awards: who was recommended, and what was decided.

use serde::Serialize;

use super::{Drawn, Register};
use crate::calendar::Day;
use crate::records::{Body, Decision, Matter, Outcome};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::Text;

/// A student about whose award something was decided.
#[derive(Serialize)]
struct Award<'a> {
    id: Id<'a>,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    recommended: Option<Day>,
    decided: Option<Day>,
    outcome: Option<&'static str>,
    ratified: Option<Day>,
}

fn columns<'a>() -> Vec<Column<Award<'a>>> {
    vec![
        Column::flexible("Id", "student", 12, |award| Cell::text(award.id)),
        Column::flexible("Name", "name", 12, |award| award.name.into()),
        Column::fixed("Recommended", "recommended", |award| award.recommended.into()),
        Column::fixed("Decided", "decided", |award| award.decided.into()),
        Column::fixed("Outcome", "outcome", |award| award.outcome.into()),
        Column::fixed("Ratified", "ratified", |award| award.ratified.into()),
        Column::below("Course", "course", |award| award.course.into()),
    ]
}

/// The students about whose award something was decided, in order of id: the latest recommendation, the latest
/// decision of the SPC, and its ratification.
pub fn awards(drawn: Drawn<'_, '_>) -> Register {
    let mut awards = Vec::new();
    for result in drawn.results {
        let Some(case) = result.case else { continue };
        let latest = |body: Body, of: &dyn Fn(Outcome) -> bool| -> Option<&Decision> {
            let taken = case.record.decision.iter().filter(|one| one.about == Matter::Award && one.date <= drawn.as_of);
            taken.filter(|one| one.body == body && of(one.outcome)).max_by_key(|one| one.date)
        };
        let recommended = latest(Body::Lcc, &|outcome| outcome == Outcome::Recommended);
        let decision = latest(Body::Spc, &|_| true);
        let ratified = latest(Body::Ntm, &|outcome| outcome == Outcome::Ratified);
        if recommended.or(decision).or(ratified).is_none() {
            continue;
        }
        awards.push(Award {
            id: Id::new(drawn.folder, result.id),
            name: result.name,
            course: result.course,
            recommended: recommended.map(|one| one.date),
            decided: decision.map(|one| one.date),
            outcome: decision.map(|one| one.outcome.word()),
            ratified: ratified.map(|one| one.date),
        });
    }
    let words = ("Awards", "student", "students");
    let mut register = Register::new("awards", words, &columns(), &awards, |_| Tone::Plain);
    if awards.is_empty() {
        register.sheet.notes = vec!["No award is recommended or decided yet.".to_owned()];
    }
    register
}
