//! `gwp attest`: who can confirm a log, up to which day, and what becomes of that when an entry changes.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

const COURSE: &str = "name = \"York Diploma\"\nconvenor = \"Ida Holm\"\nstarts = 2025-10-04\nends = 2026-07-11\n\
    terms = [{ name = \"All\", starts = 2025-10-04, ends = 2026-07-11 }]\n";
const STUDENT: &str = "name = \"Jo Pike\"\ncourse = \"york-2025\"\n\n[[arrangement]]\ngroup = \"club\"\nsupervisor = \"kit-lowe\"\n\
    from = 2025-10-07\nuntil = 2026-01-31\nexternal = true\nline_manager = { name = \"Tom Reid\" }\n\n[[arrangement]]\n\
    group = \"club\"\nsupervisor = \"ann-roe\"\nfrom = 2026-02-01\n\n[[arrangement]]\ngroup = \"club\"\nsupervisor = \"max-bly\"\n\
    from = 2026-03-01\nwithdrawn = 2026-02-10\n";
const CLUB: &str = "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"therapeutic\"\n\
    frequency = \"weekly\"\nconductors = [\"jo-pike\"]\nco_conductor = { name = \"Dr L. Byrne\", from = 2025-10-14 }\nsessions = [\n  \
    { date = 2025-10-07, minutes = 75, present = 6 },   # the first\n  { date = 2025-10-14, minutes = 75, present = 5 },\n  \
    { date = 2025-10-21, cancelled = \"no heating\" },\n  { date = 2025-10-28, minutes = 75, planned = true },\n  \
    { date = 2026-02-03, minutes = 75, present = 4 },\n]\n";
const LOWE: &str = "kind: supervision   # ours\nsupervisor: kit-lowe\nsupervisees: [jo-pike]\nmode: video\nsessions:\n  \
    - { date: 2025-10-09, minutes: 60 }\n  - date: 2025-10-23\n    minutes: 60\n    mode: telephone\n";

fn desk() -> Desk {
    let desk = Desk::empty();
    let supervisor = |name: &str| format!("name = \"{name}\"\n");
    for (path, text) in [
        ("gwp.toml", String::new()),
        ("courses/york-2025.toml", COURSE.to_owned()),
        ("students/jo-pike.toml", STUDENT.to_owned()),
        ("supervisors/kit-lowe.toml", supervisor("Kit Lowe")),
        ("supervisors/ann-roe.toml", supervisor("Ann Roe")),
        ("supervisors/max-bly.toml", supervisor("Max Bly")),
        ("sessions/club.toml", CLUB.to_owned()),
        ("sessions/lowe.yaml", LOWE.to_owned()),
    ] {
        fs::create_dir_all(desk.path(path).parent().unwrap()).unwrap();
        fs::write(desk.path(path), text).unwrap();
    }
    desk
}

fn write(desk: &Desk, path: &str, text: &str) {
    fs::write(desk.path(path), text).unwrap();
}

/// The days that the last attestation of a log confirms, from the record as TOML.
fn confirmed(desk: &Desk) -> Vec<String> {
    let text = desk.read("sessions/club.toml");
    let (_, last) = text.rsplit_once("[attested.entries]\n").unwrap_or_default();
    last.lines().map(|line| line[..10].to_owned()).collect()
}

/// What is said of attestations: the line and the message.
fn said(desk: &Desk) -> Vec<String> {
    let ran = desk.run("check --as-of 2026-03-10 --format json");
    let problems = ran.json()["problems"].as_array().unwrap().clone();
    let of = problems.iter().filter(|one| one["name"] == "attestation");
    of.map(|one| format!("{}: {}", one["line"], one["message"].as_str().unwrap())).collect()
}

/// How many sessions and meetings are attested.
fn attested(desk: &Desk, as_of: &str) -> (u64, u64) {
    let json = desk.run(&format!("check --as-of {as_of} --format json")).json();
    let attested = &json["students"][0]["attested"];
    (attested["sessions"].as_u64().unwrap(), attested["meetings"].as_u64().unwrap())
}

