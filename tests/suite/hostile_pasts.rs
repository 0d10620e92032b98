//! Pasts that no honest git would make: each is read, or what cannot be read is said to be, and nothing acts on a
//! terminal.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::cases::base_files;
use crate::hostile_repository::{base, program};
use crate::program::{Program, Ran};
use crate::repository::{Repository, said, started};
use crate::scratch;

/// What reads the past, and gives what it says as a document.
const DOCUMENTS: [&str; 4] = [
    "history robin-ashby --by recorded --format json",
    "audit --format json",
    "check --as-of 2026-02-10 --format json --receipt",
    "verify --format json",
];

/// What reads the past, and gives what it says to people.
const PAGES: [&str; 7] = [
    "history robin-ashby --format table",
    "history robin-ashby --format csv",
    "history robin-ashby --format markdown --by recorded",
    "audit --format table",
    "audit --format csv --since 2026-01-01",
    "audit --format markdown --student robin-ashby",
    "verify --format table",
];

/// Runs everything that reads the past, for what is written there: see [`said_by`].
pub fn everything_said(place: &Path, rev: Option<&str>) -> BTreeMap<String, Ran> {
    said_by(&[&DOCUMENTS[..], &PAGES].concat(), place, rev)
}

/// Runs what reads the past once for each command, for how it hangs together: see [`said_by`].
pub fn documents(place: &Path, rev: Option<&str>) -> BTreeMap<String, Ran> {
    said_by(&DOCUMENTS, place, rev)
}

/// Runs commands in a folder below the repository. Whatever is there: each answers, or says in one sentence why not, and
/// nothing that is printed can act on a terminal. Gives what each says, by its words.
fn said_by(commands: &[&str], place: &Path, rev: Option<&str>) -> BTreeMap<String, Ran> {
    let program = Program::within(place).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let receipt = scratch::folder();
    let receipt = receipt.path().join("receipt.json").to_str().unwrap().to_owned();
    let mut said = BTreeMap::new();
    for &words in commands {
        let mut arguments: Vec<String> = words.split(' ').map(ToOwned::to_owned).collect();
        if words.starts_with("check") || words.starts_with("verify") {
            arguments.push(receipt.clone());
        }
        arguments.extend(rev.map(|rev| format!("--rev={rev}")));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = program.run_with(&arguments);
        let can_act =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!ran.out.contains(can_act) && !ran.err.contains(can_act), "{words}: {}{}", ran.out, ran.err);
        match ran.status {
            2 => assert!(ran.err.starts_with("gwp: ") && ran.err.lines().count() == 1, "{words}: {}", ran.err),
            0 | 1 => assert!(!words.contains("json") || ran.json().is_object(), "{words}"),
            other => panic!("{words} ended with {other}: {}", ran.err),
        }
        assert!(!ran.err.contains("panicked"), "{words}: {}", ran.err);
        said.insert(words.to_owned(), ran);
    }
    said
}

/// Asserts that all that reads the past answers.
pub fn assert_answers(said: BTreeMap<String, Ran>) -> BTreeMap<String, Ran> {
    for (words, ran) in &said {
        assert!(ran.status != 2, "{words}: {}", ran.err);
    }
    said
}

/// The commits that a history names, in order.
fn commits(said: &BTreeMap<String, Ran>) -> Vec<String> {
    let document = said["history robin-ashby --by recorded --format json"].json();
    let entries = document["entries"].as_array().unwrap().iter();
    let mut ids: Vec<String> = entries.map(|entry| entry["commit"]["id"].as_str().unwrap_or("-").to_owned()).collect();
    ids.dedup();
    ids
}

