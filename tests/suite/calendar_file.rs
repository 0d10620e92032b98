//! The calendar of `gwp due --format ics`, read by another library.

#![allow(clippy::unwrap_used, reason = "a calendar that cannot be read is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use ical::parser::ical::component::IcalEvent;
use serde_json::Value;

use crate::program::Program;
use crate::scratch;

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

/// The name of the event of an item in a folder.
fn uid(key: &str, folder: &str) -> String {
    format!("{}@{folder}.gwp", key.replace('/', "."))
}

#[test]
fn it_holds_what_is_owed_on_the_same_days() {
    let (_, events) = calendar(LONDON);
    let standing: BTreeSet<_> = events
        .iter()
        .filter(|(_, event)| !event.is_cancelled())
        .map(|(uid, event)| (uid.clone(), event.get("DTSTART").to_owned()))
        .collect();
    // What has no day of its own is in no calendar.
    let expected: BTreeSet<_> = items(LONDON)
        .iter()
        .filter(|item| !item["due"].is_null())
        .map(|item| {
            let word = |key: &str| item[key].as_str().unwrap();
            (uid(word("key"), "london"), word("due").replace('-', ""))
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
    let report = &uid("robin-ashby/gwp2/2026-1/kit-lowe", "base");
    assert!(!before[report].is_cancelled());
    assert!(after[report].is_cancelled());
    assert_eq!(before[report].get("SUMMARY"), "GWP Form 2: Robin Ashby");
    assert_eq!(after[report].get("SUMMARY"), "Done: GWP Form 2: Robin Ashby");
    let supervision = &uid("robin-ashby/supervision", "base");
    let (_, later) = calendar("tests/cases/base --as-of 2026-02-05");
    assert_eq!(before[supervision].get("DTSTART"), "20260212");
    assert_eq!(later[supervision].get("DTSTART"), "20260226");
    // Nothing that a calendar was once given is left in it without a word; a meeting that was held stays.
    assert!(before.keys().filter(|uid| !uid.contains(".lcc-meeting.")).all(|uid| after.contains_key(uid)));
    let left = Program::at_the_top().run("check tests/cases/base --as-of 2026-07-14 --format json").json();
    assert_eq!(left["students"][0]["verdict"], "ready");
    let (_, ready) = calendar("tests/cases/base --as-of 2026-07-14");
    assert!(!ready.is_empty() && ready.values().all(Event::is_cancelled));
    // What is done stays for half a year after its day, and not for ever; what was never owed is not there.
    let holds = |day: &str| calendar(&format!("tests/cases/base --as-of {day}")).1.contains_key(report);
    assert_eq!([holds("2026-08-01"), holds("2026-08-02")], [true, false]);
    let (_, later) = calendar("tests/cases/base --as-of 2028-01-01");
    assert!(later.values().all(|event| event.get("DTSTART") >= "20280101"), "{:?}", later.keys());
    // What will be asked for and never was is not there yet.
    let final_report = uid("robin-ashby/gwp2/final/kit-lowe", "base");
    assert!(!before.contains_key(&final_report));
    let asked = calendar("tests/cases/base --as-of 2026-06-20").1;
    assert!(asked.get(&final_report).is_none_or(|event| !event.is_cancelled()), "{:?}", asked.keys());
}

#[test]
fn two_folders_that_are_exported_apart_share_no_name() {
    let folder = changed("students/robin-ashby.toml", "[form1]", "[form1]");
    let path = folder.path().to_str().unwrap();
    let (_, one) = calendar("tests/cases/base --as-of 2026-01-28");
    let (_, other) = calendar(&format!("{path} --as-of 2026-01-28"));
    assert!(!one.is_empty() && one.len() == other.len() && one.keys().all(|uid| !other.contains_key(uid)));
    assert!(one.keys().chain(other.keys()).all(|uid| !uid.contains('/') && !uid.contains('\\')));
    // Written to a file it is the same, byte for byte, and alone or with others an event has one name.
    let program = Program::within(folder.path());
    let written = program.run("due . --as-of 2026-01-28 --out x.ics");
    assert_eq!((written.status, written.out.as_str()), (0, "Written: x.ics.\n"), "{}", written.err);
    let (text, _) = calendar(&format!("{path} --as-of 2026-01-28"));
    let file = std::fs::read_to_string(folder.path().join("x.ics")).unwrap();
    let lines = |text: &str| text.lines().filter(|line| !line.starts_with("DTSTAMP:")).map(str::to_owned).collect();
    let (file, text): (Vec<_>, Vec<_>) = (lines(&file), lines(&text));
    assert_eq!(file, text);
}

#[test]
fn a_later_file_goes_before_an_earlier_one_and_says_else_the_same() {
    let (first, events) = calendar(LONDON);
    let (second, later) = calendar(LONDON);
    let lines = |text: &str| text.lines().filter(|line| !line.starts_with("DTSTAMP:")).map(str::to_owned).collect();
    let (first, second): (Vec<_>, Vec<_>) = (lines(&first), lines(&second));
    assert_eq!(first, second);
    // The day of the file, not the day asked about: who looks ahead today is corrected tomorrow.
    let today = chrono::Utc::now().date_naive();
    let since = |year| (today - chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap()).num_days();
    for (uid, event) in &events {
        let number: i64 = event.get("SEQUENCE").parse().unwrap();
        assert!((0..=1).contains(&(since(2000) - number)), "{uid}: {number}");
        assert!(later[uid].get("DTSTAMP") >= event.get("DTSTAMP"), "{uid}");
    }
}

/// A folder in which a file says something else.
fn changed(path: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = scratch::folder();
    for (file, text) in crate::cases::base_files() {
        let text = if file == path { text.replacen(from, to, 1) } else { text };
        let file = folder.path().join(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    folder
}

#[test]
fn what_becomes_somebody_elses_is_cancelled_with_the_one_and_stands_with_the_other() {
    let handed_over = "until = 2026-01-09\npresentations = [2025-11-14]\n\n[[wrg]]\nsupervisor = \"kit-lowe\"\nfrom = \
                       2026-01-10\npresentations";
    let folder = changed("students/robin-ashby.toml", "presentations", handed_over);
    let of = |folder: &str, who: &str| calendar(&format!("{folder} --as-of 2026-01-12 --from {who}")).1;
    let path = folder.path().to_str().unwrap();
    let name = folder.path().file_name().unwrap().to_str().unwrap().replace('.', "%2E");
    let own = |folder: &str, who: &str| uid(&format!("robin-ashby/wrg2/2026-2/{who}"), folder);
    let uid = |who: &str| own(&name, who);
    let before = of("tests/cases/base", "ines-farrow");
    assert!(!before[&own("base", "ines-farrow")].is_cancelled());
    assert!(of(path, "ines-farrow")[&uid("ines-farrow")].is_cancelled());
    assert!(!of(path, "kit-lowe")[&uid("kit-lowe")].is_cancelled());
    // The calendar of all says the same as that of each.
    let (_, all) = calendar(&format!("{path} --as-of 2026-01-12"));
    for who in ["ines-farrow", "kit-lowe", "robin-ashby"] {
        for (uid, event) in of(path, who) {
            assert_eq!(all[&uid].is_cancelled(), event.is_cancelled(), "{uid} of {who}");
        }
    }
}

#[test]
fn a_meeting_that_moves_keeps_its_name_and_takes_place_whoever_has_left() {
    let moved = changed("courses/york-2025.toml", "2026-02-21", "2026-02-28");
    let meeting = "york-2025.lcc-meeting.2026-1@";
    let of = |folder: &str| {
        let events = calendar(&format!("{folder} --as-of 2026-01-12")).1;
        events.into_iter().find(|(uid, _)| uid.starts_with(meeting)).unwrap().1
    };
    let on = |folder: &str| of(folder).get("DTSTART").to_owned();
    assert_eq!(on("tests/cases/base"), "20260221");
    assert_eq!(on(moved.path().to_str().unwrap()), "20260228");
    let left = changed("students/robin-ashby.toml", "[form1]", "withdrawn = 2026-01-10\n\n[form1]");
    assert_eq!(on(left.path().to_str().unwrap()), "20260221");
    assert!(!of(left.path().to_str().unwrap()).is_cancelled());
    // Two calendars never contradict each other about it.
    let (_, hers) = calendar(&format!("{LONDON} --student rosalind-tait"));
    let (_, all) = calendar(LONDON);
    assert!(hers.iter().all(|(uid, event)| all[uid].is_cancelled() == event.is_cancelled()));
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
    assert!(hers.keys().all(|uid| uid.contains(".leonie-hardcastle@")), "{:?}", hers.keys());
    let (_, of_student) = calendar(&format!("{LONDON} --student marcus-idowu"));
    let is_his = |uid: &String| uid.starts_with("marcus-idowu.") || uid.contains(".lcc-meeting.");
    assert!(of_student.keys().all(is_his));
    assert!(all.keys().filter(|uid| uid.starts_with("marcus-idowu.")).all(|uid| of_student.contains_key(uid)));
}

#[test]
fn several_folders_in_one_calendar() {
    let (_, all) = calendar("examples/national --as-of 2026-02-10");
    for folder in ["bristol", "glasgow", "leeds"] {
        assert!(all.keys().any(|uid| uid.ends_with(&format!("@{folder}.gwp"))), "{folder}");
    }
}

#[test]
fn a_calendar_holds_everything() {
    for option in ["--overdue", "--within 3m", "--verdict action"] {
        let refused = Program::at_the_top().run(&format!("due {LONDON} --format ics {option}"));
        assert_eq!((refused.status, refused.out.as_str()), (2, ""));
        assert!(refused.err.contains("leave --overdue, --within and --verdict out"), "{}", refused.err);
    }
}
