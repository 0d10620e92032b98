//! `gwp diff`: the difference of two judgements, and of two folders of records.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use serde_json::{Value, json};

use crate::cases::{Files, base_files};
use crate::program::{Program, Ran};
use crate::repository::{Repository, said, started};

pub fn diff(repository: &Repository, words: &str) -> Ran {
    Program::within(&repository.top()).run(&format!("diff -C york {words}"))
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The base folder, committed.
fn york() -> (Repository, Files) {
    let (repository, files) = (Repository::new(), base_files());
    repository.hold("york", &files);
    repository.commit("2026-02-01T12:00:00Z");
    (repository, files)
}

const STUDENT: &str = "york/students/robin-ashby.toml";
const GROUP: &str = "york/sessions/tuesday-group.toml";

/// Replaces words of a file of the work tree.
fn edit(repository: &Repository, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(repository.top().join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    repository.write(path, text.replacen(from, to, 1));
}

/// What is told of the records, a line each.
fn records(document: &Value) -> Vec<String> {
    let line = |record: &Value| {
        let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let changes = list(&record["changes"]).iter().map(|change| {
            format!(" {} {} {} {}", word(&change["what"]), word(&change["where"]), change["from"], change["to"])
        });
        let [file, kind, id, change] = ["file", "kind", "id", "change"].map(|key| word(&record[key]));
        format!("{file} {kind} {id} {change}{}", changes.collect::<String>())
    };
    list(&document["records"]).iter().map(line).collect()
}

#[test]
fn nothing_differs() {
    let (repository, _) = york();
    let ran = diff(&repository, "--exit-code");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("Nothing differs.") && ran.out.contains("and the work tree"), "{}", ran.out);
    let document = diff(&repository, "HEAD HEAD --as-of 2026-02-10 --format json").json();
    let head = repository.git(&["rev-parse", "HEAD"]);
    let side = json!({"rev": head, "as_of": "2026-02-10"});
    let nothing = json!({"version": 1, "program": format!("gwp {}", env!("CARGO_PKG_VERSION")), "from": side, "to": side,
        "students": [], "records": [], "papers": [], "problems": {"new": [], "gone": []}});
    assert_eq!(document, nothing);
    let keys: Vec<_> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["version", "program", "from", "to", "students", "records", "papers", "problems"]);
}

