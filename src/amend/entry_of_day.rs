//! What a log says of a day already, and what becomes of that.
//!
//! A plan is evidence of nothing: what happened takes its place. What was held or cancelled stays, and all that can be
//! added is what such an entry does not say in any way.

use super::already_recorded::{Clash, agrees, is_within, lacking};
use super::event::Event;
use super::new_value::{NewTable, NewValue};
use super::{Change, Dispute};
use crate::calendar::Day;
use crate::records::{LogEntry, Mode, SessionLog};
use crate::text::Path;

/// What a plan only estimates: it can come otherwise.
const ESTIMATED: [&str; 3] = ["planned", "minutes", "mode"];

/// The change that a session or a meeting is to its log: an entry in the order of dates, or more about the one of the
/// day. An entry of a day that is still to come is a plan, whatever it says.
pub(super) fn of_log(log: &SessionLog, event: &Event, is_to_come: bool) -> Result<Change, Clash> {
    let date = match (log, event) {
        (SessionLog::Group(_), Event::Session(session)) => session.date,
        (SessionLog::Supervision(_), Event::Meeting(meeting)) => meeting.date,
        _ => return Err(Clash::OtherKind),
    };
    let of_day: Vec<_> = log.entries().enumerate().filter(|(_, entry)| entry.date() == date).collect();
    if let Some((held, cancelled)) = contradiction(log, date) {
        return Err(Clash::Contradiction { date, at: [held, cancelled].map(place) });
    }
    let known = |(index, there): &(usize, LogEntry<'_>)| (*index, Event::of_entry(*there));
    let of_day: Vec<_> = of_day.iter().map(known).collect();
    let stands = |there: &Event| Standing::of(there, event, log.usual_mode(), is_to_come);
    let same = of_day.iter().find(|(_, there)| matches!(stands(there), Standing::Same));
    let Some((index, there)) = same.or(of_day.first()) else {
        let position = log.entries().rposition(|entry| entry.date() < date).map_or(0, |before| before + 1);
        return Ok(Change::Into { list: "sessions", position, entry: event.said() });
    };
    let (list, position) = ("sessions", *index);
    match stands(there) {
        Standing::More(entry) => Ok(Change::Instead { list, position, entry }),
        Standing::Same => Err(Clash::There { what: there.sentence(), at: place(position), is_same: true, now: None }),
        Standing::Otherwise(entry) => {
            let now = Dispute {
                what: event.whole_sentence(log.usual_mode()),
                change: Change::Instead { list, position, entry },
            };
            let what = there.whole_sentence(log.usual_mode());
            Err(Clash::There { what, at: place(position), is_same: false, now: Some(Box::new(now)) })
        }
    }
}

fn place(index: usize) -> Path {
    Path::of("sessions").index(index)
}

/// The positions of two entries of a day of which one is cancelled and the other is not: nobody knows what is right.
pub fn contradiction(log: &SessionLog, date: Day) -> Option<(usize, usize)> {
    let first = |is_cancelled: bool| {
        log.entries().position(|entry| entry.date() == date && entry.cancelled().is_some() == is_cancelled)
    };
    first(false).zip(first(true))
}

/// Whether what is said goes beyond a held entry that does not say it, and takes nothing from it. Without a mode it took
/// place as usual, without `absent` everybody was there, and somebody came where nobody counted; all that is open is
/// how many came, and what is never judged.
pub fn is_left_open(key: &str, is_zero: bool) -> bool {
    match key {
        "present" => !is_zero,
        "online" | "notes" => true,
        _ => false,
    }
}

/// Whether a plan leaves it open how that will be.
pub fn is_estimated(key: &str) -> bool {
    ESTIMATED.contains(&key)
}

/// How what is said stands to the entry of the day.
enum Standing {
    /// It says nothing new.
    Same,
    /// It says more: what the entry is to say.
    More(NewTable),
    /// It says something else: what the entry would have to say.
    Otherwise(NewTable),
}

impl Standing {
    fn of(there: &Event, now: &Event, usual: Option<Mode>, is_to_come: bool) -> Self {
        let (there, now) = (there.said(), now.said());
        let is_cancelled = |one: &NewTable| one.get("cancelled").is_some();
        let is_plan = there.get("planned").is_some() || is_to_come;
        match (is_cancelled(&there), is_cancelled(&now)) {
            (false, true) => {
                let entry = now.clone().and(kept(&there, &now, |key| key == "notes"));
                if is_plan { Self::More(entry) } else { Self::Otherwise(entry) }
            }
            (true, false) => Self::Otherwise(now.clone().and(kept(&there, &now, |key| key == "notes"))),
            (false, false) if is_plan => Self::of_plan(&there, now),
            (true, true) | (false, false) => Self::of_what_happened(&there, now, usual),
        }
    }

    fn of_plan(there: &NewTable, now: NewTable) -> Self {
        let firm = there.clone().only(|key| !is_estimated(key));
        let entry = now.clone().and(kept(there, &now, |key| key != "planned"));
        match agrees(&now, &firm) {
            true if entry == *there => Self::Same,
            true => Self::More(entry),
            false => Self::Otherwise(entry),
        }
    }

    fn of_what_happened(there: &NewTable, mut now: NewTable, usual: Option<Mode>) -> Self {
        let is_usual =
            |value: &NewValue| matches!((value, usual), (NewValue::Text(mode), Some(usual)) if mode == usual.word());
        now.said.retain(|(key, value)| !(*key == "mode" && there.get(key).is_none() && is_usual(value)));
        if is_within(&now, there) {
            return Self::Same;
        }
        let is_zero = |value: &NewValue| *value == NewValue::Number(0);
        let is_more = |(key, value): &(&str, NewValue)| there.get(key).is_some() || is_left_open(key, is_zero(value));
        let entry = now.clone().and(kept(there, &now, |_| true));
        if agrees(&now, there) && now.said.iter().all(is_more) && lacking(&now, there).is_some() {
            Self::More(entry)
        } else {
            Self::Otherwise(entry)
        }
    }
}

/// What an entry says and the new one does not, at such keys.
fn kept(there: &NewTable, now: &NewTable, is_kept: impl Fn(&str) -> bool) -> Vec<(&'static str, NewValue)> {
    let stays = |(key, _): &&(&'static str, NewValue)| now.get(key).is_none() && is_kept(key);
    there.said.iter().filter(stays).cloned().collect()
}
