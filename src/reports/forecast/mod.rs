//! What can be expected of the students whose sessions are not complete.

mod json;
mod words;

pub use json::write_forecast_json;

use super::sheet::{Cell, Column, Sheet, Tone};
use crate::calendar::Day;
use crate::facts::Completion;
use crate::judgement::{Awaited, Forecast, Held, NoMeeting, Pace, StudentResult, Verdict, WhatIf};
use crate::text::Text;

/// The forecasts of one folder, collected one by one and written once, in the form that is asked for.
pub struct Forecasts<'a, 'w> {
    what_if: &'w WhatIf,
    as_of: Day,
    foreseen: Vec<Foreseen<'a>>,
}

/// A student with the forecast.
struct Foreseen<'a> {
    /// The id as it is shown in a run over several folders.
    shown_id: String,
    id: &'a Text,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    verdict: Verdict,
    forecast: Forecast<'a>,
}

/// One student's row, with what it is sorted by: the days left, then the id. None comes first.
struct Line {
    order: (Option<i64>, String),
    tone: Tone,
    cells: Vec<Cell>,
}

impl<'a, 'w> Forecasts<'a, 'w> {
    /// No student yet.
    pub fn new(what_if: &'w WhatIf, as_of: Day) -> Self {
        Self { what_if, as_of, foreseen: Vec::new() }
    }

    /// Adds a student, in order of id. `shown_id` is the id as it is shown.
    pub fn add(&mut self, shown_id: String, result: &StudentResult<'a>, forecast: Forecast<'a>) {
        let StudentResult { id, name, course, verdict, .. } = *result;
        self.foreseen.push(Foreseen { shown_id, id, name, course, verdict, forecast });
    }

    /// The tables for people: who runs a group, and who does not, each with those first who have the least time left.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut lead: Vec<String> = words::what_if(self.what_if).into_iter().collect();
        lead.push(words::SUPPOSED.to_owned());
        let mut part = Sheet::part(format!("Forecast as of {}", self.as_of), lead);
        if self.foreseen.is_empty() {
            part.notes.push("Nobody is to be forecast: no case that goes on has sessions still to come.".to_owned());
        }
        let mut sheets = vec![part];
        let is_running = |one: &&Foreseen<'_>| one.forecast.rest.is_none();
        let (with, without): (Vec<_>, Vec<_>) = self.foreseen.iter().partition(is_running);
        let parts: [(Vec<Line>, Sheet); 2] = [
            (with.into_iter().map(|one| self.running_line(one)).collect(), running(self.what_if.pace)),
            (without.into_iter().map(|one| self.resting_line(one)).collect(), not_running()),
        ];
        for (mut lines, mut sheet) in parts {
            lines.sort_by(|one, other| one.order.cmp(&other.order));
            for line in lines {
                sheet.toned_row(line.tone, line.cells);
            }
            if !sheet.rows.is_empty() {
                sheets.push(sheet);
            }
        }
        if let Some(last) = sheets.last_mut().filter(|_| !self.foreseen.is_empty()) {
            last.notes.push(FINAL_REPORT.to_owned());
        }
        sheets
    }

    /// Of whom runs a group: sorted by the days left to the limit at the slower of the paces that there are. Whoever is
    /// not complete on any day at one of them comes first, and who has no pace at all.
    fn running_line(&self, one: &Foreseen<'_>) -> Line {
        let forecast = &one.forecast;
        let is_late = |completion: Option<Completion>| match completion {
            Some(Completion::On(day)) => day > forecast.limit,
            Some(Completion::ArrangementEnds { .. } | Completion::Never) => true,
            None => false,
        };
        let tone = match (is_late(forecast.at_pace), is_late(forecast.at_pace_held)) {
            (true, _) => Tone::Bad,
            (false, true) => Tone::Waiting,
            (false, false) => Tone::Plain,
        };
        let paces = [forecast.at_pace, forecast.at_pace_held].into_iter().flatten();
        let least = paces.map(|completion| forecast.slack(Some(completion))).min().flatten();
        let cells = vec![
            Cell::text(one.name.unwrap_or(one.id)),
            sessions(forecast),
            projected(forecast.at_pace, "no pace"),
            Cell::number(forecast.slack(forecast.at_pace)),
            projected(forecast.at_pace_held, if forecast.held == Held::OneDay { "one day" } else { "too few" }),
            Cell::number(forecast.slack(forecast.at_pace_held)),
            meeting(forecast),
            Cell::Lines(self.sentences(forecast)),
        ];
        Line { order: (least, one.id.to_string()), tone, cells }
    }

    /// Of whom runs none: sorted by the days left to begin one. Whoever can begin none on any day comes first.
    fn resting_line(&self, one: &Foreseen<'_>) -> Line {
        let forecast = &one.forecast;
        let last_day = forecast.beginnings.iter().filter_map(|beginning| beginning.last_day).max();
        let left = last_day.map(|day| self.as_of.days_to(day));
        let tone = if left.is_none_or(|left| left < 0) { Tone::Bad } else { Tone::Waiting };
        let mut cells = vec![Cell::text(one.name.unwrap_or(one.id)), sessions(forecast), Cell::Day(forecast.limit)];
        cells.extend(Pace::ALL.map(|pace| begin_by(forecast, pace)));
        cells.push(Cell::Lines(self.sentences(forecast)));
        Line { order: (left, one.id.to_string()), tone, cells }
    }

    /// One line per student, in order of id, for a spreadsheet.
    pub fn data(&self) -> Sheet {
        let mut data = Sheet::new("Forecast").with_columns(DATA_KEYS.map(|key| Column::fixed(key, key)));
        for one in &self.foreseen {
            data.row(data_row(one, self.what_if));
        }
        data
    }

    fn sentences(&self, forecast: &Forecast<'_>) -> Vec<String> {
        words::sentences(forecast, self.what_if.pace, self.as_of)
    }
}

