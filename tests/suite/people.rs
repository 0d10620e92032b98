//! `gwp person` and `gwp retention`: what a folder says of somebody, until when it may, and what erasing it takes.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::process::Command;

use serde_json::Value;

use crate::chronicle::{Diary, NIA, RUTH, run, story};
use crate::program::{Program, STATE, state};
use crate::repository::{said, started};
use crate::scratch;

const ANN: &str = "name = \"Ann Bee\"\ncourse = \"wells-2025\"\n";

/// What of each file is shown, as `file:line link says`.
fn entries(document: &Value) -> Vec<String> {
    let word = |one: &Value, key: &str| one[key].as_str().map_or_else(|| one[key].to_string(), str::to_owned);
    let all = document["entries"].as_array().unwrap().iter();
    all.map(|one| format!("{}:{} {} {}", word(one, "file"), one["line"], word(one, "link"), word(one, "says")))
        .collect()
}

fn of_person(top: &std::path::Path, who: &str, more: &[&str]) -> Value {
    let program = Program::within(top).env("TZ", "UTC");
    let ran = program.run_with(&[&["person", who, "--format", "json"], more].concat());
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.json()
}

#[test]
fn everything_that_is_said_of_somebody_is_found_and_nothing_of_others() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.write("students/ann-bee.toml", &format!("{ANN}notes = \"Shares a flat with Nia Brook.\"\n"));
    diary.write(
        "meetings/lcc-2025-11-29.toml",
        "body = \"LCC\"\ndate = 2025-11-29\npresent = [\"Ruth Calder\"]\napologies = [\"Tom Ferrer\"]\n\
         items = [\n  { number = 1, about = \"ann-bee\" },\n  { number = 2, about = \"nia-brook\", note = \"approved\" },\n]\n",
    );
    diary.add("supervisors/tom-ferrer.toml", "# NIA@example.org wrote to him\n");
    diary.write("students/broken.toml", "name = \"Odd\ncourse = \"wells-2025\"\nnotes = 'as for nia-brook'\n");
    let found = entries(&of_person(folder.path(), "nia", &[]));
    for wanted in [
        "meetings/lcc-2025-11-29.toml:7 id Item: number 2; about nia-brook; note approved",
        "sessions/friday-group.toml:7 own-log Conductors: nia-brook",
        "sessions/friday-group.toml:9 own-log Session: 10 October 2025; minutes 90; present 6",
        "sessions/supervision-ferrer.toml:2 own-log Supervisor: tom-ferrer",
        "students/ann-bee.toml:3 name Notes: Shares a flat with Nia Brook.",
        "students/broken.toml:3 id Comment, or a line that cannot be read: notes = 'as for nia-brook'",
        "students/nia-brook.toml:1 own-record Name: Nia Brook",
        "supervisors/tom-ferrer.toml:2 address Comment, or a line that cannot be read: # NIA@example.org wrote to him",
    ] {
        assert!(found.iter().any(|one| one == wanted), "{wanted}\nis not among\n{}", found.join("\n"));
    }
    assert!(!found.iter().any(|one| one.contains("Ann Bee") || one.contains("about ann-bee") || one.contains("Odd")));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Outside the case folder, and over a file that anybody could read.
        let out = scratch::folder();
        let file = out.path().join("nia.json");
        std::fs::write(&file, "").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let ran = Program::within(folder.path()).run_with(&["person", "nia", "--out", file.to_str().unwrap()]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let written: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(entries(&written), found);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // A supervisor, by what other records say; a convenor, by name; both have no word about the students' own records.
    let of_tom = entries(&of_person(folder.path(), "Tom Ferrer", &[]));
    assert!(of_tom.iter().any(|one| one.contains("students/nia-brook.toml") && one.contains("id Arrangement")));
    assert!(of_tom.contains(&"meetings/lcc-2025-11-29.toml:4 name Apologies: Tom Ferrer".to_owned()), "{of_tom:#?}");
    assert!(!of_tom.iter().any(|one| one.contains("nia@example.org") || one.contains("decision")), "{of_tom:#?}");
    let of_ruth = entries(&of_person(folder.path(), "ruth calder", &[]));
    assert_eq!(of_ruth.len(), 2, "{of_ruth:#?}");
    // As people read it.
    let shown = run(folder.path(), "person ruth");
    for words in
        ["What the records say of Ruth Calder", "There is no record about this person.", "Convenor: Ruth Calder"]
    {
        assert!(shown.out.contains(words), "{words}\n{}", shown.out);
    }
    let nobody = run(folder.path(), "person nobody");
    assert_eq!((nobody.status, nobody.out.as_str()), (2, ""));
    assert!(nobody.err.contains("add --history"), "{}", nobody.err);
}

