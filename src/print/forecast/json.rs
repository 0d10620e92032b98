//! Forecasts as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Forecasts, words};
use crate::calendar::Day;
use crate::facts::Completion;
use crate::judgement::{Forecast, Held, NoMeeting, ObligationKind, Pace, Standing, WhatIf};
use crate::print::json::{PROGRAM, VERSION, VariationJson, write_value};
use crate::records::Variation;
use crate::text::Text;

/// The forecasts of one folder, ready to be written.
pub struct ForecastReport<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// The day of judgement.
    pub as_of: Day,
    /// The edition.
    pub scheme: &'static str,
    /// The variations in force.
    pub variations: &'r [&'r Variation],
    /// The ids of students who could not be judged.
    pub unjudged: Vec<&'r Text>,
    /// The forecasts.
    pub forecasts: &'r Forecasts<'r>,
}

/// Writes the document over one folder, or over several.
pub fn write_forecast_json(reports: &[ForecastReport<'_>], several: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
    if several {
        out.write_all(b",\"folders\":[")?;
    }
    for (position, report) in reports.iter().enumerate() {
        if several {
            out.write_all(if position == 0 { b"\n{\"folder\":" } else { b",\n{\"folder\":" })?;
            write_value(report.name.raw(), out)?;
        }
        report.write(out)?;
        if several {
            out.write_all(b"}")?;
        }
    }
    out.write_all(if several { b"\n]}\n" } else { b"}\n" })
}

impl ForecastReport<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b",\"as_of\":")?;
        write_value(&self.as_of, out)?;
        out.write_all(b",\"scheme\":")?;
        write_value(self.scheme, out)?;
        out.write_all(b",\"variations\":")?;
        write_value(&self.variations.iter().map(|one| VariationJson::of(one)).collect::<Vec<_>>(), out)?;
        out.write_all(b",\"unknown\":")?;
        write_value(&self.unjudged.iter().map(|id| id.raw()).collect::<Vec<_>>(), out)?;
        out.write_all(b",\"what_if\":")?;
        write_value(&what_if(self.forecasts.what_if), out)?;
        out.write_all(b",\n\"students\":[")?;
        for (position, student) in self.forecasts.rows.iter().enumerate() {
            out.write_all(if position == 0 { b"\n" } else { b",\n" })?;
            write_value(student, out)?;
        }
        out.write_all(b"]")
    }
}

fn what_if(what_if: &WhatIf) -> Value {
    if what_if.is_empty() {
        return Value::Null;
    }
    let breaks = what_if.breaks.iter().map(|(from, until)| json!({ "from": from, "until": until }));
    json!({
        "pace": what_if.pace.map(Pace::word),
        "breaks": breaks.collect::<Vec<_>>(),
        "lose": what_if.lose,
    })
}

/// A student, with the sentences that are said.
pub(super) fn student(standing: &Standing<'_>, forecast: &Forecast<'_>, sentences: &[String]) -> Value {
    let held = match forecast.held {
        Held::Every(pace) => Some(json!({
            "days": pace.days,
            "steps": pace.steps,
            "average": tenths_as_number(words::tenths(pace)),
        })),
        Held::TooFew | Held::OneDay => None,
    };
    let beginnings = forecast.beginnings.iter().map(|beginning| {
        json!({ "pace": beginning.pace.word(), "sessions": beginning.sessions, "last_day": beginning.last_day })
    });
    json!({
        "id": standing.id.raw(),
        "name": standing.name.map(Text::raw),
        "course": standing.course.map(Text::raw),
        "verdict": standing.verdict.word(),
        "running": forecast.running,
        "group": forecast.group.map(|group| group.id.raw()),
        "sessions": {
            "counted": forecast.counted,
            "required": forecast.required,
            "first": forecast.sessions.map(|(first, _)| first),
            "last": forecast.sessions.map(|(_, last)| last),
        },
        "limit": forecast.limit,
        "pace": {
            "declared": forecast.declared.map(Pace::word),
            "used": forecast.pace.map(Pace::word),
            "held": held,
        },
        "at_pace": projection(forecast, forecast.at_pace),
        "at_pace_held": projection(forecast, forecast.at_pace_held),
        "new_group": beginnings.collect::<Vec<_>>(),
        "reports": reports(forecast),
        "lcc_meeting": forecast.meeting.ok(),
        "no_lcc_meeting": forecast.meeting.err().map(NoMeeting::word),
        "sentences": sentences,
    })
}

/// The number of tenths as a number with one decimal.
fn tenths_as_number(tenths: i64) -> Value {
    let decimal = format!("{}.{}", tenths / 10, tenths % 10);
    decimal.parse::<f64>().map_or(Value::Null, Value::from)
}

fn projection(forecast: &Forecast<'_>, completion: Option<Completion>) -> Value {
    let Some(completion) = completion else { return Value::Null };
    let (ends, sessions) = match completion {
        Completion::ArrangementEnds { on, sessions } => (Some(on), Some(sessions)),
        Completion::On(_) | Completion::Never => (None, None),
    };
    json!({
        "projected": completion.day(),
        "slack_days": forecast.slack(Some(completion)),
        "arrangement_ends": ends,
        "sessions_by_then": sessions,
    })
}

/// The reports that deadlines wait for, then the final one, which waits for the sessions.
fn reports(forecast: &Forecast<'_>) -> Vec<Value> {
    let awaited = forecast.reports.iter().map(|report| {
        json!({
            "kind": report.kind.word(),
            "due": report.due,
            "overdue": report.overdue,
            "final": false,
            "group": report.group.map(Text::raw),
        })
    });
    let last = json!({
        "kind": ObligationKind::Gwp2.word(),
        "due": null,
        "overdue": false,
        "final": true,
        "group": null,
    });
    awaited.chain([last]).collect()
}
