//! What the paper of a committee says below a student's decisions: what has become of what they rested on.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use crate::chronicle::{Diary, RUTH, run, story};
use crate::desk::Desk;
use crate::program::Program;

const TITLE: &str = "### Since these decisions";

/// The lines below the decisions of a paper's only student; nothing where it has none.
fn since(paper: &str) -> String {
    let part = paper.split_once(TITLE).map(|(_, after)| after.split("\n#").next().unwrap_or_default());
    part.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn below_the_decisions_stands_what_they_rested_on() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let lcc = |words: &str| run(folder.path(), &format!("paper lcc --format markdown {words}"));
    let told = since(&lcc("--as-of 2026-03-10").out);
    let wanted = "29 November 2025 (LCC, arrangements): altered since: arrangement of 22 October 2025. Taken out since: \
                  session of 17 October 2025. With what is recorded now, on that day: ";
    assert!(told.contains(wanted), "{told}");
    assert!(told.contains("A2 supervisor-confirmed was open, and became met; "), "{told}");
    assert!(told.contains("2 sessions counted, and then 1."), "{told}");
    // It is what the audit of the one decision says; that the decision was written down a day later is nothing that it
    // could rest on.
    let audit = run(folder.path(), "audit --decision nia-brook 2025-11-29 --format json").json();
    let found = audit["statuses"].as_array().unwrap().len();
    let (_, effects) = told.split_once("on that day: ").unwrap();
    assert!(effects.split("; ").count() <= found && !told.contains("dded since"), "{told}\n{audit}");
    // The commit after the decision changed nothing of it; the next did.
    let rev = |back: usize| since(&lcc(&format!("--as-of 2026-03-10 --rev HEAD~{back}")).out);
    assert!(rev(5).ends_with("29 November 2025 (LCC, arrangements): nothing that it rested on is otherwise now."));
    assert!(rev(4).contains("altered since: arrangement of 22 October 2025.") && !rev(4).contains("aken out"));
    // On the day of the decision it is there, and the day before it is not.
    assert!(since(&lcc("--as-of 2025-11-29").out).contains("29 November 2025"));
    assert_eq!(since(&lcc("--as-of 2025-11-28").out), "");
    // What is not committed is in the paper, and is told.
    diary.replace("sessions/supervision-ferrer.toml", "minutes = 60", "minutes = 50");
    let told = since(&lcc("--as-of 2026-03-10").out);
    assert!(told.contains("session of 14 October 2025"), "{told}");
    // The letter to the student says nothing of the kind.
    let letter = run(folder.path(), "paper student nia-brook --as-of 2026-03-10 --format markdown").out;
    assert!(letter.contains("Decisions and rulings") && !letter.contains(TITLE), "{letter}");
}

#[test]
fn a_decision_of_before_the_first_commit() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let lcc = || run(folder.path(), "paper lcc --as-of 2026-03-10 --format markdown").out;
    let earlier =
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2025-10-19\noutcome = \"queried\"\n";
    diary.add("students/nia-brook.toml", earlier);
    diary.commit(RUTH, "2026-03-05", "an earlier one");
    let told = since(&lcc());
    assert!(
        told.contains("Nothing was committed by 19 October 2025, so what has changed since is not known."),
        "{told}"
    );
    assert!(told.contains("29 November 2025 (LCC, arrangements): altered since:"), "{told}");
    diary.replace("students/nia-brook.toml", "date = 2025-11-29", "date = 2025-10-18");
    let paper = lcc();
    let why = "Nothing of the folder was committed by the day of a decision, so the paper cannot say what has changed \
               since its decisions.";
    assert_eq!(since(&paper), "");
    assert_eq!(paper.matches(why).count(), 1, "{paper}");
}

#[test]
fn without_a_history_it_is_said_once() {
    let paper = Desk::london().run("paper lcc --as-of 2026-02-10 --format markdown").out;
    let why = "The folder has no history in git, so the paper cannot say what has changed since its decisions.";
    assert_eq!((paper.matches(why).count(), paper.matches(TITLE).count()), (1, 0));
}

#[test]
fn a_decision_has_its_note_and_a_ruling_its_dates() {
    let program = Program::at_the_top();
    let page = program.run("show lewis-strachan examples/london --as-of 2026-02-10").out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("Settles: the time up to 3 March 2025"), "{page}");
    let page = program.run("show marcus-idowu examples/london --as-of 2026-02-10").out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("Note: ") && page.contains("on condition that supervision is clinical"), "{page}");
    let bare = program.run("show marcus-idowu examples/london --as-of 2026-02-10 --without-notes").out;
    assert!(!bare.contains("supervision is clinical"), "{bare}");
    // What a committee notes for itself is not written to the student.
    let letter = program.run("paper student marcus-idowu examples/london --as-of 2026-02-10 --format markdown").out;
    assert!(letter.contains("arrangements") && !letter.contains("supervision is clinical"), "{letter}");
}
