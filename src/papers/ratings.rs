//! The nine competencies over the reports, as a small grid.

use serde::Serialize;

use crate::calendar::Day;
use crate::facts::Facts;
use crate::records::{Competencies, Form, Rating};
use crate::reports::{Cell, Column, Sheet};
use crate::text::spaced;

/// A row for each competency, a column for each GWP Form 2 that has arrived.
#[derive(Debug, Serialize)]
pub struct Ratings {
    /// The days on which the reports arrived, in order and in words.
    reports: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    competency: String,
    /// The ratings, in the order of the reports.
    ratings: Vec<Rated>,
}

#[derive(Clone, Debug, Serialize)]
struct Rated {
    #[serde(skip)]
    day: Day,
    word: String,
    /// What the style calls it.
    class: &'static str,
}

impl Ratings {
    /// The ratings of a student; none where no report rates anything.
    pub fn of(facts: &Facts<'_>) -> Option<Self> {
        let mut reports: Vec<_> = facts.reports(Form::Gwp2).map(|(_, report)| report).collect();
        reports.sort_by_key(|report| report.received);
        let rated: Vec<(Day, [Option<Rating>; 9])> = reports
            .into_iter()
            .map(|report| (report.received, report.competencies.ratings()))
            .filter(|(_, ratings)| ratings.iter().any(Option::is_some))
            .collect();
        let row = |(position, key): (usize, &&str)| {
            let rating = |(day, ratings): &(Day, [Option<Rating>; 9])| {
                let word = ratings[position].map(Rating::word);
                let class = word.unwrap_or("not-rated");
                Rated { day: *day, word: spaced(class), class }
            };
            Row { competency: spaced(key), ratings: rated.iter().map(rating).collect() }
        };
        let rows = Competencies::KEYS.iter().enumerate().map(row).collect();
        let reports: Vec<_> = rated.iter().map(|(day, _)| day.to_string()).collect();
        (!reports.is_empty()).then_some(Self { reports, rows })
    }

    /// The ratings as a table with a line for each competency.
    pub fn sheet(&self) -> Sheet {
        let columns = [
            Column::flexible("Competency", "competency", 16, |row: &&Row| row.competency.as_str().into()),
            Column::flexible("Ratings, report by report", "ratings", 24, |row| {
                Cell::listed(row.ratings.iter().map(|one| format!("{}: {}", one.day, one.word)))
            }),
        ];
        Sheet::new("Competencies").with_rows(&columns, &self.rows.iter().collect::<Vec<_>>())
    }
}
