//! Numbers and dates come from the parameters in force: a folder that varies every one of them nowhere reads what the
//! edition says. And two editions, compared on the command line.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeSet;
use std::fs;

use gwp::edition::{Code, ParameterName, Scheme};
use gwp::judgement::Judgement;
use gwp::records::{RecordKind, schema_text};
use gwp::topics::Topic;
use serde_json::Value;
use tempfile::TempDir;

use crate::cases::{Files, all_cases, day, files_of, judged, linked};
use crate::file;
use crate::markdown::{Piece, pieces};
use crate::program::Program;
use crate::scratch;

/// Every parameter, with another value than the edition's.
const VARIED: [(&str, &str); 12] = [
    ("sessions_required", "40"),
    ("session_minutes_min", "50"),
    ("session_minutes_max", "105"),
    ("interval_slack_days", "9"),
    ("supervision_interval_days", "17"),
    ("supervision_minutes", "45"),
    ("supervision_modes", "[\"face-to-face\", \"video\"]"),
    ("joint_supervision_interval_days", "43"),
    ("report_dates", "[\"02-26\", \"09-04\"]"),
    ("completion_years", "3"),
    ("registers", "[\"BPC\"]"),
    ("new_arrangement_days", "33"),
];

/// What the edition says, as no sentence is to say it where the parameters are others.
const OF_THE_EDITION: [&str; 24] = [
    "30 sessions",
    "of 30",
    "30 needed",
    "30th",
    "thirty",
    "thirtieth",
    "60 minutes",
    "90 minutes",
    "60 to 90",
    "a week late",
    "every 14",
    "every 31",
    "than 14",
    "than 21",
    "than 28",
    "than 31",
    "than 38",
    "within 14",
    "within 28",
    "within 31",
    "two years",
    "2 years",
    "ukcp",
    "bacp",
];

/// What it says as well, and what can be said for another reason: no explanation says it.
const ALSO: [&str; 19] = [
    "an hour",
    "one hour",
    "hour and a half",
    "sixty",
    "ninety",
    "two weeks",
    "four weeks",
    "a month",
    "every month",
    "telephone",
    "7 days",
    "14 days",
    "21 days",
    "22 days",
    "28 days",
    "31 days",
    "38 days",
    "31 january",
    "13 june",
];

/// Names that stay what they are, whatever is required; and how many sessions there happen to be.
const STAY: [&str; 3] = ["thirty-sessions", "two-year-limit", "all 30 sessions held"];

