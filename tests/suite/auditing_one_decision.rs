//! `gwp audit --decision`: what a committee saw, and what has become of it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH, run, story};
use crate::repository::{said, started};
use crate::scratch;

fn words(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_the_committee_saw_and_what_has_become_of_it() {
    let folder = story();
    let ran = run(folder.path(), "audit --decision nia-brook 2025-11-29 --format json");
    assert_eq!(ran.status, 1, "{}", ran.err);
    let document = ran.json();
    // The decision was committed on the day after it.
    assert!(document["known_in"].as_str().unwrap().ends_with("of 20 October 2025"), "{document}");
    let status = |code: &str| {
        let all = document["seen"]["requirements"].as_array().unwrap();
        all.iter().find(|one| one["code"] == code).unwrap()["status"].as_str().unwrap().to_owned()
    };
    assert_eq!((status("A1").as_str(), status("A2").as_str()), ("met", "open"), "{document}");
    assert_eq!(document["seen"]["counted"], 2);
    assert_eq!(document["decisions"][0]["outcome"], "approved");
    let told = |list: &str| -> Vec<String> {
        let all = document[list].as_array().unwrap().iter();
        all.map(|one| {
            let who = one["commit"]["author"]["name"].as_str().unwrap();
            format!(
                "{} {} {who} {}",
                one["file"].as_str().unwrap(),
                one["where"].as_str().unwrap(),
                one["recorded"].as_str().unwrap()
            )
        })
        .collect()
    };
    assert_eq!(told("added"), ["students/nia-brook.toml decision[0] Ruth Calder 2025-11-30"]);
    assert_eq!(told("altered"), ["students/nia-brook.toml arrangement[0] Nia Brook 2025-12-01"]);
    assert_eq!(told("removed"), ["sessions/friday-group.toml sessions[1] Ruth Calder 2026-03-02"]);
    let statuses: Vec<_> = document["statuses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str(), one["what"].as_str().unwrap(), one["from"].clone(), one["to"].clone()))
        .collect();
    assert!(statuses.contains(&(Some("A2"), "status", "open".into(), "met".into())), "{statuses:?}");
    assert!(statuses.contains(&(None, "sessions", 2.into(), 1.into())), "{statuses:?}");
    // Two sessions and reports of later days are only counted.
    assert!(document["later"].as_u64().unwrap() > 0, "{document}");
    let page = words(&run(folder.path(), "audit --decision nia-brook 2025-11-29").out);
    for wanted in [
        "Recorded: the arrangements of nia-brook were approved by the LCC on 29 November 2025.",
        "What is known of that day is what was committed by the end of it: the commit",
        "Sessions that counted: 2 (30 needed).",
        "2 sessions counted, and then 1.",
        "A2 supervisor-confirmed was open, and became met.",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
}

#[test]
fn the_day_before_the_day_and_a_day_without_a_decision() {
    let folder = story();
    for day in ["2025-11-28", "2025-11-30"] {
        let ran = run(folder.path(), &format!("audit --decision nia-brook {day}"));
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("was ever recorded; decisions were made on 29 November 2025"), "{}", ran.err);
    }
    let diary = Diary { top: folder.path() };
    diary.replace("students/nia-brook.toml", "date = 2025-11-29", "date = 2025-10-19");
    diary.commit(RUTH, "2026-03-05", "another day");
    // What was once recorded can still be asked about, and of a day before all commits nothing was known.
    assert_eq!(run(folder.path(), "audit --decision nia-brook 2025-11-29").status, 1);
    let page = words(&run(folder.path(), "audit --decision nia-brook 2025-10-19").out);
    assert!(page.contains("Nothing was committed by the end of that day"), "{page}");
    assert!(page.contains("It cannot be said: one of the two states cannot be judged."), "{page}");
    assert!(
        words(&run(folder.path(), "audit --decision nia-brook 2025-11-29").out)
            .contains("No decision of that day is recorded any more")
    );
}

#[test]
fn a_folder_that_begins_with_its_lists_has_its_meetings() {
    let folder = scratch::folder();
    said(started(folder.path()).args(["init", "--quiet", "--initial-branch=main"]));
    let diary = Diary { top: folder.path() };
    diary.write_all(&crate::cases::base_files());
    diary.commit(RUTH, "2026-03-02", "all of it");
    assert!(found(folder.path(), "no-meeting", "").is_empty());
    // A day that is put into the list with the decision, months later, is none.
    let approved =
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2025-12-06\noutcome = \"approved\"\n";
    diary.replace("courses/york-2025.toml", "[2025-11-29,", "[2025-11-29, 2025-12-06,");
    diary.add("students/robin-ashby.toml", approved);
    diary.commit(RUTH, "2026-03-03", "and another");
    assert_eq!(found(folder.path(), "no-meeting", "").len(), 1);
}
