//! `gwp history` and `gwp audit`: what holds of every past.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::cases::Files;
use crate::program::{Program, Ran};
use crate::repository::{Repository, history};

pub fn gwp(repository: &Repository, words: &str) -> Ran {
    let nobody = Program::within(&repository.top()).env("GIT_CONFIG_GLOBAL", "/dev/null");
    nobody.env("GIT_CONFIG_NOSYSTEM", "1").run(words)
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

// The past, replayed.

/// What a record says, as plain values; nothing where it cannot be read.
pub fn value_of(text: &str) -> Option<Value> {
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
    let renamed = told.iter().filter(|one| one["what"] == "file" && one["change"] == "renamed");
    let moved: Vec<_> = renamed.map(|one| (word(&one["to"]).to_owned(), states.remove(word(&one["from"])))).collect();
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

pub fn committed(states: &[Files]) -> (Repository, Vec<String>) {
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
            for (key, value) in table {
                pieces(value, &below(key), out);
            }
        }
        Value::Array(entries) if entries.iter().all(Value::is_object) => {
            for entry in entries {
                *out.entry(format!("{at} {}", in_order(entry))).or_default() += 1;
            }
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
    words.extend(parents.iter().flat_map(|parent| ["-p", parent]));
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
pub fn told_history(repository: &Repository, id: &str) -> Option<Value> {
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

// Decisions, and whether they were ready.
