//! What somebody would hide from an audit: each deed has its name in it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "a list of deeds")]

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use crate::cases::base_files;
use crate::past::{gwp, list, value_of, word};
use crate::repository::{Kept, Repository};

pub const LOG: &str = "york/sessions/tuesday-group.toml";
pub const STUDENT: &str = "york/students/robin-ashby.toml";
pub const SESSION: &str = "  { date = 2026-01-13, minutes = 90, present = 7 },\n";
const AWARD: &str = "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-15\noutcome = \"recommended\"\n";

/// A folder with a report that came late, in whose last commit but one a session is recorded, and in whose last one an
/// award is recommended.
pub fn awarded() -> Repository {
    static AWARDED: LazyLock<Kept> = LazyLock::new(|| Kept::of(&with_an_award()));
    AWARDED.again()
}

fn with_an_award() -> Repository {
    let (repository, mut files) = (Repository::new(), base_files());
    let student = files.get_mut("students/robin-ashby.toml").unwrap();
    *student = student.replacen("received = 2026-01-29", "received = 2026-02-15", 1);
    repository.hold("york", &files);
    replace(&repository, LOG, SESSION, "");
    repository.commit("2026-07-16T12:00:00Z");
    repository.git(&["branch", "begun"]);
    repository.hold("york", &files);
    repository.commit("2026-07-17T12:00:00Z");
    let student = files["students/robin-ashby.toml"].clone();
    repository.write(STUDENT, student + AWARD);
    repository.commit("2026-07-18T12:00:00Z");
    repository.git(&["branch", "decided"]);
    repository
}

pub fn text(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.top().join(path)).unwrap()
}

pub fn replace(repository: &Repository, path: &str, from: &str, to: &str) {
    let text = text(repository, path);
    assert!(text.contains(from), "{path} has no {from}");
    repository.write(path, text.replacen(from, to, 1));
}

/// Commits on a day of August 2026.
pub fn commit(repository: &Repository, day: u32) -> String {
    repository.commit(&format!("2026-08-{day:02}T12:00:00Z"))
}

pub fn remove(repository: &Repository, path: &str) {
    fs::remove_file(repository.top().join(path)).unwrap();
}

/// Merges a branch with what stands in the work tree.
pub fn merge_as(repository: &Repository, branch: &str, paths: &[(&str, String)]) {
    repository.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-commit", "--strategy=ours", branch]);
    for (path, text) in paths {
        repository.write(path, text);
    }
    commit(repository, 20);
}

/// The names of what an audit finds in the commits since the decision.
pub fn found_since(repository: &Repository, more: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = repository.git(&["rev-list", "decided"]).lines().map(ToOwned::to_owned).collect();
    let ran = gwp(repository, &format!("audit -C york --format json {more}"));
    let document = ran.json();
    assert_eq!(ran.status, i32::from(!list(&document["irregularities"]).is_empty()));
    let recent = list(&document["irregularities"])
        .iter()
        .filter(|one| list(&one["commits"]).last().is_some_and(|commit| !known.contains(word(&commit["id"]))));
    recent.map(|one| word(&one["name"]).to_owned()).collect()
}

