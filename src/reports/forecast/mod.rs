//! What can be expected of the students whose sessions are not complete.

mod row;
mod words;

use serde::{Serialize, Serializer};

use self::row::{Foreseen, columns_without};
use super::sheet::{Sheet, Tone};
use super::{Id, Report};
use crate::calendar::Day;
use crate::facts::Completion;
use crate::judgement::{Forecast, Pace, StudentResult, WhatIf};
use crate::text::Text;

/// The forecasts of one folder, collected one by one and written once, in the form that is asked for.
pub struct Forecasts<'a, 'w> {
    what_if: &'w WhatIf,
    as_of: Day,
    foreseen: Vec<Foreseen<'a>>,
}

impl<'a, 'w> Forecasts<'a, 'w> {
    /// No student yet.
    pub fn new(what_if: &'w WhatIf, as_of: Day) -> Self {
        Self { what_if, as_of, foreseen: Vec::new() }
    }

    /// Adds a student, in order of id. `folder` is the folder's name, where ids are shown with it.
    pub fn add(&mut self, folder: Option<&'a Text>, result: &StudentResult<'a>, forecast: Forecast<'a>) {
        let sentences = words::sentences(&forecast, self.what_if.pace, self.as_of);
        let id = Id::new(folder, result.id);
        self.foreseen.push(Foreseen::of(id, result, forecast, words::in_short(self.what_if), sentences));
    }
}

impl Serialize for Forecasts<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'f, 'a> {
            what_if: Option<Supposed>,
            students: &'f [Foreseen<'a>],
        }
        #[derive(Serialize)]
        struct Supposed {
            pace: Option<Pace>,
            breaks: Vec<Break>,
            lose: usize,
        }
        #[derive(Serialize)]
        struct Break {
            from: Day,
            until: Day,
        }
        let WhatIf { pace, breaks, lose } = self.what_if;
        let breaks = breaks.iter().map(|&(from, until)| Break { from, until }).collect();
        let supposed = Supposed { pace: *pace, breaks, lose: *lose };
        Fields { what_if: Some(supposed).filter(|_| !self.what_if.is_empty()), students: &self.foreseen }
            .serialize(serializer)
    }
}

impl Report for Forecasts<'_, '_> {
    /// Who runs a group, and who does not, each with those first who have the least time left.
    fn sheets(&self) -> Vec<Sheet> {
        let mut lead: Vec<String> = words::what_if(self.what_if).into_iter().collect();
        lead.push(words::SUPPOSED.to_owned());
        let mut part = Sheet::part(format!("Forecast as of {}", self.as_of), lead);
        if self.foreseen.is_empty() {
            part.notes.push("Nobody is to be forecast: no case that goes on has sessions still to come.".to_owned());
            return vec![part];
        }
        let (with, without): (Vec<_>, Vec<_>) = self.foreseen.iter().partition(|one| one.running);
        let mut sheets = vec![part, running(with, self.what_if.pace), self.not_running(without)];
        sheets.retain(|sheet| sheet.opens_part || !sheet.rows.is_empty());
        if let Some(last) = sheets.last_mut() {
            last.notes.push(FINAL_REPORT.to_owned());
        }
        sheets
    }

    /// One line per student, in order of id.
    fn data(&self) -> Sheet {
        Sheet::data(&columns_without(&[]), &self.foreseen)
    }
}

const FINAL_REPORT: &str = "The final report is a GWP Form 2 that arrives once the sessions are complete; one that is due \
    for a deadline will do, if it arrives from that day on.";

/// Who runs a group: sorted by the days left to the limit at the slower of the paces that there are. Whoever is not
/// complete on any day at one of them comes first, and who has no pace at all.
fn running(mut students: Vec<&Foreseen<'_>>, supposed: Option<Pace>) -> Sheet {
    let (heading, at) = match supposed {
        Some(_) => ("Supposed", "the pace supposed"),
        None => ("Declared", "the pace that the group declares"),
    };
    let slack = |one: &Foreseen<'_>| {
        let paces = [one.forecast.at_pace, one.forecast.at_pace_held].into_iter().flatten();
        paces.map(|completion| one.forecast.slack(Some(completion))).min().flatten()
    };
    students.sort_by_key(|one| (slack(one), one.id));
    let columns = columns_without(&["limit", "begin_weekly_by", "begin_fortnightly_by"]).into_iter();
    let columns: Vec<_> =
        columns.map(|column| if column.key() == "projected" { column.headed(heading) } else { column }).collect();
    let mut sheet = Sheet::new("With a running group").with_toned_rows(&columns, students, |one| {
        let is_late = |completion: Option<Completion>| match completion {
            Some(Completion::On(day)) => day > one.forecast.limit,
            Some(Completion::ArrangementEnds { .. } | Completion::Never) => true,
            None => false,
        };
        match (is_late(one.forecast.at_pace), is_late(one.forecast.at_pace_held)) {
            (true, _) => Tone::Bad,
            (false, true) => Tone::Waiting,
            (false, false) => Tone::Plain,
        }
    });
    sheet.notes = vec![
        format!("{heading}, held: the day of the last session that is required, at {at} and at the pace held so far."),
        "Slack: the days from there to the limit; below zero, after it.".to_owned(),
        format!("LCC: the earliest meeting listed at which the LCC can be asked to recommend, at {at}."),
    ];
    sheet
}

impl Forecasts<'_, '_> {
    /// Who runs none: sorted by the days left to begin one. Whoever can begin none on any day comes first.
    fn not_running(&self, mut students: Vec<&Foreseen<'_>>) -> Sheet {
        let left = |one: &Foreseen<'_>| one.last_day_to_begin().map(|day| self.as_of.days_to(day));
        students.sort_by_key(|one| (left(one), one.id));
        let columns = columns_without(&[
            "projected",
            "slack_days",
            "projected_at_pace_held",
            "slack_days_at_pace_held",
            "lcc_meeting",
        ]);
        let tone = |one: &Foreseen<'_>| if left(one).is_none_or(|left| left < 0) { Tone::Bad } else { Tone::Waiting };
        let mut sheet = Sheet::new("Without a running group").with_toned_rows(&columns, students, tone);
        sheet.notes = vec!["Weekly, fortnightly: the last day on which a new group at that pace can begin.".to_owned()];
        sheet
    }
}
