//! The register of awards: who was recommended, and what was decided.

use serde_json::json;

use super::{Drawn, Register, raw};
use crate::calendar::Day;
use crate::records::{Body, Decision, Matter, Outcome};
use crate::reports::sheet::{Cell, Column, Sheet, counted};

/// The students about whose award something was decided, in order of id: the latest recommendation, the latest
/// decision of the SPC, and its ratification.
pub fn awards(drawn: Drawn<'_, '_>) -> Register {
    let mut sheet = Sheet::part("Awards", Vec::new()).with_columns([
        Column::flexible("Id", "student", 12),
        Column::flexible("Name", "name", 12),
        Column::fixed("Recommended", "recommended"),
        Column::fixed("Decided", "decided"),
        Column::fixed("Outcome", "outcome"),
        Column::fixed("Ratified", "ratified"),
        Column::below("Course", "course"),
    ]);
    let mut rows = Vec::new();
    for result in drawn.results {
        let Some(case) = result.case else { continue };
        let latest = |body: Body, of: &dyn Fn(Outcome) -> bool| -> Option<&Decision> {
            let taken = case.record.decision.iter().filter(|one| one.about == Matter::Award && one.date <= drawn.as_of);
            taken.filter(|one| one.body == body && of(one.outcome)).max_by_key(|one| one.date)
        };
        let recommended = latest(Body::Lcc, &|outcome| outcome == Outcome::Recommended).map(|one| one.date);
        let decision = latest(Body::Spc, &|_| true);
        let ratified = latest(Body::Ntm, &|outcome| outcome == Outcome::Ratified).map(|one| one.date);
        let decided: Option<Day> = decision.map(|one| one.date);
        let outcome = decision.map(|one| one.outcome.word());
        if recommended.is_none() && decision.is_none() && ratified.is_none() {
            continue;
        }
        sheet.row([
            Cell::Text((drawn.shown)(result.id)),
            Cell::maybe(result.name),
            Cell::day(recommended),
            Cell::day(decided),
            Cell::maybe(outcome),
            Cell::day(ratified),
            Cell::maybe(result.course),
        ]);
        rows.push(json!({
            "id": result.id.raw(),
            "name": raw(result.name),
            "course": raw(result.course),
            "recommended": recommended,
            "decided": decided,
            "outcome": outcome,
            "ratified": ratified,
        }));
    }
    let note = match rows.len() {
        0 => "No award is recommended or decided yet.".to_owned(),
        count => format!("{}.", counted(count, "student", "students")),
    };
    sheet.notes.push(note);
    Register::new("awards", sheet, rows)
}
