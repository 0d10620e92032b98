//! What people read: it can be understood once, without ids, and what matters stands first.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use crate::cases::{Files, base_files};
use crate::program::{Program, Ran};
use crate::repository::Repository;

/// A command in a folder of the cases, in which texts are replaced.
fn run(replaced: &[(&str, &str, &str)], words: &str) -> Ran {
    let mut files: Files = base_files();
    for (file, old, new) in replaced {
        let text = files.get_mut(*file).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        *text = text.replacen(old, new, 1);
    }
    let repository = Repository::new();
    repository.hold("york", &files);
    Program::within(&repository.top()).run(&format!("{words} -C york"))
}

const GROUP: &str = "sessions/tuesday-group.toml";

#[test]
fn cancelled_sessions_and_those_without_the_student_are_shown() {
    let replaced = [
        (GROUP, "2025-10-14, minutes = 90, present = 7", "2025-10-14, cancelled = \"conductor ill\""),
        (GROUP, "2025-11-04, minutes = 90, present = 7", "2025-11-04, minutes = 90, absent = [\"robin-ashby\"]"),
        // Before the student had anything to do with the group, and still to come.
        (GROUP, "sessions = [", "sessions = [\n  { date = 2025-10-01, cancelled = \"no room\" },"),
        (GROUP, "2026-02-17, minutes = 90, present = 7", "2026-02-17, cancelled = \"half term\""),
    ];
    let shown = run(&replaced, "show robin-ashby --as-of 2026-02-10").out;
    let (_, uncounted) = shown.split_once("Sessions that do not count\n").unwrap_or_else(|| panic!("{shown}"));
    let (uncounted, _) = uncounted.split_once("\n\n").unwrap();
    assert!(uncounted.contains("it was cancelled") && uncounted.contains("14 Oct 2025"), "{uncounted}");
    assert!(uncounted.contains("the student was not") && uncounted.contains("4 Nov 2025"), "{uncounted}");
    assert!(!uncounted.contains("1 Oct 2025") && !uncounted.contains("17 Feb 2026"), "{uncounted}");
    let month = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(month("October 2025").contains("7 14x 21 28"), "{shown}");
    assert!(month("November 2025").contains("4x 11 18 25"), "{shown}");
    // The picture of a paper has the same ones, and what is cancelled beforehand.
    let page = run(&replaced, "paper student robin-ashby --as-of 2026-02-10").out;
    for says in ["14 October 2025: it was cancelled", "4 November 2025: the student was not there"] {
        assert!(page.contains(says), "{says}");
    }
    assert!(page.contains("17 February 2026: it is cancelled") && !page.contains(">1 October 2025: "), "{page}");
}

#[test]
fn a_letter_says_what_a_group_is_called_and_no_id() {
    let replaced = [("students/robin-ashby.toml", "confirmed = 2025-10-22\n", "")];
    let letter = run(&replaced, "remind --as-of 2026-01-10 --from kit-lowe").out;
    let letter = letter.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(letter.contains("for Robin Ashby (\"Tuesday group, Ouse Bank recovery service\")"), "{letter}");
    assert!(!letter.contains("tuesday-group") && !letter.contains("robin-ashby,"), "{letter}");
}
