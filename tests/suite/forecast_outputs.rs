//! `gwp forecast`: every output says the same, and agrees with the check.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::program::{Program, Ran};

fn london(options: &str) -> Ran {
    Program::at_the_top().run(&format!("forecast examples/london --as-of 2026-02-10 {options}"))
}

fn students(document: &Value) -> &Vec<Value> {
    document["students"].as_array().expect("a list")
}

#[test]
fn it_agrees_with_the_check() {
    for (folders, as_of) in [("examples/london", "2026-02-10"), ("examples/edition-2022-23", "2023-06-20")] {
        let program = Program::at_the_top();
        let check = program.run(&format!("check {folders} --as-of {as_of} --format json")).json();
        let forecast = program.run(&format!("forecast {folders} --as-of {as_of} --format json")).json();
        for key in ["version", "program", "as_of", "scheme", "variations"] {
            assert_eq!(check[key], forecast[key], "{key}");
        }
        let mut forecasts: BTreeMap<&str, &Value> =
            students(&forecast).iter().map(|one| (one["id"].as_str().expect("an id"), one)).collect();
        for judged in students(&check) {
            let id = judged["id"].as_str().expect("an id");
            let verdict = judged["verdict"].as_str().expect("a verdict");
            let unknown = forecast["unknown"].as_array().expect("a list").contains(&judged["id"]);
            assert_eq!(unknown, verdict == "unknown", "{id}");
            let goes_on = ["action", "query", "on-track", "recommended", "ready"].contains(&verdict);
            let expected = goes_on && judged["sessions"]["complete_on"].is_null();
            let one = forecasts.remove(id);
            assert_eq!(one.is_some(), expected, "{id}");
            let Some(one) = one else { continue };
            assert_eq!(one["verdict"], judged["verdict"]);
            assert_eq!(one["sessions"]["counted"], judged["sessions"]["counted"], "{id}");
            assert_eq!(one["limit"], judged["sessions"]["limit"], "{id}");
            assert_eq!(one["at_pace"]["projected"], judged["sessions"]["projected"], "{id}");
            let late = |document: &Value, owner: &str, key: &str| {
                let items = document[owner].as_array().expect("a list").clone();
                let reports = ["gwp2", "wrg2", "gwp3"].map(Value::from);
                let late = items.iter().filter(|item| reports.contains(&item["kind"]));
                let late = late.filter(|item| item.get("student").is_none_or(|student| student == key));
                let late = late.filter(|item| item.get("overdue").is_none_or(|overdue| *overdue == true));
                late.map(|item| (item["kind"].to_string(), item["due"].to_string())).collect::<Vec<_>>()
            };
            assert_eq!(late(one, "reports", id), late(&check, "overdue", id), "{id}");
        }
        assert!(forecasts.is_empty());
    }
}

#[test]
fn every_output_says_the_same() {
    let options = "--pace weekly --breaks 2026-08-01..2026-08-31 --lose 2";
    let document = london(&format!("{options} --format json")).json();
    let rows = london(&format!("{options} --format csv")).rows();
    assert_eq!(rows.len(), students(&document).len());
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string().replace("null", ""), str::to_owned);
    let (table, markdown) = (london(options).out, london(&format!("{options} --format markdown")).out);
    let table_in_one_line = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for (row, one) in rows.iter().zip(students(&document)) {
        for (heading, value) in [
            ("student", &one["id"]),
            ("sessions_counted", &one["sessions"]["counted"]),
            ("last_session", &one["sessions"]["last"]),
            ("projected", &one["at_pace"]["projected"]),
            ("slack_days", &one["at_pace"]["slack_days"]),
            ("projected_at_pace_held", &one["at_pace_held"]["projected"]),
            ("begin_weekly_by", &one["new_group"][0]["last_day"]),
            ("lcc_meeting", &one["lcc_meeting"]),
            ("no_lcc_meeting", &one["no_lcc_meeting"]),
        ] {
            assert_eq!(row.cell(heading), plain(value), "{heading}");
        }
        assert_eq!(row.cell("what_if"), "pace weekly; break 2026-08-01..2026-08-31; lose 2");
        for sentence in one["sentences"].as_array().expect("a list") {
            assert!(table_in_one_line.contains(sentence.as_str().expect("a sentence")), "{sentence}\n{table}");
        }
    }
    let what_if = "What if: every group is weekly; there is no session from 1 August 2026 to 31 August 2026; 2 coming \
        sessions are lost.";
    assert!(table_in_one_line.contains(what_if) && markdown.contains(what_if), "{table}");
    assert_eq!(
        document["what_if"],
        json!({"pace": "weekly", "breaks": [{"from": "2026-08-01", "until": "2026-08-31"}], "lose": 2})
    );
    assert!(table.contains("Hannah Lister") && markdown.contains("Hannah Lister"));
    assert!(london("--format csv").err.contains("Hannah Lister"));
    assert_eq!(document["unknown"], json!(["hannah-lister"]));
    let nothing = london("--format json").json();
    assert!(nothing["what_if"].is_null() && !london("").out.contains("What if"));
    assert_eq!(london("--lose 0 --format json").out, london("--format json").out);
}

