//! Letters to students and supervisors: from whom they are, and that they say each thing once.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;
use crate::read_papers::{has, markdown};

fn letter(desk: &Desk, words: &str) -> String {
    markdown(desk, &format!("paper {words}"))
}

#[test]
fn a_letter_to_a_supervisor_has_a_greeting_and_who_signs_it() {
    let desk = Desk::london();
    let told = letter(&desk, "supervisor leonie-hardcastle");
    has(&told, "\n## Dear Leonie Hardcastle\n");
    has(&told, "Please tell me where something here is not as you know it.");
    let signed = "\n## With kind regards\n\nIfeoma Castle, convenor of London Diploma in Group Work, 2025–26, \
                  london.convenor@example.org\n\n## About this paper\n";
    has(&told, signed);
    // Of students of two courses both convenors write, and each course is named.
    let told = letter(&desk, "supervisor carys-bevan");
    has(&told, "Please tell us where");
    has(&told, "Gwendolen Marsden, convenor of London Diploma in Group Work, 2024–25, london.convenor@example.org\n");
    has(&told, "Ifeoma Castle, convenor of London Diploma in Group Work, 2025–26, london.convenor@example.org\n");
    // Whose students have all finished hears from those who had them, and whoever has none from nobody.
    has(
        &letter(&desk, "supervisor grace-whitcombe"),
        "Gwendolen Marsden, convenor of London Diploma in Group Work, 2024–25",
    );
    fs::write(desk.path("supervisors/new-here.toml"), "name = \"Noa Here\"\n").unwrap();
    let told = letter(&desk, "supervisor new-here");
    assert!(told.contains("Dear Noa Here") && !told.contains("With kind regards"), "{told}");
    // Under labels no name is left.
    let labelled = letter(&desk, "supervisor leonie-hardcastle --pseudonymise");
    assert!(!labelled.contains("Castle") && !labelled.contains("london.convenor"), "{labelled}");
}

#[test]
fn a_letter_to_a_student_is_signed_by_the_convenor_of_the_course() {
    let desk = Desk::london();
    let told = letter(&desk, "student fiona-macaskill");
    has(&told, "\n## With kind regards\n\nGwendolen Marsden, convenor of London Diploma in Group Work, 2024–25,");
    assert!(!told.contains("Ifeoma Castle") && !told.contains("london-2024"), "{told}");
    has(&told, "Please tell me where something here is not as you know it.");
}

#[test]
fn a_letter_to_a_student_speaks_to_the_student() {
    let desk = Desk::london();
    has(&letter(&desk, "student tariq-haddad"), "| you were not there | Carys Bevan | 24 Nov 2025 |");
    assert!(desk.run("show tariq-haddad --as-of 2026-02-10").out.contains("the student was not there"));
    has(
        &letter(&desk, "student owen-tregear"),
        "| GWP Form 1 | 30 November 2024 | 20 November 2024 | arrived in time | you |",
    );
    assert!(!letter(&desk, "student owen-tregear").contains("the student"));
    // In the words of a group nothing is changed.
    let path = "sessions/carers-thursday.toml";
    let log = desk.read(path);
    let title = log.lines().find(|line| line.starts_with("title =")).unwrap();
    fs::write(desk.path(path), log.replacen(title, "title = \"For the student nurses\"", 1)).unwrap();
    let told = letter(&desk, "student tariq-haddad");
    has(
        &told,
        "In \"For the student nurses\" 8 sessions count, from 9 October 2025 to 29 January 2026; 1 to come is \
                cancelled or without you.",
    );
}

#[test]
fn a_letter_to_a_student_says_nothing_of_somebody_else() {
    let desk = Desk::london();
    // Why something was cancelled can be about anybody: only that it was is told.
    let told = letter(&desk, "student lewis-strachan");
    has(&told, "| it was cancelled | Patrick Lindqvist | 17 Feb 2025, 26 May 2025 |");
    has(&told, "21 are allowed; supervision cancelled on 26 May 2025 |");
    let told = letter(&desk, "student marcus-idowu");
    has(&told, "supervision cancelled on 22 January 2026 and 5 February 2026 | 29 January 2026 |");
    for words in ["post vacant", "supervisor ill", "bank holiday", "conductor ill"] {
        assert!(!told.contains(words) && !letter(&desk, "student lewis-strachan").contains(words), "{words}: {told}");
    }
    has(&desk.run("show marcus-idowu --as-of 2026-02-10").out, "post vacant");
    // Which meetings were joint would tell when the other was away.
    let told = letter(&desk, "student siobhan-keane");
    has(&told, "| November 2025 | 6 20 | 10 24 | 8 presented |");
    has(&told, "Supervision: 8 supervision meetings count.");
    assert!(!told.contains("joint"), "{told}");
    has(&desk.run("show siobhan-keane --as-of 2026-02-10").out, "10j 24 ");
    // What is cancelled on a day to come is not told as past, to the day.
    has(&told, "1 to come is cancelled or without you");
    for (day, words) in [("2026-02-25", "1 to come is cancelled"), ("2026-02-26", "1 was cancelled or without you")] {
        has(&desk.run(&format!("paper student siobhan-keane --as-of {day} --format markdown")).out, words);
    }
}

