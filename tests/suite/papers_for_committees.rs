//! What a committee reads in its papers, and what hangs on a wall: who is missing, what a ruling means, how a closed case
//! stands, words that nobody has to look up.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;
use crate::program::{Program, Ran};
use crate::read_papers::{has, part};

const DAY: &str = "--as-of 2026-02-10";

fn paper(desk: &Desk, words: &str) -> Ran {
    let ran = desk.run(&format!("{words} {DAY} --format markdown"));
    assert_eq!(ran.status, 0, "{words}: {}", ran.err);
    ran
}

fn london(words: &str) -> String {
    paper(&Desk::london(), words).out
}

fn bristol(words: &str) -> String {
    Program::at_the_top().run(&format!("{words} -C examples/national/bristol {DAY} --format markdown")).out
}

fn has_not(text: &str, words: &str) {
    assert!(!text.contains(words), "{words}\n{text}");
}

#[test]
fn a_wall_says_nothing_of_how_anybody_is_judged() {
    let desk = Desk::london();
    let wall = london("paper wall");
    has(&wall, "- Colm Rafferty: 31 sessions count,");
    has(&wall, "Stefan Brandt: 25 sessions count");
    let page = desk.run(&format!("paper wall {DAY}")).out;
    for said in ["At a glance", "not-eligible", "declined", "awarded", "Needed next", "concern", "left the course"] {
        has_not(&wall, said);
        has_not(page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0, said);
    }
    // Where the course stands is another paper.
    has(&london("paper course"), "| declined | Colm Rafferty |");
}

#[test]
fn the_agenda_begins_with_who_could_not_be_judged() {
    let before = "\n\n1 student could not be judged and cannot be on this agenda: Hannah Lister.\n\n### Arrangements to \
                  approve\n";
    has(&london("paper lcc --meeting 2026-02-28"), before);
    has_not(&london("paper lcc --meeting 2026-02-28 --course london-2024"), "could not be judged");
}

#[test]
fn a_meeting_that_no_list_has_is_said_to_be_in_none() {
    let desk = Desk::london();
    let said = "No LCC meeting is listed on 21 February 2026; the next is on 28 February 2026.";
    let ran = paper(&desk, "paper lcc --meeting 2026-02-21");
    has(&ran.out, &format!("as of 10 February 2026\n\n{said}\n"));
    assert_eq!(ran.err, format!("gwp: {said}\n"));
    // On the day, the day before and the day after.
    for (day, is_listed) in [("2026-02-27", false), ("2026-02-28", true), ("2026-03-01", false), ("next-lcc", true)] {
        let ran = paper(&desk, &format!("paper lcc --meeting {day}"));
        assert_eq!(ran.err.contains("is listed on"), !is_listed, "{day}: {}", ran.err);
        assert_eq!(ran.out.contains("is listed on"), !is_listed, "{day}");
    }
    // Of a course alone only its meetings and the folder's are looked at.
    let ran = paper(&desk, "paper lcc --meeting 2026-02-28 --course london-2024");
    has(&ran.err, "No LCC meeting is listed on 28 February 2026; the next is on 12 September 2026.");
    let ran = desk.run("paper lcc --meeting 2027-01-30 --as-of 2027-01-10 --format markdown");
    has(&ran.err, "No LCC meeting is listed on 30 January 2027; none is listed on or after 10 January 2027.");
    // A meeting that is recorded was one, and a folder without a list contradicts nobody.
    fs::write(desk.path("meetings/2026-02-21-lcc.toml"), "body = \"LCC\"\ndate = 2026-02-21\n").unwrap();
    assert_eq!(paper(&desk, "paper lcc --meeting 2026-02-21").err, "");
    fs::remove_file(desk.path("meetings/2026-02-21-lcc.toml")).unwrap();
    for file in ["gwp.toml", "courses/london-2022.toml", "courses/london-2024.toml", "courses/london-2025.toml"] {
        let lines: Vec<_> =
            desk.read(file).lines().filter(|line| !line.starts_with("lcc_meetings")).map(str::to_owned).collect();
        fs::write(desk.path(file), lines.join("\n")).unwrap();
    }
    has_not(&paper(&desk, "paper lcc --meeting 2026-02-21").err, "is listed on");
}