#[test]
fn the_history_says_what_was_struck_out_and_who_is_gone() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.write("students/ann-bee.toml", ANN);
    diary.commit(RUTH, "2026-03-03", "a late joiner");
    said(started(folder.path()).args(["rm", "--quiet", "students/ann-bee.toml"]));
    diary.commit(RUTH, "2026-03-04", "Ann Bee goes elsewhere");
    let document = of_person(folder.path(), "nia-brook", &["--history"]);
    let past = document["history"]["entries"].as_array().unwrap();
    let struck = past.iter().find(|one| one["where"] == "sessions[1]" && one["to"].is_null()).unwrap();
    assert_eq!(struck["from"]["date"], "2025-10-17");
    assert_eq!(struck["commit"]["author"]["name"], RUTH.0);
    let made = document["history"]["commits"].as_array().unwrap();
    assert!(made.iter().any(|one| one["author"]["email"] == NIA.1), "{made:#?}");
    assert!(!past.iter().any(|one| one["file"] == "students/ann-bee.toml"));
    // She is no longer in the folder, and without its history nobody knows her.
    assert_eq!(run(folder.path(), "person ann-bee").status, 2);
    let gone = of_person(folder.path(), "Ann Bee", &["--history"]);
    assert_eq!(gone["entries"], Value::Array(Vec::new()));
    let changes: Vec<_> = gone["history"]["entries"].as_array().unwrap().iter().map(|one| &one["change"]).collect();
    assert_eq!(changes, ["added", "added", "removed", "removed"]);
    assert_eq!(gone["history"]["commits"][0]["subject"], "Ann Bee goes elsewhere");
}

/// Until when everybody's records are kept, and whether that is past.
fn kept(top: &std::path::Path, day: &str) -> Vec<String> {
    let ran = run(top, &format!("retention --format json --as-of {day}"));
    let document = ran.json();
    let all = document["people"].as_array().unwrap().iter();
    all.map(|one| format!("{} {} {} {}", one["id"], one["since"], one["until"], one["past"]).replace('"', "")).collect()
}

#[test]
fn records_are_past_on_the_day_after_their_last() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let unsaid = run(folder.path(), "retention");
    assert_eq!(unsaid.status, 2);
    assert!(unsaid.err.contains("add the lines \"[retention]\" and \"years = 7\""), "{}", unsaid.err);
    diary.write("gwp.toml", "[retention]\nyears = 7\n");
    diary.write("students/ann-bee.toml", &format!("{ANN}withdrawn = 2026-02-01\n"));
    let award = "\n[[decision]]\nbody = \"SPC\"\nabout = \"award\"\ndate = 2026-03-01\noutcome = \"awarded\"\n";
    diary.write("students/cleo-day.toml", &format!("{}{award}", ANN.replace("Ann Bee", "Cleo Day")));
    // The limit is two years after the course's end, 11 July 2026.
    let last = ["ann-bee withdrawal 2033-02-01 false", "cleo-day award 2033-03-01 false"];
    let of_nia = ["nia-brook limit 2035-07-11 false", "tom-ferrer last-student 2035-07-11 false"];
    assert_eq!(kept(folder.path(), "2033-01-31"), [last, of_nia].concat());
    assert_eq!(kept(folder.path(), "2033-02-01"), [last, of_nia].concat());
    let gone = kept(folder.path(), "2033-02-02");
    assert_eq!(gone[..2], ["ann-bee withdrawal 2033-02-01 true", "cleo-day award 2033-03-01 false"]);
    assert_eq!(kept(folder.path(), "2033-03-02")[1], "cleo-day award 2033-03-01 true");
    assert!(kept(folder.path(), "2035-07-11")[2].ends_with("false"));
    let all: Vec<_> = kept(folder.path(), "2035-07-12");
    assert!(all.iter().all(|one| one.ends_with("true")), "{all:?}");
    // As people read it, and for scripts.
    let before = run(folder.path(), "retention --as-of 2033-02-01 --exit-code");
    assert_eq!(before.status, 0, "{}", before.err);
    assert!(before.out.contains("nobody's records are past that time") && !before.out.contains("filter-branch"));
    let after = run(folder.path(), "retention --as-of 2033-02-02 --exit-code");
    assert_eq!(after.status, 1);
    assert!(after.out.contains("the records of 1 person are past that time"), "{}", after.out);
    let csv = run(folder.path(), "retention --as-of 2033-02-02 --format csv");
    assert!(csv.out.contains("ann-bee,Ann Bee,student,withdrawal,2026-02-01,2033-02-01,yes"), "{}", csv.out);
    // A student who cannot be judged is named, and may be a supervisor's.
    diary.write("students/odd.toml", "name = 3\n");
    let odd = run(folder.path(), "retention --format json --as-of 2035-07-12").json();
    assert_eq!(odd["unjudged"][0], "odd");
    assert!(!odd["people"].as_array().unwrap().iter().any(|one| one["id"] == "tom-ferrer"), "{odd:#}");
}

