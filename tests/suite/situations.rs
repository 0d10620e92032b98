//! What committees meet with: each situation has the verdict that they would accept, in words that are true.
//!
//! The situations stand in `tests/cases/situations/`, written like the other cases. A day names only what is looked at:
//! `verdict`; a code with its status, as in the other cases; and under `says` a code with what is found, word for word.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read is a failing test")]

use std::collections::BTreeMap;

use gwp::judgement::Judgement;
use toml::Value;

use crate::cases::{day, judged, linked, said, situations};

#[test]
fn each_has_its_verdict_and_its_words() {
    let mut wrong = Vec::new();
    let (mut looked_at, mut days) = (0, 0);
    for (title, deviation, files) in situations() {
        looked_at += 1;
        let case = linked(&files);
        for (iso, expected) in &deviation.on {
            days += 1;
            assert!(expected.contains_key("verdict"), "{title}, {iso}: the verdict is named");
            let found = said(&case, day(iso));
            let messages = judged(&case, day(iso), |judgement: &Judgement<'_>| {
                judgement.findings.iter().map(|one| (one.code.word().to_owned(), one.message.clone())).collect()
            });
            let messages: BTreeMap<String, String> = messages.unwrap_or_default();
            for (key, value) in expected.iter().filter(|(key, _)| *key != "says") {
                let wanted = value.as_str().unwrap();
                let found = &found[key];
                // A due date is looked at where one is named.
                let found = if wanted.contains(" due ") { found } else { found.split(" due ").next().unwrap() };
                if found != wanted {
                    wrong.push(format!("{title}, {iso}: {key} should be {wanted:?}, is {found:?}"));
                }
            }
            for (code, value) in expected.get("says").and_then(Value::as_table).into_iter().flatten() {
                let (wanted, found) = (value.as_str().unwrap(), &messages[code]);
                if found != wanted {
                    wrong.push(format!("{title}, {iso}: {code} should say\n  {wanted}\nand says\n  {found}"));
                }
            }
        }
    }
    assert!(looked_at >= 40 && days >= 60, "{looked_at} situations on {days} days");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