/// Which of the phrases a text says, as whole words.
fn said<'p>(text: &str, phrases: impl IntoIterator<Item = &'p &'p str>) -> Vec<&'p str> {
    let mut text = text.to_lowercase();
    for name in STAY {
        text = text.replace(name, "");
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let says = |phrase: &&&str| {
        text.match_indices(**phrase).any(|(at, _)| {
            !is_word(text[..at].chars().next_back()) && !is_word(text[at + phrase.len()..].chars().next())
        })
    };
    phrases.into_iter().filter(says).copied().collect()
}

/// The files, with every parameter varied, and with the records' own words for what the edition asks replaced.
fn varied(mut files: Files) -> Files {
    for text in files.values_mut() {
        *text = text.replace("UKCP", "BPC").replace("telephone", "face-to-face");
        for register in ["BACP", "bacp", "Bacp"] {
            *text = text.replace(register, "BPC");
        }
    }
    let gwp = files.entry("gwp.toml".to_owned()).or_default();
    for (parameter, value) in VARIED {
        let varied = format!(
            "\n[[variation]]\nparameter = \"{parameter}\"\nvalue = {value}\nagreed_by = \"NTM\"\nagreed = 2020-01-01\n"
        );
        gwp.push_str(&varied);
    }
    files
}

#[test]
fn every_parameter_is_varied_here() {
    let varied = VARIED.map(|(parameter, _)| parameter);
    assert_eq!(varied, ParameterName::WORDS);
}

#[test]
fn phrases_are_found_as_whole_words() {
    let phrases = ["of 30", "thirty"];
    assert_eq!(said("14 of\n30 sessions; Thirty", &phrases), ["of 30", "thirty"]);
    assert_eq!(said("14 of 300; thirtyfold; G5 thirty-sessions", &phrases), Vec::<&str>::new());
}

/// What the judgement says, in every case that there is: nearly every message.
#[test]
fn no_message_says_what_the_edition_says() {
    let mut offending = BTreeSet::new();
    let mut texts = 0;
    for (title, deviation, files) in all_cases() {
        // A case can have terms of its own, which are then said.
        if files.values().any(|text| text.contains("[[variation]]") || text.contains("[[accommodation]]")) {
            continue;
        }
        let case = linked(&varied(files));
        for iso in deviation.on.keys() {
            let messages = judged(&case, day(iso), messages).unwrap_or_default();
            texts += messages.len();
            for (code, message) in messages {
                for phrase in said(&message, &OF_THE_EDITION) {
                    offending.insert(format!("{code} says {phrase:?}: {message} ({title}, {iso})"));
                }
            }
        }
    }
    assert!(texts > 10_000, "{texts} messages were read");
    assert!(offending.is_empty(), "{offending:#?}");
}

fn messages(judgement: &Judgement<'_>) -> Vec<(Code, String)> {
    let of_finding = judgement.findings.iter().flat_map(|finding| {
        let own = finding.message.clone();
        let queries = finding.queries.iter().map(|query| query.message.clone());
        queries.chain([own]).map(|message| (finding.code, message)).collect::<Vec<_>>()
    });
    of_finding.collect()
}

/// Whatever a requirement comes to, the edition says what can be recorded to settle it.
#[test]
fn no_status_is_without_a_remedy() {
    let edition = Scheme::default().edition();
    let mut lacking = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for (title, deviation, files) in all_cases() {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let statuses = |judgement: &Judgement<'_>| {
                judgement.findings.iter().map(|finding| (finding.code, finding.status.word())).collect::<Vec<_>>()
            };
            for (code, status) in judged(&case, day(iso), statuses).unwrap_or_default() {
                if matches!(status, "met" | "n/a") {
                    continue;
                }
                seen.insert((code, status));
                let has_remedy = |(known, remedy): (&str, &str)| known == status && !remedy.is_empty();
                if !edition.clause(code).settled_by.by_status().any(has_remedy) {
                    lacking.insert(format!("{code} {status}: {title}, {iso}"));
                }
            }
        }
    }
    assert!(seen.len() > 80, "{} statuses were looked at", seen.len());
    assert!(lacking.is_empty(), "{lacking:#?}");
}

