//! The eligibility table of a paper: in words where a terminal has marks.

use super::super::sheet::{Column, for_people};
use super::{Progress, StudentRow};
use crate::judgement::SessionFigures;
use crate::records::Rating;
use crate::requirements::Status;

/// What the columns of a paper say, which has no use for marks that save room on a terminal.
pub(super) const LEGEND: [&str; 3] = [
    "Complete: the day on which the last session that is needed is expected, or \"done\".",
    "Supervision: how many meetings count up to this day; behind: the next one is late; a query: the committee judges a \
     lapse. What is found about supervision goes up to the last session that is needed, so it can name fewer.",
    "Reports: of those that were due, how many arrived; what was due in a time of leave is not counted. Competent: how \
     many of the nine competencies are rated so.",
];

/// The columns for people, in words that need no legend where there is room for them.
pub(super) fn columns<'a>() -> Vec<Column<StudentRow<'a>>> {
    let in_words = |column: Column<StudentRow<'a>>| match column.key() {
        "sessions" => for_people(Column::fixed("Sessions", "sessions", |row: &StudentRow<'a>| {
            let of = |SessionFigures { counted, required, .. }: &SessionFigures<'_>| {
                if counted > required {
                    format!("{counted} ({required} needed)")
                } else {
                    format!("{counted} of {required}")
                }
            };
            row.still_asked(row.sessions.as_ref()).map(of).into()
        })),
        "arrangements" => for_people(Column::fixed("Arrangements", "arrangements", |row: &StudentRow<'a>| {
            let is_open = row.verdict.goes_on();
            row.still_asked(row.progress.as_ref()).map(|one| stage_in_words(one.arrangements, is_open)).into()
        })),
        "supervision" => for_people(Column::fixed("Supervision", "supervision", |row: &StudentRow<'a>| {
            // Of a closed case nothing is late any more, and nobody has a query.
            let (late, query) = if row.verdict.goes_on() { (", behind", ", a query") } else { ("", "") };
            row.still_asked(row.supervision(late, query)).into()
        })),
        "reports" => for_people(Column::fixed("Reports", "reports", |row: &StudentRow<'a>| {
            row.still_asked(row.progress.as_ref()).map(|one| format!("{} of {}", one.reports.0, one.reports.1)).into()
        })),
        "competencies" => for_people(Column::fixed("Competent", "competencies", |row: &StudentRow<'a>| {
            let is_competent = |rating: &&Option<Rating>| **rating == Some(Rating::Competent);
            let count = |one: &Progress| one.ratings.iter().filter(is_competent).count();
            let is_rated = |one: &Progress| one.ratings.iter().any(Option::is_some);
            let said = |one: &Progress| {
                if is_rated(one) {
                    format!("{} of {}", count(one), one.ratings.len())
                } else {
                    "not rated yet".to_owned()
                }
            };
            row.still_asked(row.progress.as_ref()).map(said).into()
        })),
        _ => column,
    };
    super::columns().into_iter().filter(|column| !column.is_data()).map(in_words).collect()
}

/// How far the arrangements have come: the first step that is not there, or that all are.
fn stage_in_words(arrangements: [Status; 4], is_open: bool) -> String {
    const STEPS: [&str; 4] = ["Form 1", "confirmation", "approval", "ratification"];
    let next = arrangements.into_iter().zip(STEPS).find(|(status, _)| *status != Status::Met);
    match next {
        None => "ratified".to_owned(),
        Some((_, step)) if !is_open => format!("{step} not there"),
        Some((Status::Query, step)) => format!("{step}: a query"),
        Some((Status::Action | Status::Failed, step)) => format!("{step} missing"),
        Some((_, step)) => format!("{step} to come"),
    }
}
