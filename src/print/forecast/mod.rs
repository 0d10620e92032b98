//! What can be expected of the students whose sessions are not complete.

mod json;
mod words;

pub use json::write_forecast_json;

use serde_json::Value;

use super::sheet::{Cell, Column, Sheet, Tone};
use crate::calendar::Day;
use crate::facts::Completion;
use crate::judgement::{Awaited, Forecast, Held, NoMeeting, Pace, Standing, WhatIf};

/// The forecasts of one folder, collected one by one.
pub struct Forecasts<'w> {
    what_if: &'w WhatIf,
    as_of: Day,
    running: Vec<Line>,
    not_running: Vec<Line>,
    data: Sheet,
    /// The same as objects, with text as it was written.
    rows: Vec<Value>,
}

/// One student's row, with what it is sorted by: the days left to the limit at the slower of the two paces. What cannot
/// be projected comes first.
struct Line {
    order: (Option<i64>, String),
    tone: Tone,
    cells: Vec<Cell>,
}

impl<'w> Forecasts<'w> {
    /// No student yet.
    pub fn new(what_if: &'w WhatIf, as_of: Day) -> Self {
        let data = Sheet::new("Forecast").with_columns(DATA_KEYS.map(|key| Column::fixed(key, key)));
        Self { what_if, as_of, running: Vec::new(), not_running: Vec::new(), data, rows: Vec::new() }
    }

    /// Adds a student. `id` is the id as it is shown.
    pub fn add(&mut self, id: String, standing: &Standing<'_>, forecast: &Forecast<'_>) {
        let sentences = words::sentences(forecast, self.what_if.pace, self.as_of);
        self.rows.push(json::student(standing, forecast, &sentences));
        self.data.row(data(id, standing, forecast, self.what_if));
        let name = Cell::text(standing.name.unwrap_or(standing.id));
        let sessions = Cell::Text(format!("{}/{}", forecast.counted, forecast.required));
        let order = |days: Option<i64>| (days, standing.id.to_string());
        if forecast.running {
            let (slack, slack_held) = (forecast.slack(forecast.at_pace), forecast.slack(forecast.at_pace_held));
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
            let least = if forecast.at_pace.is_some() && slack.is_none() {
                None
            } else {
                slack.into_iter().chain(slack_held).min()
            };
            let cells = vec![
                name,
                sessions,
                projected(forecast.at_pace, "no pace"),
                Cell::number(slack),
                projected(forecast.at_pace_held, if forecast.held == Held::OneDay { "one day" } else { "too few" }),
                Cell::number(slack_held),
                meeting(forecast),
                Cell::Lines(sentences),
            ];
            self.running.push(Line { order: order(least), tone, cells });
        } else {
            let begin_by = |pace: Pace| {
                let beginning = forecast.beginnings.iter().find(|beginning| beginning.pace == pace);
                beginning.map_or(Cell::Empty, |beginning| Cell::day(beginning.last_day))
            };
            let last_day = forecast.beginnings.iter().filter_map(|beginning| beginning.last_day).max();
            let left = last_day.map(|day| self.as_of.days_to(day));
            let tone = if left.is_none_or(|left| left < 0) { Tone::Bad } else { Tone::Waiting };
            let mut cells = vec![name, sessions, Cell::Day(forecast.limit)];
            cells.extend(Pace::ALL.map(begin_by));
            cells.push(Cell::Lines(sentences));
            self.not_running.push(Line { order: order(left), tone, cells });
        }
    }

    /// The tables for people: who runs a group, and who does not, each with those first who have the least time left.
    pub fn sheets(mut self) -> Vec<Sheet> {
        let mut lead: Vec<String> = words::what_if(self.what_if).into_iter().collect();
        lead.push(words::SUPPOSED.to_owned());
        let mut part = Sheet::part(format!("Forecast as of {}", self.as_of), lead);
        if self.rows.is_empty() {
            part.notes.push("Nobody is to be forecast: no case that goes on has sessions still to come.".to_owned());
        }
        let mut sheets = vec![part];
        for (lines, mut sheet) in
            [(&mut self.running, running(self.what_if.pace)), (&mut self.not_running, not_running())]
        {
            lines.sort_by(|one, other| one.order.cmp(&other.order));
            for line in lines.drain(..) {
                sheet.toned_row(line.tone, line.cells);
            }
            if !sheet.rows.is_empty() {
                sheets.push(sheet);
            }
        }
        if let Some(last) = sheets.last_mut().filter(|_| !self.rows.is_empty()) {
            last.notes.push(FINAL_REPORT.to_owned());
        }
        sheets
    }

    /// One line per student, in order of id, for a spreadsheet.
    pub fn data(self) -> Sheet {
        self.data
    }
}

const FINAL_REPORT: &str = "The final report is a GWP Form 2 that arrives once the sessions are complete; one that is due \
    for a deadline will do, if it arrives from that day on.";

fn running(supposed: Option<Pace>) -> Sheet {
    let pace = if supposed.is_some() { "Supposed" } else { "Declared" };
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
        format!(
            "{pace}, held: the day of the last session that is required, at the pace {} and at the pace held so far.",
            if supposed.is_some() { "supposed" } else { "that the group declares" }
        ),
        "Slack: the days from there to the limit; below zero, after it.".to_owned(),
        "LCC: the earliest meeting listed at which the LCC can be asked to recommend.".to_owned(),
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

fn meeting(forecast: &Forecast<'_>) -> Cell {
    match forecast.meeting {
        Ok(day) => Cell::Day(day),
        Err(NoMeeting::NotProjected) => Cell::Empty,
        Err(NoMeeting::AfterLimit) => Cell::text("too late"),
        Err(NoMeeting::NoneListed) => Cell::text("none listed"),
    }
}

const DATA_KEYS: [&str; 27] = [
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
    "what_if",
];

fn data(id: String, standing: &Standing<'_>, forecast: &Forecast<'_>, what_if: &WhatIf) -> [Cell; 27] {
    let held = match forecast.held {
        Held::Every(pace) => Some(pace),
        Held::TooFew | Held::OneDay => None,
    };
    let day = |completion: Option<Completion>| Cell::day(completion.and_then(Completion::day));
    let ends = [forecast.at_pace, forecast.at_pace_held].into_iter().find_map(|completion| match completion {
        Some(Completion::ArrangementEnds { on, .. }) => Some(on),
        _ => None,
    });
    let begin_by = |pace: Pace| {
        let beginning = forecast.beginnings.iter().find(|beginning| beginning.pace == pace);
        Cell::day(beginning.and_then(|beginning| beginning.last_day))
    };
    let report = |report: &Awaited<'_>| {
        let state = if report.overdue { " overdue" } else { "" };
        format!("{} {}{state}", report.kind.word(), report.due.iso())
    };
    let (meeting, no_meeting) = (forecast.meeting.ok(), forecast.meeting.err());
    [
        Cell::Text(id),
        Cell::maybe(standing.name),
        Cell::maybe(standing.course),
        Cell::text(standing.verdict.word()),
        Cell::maybe(forecast.group.map(|group| group.id)),
        Cell::yes_or_no(forecast.running),
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
        begin_by(Pace::Weekly),
        begin_by(Pace::Fortnightly),
        Cell::Lines(forecast.reports.iter().map(report).chain(["gwp2 final".to_owned()]).collect()),
        Cell::day(meeting),
        Cell::maybe(no_meeting.map(NoMeeting::word)),
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
