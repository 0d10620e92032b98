//! What a concern and a query have to do with each other: a report is about the time since the one before it.

use super::{AgendaPart, Matter};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::Report;
use crate::requirements::raising_concerns;
use crate::text::all_of;

/// The requirements whose queries are dated by the day on which something happened, or should have.
const OF_A_DAY: [Code; 5] = [Code::G3, Code::G4, Code::S5, Code::S6, Code::S7];

/// Says of each query and of each concern of one student which of the others is of the same time.
pub(super) fn relate(matters: &mut [Matter<'_>], facts: &Facts<'_>) {
    for (_, report) in raising_concerns(facts) {
        let is_its_concern = |one: &Matter<'_>| {
            one.part == AgendaPart::Concerns && one.date == Some(report.received) && one.form == Some(report.form)
        };
        if !matters.iter().any(is_its_concern) {
            continue;
        }
        let since = before(facts, report);
        let is_of_its_time = |day: Day| day <= report.received && since.is_none_or(|since| since < day);
        let mut queries = Vec::new();
        for matter in &mut *matters {
            let is_query = matter.part == AgendaPart::Queries && OF_A_DAY.contains(&matter.code);
            let days: Vec<_> = matter.days().filter(|day| is_query && is_of_its_time(*day)).collect();
            if !days.is_empty() {
                matter.details.push(format!("see also the concern in {}, which is about this time", named(report)));
                queries.push(format!("{} ({}), {}", matter.code.subject(), matter.code, all_of(days)));
            }
        }
        let see_also = format!("see also the query of the time that it is about: {}", all_of(&queries));
        for matter in matters.iter_mut().filter(|one| !queries.is_empty() && is_its_concern(one)) {
            matter.details.push(see_also.clone());
        }
    }
}

/// `GWP Form 2 of 29 January 2026`.
fn named(report: &Report) -> String {
    format!("{} of {}", report.form.title(), report.received)
}

/// The day of the report on the same form before it.
fn before(facts: &Facts<'_>, report: &Report) -> Option<Day> {
    facts.reports(report.form).map(|(_, one)| one.received).filter(|day| *day < report.received).max()
}
