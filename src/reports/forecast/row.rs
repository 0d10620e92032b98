//! A student with the forecast, as tables and programs are told it.

use serde::Serialize;

use super::words::{average, tenths};
use crate::calendar::Day;
use crate::facts::{Completion, PaceHeld};
use crate::judgement::{Awaited, Beginning, Forecast, Held, NoMeeting, ObligationKind, Pace, StudentResult, Verdict};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, for_people};
use crate::text::Text;

/// A student with the forecast: the fields are those of JSON, and [`columns_without`] gives those of the tables.
#[derive(Serialize)]
pub(super) struct Foreseen<'a> {
    pub(super) id: Id<'a>,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    verdict: Verdict,
    pub(super) running: bool,
    group: Option<&'a Text>,
    sessions: Sessions,
    limit: Day,
    pace: Paces,
    at_pace: Option<Projection>,
    at_pace_held: Option<Projection>,
    new_group: Vec<NewGroup>,
    reports: Vec<ReportToCome<'a>>,
    more_reports: usize,
    lcc_meeting: Option<Day>,
    no_lcc_meeting: Option<NoMeeting>,
    lcc_meeting_at_pace_held: Option<Day>,
    sentences: Vec<String>,
    #[serde(skip)]
    pub(super) forecast: Forecast<'a>,
    /// What is supposed, where the table of all is told without its lead.
    #[serde(skip)]
    what_if: Option<String>,
}

#[derive(Serialize)]
struct Sessions {
    counted: usize,
    required: usize,
    first: Option<Day>,
    last: Option<Day>,
}

#[derive(Serialize)]
struct Paces {
    declared: Option<Pace>,
    used: Option<Pace>,
    held: Option<HeldAt>,
}

/// The pace held so far.
#[derive(Serialize)]
struct HeldAt {
    days: i64,
    steps: i64,
    /// Rounded to one decimal.
    average: Option<f64>,
}

/// When the last of the sessions comes at a pace.
#[derive(Serialize)]
struct Projection {
    projected: Option<Day>,
    slack_days: Option<i64>,
    arrangement_ends: Option<Day>,
    sessions_by_then: Option<usize>,
}

#[derive(Serialize)]
struct NewGroup {
    pace: Pace,
    sessions: usize,
    last_day: Option<Day>,
}

#[derive(Serialize)]
struct ReportToCome<'a> {
    kind: ObligationKind,
    due: Option<Day>,
    overdue: bool,
    #[serde(rename = "final")]
    is_final: bool,
    group: Option<&'a Text>,
}

/// The columns without some, in the order of a spreadsheet.
pub(super) fn columns_without<'a>(left_out: &[&str]) -> Vec<Column<Foreseen<'a>>> {
    let mut columns = vec![
        for_people(Column::flexible("Student", "student", 12, |row: &Foreseen<'a>| {
            row.name.map_or_else(|| Cell::text(row.id), Cell::from)
        })),
        Column::data("student", |row| Cell::text(row.id)),
        Column::data("name", |row| row.name.into()),
        Column::data("course", |row| row.course.into()),
        Column::data("verdict", |row| row.verdict.word().into()),
        Column::data("group", |row| row.group.into()),
        Column::data("running", |row| row.running.into()),
        for_people(Column::fixed("Sessions", "sessions", |row| {
            format!("{}/{}", row.sessions.counted, row.sessions.required).into()
        })),
        Column::data("sessions_counted", |row| row.sessions.counted.into()),
        Column::data("sessions_required", |row| row.sessions.required.into()),
        Column::data("first_session", |row| row.sessions.first.into()),
        Column::data("last_session", |row| row.sessions.last.into()),
        Column::fixed("Limit", "limit", |row| row.limit.into()),
        Column::data("declared_pace", |row| row.pace.declared.map(Pace::word).into()),
        Column::data("pace", |row| row.pace.used.map(Pace::word).into()),
        Column::data("days_held", |row| row.pace.held.as_ref().map(|held| held.days).into()),
        Column::data("steps_held", |row| row.pace.held.as_ref().map(|held| held.steps).into()),
        Column::data("pace_held", |row| held(&row.forecast).map(average).into()),
        for_people(Column::fixed("Declared", "projected", |row| projected(row.forecast.at_pace, "no pace"))),
        Column::data("projected", |row| row.at_pace.as_ref().and_then(|one| one.projected).into()),
        Column::right("Slack", "slack_days", |row| row.at_pace.as_ref().and_then(|one| one.slack_days).into()),
        for_people(Column::fixed("Held", "projected_at_pace_held", |row| {
            projected(row.forecast.at_pace_held, if row.forecast.held == Held::OneDay { "one day" } else { "too few" })
        })),
        Column::data("projected_at_pace_held", |row| row.at_pace_held.as_ref().and_then(|one| one.projected).into()),
        Column::right("Slack", "slack_days_at_pace_held", |row| {
            row.at_pace_held.as_ref().and_then(|one| one.slack_days).into()
        }),
        Column::data("arrangement_ends", |row| {
            [&row.at_pace, &row.at_pace_held].into_iter().flatten().find_map(|one| one.arrangement_ends).into()
        }),
        Column::fixed("Weekly", "begin_weekly_by", |row| row.begin_by(Pace::Weekly).into()),
        Column::fixed("Fortnightly", "begin_fortnightly_by", |row| row.begin_by(Pace::Fortnightly).into()),
        Column::data("reports", |row| Cell::lines(row.reports())),
        for_people(Column::fixed("LCC", "lcc_meeting", |row| meeting(&row.forecast))),
        Column::data("lcc_meeting", |row| row.lcc_meeting.into()),
        Column::data("no_lcc_meeting", |row| row.no_lcc_meeting.map(NoMeeting::word).into()),
        Column::data("lcc_meeting_at_pace_held", |row| row.lcc_meeting_at_pace_held.into()),
        Column::data("what_if", |row| Cell::maybe(row.what_if.as_ref())),
        for_people(Column::below_alone("Facts", "facts", |row| Cell::lines(row.sentences.iter().cloned()))),
    ];
    columns.retain(|column| !left_out.contains(&column.key()));
    columns
}

