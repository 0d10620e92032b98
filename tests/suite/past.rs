//! `gwp history`, `gwp audit`, `gwp check --receipt` and `gwp verify`: what holds of every past.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gwp::calendar::Day;
use gwp::edition::Parameters;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::records::Matter;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use crate::cases::{Files, base_files, linked};
use crate::program::{Program, Ran};
use crate::properties::{any_day, iso};
use crate::repository::{Repository, history, said, started};

fn gwp(repository: &Repository, words: &str) -> Ran {
    let nobody = Program::within(&repository.top()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    nobody.env("GIT_CONFIG_NOSYSTEM", "1").run(words)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

// The past, replayed.

/// What a record says, as plain values; nothing where it cannot be read.
fn value_of(text: &str) -> Option<Value> {
    fn plain(value: &toml::Value) -> Value {
        match value {
            toml::Value::Table(table) => {
                Value::Object(table.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
            }
            toml::Value::Array(list) => list.iter().map(plain).collect(),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Boolean(yes) => json!(yes),
            toml::Value::Float(_) => unreachable!("no record has a fraction"),
        }
    }
    toml::from_str(text).ok().map(|table| plain(&toml::Value::Table(table)))
}

/// A value without lists that are empty, and with the entries of lists in an order that does not depend on theirs.
fn in_order(value: &Value) -> Value {
    match value {
        Value::Object(table) => {
            let mut keys: Vec<_> = table.iter().map(|(key, value)| (key.clone(), in_order(value))).collect();
            keys.retain(|(_, value)| *value != json!([]));
            keys.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(keys.into_iter().collect())
        }
        Value::Array(entries) => {
            let mut entries: Vec<_> = entries.iter().map(in_order).collect();
            if entries.iter().all(Value::is_object) {
                entries.sort_by_key(Value::to_string);
            }
            Value::Array(entries)
        }
        other => other.clone(),
    }
}

fn at<'s>(state: &'s mut Value, path: &str) -> (&'s mut Map<String, Value>, String) {
    let mut keys: Vec<&str> = path.split('.').collect();
    let last = keys.pop().unwrap().to_owned();
    let mut table = state;
    for key in keys {
        table = table.as_object_mut().unwrap().entry(key).or_insert_with(|| json!({}));
    }
    (table.as_object_mut().unwrap(), last)
}

/// Does to a record what was told of it; whatever was there must be there.
fn apply(state: &mut Value, told: &Value) -> Result<(), String> {
    let fail = |state: &Value| Err(format!("{told}\nis not so of {state}"));
    let path = word(&told["where"]);
    match word(&told["what"]) {
        "file" | "text" | "order" => {}
        "key" => {
            let whole = state.clone();
            let (table, key) = at(state, path);
            if table.get(&key).unwrap_or(&Value::Null) != &told["from"] {
                return fail(&whole);
            }
            if told["to"].is_null() {
                table.remove(&key);
            } else {
                table.insert(key, told["to"].clone());
            }
        }
        _ => {
            let whole = state.clone();
            let (table, key) = at(state, path.rsplit_once('[').unwrap().0);
            let entries = table.entry(key).or_insert_with(|| json!([])).as_array_mut().unwrap();
            if !told["from"].is_null() {
                let Some(found) = entries.iter().position(|entry| *entry == told["from"]) else {
                    return fail(&whole);
                };
                entries.remove(found);
            }
            if !told["to"].is_null() {
                entries.push(told["to"].clone());
            }
        }
    }
    Ok(())
}

type States = BTreeMap<String, Value>;

/// What the records say after one commit more.
fn after(mut states: States, told: &[&Value]) -> Result<States, String> {
    // What moved has to be where it was before anything else takes its place.
    let moves = told.iter().filter(|one| one["what"] == "file" && one["change"] == "renamed");
    let moved: Vec<_> = moves.map(|one| (word(&one["to"]).to_owned(), states.remove(word(&one["from"])))).collect();
    states.extend(moved.into_iter().map(|(path, state)| (path, state.unwrap_or_else(|| json!({})))));
    for one in told {
        let state = states.entry(word(&one["file"]).to_owned()).or_insert_with(|| json!({}));
        apply(state, one)?;
    }
    for one in told.iter().filter(|one| one["change"] == "removed") {
        if let Some(left) = states.remove(word(&one["file"])).map(|left| in_order(&left))
            && left != json!({})
            && left != json!({"diploma": {}, "form1": {}})
        {
            return Err(format!("{one} leaves {left}"));
        }
    }
    Ok(states)
}

/// The entries of a history by commit, in order.
fn by_commit(document: &Value) -> Vec<(&str, Vec<&Value>)> {
    let mut commits: Vec<(&str, Vec<&Value>)> = Vec::new();
    for entry in list(&document["entries"]) {
        let id = word(&entry["commit"]["id"]);
        match commits.last_mut().filter(|(known, _)| *known == id) {
            Some((_, told)) => told.push(entry),
            None => commits.push((id, vec![entry])),
        }
    }
    commits
}

/// Asserts that what a history tells leads to the files that are there.
fn assert_leads_to(document: &Value, states: &States, files: &Files) -> Result<(), TestCaseError> {
    let named: BTreeSet<&str> = list(&document["entries"]).iter().map(|entry| word(&entry["file"])).collect();
    for path in named {
        let is = files.get(path);
        match is.map(|text| value_of(text)) {
            Some(Some(is)) => {
                let told = states.get(path).map(in_order);
                prop_assert_eq!(told.as_ref(), Some(&in_order(&is)), "{}", path);
            }
            Some(None) => prop_assert!(states.contains_key(path), "{} is there and was told to be gone", path),
            None => prop_assert!(!states.contains_key(path), "{} is gone, and was never told to be", path),
        }
    }
    Ok(())
}

/// The files that the judgement of a student names.
fn evidence(document: &Value, student: &str) -> BTreeSet<String> {
    let one = list(&document["students"]).iter().filter(|one| one["id"] == student);
    let requirements = one.flat_map(|one| list(&one["requirements"]));
    requirements.flat_map(|one| list(&one["evidence"])).map(|place| word(&place["file"]).to_owned()).collect()
}

fn committed(states: &[Files]) -> (Repository, Vec<String>) {
    let repository = Repository::new();
    let commit = |(number, files): (usize, &Files)| {
        repository.hold("york", files);
        repository.commit(&format!("2026-0{}-01T12:00:00Z", number % 9 + 1))
    };
    let ids = states.iter().enumerate().map(commit).collect();
    (repository, ids)
}

/// The single things that stand in a value, each as often as it does.
fn pieces(value: &Value, at: &str, out: &mut BTreeMap<String, i32>) {
    match value {
        Value::Object(table) => {
            let below = |key: &String| if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            table.iter().for_each(|(key, value)| pieces(value, &below(key), out));
        }
        Value::Array(entries) if entries.iter().all(Value::is_object) => {
            entries.iter().for_each(|entry| *out.entry(format!("{at} {}", in_order(entry))).or_default() += 1);
        }
        Value::Null => {}
        other => *out.entry(format!("{at} {other}")).or_default() += 1,
    }
}

/// A record, whatever its path was: its folder, and its id without what a random past adds to it.
fn record(path: &str) -> String {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let name = name.rsplit_once('/').map_or(name, |(_, name)| name);
    format!("{folder}/{}", name.trim_end_matches(".toml").replace("-x", ""))
}

/// What stands in all of some records together; where one of a name cannot be read, nothing in all of that name.
fn pieces_of(files: &Files, named: &BTreeSet<&str>) -> BTreeMap<String, BTreeMap<String, i32>> {
    let mut all: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| named.contains(path.as_str())) {
        if let Some(value) = value_of(text) {
            pieces(&value, "", all.entry(record(path)).or_default());
        }
    }
    all
}

/// What a commit is told to have put into records, or to have taken out.
fn told_of(document: &Value, commits: &BTreeSet<&str>, end: &str) -> BTreeSet<(String, String)> {
    let mut told = BTreeSet::new();
    for entry in list(&document["entries"]) {
        let is_of_value = !matches!(word(&entry["what"]), "file" | "text" | "order");
        if is_of_value && commits.contains(word(&entry["commit"]["id"])) {
            let (at, mut found) = (word(&entry["where"]), BTreeMap::new());
            match word(&entry["what"]) {
                "key" => pieces(&entry[end], at, &mut found),
                _ => pieces(&json!([entry[end]]), at.rsplit_once('[').unwrap().0, &mut found),
            }
            told.extend(found.into_keys().map(|piece| (record(word(&entry["file"])), piece)));
        }
    }
    told
}

/// Commits a state upon others, and gives the id.
fn commit_upon(repository: &Repository, files: &Files, parents: &[&str]) -> String {
    repository.hold("york", files);
    repository.git(&["add", "--all"]);
    let tree = repository.git(&["write-tree"]);
    let mut words = vec!["commit-tree", "-m", "state", &tree];
    parents.iter().for_each(|parent| words.extend(["-p", parent]));
    repository.git(&words)
}

/// Of each path what the one state has there or the other, by the bits of a number.
fn mixed(one: &Files, other: &Files, bits: u64) -> Files {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let of = |(number, path): (usize, &String)| {
        let from = if bits >> (number % 64) & 1 == 1 { one } else { other };
        Some((path.clone(), from.get(path)?.clone()))
    };
    paths.into_iter().enumerate().filter_map(of).collect()
}

/// What git makes of two states: of each path what the one has that altered it.
fn merged(base: &Files, one: &Files, other: &Files) -> Files {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let of = |path: &String| {
        let from = if one.get(path) == base.get(path) { other } else { one };
        Some((path.clone(), from.get(path)?.clone()))
    };
    paths.into_iter().filter_map(of).collect()
}

const HISTORY: &str = "history -C york --by recorded --format json";

/// The history of a student, where there ever was one with the id.
fn told_history(repository: &Repository, id: &str) -> Option<Value> {
    let ran = gwp(repository, &format!("{HISTORY} {id}"));
    (!ran.err.contains("no student ever had the id")).then(|| ran.json())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_told_leads_to_what_is_there(states in history(2..7)) {
        let (repository, _) = committed(&states);
        let checked = gwp(&repository, "check york --as-of 2026-02-10 --format json").json();
        let last = states.last().unwrap();
        for id in ["robin-ashby", "ada-finch"] {
            let Some(document) = told_history(&repository, id) else { continue };
            let mut told = States::new();
            for (commit, entries) in by_commit(&document) {
                told = after(told, &entries).map_err(|said| TestCaseError::fail(format!("{commit}: {said}")))?;
            }
            assert_leads_to(&document, &told, last)?;
            let named: BTreeSet<&str> = list(&document["entries"]).iter().map(|entry| word(&entry["file"])).collect();
            for file in evidence(&checked, id) {
                prop_assert!(named.contains(file.as_str()), "{} is evidence, and not in the history", file);
            }
        }
    }

    #[test]
    fn a_merge_hides_nothing(states in history(4..7), bits in any::<[u64; 4]>(), is_fair in any::<bool>()) {
        let repository = Repository::new();
        let base = &states[0];
        let side = |other: &Files, bits: u64| mixed(base, other, bits);
        let (one, other) = (side(&states[1], bits[0]), side(&states[3], bits[1]));
        let fair = merged(base, &one, &other);
        let is_conflict = one.keys().chain(other.keys()).chain(base.keys())
            .any(|path| one.get(path) != base.get(path) && other.get(path) != base.get(path));
        let result = if is_fair { fair } else { mixed(&mixed(&one, &other, bits[2]), &fair, bits[3]) };
        let begun = commit_upon(&repository, base, &[]);
        let sides = [commit_upon(&repository, &one, &[&begun]), commit_upon(&repository, &other, &[&begun])];
        let merge = commit_upon(&repository, &result, &[&sides[0], &sides[1]]);
        repository.git(&["reset", "--quiet", "--hard", &merge]);
        let broken: BTreeSet<String> = [base, &one, &other, &result].into_iter().flatten()
            .filter(|(_, text)| value_of(text).is_none()).map(|(path, _)| record(path)).collect();
        for id in ["robin-ashby", "ada-finch"] {
            let Some(document) = told_history(&repository, id) else { continue };
            let files: BTreeSet<&str> = list(&document["entries"]).iter()
                .flat_map(|entry| [&entry["file"], if entry["what"] == "file" { &entry["from"] } else { &Value::Null }])
                .map(word).collect();
            let named: BTreeSet<String> = files.iter().map(|path| record(path)).collect();
            if is_fair && !is_conflict {
                prop_assert!(by_commit(&document).iter().all(|(commit, _)| *commit != merge), "a merge did nothing");
            }
            for (from, with) in [(0, 1), (1, 0)] {
                let (was, is) = (pieces_of([&one, &other][from], &files), pieces_of(&result, &files));
                let nothing = BTreeMap::new();
                let [put_in, out] = ["to", "from"].map(|end| {
                    told_of(&document, &BTreeSet::from([sides[with].as_str(), merge.as_str()]), end)
                });
                for name in named.iter().filter(|name| !broken.contains(*name)) {
                    let (was, is) = (was.get(name).unwrap_or(&nothing), is.get(name).unwrap_or(&nothing));
                    for piece in was.keys().filter(|piece| was[*piece] > is.get(*piece).copied().unwrap_or_default()) {
                        let is_told = out.contains(&(name.clone(), piece.clone()));
                        prop_assert!(is_told, "{}: {} is lost and never told, from {}", name, piece, from);
                    }
                    for piece in is.keys().filter(|piece| is[*piece] > was.get(*piece).copied().unwrap_or_default()) {
                        let is_told = put_in.contains(&(name.clone(), piece.clone()));
                        prop_assert!(is_told, "{}: {} is there and never told, from {}", name, piece, from);
                    }
                }
            }
        }
    }
}

// What somebody would hide.

const LOG: &str = "york/sessions/tuesday-group.toml";
const STUDENT: &str = "york/students/robin-ashby.toml";
const SESSION: &str = "  { date = 2026-01-13, minutes = 90, present = 7 },\n";
const AWARD: &str = "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-15\noutcome = \"recommended\"\n";

/// A folder with a report that came late, in whose last commit but one a session is recorded, and in whose last one an
/// award is recommended.
fn awarded() -> Repository {
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

fn text(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.top().join(path)).unwrap()
}

fn replace(repository: &Repository, path: &str, from: &str, to: &str) {
    let text = text(repository, path);
    assert!(text.contains(from), "{path} has no {from}");
    repository.write(path, text.replacen(from, to, 1));
}

/// Commits on a day of August 2026.
fn commit(repository: &Repository, day: u32) -> String {
    repository.commit(&format!("2026-08-{day:02}T12:00:00Z"))
}

fn remove(repository: &Repository, path: &str) {
    fs::remove_file(repository.top().join(path)).unwrap();
}

/// Merges a branch with what stands in the work tree.
fn merge_as(repository: &Repository, branch: &str, paths: &[(&str, String)]) {
    repository.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-commit", "--strategy=ours", branch]);
    paths.iter().for_each(|(path, text)| repository.write(path, text));
    commit(repository, 20);
}

/// The names of what an audit finds in the commits since the decision.
fn found_since(repository: &Repository, more: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = repository.git(&["rev-list", "decided"]).lines().map(ToOwned::to_owned).collect();
    let ran = gwp(repository, &format!("audit -C york --format json {more}"));
    let document = ran.json();
    assert_eq!(ran.status, i32::from(!list(&document["irregularities"]).is_empty()));
    let recent = list(&document["irregularities"])
        .iter()
        .filter(|one| list(&one["commits"]).last().is_some_and(|commit| !known.contains(word(&commit["id"]))));
    recent.map(|one| word(&one["name"]).to_owned()).collect()
}

type Deed = (&'static str, fn(&Repository));

/// Asserts that an audit names each of these deeds.
fn assert_found(name: &str, deeds: &[Deed]) {
    for (what, deed) in deeds {
        let repository = awarded();
        deed(&repository);
        let found = found_since(&repository, "");
        assert!(found.contains(name), "{what}: {found:?}");
    }
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
            ("and put in a day later", |it| {
                replace(it, LOG, "date = 2026-01-13", "date = 2026-01-14");
                commit(it, 1);
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
        ],
    );
    assert_found(
        "evidence-removed",
        &[
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
            ("the insurance, of one who was given another id", |it| {
                it.write("york/students/robin.toml", text(it, STUDENT));
                remove(it, STUDENT);
                replace(it, LOG, "robin-ashby", "robin");
                replace(it, "york/sessions/supervision-ashby.toml", "robin-ashby", "robin");
                commit(it, 1);
                let insurance = "[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = 2026-09-30\n";
                replace(it, "york/students/robin.toml", insurance, "");
                commit(it, 2);
            }),
        ],
    );
}

const JANUARY: &str = "form = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-02-15\nby = \"kit-lowe\"\n";

/// The report of January with its table of competencies.
fn january(text: &str) -> String {
    let begin = text.find(JANUARY).unwrap() - "[[report]]\n".len();
    let end = begin + text[begin + 2..].find("[[report]]").unwrap() + 2;
    text[begin..end].to_owned()
}

#[test]
fn a_rating_that_was_raised_is_found() {
    fn raised(text: &str) -> String {
        let was = january(text);
        text.replacen(&was, &was.replace("conflict = \"developing\"", "conflict = \"competent\""), 1)
    }
    assert_found(
        "rating-raised",
        &[
            ("plainly", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)));
                commit(it, 1);
            }),
            ("by way of none", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen("conflict = \"developing\"\n", "", 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no competencies", |it| {
                let whole = text(it, STUDENT);
                let was = january(&whole);
                let without = was.split_once("[report.competencies]").unwrap().0.to_owned();
                it.write(STUDENT, whole.replacen(&was, &without, 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no report", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no student", |it| {
                let whole = text(it, STUDENT);
                remove(it, STUDENT);
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("with another supervisor", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)).replacen("by = \"kit-lowe\"\n", "", 1));
                commit(it, 1);
            }),
            ("with another deadline", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)).replacen("due = 2026-01-31", "due = 2026-09-30", 1));
                commit(it, 1);
            }),
            ("with no deadline, and a later receipt", |it| {
                let text = raised(&text(it, STUDENT));
                it.write(STUDENT, text.replacen("due = 2026-01-31\nreceived = 2026-02-15", "received = 2026-08-30", 1));
                commit(it, 1);
            }),
            ("while it could not be read", |it| {
                it.write(STUDENT, text(it, STUDENT) + "[broken");
                commit(it, 1);
                it.write(STUDENT, raised(&text(it, STUDENT)).replace("[broken", ""));
                commit(it, 2);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(STUDENT, raised(&text(it, STUDENT)))]);
            }),
            ("of one who was given another id", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write("york/students/robin.toml", text(it, STUDENT));
                remove(it, STUDENT);
                commit(it, 2);
                it.write("york/students/robin.toml", raised(&whole));
                commit(it, 3);
            }),
        ],
    );
}

