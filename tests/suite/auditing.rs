//! `gwp audit` of the story of Wells, and of an award: what is asked about, and what is not, to the day.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;

use crate::auditing_decisions::recommended;
use crate::chronicle::{Diary, GROUP, NIA, RUTH, run, story};
use crate::repository::{said, started};

/// The irregularities of a name: record, message, and the days of the commits.
pub fn found(top: &Path, name: &str, words: &str) -> Vec<String> {
    let document = run(top, &format!("audit --format json {words}")).json();
    let all = document["irregularities"].as_array().unwrap().iter().filter(|one| one["name"] == name);
    all.map(|one| {
        let days: Vec<_> = one["commits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|commit| commit["committer"]["day"].as_str().unwrap())
            .collect();
        format!("{} {} [{}]", one["file"].as_str().unwrap_or("-"), one["message"].as_str().unwrap(), days.join(" "))
    })
    .collect()
}

#[test]
fn an_audit_asks_about_each_irregularity() {
    let folder = story();
    let is = |name: &str, wanted: &[&str]| assert_eq!(found(folder.path(), name, ""), wanted, "{name}");
    let student = "students/nia-brook.toml";
    is(
        "evidence-altered",
        &[&format!(
            "{student} the arrangements were approved by the LCC on 29 November 2025; after that: arrangement \
             (friday-group, tom-ferrer): confirmed added: 22 October 2025 [2025-11-30 2025-12-01]"
        )],
    );
    is("evidence-removed", &[]);
    is(
        "rating-raised",
        &[&format!(
            "{student} the report for 31 January 2026, changed on 20 February 2026: context from developing to competent [2026-02-20]"
        )],
    );
    is(
        "receipt-moved",
        &[&format!(
            "{student} the report for 31 January 2026 was received on 2 February 2026, and is now said to have been on 30 January 2026 [2026-02-20]"
        )],
    );
    is(
        "decision-unready",
        &[&format!(
            "{student} the arrangements were approved by the LCC on 29 November 2025, and as the folder stood this was not met on that day: A2 supervisor-confirmed (open) [2025-11-30]"
        )],
    );
    is("entries-lost", &["sessions/friday-group.toml 1 session taken out: 17 October 2025 [2026-03-02]"]);
    is(
        "recorded-late",
        &[&format!(
            "{student} arrangement (friday-group, tom-ferrer): confirmed added: 22 October 2025, recorded 40 days after 22 October 2025 [2025-12-01]"
        )],
    );
    is(
        "altered-in-favour",
        &["sessions/friday-group.toml session (17 October 2025) removed: minutes 90, present 5; so nia-brook: I1 \
           indemnity-insurance waited for a ruling on 17 October 2025, and does no more [2026-03-02]"],
    );
    is(
        "own-favour",
        &[
            &format!(
                "{student} written from nia@example.org: arrangement (friday-group, tom-ferrer): confirmed added: 22 October 2025 [2025-12-01]"
            ),
            &format!(
                "{student} written from nia@example.org: report (GWP2, 31 January 2026, tom-ferrer): competencies.context from \
             developing to competent; received from 2 February 2026 to 30 January 2026 [2026-02-20]"
            ),
        ],
    );
    for name in ["dated-ahead", "commit-redated", "commit-backdated", "only-the-student", "commit-unsigned"] {
        is(name, &[]);
    }
    let ran = run(folder.path(), "audit");
    assert!(ran.status == 1 && ran.out.contains("9 things to ask about"), "{}", ran.out);
    assert_eq!(run(folder.path(), "audit --since 2026-03-03").status, 0);
    assert_eq!(run(folder.path(), "audit --since 2026-03-02").status, 1);
    assert_eq!(run(folder.path(), "audit --rev HEAD~6").status, 0);
}

#[test]
fn how_late_is_late_is_said() {
    let folder = story();
    let late = |words: &str| found(folder.path(), "recorded-late", words).len();
    assert_eq!((late("--late-after 39"), late("--late-after 40")), (1, 0));
    let diary = Diary { top: folder.path() };
    for (days, wanted) in [(39, 1), (40, 0)] {
        diary.write("gwp.toml", &format!("[audit]\nlate_days = {days}\n"));
        diary.commit(RUTH, "2026-03-03", "how late");
        assert_eq!(late(""), wanted, "{days}");
    }
    // A record of each commit, and three of the first.
    assert_eq!(late("--late-after 0"), 8);
}

#[test]
fn of_several_days_the_earliest_counts() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let wrg = "\n[[wrg]]\nsupervisor = \"tom-ferrer\"\nfrom = 2025-09-27\npresentations = [2025-11-14]\n";
    diary.add("students/nia-brook.toml", wrg);
    diary.commit(RUTH, "2026-03-03", "the WRG");
    diary.replace("students/nia-brook.toml", "[2025-11-14]", "[2025-11-14, 2025-12-05, 2026-05-08, 2026-03-06]");
    diary.commit(RUTH, "2026-03-07", "presented");
    let of_wrg = "students/nia-brook.toml wrg (tom-ferrer, 27 September 2025)";
    assert_eq!(
        found(folder.path(), "recorded-late", "--since 2026-03-03"),
        [
            format!(
                "{of_wrg} added: presentations 14 November 2025, recorded 157 days after 27 September 2025 [2026-03-03]"
            ),
            format!(
                "{of_wrg}: presentations from 14 November 2025 to 14 November 2025, 5 December 2025, 8 May 2026, 6 March \
                 2026, recorded 92 days after 5 December 2025 [2026-03-07]"
            ),
        ]
    );
    let wanted = "students/nia-brook.toml 1 date recorded before the day: 8 May 2026 [2026-03-07]";
    assert_eq!(found(folder.path(), "dated-ahead", ""), [wanted]);
    // And so the history has it.
    let document = run(folder.path(), "history nia-brook --format json").json();
    let of_march = document["entries"].as_array().unwrap().iter().filter(|entry| entry["recorded"] == "2026-03-07");
    let told: Vec<_> = of_march.map(|entry| (entry["happened"].as_str(), entry["late"].as_i64())).collect();
    assert_eq!(told, [(Some("2025-12-05"), Some(92))]);
}

