//! What a committee or the receiver of a letter asks, and the paper answers: forms, reasons, figures that agree.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use crate::program::Program;
use crate::read_papers::has;
use crate::scratch;

const DAY: &str = "-C examples/london --as-of 2026-02-10";

fn markdown(words: &str) -> String {
    let ran = Program::at_the_top().run(&format!("{words} {DAY} --format markdown"));
    assert_eq!(ran.status, 0, "{words}: {}", ran.err);
    ran.out
}

/// What the committee's paper says of a student.
fn page<'p>(paper: &'p str, heading: &str) -> &'p str {
    let (_, after) = paper.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no {heading}: {paper}"));
    after.split_once("\n## ").map_or(after, |(page, _)| page)
}

#[test]
fn the_forms_of_a_student_stand_in_one_list() {
    let paper = markdown("paper lcc");
    let rows = [
        "| GWP Form 1 | 6 December 2025 | 10 October 2025 | arrived in time | Marcus Idowu, student |",
        "| GWP Form 2 | 30 January 2026 |  | not there, 11 days late | Leonie Hardcastle, workplace supervisor |",
        "| WRG Form 2 | 30 January 2026 | 4 February 2026 | arrived 5 days late | Annika Solberg, WRG supervisor |",
        "| GWP Form 2 | 12 June 2026 |  | due in 122 days | Leonie Hardcastle, workplace supervisor |",
    ];
    // In the letter the student's own is from "you".
    let letter = markdown("paper student marcus-idowu").replace("| you |", "| Marcus Idowu, student |");
    for text in [page(&paper, "Marcus Idowu"), &markdown("show marcus-idowu"), &letter] {
        for row in rows {
            has(text, row);
        }
    }
    // A final report answers no deadline, and is called what it is; of whoever left nothing is asked.
    has(page(&paper, "Amina Warsame"), "| GWP Form 2 |  | 13 October 2025 | arrived as the final report |");
    assert!(!page(&paper, "Rosalind Tait").contains("| due in"), "{paper}");
    // A report of somebody who does not supervise the student has a name and no office.
    let day_before =
        Program::at_the_top().run("show marcus-idowu -C examples/london --as-of 2026-01-30 --format markdown").out;
    has(&day_before, "| GWP Form 2 | 30 January 2026 |  | due today | Leonie Hardcastle, workplace supervisor |");
}

#[test]
fn a_workbook_has_the_forms_with_their_days() {
    use calamine::{DataType as _, Reader as _, Xlsx, open_workbook};
    let folder = scratch::folder();
    let out = folder.path().join("lcc.xlsx");
    Program::at_the_top().run(&format!("paper lcc {DAY} --out {}", out.display()));
    let mut book: Xlsx<_> = open_workbook(&out).unwrap();
    let forms = book.sheet_names().into_iter().find(|name| name.starts_with("Forms and reports")).expect("the forms");
    let rows = book.worksheet_range(&forms).unwrap();
    let first = rows.rows().nth(1).unwrap();
    assert!(first[1].is_datetime() && first[2].is_datetime(), "{first:?}");
}

#[test]
fn whoever_cannot_be_judged_is_named_with_the_reason() {
    let error = "students/2025/hannah-lister.yaml:8: the record names what is not there: no session log has the id \
                 \"thursday-recovry\"; did you mean \"thursday-recovery\"?";
    let paper = markdown("paper lcc");
    let told = page(&paper, "Hannah Lister");
    has(told, "Hannah Lister cannot be judged until this is put right:");
    has(told, error);
    has(told, "Whoever keeps the records puts it right in that line of that file.");
    assert!(!told.contains("gwp "), "a committee has no use for commands: {told}");
    // Under labels the error is not told: it names what nobody is to know.
    let labelled = markdown("paper lcc --pseudonymise");
    let told = labelled.split("\nunknown, as of").nth(1).unwrap();
    has(told, "Which error it is, is left out: it could name somebody.");
    let shown = markdown("show hannah-lister");
    has(&shown, error);
    has(&shown, "check --only problems");
    for what in ["wall", "course"] {
        has(&markdown(&format!("paper {what}")), "Not in a picture, because a record cannot be used: Hannah Lister.");
    }
    let letter = markdown("paper student hannah-lister");
    has(&letter, "so this letter cannot say where you stand. Please ask me.");
    assert!(!letter.contains(".yaml"), "{letter}");
}

#[test]
fn of_whoever_left_or_does_not_apply_nothing_is_asked() {
    let paper = markdown("paper lcc");
    for (heading, said) in [
        ("Rosalind Tait", "The student left the course on 12 December 2025."),
        ("Yusuf Demirel", "that they do not apply for the status."),
    ] {
        let told = page(&paper, heading);
        has(told, said);
        for asked in ["Needed next", "What settles it", "| action |", "is due"] {
            assert!(!told.contains(asked), "{asked}: {told}");
        }
    }
    let shown = markdown("show rosalind-tait");
    has(&shown, "Nothing is asked any more. This is how each requirement stands.");
    assert!(!shown.contains("What settles it"), "{shown}");
    // The day before, she had not left.
    let before =
        Program::at_the_top().run("show rosalind-tait -C examples/london --as-of 2025-12-11 --format markdown").out;
    has(&before, "What settles it");
}

