//! What a committee needs beside each thing that it decides: what a ruling would change, what belongs together, what was
//! noted.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;
use crate::program::Program;
use crate::read_papers::{has, markdown, part};

const DAY: &str = "--as-of 2026-02-10";

fn row<'p>(part: &'p str, student: &str, with: &str) -> &'p str {
    let rows: Vec<_> =
        part.lines().filter(|line| line.contains(&format!("| {student} |")) && line.contains(with)).collect();
    assert_eq!(rows.len(), 1, "one row of {student} with {with}\n{part}");
    rows[0]
}

#[test]
fn queries_on_one_requirement_are_one_row() {
    let paper = markdown(&Desk::london(), "paper lcc");
    let queries = part(&paper, "### Queries to rule on");
    let asked = row(queries, "Lewis Strachan", "| G4 |");
    has(asked, "| 7 May 2025, 14 May 2025 |");
    has(asked, "shorter than 60 minutes: 45<br>the session of 14 May 2025 was shorter than 60 minutes: 50 |");
    // Of many dates the sentence of the requirement speaks: nobody reads it ten times.
    let desk = Desk::london();
    let path = "students/2022/stefan-brandt.toml";
    let extension = "\n[extension]\nuntil = 2027-01-01\nagreed_by = \"NTM\"\nagreed = 2025-07-01\n";
    fs::write(desk.path(path), desk.read(path) + extension).unwrap();
    let paper = markdown(&desk, "paper lcc");
    let asked = row(part(&paper, "### Queries to rule on"), "Stefan Brandt", "| S8 |");
    has(asked, "| 13 July 2023, 27 July 2023, 14 September 2023,");
    assert_eq!(asked.matches("the course had ended by the sessions of").count(), 1, "{asked}");
    // Two queries that say the same are said once, under both dates.
    let asked = row(part(&paper, "### Queries to rule on"), "Stefan Brandt", "| S5 |");
    has(asked, "| 18 November 2022, 21 December 2023 |");
    assert_eq!(asked.matches("no supervision from").count(), 1, "{asked}");
}