#[test]
fn a_letter_to_a_student_speaks_for_whoever_signs_it() {
    let desk = Desk::london();
    has(&letter(&desk, "student colm-rafferty"), "The status was not awarded. Please ask me what that rests on,");
    has(
        &letter(&desk, "student stefan-brandt"),
        "The status can unfortunately no longer be reached: 25 of 30 sessions when the limit of 8 July 2025 passed. Please \
         talk with me about it.",
    );
    for id in ["colm-rafferty", "stefan-brandt", "hannah-lister"] {
        let told = letter(&desk, &format!("student {id}"));
        assert!(!told.contains("our convenor"), "{told}");
    }
    // What the committee has before it is no promise of anybody.
    let told = letter(&desk, "student tariq-haddad");
    has(&told, "| the LCC | it considers what the report of 29 January 2026 raises |");
    assert!(!told.contains("speak with you"), "{told}");
}

#[test]
fn a_letter_about_a_case_that_is_over_is_short() {
    let desk = Desk::london();
    let told = letter(&desk, "student colm-rafferty");
    has(&told, "## Group Work Practitioner status: Colm Rafferty\n");
    has(&told, "\n## What is recorded\n\n31 sessions count.\n");
    has(&told, "| 21 October 2025 | panel | award | not suitable |");
    for id in ["colm-rafferty", "rosalind-tait", "yusuf-demirel"] {
        let told = letter(&desk, &format!("student {id}"));
        for absent in ["Your way to", "of 30 sessions", "Month by month", "What you have", "not-suitable"] {
            assert!(!told.contains(absent), "{id}, {absent}: {told}");
        }
    }
    // What can no longer be met is said once, and nothing is missing any more.
    let told = letter(&desk, "student stefan-brandt");
    assert!(!told.contains("What is missing") && !told.contains("Your way to"), "{told}");
    has(&told, "\n25 of 30 sessions.\n");
    // The day before it was declined, the case went on.
    let before = desk.run("paper student colm-rafferty --as-of 2025-11-11 --format markdown").out;
    has(&before, "## Your way to Group Work Practitioner status: Colm Rafferty\n");
    has(&before, "13 June 2025: not competent");
}

#[test]
fn nobody_is_called_not_competent_before_anybody_has_rated() {
    let desk = Desk::london();
    for id in ["marcus-idowu", "ewan-kirkbride"] {
        let told = letter(&desk, &format!("student {id}"));
        has(&told, "none of the 9 competencies is rated yet |");
        assert!(!told.contains("rated competent yet"), "{told}");
    }
    // One competency is told from another, though some have an "and" in their names.
    has(
        &letter(&desk, "student tariq-haddad"),
        "competencies not rated competent yet: process and dynamics; boundaries; conflict; professional relationships |",
    );
    // One rating is enough to say that the others are not competent.
    let path = "students/2025/ewan-kirkbride.yaml";
    let report = desk.read(path).replacen("    not_started: true", "    competencies: { context: developing }", 1);
    fs::write(desk.path(path), report).unwrap();
    has(&letter(&desk, "student ewan-kirkbride"), "none of the 9 competencies is rated competent yet |");
    // In the table of a paper nobody has so many of nine before a rating.
    let paper = desk.run("paper course --as-of 2026-02-10 --format markdown").out;
    let row = |name: &str| paper.lines().find(|line| line.starts_with('|') && line.contains(name)).unwrap().to_owned();
    assert!(row("Marcus Idowu").contains("| not rated yet |"), "{}", row("Marcus Idowu"));
    assert!(row("Ewan Kirkbride").contains("| 0 of 9 |"), "{}", row("Ewan Kirkbride"));
}

#[test]
fn the_sessions_of_a_supervisor_are_those_of_the_arrangement() {
    let desk = Desk::london();
    let told = letter(&desk, "supervisor grace-whitcombe");
    has(
        &told,
        "| Parenting programme, north side | 15 October 2024 | 9 February 2025 | 24 October 2024 | 11 sessions |",
    );
    has(
        &told,
        "| Parenting programme, south side | 10 February 2025 | 15 December 2025 | 6 February 2025 | 22 sessions |",
    );
    // Of one group with two supervisors each has what was held in their time.
    has(&letter(&desk, "supervisor patrick-lindqvist"), "| 9 January 2026 | 6 October 2025 | 6 sessions |");
    has(&letter(&desk, "supervisor oonagh-devlin"), "| running | not yet | 2 sessions |");
    // Where these are all, it is told how many are needed.
    has(&letter(&desk, "supervisor leonie-hardcastle"), "| 15 October 2025 | 14 of 30 sessions |");
}