#[test]
fn what_is_added_removed_and_altered() {
    let (repository, _) = york();
    edit(&repository, GROUP, "sessions = [\n", "sessions = [\n  { date = 2025-10-01, minutes = 75, present = 3 },\n");
    edit(&repository, STUDENT, "email", "# a remark\nemail");
    edit(&repository, "york/supervisors/kit-lowe.toml", "expires = ", "notes = \"\", expires = ");
    repository.write("york/stray.toml", "x = 1\n");
    fs::remove_file(repository.top().join("york/supervisors/ines-farrow.toml")).unwrap();
    let ran = diff(&repository, "--as-of 2026-02-10 --format json --exit-code");
    assert_eq!(ran.status, 1);
    let document = ran.json();
    let told = records(&document);
    assert_eq!(
        told[0],
        "sessions/tuesday-group.toml session tuesday-group changed session sessions[0] null \
         {\"date\":\"2025-10-01\",\"minutes\":75,\"present\":3}"
    );
    assert_eq!(told[1], "stray.toml - - added");
    assert_eq!(told[2], "students/robin-ashby.toml student robin-ashby reformatted");
    assert_eq!(told[3], "supervisors/ines-farrow.toml supervisor ines-farrow removed");
    assert!(told[4].contains("registration registrations[0] {\"body\":\"BACP\""), "{}", told[4]);
    let student = &document["students"][0];
    assert_eq!(student["verdict"]["to"], "unknown");
    assert_eq!((list(&student["requirements"]).len(), &student["sessions"]["to"]), (39, &Value::Null));
    let new: Vec<_> =
        list(&document["problems"]["new"]).iter().map(|problem| problem["name"].as_str().unwrap()).collect();
    assert_eq!(new, ["stray-file", "unknown-reference", "unknown-reference", "unknown-reference"]);
    let page = diff(&repository, "--as-of 2026-02-10").out;
    for words in ["Before", "unknown", "session (1 October 2025) added: minutes 75, present 3", "only reformatted"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn a_requirement_names_the_record_that_changed() {
    let (repository, _) = york();
    edit(&repository, STUDENT, "confirmed = 2025-10-22\n", "");
    edit(&repository, GROUP, "title = \"", "title = \"The ");
    let document = diff(&repository, "--as-of 2026-02-10 --format json").json();
    let student = &document["students"][0];
    let a2 = list(&student["requirements"]).iter().find(|one| one["code"] == "A2").unwrap();
    assert_eq!(*a2, json!({"code": "A2", "from": "met", "to": "action", "because": ["students/robin-ashby.toml"]}));
    assert_eq!(student["overdue"]["new"][0]["kind"], "supervisor-confirmation");
    let markdown = diff(&repository, "--as-of 2026-02-10 --format markdown").out;
    let row = markdown.lines().find(|line| line.starts_with("| Robin Ashby")).unwrap();
    assert!(row.contains("A2 supervisor-confirmed: met → action, because of students/robin-ashby.toml"), "{row}");
}

#[test]
fn a_record_that_is_no_evidence_is_named_all_the_same() {
    let (repository, _) = york();
    let varied =
        "[[variation]]\nparameter = \"sessions_required\"\nvalue = 10\nagreed_by = \"NTM\"\nagreed = 2025-09-10\n";
    repository.write("york/gwp.toml", varied);
    let document = diff(&repository, "--as-of 2026-02-10 --format json").json();
    let student = &document["students"][0];
    assert_eq!(
        (&student["sessions"]["from"]["required"], &student["sessions"]["to"]["required"]),
        (&json!(30), &json!(10))
    );
    let g5 = list(&student["requirements"]).iter().find(|one| one["code"] == "G5").unwrap();
    assert_eq!(*g5, json!({"code": "G5", "from": "open", "to": "met", "because": []}));
    let page = diff(&repository, "--as-of 2026-02-10").out;
    assert!(page.contains("G5 thirty-sessions: open → met, because of gwp.toml"), "{page}");
}

#[test]
fn a_record_that_lies_elsewhere_is_renamed() {
    let (repository, _) = york();
    let old = fs::read_to_string(repository.top().join("york/supervisors/kit-lowe.toml")).unwrap();
    fs::remove_file(repository.top().join("york/supervisors/kit-lowe.toml")).unwrap();
    repository.write("york/supervisors/bacp/kit-lowe.toml", old.replace("Kit Lowe", "Kit M. Lowe"));
    edit(&repository, STUDENT, "course = \"york-2025\"", "course = \"york\"");
    fs::rename(repository.top().join("york/courses/york-2025.toml"), repository.top().join("york/courses/york.toml"))
        .unwrap();
    let told = records(&diff(&repository, "--as-of 2026-02-10 --format json").json());
    assert_eq!(
        told,
        [
            "courses/york.toml course york renamed file  \"courses/york-2025.toml\" \"courses/york.toml\"",
            "students/robin-ashby.toml student robin-ashby changed key course \"york-2025\" \"york\"",
            "supervisors/bacp/kit-lowe.toml supervisor kit-lowe renamed file  \"supervisors/kit-lowe.toml\" \
         \"supervisors/bacp/kit-lowe.toml\" key name \"Kit Lowe\" \"Kit M. Lowe\"",
        ]
    );
}

#[test]
fn each_at_its_date() {
    let (repository, _) = york();
    repository.commit("2026-06-01T12:00:00Z");
    let document = diff(&repository, "HEAD~1 HEAD --each-at-its-date --format json").json();
    assert_eq!((&document["from"]["as_of"], &document["to"]["as_of"]), (&json!("2026-02-01"), &json!("2026-06-01")));
    // Nothing was written meanwhile, and yet more sessions had been held.
    assert!(list(&document["records"]).is_empty());
    let sessions = &document["students"][0]["sessions"];
    assert!(sessions["from"]["counted"].as_u64() < sessions["to"]["counted"].as_u64(), "{sessions}");
    let ran = diff(&repository, "--each-at-its-date --as-of 2026-02-10");
    assert!(ran.status == 2 && ran.err.contains("cannot be used with"), "{}", ran.err);
}

#[test]
fn only_one_student() {
    let (repository, mut files) = york();
    files.insert("students/ada-finch.toml".into(), "name = \"Ada Finch\"\ncourse = \"york-2025\"\n".into());
    files.insert("supervisors/new.toml".into(), "name = \"N\"\n".into());
    repository.hold("york", &files);
    edit(&repository, STUDENT, "confirmed = 2025-10-22\n", "");
    let of = |id: &str| diff(&repository, &format!("--as-of 2026-02-10 --format json --student {id}")).json();
    let ids = |document: &Value| list(&document["students"]).iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
    let (robin, ada) = (of("robin-ashby"), of("ada-finch"));
    assert_eq!((ids(&robin), ids(&ada)), (vec![json!("robin-ashby")], vec![json!("ada-finch")]));
    assert_eq!(records(&robin).len(), 1);
    assert_eq!(records(&ada), ["students/ada-finch.toml student ada-finch added"]);
    assert_eq!(list(&ada["students"][0]["requirements"]).len(), 39);
    let ran = diff(&repository, "--student ada-fich");
    assert!(ran.status == 2 && ran.err.contains("did you mean \"ada-finch\"?"), "{}", ran.err);
}

#[test]
fn a_folder_that_comes_and_one_that_cannot_be_judged() {
    let (repository, files) = york();
    repository.hold("leeds", &files);
    let both = Program::within(&repository.top()).run("diff --as-of 2026-02-10 --format json").json();
    let folders: Vec<_> = list(&both["folders"]).iter().map(|one| one["folder"].as_str().unwrap()).collect();
    assert_eq!(folders, ["leeds", "york"]);
    assert_eq!(both["folders"][0]["students"][0]["verdict"], json!({"from": null, "to": "on-track"}));
    assert!(list(&both["folders"][1]["students"]).is_empty());
    let one = Program::within(&repository.top()).run("diff -C leeds --as-of 2026-02-10 --format json");
    assert_eq!(records(&one.json()).len(), files.len());
    repository.write("york/gwp.toml", "broken");
    let broken = diff(&repository, "--as-of 2026-02-10 --format json");
    assert_eq!(broken.json()["students"][0]["verdict"], json!({"from": "on-track", "to": null}));
    assert!(broken.status == 0 && broken.err.contains("nobody is judged in the work tree"), "{}", broken.err);
}

#[test]
fn where_it_can_be_asked_for() {
    let (repository, _) = york();
    edit(&repository, STUDENT, "confirmed = 2025-10-22\n", "");
    let committed = repository.commit("2026-02-02T12:00:00Z");
    said(started(&repository.path("")).args(["clone", "--quiet", "--bare", "r", "bare.git"]));
    let bare = Program::within(&repository.path("bare.git"));
    let two = bare.run("diff HEAD~1 main --as-of 2026-02-10 --format json").json();
    assert_eq!(two["to"]["rev"], json!(committed));
    assert_eq!(two["students"], diff(&repository, "HEAD~1 --as-of 2026-02-10 --format json").json()["students"]);
    for (ran, said) in [
        (bare.run("diff"), "there is no work tree here to compare with"),
        (bare.run("diff HEAD --upload-pack=x"), "unexpected argument"),
        (bare.run("diff -- HEAD --upload-pack=x"), "no commit is called \"--upload-pack=x\""),
        (diff(&repository, "HEAD HEAD HEAD"), "unexpected"),
        (diff(&repository, "york"), "no commit is called \"york\""),
        (Program::within(&repository.path("")).run("diff"), "is not kept in git"),
    ] {
        assert!(ran.status == 2 && ran.err.contains(said) && ran.err.lines().count() == 1, "{said}: {}", ran.err);
    }
}

#[test]
fn a_repository_with_longer_ids() {
    let repository = Repository::with("sha256");
    repository.hold("york", &base_files());
    let head = repository.commit("2026-02-01T12:00:00Z");
    assert_eq!((head.len(), diff(&repository, "--exit-code").status), (64, 0));
    edit(&repository, STUDENT, "confirmed = 2025-10-22\n", "");
    let document = diff(&repository, "--as-of 2026-02-10 --format json").json();
    assert_eq!((&document["from"]["rev"], list(&document["records"]).len()), (&json!(head), 1));
    let program = Program::within(&repository.top());
    let was = program.run(&format!("check -C york --rev {} --as-of 2026-02-10 --only overdue", &head[..9]));
    assert!(was.out.contains("Nothing is overdue"), "{}{}", was.out, was.err);
}

#[test]
fn what_a_checkout_does_is_no_difference() {
    let (repository, files) = york();
    let submodule = format!("160000,{},york/sessions/elsewhere", repository.git(&["rev-parse", "HEAD"]));
    repository.git(&["update-index", "--add", "--cacheinfo", &submodule]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12\n", "0".repeat(64));
    repository.write("york/supervisors/kept-elsewhere.toml", pointer);
    repository.git(&["add", "york/supervisors"]);
    repository.git(&["commit", "--quiet", "--message", "pointer"]);
    for (path, text) in &files {
        repository.write(&format!("york/{path}"), text.replace('\n', "\r\n"));
    }
    let ran = diff(&repository, "--exit-code --as-of 2026-02-10");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    edit(&repository, STUDENT, "confirmed = 2025-10-22", "confirmed = 2025-10-23");
    let told = records(&diff(&repository, "--as-of 2026-02-10 --format json").json());
    let changed = "key arrangement";
    assert!(
        told.len() == 1 && !told[0].contains(changed) && told[0].contains("arrangement arrangement[0]"),
        "{told:?}"
    );
}

#[test]
fn names_and_values_can_do_nothing() {
    let (repository, _) = york();
    let acting = "\u{1b}[31m|<b>\u{202e}";
    repository.write(&format!("york/students/{acting}.toml"), "name = 1\n");
    edit(
        &repository,
        STUDENT,
        "email",
        &format!("notes = \"{acting}\"\n\"{acting}\" = \"{acting}\"\nemail").replace('\u{1b}', "\\u001b"),
    );
    for format in ["table", "markdown", "json"] {
        let ran = diff(&repository, &format!("--as-of 2026-02-10 --format {format}"));
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']), "{}", ran.out);
        assert!(format != "markdown" || !ran.out.contains("<b>"), "{}", ran.out);
    }
}

#[test]
fn a_comment_has_room_for_it() {
    let (repository, mut files) = york();
    for number in 0..600 {
        let (id, name) = (format!("students/student-{number}.toml"), "N".repeat(60));
        files.insert(id, format!("name = \"{name}\"\ncourse = \"york-{number}\"\n"));
    }
    repository.hold("york", &files);
    let ran = diff(&repository, "--as-of 2026-02-10 --format markdown");
    assert!(ran.out.len() < 65_536 && ran.out.contains("further rows are left out here"), "{}", ran.out.len());
    assert_eq!(list(&diff(&repository, "--as-of 2026-02-10 --format json").json()["students"]).len(), 600);
}
