//! A meeting on paper: what is filled in on a form becomes the same as what is answered at a terminal.

#![allow(clippy::unwrap_used, reason = "a random folder that cannot be read is a failing test")]

use std::fs;

use gwp::form::Form;
use gwp::meeting::{Answer, Chosen, Decided, Item, Paper, Sitting, Standing};
use gwp::records::{Body, ConditionStanding};
use proptest::prelude::*;
use proptest::sample::select;

use crate::desk::Desk;
use crate::forms::message;
use crate::meeting_answers::{answer, read, table};
use crate::properties::{any_day, folder, on};

/// Fills in a form as somebody would: the decision of each item, or of each date the ruling.
fn filled_in(form: &mut Form, answered: &[(Item, Answer)], all_at_once: bool) {
    for (item, answer) in answered {
        let id = item.key().replace(' ', "/").to_lowercase();
        let section = form.sections.iter_mut().find(|section| section.id == id).unwrap();
        let mut fill = |key: &str, words: &str| {
            let field = section.fields.iter_mut().find(|field| field.key == key).unwrap();
            field.filled = Some(words.to_owned());
        };
        let word = |chosen: Chosen| item.choices().into_iter().find(|one| one.chosen == chosen).unwrap().word;
        match answer.decided.as_ref().unwrap() {
            Decided::Outcome(outcome) => fill("decision", word(Chosen::Outcome(*outcome))),
            Decided::Rulings(rulings) if all_at_once && rulings.len() > 1 => {
                fill("all", word(Chosen::Ruling(rulings[0].1)));
            }
            Decided::Rulings(rulings) => {
                for (date, outcome) in rulings {
                    fill(&date.iso(), word(Chosen::Ruling(*outcome)));
                }
            }
            Decided::Condition(ConditionStanding::Met(_)) => fill("condition", word(Chosen::Condition(Standing::Met))),
            Decided::Condition(ConditionStanding::Running) => fill("condition", "still running"),
            Decided::Condition(ConditionStanding::NotMet) => fill("condition", "not met"),
        }
    }
}

