//! What is owed: by example, and on random folders held against the requirements that it is for.

#![allow(clippy::unwrap_used, reason = "a folder that cannot be judged is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use gwp::calendar::Day;
use gwp::case::Case;
use gwp::edition::Code;
use gwp::judgement::{Judgement, Obligation, ObligationKind};
use gwp::records::{Body, RulingOutcome};
use gwp::requirements::Status;
use proptest::prelude::*;
use serde_json::Value;

use crate::cases::{cases, cases_in, day, judged, linked};
use crate::program::{Program, Ran};
use crate::properties::{any_day, folder, known_by, linked_again, on, sound};
use crate::scratch;

/// What is owed on a day, each as a line; what has no day of its own comes last, as of some day.
fn owed(judgement: &Judgement<'_>) -> Vec<String> {
    let line = |one: &Obligation<'_>| {
        let body = one.kind.decides().map_or("nobody", Body::title);
        let from = one.from.map_or(body, |person| person.id.unwrap_or(person.name).raw());
        format!("{} {} from {from}", one.due.map_or_else(|| "some-day".to_owned(), Day::iso), one.kind.word())
    };
    judgement.obligations().iter().filter(|one| one.owed).map(line).collect()
}

#[test]
fn by_example() {
    let mut days = 0;
    let mut wrong = String::new();
    for (title, deviation, files) in cases_in(&cases().join("due")) {
        let case = linked(&files);
        for (iso, said) in &deviation.on {
            let expected: Vec<String> = said["due"].clone().try_into().unwrap();
            let found = judged(&case, day(iso), owed).unwrap();
            if found != expected {
                writeln!(wrong, "{title}: on {iso}\n  expected {expected:?}\n  found    {found:?}").unwrap();
            }
            days += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(days > 30, "{days}");
}

/// Whatever ends the student's supervision after the course is said to have ended only once it has.
#[test]
fn what_ends_after_the_course_is_told_in_its_tense() {
    let mut openings = BTreeSet::new();
    for (title, deviation, files) in cases_in(&cases()).into_iter().filter(|(title, ..)| title.starts_with("s8-")) {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let told = judged(&case, day(iso), |judgement| {
                let ends = judgement.obligations();
                let ends = ends.iter().filter(|one| one.kind == ObligationKind::WrgEnd && one.owed);
                ends.filter_map(|one| Some((one.due?, one.why.clone()))).collect::<Vec<_>>()
            });
            for (last, why) in told.unwrap() {
                let opening = ["the course ended on", "the course ends on", "since", "after"]
                    .into_iter()
                    .find(|opening| why.starts_with(opening))
                    .unwrap();
                let (is_past, goes_on) =
                    (["the course ended on", "since"].contains(&opening), why.ends_with("runs on"));
                assert_eq!([is_past, goes_on], [last < day(iso); 2], "{title}, {iso}: {why}");
                openings.insert(opening);
            }
        }
    }
    assert!(openings.len() > 2, "{openings:?}");
}

/// The kinds that are kept up, each with the requirement that finds an action once its day is past.
const KEPT_UP: [(ObligationKind, Code); 5] = [
    (ObligationKind::Registration, Code::S2),
    (ObligationKind::Supervision, Code::S5),
    (ObligationKind::JointSupervision, Code::S7),
    (ObligationKind::WrgEnd, Code::S8),
    (ObligationKind::Insurance, Code::I1),
];

/// A name for each obligation, the same on every day.
fn key(one: &Obligation<'_>) -> String {
    format!("{}{}", one.kind.word(), one.which)
}

/// Whether there is a day on which an action of what is kept up began: not during leave, not where the group met in a
/// break of supervision, and not where no registration was ever there that could run out.
fn has_a_day(judgement: &Judgement<'_>, code: Code) -> bool {
    let message = &judgement.finding(code).message;
    let says = match code {
        Code::S2 => message.contains("'s registration expired on "),
        Code::S5 => !message.contains(" sessions were held in breaks of supervision"),
        _ => true,
    };
    says && !judgement.facts.on_leave()
}

fn has_refused_ruling(judgement: &Judgement<'_>, code: Code) -> bool {
    let rulings = judgement.facts.case.record.ruling.iter();
    rulings.clone().any(|ruling| ruling.requirement == code && ruling.outcome == RulingOutcome::Refused)
}

/// The names of all that has a day of its own, and so stands in a calendar.
fn keys(case: &Case, day: Day) -> Vec<String> {
    let with_a_day = |one: &&Obligation<'_>| one.due.is_some();
    judged(case, day, |judgement| judgement.obligations().iter().filter(with_a_day).map(key).collect()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nothing is overdue where all is well: who is asked for something has a requirement that is an action, or is to say
    /// what was held, or waits for the committee.
    #[test]
    fn what_is_overdue_is_missing_from_its_requirement(files in folder(), as_of in any_day()) {
        judged(&sound(&files), on(as_of), |judgement| {
            for one in judgement.overdue() {
                prop_assert!(one.owed && one.due < Some(judgement.facts.as_of), "{:?}", one);
                let status = judgement.finding(one.code().unwrap()).status;
                let waits = match one.kind {
                    ObligationKind::ToConfirm => true,
                    ObligationKind::ArrangementApproval => status == Status::Query,
                    ObligationKind::Condition => matches!(status, Status::Action | Status::Query),
                    ObligationKind::TwoYearLimit => status == Status::Open,
                    // In a break of the group nobody asks whether the student is in a WRG.
                    ObligationKind::WrgEnd if judgement.facts.group_breaks.covers(judgement.facts.as_of) => true,
                    _ => status == Status::Action,
                };
                prop_assert!(waits, "{:?}: {:?}", status, one);
            }
            Ok(())
        }).unwrap()?;
    }

    #[test]
    fn each_is_named_once_and_for_ever(files in folder(), as_of in any_day(), later in 1_i64..200) {
        let case = sound(&files);
        let all = keys(&case, on(as_of));
        let distinct: BTreeSet<_> = all.iter().cloned().collect();
        prop_assert_eq!(all.len(), distinct.len(), "{:?}", all);
        let later = keys(&case, on(as_of + later)).into_iter().collect();
        prop_assert!(distinct.is_subset(&later), "{:?}", distinct.difference(&later).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_not_kept_up_is_an_action_from_the_next_day_on(files in folder(), as_of in any_day()) {
        judged(&sound(&files), on(as_of), |judgement| {
            if !judgement.verdict.goes_on() {
                prop_assert!(judgement.obligations().iter().all(|one| !one.owed));
                return Ok(());
            }
            let today = judgement.facts.as_of;
            for (kind, code) in KEPT_UP {
                let of_kind: Vec<_> =
                    judgement.obligations().iter().filter(|one| one.kind == kind && one.owed).collect();
                // In a break of the group nobody asks whether the student is in a WRG.
                let is_asked = kind != ObligationKind::WrgEnd || !judgement.facts.group_breaks.covers(today);
                let is_overdue = is_asked && of_kind.iter().any(|one| one.is_late(today));
                let status = judgement.finding(code).status;
                // In a break of the group S8 asks nothing, and the place in a WRG is wanted all the same.
                let is_paused = kind == ObligationKind::WrgEnd && judgement.facts.group_breaks.covers(today);
                if is_overdue && !is_paused {
                    prop_assert_eq!(status, Status::Action, "{} overdue: {:?}", code, of_kind);
                }
                // Insurance is due on the day of the first session itself.
                let is_today = kind == ObligationKind::Insurance && of_kind.iter().any(|one| one.due == Some(today));
                let finding = judgement.finding(code);
                if status == Status::Action && !has_refused_ruling(judgement, code) && has_a_day(judgement, code) {
                    prop_assert!(is_overdue || is_today, "{}: {}", code, finding.message);
                }
            }
            let has = |kind| judgement.obligations().iter().any(|one| one.kind == kind && one.owed);
            if has(ObligationKind::ArrangementApproval) {
                prop_assert_eq!(judgement.finding(Code::A3).status, Status::Query);
            }
            let is_open = judgement.finding(Code::G5).status == Status::Open;
            prop_assert_eq!(has(ObligationKind::TwoYearLimit), is_open && !judgement.facts.on_leave());
            Ok(())
        }).unwrap()?;
    }

    /// Where nothing more is recorded, what is to come is still to come on its day, and overdue on the day after.
    #[test]
    fn the_day_itself_and_the_day_after(files in folder(), as_of in any_day()) {
        let mut records = sound(&files).records;
        known_by(&mut records, on(as_of));
        if let Some(gwp) = &mut records.gwp {
            gwp.variation.retain(|variation| variation.agreed <= on(as_of));
        }
        let case = linked_again(records);
        let now = kept_up(&case, on(as_of));
        // Insurance that is missing on the day of the first session itself may begin on the day after.
        let is_to_come = |(_, (kind, due)): &(String, (ObligationKind, Day))| {
            *due > on(as_of) || (*due == on(as_of) && *kind != ObligationKind::Insurance)
        };
        for (key, (kind, due)) in now.owed.into_iter().filter(is_to_come) {
            // What is known of arrangements is to be the same, and of two running groups the same is the student's.
            // The last session may still be held on the very day on which the course ends.
            let on_the_day = kept_up(&case, due);
            if on_the_day.arranged == now.arranged && kind != ObligationKind::WrgEnd {
                prop_assert_eq!(on_the_day.owed.get(&key), Some(&(kind, due)), "{} on {:?}", key, due);
            }
            let day_after = kept_up(&case, due.plus_days(1));
            if day_after.arranged == now.arranged {
                prop_assert_eq!(day_after.owed.get(&key), Some(&(kind, due)), "{} after {:?}", key, due);
            }
        }
    }
}

/// What there is to keep up on a day.
struct KeptUp {
    /// How many arrangements are known and which group is the student's, while the case goes on and the student is on no
    /// leave.
    arranged: Option<(usize, Option<usize>)>,
    /// What is owed, by name.
    owed: BTreeMap<String, (ObligationKind, Day)>,
}

fn kept_up(case: &Case, as_of: Day) -> KeptUp {
    judged(case, as_of, |judgement| {
        let is_upkeep = |one: &&Obligation<'_>| one.owed && KEPT_UP.iter().any(|(kept, _)| *kept == one.kind);
        let kept_up = judgement.obligations().iter().filter(is_upkeep);
        let facts = &judgement.facts;
        KeptUp {
            arranged: (judgement.verdict.goes_on() && !facts.on_leave())
                .then_some((facts.arrangements.len(), facts.sessions.group)),
            owed: kept_up.map(|one| (key(one), (one.kind, one.place_in_time()))).collect(),
        }
    })
    .unwrap()
}

fn due(options: &str) -> Ran {
    Program::at_the_top().run(&format!("due {options}"))
}

fn items(ran: &Ran) -> Vec<Value> {
    ran.json()["items"].as_array().unwrap().clone()
}

fn without(item: &Value, keys: &[&str]) -> Value {
    let kept = item.as_object().unwrap().iter().filter(|(key, _)| !keys.contains(&key.as_str()));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

#[test]
fn check_and_due_show_the_same_overdue_items() {
    let mut kinds = BTreeSet::new();
    for (example, days) in [
        ("examples/london", ["2025-12-15", "2026-02-10", "2026-07-01"]),
        ("examples/edition-2022-23", ["2022-12-15", "2023-06-20", "2024-01-01"]),
    ] {
        for as_of in days {
            let found: Vec<_> = items(&due(&format!("{example} --as-of {as_of} --overdue --format json")))
                .into_iter()
                .map(|item| without(&item, &["course", "what", "why", "key", "overdue"]))
                .collect();
            kinds.extend(found.iter().map(|item| item["kind"].as_str().unwrap().to_owned()));
            let checked = Program::at_the_top().run(&format!("check {example} --as-of {as_of} --format json")).json();
            assert_eq!(&found, checked["overdue"].as_array().unwrap(), "{example} on {as_of}");
        }
    }
    // Papers, and what has to go on.
    for kind in ["gwp2", "supervision"] {
        assert!(kinds.contains(kind), "{kinds:?}");
    }
}

#[test]
fn table_csv_and_markdown_have_the_items_of_json() {
    let all = items(&due("examples/london --as-of 2026-02-10 --format json"));
    let rows = due("examples/london --as-of 2026-02-10 --format csv").rows();
    assert_eq!(rows.len(), all.len());
    let word = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for (row, item) in rows.iter().zip(&all) {
        for key in ["due", "days", "kind", "what", "student", "course", "code", "group", "key", "why"] {
            assert_eq!(row.cell(key), word(&item[key]), "{item}");
        }
        assert_eq!(row.cell("overdue") == "yes", item["overdue"].as_bool().unwrap());
        assert_eq!(row.cell("contact"), word(&item["from"]["email"]));
    }
    let markdown = due("examples/london --as-of 2026-02-10 --format markdown").out;
    let lines = markdown.lines().filter(|line| line.starts_with("| ")).count();
    assert_eq!(lines, all.len() + 2, "a line of headings, one of hyphens, and one for each");
    let count = |overdue: bool| all.iter().filter(|item| item["overdue"] == overdue).count();
    let table = due("examples/london --as-of 2026-02-10").out.replace('\n', " ");
    assert!(table.contains(&format!("{} items are overdue: ", count(true))), "{table}");
    assert!(table.contains(&format!("{} items are still to come: ", count(false))), "{table}");
}

#[test]
fn items_are_in_order_and_named_once() {
    for example in ["examples/london", "tests/cases/base"] {
        let all = items(&due(&format!("{example} --as-of 2026-02-10 --format json")));
        let order: Vec<_> = all
            .iter()
            .map(|item| {
                let due = item["due"].as_str();
                (due.is_none(), due, ["student", "kind"].map(|key| item[key].as_str().unwrap_or_default()))
            })
            .collect();
        assert!(order.is_sorted(), "{order:?}");
        let keys: BTreeSet<_> = all.iter().map(|item| item["key"].as_str().unwrap()).collect();
        assert_eq!(keys.len(), all.len());
        for item in &all {
            assert_eq!(item["due"].is_null(), item["days"].is_null(), "{item}");
            assert_eq!(item["overdue"], item["days"].as_i64().is_some_and(|days| days > 0), "{item}");
        }
    }
}

#[test]
fn a_key_stays_when_the_date_moves() {
    let of = |as_of: &str| {
        let all = items(&due(&format!("tests/cases/base --as-of {as_of} --format json")));
        all.into_iter().find(|item| item["kind"] == "supervision").unwrap()
    };
    let (before, after) = (of("2026-02-18"), of("2026-02-20"));
    assert_eq!((before["due"].as_str(), after["due"].as_str()), (Some("2026-02-26"), Some("2026-03-12")));
    assert_eq!(before["key"], after["key"]);
    assert_eq!(before["key"], "robin-ashby/supervision");
}

#[test]
fn within_is_up_to_and_with_the_last_day() {
    let kinds = |within: &str| {
        let all = items(&due(&format!("tests/cases/base --as-of 2026-02-05 --within {within} --format json")));
        all.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // The meeting of 5 February is counted at once; the next one is to be by 26 February, 21 days on.
    assert_eq!(kinds("15d"), [""; 0]);
    assert_eq!(kinds("16d"), ["lcc-meeting"]);
    assert_eq!(kinds("20d"), ["lcc-meeting"]);
    assert_eq!(kinds("21d"), ["lcc-meeting", "supervision"]);
    assert_eq!(kinds("3w"), ["lcc-meeting", "supervision"]);
    assert_eq!(kinds("1m"), ["lcc-meeting", "supervision"]);
    let refused = due("tests/cases/base --within soon");
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains("14d, 6w or 3m"), "{}", refused.err);
}

#[test]
fn from_a_role_or_a_person() {
    let from = |who: &str| {
        let ran = Program::at_the_top().run_with(&[
            "due",
            "examples/london",
            "--as-of",
            "2026-02-10",
            "--format",
            "json",
            "--from",
            who,
        ]);
        let people: BTreeSet<_> = items(&ran)
            .iter()
            .map(|item| {
                (item["from"]["role"].as_str().unwrap().to_owned(), item["from"]["name"].as_str().unwrap().to_owned())
            })
            .collect();
        people
    };
    for role in ["workplace-supervisor", "convenor"] {
        let people = from(role);
        assert!(!people.is_empty() && people.iter().all(|(found, _)| found == role), "{people:?}");
    }
    let leonie = BTreeSet::from([("workplace-supervisor".to_owned(), "Leonie Hardcastle".to_owned())]);
    assert_eq!(from("leonie-hardcastle"), leonie);
    assert_eq!(from("Leonie Hardcastle"), leonie);
    assert_eq!(from("leonie hardcastle"), leonie);
    // Ids are shown with their folder only where there are several.
    assert_eq!(due("examples/london --from london/leonie-hardcastle").status, 2);
    let national = due("examples/national --as-of 2026-02-10 --from glasgow/alex-moran --format csv");
    assert!(national.rows().iter().all(|row| row.cell("key").starts_with("glasgow/alex-moran/")), "{}", national.out);
    let refused = due("examples/london --from leonie-hardcastel");
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("did you mean \"leonie-hardcastle\"?"), "{}", refused.err);
    let refused = due("examples/london --from xyzzyxyzzy");
    assert!(refused.err.contains("the roles are student, "), "{}", refused.err);
}

#[test]
fn the_exit_code_tells_only_when_asked() {
    assert_eq!(due("tests/cases/base --as-of 2026-02-05 --overdue").status, 0);
    assert_eq!(due("tests/cases/base --as-of 2026-02-05 --overdue --exit-code").status, 0);
    assert_eq!(due("tests/cases/base --as-of 2026-02-05 --within 16d").status, 0);
    assert_eq!(due("tests/cases/base --as-of 2026-02-05 --within 15d --exit-code").status, 0);
    assert_eq!(due("tests/cases/base --as-of 2026-02-05 --within 16d --exit-code").status, 1);
    // Of Hannah Lister nobody knows whether something is overdue: that is something to tell.
    let unknown = due("examples/london --as-of 2026-02-10 --student hannah-lister --overdue --exit-code");
    assert_eq!(unknown.status, 1);
    assert!(unknown.out.contains("Hannah Lister"), "{}", unknown.out);
}

#[test]
fn for_each_person_and_each_student() {
    let titles = |by: &str| {
        let ran = due(&format!("examples/london --as-of 2026-02-10 --by {by} --format markdown"));
        ran.out.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let people = titles("person");
    assert!(people.contains(&"Leonie Hardcastle, leonie.hardcastle@example.org".to_owned()), "{people:?}");
    // What a committee owes, and then what nobody owes yet, come last.
    let of_nobody = people.iter().position(|title| title.starts_with("From ")).unwrap();
    assert!(people[..of_nobody].is_sorted(), "{people:?}");
    assert_eq!(people[of_nobody..], ["From the SPC", "From nobody yet"]);
    let students = titles("student");
    assert!(students.contains(&"Marcus Idowu (marcus-idowu)".to_owned()), "{students:?}");
    assert!(students.contains(&"All of london-2025".to_owned()), "{students:?}");
}

#[test]
fn several_folders_each_with_its_own() {
    let document = due("examples/national --as-of 2026-02-10 --format json").json();
    let folders = document["folders"].as_array().unwrap();
    assert_eq!(folders.len(), 3);
    for folder in folders {
        let name = folder["folder"].as_str().unwrap();
        let alone = due(&format!("examples/national/{name} --as-of 2026-02-10 --format json")).json();
        for key in ["as_of", "scheme", "variations", "unknown", "items"] {
            assert_eq!(folder[key], alone[key], "{name}: {key}");
        }
    }
}

#[test]
fn the_next_meeting_is_that_of_the_course_that_is_asked_about() {
    let folder = scratch::folder();
    let mut files = crate::cases::base_files();
    let other = files["courses/york-2025.toml"].replace("[2025-11-29, 2026-02-21, 2026-07-04]", "[2999-02-01]");
    files.insert("courses/hull-2025.toml".into(), other);
    let york = files.get_mut("courses/york-2025.toml").unwrap();
    *york = york.replace("2026-07-04", "2999-01-01");
    files.insert("students/hal-hull.toml".into(), "name = \"Hal Hull\"\ncourse = \"hull-2025\"\n".into());
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let as_of = |options: &str| {
        let ran = due(&format!("{} --as-of next-lcc --format json {options}", folder.path().display()));
        ran.json()["as_of"].as_str().unwrap().to_owned()
    };
    assert_eq!(as_of(""), "2999-01-01");
    assert_eq!(as_of("--course york-2025"), "2999-01-01");
    assert_eq!(as_of("--course hull-2025"), "2999-02-01");
    assert_eq!(as_of("--student hal-hull"), "2999-02-01");
    assert_eq!(as_of("--student hal-hull --student robin-ashby"), "2999-01-01");
}

#[test]
fn an_empty_list_says_why() {
    let left = due("examples/london --as-of 2026-02-10 --student rosalind-tait --from student").out;
    assert!(left.contains("Nothing is asked any more about Rosalind Tait (withdrawn)."), "{left}");
    let goes_on = due("tests/cases/base --as-of 2026-07-14").out;
    assert!(!goes_on.contains("any more about"), "{goes_on}");
}
