//! The reports that a forecast names: which, when they are overdue, and how many.

use serde_json::{Value, json};

use super::{COURSE, Folder, GROUP, STUDENT, said};
use crate::program::Program;

/// The reports, in one line.
fn reports(folder: &Folder, options: &str) -> String {
    let forecast = folder.forecast(options);
    let word = |report: &Value| {
        let due = report["due"].as_str().unwrap_or("final");
        let late = if report["overdue"] == true { " late" } else { "" };
        format!("{} {due}{late}", report["kind"].as_str().expect("a word"))
    };
    forecast["reports"].as_array().expect("a list").iter().map(word).collect::<Vec<_>>().join(", ")
}

#[test]
fn reports_up_to_the_last_session_or_the_end_of_the_course() {
    let base = Folder::base();
    assert_eq!(reports(&base, "--as-of 2026-03-11"), "gwp2 2026-06-13, wrg2 2026-06-13, gwp2 final");
    assert_eq!(reports(&base, "--as-of 2026-01-28"), "gwp2 2026-01-31, gwp2 2026-06-13, wrg2 2026-06-13, gwp2 final");
    assert_eq!(reports(&base, "--as-of 2026-01-29"), "gwp2 2026-06-13, wrg2 2026-06-13, gwp2 final");
    // A deadline after the course, on the day of the last session and a week before it.
    let until = |day: &str| {
        let breaks = format!("breaks = [\n  {{ from = 2026-06-02, until = {day} }},\n");
        let later = Folder::with(&[
            (COURSE, "terms = [", "report_deadlines = [2027-01-26]\nterms = ["),
            (STUDENT, "[[wrg]]", "external = true\nline_manager = { name = \"Nora Pym\" }\n[[wrg]]"),
            (GROUP, "breaks = [\n", &breaks),
        ]);
        reports(&later, "--as-of 2026-03-11")
    };
    let before = "gwp3 2026-01-31 late, gwp2 2026-06-13, wrg2 2026-06-13";
    assert_eq!(until("2027-01-19"), format!("{before}, gwp2 2027-01-26, gwp2 final"));
    assert_eq!(until("2027-01-18"), format!("{before}, gwp2 final"));
}

#[test]
fn a_report_is_overdue_from_the_day_after() {
    let late = Folder::with(&[(STUDENT, "received = 2026-01-29", "received = 2026-04-29")]);
    assert!(reports(&late, "--as-of 2026-01-31").starts_with("gwp2 2026-01-31, "));
    assert!(reports(&late, "--as-of 2026-02-01").starts_with("gwp2 2026-01-31 late, "));
    let (on_the_day, after) = (late.forecast("--as-of 2026-01-31"), late.forecast("--as-of 2026-02-01"));
    assert!(said(&on_the_day).contains("to come: GWP Form 2 by 31 January 2026; "), "{}", said(&on_the_day));
    assert!(said(&after).contains("to come: GWP Form 2 overdue, due on 31 January 2026; "), "{}", said(&after));
}