const FINAL_REPORT: &str = "The final report is a GWP Form 2 that arrives once the sessions are complete; one that is due \
    for a deadline will do, if it arrives from that day on.";

fn running(supposed: Option<Pace>) -> Sheet {
    let (pace, at) = match supposed {
        Some(_) => ("Supposed", "the pace supposed"),
        None => ("Declared", "the pace that the group declares"),
    };
    let mut sheet = Sheet::new("With a running group").with_columns([
        Column::flexible("Student", "student", 12),
        Column::fixed("Sessions", "sessions"),
        Column::fixed(pace, "projected"),
        Column::right("Slack", "slack_days"),
        Column::fixed("Held", "projected_at_pace_held"),
        Column::right("Slack", "slack_days_at_pace_held"),
        Column::fixed("LCC", "lcc_meeting"),
        Column::below_alone("Facts", "facts"),
    ]);
    sheet.notes = vec![
        format!("{pace}, held: the day of the last session that is required, at {at} and at the pace held so far."),
        "Slack: the days from there to the limit; below zero, after it.".to_owned(),
        format!("LCC: the earliest meeting listed at which the LCC can be asked to recommend, at {at}."),
    ];
    sheet
}

fn not_running() -> Sheet {
    let mut sheet = Sheet::new("Without a running group").with_columns([
        Column::flexible("Student", "student", 12),
        Column::fixed("Sessions", "sessions"),
        Column::fixed("Limit", "limit"),
        Column::fixed("Weekly", "begin_weekly_by"),
        Column::fixed("Fortnightly", "begin_fortnightly_by"),
        Column::below_alone("Facts", "facts"),
    ]);
    sheet.notes = vec!["Weekly, fortnightly: the last day on which a new group at that pace can begin.".to_owned()];
    sheet
}

fn projected(completion: Option<Completion>, without: &str) -> Cell {
    match completion {
        Some(Completion::On(day)) => Cell::Day(day),
        Some(Completion::ArrangementEnds { .. }) => Cell::text("ends first"),
        Some(Completion::Never) => Cell::text("never"),
        None => Cell::text(without),
    }
}

fn sessions(forecast: &Forecast<'_>) -> Cell {
    Cell::Text(format!("{}/{}", forecast.counted, forecast.required))
}

