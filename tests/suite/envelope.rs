//! Every JSON document has the same beginning, whatever it tells.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use serde_json::Value;

use crate::cases::base_files;
use crate::program::Program;
use crate::repository::Repository;

/// For every command that offers JSON a run of it, in a repository whose folders are `one` and `two`. `FOLDER` is one of
/// them, or the folder of both.
pub const RUNS: [(&str, &str); 14] = [
    ("audit", "audit -C FOLDER --format json"),
    ("check", "check FOLDER --as-of 2026-02-10 --format json"),
    ("diff", "diff -C FOLDER --as-of 2026-02-10 --format json"),
    ("due", "due FOLDER --as-of 2026-02-10 --format json"),
    ("explain", "explain --format json"),
    ("export", "export sessions FOLDER --as-of 2026-02-10 --format json"),
    ("forecast", "forecast FOLDER --as-of 2026-02-10 --format json"),
    ("history", "history STUDENT -C one --format json"),
    ("list", "list students FOLDER --as-of 2026-02-10 --format json"),
    ("meeting", "meeting 2025-11-29 -C one --minutes --format json"),
    ("remind", "remind FOLDER --as-of 2026-02-10 --format json"),
    ("person", "person STUDENT FOLDER --format json"),
    ("retention", "retention FOLDER --as-of 2026-02-10 --format json"),
    ("verify", "verify ../receipt.json FOLDER --format json"),
];

/// The commands whose document is one over several folders too.
const NOT_BY_FOLDER: [&str; 5] = ["explain", "history", "meeting", "remind", "verify"];

/// The commands that are judged as of a day.
const JUDGED: [&str; 5] = ["check", "due", "export", "forecast", "list"];

fn repository() -> (Repository, String) {
    let repository = Repository::new();
    repository.write_all("one", &base_files());
    repository.write_all("two", &base_files());
    for folder in ["one", "two"] {
        repository.write(&format!("{folder}/gwp.toml"), "[retention]\nyears = 7\n");
    }
    repository.commit("2026-02-20T12:00:00Z");
    let made = Program::within(&repository.top()).run("check one --as-of 2026-02-10 --receipt ../receipt.json");
    assert!(made.err.contains("the receipt is written"), "{}", made.err);
    let students = base_files()
        .into_keys()
        .filter_map(|path| Some(path.strip_prefix("students/")?.strip_suffix(".toml")?.to_owned()));
    let student = students.min().unwrap();
    (repository, student)
}

fn keys(document: &Value) -> Vec<&str> {
    document.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn every_command_that_offers_json_is_run_here() {
    let help = Program::at_the_top().run("--help").out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let offers_json = |command: &&str| {
        let help = Program::at_the_top().run(&format!("{command} --help")).out;
        help.contains("- json:") || help.contains("[possible values: table, json") || help.contains(", json")
    };
    let offering: Vec<_> = commands.filter_map(|line| line.split_whitespace().next()).filter(offers_json).collect();
    assert!(offering.contains(&"check"), "{help}");
    for command in offering {
        assert!(
            RUNS.iter().any(|(known, _)| *known == command),
            "gwp {command} offers JSON, and no run of it stands here"
        );
    }
}

#[test]
fn all_documents_share_the_envelope() {
    let (repository, student) = repository();
    let program = Program::within(&repository.top());
    for (command, words) in RUNS {
        let run = |folder: &str| {
            let ran = program.run(&words.replace("STUDENT", &student).replace("FOLDER", folder));
            assert!(ran.status < 2, "{command}: {}", ran.err);
            assert!(ran.out.ends_with("}\n"), "{command}");
            ran.json()
        };
        let program_named = format!("gwp {}", env!("CARGO_PKG_VERSION"));
        let is_headed = |document: &Value| {
            assert_eq!(
                (&document["version"], &document["program"]),
                (&1.into(), &program_named.clone().into()),
                "{command}"
            );
        };
        let alone = run("one");
        is_headed(&alone);
        assert_eq!(keys(&alone)[..2], ["version", "program"], "{command}");
        if JUDGED.contains(&command) {
            assert_eq!(keys(&alone)[2..6], ["as_of", "files", "scheme", "variations"], "{command}");
        }
        if NOT_BY_FOLDER.contains(&command) {
            continue;
        }
        let several = run(".");
        is_headed(&several);
        assert_eq!(keys(&several), ["version", "program", "folders"], "{command}");
        let names: Vec<_> = several["folders"].as_array().unwrap().iter().map(|one| &one["folder"]).collect();
        assert_eq!(names, ["one", "two"], "{command}");
        for folder in several["folders"].as_array().unwrap() {
            is_headed(folder);
            assert_eq!(keys(folder)[0], "folder", "{command}");
            assert_eq!(keys(folder)[1..], keys(&alone), "{command}");
        }
    }
}
