//! `gwp audit`: several records that are taken away at once and put back.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::auditing::found;
use crate::auditing_decisions::recommended;
use crate::chronicle::{Diary, RUTH, run};

const LOG: &str = "sessions/supervision-ashby.toml";
const OTHER: &str = "sessions/supervision-tully.toml";

#[test]
fn logs_that_come_back_to_their_places_are_held_against_themselves() {
    let folder = recommended();
    let diary = Diary { top: folder.path() };
    // Another student's log says the same of the same days.
    let student = fs::read_to_string(folder.path().join("students/robin-ashby.toml")).unwrap();
    let student = student.replace("Robin Ashby", "Sam Tully").replace("robin.ashby@", "sam.tully@");
    diary.write("students/sam-tully.toml", &student.replace("tuesday-group", "friday-group"));
    let log = fs::read_to_string(folder.path().join(LOG)).unwrap();
    diary.write(OTHER, &log.replace("robin-ashby", "sam-tully"));
    let group = fs::read_to_string(folder.path().join("sessions/tuesday-group.toml")).unwrap();
    diary.write("sessions/friday-group.toml", &group.replace("robin-ashby", "sam-tully").replace("Tuesday", "Friday"));
    diary.commit(RUTH, "2026-07-20", "another student");
    let before = run(folder.path(), "audit --since 2026-07-21");
    assert_eq!(before.status, 0, "{}", before.out);
    let logs: Vec<(String, String)> = fs::read_dir(folder.path().join("sessions"))
        .unwrap()
        .map(|one| {
            let path = one.unwrap().path();
            (format!("sessions/{}", path.file_name().unwrap().to_str().unwrap()), fs::read_to_string(path).unwrap())
        })
        .collect();
    fs::remove_dir_all(folder.path().join("sessions")).unwrap();
    diary.commit(RUTH, "2026-07-28", "gone");
    for (path, text) in &logs {
        diary.write(path, text);
    }
    diary.commit(RUTH, "2026-07-28", "back");
    let after = run(folder.path(), "audit --since 2026-07-21");
    assert_eq!(after.status, 0, "{}", after.out);
    // One that comes back otherwise is told by itself.
    fs::remove_dir_all(folder.path().join("sessions")).unwrap();
    diary.commit(RUTH, "2026-07-29", "gone again");
    for (path, text) in &logs {
        diary.write(path, text);
    }
    diary.replace(OTHER, "minutes = 60", "minutes = 90");
    diary.commit(RUTH, "2026-07-30", "back otherwise");
    assert!(found(folder.path(), "participants-changed", "--since 2026-07-21").is_empty());
    let altered = found(folder.path(), "evidence-altered", "--since 2026-07-21");
    assert!(altered.iter().all(|one| one.starts_with(OTHER)) && altered.len() == 1, "{altered:?}");
}
