//! Two versions of a record become one: as git calls the command, and over random pairs of edits.

#![allow(clippy::unwrap_used, reason = "a record that cannot be read is a failing test")]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use gwp::calendar::Day;
use gwp::merge::{both, merge};
use gwp::records::RecordKind;
use gwp::text::Notation;
use proptest::prelude::*;
use proptest::sample::select;

use crate::desk::Desk;

/// A folder in git, which merges records with the program that is tested.
fn desk() -> Desk {
    let desk = Desk::of("tests/cases/base").in_git();
    let ran = desk.run("fmt --setup --commit");
    let said = ".gitattributes says now how git merges the records.\nIn this repository git merges records with gwp.\n\
        This setting is not shared: everybody who has a copy runs \"gwp fmt --setup\" once.\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, said), "{}", ran.err);
    assert_eq!(desk.git("config merge.gwp.driver"), "gwp merge %O %A %B %P\n");
    let driver = format!("'{}' merge %O %A %B %P", env!("CARGO_BIN_EXE_gwp"));
    let set = Command::new("git").arg("-C").arg(desk.path("")).args(["config", "merge.gwp.driver", &driver]).status();
    assert!(set.unwrap().success());
    desk
}

/// What two people did, each in a branch, put together again. Whether git says that there is no conflict, and what it
/// says.
fn merged(desk: &Desk, ours: &[&str], theirs: &[&str]) -> (bool, String) {
    desk.git("switch --quiet --create theirs");
    for line in theirs {
        let ran = desk.run(&format!("{line} --commit"));
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
    }
    desk.git("switch --quiet main");
    for line in ours {
        let ran = desk.run(&format!("{line} --commit"));
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
    }
    let output =
        Command::new("git").arg("-C").arg(desk.path("")).args(["merge", "theirs", "--message=Merged"]).output();
    let output = output.unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn dates(desk: &Desk) -> Vec<String> {
    let log = desk.read("sessions/tuesday-group.toml");
    let lines = log.lines().filter_map(|line| line.strip_prefix("  { date = "));
    lines.filter_map(|line| line.get(..10)).map(str::to_owned).collect()
}

#[test]
fn sessions_after_the_same_last_one_come_together_in_order() {
    let desk = desk();
    let ours = ["log tuesday-group 2026-06-30 --present 6", "log tuesday-group 2026-07-07 --cancelled ill"];
    let theirs = ["log tuesday-group 2026-06-23 --present 9", "log tuesday-group 2026-06-30 --present 6"];
    let (is_clean, said) = merged(&desk, &ours, &theirs);
    assert!(is_clean, "{said}");
    let dates = dates(&desk);
    assert_eq!(&dates[dates.len() - 3..], ["2026-06-23", "2026-06-30", "2026-07-07"]);
    let ran = desk.run("check --as-of 2026-07-08 --fail-on errors,warnings");
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn where_both_say_something_different_both_stand_there() {
    let desk = desk();
    let (is_clean, said) =
        merged(&desk, &["log tuesday-group 2026-06-23 --present 6"], &["log tuesday-group 2026-06-23 --present 9"]);
    assert!(!is_clean);
    let told = "present: one says 6, the other 9; both versions stand between the marks of git: keep what is right\n";
    assert!(said.contains("gwp: sessions/tuesday-group.toml: sessions[") && said.contains(told), "{said}");
    let log = desk.read("sessions/tuesday-group.toml");
    let marked = "<<<<<<< ours\n  { date = 2026-06-23, minutes = 90, present = 6 },\n=======\n  { date = 2026-06-23, minutes = 90, \
        present = 9 },\n>>>>>>> theirs\n]\n";
    assert!(log.replace("minutes=", "minutes = ").ends_with(marked), "{log}");
    let checked = desk.run("check --as-of 2026-07-01").out;
    let checked: String = checked.split_whitespace().flat_map(|word| [word, " "]).collect();
    assert!(checked.contains("still in it"), "{checked}");
}

#[test]
fn a_setup_replaces_what_an_earlier_one_said() {
    let desk = Desk::of("tests/cases/base");
    let earlier = "*.pdf binary\n# Two people can log sessions of one group: git keeps the lines of both.\n\
        sessions/**/*.toml merge=union";
    fs::write(desk.path(".gitattributes"), earlier).unwrap();
    let outside = desk.run("fmt --setup");
    assert_eq!((outside.status, desk.read(".gitattributes").as_str()), (2, earlier), "{}", outside.err);
    let desk = desk.in_git();
    assert_eq!(desk.run("fmt --setup").status, 0);
    let text = desk.read(".gitattributes");
    assert!(text.starts_with("*.pdf binary\n# gwp merges") && !text.contains("union"), "{text}");
    assert_eq!(text.matches("text=auto eol=lf merge=gwp\n").count(), 3);
    let again = desk.run("fmt --setup").out;
    assert!(again.starts_with(".gitattributes says already how git merges the records.\n"), "{again}");
    assert_eq!(desk.read(".gitattributes"), text);
}

#[test]
fn what_cannot_be_merged_is_left() {
    let desk = Desk::empty();
    for (name, text) in [("base", "a\n"), ("ours", "b\n"), ("theirs", "c\n")] {
        fs::write(desk.path(name), text).unwrap();
    }
    let ran = desk.run("merge base ours theirs");
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "gwp: ours: one of the versions is no sound record; both versions stand between the marks of git: keep what is right\n"
    );
    assert_eq!(desk.read("ours"), both("b\n", "c\n"));
    fs::write(desk.path("theirs"), b"\xff").unwrap();
    let before = desk.files();
    assert_eq!(desk.run("merge base ours theirs").status, 2);
    assert_eq!(desk.run("merge nowhere ours theirs").status, 2);
    assert_eq!(desk.files(), before);
    // What is no file at all is named as what it stands for here.
    fs::create_dir(desk.path("folder")).unwrap();
    let given = if cfg!(unix) { "/dev/null" } else { "folder" };
    for wrong in [given, "folder"] {
        let ran = desk.run(&format!("merge {wrong} ours theirs"));
        let wanted = format!("{wrong} is not a plain file, and nothing is merged; name a version of the record");
        assert!(ran.status == 2 && ran.err.contains(&wanted) && !ran.err.contains("CSV"), "{}", ran.err);
    }
}

/// The sessions of a log by their days, each as its keys are written.
type Sessions = BTreeMap<String, String>;

fn day(number: usize) -> String {
    Day::new(2026, 1, 6).unwrap().plus_days(7 * i64::try_from(number).unwrap()).iso()
}

/// A log in either notation.
fn log(notation: Notation, sessions: &Sessions) -> String {
    let (is, open) = if notation == Notation::Toml { (" =", "sessions = [\n") } else { (":", "sessions:\n") };
    let top = [
        ("kind", "group"),
        ("title", "T"),
        ("organisation", "O"),
        ("setting", "health"),
        ("aim", "therapeutic"),
        ("frequency", "weekly"),
    ];
    let top: String = top.iter().map(|(key, word)| format!("{key}{is} \"{word}\"\n")).collect();
    let entry = |(day, keys): (&String, &String)| match (notation, keys.replace(':', is)) {
        (Notation::Toml, keys) => format!("  {{ date = {day}{keys} }},\n"),
        (Notation::Yaml, keys) => format!("  - {{ date: {day}{keys} }}\n"),
    };
    let entries: String = sessions.iter().map(entry).collect();
    let end = if notation == Notation::Toml { "]\n" } else { "" };
    format!("# The group.\n{top}conductors{is} [\"robin-ashby\"]\n{open}{entries}{end}")
}

/// Entries of a student's record, of three lists, by turns.
fn block(number: usize, changed: bool) -> String {
    let (date, later) = (day(number), moved(&day(number), if changed { 5 } else { 4 }));
    match number % 3 {
        0 => format!(
            "[[report]]\nform = \"GWP2\"\ndue = {date}\nreceived = {later}   # number {number}\nby = \"kit-lowe\"\n"
        ),
        1 => format!("[[insurance]]\nfrom = {date}\nuntil = {later}\n# number {number}\n"),
        _ => {
            let outcome = if changed { "declined" } else { "approved" };
            format!("[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = {date}\noutcome = \"{outcome}\"\n")
        }
    }
}

/// A student's record with these entries, each as it was or changed.
fn student(entries: &BTreeMap<usize, bool>, email: Option<&str>) -> String {
    let email = email.map(|email| format!("email = \"{email}\"\n")).unwrap_or_default();
    // Those of a list stand together.
    let of_list = |list: usize| entries.iter().filter(move |(number, _)| *number % 3 == list);
    let blocks = (0..3).flat_map(of_list).map(|(number, changed)| format!("\n{}", block(*number, *changed)));
    format!("# Robin.\nname = \"Robin Ashby\"\ncourse = \"york\"\n{email}{}", blocks.collect::<String>())
}

/// What a record says, whatever the order of its entries.
fn unordered(mut said: serde_json::Value) -> serde_json::Value {
    for list in said.as_object_mut().unwrap().values_mut().filter_map(serde_json::Value::as_array_mut) {
        list.sort_by_key(ToString::to_string);
    }
    said
}

/// What somebody does with a session.
#[derive(Clone, Debug)]
enum Deed {
    Strike,
    Move,
    Cancel,
    Count(u32),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![Just(Deed::Strike), Just(Deed::Move), Just(Deed::Cancel), (1_u32..20).prop_map(Deed::Count)]
}

/// What somebody does: with sessions that are there, by their numbers, and further ones.
fn deeds() -> impl Strategy<Value = (Vec<(usize, Deed)>, Vec<usize>)> {
    (prop::collection::vec((0_usize..8, deed()), 0..4), prop::collection::vec(0_usize..8, 0..4))
}

/// The sessions after that. Only those whose numbers are `mine` are touched; further ones stand between the others.
fn done(
    base: &Sessions,
    (deeds, further): &(Vec<(usize, Deed)>, Vec<usize>),
    mine: &dyn Fn(usize) -> bool,
) -> Sessions {
    let mut sessions = base.clone();
    for (number, deed) in deeds.iter().filter(|(number, _)| mine(*number)) {
        let Some(keys) = sessions.remove(&day(*number)) else { continue };
        match deed {
            Deed::Strike => {}
            Deed::Move => _ = sessions.insert(moved(&day(*number), 1), keys),
            Deed::Cancel => _ = sessions.insert(day(*number), ", cancelled: \"ill\"".to_owned()),
            Deed::Count(count) => _ = sessions.insert(day(*number), format!(", minutes: 90, present: {count}")),
        }
    }
    for number in further.iter().filter(|number| mine(**number)) {
        sessions.insert(moved(&day(*number), 3), ", minutes: 75".to_owned());
    }
    sessions
}

fn moved(iso: &str, days: i64) -> String {
    Day::parse(iso).unwrap().plus_days(days).iso()
}

fn said(notation: Notation, text: &str) -> serde_json::Value {
    let parsed = gwp::text::Parsed::of(notation, text);
    assert!(parsed.is_sound(), "{text}");
    gwp::amend::json_of(&parsed.root)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(340))]

    /// Where two people touch different entries, everything that either did is there and nothing else, in order.
    #[test]
    fn what_only_one_changed_is_there_and_nothing_else(
        count in 0_usize..9,
        (ours, theirs) in (deeds(), deeds()),
        notation in select(vec![Notation::Toml, Notation::Yaml]),
    ) {
        let base: Sessions = (0..count).map(|number| (day(number), ", minutes: 90".to_owned())).collect();
        let (even, odd) = (|number: usize| number.is_multiple_of(2), |number: usize| !number.is_multiple_of(2));
        let (of_ours, of_theirs) = (done(&base, &ours, &even), done(&base, &theirs, &odd));
        // One after the other.
        let wanted = log(notation, &done(&of_ours, &theirs, &odd));
        let [base, of_ours, of_theirs] = [&base, &of_ours, &of_theirs].map(|sessions| log(notation, sessions));
        // YAML has no list without an entry that could be added to.
        prop_assume!(notation == Notation::Toml || ![&base, &of_ours, &of_theirs, &wanted].iter().any(|text| text.ends_with("sessions:\n")));
        let merged = merge(RecordKind::Session, notation, &base, &of_ours, &of_theirs).unwrap();
        prop_assert_eq!(&merged.conflicts, &Vec::<String>::new(), "{}", merged.text);
        prop_assert_eq!(said(notation, &merged.text), said(notation, &wanted), "{}\nwith\n{}", of_ours, of_theirs);
        let turned = merge(RecordKind::Session, notation, &base, &of_theirs, &of_ours).unwrap();
        prop_assert_eq!(said(notation, &turned.text), said(notation, &wanted));
    }

    /// The same in a record of several lists, whose entries have headers of their own.
    #[test]
    fn entries_with_headers_come_together_too(
        count in 0_usize..10,
        struck in prop::collection::vec(0_usize..10, 0..5),
        changed in prop::collection::vec(0_usize..10, 0..5),
        further in prop::collection::vec(10_usize..18, 0..5),
        (moved_house, turned) in any::<(bool, bool)>(),
    ) {
        let base: BTreeMap<usize, bool> = (0..count).map(|number| (number, false)).collect();
        let by = |mine: &dyn Fn(usize) -> bool| {
            let mut entries = base.clone();
            entries.retain(|number, _| !(mine(*number) && struck.contains(number)));
            for (number, is_changed) in &mut entries {
                *is_changed = mine(*number) && changed.contains(number);
            }
            entries.extend(further.iter().filter(|number| mine(**number)).map(|number| (*number, false)));
            entries
        };
        // Each has every other entry of each list.
        let (first, second, both) = (by(&|number| (number / 3).is_multiple_of(2)), by(&|number| !(number / 3).is_multiple_of(2)), by(&|_| true));
        let email = moved_house.then_some("robin@example.org");
        let wanted = unordered(said(Notation::Toml, &student(&both, email)));
        let (base, first, second) = (student(&base, None), student(&first, email), student(&second, None));
        let (ours, theirs) = if turned { (second, first) } else { (first, second) };
        let merged = merge(RecordKind::Student, Notation::Toml, &base, &ours, &theirs);
        prop_assert!(merged.is_ok(), "{:?} of\n{}\nwith\n{}", merged, ours, theirs);
        let merged = merged.unwrap();
        prop_assert_eq!(&merged.conflicts, &Vec::<String>::new(), "{}", merged.text);
        prop_assert_eq!(unordered(said(Notation::Toml, &merged.text)), wanted, "{}\nwith\n{}", ours, theirs);
    }

    /// Where they touch whatever they like: what is between marks apart, everything is of one of them.
    #[test]
    fn whatever_both_do_nothing_is_made_up(count in 1_usize..9, (ours, theirs) in (deeds(), deeds())) {
        let base: Sessions = (0..count).map(|number| (day(number), ", minutes: 90".to_owned())).collect();
        let (of_ours, of_theirs) = (done(&base, &ours, &|_| true), done(&base, &theirs, &|_| true));
        let texts = [&base, &of_ours, &of_theirs].map(|sessions| log(Notation::Toml, sessions));
        let merged = merge(RecordKind::Session, Notation::Toml, &texts[0], &texts[1], &texts[2]).unwrap();
        let mut between = false;
        for line in merged.text.lines() {
            between = (between || line.starts_with("<<<<<<<")) && !line.starts_with(">>>>>>>");
            if let Some(entry) = line.strip_prefix("  { date = ") {
                let (day, keys) = entry.split_at(10);
                let in_one = |sessions: &Sessions| sessions.get(day).is_some_and(|there| keys.starts_with(&there.replace(':', " =")));
                prop_assert!(in_one(&of_ours) || in_one(&of_theirs), "{}", line);
                let unchanged = |sessions: &Sessions| sessions.get(day) == base.get(day);
                prop_assert!(between || in_one(&of_ours) && in_one(&of_theirs) || unchanged(&of_ours) || unchanged(&of_theirs), "{}", merged.text);
            }
        }
        prop_assert_eq!(merged.conflicts.is_empty(), !merged.text.contains("<<<<<<<"));
        // Nobody's entry is lost.
        for (day, sessions, other) in of_ours.keys().map(|day| (day, &of_ours, &of_theirs)).chain(of_theirs.keys().map(|day| (day, &of_theirs, &of_ours))) {
            let is_struck_by_the_other = base.contains_key(day) && !other.contains_key(day) && sessions.get(day) == base.get(day);
            prop_assert!(is_struck_by_the_other || merged.text.contains(day.as_str()), "{}\n{}", day, merged.text);
        }
    }
}
