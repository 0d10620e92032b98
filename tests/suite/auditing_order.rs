//! `gwp audit`: entries of which the order decides, and rulings that contradict each other.

use tempfile::TempDir;

use crate::auditing::found;
use crate::auditing_decisions::recommended;
use crate::chronicle::{Diary, RUTH, run};

const STUDENT: &str = "students/robin-ashby.toml";
const GROUP: &str = "sessions/tuesday-group.toml";
const SESSION: &str = "{ date = 2026-01-06, minutes = 90, present = 7 }";

fn ruling(outcome: &str) -> String {
    format!(
        "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-07-18\nof = [2026-01-06]\noutcome = \
         \"{outcome}\"\n"
    )
}

fn decision(outcome: &str) -> String {
    format!("\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-11-21\noutcome = \"{outcome}\"\n")
}

fn report(rating: &str) -> String {
    format!(
        "\n[[report]]\nform = \"GWP2\"\nreceived = 2026-11-20\nby = \"kit-lowe\"\ncompetencies = {{ conflict = \
         \"{rating}\" }}\n"
    )
}

/// A folder in which a student has two entries, which are then put the other way round; with something new beside them.
fn turned(first: &str, last: &str, new: &str) -> TempDir {
    let folder = recommended();
    let diary = Diary { top: folder.path() };
    diary.replace(GROUP, SESSION, "{ date = 2026-01-06, minutes = 50, present = 7 }");
    diary.add(STUDENT, &format!("{first}{last}"));
    diary.commit(RUTH, "2026-11-22", "two of a day");
    diary.replace(STUDENT, &format!("{first}{last}"), &format!("{last}{new}{first}"));
    diary.commit(RUTH, "2026-11-28", "sort");
    folder
}

#[test]
fn entries_that_are_put_in_another_order_in_favour_are_asked_about() {
    for (of_list, in_favour, against, wanted) in [
        ("ruling", ruling("accepted"), ruling("refused"), " sessions counted, and then "),
        ("decision", decision("recommended"), decision("deferred"), "D2 lcc-recommendation was query, and became met"),
        ("report", report("competent"), report("not-competent"), "C6 conflict was query, and became met"),
    ] {
        let folder = turned(&in_favour, &against, "");
        let told = found(folder.path(), "altered-in-favour", "--since 2026-11-28");
        let [told] = told.as_slice() else { panic!("{of_list}: {told:?}") };
        let order = format!("{STUDENT} {of_list}: the same entries in another order; so robin-ashby: ");
        assert!(told.starts_with(&order) && told.contains(wanted), "{told}");
        // To the other side there is nothing to ask.
        let folder = turned(&against, &in_favour, "");
        assert_eq!(found(folder.path(), "altered-in-favour", "--since 2026-11-28"), [] as [&str; 0], "{of_list}");
    }
}

#[test]
fn an_order_is_asked_about_beside_what_is_new() {
    let new = ruling("accepted").replace("2026-07-18", "2026-05-16").replace("2026-01-06", "2026-01-13");
    let folder = turned(&ruling("accepted"), &ruling("refused"), &new);
    let told = found(folder.path(), "altered-in-favour", "--since 2026-11-28");
    assert!(matches!(told.as_slice(), [one] if one.contains("in another order; so ")), "{told:?}");
}

#[test]
fn an_audit_of_a_decision_tells_of_another_order() {
    let folder = turned(&ruling("accepted"), &ruling("refused"), "");
    let page = run(folder.path(), "audit --decision robin-ashby 2026-07-18").out;
    assert!(page.contains("ruling: the same entries in another order"), "{page}");
}

#[test]
fn two_rulings_of_a_day_that_contradict_each_other_are_asked_about() {
    let folder = recommended();
    let diary = Diary { top: folder.path() };
    diary.add(STUDENT, &ruling("refused"));
    diary.commit(RUTH, "2026-07-20", "LCC");
    assert!(found(folder.path(), "rulings-contradict", "").is_empty());
    diary.add(STUDENT, &ruling("accepted"));
    diary.commit(RUTH, "2026-07-28", "and another");
    let wanted = format!(
        "{STUDENT} beside another of that day with another outcome: ruling (G4, 18 July 2026) added: body LCC, of 6 January \
         2026, outcome accepted [2026-07-28]"
    );
    assert_eq!(found(folder.path(), "rulings-contradict", ""), [wanted]);
}