#[test]
fn what_is_awaited_is_what_is_due() {
    let external = (STUDENT, "[[wrg]]", "external = true\nline_manager = { name = \"Nora Pym\" }\n[[wrg]]");
    let late = (STUDENT, "received = 2026-01-29", "received = 2026-04-29");
    for folder in [Folder::base(), Folder::with(&[external]), Folder::with(&[external, late])] {
        for day in ["2025-09-19", "2025-09-20", "2025-10-06", "2026-01-31", "2026-02-01", "2026-03-11", "2026-06-01"] {
            let due = Program::within(folder.0.path()).run(&format!("due --as-of {day} --format json")).json();
            let entry = |one: &Value| ["kind", "due", "overdue", "group"].map(|key| one[key].clone());
            let is_awaited = |item: &&Value| {
                let is_report = ["gwp2", "wrg2", "gwp3"].iter().any(|kind| item["kind"] == *kind);
                is_report && (item["overdue"] == true || item["due"].as_str() <= Some("2026-07-11"))
            };
            let due = due["items"].as_array().expect("a list").iter().filter(is_awaited).map(entry);
            let forecast = folder.forecast(&format!("--as-of {day}"));
            let reports = forecast["reports"].as_array().expect("a list");
            let (last, reports) = reports.split_last().expect("the final report");
            assert_eq!(reports.iter().map(entry).collect::<Vec<_>>(), due.collect::<Vec<_>>(), "{day}");
            assert_eq!((&last["final"], &last["due"]), (&json!(true), &Value::Null));
            assert_eq!(forecast["more_reports"], 0);
        }
    }
    // Nobody can report while nothing is arranged.
    let base = Folder::base();
    assert_eq!(reports(&base, "--as-of 2025-09-19"), "wrg2 2026-01-31, wrg2 2026-06-13, gwp2 final");
    assert!(reports(&base, "--as-of 2025-09-20").starts_with("gwp2 2026-01-31, wrg2 2026-01-31, "));
    // Only the form that is about one arrangement names it.
    let external = said(&Folder::with(&[external]).forecast("--as-of 2025-10-06"));
    assert!(
        external.contains("GWP Form 2 by 31 January 2026; GWP Form 3 (tuesday-group) by 31 January 2026"),
        "{external}"
    );
}

#[test]
fn a_course_without_end_is_told_in_few_words() {
    let ending = |year: &str| {
        let ends = format!("ends = {year}-07-11\nlcc");
        Folder::with(&[(COURSE, "ends = 2026-07-11\nlcc", &ends)])
    };
    let folder = ending("2400");
    let forecast = folder.forecast("--as-of 2026-03-11");
    // Twenty-four to come, twice a year for each of two forms, and the final one.
    let reports = forecast["reports"].as_array().expect("a list");
    assert_eq!((reports.len(), &reports[23]["due"]), (25, &json!("2032-01-31")));
    // From 2026 to 2400: the first of 2026 are answered, the last of 2400 are in time.
    assert_eq!(forecast["more_reports"], 2 * (2 * (2400 - 2026 + 1) - 1) - 24);
    assert!(
        said(&forecast).contains("WRG Form 2 by 31 January 2032; 1474 later ones; the final"),
        "{}",
        said(&forecast)
    );
    for format in ["json", "table", "csv", "markdown"] {
        let ran = folder.run(&format!("--as-of 2026-03-11 --format {format}"));
        assert!(ran.status == 0 && ran.out.len() < 6_000, "{format}: {}", ran.out.len());
    }
    let row = folder.run("--as-of 2026-03-11 --format csv").rows();
    assert!(row[0].cell("reports").contains("1474 more"), "{}", row[0].cell("reports"));
    // The last year that can be written.
    let row = ending("9999").run("--as-of 2026-03-11 --format csv").rows();
    assert!(row[0].cell("reports").contains("31870 more"), "{}", row[0].cell("reports"));
}

#[test]
fn twenty_four_reports_to_come_are_named_and_no_more() {
    // The deadline in June, and as many more as are asked for on the days after it: each for two forms.
    let reports = |listed: u32| {
        let days: Vec<_> = (0..listed).map(|day| format!("2026-06-{}", 14 + day)).collect();
        let listed = format!("report_deadlines = [2026-06-13, {}]\nterms = [", days.join(", "));
        let forecast = Folder::with(&[(COURSE, "terms = [", &listed)]).forecast("--as-of 2026-03-11");
        (forecast["reports"].as_array().map(Vec::len), forecast["more_reports"].clone(), said(&forecast))
    };
    let (named, more, said) = reports(11);
    assert_eq!((named, more), (Some(25), json!(0)));
    assert!(!said.contains("later one"), "{said}");
    let (named, more, said) = reports(12);
    assert_eq!((named, more), (Some(25), json!(2)));
    assert!(said.contains("WRG Form 2 by 24 June 2026; 2 later ones; the final GWP Form 2"), "{said}");
}
