//! Letters to students and supervisors: from whom they are, and that they say each thing once.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;

const DAY: &str = "--as-of 2026-02-10 --format markdown";

fn letter(desk: &Desk, words: &str) -> String {
    let ran = desk.run(&format!("paper {words} {DAY}"));
    assert_eq!(ran.status, 0, "{words}: {}", ran.err);
    ran.out
}

fn has(text: &str, words: &str) {
    assert!(text.contains(words), "no {words}\n{text}");
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
    // What somebody wrote is nobody else's words.
    let path = "sessions/supervision-carers.yaml";
    let log = desk.read(path).replacen("absent: [tariq-haddad]", "cancelled: the student was ill", 1);
    fs::write(desk.path(path), log).unwrap();
    has(&letter(&desk, "student tariq-haddad"), "| it was cancelled: the student was ill |");
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