pub type Deed = (&'static str, fn(&Repository));

/// Asserts that an audit names each of these deeds.
pub fn assert_found(name: &str, deeds: &[Deed]) {
    let missed = deeds.iter().filter_map(|(what, deed)| {
        let repository = awarded();
        deed(&repository);
        let found = found_since(&repository, "");
        (!found.contains(name)).then(|| format!("{what}: {found:?}\n"))
    });
    let missed: String = missed.collect();
    assert!(missed.is_empty(), "{name}\n{missed}");
}

#[test]
fn a_session_that_was_taken_out_is_found() {
    let without = |repository: &Repository| text(repository, LOG).replacen(SESSION, "", 1);
    assert!(without(&awarded()).len() < text(&awarded(), LOG).len());
    assert_found(
        "entries-lost",
        &[
            ("plainly", |it| {
                replace(it, LOG, SESSION, "");
                commit(it, 1);
            }),
            ("while the log could not be read", |it| {
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 2);
            }),
            ("while it was no text", |it| {
                let whole = text(it, LOG);
                it.write(LOG, [0xff, 0xfe]);
                commit(it, 1);
                it.write(LOG, vec![b'#'; 9 * 1024 * 1024]);
                commit(it, 2);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 3);
            }),
            ("while there was a conflict", |it| {
                it.write(LOG, format!("<<<<<<< x\n{0}=======\n{0}>>>>>>> y\n", text(it, LOG)));
                commit(it, 1);
                replace(it, LOG, "<<<<<<< x\n", "");
                let first = text(it, LOG).split_once("=======").unwrap().0.replacen(SESSION, "", 1);
                it.write(LOG, first);
                commit(it, 2);
            }),
            ("on a branch, while it could not be read, and merged so", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
                it.write(LOG, text(it, LOG).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 21);
            }),
            ("while it could not be read, and was moved", |it| {
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.write("york/sessions/moved/tuesday-group.toml", text(it, LOG));
                remove(it, LOG);
                commit(it, 2);
                let path = "york/sessions/moved/tuesday-group.toml";
                it.write(path, text(it, path).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 3);
            }),
            ("while it could not be read, and was gone", |it| {
                let whole = text(it, LOG);
                it.write(LOG, whole.clone() + "[broken");
                commit(it, 1);
                remove(it, LOG);
                commit(it, 2);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 3);
            }),
            ("while it was gone", |it| {
                let whole = text(it, LOG);
                remove(it, LOG);
                commit(it, 1);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 2);
            }),
            ("in another notation", |it| {
                let value = value_of(&text(it, LOG).replacen(SESSION, "", 1)).unwrap();
                remove(it, LOG);
                it.write("york/sessions/tuesday-group.yaml", value.to_string());
                commit(it, 1);
            }),
            ("in another notation, while it could not be read", |it| {
                let value = value_of(&text(it, LOG).replacen(SESSION, "", 1)).unwrap();
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                remove(it, LOG);
                it.write("york/sessions/tuesday-group.yaml", "{");
                commit(it, 2);
                it.write("york/sessions/tuesday-group.yaml", value.to_string());
                commit(it, 3);
            }),
            ("while the list was none", |it| {
                replace(it, LOG, "sessions = [\n", "sessions = [\n  \"x\",\n");
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen("  \"x\",\n", "", 1).replacen(SESSION, "", 1));
                commit(it, 2);
            }),
            ("by another id", |it| {
                it.write("york/sessions/tuesday.toml", text(it, LOG).replacen(SESSION, "", 1));
                remove(it, LOG);
                replace(it, STUDENT, "group = \"tuesday-group\"", "group = \"tuesday\"");
                commit(it, 1);
            }),
            ("after it was given another id", |it| {
                it.write("york/sessions/tuesday.toml", text(it, LOG));
                remove(it, LOG);
                replace(it, STUDENT, "group = \"tuesday-group\"", "group = \"tuesday\"");
                commit(it, 1);
                replace(it, "york/sessions/tuesday.toml", SESSION, "");
                commit(it, 2);
            }),
            ("of two on one day", |it| {
                replace(it, LOG, SESSION, &format!("{SESSION}{SESSION}"));
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen(&format!("{SESSION}{SESSION}"), "", 1));
                commit(it, 2);
            }),
            ("by a merge with what was there before it", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                let old = text(it, LOG);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old)]);
            }),
            ("by a merge that is something else as well", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                replace(it, LOG, "approach = \"MBT\"", "approach = \"DBT\"");
                commit(it, 1);
                let old = text(it, LOG);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old.replacen("DBT", "CBT", 1))]);
            }),
            ("by a merge with a branch that has nothing to do with it", |it| {
                it.git(&["checkout", "--quiet", "--orphan", "side"]);
                let old = text(it, LOG).replacen(SESSION, "", 1);
                it.write(LOG, &old);
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git(&["merge", "--quiet", "--no-commit", "--strategy=ours", "--allow-unrelated-histories", "side"]);
                it.write(LOG, &old);
                commit(it, 2);
            }),
            ("by a merge with a branch on which it could not be read", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                let old = text(it, LOG).replacen(SESSION, "", 1);
                merge_as(it, "side", &[(LOG, old)]);
            }),
        ],
    );
}

