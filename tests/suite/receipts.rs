//! `gwp check --receipt` and `gwp verify`: what a committee relied on, and whether it still holds.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::cases::base_files;
use crate::program::{Program, Ran};
use crate::repository::Repository;

fn run(folder: &Path, words: &str) -> Ran {
    Program::within(folder).run(words)
}

/// A repository with the base folder, and a receipt of it beside the work tree.
fn kept() -> (Repository, Value) {
    kept_in(Repository::new())
}

fn kept_in(repository: Repository) -> (Repository, Value) {
    repository.write_all("", &base_files());
    repository.commit("2026-02-20T12:00:00Z");
    let ran = run(&repository.top(), "check --as-of 2026-02-10 --format csv --receipt ../receipt.json");
    assert!(ran.status < 2 && ran.err.contains("the receipt is written to ../receipt.json"), "{}", ran.err);
    let receipt = serde_json::from_slice(&fs::read(repository.path("receipt.json")).unwrap()).unwrap();
    (repository, receipt)
}

/// What `verify` says differs: folder, student, what, then, now.
fn differing(repository: &Repository, words: &str) -> Vec<String> {
    let ran = run(&repository.top(), &format!("verify ../receipt.json --format json {words}"));
    let document = ran.json();
    let differences = document["differences"].as_array().unwrap();
    assert_eq!((ran.status == 0, &document["holds"]), (differences.is_empty(), &Value::Bool(differences.is_empty())));
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let one = |it: &Value| {
        if it["what"] == "records" {
            return "records".to_owned();
        }
        ["student", "what", "receipt", "now"].map(|key| word(&it[key])).join(" ")
    };
    differences.iter().map(one).collect()
}

#[test]
fn a_receipt_says_what_was_judged_from_what() {
    let (repository, receipt) = kept();
    let folder = &receipt["folders"][0];
    assert_eq!(receipt["version"], 1);
    assert!(receipt["program"].as_str().unwrap().starts_with("gwp "));
    assert_eq!(folder["commit"], repository.git(&["rev-parse", "HEAD"]).as_str());
    assert_eq!(folder["clean"], true);
    assert_eq!([&folder["as_of"], &folder["scheme"]], ["2026-02-10", "iga-2022-23"]);
    let document = run(&repository.top(), "check --as-of 2026-02-10 --format json").json();
    for student in document["students"].as_array().unwrap() {
        let kept = &folder["students"][student["id"].as_str().unwrap()];
        assert_eq!(kept["verdict"], student["verdict"]);
        assert_eq!(kept["sessions"], student["sessions"]["counted"]);
        let not_met = student["requirements"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["status"] != "met" && it["status"] != "n/a");
        let not_met: serde_json::Map<String, Value> =
            not_met.map(|it| (it["code"].as_str().unwrap().to_owned(), it["status"].clone())).collect();
        assert_eq!(kept["not_met"], Value::Object(not_met));
    }
    assert_eq!(folder["students"].as_object().unwrap().len(), document["students"].as_array().unwrap().len());
    assert_eq!(folder["records"]["files"], document["files"]["found"]);
}

#[test]
fn a_repository_with_longer_ids_and_one_with_another_in_it() {
    let (repository, receipt) = kept_in(Repository::with("sha256"));
    assert_eq!(receipt["folders"][0]["clean"], true);
    assert!(differing(&repository, "--rev HEAD").is_empty());
    // What a submodule holds is kept elsewhere: it is no record of this folder, fetched or not.
    let submodule = format!("160000,{},papers", repository.git(&["rev-parse", "HEAD"]));
    repository.git(&["update-index", "--add", "--cacheinfo", &submodule]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    assert!(differing(&repository, "--rev HEAD").is_empty());
    fs::create_dir(repository.top().join("papers")).unwrap();
    assert!(differing(&repository, "").is_empty());
}

#[test]
fn a_receipt_holds_until_something_differs() {
    let (repository, _) = kept();
    assert!(differing(&repository, "").is_empty());
    assert!(differing(&repository, "--rev HEAD").is_empty());
    let path = repository.top().join("students/robin-ashby.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# a remark\n{text}")).unwrap();
    assert_eq!(differing(&repository, ""), ["records"]);
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert!(differing(&repository, "").is_empty(), "line ends count for nothing");
    fs::write(&path, text.replacen("course = ", "withdrawn = 2026-01-10\ncourse = ", 1)).unwrap();
    let said = differing(&repository, "");
    assert!(said.contains(&"records".to_owned()) && said.iter().any(|one| one.ends_with("withdrawn")), "{said:?}");
    assert!(differing(&repository, "--rev HEAD").is_empty());
    fs::write(&path, "name = ").unwrap();
    assert!(
        differing(&repository, "").iter().any(|one| one.starts_with("robin-ashby verdict") && one.ends_with("unknown"))
    );
    fs::remove_file(&path).unwrap();
    assert!(differing(&repository, "").iter().any(|one| one.starts_with("robin-ashby verdict") && one.ends_with(" -")));
    let page = run(&repository.top(), "verify ../receipt.json");
    assert!(page.status == 1 && page.out.contains("not there"), "{}", page.out);
}