#[test]
fn before_the_day_and_on_it() {
    for (day, wanted) in [("2026-03-05", 1), ("2026-03-06", 0)] {
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.replace("sessions/friday-group.toml", "\n]", "\n  { date = 2026-03-06, minutes = 90, present = 6 },\n]");
        diary.commit(RUTH, day, "session");
        assert_eq!(found(folder.path(), "dated-ahead", "").len(), wanted, "{day}");
        // What is called off can be known before.
        diary.replace(
            "sessions/friday-group.toml",
            "\n]",
            "\n  { date = 2026-04-03, cancelled = \"Good Friday\" },\n]",
        );
        diary.commit(RUTH, day, "called off");
        assert_eq!(found(folder.path(), "dated-ahead", "").len(), wanted, "{day}");
    }
}

#[test]
fn a_planned_session_is_asked_about_where_nobody_says_that_it_was_held() {
    const LOG: &str = "sessions/friday-group.toml";
    let plan = "{ date = 2026-03-13, minutes = 90 }";
    let wanted =
        format!("{LOG} 1 session recorded before the day, and not confirmed since: 13 March 2026 [2026-03-03]");
    let cases = [
        ("{ date = 2026-03-13, minutes = 90, present = 6 }", "2026-03-13", false),
        ("{ date = 2026-03-13, minutes = 75 }", "2026-03-14", false),
        ("{ date = 2026-03-13, cancelled = \"ill\" }", "2026-03-12", false),
        ("{ date = 2026-03-13, cancelled = \"ill\" }", "2026-03-20", false),
        ("", "2026-03-12", false),
        // Nobody said that it was held, before the day or from it on.
        (plan, "2026-03-12", true),
        (plan, "2026-03-13", true),
        ("{ date = 2026-03-13, minutes = 90, notes = \"x\" }", "2026-03-14", true),
    ];
    for (is, day, is_found) in cases {
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.replace(LOG, "\n]", &format!("\n  {plan},\n]"));
        diary.commit(RUTH, "2026-03-03", "planned");
        assert_eq!(found(folder.path(), "dated-ahead", ""), std::slice::from_ref(&wanted));
        let line = if is.is_empty() { String::new() } else { format!("  {is},\n") };
        diary.replace(LOG, &format!("  {plan},\n"), &line);
        diary.add(LOG, "# seen\n");
        diary.commit(RUTH, day, "and then");
        let found_then = found(folder.path(), "dated-ahead", "");
        assert_eq!(found_then, if is_found { vec![wanted.clone()] } else { Vec::new() }, "{is} {day}");
        // However long ago it was planned, it is recent when its day comes.
        let has_come = is_found && day >= "2026-03-13";
        assert_eq!(found(folder.path(), "dated-ahead", "--since 2026-03-13").len(), usize::from(has_come));
        assert!(found(folder.path(), "dated-ahead", "--since 2026-03-14").is_empty());
        if is_found {
            fs::rename(folder.path().join(LOG), folder.path().join("sessions/friday.toml")).unwrap();
            diary.commit(RUTH, "2026-03-21", "moved");
            assert_eq!(found(folder.path(), "dated-ahead", "").len(), 1);
            diary.replace("sessions/friday.toml", "date = 2026-03-13, minutes = 90", "date = 2026-03-13, minutes = 80");
            diary.commit(RUTH, "2026-03-22", "held");
            assert!(found(folder.path(), "dated-ahead", "").is_empty());
        }
    }
    // Altered before its day it is a plan still.
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.replace(LOG, "\n]", &format!("\n  {plan},\n]"));
    diary.commit(RUTH, "2026-03-03", "planned");
    diary.replace(LOG, plan, "{ date = 2026-03-13, minutes = 75 }");
    diary.commit(RUTH, "2026-03-04", "shorter");
    diary.write("README", "x");
    diary.commit(RUTH, "2026-03-14", "something else");
    assert_eq!(found(folder.path(), "dated-ahead", ""), [wanted.replace("03-03]", "03-04]")]);
}