fn begin_by(forecast: &Forecast<'_>, pace: Pace) -> Cell {
    let beginning = forecast.beginnings.iter().find(|beginning| beginning.pace == pace);
    Cell::day(beginning.and_then(|beginning| beginning.last_day))
}

fn meeting(forecast: &Forecast<'_>) -> Cell {
    match forecast.meeting {
        Ok(day) => Cell::Day(day),
        Err(NoMeeting::NotProjected) => Cell::Empty,
        Err(NoMeeting::AfterLimit) => Cell::text("too late"),
        Err(NoMeeting::NoneListed) => Cell::text("none listed"),
    }
}

const DATA_KEYS: [&str; 28] = [
    "student",
    "name",
    "course",
    "verdict",
    "group",
    "running",
    "sessions_counted",
    "sessions_required",
    "first_session",
    "last_session",
    "limit",
    "declared_pace",
    "pace",
    "days_held",
    "steps_held",
    "pace_held",
    "projected",
    "slack_days",
    "projected_at_pace_held",
    "slack_days_at_pace_held",
    "arrangement_ends",
    "begin_weekly_by",
    "begin_fortnightly_by",
    "reports",
    "lcc_meeting",
    "no_lcc_meeting",
    "lcc_meeting_at_pace_held",
    "what_if",
];

fn data_row(one: &Foreseen<'_>, what_if: &WhatIf) -> [Cell; 28] {
    let forecast = &one.forecast;
    let held = match forecast.held {
        Held::Every(pace) => Some(pace),
        Held::TooFew | Held::OneDay => None,
    };
    let day = |completion: Option<Completion>| Cell::day(completion.and_then(Completion::day));
    let ends = [forecast.at_pace, forecast.at_pace_held].into_iter().find_map(|completion| match completion {
        Some(Completion::ArrangementEnds { on, .. }) => Some(on),
        _ => None,
    });
    let report = |report: &Awaited<'_>| {
        let state = if report.overdue { " overdue" } else { "" };
        format!("{} {}{state}", report.kind.word(), report.due.iso())
    };
    let more = (forecast.more_reports > 0).then(|| format!("{} more", forecast.more_reports));
    let reports = forecast.reports.iter().map(report).chain(more).chain(["gwp2 final".to_owned()]);
    [
        Cell::text(&one.shown_id),
        Cell::maybe(one.name),
        Cell::maybe(one.course),
        Cell::text(one.verdict.word()),
        Cell::maybe(forecast.group.map(|group| group.id)),
        Cell::yes_or_no(forecast.rest.is_none()),
        Cell::count(forecast.counted),
        Cell::count(forecast.required),
        Cell::day(forecast.sessions.map(|(first, _)| first)),
        Cell::day(forecast.sessions.map(|(_, last)| last)),
        Cell::Day(forecast.limit),
        Cell::maybe(forecast.declared.map(Pace::word)),
        Cell::maybe(forecast.pace.map(Pace::word)),
        Cell::number(held.map(|pace| pace.days)),
        Cell::number(held.map(|pace| pace.steps)),
        Cell::maybe(held.map(words::average)),
        day(forecast.at_pace),
        Cell::number(forecast.slack(forecast.at_pace)),
        day(forecast.at_pace_held),
        Cell::number(forecast.slack(forecast.at_pace_held)),
        Cell::day(ends),
        begin_by(forecast, Pace::Weekly),
        begin_by(forecast, Pace::Fortnightly),
        Cell::Lines(reports.collect()),
        Cell::day(forecast.meeting.ok()),
        Cell::maybe(forecast.meeting.err().map(NoMeeting::word)),
        Cell::day(forecast.meeting_at_pace_held.ok()),
        Cell::maybe(in_short(what_if)),
    ]
}

/// `pace = weekly; break 2026-08-01..2026-08-31; lose 3`.
fn in_short(what_if: &WhatIf) -> Option<String> {
    let mut parts: Vec<String> = what_if.pace.map(|pace| format!("pace {}", pace.word())).into_iter().collect();
    parts.extend(what_if.breaks.iter().map(|(from, until)| format!("break {}..{}", from.iso(), until.iso())));
    if what_if.lose > 0 {
        parts.push(format!("lose {}", what_if.lose));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}
