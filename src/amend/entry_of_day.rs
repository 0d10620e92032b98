//! What a log says of a day already, and what becomes of that.
//!
//! A plan is evidence of nothing: what happened takes its place. What was held or cancelled stays, and all that can be
//! added is what such an entry does not say in any way.

use super::clash::{Clash, place};
use super::event::Event;
use super::new_value::{NewTable, NewValue, agrees, is_within, lacking};
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
        return Err(Clash::Contradiction { date, at: [held, cancelled] });
    }
    let known = |(index, there): &(usize, LogEntry<'_>)| (*index, Event::of_entry(*there));
    let of_day: Vec<_> = of_day.iter().map(known).collect();
    let stands = |there: &Event| Standing::of(there, event, log.usual_mode(), is_to_come);
    let same = of_day.iter().find(|(_, there)| matches!(stands(there), Standing::Same));
    let Some((index, there)) = same.or(of_day.first()) else {
        let position = log.entries().rposition(|entry| entry.date() < date).map_or(0, |before| before + 1);
        return Ok(Change::Into { list: Path::of("sessions"), position, entry: NewValue::Table(event.said()) });
    };
    let (list, position) = (Path::of("sessions"), *index);
    match stands(there) {
        Standing::More(entry) => Ok(Change::Instead { list, position, entry: NewValue::Table(entry) }),
        Standing::Same => {
            let what = there.with_absent();
            Err(Clash::There { what, at: place(position).into(), is_same: true, now: None })
        }
        Standing::Otherwise(entry) => {
            let now = Dispute {
                what: event.whole_sentence(log.usual_mode()),
                change: Change::Instead { list, position, entry: NewValue::Table(entry) },
            };
            let what = there.whole_sentence(log.usual_mode());
            Err(Clash::There { what, at: place(position).into(), is_same: false, now: Some(Box::new(now)) })
        }
    }
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
            (false, false) if is_plan => Self::of_plan(&there, &now),
            (true, true) | (false, false) => Self::of_what_happened(&there, now, usual),
        }
    }

    fn of_plan(there: &NewTable, now: &NewTable) -> Self {
        let firm = there.clone().only(|key| !is_estimated(key));
        let entry = now.clone().and(kept(there, now, |key| key != "planned"));
        match agrees(now, &firm) {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use crate::amend::{Event, Recorded, Refusal, amend_when};
    use crate::calendar::Day;
    use crate::records::{Meeting, Mode, Session};
    use crate::text::{Notation, Text};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn session(date: &str) -> Session {
        Session { date: day(date), minutes: Some(90), ..Session::default() }
    }

    fn cancelled(date: &str) -> Session {
        Session { minutes: None, cancelled: Some(Text::new("ill")), ..session(date) }
    }

    fn log(entry: &str) -> String {
        format!(
            "kind = \"group\"\ntitle = \"T\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"other\"\n\
             frequency = \"weekly\"\nconductors = []\nsessions = [\n  {{ {entry} }},\n]\n"
        )
    }

    /// What becomes of an entry: what it says then, `same`, or what stands against it and what would have to be written.
    fn becomes(entry: &str, now: Session, recorded: Recorded) -> String {
        let made = amend_when(Notation::Toml, &log(entry), &Event::Session(now), recorded);
        told(made.map(|amended| amended.text))
    }

    fn told(made: Result<String, Refusal>) -> String {
        match made {
            Ok(text) => {
                let line = text.lines().find(|line| line.trim_start().starts_with(['-', '{'])).unwrap();
                line.trim().trim_start_matches("{ ").trim_end_matches(" },").to_owned()
            }
            Err(Refusal::AlreadyThere { line: 9 | 6, .. }) => "same".to_owned(),
            Err(Refusal::Otherwise { line: 9 | 6, typed: Some(typed), .. }) => format!("not {}", typed.lines.join(" ")),
            Err(refusal) => panic!("{refusal:?}"),
        }
    }

    fn since(entry: &str, now: Session) -> String {
        becomes(entry, now, Recorded::Since)
    }

    #[test]
    fn a_plan_gives_way_to_what_happened() {
        let plan = "date = 2026-10-06, minutes = 90, planned = true";
        let at = "2026-10-06";
        assert_eq!(since(plan, session(at)), "date = 2026-10-06, minutes = 90");
        let shorter = Session { minutes: Some(60), present: Some(0), ..session(at) };
        assert_eq!(since(plan, shorter), "date = 2026-10-06, minutes = 60, present = 0");
        assert_eq!(since(plan, cancelled(at)), "date = 2026-10-06, cancelled = \"ill\"");
        let again = Session { planned: true, ..session(at) };
        assert_eq!(since(plan, again.clone()), "same");
        let other = Session { minutes: Some(75), ..again };
        assert_eq!(since(plan, other), "date = 2026-10-06, minutes = 75, planned = true");
    }

    #[test]
    fn what_a_plan_says_besides_stays() {
        let at = "2026-10-06";
        let plan = "date = 2026-10-06, minutes = 90, planned = true, absent = [\"a\"], notes = \"room 2\"";
        assert_eq!(since(plan, session(at)), "date = 2026-10-06, minutes = 90, absent = [\"a\"], notes = \"room 2\"");
        assert_eq!(since(plan, cancelled(at)), "date = 2026-10-06, cancelled = \"ill\", notes = \"room 2\"");
        // Who is known to be away is no estimate.
        let other = Session { absent: vec![Text::new("b")], ..session(at) };
        let not = "not { date = 2026-10-06, minutes = 90, absent = [\"b\"], notes = \"room 2\" },";
        assert_eq!(since(plan, other), not);
    }

    #[test]
    fn before_its_day_an_entry_is_a_plan() {
        let at = "2026-10-06";
        let ahead = |entry: &str, now: Session| becomes(entry, now, Recorded::Ahead);
        let (bare, planned) = ("date = 2026-10-06, minutes = 90", Session { planned: true, ..session(at) });
        assert_eq!(ahead(bare, planned.clone()), "date = 2026-10-06, minutes = 90, planned = true");
        assert_eq!(ahead(bare, cancelled(at)), "date = 2026-10-06, cancelled = \"ill\"");
        assert_eq!(since(bare, cancelled(at)), "not { date = 2026-10-06, cancelled = \"ill\" },");
        assert_eq!(since(bare, planned.clone()), "not { date = 2026-10-06, minutes = 90, planned = true },");
        // What was cancelled is no plan.
        let off = "date = 2026-10-06, cancelled = \"ill\"";
        assert_eq!(ahead(off, planned), "not { date = 2026-10-06, minutes = 90, planned = true },");
        assert_eq!(ahead(off, cancelled(at)), "same");
    }

    #[test]
    fn what_happened_can_only_come_to_say_what_it_leaves_open() {
        let (at, held) = ("2026-10-06", "date = 2026-10-06, minutes = 90");
        assert_eq!(since(held, session(at)), "same");
        let seven = Session { present: Some(7), ..session(at) };
        assert_eq!(since(held, seven.clone()), "date = 2026-10-06, minutes = 90, present = 7");
        let (online, notes) = (true, Some(Text::new("long")));
        let more = Session { online, notes, ..seven.clone() };
        let all = "date = 2026-10-06, minutes = 90, online = true, present = 7, notes = \"long\"";
        assert_eq!(since(held, more), all);
        assert_eq!(since(all, seven.clone()), "same");
        for (now, not) in [
            (Session { present: Some(0), ..session(at) }, "date = 2026-10-06, minutes = 90, present = 0"),
            (
                Session { absent: vec![Text::new("a")], ..seven.clone() },
                "date = 2026-10-06, minutes = 90, present = 7, absent = [\"a\"]",
            ),
            (Session { minutes: Some(60), ..seven.clone() }, "date = 2026-10-06, minutes = 60, present = 7"),
        ] {
            assert_eq!(since(held, now), format!("not {{ {not} }},"));
        }
        assert_eq!(
            since(all, Session { present: Some(8), ..session(at) }),
            format!("not {{ {} }},", all.replace('7', "8"))
        );
        let off = "date = 2026-10-06, cancelled = \"ill\"";
        let with_flu = Session { notes: Some(Text::new("flu")), ..cancelled(at) };
        assert_eq!(since(off, with_flu), "date = 2026-10-06, cancelled = \"ill\", notes = \"flu\"");
        let strike = Session { cancelled: Some(Text::new("strike")), ..cancelled(at) };
        assert_eq!(since(off, strike), "not { date = 2026-10-06, cancelled = \"strike\" },");
    }

    #[test]
    fn without_a_mode_a_meeting_took_place_as_usual() {
        let calls = |entry: &str, now: Meeting| {
            let text = format!(
                "kind: supervision\nsupervisor: k\nsupervisees: []\nmode: telephone\nsessions:\n  - {{ {entry} }}\n"
            );
            told(amend_when(Notation::Yaml, &text, &Event::Meeting(now), Recorded::Since).map(|amended| amended.text))
        };
        let date = day("2026-10-06");
        let meeting = |mode| Meeting { date, minutes: Some(60), mode, ..Meeting::default() };
        let held = "date: 2026-10-06, minutes: 60";
        assert_eq!(calls(held, meeting(Some(Mode::Telephone))), "same");
        let video = meeting(Some(Mode::Video));
        assert_eq!(calls(held, video.clone()), "not - { date: 2026-10-06, minutes: 60, mode: video }");
        let joint = Meeting { joint: true, ..meeting(None) };
        assert_eq!(calls(held, joint), "not - { date: 2026-10-06, minutes: 60, joint: true }");
        let by_video = "date: 2026-10-06, minutes: 60, mode: video";
        assert_eq!(calls(by_video, meeting(None)), "same");
        let usual = calls(by_video, meeting(Some(Mode::Telephone)));
        assert_eq!(usual, "not - { date: 2026-10-06, minutes: 60, mode: telephone }");
        let planned = "date: 2026-10-06, minutes: 60, mode: telephone, planned: true";
        assert_eq!(calls(planned, video), "- { date: 2026-10-06, minutes: 60, mode: video }");
    }

    #[test]
    fn of_several_entries_of_a_day_one_can_say_it() {
        let two = "date = 2026-10-06, minutes = 90, present = 7 },\n  { date = 2026-10-06, minutes = 60, present = 3";
        let three = Session { minutes: Some(60), present: Some(3), ..session("2026-10-06") };
        let made = amend_when(Notation::Toml, &log(two), &Event::Session(three), Recorded::Since);
        assert!(matches!(made, Err(Refusal::AlreadyThere { line: 10, .. })), "{made:?}");
        let four = Session { present: Some(4), ..session("2026-10-06") };
        let made = amend_when(Notation::Toml, &log(two), &Event::Session(four), Recorded::Since);
        assert!(matches!(made, Err(Refusal::Otherwise { line: 9, .. })), "{made:?}");
    }

    #[test]
    fn two_that_contradict_each_other_are_named() {
        let (held, off) = ("date = 2026-10-06, minutes = 90", "date = 2026-10-06, cancelled = \"ill\"");
        for two in [format!("{held} }},\n  {{ {off}"), format!("{off} }},\n  {{ {held}, planned = true")] {
            for now in [session("2026-10-06"), cancelled("2026-10-06")] {
                let made = amend_when(Notation::Toml, &log(&two), &Event::Session(now), Recorded::Since);
                assert_eq!(made, Err(Refusal::Contradicted { date: day("2026-10-06"), lines: [9, 10] }));
            }
            let other = amend_when(Notation::Toml, &log(&two), &Event::Session(session("2026-10-13")), Recorded::Since);
            assert!(other.is_ok(), "{other:?}");
        }
    }
}