#[test]
fn one_of_two_lines_of_a_day_is_not_lost() {
    const LOG: &str = "sessions/friday-group.toml";
    const HELD: &str = "minutes = 90, present = 6";
    const LESS: &str = "minutes = 90";
    const AWAY: &str = "minutes = 90, present = 6, absent = [\"nia-brook\"]";
    const OFF: &str = "cancelled = \"ill\"";
    let cases: [([&str; 2], &[&str], bool); 10] = [
        ([HELD, HELD], &[HELD], false),
        ([HELD, "minutes = 75, present = 6"], &[HELD], false),
        ([HELD, LESS], &[HELD], false),
        ([HELD, OFF], &[HELD], false),
        // Their evil neighbours: something that was said of the day is gone.
        ([HELD, HELD], &[], true),
        ([HELD, LESS], &[LESS], true),
        ([HELD, OFF], &[OFF], true),
        ([AWAY, HELD], &[HELD], true),
        ([HELD, LESS], &["minutes = 90, present = 9"], true),
        ([HELD, HELD], &["minutes = 75, present = 6"], true),
    ];
    for (were, are, is_found) in cases {
        let lines = |list: &[&str]| -> String {
            list.iter().map(|one| format!("  {{ date = 2026-02-20, {one} }},\n")).collect()
        };
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.replace(LOG, "\n]", &format!("\n{}]", lines(&were)));
        diary.commit(RUTH, "2026-03-03", "twice");
        diary.replace(LOG, &lines(&were), &lines(are));
        diary.commit(RUTH, "2026-03-04", "one too many");
        let lost = found(folder.path(), "entries-lost", "--since 2026-03-04");
        assert_eq!(lost.len(), usize::from(is_found), "{were:?} {are:?}: {lost:?}");
    }
}

#[test]
fn a_plan_that_is_given_up_before_its_day_is_not_lost() {
    const LOG: &str = "sessions/friday-group.toml";
    let cases = [
        ("minutes = 90", "2026-03-12", false),
        ("minutes = 90", "2026-03-13", true),
        ("minutes = 90, present = 6", "2026-03-12", true),
    ];
    for (said, day, is_found) in cases {
        let line = format!("  {{ date = 2026-03-13, {said} }},\n");
        let folder = story();
        let diary = Diary { top: folder.path() };
        diary.replace(LOG, "\n]", &format!("\n{line}]"));
        diary.commit(RUTH, "2026-03-03", "planned");
        diary.replace(LOG, &line, "");
        diary.commit(RUTH, day, "no such day");
        let lost = found(folder.path(), "entries-lost", "--since 2026-03-03");
        assert_eq!(lost.len(), usize::from(is_found), "{said} {day}: {lost:?}");
    }
}