/// A copy of an example with every parameter varied, and a place beside it.
fn example(name: &str) -> TempDir {
    let desk = scratch::folder();
    for (path, text) in varied(files_of(&file("examples").join(name))) {
        let path = desk.path().join("folder").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    desk
}

/// The texts that somebody sees who asks everything of a folder, each with the command.
fn asked(desk: &TempDir, as_of: &str) -> Vec<(String, String)> {
    let program = Program::within(desk.path()).env("COLUMNS", "200");
    let check = Program::within(desk.path()).run(&format!("check folder --as-of {as_of} --format json")).json();
    let students = check["students"].as_array().unwrap();
    let known = students.iter().filter(|student| student["verdict"] != "unknown").take(6);
    let mut commands: Vec<String> =
        known.map(|student| format!("show {} folder", student["id"].as_str().unwrap())).collect();
    assert!(!commands.is_empty(), "{check}");
    let plain = [
        "check folder",
        "due folder",
        "due folder --overdue",
        "forecast folder",
        "remind folder",
        "list students folder",
        "list supervisors folder",
        "list courses folder",
        "list groups folder",
    ];
    commands.extend(plain.map(str::to_owned));
    let run = |command: String| {
        let ran = program.run(&format!("{command} --as-of {as_of}"));
        assert!(ran.status <= 1, "{command}: {}", ran.err);
        (command, ran.out + &ran.err)
    };
    commands.into_iter().map(run).collect()
}

#[test]
fn a_folder_that_varies_every_parameter_reads_its_own() {
    let mut offending = BTreeSet::new();
    for (name, as_of) in [("london", "2026-02-10"), ("edition-2022-23", "2023-06-20")] {
        for (command, text) in asked(&example(name), as_of) {
            // What the folder varies is shown beside what the edition says, where parameters are shown.
            for line in text.lines() {
                for phrase in said(line, &OF_THE_EDITION) {
                    offending.insert(format!("{name}: {command} says {phrase:?}: {}", line.trim()));
                }
            }
            if command.starts_with("check") {
                assert!(text.contains("/40"), "{text}");
            }
        }
    }
    assert!(offending.is_empty(), "{offending:#?}");
}

/// Explanations fill every number and every date.
#[test]
fn explanations_are_filled_from_the_folder() {
    let desk = example("london");
    let mut all = Vec::new();
    let document = Program::within(desk.path()).run("explain -C folder --format json").json();
    let mut requirements = document["requirements"].as_array().unwrap().clone();
    assert_eq!(requirements.len(), Code::all().count());
    for requirement in &mut requirements {
        // Each parameter is shown with the edition's own value, and called that.
        requirement.as_object_mut().unwrap().remove("parameters");
        let code = requirement["code"].clone();
        strings(requirement, &mut |text| {
            for phrase in said(text, OF_THE_EDITION.iter().chain(&ALSO)) {
                all.push(format!("{code} says {phrase:?}: {text}"));
            }
        });
    }
    assert_eq!(all, Vec::<String>::new());
    let asks = |code: &str| {
        let code = Code::from_word(code).unwrap() as usize;
        requirements[code]["asks"].as_str().unwrap()
    };
    assert!(asks("G5").contains("at least 40 sessions"), "{}", asks("G5"));
    assert!(asks("R1").contains("by 26 February and 4 September"), "{}", asks("R1"));
    assert!(asks("T1").contains("within 3 years"), "{}", asks("T1"));
    assert!(asks("S2").contains("registered with BPC"), "{}", asks("S2"));
}

/// What stands in every program, whatever its folder: help, the manual's own sentences, the schemas.
#[test]
fn help_and_schemas_name_no_number_that_can_vary() {
    let mut offending = Vec::new();
    let mut look = |at: &str, text: &str| {
        for phrase in said(text, &OF_THE_EDITION) {
            offending.push(format!("{at} says {phrase:?}: {text}"));
        }
    };
    for kind in RecordKind::ALL {
        let schema: Value = serde_json::from_str(&schema_text(kind)).unwrap();
        descriptions(&schema, &mut |text| look(kind.word(), text));
    }
    for topic in Topic::all() {
        for sentence in own_sentences(topic.text) {
            look(topic.name, &sentence);
        }
    }
    let help = Program::at_the_top().env("COLUMNS", "10000");
    let commands = help.run("--help").out;
    let commands = commands.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let of_new = ["new course", "new student", "new supervisor", "new group", "new supervision"];
    for command in commands.chain(of_new) {
        help.run(&format!("{command} --help")).out.lines().for_each(|line| look(command, line));
    }
    assert!(offending.is_empty(), "{offending:#?}");
}

/// The lines of a page that nobody made from an edition or from a folder: no block, no part that is made, no word in
/// the type of a record.
fn own_sentences(page: &str) -> Vec<String> {
    let mut is_made = false;
    let mut own = Vec::new();
    for piece in pieces(page) {
        let Piece::Line(line) = piece else { continue };
        if line.starts_with("<!-- ") {
            is_made = !line.starts_with("<!-- /");
        } else if !is_made {
            own.push(line.split('`').step_by(2).collect::<String>());
        }
    }
    own
}

fn strings(value: &Value, see: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(list) => list.iter().for_each(|one| strings(one, see)),
        Value::Object(table) => table.values().for_each(|one| strings(one, see)),
        _ => {}
    }
}

fn descriptions(value: &Value, see: &mut dyn FnMut(&str)) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| descriptions(one, see)),
        Value::Object(table) => {
            if let Some(Value::String(text)) = table.get("description") {
                see(text);
            }
            table.values().for_each(|one| descriptions(one, see));
        }
        _ => {}
    }
}

#[test]
fn an_edition_is_compared_with_itself() {
    let run = |words: &str| Program::at_the_top().run(&format!("diff --edition iga-2022-23 {words}"));
    let same = run("iga-2022-23 examples/london --as-of 2026-02-10 --exit-code");
    assert_eq!((same.status, same.err.as_str()), (0, ""));
    assert!(same.out.ends_with("Nothing differs.\n"), "{}", same.out);
    let document = run("iga-2022-23 examples/london --as-of 2026-02-10 --format json").json();
    assert_eq!(document["from"], serde_json::json!({ "rev": null, "as_of": "2026-02-10", "scheme": "iga-2022-23" }));
    assert_eq!([&document["students"], &document["records"]], [&serde_json::json!([]), &serde_json::json!([])]);
    let unknown = run("iga-2024-25 examples/london");
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("the program has ") && unknown.err.contains("iga-2022-23"), "{}", unknown.err);
    let dated = run("iga-2022-23 examples/london --each-at-its-date");
    assert_eq!(dated.status, 2);
}