#[test]
fn a_receipt_that_was_moved_is_found() {
    const MOVED: &str = "form = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-01-30\nby = \"kit-lowe\"\n";
    assert_found(
        "receipt-moved",
        &[
            ("plainly", |it| {
                replace(it, STUDENT, JANUARY, MOVED);
                commit(it, 1);
            }),
            ("by way of none", |it| {
                replace(it, STUDENT, "received = 2026-02-15\n", "");
                commit(it, 1);
                replace(it, STUDENT, "due = 2026-01-31\n", "due = 2026-01-31\nreceived = 2026-01-30\n");
                commit(it, 2);
            }),
            ("by way of no report", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, whole.replacen(JANUARY, MOVED, 1));
                commit(it, 2);
            }),
            ("with another supervisor", |it| {
                replace(it, STUDENT, JANUARY, &MOVED.replace("by = \"kit-lowe\"\n", ""));
                commit(it, 1);
            }),
            ("the deadline instead", |it| {
                replace(it, STUDENT, JANUARY, &JANUARY.replace("due = 2026-01-31", "due = 2026-02-28"));
                commit(it, 1);
            }),
            ("both", |it| {
                let both = JANUARY.replace("2026-01-31", "2026-02-28").replace("2026-02-15", "2026-02-20");
                replace(it, STUDENT, JANUARY, &both);
                commit(it, 1);
            }),
            ("by way of no report, with another deadline", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, whole.replacen("due = 2026-01-31", "due = 2026-02-28", 1));
                commit(it, 2);
            }),
            ("on a branch", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                replace(it, STUDENT, JANUARY, MOVED);
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(STUDENT, text(it, STUDENT).replacen(JANUARY, MOVED, 1))]);
            }),
        ],
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
            ("where it had been called off", |it| {
                replace(it, LOG, SESSION, "  { date = 2026-01-13, cancelled = \"ill\" },\n");
                commit(it, 1);
                replace(it, LOG, "  { date = 2026-01-13, cancelled = \"ill\" },\n", SESSION);
                commit(it, 2);
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
fn a_commit_that_says_it_was_made_earlier_is_not_left_out() {
    let repository = awarded();
    replace(&repository, LOG, SESSION, "");
    repository.commit("2026-03-01T12:00:00Z");
    let found = found_since(&repository, "--since 2026-07-18");
    assert!(found.contains("entries-lost") && found.contains("commit-backdated"), "{found:?}");
}

// Decisions, and whether they were ready.

/// Ways in which a folder can be odd: records that are put there, or taken out where there is no text.
const ODDITIES: [&[(&str, &str)]; 26] = [
    &[("sessions/odd.toml", "kind = \"group\"\nconductors = [\"robin-ashby\"\n")],
    &[("sessions/odd.toml", "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"ada-finch\"\n")],
    &[("sessions/odd.toml", "# birch, and what else there is\nkind = 1\n")],
    &[("sessions/odd.toml", "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"cleo\"]\ntype = \"x\"\n")],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"ghost\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\", \"ghost\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[
        (
            "sessions/odd.toml",
            "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\nsessions = [{ date = 2025-10-01, minutes = 60, absent = [\"cleo\"] }]\n",
        ),
        ("students/cleo.toml", "name = \"Cleo\"\ncourse = \"york\"\n"),
    ],
    &[(
        "sessions/odd.toml",
        "kind = \"supervision\"\nsupervisor = \"cedar\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\nsessions = [{ date = 2025-10-01, minutes = 60, absent = [\"ghost\"] }]\n",
    )],
    &[(
        "students/ada-finch.toml",
        "name = \"Ada Finch\"\ncourse = \"gone\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
    )],
    &[(
        "students/ada-finch.toml",
        "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ghost\"\nfrom = 2025-10-01\n",
    )],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n[[arrangement]]\ngroup = \"far\"\nsupervisor = \"cedar\"\nfrom = 2025-10-01\n",
        ),
        (
            "sessions/far.toml",
            "kind = \"group\"\ntitle = \"Far\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"ada-finch\"]\n",
        ),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n[[report]]\nform = \"GWP2\"\nreceived = 2025-12-01\nby = \"dogwood\"\n",
        ),
        ("supervisors/dogwood.toml", "name = \"D\"\n"),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"york\"\n[[wrg]]\nsupervisor = \"dogwood\"\nfrom = 2025-10-01\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"birch\"\nfrom = 2025-10-01\n",
        ),
        ("supervisors/dogwood.toml", "name = 1\n"),
    ],
    &[
        (
            "students/ada-finch.toml",
            "name = \"Ada Finch\"\ncourse = \"leeds\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
        ),
        (
            "courses/leeds.toml",
            "name = \"Leeds\"\nconvenor = \"H\"\nstarts = 2025-09-27\nends = 2026-07-11\nterms = []\n",
        ),
    ],
    &[("students/moved/ada-finch.toml", "name = \"Ada Finch\"\ncourse = \"york\"\n")],
    &[(
        "students/cleo.toml",
        "name = \"Cleo\"\ncourse = \"york\"\n[[arrangement]]\ngroup = \"north\"\nsupervisor = \"ash\"\nfrom = 2025-10-01\n",
    )],
    &[("courses/york.toml", "")],
    &[("courses/york.yaml", "{}")],
    &[("supervisors/ash.yaml", "name: Another\n")],
    &[("supervisors/cedar.toml", "")],
    &[("supervisors/birch.toml", "name = \"B\"\nunknown = 1\n")],
    &[(
        "sessions/moved/north.toml",
        "kind = \"group\"\ntitle = \"N\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"therapeutic\"\nfrequency = \"weekly\"\nconductors = [\"cleo\"]\n",
    )],
    &[(
        "sessions/north.toml",
        "kind = \"supervision\"\nsupervisor = \"ash\"\nsupervisees = [\"robin-ashby\"]\ntype = \"clinical\"\nmode = \"phone\"\n",
    )],
    &[("gwp.toml", "scheme = 1\n")],
    &[(
        "gwp.toml",
        "[levels]\nmissing-document = \"error\"\nduplicate-session = \"error\"\nimplausible-date = \"error\"\n",
    )],
    &[("stray.toml", "x = 1\n"), ("sessions/Odd Name.toml", "kind = \"group\"\nconductors = [\"ada-finch\"]\n")],
];

