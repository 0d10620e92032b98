//! `gwp check --receipt` and `gwp verify` over random pasts, from elsewhere, and of receipts that are none.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::{Files, base_files};
use crate::past::{gwp, list, word};
use crate::program::Program;
use crate::properties::{any_day, iso};
use crate::repository::{Repository, history, said, started};

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
            let document = ran.json();
            let told = |key: &str| list(&document[key]).len();
            let breaks = told("altered") + told("removed") + told("differences");
            prop_assert_eq!(ran.status, i32::from(breaks > 0), "{}{}", ran.out, ran.err);
            prop_assert_eq!(breaks + told("added") + told("reformatted") + told("renamed") == 0, is_same);
            let named = |student: Option<&str>, what: &str| {
                list(&document["differences"]).iter().any(|one| {
                    one["what"] == what && one["student"] == json!(student) && one["receipt"] != one["now"]
                })
            };
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

#[test]
fn a_receipt_that_is_none_is_refused_in_a_sentence() {
    let repository = Repository::new();
    repository.hold("york", &base_files());
    repository.commit("2026-02-01T12:00:00Z");
    let path = repository.path("receipt.json");
    let path = path.to_str().unwrap();
    let check = format!("check york --as-of 2026-02-10 --format json --receipt {path}");
    assert_eq!(gwp(&repository, &check).status, 0);
    let again = gwp(&repository, &check);
    assert!(again.status == 2 && again.err.contains("a receipt is not written over"), "{}", again.err);
    let nowhere = gwp(&repository, "check york --as-of 2026-02-10 --receipt nowhere/receipt.json");
    assert!(nowhere.status == 2 && nowhere.err.lines().count() == 1, "{}", nowhere.err);
    let folder = gwp(&repository, "verify york york");
    assert!(folder.status == 2 && folder.err.contains("york is no receipt; name a file"), "{}", folder.err);
    let sound: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut receipt = sound.clone();
        *receipt.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        receipt.to_string()
    };
    let acting = json!("\u{1b}[31m|<b>\u{202e}\n");
    let verify = |text: &str, words: &str| {
        fs::write(path, text).unwrap();
        let ran = gwp(&repository, &format!("verify {path} york --format {words}"));
        let can_act = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!ran.out.contains(can_act) && !ran.err.contains(can_act), "{}{}", ran.out, ran.err);
        assert!(ran.err.lines().count() == usize::from(ran.status == 2), "{}", ran.err);
        ran.status
    };
    for text in [
        String::new(),
        "x".to_owned(),
        "{}".to_owned(),
        "[".repeat(100_000),
        with("/version", json!(2)),
        with("/version", json!(-1)),
        with("/folders", json!([])),
        with("/folders", json!({})),
        with("/folders/0/as_of", json!("2026-02-30")),
        with("/folders/0/students/robin-ashby/sessions", json!(-1)),
        with("/folders/0/commit", json!(1)),
    ] {
        assert_eq!(verify(&text, "table"), 2, "{text}");
        assert_eq!(verify(&text, "json"), 2, "{text}");
    }
    for (pointer, is_said) in [
        ("/program", false),
        ("/folders/0/folder", false),
        ("/folders/0/commit", true),
        ("/folders/0/scheme", true),
        ("/folders/0/edition", true),
        ("/folders/0/records/digest", true),
        ("/folders/0/students/robin-ashby/verdict", true),
    ] {
        for format in ["table", "markdown", "json"] {
            assert_eq!(verify(&with(pointer, acting.clone()), format), i32::from(is_said), "{pointer}");
        }
    }
    for (pointer, value) in [
        ("/folders/0/as_of", json!("9999-12-31")),
        ("/folders/0/as_of", json!("0001-01-01")),
        ("/folders/0/students", json!({})),
        (
            "/folders/0/students",
            json!({"\u{1b}": {"verdict": "ready", "sessions": 1, "not_met": {"\u{1b}": "\u{1b}"}}}),
        ),
        ("/folders/0/students/robin-ashby/sessions", json!(1)),
        ("/folders/0/students/robin-ashby/sessions", json!(null)),
        ("/folders/0/students/robin-ashby/not_met", json!({})),
        ("/folders/0/students/robin-ashby/not_met", json!({"\u{1b}[31m": "\u{1b}"})),
        ("/folders/0/records/files", json!(1)),
        (
            "/folders/0/variations",
            json!([{"parameter": "\u{1b}", "value": ["\u{1b}"], "agreed_by": "\u{1b}", "agreed": "2026-01-01"}]),
        ),
    ] {
        for format in ["table", "markdown", "json"] {
            assert_eq!(verify(&with(pointer, value.clone()), format), 1, "{pointer} {value}");
        }
    }
}