#[test]
fn a_rating_on_the_deadline_and_after_it() {
    for (day, wanted) in [("2026-02-03", 1), ("2026-01-31", 0), ("2026-02-01", 1)] {
        let folder = story();
        said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~3"]));
        let diary = Diary { top: folder.path() };
        let report = "\n[[report]]\nform = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-01-20\nby = \"tom-ferrer\"\ncompetencies = { context = \"not-observed\" }\n";
        diary.add("students/nia-brook.toml", report);
        diary.commit(RUTH, "2026-01-21", "report");
        diary.replace("students/nia-brook.toml", "not-observed", "not-competent");
        diary.commit(RUTH, day, "rating");
        assert_eq!(found(folder.path(), "rating-raised", "").len(), wanted, "{day}");
        // Lower is not higher.
        diary.replace("students/nia-brook.toml", "not-competent", "not-observed");
        diary.commit(RUTH, "2026-03-01", "rating");
        assert_eq!(found(folder.path(), "rating-raised", "").len(), wanted, "{day}");
    }
}

#[test]
fn a_rating_that_is_left_out_for_a_time_is_not_forgotten() {
    for (due, deadline) in [("due = 2026-01-31\n", "31 January 2026"), ("", "20 January 2026")] {
        let folder = story();
        said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~3"]));
        let diary = Diary { top: folder.path() };
        let rated = "conflict = \"developing\", context = \"developing\"";
        let report = format!(
            "\n[[report]]\nform = \"GWP2\"\n{due}received = 2026-01-20\nby = \"tom-ferrer\"\ncompetencies = {{ {rated} }}\n"
        );
        diary.add("students/nia-brook.toml", &report);
        diary.commit(RUTH, "2026-01-21", "report");
        for (day, now) in [("2026-02-09", ""), ("2026-02-10", ", context = \"competent\"")] {
            let before = ["", ", context = \"developing\""][usize::from(now.is_empty())];
            let (before, now) =
                (format!("conflict = \"developing\"{before} }}"), format!("conflict = \"developing\"{now} }}"));
            diary.replace("students/nia-brook.toml", &before, &now);
            diary.commit(RUTH, day, "rating");
        }
        let wanted = format!(
            "students/nia-brook.toml the report for {deadline}, changed on 10 February 2026: context from developing to \
             competent [2026-02-10]"
        );
        assert_eq!(found(folder.path(), "rating-raised", ""), [wanted]);
    }
}

/// Two reports by one supervisor, and one on another form for the same deadline: none is taken for another.
#[test]
fn one_report_is_not_another() {
    let folder = story();
    said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~3"]));
    let (diary, path) = (Diary { top: folder.path() }, "students/nia-brook.toml");
    let report = |form: &str, due: &str, received: &str, more: &str| {
        format!("\n[[report]]\nform = \"{form}\"\ndue = {due}\nreceived = {received}\nby = \"tom-ferrer\"\n{more}")
    };
    let wrg = report("WRG2", "2026-01-31", "2026-02-02", "");
    diary.add(path, &report("GWP2", "2026-01-31", "2026-06-10", "competencies = { context = \"developing\" }\n"));
    diary.add(path, &report("GWP2", "2026-06-13", "2026-06-10", "competencies = { conflict = \"competent\" }\n"));
    diary.add(path, &wrg);
    diary.commit(RUTH, "2026-06-11", "reports");
    diary.replace(path, "{ conflict = \"competent\" }", "{ conflict = \"competent\", context = \"competent\" }");
    diary.replace(path, &wrg, "");
    diary.commit(RUTH, "2026-06-16", "more of it");
    diary.add(path, &report("GWP3", "2026-01-31", "2026-01-30", ""));
    diary.commit(RUTH, "2026-06-17", "another form");
    for name in ["rating-raised", "receipt-moved", "writer-changed"] {
        assert_eq!(found(folder.path(), name, ""), [] as [&str; 0], "{name}");
    }
}