#[test]
fn what_a_ruling_means_is_said_in_the_words_of_what_is_asked() {
    let agenda = london("paper lcc");
    let concern = part(&agenda, "### Concerns raised in reports");
    has(
        concern,
        "if the committee takes the concern as settled (accepted): R5 is met; the verdict stays query<br>if it asks for more \
         (refused): R5 becomes an action; the verdict becomes action<br>",
    );
    has_not(concern, "if accepted:");
    // One of the two sessions alone leaves the other to be asked about.
    let desk = Desk::london();
    let ran = desk.run("rule lewis-strachan G4 refused --of 2025-05-07 --on 2026-02-10 --body LCC");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let one = paper(&desk, "paper lcc").out;
    has(
        &one,
        "if refused: this session does not count, and nothing more is asked; 31 sessions count, as now; the verdict",
    );
    has_not(
        part(&one, "### Queries to rule on"),
        "if refused: this session does not count, and nothing more is asked; 31 sessions count, as now; G4",
    );
}

#[test]
fn several_questions_about_a_student_end_with_what_accepting_all_would_do() {
    let all = "if all that is to be ruled on about this student is accepted: the verdict becomes ";
    let agenda = london("paper lcc");
    let queries = part(&agenda, "### Queries to rule on");
    has(queries, &format!("if refused: S5 becomes an action; the verdict becomes action<br>{all}ready |"));
    assert_eq!(queries.matches(all).count(), 1, "said once, of Lewis: {queries}");
    has(part(&agenda, "### Concerns raised in reports"), &format!("{all}on-track"));
    // Where arrangements wait for an approval too, rulings alone would say too much; where one thing is asked, it says it.
    assert_eq!(agenda.matches(all).count(), 2, "{agenda}");
    let desk = Desk::london();
    let rule = |words: &str| desk.run(&format!("rule lewis-strachan {words} accepted --on 2026-02-10 --body LCC"));
    assert_eq!(rule("G4 --of 2025-05-07 --of 2025-05-14").status, 0);
    has_not(part(&paper(&desk, "paper lcc").out, "### Queries to rule on"), all);
    // And so it comes.
    assert_eq!(rule("S5 --of 2025-06-09").status, 0);
    let document = desk.run(&format!("check {DAY} --student lewis-strachan --format json")).json();
    assert_eq!(document["students"][0]["verdict"], "ready");
}

#[test]
fn a_report_that_is_not_there_stands_as_the_requirement_says() {
    let waits = "| GWP Form 2 | 31 January 2026 |  | not there; the LCC is to judge |";
    for words in ["paper lcc", "paper student jerome-addy", "show jerome-addy"] {
        has(&bristol(words), waits);
    }
    // Whose case is closed is asked nothing.
    let lcc = london("paper lcc");
    let stefan = part(&lcc, "## Stefan Brandt");
    has(stefan, "| GWP Form 2 | 31 January 2024 |  | not there, and no longer asked for |");
    has(stefan, "| not settled | R1 | GWP Form 2 was due on 31 January 2024 and is not there |  |  |  |");
}

#[test]
fn a_report_that_says_that_nothing_had_started_is_told_so() {
    let lcc = london("paper lcc");
    let said = "says that the presentation of a group had not started";
    let ewan = part(&lcc, "## Ewan Kirkbride");
    has(ewan, &format!("| GWP Form 2 | 30 January 2026 | 28 January 2026 | arrived in time; {said} |"));
    has_not(part(&lcc, "## Bethan Maddox"), said);
}