#[test]
fn a_variation_differs() {
    let (repository, _) = kept();
    let varied =
        "[[variation]]\nparameter = \"session_minutes_min\"\nvalue = 45\nagreed_by = \"NTM\"\nagreed = 2026-01-10\n";
    repository.write("gwp.toml", varied);
    let said = differing(&repository, "");
    assert!(said.contains(&"- variations  session_minutes_min = 45 (NTM, 2026-01-10)".to_owned()), "{said:?}");
}

#[test]
fn whether_the_work_tree_was_clean() {
    let (repository, _) = kept();
    let mut number = 0;
    let mut clean = || {
        number += 1;
        run(&repository.top(), &format!("check --as-of 2026-02-10 --receipt ../{number}.json"));
        let text = fs::read(repository.path(&format!("{number}.json"))).unwrap();
        serde_json::from_slice::<Value>(&text).unwrap()["folders"][0]["clean"].clone()
    };
    assert_eq!(clean(), true);
    repository.write("README.md", "what is no record is not looked at");
    assert_eq!(clean(), true);
    repository.write("students/new-one.toml", "name = \"New One\"\ncourse = \"york-2025\"\n");
    assert_eq!(clean(), false);
    repository.commit("2026-02-21T12:00:00Z");
    assert_eq!(clean(), true);
    repository.write("students/not-utf8.toml", b"\xff\xfe");
    assert_eq!(clean(), false);
    repository.commit("2026-02-22T12:00:00Z");
    assert_eq!(clean(), true, "what cannot be read is the same on both sides");
    fs::remove_file(repository.top().join("students/new-one.toml")).unwrap();
    assert_eq!(clean(), false);
}

#[test]
fn without_git_there_is_no_commit() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in base_files() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run(folder.path(), "check --as-of 2026-02-10 --receipt r.json");
    let receipt: Value = serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!([&receipt["folders"][0]["commit"], &receipt["folders"][0]["clean"]], [&Value::Null, &Value::Null]);
    let ran = run(folder.path(), "verify r.json");
    assert!(ran.status == 0 && ran.out.contains("records of which no commit is known"), "{}{}", ran.out, ran.err);
}

#[test]
fn several_folders_have_one_receipt() {
    let ran_in = tempfile::tempdir().unwrap();
    let path = ran_in.path().join("r.json");
    let at = path.to_str().unwrap();
    let ran =
        Program::at_the_top().run(&format!("check examples/national --as-of 2026-02-10 --format csv --receipt {at}"));
    assert!(ran.status < 2, "{}", ran.err);
    let ran = Program::at_the_top().run(&format!("verify {at} examples/national"));
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let ran = Program::at_the_top().run(&format!("verify {at} examples/national/leeds --format json"));
    let said = ran.json();
    assert!(
        ran.status == 1 && said["differences"].as_array().unwrap().iter().all(|one| one["what"] == "folder"),
        "{}",
        ran.out
    );
}

#[test]
fn a_receipt_is_of_everybody_and_is_not_written_over() {
    let (repository, _) = kept();
    let refused = |words: &str| {
        let ran = run(&repository.top(), words);
        assert_eq!(ran.status, 2, "{words}: {}", ran.err);
        ran.err
    };
    let before = fs::read(repository.path("receipt.json")).unwrap();
    let said = refused("check --as-of 2026-02-11 --receipt ../receipt.json");
    assert!(said.contains("../receipt.json is there already"), "{said}");
    assert_eq!(fs::read(repository.path("receipt.json")).unwrap(), before);
    for filter in ["--student robin-ashby", "--course york-2025", "--verdict ready"] {
        let said = refused(&format!("check {filter} --receipt ../other.json"));
        assert!(said.contains("cannot be used with"), "{said}");
    }
    assert!(refused("check --receipt ../no/where.json").contains("where.json"));
    for (text, wanted) in [("{}", "is no receipt"), ("", "is no receipt"), ("[1]", "is no receipt")] {
        fs::write(repository.path("no.json"), text).unwrap();
        assert!(refused("verify ../no.json").contains(wanted));
    }
    let other = String::from_utf8(before).unwrap().replacen("\"version\": 1", "\"version\": 9", 1);
    fs::write(repository.path("no.json"), other).unwrap();
    assert!(refused("verify ../no.json").contains("a receipt of another form, made by gwp "));
    assert!(refused("verify ../nowhere.json").contains("nowhere.json"));
}