#[test]
fn the_dates_of_commits() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let log = |number: usize| diary.add("sessions/friday-group.toml", &format!("# {number}\n"));
    log(1);
    diary.commit_written(RUTH, "2026-03-01", "2026-03-08", "a week");
    assert!(found(folder.path(), "commit-redated", "").is_empty());
    log(2);
    diary.commit_written(RUTH, "2026-03-01", "2026-03-09", "more than a week");
    let wanted = "- written on 1 March 2026, committed on 9 March 2026 [2026-03-09]";
    assert_eq!(found(folder.path(), "commit-redated", ""), [wanted]);
    log(3);
    diary.commit(RUTH, "2026-03-08", "a day back");
    assert!(found(folder.path(), "commit-backdated", "").is_empty());
    log(4);
    diary.commit(RUTH, "2026-03-06", "two days back");
    let back = found(folder.path(), "commit-backdated", "");
    assert!(back.len() == 1 && back[0].starts_with("- made on 6 March 2026, and follows "), "{back:?}");
    // Neither step by step nor over a commit that leaves the records alone a clock goes back unseen.
    for day in ["2026-03-05", "2026-03-04"] {
        diary.write("README", day);
        diary.commit(RUTH, day, "no record");
    }
    log(5);
    diary.commit(RUTH, "2026-03-04", "and on");
    let back = found(folder.path(), "commit-backdated", "");
    let both = "- 2 commits made on 4 March 2026, 6 March 2026, and follow ";
    assert!(back.len() == 1 && back[0].starts_with(both) && back[0].ends_with("[2026-03-06 2026-03-04]"), "{back:?}");
    log(6);
    diary.commit_written(RUTH, "2026-03-09", "2026-03-08", "written a day later");
    assert_eq!(found(folder.path(), "commit-backdated", "").len(), 1);
    log(7);
    diary.commit_written(RUTH, "2026-03-11", "2026-03-09", "written two days later");
    let wanted = "- made on 9 March 2026, and written on 11 March 2026 [2026-03-09]";
    assert!(found(folder.path(), "commit-backdated", "--since 2026-03-11").contains(&wanted.to_owned()));
    // A commit that leaves the records alone is nobody's concern.
    diary.write("README", "x");
    diary.commit_written(RUTH, "2020-01-01", "2026-03-10", "no record");
    assert_eq!(found(folder.path(), "commit-redated", "").len(), 1);
}

#[test]
fn whose_words_a_record_is() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.write("sessions/her-own.toml", &GROUP.replace("2025-10-1", "2026-03-1"));
    diary.commit((NIA.0, "Nia@Example.org"), "2026-03-20", "her own");
    assert!(found(folder.path(), "only-the-student", "").is_empty(), "nobody asked");
    let asked = |audit: &str| {
        diary.write("gwp.toml", audit);
        diary.commit(RUTH, "2026-03-21", "who is who");
        found(folder.path(), "only-the-student", "")
    };
    let wanted = "sessions/her-own.toml written by Nia@Example.org alone [2026-03-20]";
    assert_eq!(asked("[audit]\nconvenors = [\"ruth@example.org\"]\n"), [wanted]);
    assert!(asked("[audit]\nadministrators = [\"nia@example.org\"]\n").is_empty());
    // Who only gives a file another place has not written it all.
    fs::rename(folder.path().join("sessions/friday-group.toml"), folder.path().join("sessions/friday.toml")).unwrap();
    diary.commit(NIA, "2026-03-22", "moved");
    assert_eq!(asked("[audit]\nconvenors = [\"ruth@example.org\"]\n"), [wanted]);
    // Nor who only sets it out otherwise.
    let (one, other) = (
        "  { date = 2026-03-10, minutes = 90, present = 6 },\n",
        "  { date = 2026-03-17, minutes = 90, present = 5 },\n",
    );
    diary.replace("sessions/her-own.toml", &format!("{one}{other}"), &format!("{other}# seen\n{one}"));
    diary.write("gwp.toml", "");
    diary.commit(RUTH, "2026-03-23", "set out otherwise");
    fs::rename(folder.path().join("sessions/her-own.toml"), folder.path().join("sessions/own.toml")).unwrap();
    assert_eq!(asked("[audit]\nconvenors = [\"ruth@example.org\"]\n\n"), [wanted.replace("her-own", "own")]);
    diary.replace("sessions/own.toml", "present = 6", "present = 7");
    assert!(asked("[audit]\nconvenors = [\"ruth@example.org\"]\n\n\n").is_empty(), "somebody else wrote in it");
}