/// Makes a commit as it is given the last of the branch.
fn raw_commit(repository: &Repository, headers: &[u8], message: &[u8]) -> String {
    let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
    let parent = repository.git(&["rev-parse", "HEAD"]);
    let mut bytes = format!("tree {tree}\nparent {parent}\n").into_bytes();
    bytes.extend_from_slice(headers);
    bytes.push(b'\n');
    bytes.extend_from_slice(message);
    let id = repository.store("commit", &bytes);
    fs::write(repository.top().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
    id
}

/// Lines on who made a commit, as no git would write them.
const PEOPLE: [&[u8]; 24] = [
    b"author \x1b[31mEvil\x1b[0m\xe2\x80\xae|<b> <a\x1b]0;x\x07@b> 1767225600 +0000",
    b"author A <a@b> 99999999999999999999 +0000",
    b"author A <a@b> 9223372036854775807 +0000",
    b"author A <a@b> -9223372036854775808 -0000",
    b"author A <a@b> -1 +0000",
    b"author A <a@b> 1767225600 +9999999",
    b"author A <a@b> 1767225600 -999999999999999999",
    b"author A <a@b> 1767225600 +99999999999999999999",
    b"author A <a@b> 1767225600 2147483647",
    b"author A <a@b> 9223372036854775807 +9223372036854775807",
    b"author A <a@b> x y",
    b"author A <a@b>",
    b"author <> 1767225600 +0000",
    b"author",
    b"author A a@b> 1767225600 +0000",
    b"author A <a@b 1767225600 +0000",
    b"author \xff\xfe <\xff> 1767225600 +0000",
    b"author A <a@b> 1767225600 +0000\nauthor B <c@d> 1 +0000",
    b"author A\0B <a@b> 1767225600 +0000",
    b"author A\rB <a@b> 1767225600 +0000",
    b"encoding ISO-8859-1\nauthor \xe4 <a@b> 1767225600 +0000",
    b"encoding \x1b[31m\nauthor \xe4 <a@b> 1767225600 +0000",
    b"encoding UTF-16\nauthor A <a@b> 1767225600 +0000",
    b"gpgsig \n \x1b[31m\n \nmergetag object x\n author B <c@d> 1 +0000",
];

#[test]
fn commits_that_no_git_would_make() {
    let repository = base();
    for who in PEOPLE {
        let committer = String::from_utf8_lossy(who).replacen("author", "committer", 1).into_bytes();
        for (author, committer) in [
            (who, &b"committer C <c@d> 1767225600 +0000"[..]),
            (b"author C <c@d> 1767225600 +0000", &committer),
            (who, &committer),
        ] {
            raw_commit(&repository, &[author, b"\n", committer, b"\n"].concat(), b"\x1b[2J\xe2\x80\xaeX\rY\xff\n");
        }
    }
    raw_commit(&repository, b"", b"");
    raw_commit(&repository, b"", b"no newline");
    // What follows a NUL is no commit.
    let forged = "0".repeat(40);
    let message =
        format!("x\0{forged}\ntree {forged}\nauthor F <f@g> 1 +0000\ncommitter F <f@g> 1 +0000\n\n    forged\n");
    raw_commit(
        &repository,
        b"author A <a@b> 1767225600 +0000\ncommitter A <a@b> 1767225600 +0000\n",
        message.as_bytes(),
    );
    fs::write(repository.top().join("students/robin-ashby.toml"), "name = \"Robin\"\ncourse = \"york-2025\"\n")
        .unwrap();
    repository.commit("2026-02-01T12:00:00Z");
    let said = assert_answers(everything_said(&repository.top(), None));
    assert_eq!(commits(&said).len(), 2);
    assert!(!said.values().any(|ran| ran.out.contains(&forged)));
}

/// Each with a change of its own; in parts, which run side by side.
fn commits_with_changes_that_no_git_would_make(part: usize) {
    for (number, who) in PEOPLE.into_iter().enumerate().skip(part).step_by(3) {
        let repository = base();
        repository.write("students/robin-ashby.toml", format!("name = \"Robin {number}\"\ncourse = \"york-2025\"\n"));
        repository.git(&["add", "--all"]);
        let tree = repository.git(&["write-tree"]);
        let parent = repository.git(&["rev-parse", "HEAD"]);
        let committer = String::from_utf8_lossy(who).replacen("author", "committer", 1).into_bytes();
        let begin = format!("tree {tree}\nparent {parent}\n").into_bytes();
        let bytes = [&begin, who, b"\n", &committer, b"\n\n\x1b[2J\xe2\x80\xaeX\n"].concat();
        let id = repository.store("commit", &bytes);
        fs::write(repository.top().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
        let said = everything_said(&repository.top(), None);
        let document = &said["audit --format json"];
        assert!(document.status != 2, "{}: {}", String::from_utf8_lossy(who), document.err);
        assert_eq!(commits(&said).last(), Some(&id), "{}", String::from_utf8_lossy(who));
    }
}

#[test]
fn some_commits_with_changes_that_no_git_would_make() {
    commits_with_changes_that_no_git_would_make(0);
}

#[test]
fn more_commits_with_changes_that_no_git_would_make() {
    commits_with_changes_that_no_git_would_make(1);
}

#[test]
fn other_commits_with_changes_that_no_git_would_make() {
    commits_with_changes_that_no_git_would_make(2);
}

#[test]
fn commits_that_follow_what_is_no_commit() {
    let repository = base();
    let tree = repository.git(&["rev-parse", "HEAD^{tree}"]);
    let head = repository.git(&["rev-parse", "HEAD"]);
    let people = "author A <a@b> 1767225600 +0000\ncommitter A <a@b> 1767225600 +0000\n\nx\n";
    let nothing = "0123456789".repeat(4);
    for (tree, parents) in [
        (&tree, vec![&tree]),
        (&tree, vec![&nothing]),
        (&nothing, vec![&head]),
        (&head, vec![&head]),
        (&tree, vec![&head, &head]),
        (&tree, vec![&head, &nothing]),
    ] {
        let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
        let id = repository.store("commit", format!("tree {tree}\n{parents}{people}").as_bytes());
        documents(&repository.top(), Some(&id));
        fs::write(repository.top().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
        documents(&repository.top(), None);
        fs::write(repository.top().join(".git/refs/heads/main"), format!("{head}\n")).unwrap();
    }
    // Objects that are gone or damaged.
    for what in ["students/robin-ashby.toml", "students", ""] {
        let repository = base();
        repository.write("students/robin-ashby.toml", "name = \"R\"\ncourse = \"york-2025\"\n");
        repository.commit("2026-02-01T12:00:00Z");
        let id = repository
            .git(&["rev-parse", if what.is_empty() { "HEAD~1".to_owned() } else { format!("HEAD~1:{what}") }.as_str()]);
        let object = repository.top().join(".git/objects").join(&id[..2]).join(&id[2..]);
        let whole = fs::read(&object).unwrap();
        fs::remove_file(&object).unwrap();
        documents(&repository.top(), None);
        fs::write(&object, &whole[..whole.len() / 2]).unwrap();
        documents(&repository.top(), None);
        fs::write(&object, b"x").unwrap();
        documents(&repository.top(), None);
    }
}

#[test]
fn pasts_of_every_shape() {
    let repository = base();
    let student = "students/robin-ashby.toml";
    let text = fs::read_to_string(repository.top().join(student)).unwrap();
    // Many branches, and a merge of all of some.
    let head = repository.git(&["rev-parse", "HEAD"]);
    for number in 0..1_000 {
        fs::write(repository.top().join(format!(".git/refs/heads/branch-{number}")), format!("{head}\n")).unwrap();
    }
    for number in 0..5 {
        repository.git(&["checkout", "--quiet", &format!("branch-{number}")]);
        repository.write(&format!("supervisors/sup-{number}.toml"), "name = \"S\"\n");
        repository.commit("2026-01-02T12:00:00Z");
    }
    repository.git(&["checkout", "--quiet", "main"]);
    let octopus = ["branch-0", "branch-1", "branch-2", "branch-3", "branch-4"];
    repository.git(&[&["merge", "--quiet", "--no-ff"][..], &octopus].concat());
    assert_answers(documents(&repository.top(), None));
    assert_answers(documents(&repository.top(), Some("branch-999")));
    // Two branches that take each other in.
    repository.git(&["branch", "one"]);
    repository.git(&["checkout", "--quiet", "-b", "other"]);
    repository.write(student, format!("{text}\n[[leave]]\nfrom = 2026-03-01\nuntil = 2026-03-08\n"));
    repository.commit("2026-01-03T12:00:00Z");
    repository.git(&["checkout", "--quiet", "one"]);
    repository.write("gwp.toml", "lcc_meetings = [2026-02-20]\n");
    repository.commit("2026-01-04T12:00:00Z");
    repository.git(&["branch", "one-before"]);
    repository.git(&["merge", "--quiet", "--no-ff", "other"]);
    repository.git(&["checkout", "--quiet", "other"]);
    repository.git(&["merge", "--quiet", "--no-ff", "one-before"]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "one"]);
    repository.git(&["merge", "--quiet", "--no-ff", "other"]);
    let whole = assert_answers(documents(&repository.top(), None));
    assert_eq!(commits(&whole).len(), 3);
    // Detached, linked, bare, shallow.
    repository.git(&["checkout", "--quiet", "--detach"]);
    assert_eq!(commits(&assert_answers(documents(&repository.top(), None))), commits(&whole));
    repository.git(&["worktree", "add", "--quiet", "../linked", "main"]);
    assert_eq!(commits(&assert_answers(documents(&repository.path("linked"), None))), commits(&whole));
    said(started(&repository.path("")).args(["clone", "--quiet", "--bare", "r", "bare.git"]));
    let bare = documents(&repository.path("bare.git"), Some("main"));
    assert_eq!(commits(&bare), commits(&whole));
    documents(&repository.path("bare.git"), None);
    let source = format!("file://{}", repository.top().display());
    for depth in ["1", "2", "3"] {
        let name = format!("shallow-{depth}");
        let clone = ["clone", "--quiet", "--depth", depth, "--branch", "main", &source, &name];
        said(started(&repository.path("")).args(clone));
        let said = assert_answers(documents(&repository.path(&name), None));
        assert_eq!(said["audit --format json"].json()["complete"], false);
        assert_eq!(said["history robin-ashby --by recorded --format json"].json()["complete"], false);
    }
    // Objects that stand for others, parents that were never there, and a list of commits that says otherwise.
    let first = repository.git(&["rev-list", "--max-parents=0", "HEAD"]);
    repository.git(&["commit-graph", "write", "--reachable"]);
    let graph = repository.top().join(".git/objects/info/commit-graph");
    let _ = fs::remove_file(&graph);
    fs::write(&graph, "no list").unwrap();
    let fake = repository.commit_of(&repository.git(&["rev-parse", "HEAD^{tree}"]));
    repository.git(&["replace", &repository.git(&["rev-parse", "HEAD"]), &fake]);
    fs::create_dir_all(repository.top().join(".git/info")).unwrap();
    fs::write(
        repository.top().join(".git/info/grafts"),
        format!("{}\n{first} {fake}\n", repository.git(&["rev-parse", "HEAD"])),
    )
    .unwrap();
    assert_eq!(commits(&assert_answers(documents(&repository.top(), None))), commits(&whole));
}

#[test]
fn repositories_with_nothing_or_little_in_them() {
    let repository = Repository::new();
    documents(&repository.top(), None);
    documents(&repository.path(""), None);
    repository.write_all("", &base_files());
    let said = documents(&repository.top(), None);
    assert_eq!(said["check --as-of 2026-02-10 --format json --receipt"].status, 0, "nothing was ever committed");
    assert_eq!(said["verify --format json"].json()["holds"], true);
    for head in ["ref: refs/heads/none\n", "ref: ../../x\n", "garbage\n", "", "\u{1b}[31m\n"] {
        let repository = base();
        fs::write(repository.top().join(".git/HEAD"), head).unwrap();
        documents(&repository.top(), None);
    }
    let repository = Repository::with("sha256");
    repository.write_all("", &base_files());
    let head = repository.commit("2026-01-01T12:00:00Z");
    assert_eq!(commits(&assert_answers(documents(&repository.top(), None))), [head]);
    // Below a larger repository, several, and one that was moved.
    let repository = Repository::new();
    repository.write_all("committees/york", &base_files());
    repository.write_all("committees/leeds", &base_files());
    repository.write("students/robin-ashby.toml", "not of a case folder");
    let written = repository.commit("2026-01-01T12:00:00Z");
    assert_answers(documents(&repository.top().join("committees/york"), None));
    assert_answers(documents(&repository.top().join("committees/york/students"), None));
    let said = everything_said(&repository.top(), None);
    assert_eq!(said["audit --format json"].json()["folders"].as_array().unwrap().len(), 2);
    let history = &said["history robin-ashby --format table"].out;
    assert!(history.contains("committees/leeds") && history.contains("committees/york"), "{history}");
    repository.git(&["mv", "committees/york", "york"]);
    repository.commit("2026-01-02T12:00:00Z");
    let moved = commits(&assert_answers(documents(&repository.top().join("york"), None)));
    assert_eq!(moved, [written], "its records are as they were written before");
    let before = program(&repository).run("audit -C committees/york --rev HEAD~1 --format json");
    assert!(before.status != 2 && before.json()["complete"] == true, "{}", before.err);
    fs::write(repository.top().join("york/students/robin-ashby.toml"), [0xff, 0xfe, 0]).unwrap();
    repository.commit("2026-01-03T12:00:00Z");
    assert_answers(documents(&repository.top().join("york"), None));
}

#[test]
fn a_past_of_thousands_of_commits() {
    let repository = base();
    let mut stream = Vec::new();
    let log = &base_files()["sessions/tuesday-group.toml"];
    for number in 0..1_000_u64 {
        let text = format!("{log}# {number}\n");
        let from = if number == 0 { "from refs/heads/main^0\n" } else { "" };
        let at = 1_767_300_000 + number * 600;
        stream.push(format!(
            "commit refs/heads/main\ncommitter R <r@e> {at} +0000\ndata 1\nx\n{from}M 100644 inline \
             sessions/tuesday-group.toml\ndata {}\n{text}\n",
            text.len()
        ));
    }
    repository.write("stream", stream.concat());
    let mut import = started(&repository.top());
    import.args(["fast-import", "--quiet"]).stdin(fs::File::open(repository.top().join("stream")).unwrap());
    said(&mut import);
    fs::remove_file(repository.top().join("stream")).unwrap();
    repository.git(&["reset", "--quiet", "--hard"]);
    let begun = std::time::Instant::now();
    let ran = program(&repository).run("audit --format json");
    assert!(ran.status != 2, "{}", ran.err);
    let ran = program(&repository).run("history robin-ashby --format json");
    assert!(ran.status == 0 && ran.json()["entries"].as_array().unwrap().len() > 1_000, "{}", ran.err);
    let took = begun.elapsed();
    assert!(took.as_secs() < 120, "{took:?}");
}
