//! `gwp verify` where a record got another id.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::receipts::{differing, kept, run};

#[test]
fn a_record_that_got_another_id_is_renamed() {
    let (repository, _) = kept();
    assert_eq!(run(&repository.top(), "rename kit-lowe kit-farr").status, 0);
    let ran = run(&repository.top(), "verify ../receipt.json");
    let words = ["Renamed since", "supervisors/kit-lowe.toml is now supervisors/kit-farr.toml"];
    assert!(words.iter().all(|one| ran.out.contains(one)), "{}", ran.out);
    let document = run(&repository.top(), "verify ../receipt.json --format json").json();
    let renamed = &document["renamed"][0];
    let paths = ["file", "renamed_to"].map(|key| renamed[key].as_str().unwrap());
    assert_eq!(paths, ["supervisors/kit-lowe.toml", "supervisors/kit-farr.toml"]);
    let of_supervisor = |since: &str| {
        document[since].as_array().unwrap().iter().filter(|one| one["file"].as_str().unwrap().contains("/kit-")).count()
    };
    assert_eq!(["renamed", "removed", "added"].map(of_supervisor), [1, 0, 0]);
    // What names it by the new id says the same.
    let told = |since: &str| document[since].as_array().unwrap().len();
    assert_eq!((ran.status, ["altered", "removed", "added"].map(told)), (0, [0, 0, 0]), "{}", ran.out);
    // With something else in it that is told beside the new name.
    let path = repository.top().join("supervisors/kit-farr.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("assessed = 2025-09-18", "assessed = 2025-09-19")).unwrap();
    let one = "altered supervisors/kit-lowe.toml: assessed".to_owned();
    let told = differing(&repository, "");
    let renamed = told.iter().filter(|one| one.starts_with("renamed")).count();
    let broken: Vec<_> =
        told.iter().filter(|one| !one.starts_with("reformatted") && !one.starts_with("renamed")).collect();
    assert_eq!((renamed, broken), (1, vec![&one]), "{told:?}");
    // Whoever has not more than half of what it said is somebody else.
    fs::write(&path, "name = \"Kit Lowe\"\n").unwrap();
    let told = differing(&repository, "");
    assert!(told.contains(&"removed supervisors/kit-lowe.toml: -".to_owned()), "{told:?}");
    assert!(told.contains(&"added supervisors/kit-farr.toml: -".to_owned()), "{told:?}");
}

#[test]
fn a_group_that_got_another_id_is_renamed_and_nothing_else() {
    let (repository, _) = kept();
    assert_eq!(run(&repository.top(), "rename tuesday-group tuesdays").status, 0);
    let told = differing(&repository, "");
    assert_eq!(told, ["reformatted students/robin-ashby.toml: -", "renamed sessions/tuesday-group.toml: -"]);
    let log = fs::read_to_string(repository.top().join("sessions/tuesdays.toml")).unwrap();
    repository.write("sessions/tuesdays.toml", log.replacen("minutes = 90", "minutes = 75", 1));
    let told = differing(&repository, "");
    assert!(told.contains(&"altered sessions/tuesday-group.toml: session 2025-10-07".to_owned()), "{told:?}");
    assert_eq!(told.len(), 3, "{told:?}");
    let shown = run(&repository.top(), "verify ../receipt.json").out;
    let words =
        ["sessions/tuesday-group.toml is now sessions/tuesdays.toml.\n", "1 altered, 1 reformatted and 1 renamed"];
    assert!(words.iter().all(|one| shown.contains(one)), "{shown}");
}

#[test]
fn only_what_is_an_id_follows_a_record_to_its_new_one() {
    let (repository, _) = kept();
    let student = repository.top().join("students/robin-ashby.toml");
    let text = fs::read_to_string(&student).unwrap();
    // A note is no supervisor.
    let text = text.replacen("kind = \"own\"", "kind = \"own\"\nnotes = \"kit-lowe\"", 1);
    fs::write(&student, format!("notes = \"kit-lowe\"\n{text}")).unwrap();
    fs::remove_file(repository.path("receipt.json")).unwrap();
    let ran = run(&repository.top(), "check --as-of 2026-02-10 --format csv --receipt ../receipt.json");
    assert!(ran.err.contains("the receipt is written to ../receipt.json"), "{}", ran.err);
    assert_eq!(run(&repository.top(), "rename kit-lowe kit-farr").status, 0);
    let told = differing(&repository, "");
    let broken: Vec<_> =
        told.iter().filter(|one| !one.starts_with("reformatted") && !one.starts_with("renamed")).collect();
    assert!(broken.is_empty(), "{told:?}");
    let text = fs::read_to_string(&student).unwrap();
    assert_eq!(text.matches("notes = \"kit-lowe\"").count(), 2, "{text}");
    // Whoever makes it the new id has written another note.
    fs::write(&student, text.replacen("notes = \"kit-lowe\"", "notes = \"kit-farr\"", 1)).unwrap();
    assert!(differing(&repository, "").contains(&"altered students/robin-ashby.toml: notes".to_owned()));
}