fn odd(mut files: Files, oddities: &[Index]) -> Files {
    for (path, text) in oddities.iter().flat_map(|which| ODDITIES[which.index(ODDITIES.len())]) {
        if text.is_empty() {
            files.remove(*path);
        } else {
            files.insert((*path).to_owned(), (*text).to_owned());
        }
    }
    files
}

/// What a judgement says of a decision about a student: what was not met, or that nothing could be judged.
fn unmet(checked: &Value, files: &Files, student: &str, decision: &Value) -> Option<String> {
    let one = list(&checked["students"]).iter().find(|one| one["id"] == student);
    let Some(one) = one.filter(|one| one["verdict"] != "unknown") else {
        return Some("and as the folder stood nothing could be judged".to_owned());
    };
    let wanted = |code: &str| match word(&decision["about"]) {
        "arrangements" => matches!(code, "A1" | "A2"),
        _ => !matches!(code, "D2" | "D3"),
    };
    let is_unmet = |status: &str| !matches!(status, "met" | "n/a");
    let of = |statuses: &mut dyn Iterator<Item = (String, String)>| {
        let unmet: Vec<String> = statuses
            .filter(|(code, status)| wanted(code) && is_unmet(status))
            .map(|(code, status)| format!("{code} {status}"))
            .collect();
        (!unmet.is_empty()).then(|| format!("on that day: {}", unmet.join(", ")))
    };
    let statuses = list(&one["requirements"]).iter();
    let counted = of(&mut statuses.map(|one| (word(&one["code"]).to_owned(), word(&one["status"]).to_owned())));
    // The whole folder once more, with no decision about the award: after one, no report is waited for.
    let (case, day) = (linked(files), Day::parse(word(&decision["date"])).unwrap());
    let position = case.records.students.iter().position(|entry| entry.id.raw() == student).unwrap();
    let student = case.student(position).unwrap();
    let parameters = Parameters::in_force(student.scheme, student.variations, day);
    let judgement = Judgement::new(&student, &parameters, day, AwardDecisions::LeftOut);
    let statuses = judgement.findings.iter();
    let left_out = of(&mut statuses.map(|one| (one.code.word().to_owned(), one.status.word().to_owned())));
    if student.record.decision.iter().all(|decision| decision.about != Matter::Award) {
        assert_eq!(left_out, counted);
    }
    left_out
}