#[test]
fn evidence_that_was_altered_after_a_decision_is_found() {
    assert_found(
        "evidence-altered",
        &[
            ("plainly", |it| {
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                commit(it, 1);
            }),
            ("on a branch from before it", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                it.commit("2026-07-17T13:00:00Z");
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
            ("on a branch from before it that took the decision in", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                it.commit("2026-07-17T13:00:00Z");
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "main"]);
                it.git(&["branch", "--force", "main", "side"]);
                it.git(&["checkout", "--quiet", "main"]);
            }),
            ("by a merge that takes what was there before", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                it.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
                let old =
                    text(it, LOG).replacen("date = 2026-01-20, minutes = 90", "date = 2026-01-20, minutes = 61", 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old)]);
            }),
            ("the decision's own day", |it| {
                replace(it, STUDENT, "date = 2026-07-15", "date = 2026-07-14");
                commit(it, 1);
            }),
            ("the decision's own day, while it could not be read", |it| {
                it.write(STUDENT, text(it, STUDENT) + "[broken");
                commit(it, 1);
                it.write(
                    STUDENT,
                    text(it, STUDENT).replace("[broken", "").replace("date = 2026-07-15", "date = 2026-07-14"),
                );
                commit(it, 2);
            }),
            ("the decision's own day, with another id", |it| {
                it.write(
                    "york/students/robin.toml",
                    text(it, STUDENT).replace("date = 2026-07-15", "date = 2026-07-14"),
                );
                remove(it, STUDENT);
                replace(it, LOG, "robin-ashby", "robin");
                replace(it, "york/sessions/supervision-ashby.toml", "robin-ashby", "robin");
                commit(it, 1);
            }),
        ],
    );
    assert_found(
        "evidence-removed",
        &[("the insurance, of one who was given another id", |it| {
            it.write("york/students/robin.toml", text(it, STUDENT));
            remove(it, STUDENT);
            replace(it, LOG, "robin-ashby", "robin");
            replace(it, "york/sessions/supervision-ashby.toml", "robin-ashby", "robin");
            commit(it, 1);
            let insurance = "[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = 2026-09-30\n";
            replace(it, "york/students/robin.toml", insurance, "");
            commit(it, 2);
        })],
    );
}

#[test]
fn what_is_recorded_late_is_found() {
    assert_found(
        "recorded-late",
        &[
            ("plainly", |it| {
                replace(it, LOG, "sessions = [\n", "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n");
                commit(it, 1);
            }),
            ("beside something of the day before", |it| {
                let (was, is) = ("[2025-11-14, 2026-02-06]", "[2025-11-14, 2026-02-06, 2026-03-06, 2026-07-31]");
                replace(it, STUDENT, was, is);
                commit(it, 1);
            }),
            ("where it was agreed the day before", |it| {
                let was = "[[wrg]]\n";
                let more = "[[arrangement]]\ngroup = \"tuesday-group\"\nsupervisor = \"ines-farrow\"\nfrom = \
                            2026-03-01\nconfirmed = 2026-07-31\n\n[[wrg]]\n";
                replace(it, STUDENT, was, more);
                commit(it, 1);
            }),
            ("what a report says", |it| {
                let rating = "professional-relationships = \"not-observed\"\n";
                replace(it, STUDENT, rating, "");
                it.commit("2026-07-19T12:00:00Z");
                it.git(&["branch", "--force", "decided"]);
                replace(it, STUDENT, "conflict = \"developing\"\n", &format!("conflict = \"developing\"\n{rating}"));
                commit(it, 1);
            }),
            ("a break", |it| {
                replace(it, LOG, "breaks = [\n", "breaks = [\n  { from = 2026-06-01, until = 2026-06-20 },\n");
                commit(it, 1);
            }),
            ("where the list was none", |it| {
                let whole = text(it, LOG);
                it.write(LOG, whole.split_once("sessions = [").unwrap().0.to_owned() + "sessions = \"\"\n");
                commit(it, 1);
                it.write(
                    LOG,
                    whole.replacen("sessions = [\n", "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n", 1),
                );
                commit(it, 2);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                let more = "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n";
                merge_as(it, "side", &[(LOG, text(it, LOG).replacen("sessions = [\n", more, 1))]);
            }),
        ],
    );
}

#[test]
fn a_session_that_is_said_to_have_been_otherwise_is_found() {
    assert_found(
        "evidence-removed",
        &[("given another day", |it| {
            replace(it, LOG, "date = 2026-01-13", "date = 2026-01-14");
            commit(it, 1);
        })],
    );
    assert_found(
        "altered-in-favour",
        &[("where it had been called off", |it| {
            replace(it, LOG, SESSION, "  { date = 2026-01-13, cancelled = \"ill\" },\n");
            commit(it, 1);
            replace(it, LOG, "  { date = 2026-01-13, cancelled = \"ill\" },\n", SESSION);
            commit(it, 2);
        })],
    );
}