#[test]
fn figures_of_supervision_say_what_they_count() {
    let paper = markdown("paper lcc");
    has(&paper, "Supervision: how many meetings count up to this day;");
    let told = page(&paper, "Amina Warsame");
    has(
        told,
        "19 supervision meetings since the first session on 15 October 2024, up to 22 September 2025, when the sessions were \
         complete, the latest on 11 September 2025",
    );
    has(
        told,
        "Supervision: 21 supervision meetings count. Those that count are from 17 October 2024 to 9 October 2025. 2 of them were after the last session that is needed, and are not judged.",
    );
}

#[test]
fn a_picture_names_what_was_cancelled_or_is_planned() {
    let wall = markdown("paper wall");
    has(&wall, "### London Diploma in Group Work, 2025–26");
    has(&wall, "- Rosalind Tait: nothing is recorded.");
    has(&wall, "was cancelled or without the student");
    let letter = markdown("paper student marcus-idowu");
    has(
        &letter,
        "Supervision: 6 supervision meetings count, 14 supervision meetings do not count, 2 were cancelled or without you.",
    );
    // What has to go on was owed by a day, as due says.
    let cancelled = "supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor \
                     covering)";
    let said =
        format!("no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; {cancelled}");
    let told = said.replace(" (post vacant at step 3, supervisor covering)", "");
    has(&letter, &format!("| you and Leonie Hardcastle | {told} | 29 January 2026 |"));
    for text in [&markdown("show marcus-idowu"), page(&markdown("paper lcc"), "Marcus Idowu")] {
        has(text, &said);
        has(
            text,
            "| it was cancelled: post vacant at step 3, supervisor covering | Leonie Hardcastle | 22 Jan 2026, 5 Feb 2026 |",
        );
    }
    // As many marks as words say, in every lane.
    let page = Program::at_the_top().run(&format!("paper student marcus-idowu {DAY}")).out;
    assert_eq!(page.matches("<use href=\"#uncounted-meeting\" x=").count(), 14);
    assert_eq!(page.matches("<use href=\"#cancelled\" x=").count(), 2);
}

#[test]
fn a_letter_has_no_codes_and_no_commands() {
    let is_code = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|c| "GSARCITD".contains(c)) && word.len() == 2 && letters.all(|c| c.is_ascii_digit())
    };
    for to in [
        "student amina-warsame",
        "student lewis-strachan",
        "student bethan-maddox",
        "supervisor carys-bevan",
        "supervisor leonie-hardcastle",
    ] {
        let page = Program::at_the_top().run(&format!("paper {to} {DAY}")).out;
        let (_, body) = page.split_once("<main").unwrap();
        let (body, _) = body.split_once("<footer").unwrap();
        // A path of a picture is no word.
        let words: String =
            body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, words)| format!("{words} ")).collect();
        let codes: Vec<_> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| is_code(word)).collect();
        assert!(codes.is_empty(), "{to}: {codes:?}\n{words}");
        for command in ["gwp check", "gwp show", "gwp -C"] {
            assert!(!words.contains(command), "{to}: {command}");
        }
    }
    has(&markdown("paper supervisor leonie-hardcastle"), "is not in this list. Please ask about it.");
    // A group has its title, and no id.
    let letter = markdown("paper supervisor oonagh-devlin");
    has(&letter, "confirmation of the arrangement (\"Reflective practice for the staff of Brackenford ward\")");
}

#[test]
fn who_owes_something_is_the_same_everywhere() {
    let who = "the LCC, through Ifeoma Castle, convenor";
    let paper = markdown("paper lcc");
    has(
        page(&paper, "Ewan Kirkbride"),
        "### For the LCC to decide\n\n| What | Code |\n| --- | --- |\n| decision on the arrangements is due on 28 February 2026 | A3 |",
    );
    has(page(&paper, "At a glance"), &format!("{who}: decision on the arrangements"));
    let due = markdown("due --student ewan-kirkbride");
    has(&due, who);
    let late =
        Program::at_the_top().run("check -C examples/london --as-of 2026-03-02 --only overdue --format markdown").out;
    has(&late, who);
}

#[test]
fn what_falls_due_by_the_meeting_stands_once() {
    let paper = markdown("paper lcc --meeting 2026-02-21");
    has(&paper, "### Due by the day of the meeting");
    assert!(!paper.contains("Still to come by the meeting"), "{paper}");
    // What others decide has no room for a decision of this committee.
    let page = Program::at_the_top().run(&format!("paper lcc --meeting 2026-02-21 {DAY}")).out;
    assert_eq!(page.matches(">Decision</th>").count(), 4);
}

#[test]
fn an_item_of_the_minutes_and_its_decision_are_one() {
    let paper = markdown("paper minutes 2025-12-06");
    has(&paper, "| 4 | Gareth Pugh | the arrangements | Approved. |");
    assert_eq!(paper.matches("Gareth Pugh").count(), 2, "{paper}");
}