#[test]
fn a_meeting_that_is_due_is_told_to_both_who_meet() {
    let desk = Desk::london();
    let meet = "A supervision meeting with Marcus Idowu is due: the last that counts was on 8 January 2026.";
    has(&letter(&desk, "supervisor leonie-hardcastle"), meet);
    has(&letter(&desk, "student marcus-idowu"), "| you and Leonie Hardcastle | no supervision since 8 January 2026:");
    // On the last day it is not late yet; and from whom it is due is as it was.
    for (day, is_late) in [("2026-01-29", false), ("2026-01-30", true)] {
        let told = desk.run(&format!("paper supervisor leonie-hardcastle --as-of {day} --format markdown")).out;
        assert_eq!(told.contains("A supervision meeting with Marcus Idowu is due"), is_late, "{day}: {told}");
    }
    let due = desk.run("due --as-of 2026-02-10 --student marcus-idowu --format json").json();
    let meeting = due["items"].as_array().unwrap().iter().find(|one| one["kind"] == "supervision").unwrap();
    assert_eq!(meeting["from"]["role"], "student");
    // Whoever manages his case is asked for nothing.
    assert!(!letter(&desk, "supervisor kevin-oldroyd").contains("supervision meeting"));
}

#[test]
fn a_letter_to_whoever_manages_a_case_is_a_sentence() {
    let desk = Desk::london();
    let told = letter(&desk, "supervisor kevin-oldroyd");
    has(
        &told,
        "Thank you for your work. Nothing is due from you.\n\n14 meetings of case management with Marcus Idowu are \
         recorded, from 17 October 2025 to 6 February 2026.\n",
    );
    for absent in ["not clinical supervision", "What you have sent", "Your students", "| "] {
        assert!(!told.contains(absent), "{absent}: {told}");
    }
}

#[test]
fn a_letter_asks_to_be_kept_confidential_and_knows_no_folder() {
    let desk = Desk::london();
    for words in ["student marcus-idowu", "supervisor carys-bevan"] {
        let told = letter(&desk, words);
        has(&told, "Please keep this letter confidential.");
        assert!(!told.contains("folder"), "{told}");
        let labelled = letter(&desk, &format!("{words} --pseudonymise"));
        has(&labelled, "Labels stand in place of names,");
        assert!(!labelled.contains("folder"), "{labelled}");
        has(&letter(&desk, &format!("{words} --without-notes")), "Notes, concerns and reasons are left out.");
    }
    has(&desk.run("paper lcc --as-of 2026-02-10 --format markdown").out, "as confidential as the folder");
}

#[test]
fn a_registration_is_told_once_for_all_who_rest_on_it() {
    let desk = Desk::london();
    let told = letter(&desk, "supervisor carys-bevan");
    let row = "| 31 October 2026 | in 263 days | valid registration | Fiona Macaskill, Siobhan Keane and Tariq Haddad | Carys \
               Bevan's registration with BACP is valid until 31 October 2026 |";
    has(&told, row);
    assert_eq!(told.matches("valid registration").count(), 2, "the row, and the number below it: {told}");
    has(&told, "4 items are still to come: 3 reports on GWP Form 2, 1 valid registration.");
    // A list of what is due still has one for each student, as scripts count them.
    let due = desk.run("due --as-of 2026-02-10 --from carys-bevan --format json").json();
    let kinds = due["items"].as_array().unwrap().iter().filter(|one| one["kind"] == "registration").count();
    assert_eq!(kinds, 3);
    // One that is not the same for all is told for each: the group of one ends before it expires.
    let path = "students/2024/fiona-macaskill.toml";
    let ends = desk.read(path).replacen("from = 2025-01-17\n", "from = 2025-01-17\nuntil = 2026-09-01\n", 1);
    fs::write(desk.path(path), ends).unwrap();
    has(&letter(&desk, "supervisor carys-bevan"), "| valid registration | Siobhan Keane and Tariq Haddad |");
    // A letter that reminds says it once too, though two convenors' students rest on it.
    let letters = Desk::london().run("remind --as-of 2026-10-20 --from carys-bevan").out;
    let told = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(told.matches("- Your registration, for the work with").count(), 1, "{letters}");
    has(&told, "Siobhan Keane (\"Carers' group, every other Thursday\")");
    has(&told, "Fiona Macaskill (\"For partners of people with dementia\")");
}
