//! What somebody would hide from an audit by a commit's own date, branch or author.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::cases::base_files;
use crate::hiding::{LOG, SESSION, assert_found, awarded, commit, found_since, replace};
use crate::past::{gwp, list, word};
use crate::repository::Repository;

#[test]
fn a_commit_that_says_it_was_made_earlier_is_not_left_out() {
    let repository = awarded();
    replace(&repository, LOG, SESSION, "");
    repository.commit("2026-03-01T12:00:00Z");
    let found = found_since(&repository, "--since 2026-07-18");
    assert!(found.contains("entries-lost") && found.contains("commit-backdated"), "{found:?}");
}

#[test]
fn what_was_recorded_on_a_branch_and_kept_there_is_found() {
    fn record(it: &Repository) {
        replace(it, LOG, "sessions = [\n", "sessions = [\n  { date = 2026-07-14, minutes = 90 },\n");
        it.commit("2026-07-18T12:00:00Z");
        it.git(&["checkout", "--quiet", "main"]);
    }
    let merge = ["merge", "--quiet", "--no-edit", "--no-ff", "--allow-unrelated-histories", "-Xtheirs", "side"];
    for (day, is_found) in [("2026-08-15", false), ("2026-08-16", true)] {
        let repository = awarded();
        repository.git(&["checkout", "--quiet", "-b", "side", "begun"]);
        record(&repository);
        repository.git_at(&format!("{day}T12:00:00Z"), &merge);
        assert_eq!(found_since(&repository, "").contains("commit-redated"), is_found, "{day}");
    }
    let repository = awarded();
    repository.git(&["checkout", "--quiet", "--orphan", "side"]);
    record(&repository);
    repository.git_at("2026-08-16T12:00:00Z", &merge);
    let document = gwp(&repository, "audit -C york --format json --since 2026-08-16").json();
    let mut found = list(&document["irregularities"]).iter().filter(|one| one["name"] == "commit-redated");
    let message = found.next().map(|one| word(&one["message"])).unwrap();
    assert!(message.starts_with("made on 18 July 2026, and came into the main line with "), "{message}");
    assert!(message.ends_with(" on 16 August 2026"), "{message}");
}

#[test]
fn what_was_done_on_a_branch_counts_from_its_merge() {
    let repository = awarded();
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    replace(&repository, LOG, SESSION, "");
    commit(&repository, 1);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
    assert!(found_since(&repository, "--since 2026-08-20").contains("entries-lost"));
    assert!(found_since(&repository, "--since 2026-08-21").is_empty());
}

// Whatever counts is asked about.

/// Commits without a change, on a day of July 2026 at an hour.
fn nothing(repository: &Repository, at: &str) {
    repository.git_at(at, &["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
}

#[test]
fn a_day_that_was_chosen_is_found() {
    assert_found(
        "commit-backdated",
        &[
            ("plainly", |it| {
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
            }),
            ("behind a commit of nothing", |it| {
                nothing(it, "2026-07-01T12:00:00Z");
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
            }),
            ("in small steps", |it| {
                for (day, hour) in [(17, 13), (16, 14), (15, 15), (14, 16), (13, 17)] {
                    nothing(it, &format!("2026-07-{day}T{hour}:00:00Z"));
                }
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-12T18:00:00Z");
            }),
            ("by the one who commits it", |it| {
                replace(it, LOG, SESSION, "");
                it.git(&["add", "--all"]);
                let written = "--date=2026-08-01T12:00:00Z";
                it.git_at("2026-07-18T13:00:00Z", &["commit", "--quiet", written, "--message", "x"]);
            }),
            ("on a branch", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
        ],
    );
    // Of one wrong clock only the next is asked about.
    let repository = awarded();
    nothing(&repository, "2027-01-01T12:00:00Z");
    for day in 1..4 {
        replace(&repository, LOG, "title = \"", "title = \"A ");
        commit(&repository, day);
    }
    let audited = gwp(&repository, "audit -C york --format json").json();
    let names = list(&audited["irregularities"]).iter().filter(|one| one["name"] == "commit-backdated");
    assert_eq!(names.count(), 1);
    // No zone is years ahead.
    let repository = awarded();
    replace(&repository, LOG, "sessions = [\n", "sessions = [\n  { date = 2026-09-14, minutes = 90, present = 7 },\n");
    repository.git(&["add", "--all"]);
    let (tree, head) = (repository.git(&["write-tree"]), repository.git(&["rev-parse", "HEAD"]));
    let who = "R <r@example.org> 1785585600 +9999999";
    let text = format!("tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\nx\n");
    let id = repository.store("commit", text.as_bytes());
    fs::write(repository.top().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
    assert!(found_since(&repository, "").contains("dated-ahead"));
}

#[test]
fn a_student_who_names_another_as_the_author_is_found() {
    for (author, committer, is_found) in [
        ("robin.ashby@example.org", "robin.ashby@example.org", true),
        ("Robin.Ashby@example.org ", "hester@example.org", true),
        ("hester@example.org", "robin.ashby@example.org", true),
        ("hester@example.org", "hester@example.org", false),
        ("somebody@example.org", "somebody@example.org", false),
    ] {
        let repository = Repository::new();
        repository.hold("york", &base_files());
        repository.write("york/gwp.toml", "[audit]\nconvenors = [\"hester@example.org\"]\n");
        repository.git(&["add", "--all"]);
        let mut command = crate::repository::started(&repository.top());
        command.env("GIT_AUTHOR_EMAIL", author).env("GIT_COMMITTER_EMAIL", committer);
        crate::repository::said(command.args(["commit", "--quiet", "--message", "x"]));
        let audited = gwp(&repository, "audit -C york --format json").json();
        let mut found = list(&audited["irregularities"]).iter().filter(|one| one["name"] == "only-the-student");
        let of_student = found.find(|one| one["file"] == "students/robin-ashby.toml");
        assert_eq!(of_student.is_some(), is_found, "{author} {committer}");
        assert!(of_student.is_none_or(|one| !word(&one["message"]).contains("hester")), "{of_student:?}");
    }
}