impl<'a> Foreseen<'a> {
    /// A student, with what is supposed and all that is said.
    pub(super) fn of(
        id: Id<'a>,
        result: &StudentResult<'a>,
        forecast: Forecast<'a>,
        what_if: Option<String>,
        sentences: Vec<String>,
    ) -> Self {
        let held = held(&forecast).map(|pace| HeldAt {
            days: pace.days,
            steps: pace.steps,
            average: format!("{}.{}", tenths(pace) / 10, tenths(pace) % 10).parse().ok(),
        });
        let new_group = |one: &Beginning| NewGroup { pace: one.pace, sessions: one.sessions, last_day: one.last_day };
        Self {
            id,
            name: result.name,
            course: result.course,
            verdict: result.verdict,
            running: forecast.rest.is_none(),
            group: forecast.group.map(|group| group.id),
            sessions: Sessions {
                counted: forecast.counted,
                required: forecast.required,
                first: forecast.sessions.map(|(first, _)| first),
                last: forecast.sessions.map(|(_, last)| last),
            },
            limit: forecast.limit,
            pace: Paces { declared: forecast.declared, used: forecast.pace, held },
            at_pace: Projection::of(&forecast, forecast.at_pace),
            at_pace_held: Projection::of(&forecast, forecast.at_pace_held),
            new_group: forecast.beginnings.iter().map(new_group).collect(),
            reports: forecast.reports.iter().map(ReportToCome::of).chain([ReportToCome::FINAL]).collect(),
            more_reports: forecast.more_reports,
            lcc_meeting: forecast.meeting.ok(),
            no_lcc_meeting: forecast.meeting.err(),
            lcc_meeting_at_pace_held: forecast.meeting_at_pace_held.ok(),
            sentences,
            forecast,
            what_if,
        }
    }

    /// The last day on which a new group can begin, at any pace.
    pub(super) fn last_day_to_begin(&self) -> Option<Day> {
        self.new_group.iter().filter_map(|one| one.last_day).max()
    }

    fn begin_by(&self, pace: Pace) -> Option<Day> {
        self.new_group.iter().find(|one| one.pace == pace)?.last_day
    }

    /// The reports that are owed and named, how many more there are, and the final one, which waits for the sessions.
    fn reports(&self) -> Vec<String> {
        let named = |report: &ReportToCome<'_>| match report.due {
            Some(due) if report.overdue => format!("{} {} overdue", report.kind.word(), due.iso()),
            Some(due) => format!("{} {}", report.kind.word(), due.iso()),
            None => format!("{} final", report.kind.word()),
        };
        let mut reports: Vec<_> = self.reports.iter().map(named).collect();
        if self.more_reports > 0 {
            reports.insert(reports.len().saturating_sub(1), format!("{} more", self.more_reports));
        }
        reports
    }
}

impl Projection {
    fn of(forecast: &Forecast<'_>, completion: Option<Completion>) -> Option<Self> {
        let (arrangement_ends, sessions_by_then) = match completion? {
            Completion::ArrangementEnds { on, sessions } => (Some(on), Some(sessions)),
            Completion::On(_) | Completion::Never => (None, None),
        };
        let (projected, slack_days) = (completion?.day(), forecast.slack(completion));
        Some(Self { projected, slack_days, arrangement_ends, sessions_by_then })
    }
}

impl<'a> ReportToCome<'a> {
    const FINAL: Self = Self { kind: ObligationKind::Gwp2, due: None, overdue: false, is_final: true, group: None };

    fn of(report: &Awaited<'a>) -> Self {
        let Awaited { kind, due, overdue, group, .. } = *report;
        Self { kind, due: Some(due), overdue, is_final: false, group }
    }
}

fn held(forecast: &Forecast<'_>) -> Option<PaceHeld> {
    match forecast.held {
        Held::Every(pace) => Some(pace),
        Held::TooFew | Held::OneDay => None,
    }
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