fn is_favourable(decision: &Value) -> bool {
    let outcomes = ["approved", "ratified", "recommended", "suitable", "awarded"];
    ["body", "about", "date"].iter().all(|key| decision[key].is_string())
        && outcomes.contains(&word(&decision["outcome"]))
}

/// Asserts that an audit finds the decisions unready that a judgement of the commit does not find ready.
fn assert_unready(repository: &Repository, states: &BTreeMap<String, Files>) -> Result<usize, TestCaseError> {
    let mut wanted: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut count = 0;
    for id in ["robin-ashby", "robin-ashby-x", "robin-ashby-x-x", "ada-finch", "cleo"] {
        let Some(document) = told_history(repository, id) else { continue };
        for entry in list(&document["entries"]).iter().filter(|entry| entry["what"] == "decision") {
            if !is_favourable(&entry["to"]) || is_favourable(&entry["from"]) {
                continue;
            }
            let (commit, file, day) = (word(&entry["commit"]["id"]), word(&entry["file"]), word(&entry["to"]["date"]));
            let student = file.rsplit_once('/').unwrap().1.trim_end_matches(".toml");
            let checked = gwp(repository, &format!("check york --rev {commit} --as-of {day} --format json")).json();
            count += 1;
            let said = unmet(&checked, &states[commit], student, &entry["to"]);
            wanted.extend(said.map(|said| (commit.to_owned(), file.to_owned(), said)));
        }
    }
    let audited = gwp(repository, "audit -C york --format json").json();
    let found: BTreeSet<(String, String, String)> = list(&audited["irregularities"])
        .iter()
        .filter(|one| one["name"] == "decision-unready")
        .map(|one| {
            let message = word(&one["message"]);
            let from =
                message.find("and as the folder stood nothing").or_else(|| message.find("on that day: ")).unwrap();
            (word(&one["commits"][0]["id"]).to_owned(), word(&one["file"]).to_owned(), message[from..].to_owned())
        })
        .collect();
    prop_assert_eq!(found, wanted);
    Ok(count)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_decision_is_unready_where_the_folder_of_its_commit_says_so(
        states in history(1..4),
        oddities in prop::collection::vec(prop::collection::vec(any::<Index>(), 0..3), 4),
    ) {
        let states: Vec<Files> =
            states.into_iter().zip(&oddities).map(|(files, oddities)| odd(files, oddities)).collect();
        let (repository, ids) = committed(&states);
        assert_unready(&repository, &ids.into_iter().zip(states).collect())?;
    }
}