/// What mail does to a text.
fn through_mail(text: &str, how: usize) -> String {
    match how {
        0 => text.to_owned(),
        1 => text.lines().map(|line| format!("> {line}\r\n")).collect(),
        2 => format!("Dear Ruth,\n\nhere it is.\n\n{text}\n-- \nJonas\n"),
        _ => text
            .lines()
            .map(|line| format!("{line}  \r\n"))
            .collect::<String>()
            .replace('"', "\u{201d}")
            .replace('\'', "\u{2019}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_filled_in_is_what_is_answered(
        files in folder(), day in any_day(), body in select(vec![Body::Lcc, Body::Lcc, Body::Spc, Body::Ntm]),
        position in 0_usize..3, all_at_once in any::<bool>(), how in 0_usize..4
    ) {
        let sitting = Sitting { body, date: on(day) };
        let table = table(&read(&files), sitting);
        let open = table.items.iter().filter(|item| !item.is_recorded());
        let open = open.filter(|item| item.open_dates().count() == item.dates().len());
        let answered: Vec<_> = open.map(|item| (item.clone(), answer(item, sitting, position))).collect();
        let paper = Paper { sitting, as_of: sitting.date };
        let mut form = paper.form(&table);
        filled_in(&mut form, &answered, all_at_once);
        let text = through_mail(&form.to_text(), how);
        prop_assert_eq!(Paper::all_in(&text), vec![paper]);
        let read = paper.read(&table, &text).unwrap();
        prop_assert!(read.unclear.is_empty(), "{:?}\n{text}", read.unclear);
        let events = |answered: &[(Item, Answer)]| {
            let of = answered.iter().flat_map(|(item, answer)| answer.events(item, sitting));
            of.map(|event| format!("{event:?}")).collect::<Vec<_>>()
        };
        prop_assert_eq!(events(&read.proceedings.answered), events(&answered), "{}", text);
        prop_assert!(text.lines().all(|line| line.chars().count() < 78), "{text}");
    }
}

/// Puts words into the brackets of a field, or behind its colon, of a section.
pub fn fill(text: &str, mark: &str, label: &str, words: &str) -> String {
    let (before, section) = text.split_once(&format!("[{mark}]\n")).unwrap_or_else(|| panic!("{mark} in\n{text}"));
    let mut lines: Vec<String> = section.lines().map(str::to_owned).collect();
    let at = lines.iter().position(|line| line.starts_with(label)).unwrap_or_else(|| panic!("{label} in\n{section}"));
    if lines[at].ends_with("[ ]") {
        lines[at] = lines[at].replace("[ ]", &format!("[{words}]"));
    } else {
        lines[at] = format!("{} {words}", lines[at].trim_end());
    }
    format!("{before}[{mark}]\n{}\n", lines.join("\n"))
}

pub const FORM: &str = "meeting 2026-02-28 --form form.txt";

#[test]
fn a_form_goes_round_and_comes_back() {
    let desk = Desk::london().in_git();
    let ran = desk.run(FORM);
    let said = "Written: form.txt, the form of LCC 28 February 2026, with 10 items, as of 28 February 2026.\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, said), "{}", ran.err);
    assert!(desk.run(FORM).err.contains("form.txt is there already, and may be filled in; name another file"));
    let empty = desk.read("form.txt");
    let ran = desk.run("meeting --from form.txt");
    assert!(ran.status == 2 && ran.err.contains("nothing is filled in on form.txt"), "{}{}", ran.out, ran.err);
    let mut text = fill(&empty, "bethan-maddox/arrangements", "Decision", "approve");
    text = fill(&text, "bethan-maddox/arrangements", "Condition 1", "a CV of hers by 1 May 2026");
    text = fill(&text, "lewis-strachan/g4", "All of these", "accept");
    text = fill(&text, "lewis-strachan/g4", "14 May 2025", "R");
    text = fill(&text, "tariq-haddad/r5", "Note for the minutes", "He spoke with his supervisor.");
    text = text.replacen(
        "Present (names, with commas between them):",
        "Present (names, with commas between them): Ruth Adeyemi, Jonas Okafor",
        1,
    );
    let wrong = fill(&text, "owen-tregear/award", "Decision", "perhaps");
    let wrong = fill(&wrong, "amina-warsame/award", "Decision", "defer\nwe were two");
    fs::write(desk.path("wrong.txt"), &wrong).unwrap();
    let before = desk.files();
    let ran = desk.run("meeting --from wrong.txt");
    let line = |words: &str| wrong.lines().position(|line| line.contains(words)).unwrap() + 1;
    let wanted = [
        format!("line {}: \"", line("we were two")),
        format!(
            "line {}: \"[perhaps]\": it can be r (recommend), x (not recommend), d (defer) or i (interview)\n",
            line("perhaps")
        ),
    ];
    assert!(ran.status == 2 && wanted.iter().all(|wanted| ran.out.contains(wanted)), "{}{}\n{wrong}", ran.out, ran.err);
    assert!(ran.err.contains("lines of wrong.txt are not understood, and nothing is written"), "{}", ran.err);
    assert_eq!(desk.files(), before);
    fs::write(desk.path("form.txt"), through_mail(&text, 1)).unwrap();
    let ran = desk.run("meeting 2026-02-28 --from form.txt --commit");
    let said = "Present: Ruth Adeyemi and Jonas Okafor.\n\
        1. Bethan Maddox: the arrangements: approved, on the condition: a CV of hers by 1 May 2026.\n\
        4. Lewis Strachan: session length (G4): accepted for 7 May 2025; refused for 14 May 2025.\n\
        8. Tariq Haddad: concerns settled (R5): left open.\n   Note: He spoke with his supervisor.\n\
        Left open: 2. Bethan Maddox: supervisor experience (S3); 3. Ewan Kirkbride: the arrangements; 5. ";
    assert!(ran.status == 0 && ran.out.starts_with(said), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("\nRecorded LCC 28 February 2026: 3 decisions and rulings, in 3 records.\n"),
        "{}",
        ran.out
    );
    assert_eq!(desk.git("log -1 --format=%s"), "LCC 28 February 2026: 3 decisions and rulings\n");
    // So it is in the message in which it came, quoted there.
    fs::write(desk.path("answer.eml"), message("d.quayle@example.org", &through_mail(&text, 1))).unwrap();
    let ran = desk.run("meeting --from answer.eml --commit");
    assert!(ran.status == 0 && ran.out.contains("all of it is recorded already"), "{}{}", ran.out, ran.err);
    fs::write(desk.path("other.eml"), message("d.quayle@example.org", "All were approved.")).unwrap();
    assert!(desk.run("meeting --from other.eml").err.contains("other.eml has 0 forms of meetings in it"));
    // The same form once more says nothing new; another answer is not what is recorded.
    let ran = desk.run("meeting --from form.txt --commit");
    assert!(ran.status == 0 && ran.out.contains("recorded already. Nothing is written"), "{}{}", ran.out, ran.err);
    fs::write(desk.path("other.txt"), fill(&empty, "lewis-strachan/g4", "All of these", "refuse")).unwrap();
    let ran = desk.run("meeting --from other.txt");
    assert!(
        ran.status == 2 && ran.out.contains("\"refused\": the record of that day says accepted"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn an_answer_is_written_as_people_write_it() {
    let desk = Desk::london();
    assert_eq!(desk.run(FORM).status, 0);
    let empty = desk.read("form.txt");
    let read = |text: &str| {
        fs::write(desk.path("filled.txt"), text).unwrap();
        desk.run("meeting --from filled.txt --dry-run")
    };
    for words in ["approved", "Approved.", "accepted", "AGREED", "a (approve)", "\u{201c}approved\u{201d}"] {
        let ran = read(&fill(&empty, "bethan-maddox/arrangements", "Decision", words));
        let said = "1. Bethan Maddox: the arrangements: approved.\n";
        assert!(ran.status == 0 && ran.out.starts_with(said), "{words}: {}{}", ran.out, ran.err);
    }
    // Instead of between the brackets, in their place.
    let ran = read(&fill(&empty, "bethan-maddox/arrangements", "Decision", "x").replacen("[x]", "declined", 1));
    assert!(ran.out.starts_with("1. Bethan Maddox: the arrangements: declined.\n"), "{}{}", ran.out, ran.err);
    let ran = read(&fill(&empty, "lewis-strachan/g4", "All of these", "agreed"));
    assert!(ran.out.contains("(G4): accepted for 7 May 2025 and 14 May 2025.\n"), "{}{}", ran.out, ran.err);
    let left_open = "Left open: 1. Bethan Maddox: the arrangements; 2. Bethan Maddox: ";
    assert!(ran.out.contains(left_open) && !ran.out.contains("; 4. Lewis Strachan: session length"), "{}", ran.out);
    for words in ["yes", "approve or query", "not agreed", "not approved"] {
        let ran = read(&fill(&empty, "bethan-maddox/arrangements", "Decision", words));
        let said = format!("\"[{words}]\": it can be a (approve)");
        assert!(ran.status == 2 && ran.out.matches(&said).count() == 1, "{}", ran.out);
    }
}

#[test]
fn another_condition_than_the_recorded_one_is_said_to_be_another() {
    let desk = Desk::london();
    assert_eq!(desk.run(FORM).status, 0);
    let approved = fill(&desk.read("form.txt"), "bethan-maddox/arrangements", "Decision", "approved");
    let on = |condition: &str| fill(&approved, "bethan-maddox/arrangements", "Condition 1", condition);
    let ran = |text: &str| {
        fs::write(desk.path("filled.txt"), text).unwrap();
        desk.run("meeting --from filled.txt")
    };
    assert_eq!(ran(&on("a CV of hers by 1 May 2026")).status, 0);
    let same = ran(&on("a CV of hers by 1 May"));
    assert!(same.status == 0 && same.out.contains("recorded already"), "{}{}", same.out, same.err);
    let before = desk.files();
    let recorded = "the record of that day says approved, on the condition: a CV of hers by 1 May 2026\n";
    for (text, says) in [
        (on("a CV of hers by 1 June 2026"), "\"approved, on the condition: a CV of hers by 1 June 2026\": "),
        (
            on("a second supervisor by 1 May 2026"),
            "\"approved, on the condition: a second supervisor by 1 May 2026\": ",
        ),
        (approved, "\"approved\": "),
    ] {
        let ran = ran(&text);
        assert!(ran.status == 2 && ran.out.contains(&format!("{says}{recorded}")), "{}{}", ran.out, ran.err);
        fs::remove_file(desk.path("filled.txt")).unwrap();
        assert_eq!(desk.files().len(), before.len() - 1);
    }
}

#[test]
fn what_was_not_on_the_paper_stays_a_new_question() {
    let desk = Desk::london();
    assert_eq!(desk.run(FORM).status, 0);
    let text = fill(&desk.read("form.txt"), "lewis-strachan/g4", "All of these", "accept");
    let text = fill(&text, "owen-tregear/award", "Decision", "recommend");
    fs::write(desk.path("form.txt"), text).unwrap();
    // A third session turns out to have been short, and somebody new is on the agenda.
    let log = desk.files().into_iter().find(|(path, text)| {
        path.starts_with("sessions/") && String::from_utf8_lossy(text).contains("2025-05-14, minutes = 50")
    });
    let (path, text) = log.expect("the log with the short sessions");
    let text =
        String::from_utf8(text).unwrap().replace("date = 2025-05-21, minutes = 60", "date = 2025-05-21, minutes = 55");
    fs::write(desk.path(&path), text).unwrap();
    let ran = desk.run("meeting --from form.txt");
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("session length (G4): accepted for 7 May 2025 and 14 May 2025"), "{}", ran.out);
    assert!(desk.read("students/2024/lewis-strachan.toml").contains("of = [2025-05-07, 2025-05-14]\n"));
}

#[test]
fn what_is_no_form_is_said_to_be_none() {
    let desk = Desk::london();
    fs::write(desk.path("mail.txt"), "Dear Ruth, all were approved.\n").unwrap();
    assert!(desk.run("meeting --from mail.txt").err.contains("mail.txt has 0 forms of meetings in it"));
    assert_eq!(desk.run(FORM).status, 0);
    let why = desk.run("meeting 2026-02-27 --from form.txt").err;
    assert!(why.contains("form.txt is the form of the LCC 28 February 2026, which is another meeting"), "{why}");
    // A meeting that is still to come has a form, as of today, and no answers yet.
    let ran = desk.run("meeting 2999-01-01 --form later.txt");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(desk.run("meeting --from later.txt").err.contains("is still to come"));
}