#[test]
fn the_day_before_the_day_and_the_day_after() {
    for (through, days) in [
        ("2025-10-13", &["2025-10-07"][..]),
        ("2025-10-14", &["2025-10-07", "2025-10-14"]),
        ("2025-10-15", &["2025-10-07", "2025-10-14"]),
        // Cancelled is confirmed too; a plan is not.
        ("2025-10-28", &["2025-10-07", "2025-10-14", "2025-10-21"]),
    ] {
        let desk = desk();
        let ran = desk.run(&format!("attest club --by kit-lowe --through {through} --on 2026-02-20"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{through}");
        assert_eq!(confirmed(&desk), days, "{through}");
        let is_said = ran
            .out
            .contains("Note: not confirmed: nobody has said yet whether the session of 28 October 2025 was held.");
        assert_eq!(is_said, through == "2025-10-28", "{}", ran.out);
    }
    let desk = desk();
    for (words, why) in [
        (
            "--through 2025-10-06 --on 2026-02-20",
            "the log has no session up to 6 October 2025 that Kit Lowe can confirm",
        ),
        (
            "--through 2026-02-04 --on 2026-02-03",
            "on 3 February 2026 nobody can confirm what is still to come, up to 4 February 2026",
        ),
        ("--through 2026-02-03", "the last day that is confirmed"),
    ] {
        let words = if why.starts_with("the last") { "" } else { words };
        let ran = desk.run(&format!("attest club --by kit-lowe {words}"));
        assert!(ran.status == 2 && ran.err.contains(why), "{words}: {}", ran.err);
    }
    assert_eq!(desk.read("sessions/club.toml"), CLUB, "nothing is written");
    let ran = desk.run("attest club --by kit-lowe --through 2026-02-03 --on 2026-02-03");
    assert!(ran.status == 0, "the day of the confirmation itself: {}", ran.err);
}

#[test]
fn each_confirms_what_they_had_to_do_with() {
    for (by, written, days) in [
        ("kit-lowe", "kit-lowe", &["2025-10-07", "2025-10-14", "2025-10-21"][..]),
        ("'Kit Lowe'", "kit-lowe", &["2025-10-07", "2025-10-14", "2025-10-21"]),
        ("roe", "ann-roe", &["2026-02-03"]),
        ("reid", "Tom Reid", &["2025-10-07", "2025-10-14", "2025-10-21"]),
        ("Byrne", "Dr L. Byrne", &["2025-10-14", "2025-10-21", "2026-02-03"]),
    ] {
        let desk = desk();
        let ran = desk.run(&format!("attest club --by {by} --through 2026-02-03 --on 2026-02-20"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{by}");
        assert_eq!(confirmed(&desk), days, "{by}");
        assert!(desk.read("sessions/club.toml").contains(&format!("[[attested]]\nby = \"{written}\"\n")), "{by}");
        assert_eq!(said(&desk), Vec::<String>::new(), "{by}");
    }
    let desk = desk();
    for (log, by, who) in [
        ("club", "jo-pike", "Jo Pike cannot confirm what club says"),
        ("club", "'Ida Holm'", "\"Ida Holm\" cannot confirm"),
        ("club", "max-bly", "Max Bly cannot confirm"),
        ("lowe", "ann-roe", "Ann Roe cannot confirm what lowe says"),
        ("lowe", "byrne", "\"byrne\" cannot confirm what lowe says"),
    ] {
        let ran = desk.run(&format!("attest {log} --by {by} --through 2025-10-31 --on 2026-02-20"));
        assert!(ran.status == 2 && ran.err.contains(who), "{by}: {}", ran.err);
        let can = if log == "lowe" { "Kit Lowe (supervisor)" } else { "Tom Reid (line manager)" };
        assert!(ran.err.contains(can), "{}", ran.err);
    }
    // A student who writes herself into the log, or into her own record, confirms nothing.
    write(&desk, "sessions/club.toml", &CLUB.replace("Dr L. Byrne", "JO  pike"));
    assert_eq!(desk.run("attest club --by 'Jo Pike' --through 2025-10-31 --on 2026-02-20").status, 2);
}

/// An attested log, and what is said once a part of it is another.
fn altered(from: &str, to: &str) -> (Vec<String>, (u64, u64)) {
    let desk = desk();
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-01").status, 0);
    assert_eq!(attested(&desk, "2026-03-10"), (2, 0));
    let text = desk.read("sessions/club.toml");
    assert_eq!(text.matches(from).count(), 1, "{from}");
    write(&desk, "sessions/club.toml", &text.replace(from, to));
    (said(&desk), attested(&desk, "2026-03-10"))
}

#[test]
fn just_the_entry_that_changed_is_no_longer_attested() {
    let entry = "{ date = 2025-10-14, minutes = 75, present = 5 }";
    let changed = "11: the session of 14 October 2025 is no longer as it was confirmed by Kit Lowe on 1 November 2025";
    for to in [
        "{ date = 2025-10-14, minutes = 90, present = 5 }",
        "{ date = 2025-10-14, minutes = 75, present = 6 }",
        "{ date = 2025-10-14, minutes = 75 }",
        "{ date = 2025-10-14, minutes = 75, present = 5, online = true }",
        "{ date = 2025-10-14, minutes = 75, present = 5, notes = \"late\" }",
    ] {
        assert_eq!(altered(entry, to), (vec![changed.to_owned()], (1, 0)), "{to}");
    }
    let (problems, _) = altered(entry, "{ date = 2025-10-14, minutes = 75, present = 5, absent = [\"jo-pike\"] }");
    assert_eq!(problems, [changed]);
    let (problems, _) = altered(entry, "{ date = 2025-10-14, cancelled = \"ill\" }");
    assert_eq!(problems, [changed]);
    let (problems, count) = altered(entry, "{ date = 2025-10-14, minutes = 75, planned = true }");
    assert_eq!((problems, count), (vec![changed.to_owned()], (1, 0)));
    let (problems, count) = altered("cancelled = \"no heating\"", "minutes = 75, present = 5");
    let changed = "12: the session of 21 October 2025 is no longer as it was confirmed by Kit Lowe on 1 November 2025";
    assert_eq!((problems, count), (vec![changed.to_owned()], (2, 0)));
    // Another layout says the same.
    let same = "{ present = 5, 'date' = \"2025-10-14\", minutes = 7_5, planned = false, absent = [] }";
    assert_eq!(altered(entry, same), (vec![], (2, 0)));
}

#[test]
fn entries_that_go_and_come() {
    let entry = "  { date = 2025-10-14, minutes = 75, present = 5 },\n";
    let gone =
        "the session of 14 October 2025 was confirmed by Kit Lowe on 1 November 2025, and is no longer in the log";
    let (problems, count) = altered(entry, "");
    assert_eq!((problems, count), (vec![format!("20: {gone}")], (1, 0)));
    let (problems, count) = altered(entry, &entry.replace("14", "15"));
    assert_eq!((problems, count), (vec![format!("21: {gone}")], (1, 0)), "moved to another day");
    // One more within the time that was confirmed is not confirmed, and takes nothing from the others.
    let more = format!("{entry}  {{ date = 2025-10-16, minutes = 75, present = 5 }},\n");
    assert_eq!(altered(entry, &more), (vec![], (2, 0)));
    // A second one of a day: the one that was confirmed still is.
    let (problems, _) = altered(entry, &format!("{entry}  {{ date = 2025-10-14, minutes = 60 }},\n"));
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn a_later_confirmation_answers_an_earlier_one() {
    let desk = desk();
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-01").status, 0);
    let changed = desk.read("sessions/club.toml").replace("2025-10-14, minutes = 75", "2025-10-14, minutes = 80");
    write(&desk, "sessions/club.toml", &changed);
    let lost = changed.replace("  { date = 2025-10-07, minutes = 75, present = 6 },   # the first\n", "");
    write(&desk, "sessions/club.toml", &lost);
    assert_eq!(said(&desk).len(), 2);
    // The co-conductor was not there yet on the 7th, and can say nothing of it.
    assert_eq!(desk.run("attest club --by byrne --through 2025-10-21 --on 2025-11-02").status, 0);
    let both = said(&desk);
    assert!(both.len() == 1 && both[0].contains("7 October 2025 was confirmed by Kit Lowe"), "{both:?}");
    assert_eq!([attested(&desk, "2025-11-01"), attested(&desk, "2025-11-02")], [(0, 0), (1, 0)], "from its day on");
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-03").status, 0);
    assert_eq!(said(&desk), Vec::<String>::new());
    let text = desk.read("sessions/club.toml");
    assert_eq!(text.matches("[[attested]]").count(), 3, "what was written stays");
    // Said again it is there already; said again on the same day of more, the entry says more.
    let again = desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-04");
    assert!(again.out.contains("Nothing is written"), "{}", again.out);
    assert_eq!(desk.read("sessions/club.toml"), text);
    assert_eq!(desk.run("correct club session 2025-10-14 --present 9").status, 0);
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-03").status, 0);
    assert_eq!(desk.read("sessions/club.toml").matches("[[attested]]").count(), 3);
    assert_eq!(said(&desk), Vec::<String>::new());
}

#[test]
fn what_is_written_by_hand_is_held_against_who_and_when() {
    let desk = desk();
    let by = |by: &str, on: &str, through: &str, day: &str| {
        let text = format!(
            "{CLUB}[[attested]]\nby = \"{by}\"\non = {on}\nthrough = {through}\nentries = {{ {day} = \"DIGEST\" }}\n"
        );
        let digest = match day {
            "2025-10-07" => "{\"date\":\"2025-10-07\",\"minutes\":75,\"present\":6}",
            "2025-10-28" => "{\"date\":\"2025-10-28\",\"minutes\":75,\"planned\":true}",
            _ => "{\"date\":\"2026-02-03\",\"minutes\":75,\"present\":4}",
        };
        write(&desk, "sessions/club.toml", &text.replace("DIGEST", &gwp::records::sha256(digest.as_bytes())));
        (said(&desk), attested(&desk, "2026-03-10").0)
    };
    assert_eq!(by("kit-lowe", "2025-11-01", "2025-10-31", "2025-10-07"), (vec![], 1));
    assert_eq!(by("kit LOWE", "2025-11-01", "2025-10-07", "2025-10-07"), (vec![], 1));
    assert_eq!(by("kit-lowe", "2025-11-01", "2025-10-31", "2025-10-28"), (vec![], 0), "a plan is evidence of nothing");
    let student = vec!["17: Jo Pike cannot confirm this log".to_owned()];
    assert_eq!(by("Jo Pike", "2025-11-01", "2025-10-31", "2025-10-07"), (student, 0));
    let not_there = "20: Dr L. Byrne had nothing to do with this log on 7 October 2025, and cannot confirm that day";
    assert_eq!(by("Dr L. Byrne", "2025-11-01", "2025-10-31", "2025-10-07"), (vec![not_there.to_owned()], 0));
    let beyond = |day: &str| {
        format!("20: an entry of {day} is confirmed here, which is after the day of the confirmation or its last day")
    };
    assert_eq!(by("kit-lowe", "2025-11-01", "2025-10-06", "2025-10-07"), (vec![beyond("7 October 2025")], 0));
    assert_eq!(by("kit-lowe", "2025-10-06", "2025-10-31", "2025-10-07"), (vec![beyond("7 October 2025")], 0));
    assert_eq!(by("kit-lowe", "2025-10-07", "2025-10-07", "2025-10-07"), (vec![], 1));
}

#[test]
fn yaml_with_its_comments_and_the_mode_of_the_log() {
    let desk = desk();
    assert_eq!(desk.run("attest lowe --by kit-lowe --through 2025-10-23 --on 2025-11-01").status, 0);
    let text = desk.read("sessions/lowe.yaml");
    let added = text.strip_prefix(LOWE).expect("all else stays");
    let digest = |text: &str| gwp::records::sha256(text.as_bytes())[..16].to_owned();
    let (one, other) = (
        digest("{\"date\":\"2025-10-09\",\"minutes\":60,\"mode\":\"video\"}"),
        digest("{\"date\":\"2025-10-23\",\"minutes\":60,\"mode\":\"telephone\"}"),
    );
    assert_eq!(
        added,
        format!(
            "attested:\n  - by: kit-lowe\n    on: 2025-11-01\n    through: 2025-10-23\n    entries:\n      \
             2025-10-09: \"{one}\"\n      2025-10-23: \"{other}\"\n"
        )
    );
    write(&desk, "sessions/lowe.yaml", &text.replace("mode: video", "mode: face-to-face"));
    let changed = said(&desk);
    assert!(changed.len() == 1 && changed[0].starts_with("6: the meeting of 9 October 2025"), "{changed:?}");
}

#[test]
fn commands_keep_what_was_confirmed() {
    let desk = desk();
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-01").status, 0);
    assert_eq!(desk.run("attest lowe --by kit-lowe --through 2025-10-23 --on 2025-11-01").status, 0);
    let before = desk.read("sessions/club.toml");
    let attestation = before[before.find("[[attested]]").unwrap()..].to_owned();
    // A further session, a plan that was held, a break: nothing that was confirmed changes.
    assert_eq!(desk.run("log club 2025-11-04 --minutes 75 --present 5").status, 0);
    assert_eq!(desk.run("log club --held 2025-10-28=6").status, 0);
    assert_eq!(desk.run("record club break --from 2025-12-20 --until 2026-01-04").status, 0);
    assert_eq!(desk.run("fmt").status, 0);
    assert_eq!((said(&desk), attested(&desk, "2026-03-10")), (vec![], (2, 2)));
    assert!(desk.read("sessions/club.toml").ends_with(&attestation));
    // What is put right stays unconfirmed, and the command says so.
    let corrected = desk.run("correct club session 2025-10-14 --present 6");
    assert!(
        corrected.err.contains("is no longer as it was confirmed by Kit Lowe"),
        "{}{}",
        corrected.out,
        corrected.err
    );
    assert!(desk.read("sessions/club.toml").ends_with(&attestation), "the attestation stays as it was written");
    assert_eq!(said(&desk).len(), 1);
    let undone = desk.run("undo --yes");
    assert_eq!(undone.status, 0, "{}", undone.err);
    assert_eq!(said(&desk), Vec::<String>::new());
    // Other ids, of who confirmed and of who was away.
    assert_eq!(desk.run("correct club session 2025-10-14 --absent jo-pike").status, 0);
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-02").status, 0);
    assert_eq!(said(&desk), Vec::<String>::new());
    for (old, new) in [("jo-pike", "jo-pyke"), ("kit-lowe", "kit-lowell"), ("club", "the-club")] {
        assert_eq!(desk.run(&format!("rename {old} {new}")).status, 0);
        assert_eq!(said(&desk), Vec::<String>::new(), "{old}");
    }
    assert!(desk.read("sessions/the-club.toml").contains("by = \"kit-lowell\""));
    let before = desk.read("sessions/the-club.toml");
    assert_eq!(desk.run("attest the-club --by roe --through 2026-02-03 --on 2026-02-04").status, 0);
    assert_ne!(desk.read("sessions/the-club.toml"), before);
    assert_eq!(desk.run("undo --yes").status, 0);
    assert_eq!(desk.read("sessions/the-club.toml"), before);
}

#[test]
fn what_is_attested_is_shown() {
    let desk = desk();
    let show = || desk.run("show jo-pike --as-of 2026-03-10").out;
    assert!(!show().contains("Attested"), "nobody asked, and nobody confirmed anything");
    write(&desk, "gwp.toml", "[audit]\nattested = true\n");
    assert!(show().contains("Attested: 0 of 3 sessions that count and 0 of 2 supervision meetings."), "{}", show());
    write(&desk, "gwp.toml", "");
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-01").status, 0);
    assert!(show().contains("Attested: 2 of 3 sessions that count and 0 of 2 supervision meetings."), "{}", show());
    let json: Value = desk.run("check --as-of 2026-03-10 --format json").json();
    assert_eq!(json["students"][0]["sessions"]["counted"], 3, "no verdict rests on it");
}

/// The list of sessions, filled in and signed, as it comes back in a file.
fn answered(desk: &Desk, log: &str, answers: &[(&str, &str)], signature: &str) -> crate::program::Ran {
    let form = desk.run(&format!("form sessions {log} --through 2026-02-10")).out;
    let mut text = String::new();
    for line in form.lines() {
        let answer = answers.iter().find(|(begins, _)| line.starts_with(begins)).map(|(_, answer)| *answer);
        let answer = if line.starts_with("Name") { Some(signature) } else { answer };
        text.push_str(line);
        text.extend(answer.map(|answer| format!(" {answer}")));
        text.push('\n');
    }
    write(desk, "answer.txt", &text);
    desk.run("receive --from answer.txt --yes --on 2026-02-12")
}

#[test]
fn a_signed_list_attests_what_it_calls_correct() {
    let all = [("7 October", "correct"), ("14 October", "correct"), ("28 October", "held 6")];
    let first = desk();
    let ran = answered(&first, "club", &all, "Kit Lowe");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(confirmed(&first), ["2025-10-07", "2025-10-14", "2025-10-28"], "{}", ran.out);
    let log = first.read("sessions/club.toml");
    assert!(log.contains("by = \"kit-lowe\"\non = 2026-02-12\nthrough = 2026-02-10\n"), "{log}");
    assert!(log.contains("{ date = 2025-10-28, minutes = 75, present = 6 }"), "{log}");
    assert_eq!((said(&first), attested(&first, "2026-03-10")), (vec![], (3, 0)));
    // Correct alone is something to record, too; without a name, or by the student, it confirms nothing.
    for (signature, confirms) in [("Dr L. Byrne", true), ("", false), ("Jo Pike", false)] {
        let desk = desk();
        let ran = answered(&desk, "club", &[("14 October", "correct")], signature);
        assert_eq!(ran.status, 0, "{signature}: {}{}", ran.out, ran.err);
        assert_eq!(desk.read("sessions/club.toml").contains("[[attested]]"), confirms, "{signature}: {}", ran.out);
    }
}

#[test]
fn an_audit_says_what_was_confirmed_and_what_is_not() {
    let repository = crate::repository::Repository::new();
    let files = desk().files();
    for (path, bytes) in &files {
        repository.write(path, bytes);
    }
    repository.commit("2026-02-20T12:00:00Z");
    let run = |words: &str| crate::program::Program::within(&repository.top()).run(words);
    let found = |name: &str| {
        let json = run("audit --format json").json();
        let all = json["irregularities"].as_array().unwrap().clone();
        let of = all.into_iter().filter(|one| one["name"] == name);
        of.map(|one| {
            (one["message"].as_str().unwrap().to_owned(), one["commits"][0]["subject"].clone(), one["students"].clone())
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(run("attest club --by kit-lowe --through 2025-10-21 --on 2026-02-21").status, 0);
    repository.commit("2026-02-21T12:00:00Z");
    assert_eq!(found("attestation-broken"), []);
    assert_eq!(found("session-unattested"), [], "nobody asks for it");
    let text = fs::read_to_string(repository.top().join("sessions/club.toml")).unwrap();
    let text = text.replace("2025-10-14, minutes = 75", "2025-10-14, minutes = 90");
    repository.write("sessions/club.toml", text.replace("  { date = 2025-10-21, cancelled = \"no heating\" },\n", ""));
    repository.write("gwp.toml", "[audit]\nattested = true\n");
    repository.commit("2026-02-22T12:00:00Z");
    repository.write("README.md", "later");
    repository.commit("2026-02-23T12:00:00Z");
    let broken = found("attestation-broken");
    assert_eq!(
        broken.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(),
        [
            "the session of 14 October 2025 was confirmed by Kit Lowe on 21 February 2026; it said session of 14 October \
             2025, 75 minutes, 5 present; it says now session of 14 October 2025, 90 minutes, 5 present",
            "the session of 21 October 2025 was confirmed by Kit Lowe on 21 February 2026; it said session of 21 October \
             2025, cancelled (no heating); it is gone",
        ]
    );
    assert!(broken.iter().all(|one| one.2 == serde_json::json!(["jo-pike"])), "{broken:?}");
    // The warning says it as well, of the folder on disk and of a commit.
    for words in ["", "--rev HEAD~1"] {
        let json = run(&format!("check --as-of 2026-03-10 --format json {words}")).json();
        let problems = json["problems"].as_array().unwrap().iter().filter(|one| one["name"] == "attestation");
        let help: Vec<&str> = problems.map(|one| one["help"].as_str().unwrap()).collect();
        let changed = "It said session of 14 October 2025, 75 minutes, 5 present; it says now session of 14 October \
            2025, 90 minutes, 5 present. If it is right now, ask Kit Lowe to confirm it again";
        assert!(help.contains(&changed), "{help:?}");
        assert!(help.iter().any(|help| help.starts_with("It said session of 21 October 2025, cancelled")), "{help:?}");
    }
    let open = found("session-unattested");
    let messages: Vec<&str> = open.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(
        messages,
        [
            "2 entries that count are not attested, as of 23 February 2026: 9 October 2025, 23 October 2025",
            "2 entries that count are not attested, as of 23 February 2026: 14 October 2025, 3 February 2026",
        ]
    );
    assert_eq!(run("audit").status, 1);
    // A confirmation that is itself made to fit, or taken out, and one that the student wrote.
    let path = "sessions/club.toml";
    let text = fs::read_to_string(repository.top().join(path)).unwrap();
    let line = text.lines().find(|line| line.starts_with("2025-10-14 = ")).unwrap();
    repository.write(path, text.replace(line, "2025-10-14 = \"0123456789abcdef\""));
    repository.commit("2026-02-24T12:00:00Z");
    let has = |name: &str, says: &str| {
        let all = found(name);
        assert!(all.iter().any(|one| one.0.contains(says)), "{says}: {all:?}");
    };
    let confirmed = "what kit-lowe confirmed on 21 February 2026";
    has("attestation-broken", &format!("{confirmed} says something else now of 14 October 2025"));
    repository.write(path, text.split_once("[[attested]]").unwrap().0);
    repository.commit("2026-02-25T12:00:00Z");
    has("attestation-broken", &format!("{confirmed} was taken out"));
    assert_eq!(found("own-favour"), []);
    let email = repository.git(&["log", "-1", "--format=%ae"]);
    repository.write("gwp.toml", format!("[audit]\nstudents = [\"{email}\"]\n"));
    repository.write(path, text);
    repository.commit("2026-02-26T12:00:00Z");
    has("own-favour", &format!("written from {email}: attestation"));
}

#[cfg(unix)]
#[test]
fn what_is_left_out_is_asked_at_a_terminal() {
    let first = desk();
    let words = "attest lowe --as-of 2026-02-10";
    let (status, text) = crate::asking::at_a_terminal(&first, words, &["\n", "23 Oct 2025\n", "yes\n"]);
    assert!(
        status == 0 && text.contains("Kit Lowe confirms 2 meetings, from 9 October 2025 to 23 October 2025."),
        "{text}"
    );
    assert!(first.read("sessions/lowe.yaml").contains("  - by: kit-lowe\n"));
    let other = desk();
    let (status, text) = crate::asking::at_a_terminal(&other, words, &["Jo Pike\n", "Kit\n", "23 Oct 2025\n", "no\n"]);
    assert!(status == 2 && text.contains("Jo Pike cannot confirm what lowe says"), "{text}");
    assert_eq!(other.read("sessions/lowe.yaml"), LOWE);
}

#[test]
fn a_confirmation_and_a_correction_come_together_and_the_entry_shows() {
    let desk = desk();
    write(&desk, "base.toml", CLUB);
    assert_eq!(desk.run("attest club --by kit-lowe --through 2025-10-21 --on 2025-11-01").status, 0);
    let confirmed = desk.read("sessions/club.toml");
    write(&desk, "theirs.toml", &CLUB.replace("2025-10-14, minutes = 75", "2025-10-14, minutes = 80"));
    assert_eq!(desk.run("merge base.toml sessions/club.toml theirs.toml").status, 0);
    let both = confirmed.replace("2025-10-14, minutes = 75", "2025-10-14, minutes = 80");
    assert_eq!(desk.read("sessions/club.toml"), both);
    let changed = "11: the session of 14 October 2025 is no longer as it was confirmed by Kit Lowe on 1 November 2025";
    assert_eq!(said(&desk), [changed]);
}
