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
    let (_, uncounted) = shown.split_once("Sessions cancelled, or not counted\n").unwrap_or_else(|| panic!("{shown}"));
    let (uncounted, _) = uncounted.split_once("\n\n").unwrap();
    assert!(uncounted.contains("it was cancelled") && uncounted.contains("14 Oct 2025"), "{uncounted}");
    assert!(uncounted.contains("the student was not") && uncounted.contains("4 Nov 2025"), "{uncounted}");
    assert!(!uncounted.contains("1 Oct 2025") && !uncounted.contains("17 Feb 2026"), "{uncounted}");
    let month = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(month("October 2025").contains("7 14x 21 28"), "{shown}");
    assert!(month("November 2025").contains("4x 11 18 25"), "{shown}");
    // The picture of a paper has the same ones, and what is cancelled beforehand.
    let page = run(&replaced, "paper student robin-ashby --as-of 2026-02-10").out;
    for says in ["14 October 2025: it was cancelled", "4 November 2025: you were not there"] {
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

/// A paper of the London example.
fn london(words: &str) -> String {
    let ran = Program::at_the_top().run(&format!("paper {words} -C examples/london --as-of 2026-02-10"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    ran.out
}

/// The section of a page under a heading that begins with some words.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let begins = |section: &&str| section.split_once("-title\">").is_some_and(|(_, title)| title.starts_with(heading));
    page.split("<section ").skip(1).find(begins).unwrap_or_else(|| panic!("no section {heading}"))
}

#[test]
fn what_a_committee_decides_stands_first() {
    let page = london("lcc --meeting 2026-02-21");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("Arrangements to approve") < at("At a glance</h2>"), "the agenda comes first");
    assert!(at("Due by the day of the meeting") < at("There are no open conditions with a date."));
    // On a student's page too.
    let bethan = section(&page, "Bethan Maddox");
    let decides = bethan.find("For the LCC to decide").unwrap();
    assert!(decides < bethan.find("<figure").unwrap() && decides < bethan.find("Needed next").unwrap());
    assert!(bethan.contains("the approval of 6 December 2025 does not cover"));
    assert_eq!(bethan.matches("the LCC</span>").count(), 0, "it stands there once");
}

#[test]
fn the_page_of_a_student_about_whom_nothing_is_decided_is_short() {
    let page = london("lcc --meeting 2026-02-21");
    let is_short = |section: &str| section.contains("<details class=\"rest\">");
    let concerned =
        ["Amina Warsame", "Bethan Maddox", "Ewan Kirkbride", "Lewis Strachan", "Owen Tregear", "Tariq Haddad"];
    for name in concerned {
        assert!(
            !is_short(section(&page, name)) && !section(&page, name).contains("Nothing is to be decided"),
            "{name}"
        );
    }
    for name in ["Marcus Idowu", "Gareth Pugh", "Judith Abell", "Nkechi Obiora", "Rosalind Tait", "Stefan Brandt"] {
        let of_one = section(&page, name);
        assert!(of_one.contains(&format!("Nothing is to be decided about {name} at this meeting.")), "{name}");
        let (shown, folded) = of_one.split_once("<details class=\"rest\">").unwrap_or_else(|| panic!("{name}"));
        // All that presses is seen at once.
        assert_eq!(
            shown.contains("Needed next"),
            ["Marcus", "Gareth", "Judith"].iter().any(|one| name.starts_with(one))
        );
        assert!(folded.contains("</details>\n</section>"), "{name}");
        assert!(!shown.contains(">Requirements</h3>") && shown.contains("<figure class=\"picture\">"), "{name}");
    }
    // Among other pages it is read for no meeting, and is whole.
    assert!(!london("spc").contains("<details class=\"rest\">"));
}

#[test]
fn papers_have_no_ids_no_marks_and_no_commands() {
    for what in ["lcc --meeting 2026-02-21", "course", "spc"] {
        let page = london(what);
        for never in ["gwp -C", "check --only", "(london-2025)</h", "##", ">1234<", "colm-rafferty</span>", "CCCCCCCCC"]
        {
            assert!(!page.contains(never), "{what} has {never}");
        }
        assert!(page.contains("supervision modes face-to-face, telephone, video (agreed by National Training Manager"));
        for title in page.split("<h2 ").skip(1).filter_map(|rest| rest.split("</h2>").next()) {
            assert!(!title.contains("(bethan-maddox)") && !title.contains("(gareth-pugh)"), "{what}: {title}");
        }
    }
    // Of two students of one name the id says which.
    let replaced = [("students/robin-ashby.toml", "x", "x")];
    assert!(run(&replaced, "paper lcc --as-of 2026-02-10").out.contains("-title\">Robin Ashby <span"));
    let glance = london("course");
    for words in ["16 of 30", "31 (30 needed)", "confirmation missing", "ratification to come", "7 of 9", "4 of 4"] {
        assert!(glance.contains(&format!(">{words}<")), "{words}");
    }
}

#[test]
fn a_letter_to_a_student_says_first_what_is_needed() {
    let page = london("student marcus-idowu");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(at("What is missing now") < at("<figure class=\"picture\">"));
    assert!(at("Dear Marcus Idowu") < at("What is missing now"));
}