#[test]
fn a_closed_case_has_nothing_open_in_it() {
    let lcc = london("paper lcc");
    let glance = part(&lcc, "## At a glance");
    has(glance, "| not-eligible | Stefan Brandt | 25 of 30 |  | ratified | 0 | 4 of 5 |");
    has(glance, "| declined | Colm Rafferty | 31 (30 needed) | done | ratified | 16 | 4 of 4 |");
    has(glance, "| query | Lewis Strachan | 31 (30 needed) | done | ratified | 16, a query |");
    for (name, counts, last) in [
        ("Stefan Brandt", "39 requirements: 2 failed, 9 not settled, 24 met, 4 n/a.", "January 2024"),
        ("Colm Rafferty", "39 requirements: 1 failed, 7 not settled, 27 met, 4 n/a.", "November 2025"),
    ] {
        let page = part(&lcc, &format!("## {name}"));
        for asked in ["| query |", "| action |", "| open |", "### Needed next"] {
            has_not(page, asked);
        }
        has(page, counts);
        // The months end with the last in which something happened.
        let months = part(page, "### Month by month");
        let rows: Vec<_> = months.lines().filter(|line| line.starts_with("| ")).collect();
        assert!(rows.last().unwrap().starts_with(&format!("| {last} | ")), "{months}");
    }
    // What alone could change it stays; a table without a name and a day does not.
    let stefan = part(&lcc, "## Stefan Brandt");
    has(
        stefan,
        "Nothing more is asked of anybody. What can no longer be met: 25 of 30 sessions when the limit of 8 July 2025 passed. \
         Only an extension of the limit would change that.",
    );
    has(
        stefan,
        "| failed | G5 | 25 of 30 sessions when the limit of 8 July 2025 passed |  | 8 July 2025 | an extension of",
    );
    // The records say what they say: at a terminal, the status is as it is judged.
    has(&london("show stefan-brandt"), "| action | R1 | GWP Form 2 was due on 31 January 2024");
    // A case that goes on has its months up to the day.
    has(part(&lcc, "## Bethan Maddox"), "| February 2026 |");
}

#[test]
fn days_in_what_settles_it_are_written_out_and_said_to_be_what_they_are() {
    let lcc = london("paper lcc");
    let bethan = part(&lcc, "## Bethan Maddox");
    has(bethan, "a ruling on G1 for 3 October 2025, the date by which a ruling names the question |");
    // A date that the question itself has in it needs no more words.
    has(part(&lcc, "## Tariq Haddad"), "a ruling on S5 for 8 December 2025 |");
    let settles = lcc.lines().filter(|line| line.contains("a ruling on "));
    assert!(settles.clone().count() > 3);
    settles.for_each(|line| {
        let words = line.split("a ruling on ").nth(1).unwrap().split('|').next().unwrap();
        assert!(!words.contains("2025-") && !words.contains("2026-"), "{line}");
    });
}

#[test]
fn minutes_say_of_whom_it_is_not_known_what_a_decision_rested_on() {
    let minutes = london("paper minutes 2025-12-06");
    let not_known = "The record cannot be read; what it rested on is not known.";
    let (_, hannah) = minutes.split_once("Hannah Lister: the arrangements\n").unwrap();
    has(hannah.split("\n### ").next().unwrap(), &format!("Approved.\n\n{not_known}\n"));
    assert_eq!(minutes.matches(not_known).count(), 1, "{minutes}");
}

#[test]
fn a_table_of_what_does_not_count_says_that_cancelled_sessions_are_in_it() {
    let owen = london("paper lcc");
    let owen = part(&owen, "## Owen Tregear");
    has(owen, "1 session does not count; 3 were cancelled or without the student");
    has(owen, "\n### Sessions cancelled, or not counted\n");
    has_not(owen, "Sessions that do not count");
    has(&london("show marcus-idowu"), "Supervision meetings cancelled, or not counted");
}

#[test]
fn words_of_the_records_are_words_on_paper() {
    let lcc = london("paper lcc");
    for raw in ["personal-development", "social-care", "not-suitable"] {
        has_not(&lcc, raw);
    }
    has(&lcc, "weekly, aim personal development, setting social care");
    has(&lcc, "21 panel on award: not suitable");
    // One competency has an "and" in its name.
    has(&bristol("paper lcc"), "competencies not rated competent yet: process and dynamics; boundaries; conflict |");
}

#[test]
fn the_form_says_what_yes_means_and_an_earlier_form_is_read_as_before() {
    let desk = Desk::london();
    let form = desk.run(&format!("form gwp2 marcus-idowu {DAY}")).out;
    let asked = "Has not started to present a group (yes = not yet, no = begun): [ ]";
    has(&form, asked);
    assert!(form.lines().all(|line| line.chars().count() <= 70), "{form}");
    let filled = form.replace("competent): [ ]", "competent): [C]").replace(asked, &asked.replace("[ ]", "[yes]"));
    let earlier = filled.replace("(yes = not yet, no = begun)", "(yes or no)");
    for text in [filled, earlier] {
        let desk = Desk::london();
        fs::write(desk.path("answer.txt"), text).unwrap();
        let ran = desk.run(&format!("receive --from answer.txt --yes {DAY}"));
        has(&ran.out, "Has not started to present a group: yes");
        has(&desk.read("students/2025/marcus-idowu.toml"), "not_started = true");
    }
}