#[test]
fn signatures_where_the_folder_asks_for_them() {
    let folder = story();
    Diary { top: folder.path() }.write("gwp.toml", "[audit]\nsigned = true\n");
    Diary { top: folder.path() }.commit(RUTH, "2026-03-03", "signatures");
    // A commit with a signature of whatever worth, made by hand.
    let tree = said(started(folder.path()).args(["rev-parse", "HEAD~1^{tree}"]));
    let parent = said(started(folder.path()).args(["rev-parse", "HEAD"]));
    let who = "Ruth Calder <ruth@example.org> 1772712000 +0000";
    let commit = format!(
        "tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\ngpgsig -----BEGIN\n x\n -----END\n\nsigned\n"
    );
    fs::write(folder.path().join(".git/made"), commit).unwrap();
    let id = said(started(folder.path()).args(["hash-object", "-t", "commit", "-w", ".git/made"]));
    let of = |rev: &str| found(folder.path(), "commit-unsigned", &format!("--rev {rev}"));
    let ruths =
        "- by Ruth Calder <ruth@example.org> [2025-10-20 2025-11-30 2026-01-17 2026-02-03 2026-03-02 2026-03-03]";
    assert_eq!(of("HEAD"), ["- by Nia Brook <nia@example.org> [2025-12-01 2026-02-20]", ruths]);
    let of_march = found(folder.path(), "commit-unsigned", "--since 2026-03-03");
    assert_eq!(of_march, ["- by Ruth Calder <ruth@example.org> [2026-03-03]"]);
    assert_eq!(found(folder.path(), "commit-unsigned", "--student nia-brook").len(), 2);
    // In its tree nobody asks for signatures any more.
    assert!(of(&id).is_empty());
    assert!(of("HEAD~1").is_empty());
}

#[test]
fn one_thing_to_ask_about_reads_as_one() {
    let folder = recommended();
    let diary = Diary { top: folder.path() };
    diary.replace("sessions/tuesday-group.toml", "date = 2026-01-06, minutes = 90", "date = 2026-01-06, minutes = 60");
    diary.commit(RUTH, "2026-07-20", "shorter");
    let page = run(folder.path(), "audit --student robin-ashby --since 2026-07-20 --late-after 1000").out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = "1 thing to ask about. It is no fault by itself.";
    assert!(page.contains(wanted), "{page}");
}

#[test]
fn a_record_with_another_id_is_nothing_irregular() {
    let folder = recommended();
    for (from, to) in [("tuesday-group", "tues-group"), ("robin-ashby", "robin-hale"), ("kit-lowe", "kit-lowe-hale")] {
        let before = run(folder.path(), "audit --format csv").out;
        assert_eq!(run(folder.path(), &format!("rename {from} {to}")).status, 0);
        Diary { top: folder.path() }.commit(RUTH, "2026-07-20", "renamed");
        let document = run(folder.path(), "audit --since 2026-07-20 --format json").json();
        assert_eq!(document["irregularities"].as_array().unwrap().len(), 0, "{from}: {before} {document}");
    }
    // What is altered along with it is.
    run(folder.path(), "rename tues-group monday-group");
    Diary { top: folder.path() }.replace("students/robin-hale.toml", "from = 2025-10-06", "from = 2025-10-07");
    Diary { top: folder.path() }.commit(RUTH, "2026-07-21", "renamed, and more");
    assert_eq!(found(folder.path(), "evidence-removed", "").len(), 1);
}

#[test]
fn a_student_who_is_gone() {
    let folder = story();
    fs::remove_file(folder.path().join("students/nia-brook.toml")).unwrap();
    Diary { top: folder.path() }.commit(RUTH, "2026-03-03", "gone");
    let lost = found(folder.path(), "entries-lost", "--since 2026-03-03");
    assert_eq!(lost, ["students/nia-brook.toml the record of the student is gone, with 7 entries [2026-03-03]"]);
}