#[test]
fn what_is_judged_up_to_the_last_session_needed_says_so() {
    let shown = markdown("show judith-abell");
    let until = "up to 23 October 2025, when the sessions were complete";
    has(&shown, &format!("| an insurance is recorded for every session held, {until} |"));
    has(&shown, &format!("| all 31 sessions held are within the accepted length, {until} |"));
    has(&shown, &format!("| 6 sessions after the course's end, {until}, each in a WRG or under a group analyst |"));
    has(&shown, "with no gap over 14 days, breaks aside |");
    // Before that day everything that was held is judged.
    let shown = markdown("show marcus-idowu");
    has(&shown, "| an insurance is recorded for every session held |");
    has(&shown, "| all 14 sessions held are within the accepted length |");
}

#[test]
fn whoever_leads_a_work_reflection_group_finds_its_students() {
    let paper = markdown("paper supervisor annika-solberg");
    has(&paper, "## Your Work Reflection Group\n");
    has(&paper, "| Marcus Idowu | 4 October 2025 | 18 July 2026 | 29 November 2025 |");
    assert!(!paper.contains("No arrangement with you"), "{paper}");
    // Whoever supervises at the workplace has no such group.
    let paper = markdown("paper supervisor leonie-hardcastle");
    has(&paper, "## Your students\n");
    has(&paper, "it was cancelled: post vacant at step 3, supervisor covering");
    assert!(!paper.contains("Work Reflection Group"), "{paper}");
}

#[test]
fn a_letter_to_a_student_keeps_what_is_said_in_confidence() {
    let letter = markdown("paper student bethan-maddox");
    has(&letter, "| Ifeoma Castle, convenor | your supervisor's papers are still being looked at |  |");
    assert!(!letter.contains("judged the experience"), "{letter}");
    let letter = markdown("paper student tariq-haddad");
    let told =
        "| the LCC | it considers what the report of 29 January 2026 raises | at its meeting of 28 February 2026 |";
    has(&letter, told);
    assert!(!letter.contains("without word") && !letter.contains("raises a concern"), "{letter}");
    // The committee reads both.
    has(&markdown("paper lcc"), "Missed supervision on 24 November without word");
    has(&markdown("paper lcc"), "the Course Director has not yet judged the experience of Oonagh Devlin");
}

#[test]
fn a_letter_says_apart_what_committees_decide_and_when() {
    let letter = markdown("paper student lewis-strachan");
    let (before, decided) = letter.split_once("### What committees decide").expect("it is asked");
    has(decided, "| the LCC | the session of 7 May 2025 was shorter than 60 minutes: 45;");
    // The committee can take it in the meeting that another course lists, too: its agenda says so.
    has(decided, "| at its meeting of 28 February 2026 or of 12 September 2026 |");
    assert!(!before.contains("the LCC |"), "{before}");
    // On the day of a meeting it is that meeting, and after the last one none is named.
    let as_of = |day: &str| {
        let words = format!("paper student lewis-strachan -C examples/london --as-of {day} --format markdown");
        Program::at_the_top().run(&words).out
    };
    has(&as_of("2026-09-12"), "| at its meeting of 12 September 2026 |");
    has(&as_of("2026-09-13"), "| at its next meeting |");
}

#[test]
fn competencies_are_rated_by_the_supervisor_also_where_there_is_none_yet() {
    let letter = Program::at_the_top()
        .run("paper student jerome-addy -C examples/national/bristol --as-of 2026-02-10 --format markdown");
    has(&letter.out, "| your workplace supervisor | none of the 9 competencies is rated yet |");
}

#[test]
fn new_arrangements_of_an_approved_group_say_what_is_new() {
    let agenda = markdown("paper lcc --meeting 2026-02-28");
    let told = "\"Reflective practice for the staff of Brackenford ward\"; same group, approved 6 December 2025; new: Oonagh \
                Devlin in place of Patrick Lindqvist from 12 January 2026";
    has(&agenda, told);
    assert!(!agenda.contains("newer than the approval"), "{agenda}");
}

#[test]
fn a_page_of_a_declined_award_asks_for_nothing() {
    let shown = markdown("show colm-rafferty");
    has(&shown, "The award is declined, and nothing is asked any more. This is how each requirement stands.");
    assert!(!shown.contains("What settles it"), "{shown}");
    // The day before, the SPC had still to decide.
    let before =
        Program::at_the_top().run("show colm-rafferty -C examples/london --as-of 2025-11-11 --format markdown").out;
    has(&before, "What settles it");
}

#[test]
fn two_queries_that_say_the_same_are_told_once() {
    let shown = markdown("show stefan-brandt");
    let gap = "no supervision from 17 November 2022 to 21 December 2023";
    assert_eq!(shown.matches(gap).count(), 1, "{shown}");
    has(&shown, "a ruling on S5, for all of these dates or some: 18 November 2022 and 21 December 2023");
}

#[test]
fn reports_in_a_time_of_leave_are_said_not_to_count() {
    let glance = markdown("paper lcc");
    has(&glance, "Reports: of those that were due, how many arrived; what was due in a time of leave is not counted.");
}
