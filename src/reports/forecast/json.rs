//! Forecasts as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Forecasts, Foreseen, words};
use crate::facts::Completion;
use crate::judgement::{Forecast, Held, NoMeeting, ObligationKind, Pace, WhatIf};
use crate::reports::document::{FolderPart, write_document, write_field, write_list};
use crate::text::Text;

/// Writes the document of the forecasts of folders.
pub fn write_forecast_json(
    folders: &[(FolderPart<'_>, &Forecasts<'_, '_>)],
    several: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let students = |_: &FolderPart<'_>, forecasts: &&Forecasts<'_, '_>, out: &mut dyn Write| {
        write_field("what_if", &what_if(forecasts.what_if), out)?;
        let students = forecasts.foreseen.iter().map(|one| student(one, &forecasts.sentences(&one.forecast)));
        write_list("students", students, out)
    };
    write_document(folders, several, &students, out)
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
fn student(one: &Foreseen<'_>, sentences: &[String]) -> Value {
    let forecast = &one.forecast;
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
        "id": one.id.raw(),
        "name": one.name.map(Text::raw),
        "course": one.course.map(Text::raw),
        "verdict": one.verdict.word(),
        "running": forecast.rest.is_none(),
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
        "more_reports": forecast.more_reports,
        "lcc_meeting": forecast.meeting.ok(),
        "no_lcc_meeting": forecast.meeting.err().map(NoMeeting::word),
        "lcc_meeting_at_pace_held": forecast.meeting_at_pace_held.ok(),
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

/// The reports that are owed and named, then the final one, which waits for the sessions.
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