/// Everything that git still holds of a repository, one object after the other.
fn objects(top: &std::path::Path) -> String {
    let ids = said(started(top).args(["cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)"]));
    let of = |line: &str| {
        let (id, kind) = line.split_once(' ').unwrap();
        said(started(top).args(["cat-file", if kind == "tree" { "-p" } else { kind }, id]))
    };
    ids.lines().map(of).collect::<Vec<_>>().join("\n")
}

#[cfg(unix)]
#[test]
fn the_commands_that_are_printed_erase_from_git() {
    let folder = scratch::folder();
    let top = folder.path().join("the top");
    crate::chronicle::keep(&top);
    let diary = Diary { top: &top };
    diary.write("gwp.toml", "[retention]\nyears = 7\n");
    diary.write("students/ann-bee.toml", &format!("{ANN}notes = \"Shares a flat with Nia Brook.\"\n"));
    diary.replace("sessions/friday-group.toml", "[\"nia-brook\"]", "[\"nia-brook\", \"ann-bee\"]");
    diary.commit(RUTH, "2026-03-03", "Ann shares the group of nia-brook");
    let git = |words: &[&str]| said(started(&top).args(words));
    git(&["tag", "summer"]);
    git(&["checkout", "--quiet", "-b", "aside"]);
    // The student left, and what was written on a branch and on main is erased alike.
    diary.write("students/nia-brook.toml", "name = \"Nia Brook\"\ncourse = \"wells-2025\"\nwithdrawn = 2026-04-01\n");
    diary.commit(NIA, "2026-04-01", "Nia leaves");
    git(&["checkout", "--quiet", "main"]);
    git(&["merge", "--quiet", "aside"]);
    assert!(objects(&top).contains("nia-brook"));

    let document = run(&top, "retention --format json --as-of 2033-04-02").json();
    let nia = &document["people"][0];
    assert_eq!((&nia["id"], &nia["past"]), (&"nia-brook".into(), &true.into()));
    let files: Vec<_> =
        nia["files"].as_array().unwrap().iter().map(|one| (one["file"].as_str().unwrap(), &one["others"])).collect();
    let (own, shared) = (Value::from(false), Value::from(true));
    assert_eq!(
        files,
        [
            ("sessions/supervision-ferrer.toml", &own),
            ("students/nia-brook.toml", &own),
            ("sessions/friday-group.toml", &shared),
            ("students/ann-bee.toml", &shared),
        ]
    );
    assert_eq!(nia["commits"].as_array().unwrap().len(), 9);
    // What is run is what is shown.
    let commands: Vec<_> = document["commands"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let shown = run(&top, "retention --as-of 2033-04-02").out;
    assert!(shown.ends_with(&format!("{}\n", commands.join("\n"))), "{shown}");
    let journal = state().join("gwp");
    assert!(!shown.contains(&format!("cd '{}", top.display())), "a copy would reach what it is a copy of: {shown}");
    assert!(shown.contains(&format!("rm -rf -- '{}'/*/", journal.display())), "{shown}");
    // Other tests keep notes there.
    let script = commands.join("\n").replace(journal.to_str().unwrap(), folder.path().join("notes").to_str().unwrap());
    let shell = started(&top);
    let environment: Vec<_> =
        shell.get_envs().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect();
    let ran = Command::new("sh")
        .args(["-e", "-c", &script])
        .envs(environment)
        .env(STATE, state())
        .current_dir(&top)
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{err}");

    let left = objects(&top);
    for word in ["nia-brook", "Nia Brook", "nia@example.org", "Nia leaves", "supervision-ferrer"] {
        assert!(!left.contains(word), "{word}\n{left}");
    }
    assert!(left.contains("Ann Bee") && left.contains("conductors = [\"ann-bee\"]"), "{left}");
    assert!(left.contains("Shares a flat with erased."), "{left}");
    // The rest is as it was: the branches, the tag, and what the folder says of others.
    assert_eq!(git(&["for-each-ref", "--format=%(refname:short)"]), "aside\nmain\nsummer");
    assert_eq!(git(&["status", "--short"]), "");
    let check = run(&top, "check --as-of 2026-03-10 --format json").json();
    assert_eq!(check["students"][0]["id"], "ann-bee");
    assert_eq!(check["problems"], Value::Array(Vec::new()), "{check:#}");
}
