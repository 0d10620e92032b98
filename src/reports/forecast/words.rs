//! A forecast in sentences, each with the facts that it comes from.

use crate::calendar::Day;
use crate::edition::ordinal;
use crate::facts::{Completion, PaceHeld};
use crate::judgement::{Awaited, Beginning, Forecast, Held, NoMeeting, ObligationKind, Pace, Rest, WhatIf};
use crate::reports::sheet::counted;
use crate::reports::words::on_leave;
use crate::requirements::RHYTHM;

/// What every figure rests on.
pub(super) const SUPPOSED: &str = "This supposes that the sessions to come are held and count, that the reports \
    arrive, that queries are settled and that nothing lapses.";

/// What is supposed instead of what is recorded; none where nothing is.
pub(super) fn what_if(what_if: &WhatIf) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(what_if.pace.map(|pace| format!("every group is {}", pace.word())));
    parts.extend(what_if.breaks.iter().map(|(from, until)| format!("there is no session from {from} to {until}")));
    if what_if.lose > 0 {
        parts.push(counted(what_if.lose, "coming session is lost", "coming sessions are lost"));
    }
    (!parts.is_empty()).then(|| format!("What if: {}.", parts.join("; ")))
}

/// `pace weekly; break 2026-08-01..2026-08-31; lose 3`.
pub(super) fn in_short(what_if: &WhatIf) -> Option<String> {
    let mut parts: Vec<String> = what_if.pace.map(|pace| format!("pace {}", pace.word())).into_iter().collect();
    parts.extend(what_if.breaks.iter().map(|(from, until)| format!("break {}..{}", from.iso(), until.iso())));
    if what_if.lose > 0 {
        parts.push(format!("lose {}", what_if.lose));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// All that is said of a student. `supposed` is the pace that is supposed, where one is.
pub(super) fn sentences(forecast: &Forecast<'_>, supposed: Option<Pace>, as_of: Day) -> Vec<String> {
    let mut sentences = vec![sessions(forecast)];
    sentences.extend(forecast.leave.map(|until| format!("The student is {}.", on_leave(until))));
    sentences.extend(forecast.silence.map(|silence| format!("There was {silence} [{RHYTHM}].")));
    if let Some(rest) = forecast.rest {
        sentences.push(not_running(forecast, rest));
    } else {
        sentences.push(at_pace(forecast, supposed));
        sentences.push(at_pace_held(forecast));
    }
    sentences.extend(forecast.beginnings.iter().map(|one| beginning(forecast, *one, as_of)));
    sentences.push(reports(forecast));
    sentences.push(meeting(forecast, supposed));
    sentences
}

/// `14 of 30 sessions since 6 October 2025, the latest on 9 February 2026; the limit is 18 July 2028.`
fn sessions(forecast: &Forecast<'_>) -> String {
    let Forecast { counted: count, required, limit, .. } = forecast;
    let of_all = if forecast.together { ", all groups taken together" } else { "" };
    let sessions = match forecast.sessions {
        None => format!("No session counts yet, of {required}"),
        Some((first, _)) if *count == 1 => format!("1 of {required} sessions, on {first}"),
        Some((first, last)) => format!("{count} of {required} sessions since {first}, the latest on {last}"),
    };
    format!("{sessions}{of_all}; the limit is {limit}.")
}

fn at_pace(forecast: &Forecast<'_>, supposed: Option<Pace>) -> String {
    let declared = forecast.group.map_or("none", |group| group.log.frequency.word());
    match (supposed, forecast.pace) {
        (Some(pace), _) => {
            format!("If {} (declared: {declared}): {}.", pace.word(), completion(forecast, forecast.at_pace))
        }
        (None, Some(pace)) => format!("Declared {}: {}.", pace.word(), completion(forecast, forecast.at_pace)),
        (None, None) => format!(
            "The group's frequency is recorded as \"{declared}\", by which no day can be projected; \"--pace\" supposes \
             one."
        ),
    }
}

fn at_pace_held(forecast: &Forecast<'_>) -> String {
    match forecast.held {
        Held::TooFew => {
            format!("Fewer than {} counted sessions are too few to tell at what pace they are held.", Held::TELLING)
        }
        Held::OneDay => "All counted sessions are of one day, so no pace can be told from them.".to_owned(),
        Held::Every(pace) => format!(
            "Held one every {} days ({} in {}, not counting breaks): {}.",
            average(pace),
            days(pace.days),
            steps(pace),
            completion(forecast, forecast.at_pace_held)
        ),
    }
}

fn steps(pace: PaceHeld) -> String {
    counted(usize::try_from(pace.steps).unwrap_or(usize::MAX), "step", "steps")
}

/// How the last of the required sessions comes.
fn completion(forecast: &Forecast<'_>, completion: Option<Completion>) -> String {
    let number = ordinal(forecast.required);
    match completion {
        Some(Completion::On(day)) => {
            format!("the {number} session on {day}, {}", slack(day.days_to(forecast.limit)))
        }
        Some(Completion::ArrangementEnds { on, sessions }) => format!(
            "the arrangement ends before the {number} session, on {on}, with {sessions} of {} by then",
            forecast.required
        ),
        Some(Completion::Never) | None => format!("the {number} session comes on no day that the calendar has"),
    }
}

fn slack(left: i64) -> String {
    match left {
        0 => "on the last day of the limit".to_owned(),
        1.. => format!("{} before the limit", days(left)),
        _ => format!("{} after the limit", days(-left)),
    }
}

fn not_running(forecast: &Forecast<'_>, rest: Rest) -> String {
    let title = forecast.group.map(|group| format!(" with \"{}\"", group.log.title)).unwrap_or_default();
    match rest {
        Rest::LimitPassed => "The limit has passed, so nothing is projected.".to_owned(),
        Rest::NotBegun(day) => format!("No group is running: an arrangement begins on {day}."),
        Rest::Ended(day) => format!("No group is running: the arrangement{title} ended on {day}."),
        Rest::NothingArranged => "No group is running: none is arranged.".to_owned(),
    }
}

fn beginning(forecast: &Forecast<'_>, beginning: Beginning, as_of: Day) -> String {
    let pace = beginning.pace.word();
    let sessions = counted(beginning.sessions, "session", "sessions");
    let sessions = if forecast.together { format!("the {sessions} still needed") } else { format!("its {sessions}") };
    match beginning.last_day {
        None => format!("No new {pace} group can hold {sessions} within the limit."),
        Some(day) if day < as_of => {
            format!(
                "A new {pace} group had to begin by {day} to hold {sessions} within the limit: that day has passed."
            )
        }
        Some(day) => format!("A new {pace} group can begin up to {day} and hold {sessions} within the limit."),
    }
}

fn reports(forecast: &Forecast<'_>) -> String {
    let report = |report: &Awaited<'_>| {
        let (what, due) = (report.kind.what(), report.due);
        // Only of a line manager can there be several to report for the same day.
        let group = report.group.filter(|_| report.kind == ObligationKind::Gwp3);
        let group = group.map(|group| format!(" ({group})")).unwrap_or_default();
        let when = if report.overdue { "overdue, due on" } else { "by" };
        format!("{what}{group} {when} {due}")
    };
    let more = (forecast.more_reports > 0).then(|| counted(forecast.more_reports, "later one", "later ones"));
    let last = format!("the final {} once the sessions are complete", ObligationKind::Gwp2.what());
    let listed: Vec<_> = forecast.reports.iter().map(report).chain(more).chain([last]).collect();
    format!("Reports still to come: {}.", listed.join("; "))
}

/// The meeting at the pace that is reckoned with; and that at the pace held, where it is a later one or none.
fn meeting(forecast: &Forecast<'_>, supposed: Option<Pace>) -> String {
    let pace = match (forecast.at_pace, supposed) {
        (None, _) => "",
        (Some(_), None) => "At the declared pace ",
        (Some(_), Some(_)) => "At the supposed pace ",
    };
    let since = match forecast.ready {
        Some(day) if forecast.at_pace.and_then(Completion::day) == Some(day) => {
            format!("on or after the {} session on {day}", ordinal(forecast.required))
        }
        Some(day) => format!("on or after the end of the course on {day}"),
        None => String::new(),
    };
    let at_pace = match forecast.meeting {
        Ok(day) => format!("{pace}the LCC can be asked to recommend on {day}, its first meeting {since}"),
        Err(why) => {
            let why = if why == NoMeeting::NoneListed {
                format!("none is listed {since}")
            } else {
                no_meeting(why).to_owned()
            };
            let no = if pace.is_empty() { "No" } else { "no" };
            format!("{pace}{no} LCC meeting can be named at which to recommend: {why}")
        }
    };
    let is_earlier = |held: Day| forecast.meeting.is_ok_and(|day| held < day);
    let held = forecast.meeting_at_pace_held;
    let is_said = forecast.at_pace_held.is_some() && held != forecast.meeting && !held.is_ok_and(is_earlier);
    match held {
        _ if !is_said => format!("{at_pace}."),
        Ok(day) => format!("{at_pace}; at the pace held: {day}."),
        Err(why) => format!("{at_pace}; at the pace held: none, as {}.", no_meeting(why)),
    }
}

fn no_meeting(why: NoMeeting) -> &'static str {
    match why {
        NoMeeting::NotProjected => "no day can be projected for the last session",
        NoMeeting::AfterLimit => "the last session would be after the limit",
        NoMeeting::NoneListed => "none is listed from then on",
    }
}

/// `8.8`: the days from one session to the next, rounded to one decimal, a half upwards.
pub(super) fn average(pace: PaceHeld) -> String {
    let tenths = tenths(pace);
    format!("{}.{}", tenths / 10, tenths % 10)
}

pub(super) fn tenths(pace: PaceHeld) -> i64 {
    (20 * pace.days + pace.steps).div_euclid(2 * pace.steps)
}

fn days(count: i64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "day", "days")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_one_decimal() {
        for (days, steps, shown) in [(115, 13, "8.8"), (7, 1, "7.0"), (29, 4, "7.3"), (1, 30, "0.0"), (199, 20, "10.0")]
        {
            assert_eq!(average(PaceHeld { days, steps }), shown, "{days} / {steps}");
        }
    }
}
