//! What the judgement says of a student, in every case and example: a busy reader understands each message the first
//! time.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read is a failing test")]

use std::collections::BTreeMap;

use gwp::calendar::Day;
use gwp::case::Case;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;

use crate::cases::{all_cases, day, files_of, judged, linked, situations};
use crate::file;

/// More words than these make a message long.
const LONG: usize = 25;

/// No message has more words than these.
const LONGEST: usize = 42;

/// Of a hundred messages so many may be long.
const LONG_OF_A_HUNDRED: usize = 5;

/// The case folders among the examples that can be judged.
const EXAMPLES: [&str; 5] = [
    "examples/london",
    "examples/edition-2022-23",
    "examples/national/bristol",
    "examples/national/glasgow",
    "examples/national/leeds",
];

/// Messages, each once, with where it is said.
type Said = BTreeMap<String, String>;

fn hear(judgement: &Judgement<'_>, place: &str, said: &mut Said) {
    for finding in &judgement.findings {
        let queries = finding.queries.iter().map(|query| &query.message);
        for message in queries.chain([&finding.message]) {
            said.entry(message.clone()).or_insert_with(|| format!("{}, {place}", finding.code));
        }
    }
}

fn of_cases(said: &mut Said) {
    for (title, deviation, files) in all_cases().into_iter().chain(situations()) {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            judged(&case, day(iso), |judgement| hear(judgement, &format!("{title}, {iso}"), said));
        }
    }
}

/// Every student of the examples, on one day of each month from the autumn in which the courses begin on.
fn of_examples(said: &mut Said) {
    for folder in EXAMPLES {
        let case: Case = linked(&files_of(&file(folder)));
        let mut heard = 0;
        for position in 0..case.records.students.len() {
            let Some(student) = case.student(position) else { continue };
            for months in 0..40 {
                let as_of: Day = student.course.starts.plus_days(10 + 31 * months);
                hear(&Judgement::new(&student, as_of, AwardDecisions::Counted), &format!("{folder}, {as_of}"), said);
                heard += 1;
            }
        }
        assert!(heard > 0, "nobody is judged in {folder}");
    }
}

#[test]
fn messages_are_short() {
    let mut said = Said::new();
    of_cases(&mut said);
    of_examples(&mut said);
    assert!(said.len() > 1_000, "{} messages were read", said.len());
    let words = |message: &str| message.split_whitespace().count();
    let mut long: Vec<_> = said
        .iter()
        .map(|(message, place)| format!("{}: {message} ({place})", words(message)))
        .filter(|told| {
            told.split(':').next().is_some_and(|count| count.parse::<usize>().is_ok_and(|count| count > LONG))
        })
        .collect();
    long.sort_by_key(|told| std::cmp::Reverse(told.split(':').next().and_then(|count| count.parse::<usize>().ok())));
    let longest = said.keys().map(|message| words(message)).max().unwrap_or_default();
    assert!(longest <= LONGEST, "a message has {longest} words: {long:#?}");
    let most = said.len() * LONG_OF_A_HUNDRED / 100;
    assert!(long.len() <= most, "{} of {} messages are long: {long:#?}", long.len(), said.len());
}