// Receipts.

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What `sha256sum` makes of the files, and then of the list of them.
fn digest(files: &Files) -> String {
    let mut list: Vec<_> =
        files.iter().map(|(path, text)| (path, format!("{}  {path}\n", sha256(text.as_bytes())))).collect();
    list.sort_by(|one, other| one.0.as_bytes().cmp(other.0.as_bytes()));
    let list: String = list.into_iter().map(|(_, line)| line).collect();
    format!("sha256:{}", sha256(list.as_bytes()))
}

/// What the judgement of each student comes to.
fn standings(checked: &Value) -> BTreeMap<String, (Value, Value, BTreeMap<String, Value>)> {
    let of = |one: &Value| {
        let not_met = list(&one["requirements"]).iter().filter(|one| !matches!(word(&one["status"]), "met" | "n/a"));
        let not_met = not_met.map(|one| (word(&one["code"]).to_owned(), one["status"].clone())).collect();
        (one["verdict"].clone(), one["sessions"]["counted"].clone(), not_met)
    };
    list(&checked["students"]).iter().map(|one| (word(&one["id"]).to_owned(), of(one))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_receipt_holds_until_something_changes(states in history(2..4), as_of in any_day()) {
        let repository = Repository::new();
        let (receipt, day) = (repository.path("receipt.json"), iso(as_of));
        let receipt = receipt.to_str().unwrap();
        repository.hold("york", &states[0]);
        let first = repository.commit("2026-01-01T12:00:00Z");
        let checked = gwp(&repository, &format!("check york --as-of {day} --format json --receipt {receipt}")).json();
        let written: Value = serde_json::from_str(&fs::read_to_string(receipt).unwrap()).unwrap();
        let folder = &written["folders"][0];
        prop_assert_eq!(&folder["records"]["digest"], &json!(digest(&states[0])));
        prop_assert_eq!(&folder["records"]["files"], &json!(states[0].len()));
        prop_assert_eq!((&folder["commit"], &folder["clean"], &folder["as_of"]), (&json!(first), &json!(true), &json!(day)));
        for (id, (verdict, counted, not_met)) in standings(&checked) {
            let one = &folder["students"][&id];
            prop_assert_eq!((&one["verdict"], &one["sessions"]), (&verdict, &counted), "{}", id);
            prop_assert_eq!(&one["not_met"], &json!(not_met), "{}", id);
        }
        // Elsewhere, with the line ends of another system.
        let clone = ["clone", "--quiet", "--config", "core.autocrlf=true", "r", "elsewhere"];
        said(started(&repository.path("")).args(clone));
        let elsewhere = Program::within(&repository.path("elsewhere/york"));
        let committed = |number: usize| format!("verify {receipt} york --format json --rev HEAD~{number}");
        for ran in [
            gwp(&repository, &format!("verify {receipt} york --format json")),
            gwp(&repository, &committed(0)),
            elsewhere.run(&format!("verify {receipt} --format json")),
            elsewhere.run(&format!("verify {receipt} --format json --rev {first}")),
        ] {
            prop_assert_eq!((ran.status, &ran.json()["holds"], ran.err.as_str()), (0, &json!(true), ""), "{}", ran.out);
        }
        let before = standings(&checked);
        for (number, state) in states.iter().enumerate().skip(1) {
            repository.hold("york", state);
            repository.commit("2026-02-01T12:00:00Z");
            let ran = gwp(&repository, &format!("verify {receipt} york --format json"));
            let is_same = *state == states[0];
            prop_assert_eq!(ran.status, i32::from(!is_same), "{}{}", ran.out, ran.err);
            let document = ran.json();
            let named = |student: Option<&str>, what: &str| {
                list(&document["differences"]).iter().any(|one| {
                    one["what"] == what && one["student"] == json!(student) && one["receipt"] != one["now"]
                })
            };
            prop_assert_eq!(named(None, "records"), !is_same);
            let after = standings(&gwp(&repository, &format!("check york --as-of {day} --format json")).json());
            for id in before.keys().chain(after.keys()) {
                let (was, is) = (before.get(id), after.get(id));
                prop_assert_eq!(named(Some(id), "verdict"), was.map(|it| &it.0) != is.map(|it| &it.0), "{}", id);
                let (Some(was), Some(is)) = (was, is) else { continue };
                prop_assert_eq!(named(Some(id), "sessions"), was.1 != is.1, "{}", id);
                for code in was.2.keys().chain(is.2.keys()) {
                    prop_assert_eq!(named(Some(id), code), was.2.get(code) != is.2.get(code), "{} {}", id, code);
                }
            }
            // The commit of the receipt still is what it was.
            prop_assert_eq!(gwp(&repository, &committed(number)).status, 0);
        }
    }
}

// Whatever counts is asked about.

/// A value as TOML, everything on one line.
fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let keys = table.iter().map(|(key, value)| format!("{} = {}", json!(key), inline(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        toml::Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::String(words) => json!(words).to_string(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        toml::Value::Float(_) => unreachable!("no record has a fraction"),
    }
}

fn written(record: &toml::Value) -> String {
    let keys = record.as_table().unwrap().iter();
    keys.map(|(key, value)| format!("{} = {}\n", json!(key), inline(value))).collect()
}

/// A text with one thing taken out or altered, for each thing in it.
fn alterations(text: &str) -> Vec<(String, String)> {
    fn at(value: &toml::Value, way: &str, out: &mut Vec<(String, toml::Value)>) {
        match value {
            toml::Value::Table(table) => {
                for (key, below) in table {
                    let with = |new: Option<toml::Value>| {
                        let mut table = table.clone();
                        match new {
                            Some(new) => drop(table.insert(key.clone(), new)),
                            None => drop(table.remove(key)),
                        }
                        toml::Value::Table(table)
                    };
                    out.push((format!("without {way}.{key}"), with(None)));
                    let mut found = Vec::new();
                    at(below, &format!("{way}.{key}"), &mut found);
                    out.extend(found.into_iter().map(|(what, new)| (what, with(Some(new)))));
                }
            }
            toml::Value::Array(list) => {
                for (position, below) in list.iter().enumerate() {
                    let mut less = list.clone();
                    less.remove(position);
                    out.push((format!("without {way}[{position}]"), toml::Value::Array(less)));
                    let mut found = Vec::new();
                    at(below, &format!("{way}[{position}]"), &mut found);
                    out.extend(found.into_iter().map(|(what, new)| {
                        let mut list = list.clone();
                        list[position] = new;
                        (what, toml::Value::Array(list))
                    }));
                }
            }
            toml::Value::Datetime(date) => {
                let day = Day::parse(&date.to_string()).unwrap();
                for days in [-40, -1, 1, 400] {
                    out.push((
                        format!("{way}, {days} days on"),
                        day.plus_days(days).iso().parse::<toml::value::Datetime>().unwrap().into(),
                    ));
                }
            }
            toml::Value::Integer(number) => {
                out.push((format!("{way}, less"), (number / 2).into()));
                out.push((format!("{way}, more"), (number * 2 + 1).into()));
            }
            toml::Value::Boolean(yes) => out.push((format!("{way}, otherwise"), (!yes).into())),
            toml::Value::String(words) => {
                let others = [
                    "competent",
                    "not-observed",
                    "clinical",
                    "case-management",
                    "voluntary",
                    "other",
                    "monthly",
                    "arranged",
                ];
                out.push((format!("{way}, blank"), "".into()));
                out.extend(
                    others
                        .iter()
                        .filter(|other| *other != words)
                        .map(|other| (format!("{way}, {other}"), (*other).into())),
                );
            }
            toml::Value::Float(_) => {}
        }
    }
    let mut out = Vec::new();
    at(&toml::Value::Table(toml::from_str(text).unwrap()), "", &mut out);
    out.into_iter().map(|(what, value)| (what, written(&value))).collect()
}

#[test]
fn what_counts_is_asked_about() {
    use gwp::audit::{IrregularityName, Past};
    use gwp::history::{Concerns, FileChange, Revision, Signature, Texts};
    use gwp::text::{Source, Text};

    let signature = |at: Day| Signature { day: Some(at), own_day: Some(at), ..Signature::default() };
    let revision = |parents: Vec<usize>, day: &str, changes: Vec<FileChange>| {
        let by = signature(Day::parse(day).unwrap());
        let (author, committer) = (by.clone(), by);
        Revision {
            id: day.to_owned(),
            parents,
            is_cut_off: false,
            author,
            committer,
            is_signed: false,
            subject: Text::default(),
            changes,
            from_each: Vec::new(),
        }
    };
    let files = crate::cases::files_of(&crate::file("examples/london"));
    let source = |path: &str, text: &str| Source { path: Text::new(path), content: Ok(text.to_owned()) };
    let (mut concerns, mut texts, mut first) = (Concerns::default(), Texts::new(), Vec::new());
    for path in files.keys() {
        concerns.add_path(&Text::new(path.as_str()));
    }
    for (path, text) in &files {
        concerns.add(&source(path, text));
        texts.insert(path.clone(), Ok(text.clone()));
        first.push(FileChange { path: Text::new(path.as_str()), older: vec![None], newer: Some(path.clone()) });
    }
    let begun = revision(vec![], "2026-02-10", first);
    let decisions = Past::new(std::slice::from_ref(&begun), &texts, &concerns).decisions().to_vec();
    // What a decision rests on, as the folder stands.
    let stands = |files: &Files, decision: &gwp::audit::RecordedDecision| {
        let case = linked(files);
        let position = case.records.students.iter().position(|entry| entry.id == decision.student)?;
        let student = case.student(position)?;
        let parameters = Parameters::in_force(student.scheme, student.variations, decision.date);
        let judgement = Judgement::new(&student, &parameters, decision.date, AwardDecisions::LeftOut);
        let about = |code: &str| decision.about == Matter::Award || matches!(code, "A1" | "A2");
        let statuses = judgement.findings.iter().filter(|one| about(one.code.word()));
        Some(statuses.map(|one| format!("{} {}", one.code.word(), one.status.word())).collect::<Vec<_>>())
    };
    // All of them take minutes: each of many, unless all are asked for.
    let step = if std::env::var_os("GWP_EVERY_ALTERATION").is_some() { 1 } else { 71 };
    let mut missed = Vec::new();
    let mut counted = 0;
    for decision in &decisions {
        let Some(was) = stands(&files, decision) else { continue };
        let case_files: BTreeSet<String> =
            concerns.files_judged_with(&decision.student).iter().map(|path| path.raw().to_owned()).collect();
        for path in case_files.iter().filter(|path| path.ends_with(".toml")) {
            let Some(text) = files.get(path) else { continue };
            for (what, altered) in alterations(text).into_iter().skip(path.len() % step).step_by(step) {
                let mut now = files.clone();
                now.insert(path.clone(), altered.clone());
                now.retain(|path, _| case_files.contains(path));
                let Some(is) = stands(&now, decision).filter(|is| *is != was) else { continue };
                counted += 1;
                let change = FileChange {
                    path: Text::new(path.as_str()),
                    older: vec![Some(path.clone())],
                    newer: Some("new".into()),
                };
                let mut texts = texts.clone();
                texts.insert("new".to_owned(), Ok(altered.clone()));
                let mut concerns = concerns.clone();
                concerns.add(&source(path, &altered));
                let revisions = [begun.clone(), revision(vec![0], "2026-02-11", vec![change])];
                let past = Past::new(&revisions, &texts, &concerns);
                let found = past.irregularities(&gwp::records::Audit::default(), 28);
                let is_asked = found.iter().any(|one| {
                    one.revisions.last() == Some(&1)
                        && matches!(one.name, IrregularityName::EvidenceAltered | IrregularityName::EvidenceRemoved)
                        && one.students.contains(&decision.student)
                });
                if !is_asked {
                    let differs: Vec<_> = is.iter().zip(&was).filter(|(is, was)| is != was).collect();
                    missed.push(format!("{} {}: {path} {what}: {differs:?}", decision.student, decision.date.iso()));
                }
            }
        }
    }
    assert!(counted > 5);
    assert!(missed.is_empty(), "{} of {counted} missed:\n{}", missed.len(), missed.join("\n"));
}