#[test]
fn beside_a_query_stands_what_a_ruling_changes_and_so_it_comes() {
    let desk = Desk::london();
    let paper = markdown(&desk, "paper lcc");
    let queries = part(&paper, "### Queries to rule on");
    let lengths = row(queries, "Lewis Strachan", "| G4 |");
    let accepted = "if accepted for all of these dates: 33 sessions count instead of 31; the sessions are complete on 11 June \
                    2025; G4 is met; the verdict stays query<br>";
    has(lengths, accepted);
    has(
        lengths,
        "if refused for all of these dates: these 2 sessions do not count, and nothing more is asked; 31 sessions count, as \
         now; the verdict stays query |",
    );
    let gap = row(queries, "Lewis Strachan", "| S5 |");
    has(
        gap,
        "if accepted: S5 is met; the verdict stays query<br>if refused: S5 becomes an action; the verdict becomes action<br>",
    );
    // Each is ruled on as the paper supposes, and the folder says what the paper said.
    let verdict = |desk: &Desk| {
        let document = desk.run(&format!("check {DAY} --student lewis-strachan --format json")).json();
        let student = &document["students"][0];
        let status = |code: &str| {
            let found = student["requirements"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap();
            found["status"].as_str().unwrap().to_owned()
        };
        let (counted, complete) = (&student["sessions"]["counted"], &student["sessions"]["complete_on"]);
        (counted.clone(), complete.clone(), status("G4"), status("S5"), student["verdict"].as_str().unwrap().to_owned())
    };
    let rule = |desk: &Desk, words: &str| {
        let ran = desk.run(&format!("rule lewis-strachan {words} --on 2026-02-10 --body LCC"));
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    };
    rule(&desk, "G4 accepted --of 2025-05-07 --of 2025-05-14");
    let (counted, complete, lengths, _, stands) = verdict(&desk);
    assert_eq!((counted.as_u64(), complete.as_str()), (Some(33), Some("2025-06-11")));
    assert_eq!((lengths.as_str(), stands.as_str()), ("met", "query"));
    let desk = Desk::london();
    rule(&desk, "G4 refused --of 2025-05-07 --of 2025-05-14");
    let (counted, _, lengths, _, stands) = verdict(&desk);
    assert_eq!((counted.as_u64(), lengths.as_str(), stands.as_str()), (Some(31), "met", "query"));
    // Once the lengths are settled, the gap is all that is asked.
    let paper = markdown(&desk, "paper lcc");
    let gap = row(part(&paper, "### Queries to rule on"), "Lewis Strachan", "| S5 |");
    has(gap, "if accepted: S5 is met; the verdict becomes ready<br>");
    rule(&desk, "S5 accepted --of 2025-06-09");
    let (.., gap, stands) = verdict(&desk);
    assert_eq!((gap.as_str(), stands.as_str()), ("met", "ready"));
    let desk = Desk::london();
    rule(&desk, "S5 refused --of 2025-06-09");
    let (.., gap, stands) = verdict(&desk);
    assert_eq!((gap.as_str(), stands.as_str()), ("action", "action"));
    // Where something else keeps the requirement where it is, the paper says so.
    let early = desk.run("paper lcc --as-of 2025-12-05 --format markdown").out;
    let seldom = row(part(&early, "### Queries to rule on"), "Tariq Haddad", "| S5 |");
    has(seldom, "if accepted: S5 stays action; the verdict stays action<br>");
    // On a terminal the agenda is as short as it was.
    assert!(!desk.run(&format!("check {DAY} --meeting next-lcc")).out.contains("if accepted"));
}

#[test]
fn a_gap_and_the_concern_of_the_same_time_name_each_other() {
    let desk = Desk::london();
    let paper = markdown(&desk, "paper lcc");
    let gap = row(part(&paper, "### Queries to rule on"), "Tariq Haddad", "| S5 |");
    has(gap, "28 days, not counting breaks; 21 are allowed; absent from supervision on 24 November 2025 |");
    has(gap, "<br>see also the concern in GWP Form 2 of 29 January 2026, which is about this time |");
    let concern = row(part(&paper, "### Concerns raised in reports"), "Tariq Haddad", "29 January 2026");
    has(concern, "see also the query of the time that it is about: regular supervision (S5), 8 December 2025 |");
    // A report on the day before the gap ended took the time up to then: the concern is about a later one.
    let path = "students/2025/tariq-haddad.toml";
    let (with, earlier) = (desk.read(path), "[[report]]\nform = \"GWP2\"\nreceived = 2025-12-0");
    let (before, after) = with.split_once("[[report]]").unwrap();
    for (day, is_linked) in [(7, true), (8, false)] {
        fs::write(desk.path(path), format!("{before}{earlier}{day}\n\n[[report]]{after}")).unwrap();
        let paper = markdown(&desk, "paper lcc");
        let gap = row(part(&paper, "### Queries to rule on"), "Tariq Haddad", "| S5 |");
        assert_eq!(gap.contains("see also"), is_linked, "{day}: {gap}");
        let concern = row(part(&paper, "### Concerns raised in reports"), "Tariq Haddad", "29 January 2026");
        assert_eq!(concern.contains("see also"), is_linked, "{day}: {concern}");
    }
}

#[test]
fn what_was_noted_with_an_approval_is_to_talk_about() {
    let desk = Desk::london();
    let paper = markdown(&desk, "paper lcc");
    let condition = "the LCC noted with its approval: \"Repeated six-week courses accepted as one group, on condition that \
                     supervision is clinical.\"; still open: regular supervision (S5)";
    let gathered = part(&paper, "### To talk about");
    has(row(gathered, "Marcus Idowu", "6 December 2025"), condition);
    // Of whom all about the arrangements is settled, the note stands with the decision only.
    assert!(!gathered.contains("Siobhan Keane") && !gathered.contains("Amina Warsame"), "{gathered}");
    has(part(&paper, "## Amina Warsame"), "| The second group. |");
    // What only the minutes of the meeting note is there too; that it was approved is no note.
    let path = "students/2025/siobhan-keane.yaml";
    let record = desk.read(path);
    fs::write(desk.path(path), record.replacen("outcome: ratified", "outcome: queried", 1)).unwrap();
    let open = markdown(&desk, "paper lcc");
    has(
        row(part(&open, "### To talk about"), "Siobhan Keane", "6 December 2025"),
        "\"Arrangements approved. She and Tariq conduct one group together.\"; still open: the ratification (A4)",
    );
    fs::write(desk.path(path), record).unwrap();
    // Supervision has not lapsed on the last day on which all is well; then the note bears on something.
    for (day, is_told) in [("2026-01-29", false), ("2026-01-30", true)] {
        let paper = desk.run(&format!("paper lcc --as-of {day} --format markdown")).out;
        assert_eq!(paper.contains("still open: regular supervision (S5)"), is_told, "{day}");
    }
    assert!(!gathered.contains("Priya Nandakumar"), "{gathered}");
    // On the student's page it stands before all that is folded away and not printed.
    let page = part(&paper, "## Marcus Idowu");
    has(
        page,
        "Nothing is to be decided about Marcus Idowu at this meeting.\n\n### To talk about\n\n- 6 December 2025: ",
    );
    has(page, condition);
    let html = desk.run(&format!("paper lcc {DAY}")).out;
    let of_marcus = html
        .split("<section ")
        .find(|one| one.contains(">Marcus Idowu\n") || one.contains("Marcus Idowu at this"))
        .unwrap();
    let told = of_marcus.find("on condition that supervision is clinical").unwrap();
    assert!(told < of_marcus.find("<details class=\"rest\">").unwrap(), "{of_marcus}");
    // Of whom it is told, nothing is left over without notes, or before the approval.
    let bare = markdown(&desk, "paper lcc --without-notes");
    assert!(!bare.contains("noted with") && !bare.contains("To talk about"), "{bare}");
    let before = desk.run("paper lcc --as-of 2025-12-05 --format markdown").out;
    assert!(!before.contains("on condition that supervision"), "{before}");
    let bristol = Program::at_the_top().run(&format!("paper lcc -C examples/national/bristol {DAY} --format markdown"));
    has(&bristol.out, "nothing noted with an approval");
    assert!(!desk.run(&format!("check {DAY} --meeting next-lcc")).out.contains("o talk about"));
}

#[test]
fn who_is_to_be_decided_on_comes_first() {
    let paper = markdown(&Desk::london(), "paper lcc");
    let pages: Vec<_> =
        paper.lines().filter_map(|line| line.strip_prefix("## ")).skip_while(|line| *line != "Overdue").collect();
    let wanted = [
        "Overdue",
        "Amina Warsame",
        "Bethan Maddox",
        "Ewan Kirkbride",
        "Lewis Strachan",
        "Owen Tregear",
        "Tariq Haddad",
        "Colm Rafferty",
        "Fiona Macaskill",
    ];
    assert_eq!(&pages[..wanted.len()], wanted);
    let undecided = |page: &str| part(&paper, &format!("## {page}")).contains("Nothing is to be decided about");
    assert!(!wanted[1..7].iter().any(|name| undecided(name)) && wanted[7..].iter().all(|name| undecided(name)));
    assert_eq!(pages.len(), 1 + 18 + 1, "everybody has a page: {pages:?}");
}

#[test]
fn the_spc_reads_what_is_open_about_what_it_ratifies() {
    let paper = Program::at_the_top().run(&format!("paper spc examples/national {DAY} --format markdown")).out;
    let asked = row(part(&paper, "## Decisions to ratify"), "Alex Moran", "8 November 2025");
    has(
        asked,
        "supervised by Shirin Kaveh from 23 October 2025<br>still a query: Shirin Kaveh has other evidence, not accepted yet",
    );
    has(asked, "\\[S2\\] |");
    let asked = row(part(&paper, "## Decisions to ratify"), "Edith Clay", "6 December 2025");
    assert!(!asked.contains("still"), "{asked}");
    // With a condition and a note, it reads both.
    let desk = Desk::london();
    let asked = |desk: &Desk| {
        let paper = markdown(desk, "paper spc");
        row(part(&paper, "## Decisions to ratify"), "Gareth Pugh", "6 December 2025").to_owned()
    };
    has(
        &asked(&desk),
        "6 December 2025: the LCC noted with its approval: \"Structured CBT group: the approach is no obstacle.",
    );
    let path = "students/2025/gareth-pugh.toml";
    let bound = "outcome = \"approved\"\nconditions = [{ what = \"a second supervisor\", due = 2026-02-09 }]";
    fs::write(desk.path(path), desk.read(path).replacen("outcome = \"approved\"", bound, 1)).unwrap();
    let asked = asked(&desk);
    has(&asked, "on the condition: a second supervisor");
    has(&asked, "still to be put right: a condition of the approval of 6 December 2025 was due on 9 February 2026");
}

#[test]
fn no_column_stands_twice() {
    for what in ["lcc", "course", "wall", "spc", "student marcus-idowu", "supervisor carys-bevan"] {
        let paper = markdown(&Desk::london(), &format!("paper {what}"));
        for heads in paper.lines().zip(paper.lines().skip(1)).filter(|(_, next)| next.starts_with("| ---")) {
            let mut columns: Vec<_> = heads.0.split(" | ").collect();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(columns.len(), heads.0.split(" | ").count(), "{what}: {}", heads.0);
        }
    }
}
