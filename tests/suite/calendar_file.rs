//! The calendar of `gwp due --format ics`, read by another library.

#![allow(clippy::unwrap_used, reason = "a calendar that cannot be read is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use ical::parser::ical::component::IcalEvent;
use serde_json::Value;

use crate::program::Program;

/// One event, as the other library reads it.
struct Event(IcalEvent);

impl Event {
    fn get(&self, name: &str) -> &str {
        let of_name: Vec<_> = self.0.properties.iter().filter(|property| property.name == name).collect();
        assert_eq!(of_name.len(), 1, "{name} stands once: {:?}", self.0);
        of_name[0].value.as_deref().unwrap_or_default()
    }

    fn is_cancelled(&self) -> bool {
        self.get("STATUS") == "CANCELLED"
    }
}

fn calendar(arguments: &str) -> (String, BTreeMap<String, Event>) {
    let ran = Program::at_the_top().run(&format!("due {arguments} --format ics"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    let mut calendars: Vec<_> = ical::IcalParser::new(ran.out.as_bytes()).collect();
    assert_eq!(calendars.len(), 1);
    let events = calendars.remove(0).unwrap().events;
    let count = events.len();
    let named: BTreeMap<_, _> =
        events.into_iter().map(Event).map(|event| (event.get("UID").to_owned(), event)).collect();
    assert_eq!(named.len(), count, "no UID stands twice");
    (ran.out, named)
}

fn items(arguments: &str) -> Vec<Value> {
    let ran = Program::at_the_top().run(&format!("due {arguments} --format json"));
    ran.json()["items"].as_array().unwrap().clone()
}

const LONDON: &str = "examples/london --as-of 2026-02-10";

#[test]
fn it_holds_what_is_owed_on_the_same_days() {
    let (_, events) = calendar(LONDON);
    let standing: BTreeSet<_> = events
        .iter()
        .filter(|(_, event)| !event.is_cancelled())
        .map(|(uid, event)| (uid.clone(), event.get("DTSTART").to_owned()))
        .collect();
    let expected: BTreeSet<_> = items(LONDON)
        .iter()
        .map(|item| {
            let word = |key: &str| item[key].as_str().unwrap();
            (format!("gwp/{}/{}", word("course"), word("key")), word("due").replace('-', ""))
        })
        .collect();
    assert_eq!(standing, expected);
    assert!(events.len() > expected.len(), "what is done is there as cancelled");
}

#[test]
fn every_event_is_a_whole_day_with_alarms_while_it_is_to_come() {
    let (text, events) = calendar(LONDON);
    for (uid, event) in &events {
        for name in ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS"] {
            assert!(!event.get(name).is_empty(), "{uid}: {name}");
        }
        let is_date = |name: &str| {
            let property = event.0.properties.iter().find(|property| property.name == name).unwrap();
            let value = property.params.as_ref().unwrap().iter().find(|(name, _)| name == "VALUE").unwrap();
            assert_eq!(value.1, ["DATE"], "{uid}: {name}");
            chrono::NaiveDate::parse_from_str(event.get(name), "%Y%m%d").unwrap()
        };
        assert_eq!((is_date("DTEND") - is_date("DTSTART")).num_days(), 1, "{uid}");
        let is_to_come = !event.is_cancelled() && event.get("DTSTART") >= "20260210";
        assert_eq!(event.0.alarms.len(), if is_to_come { 2 } else { 0 }, "{uid}");
    }
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
}

#[test]
fn what_is_done_is_cancelled_and_what_moves_keeps_its_name() {
    let (_, before) = calendar("tests/cases/base --as-of 2026-01-28");
    let (_, after) = calendar("tests/cases/base --as-of 2026-01-29");
    let report = "gwp/york-2025/robin-ashby/gwp2/2026-1";
    assert!(!before[report].is_cancelled());
    assert!(after[report].is_cancelled());
    let supervision = "gwp/york-2025/robin-ashby/supervision";
    let (_, later) = calendar("tests/cases/base --as-of 2026-02-05");
    assert_eq!(before[supervision].get("DTSTART"), "20260212");
    assert_eq!(later[supervision].get("DTSTART"), "20260226");
    let number = |event: &Event| event.get("SEQUENCE").parse::<u32>().unwrap();
    assert_eq!(number(&before[supervision]) + 1, number(&after[supervision]));
    // Nothing that a calendar was once given is left in it without a word.
    assert!(before.keys().filter(|uid| !uid.contains("/lcc-meeting/")).all(|uid| after.contains_key(uid)));
    let left = Program::at_the_top().run("check tests/cases/base --as-of 2026-07-14 --format json").json();
    assert_eq!(left["students"][0]["verdict"], "ready");
    let (_, ready) = calendar("tests/cases/base --as-of 2026-07-14");
    assert!(ready.values().all(Event::is_cancelled));
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    assert_eq!(calendar(LONDON).0, calendar(LONDON).0);
}

#[test]
fn a_calendar_for_a_person_or_a_student() {
    let (_, all) = calendar(LONDON);
    let (_, hers) = calendar(&format!("{LONDON} --from leonie-hardcastle"));
    let standing: Vec<_> = hers.values().filter(|event| !event.is_cancelled()).collect();
    assert_eq!(standing.len(), items(&format!("{LONDON} --from leonie-hardcastle")).len());
    for (uid, event) in hers.iter().filter(|(_, event)| !event.is_cancelled()) {
        assert_eq!(event.get("DTSTART"), all[uid].get("DTSTART"));
        assert!(event.get("DESCRIPTION").contains("Leonie Hardcastle"), "{uid}");
    }
    // What another one owes about the same student may have been hers before.
    let another = "gwp/london-2025/marcus-idowu/wrg2/2026-1";
    assert!(hers[another].is_cancelled());
    let (_, of_student) = calendar(&format!("{LONDON} --student marcus-idowu"));
    let is_his = |uid: &String| uid.contains("/marcus-idowu/") || uid.contains("/lcc-meeting/");
    assert!(of_student.keys().all(is_his));
    assert!(all.keys().filter(|uid| uid.contains("/marcus-idowu/")).all(|uid| of_student.contains_key(uid)));
}

#[test]
fn several_folders_in_one_calendar() {
    let (_, all) = calendar("examples/national --as-of 2026-02-10");
    for folder in ["bristol", "glasgow", "leeds"] {
        assert!(all.keys().any(|uid| uid.starts_with(&format!("gwp/{folder}/"))), "{folder}");
    }
}

#[test]
fn a_calendar_holds_everything() {
    for option in ["--overdue", "--within 3m"] {
        let refused = Program::at_the_top().run(&format!("due {LONDON} --format ics {option}"));
        assert_eq!((refused.status, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains("leave --within and --overdue out"), "{}", refused.err);
    }
}