#[test]
fn who_is_short_of_time_comes_first() {
    let table = london("").out;
    let names = ["Fiona", "Bethan", "Siobhan", "Tariq", "Ewan", "Gareth", "Marcus", "Priya"];
    let places: Vec<_> = names.iter().map(|name| table.find(&format!("\n{name}")).expect("a row")).collect();
    assert!(places.is_sorted(), "{table}");
}

#[test]
fn filters_and_folders_are_those_of_the_registers() {
    let ids = |document: &Value| {
        students(document).iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&london("--format json --course london-2024").json()), ["fiona-macaskill"]);
    assert_eq!(ids(&london("--format json --student tariq-haddad").json()), ["tariq-haddad"]);
    assert_eq!(ids(&london("--format json --verdict action").json()), ["bethan-maddox", "marcus-idowu"]);
    assert!(london("--course london-2024").out.contains("Shown is only what concerns the course london-2024."));
    let program = Program::at_the_top();
    let several = program.run("forecast examples/national --as-of 2026-02-10 --format json");
    assert_eq!(several.status, 0);
    let several = several.json();
    let names: Vec<_> =
        several["folders"].as_array().expect("several").iter().map(|one| one["folder"].clone()).collect();
    assert_eq!(names, ["bristol", "glasgow", "leeds"]);
    let alone = program.run("forecast examples/national/leeds --as-of 2026-02-10 --format json").json();
    for key in ["as_of", "scheme", "variations", "unknown", "what_if", "students"] {
        assert_eq!(several["folders"][2][key], alone[key], "{key}");
    }
    let rows = program.run("forecast examples/national --as-of 2026-02-10 --format csv").rows();
    assert!(rows.iter().any(|row| row.cell("student") == "leeds/alex-moran"));
    let mixed = program.run("forecast examples/broken/schema-parameter examples/national/leeds --as-of 2026-02-10");
    assert!(mixed.status == 1 && mixed.err.contains("schema-parameter is left out"), "{}", mixed.err);
}

#[test]
fn what_cannot_be_supposed_is_said_on_one_line() {
    for (options, said) in [
        ("--breaks 2026-08-01", "the first and the last day of a break are needed, such as 2026-08-01..2026-08-31"),
        ("--breaks 2026-08-01..2026-08-32", "there is no day \"2026-08-32\""),
        ("--breaks 2026-08-01..2026-07-31", "a break from 1 August 2026 cannot end before it, on 31 July 2026"),
        ("--lose 1001", "a number of sessions from 0 to 1000 is needed"),
        ("--lose 4000000000", "a number of sessions from 0 to 1000 is needed"),
        ("--lose -1", "see \"gwp --help\""),
        ("--pace monthly", "[possible values: weekly, fortnightly]"),
        ("--student priyanka", "no student has the id \"priyanka\""),
    ] {
        let ran = london(options);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.lines().count()), (2, "", 1), "{options}: {}", ran.err);
        assert!(ran.err.contains(said), "{options}: {}", ran.err);
    }
    assert_eq!(london("--breaks 2026-08-01..2026-08-01 --lose 1000").status, 0);
}
