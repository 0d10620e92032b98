//! `gwp meeting`: what a committee decided, at a real terminal.

use crate::asking::Terminal;
use crate::desk::Desk;

/// Types lines, one to each question, and counts the keys; the exit status, and what was shown.
pub fn typed(desk: &Desk, arguments: &str, lines: &[&str]) -> (i32, String, usize) {
    let mut terminal = Terminal::of(&desk.path(""), arguments.split_whitespace());
    let mut keys = 0;
    for line in lines {
        assert!(terminal.question().is_some(), "it ended before {line:?}");
        terminal.answer(&format!("{line}\n"));
        keys += line.chars().count() + 1;
    }
    let (status, text) = terminal.end();
    (status, text, keys)
}

/// The meeting of the London LCC on 28 February 2026: ten items.
const EVENING: [&str; 19] = [
    "=",
    "Annika Solberg",
    "Miriam Castellan supervises Tariq Haddad",
    // Bethan Maddox: the arrangements, and the experience of her supervisor.
    "a",
    "",
    "accept",
    // Ewan Kirkbride.
    "a",
    "a second supervisor by 31 May 2026",
    "",
    // Lewis Strachan: two sessions that were too short, and supervision.
    "a 1 r",
    "a",
    // Marcus Idowu.
    "s",
    // Tariq Haddad: supervision, and concerns.
    "r",
    "n He spoke with his supervisor",
    "a",
    // Amina Warsame and Owen Tregear: the award.
    "r",
    "d",
    "",
    "yes",
];

#[test]
fn an_evening_of_ten_decisions() {
    let desk = Desk::london().in_git();
    let (status, text, keys) = typed(&desk, "meeting 2026-02-28 --commit", &EVENING);
    assert_eq!(status, 0, "{text}");
    // Two keys a second, and a quarter of a minute to read each item: less than five minutes.
    assert!(keys < 200, "{keys}");
    let free: usize = [EVENING[1], EVENING[2], EVENING[7], EVENING[13]].iter().map(|line| line.len()).sum();
    assert!(keys - free < 60, "{}", keys - free);
    let message = desk.git("log -1 --format=%B");
    let wanted = "LCC 28 February 2026: 10 decisions and rulings\n\n\
        Present: Ifeoma Castle, Gwendolen Marsden, Miriam Castellan and Desmond Quayle.\n\
        Apologies: Annika Solberg.\n\
        Declared: Miriam Castellan supervises Tariq Haddad.\n\
        1. Bethan Maddox: the arrangements: approved.\n\
        2. Bethan Maddox: supervisor experience (S3): accepted for 12 January 2026.\n\
        3. Ewan Kirkbride: the arrangements: approved, on the condition: a second supervisor by 31 May 2026.\n\
        4. Lewis Strachan: session length (G4): accepted for 7 May 2025; refused for 14 May 2025.\n\
        5. Lewis Strachan: regular supervision (S5): accepted for 9 June 2025.\n\
        7. Tariq Haddad: regular supervision (S5): refused for 8 December 2025.\n\
        8. Tariq Haddad: concerns settled (R5): accepted for 29 January 2026.\n   \
        Note: He spoke with his supervisor\n\
        9. Amina Warsame: the award: recommended.\n\
        10. Owen Tregear: the award: deferred.\n\n";
    assert_eq!(message, wanted);
    assert_eq!(desk.git("status --porcelain"), "");
    assert_eq!(desk.git("log --format=%s").lines().count(), 2);
    let topic =
        std::fs::read_to_string(crate::file("src/topics/meetings.md")).expect("the topic").replace("\r\n", "\n");
    let (_, shown) = topic.split_once("```text\n").expect("it shows an item");
    let (shown, _) = shown.split_once("```").expect("that ends");
    assert!(text.contains(shown), "{text}");
    // Everything was shown before it was asked about.
    let (_, end) = text.split_once("LCC 28 February 2026: 10 decisions and rulings\n").expect("the whole is shown");
    let left_open = "\nLeft open, and asked again at the next meeting\n- 6. Marcus Idowu: ";
    assert!(end.contains("10. Owen Tregear: the award: deferred.\n") && end.contains(left_open), "{end}");
    assert!(end.contains("\nWrite all of this (yes, no;"), "{end}");
    let minutes = "body = \"LCC\"\ndate = 2026-02-28\n\
        present = [\"Ifeoma Castle\", \"Gwendolen Marsden\", \"Miriam Castellan\", \"Desmond Quayle\"]\n\
        apologies = [\"Annika Solberg\"]\ndeclared = [\"Miriam Castellan supervises Tariq Haddad\"]\nitems = [\n  \
        { number = 1, about = \"bethan-maddox\" },\n  { number = 2, about = \"bethan-maddox\" },\n";
    let record = desk.read("meetings/lcc-2026-02-28.toml");
    assert!(record.contains(minutes) && record.contains("note = \"He spoke with his supervisor\" },\n"), "{record}");
    let lewis = desk.read("students/2024/lewis-strachan.toml");
    for (of, outcome) in [("2025-05-07", "accepted"), ("2025-05-14", "refused")] {
        let ruling =
            format!("requirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-28\nof = [{of}]\noutcome = \"{outcome}\"\n");
        assert!(lewis.contains(&format!("{ruling}minute = \"LCC 28 February 2026, item 4\"\n")), "{lewis}");
    }
    let page = desk.run("show lewis-strachan --as-of 2026-02-28").out;
    assert!(page.contains("Minuted: LCC 28 February 2026, item 4 (meetings/lcc-2026-02-28.toml:"), "{page}");
    // What was left open is asked again, and nothing else.
    // With his sessions ruled on, Lewis Strachan can be recommended: that is asked too.
    assert!(text.contains("Now there is more to decide: Lewis Strachan: the award."), "{text}");
    let answers =
        ["Ruth Adeyemi; Desmond Quayle", "", "", "n It was a long winter", "a", "s", "Closed at nine.", "yes"];
    let (status, text, _) = typed(&desk, "meeting 2026-02-28 --commit", &answers);
    assert_eq!(status, 0, "{text}");
    let extended = desk.read("meetings/lcc-2026-02-28.toml");
    for wanted in [
        "\"Desmond Quayle\", \"Ruth Adeyemi\"]\n",
        "  { number = 5, about = \"lewis-strachan\" },\n  { number = 6, about = \"marcus-idowu\", note = \"It was a long winter\" },\n",
        "notes = \"Closed at nine.\"\n",
    ] {
        assert!(extended.contains(wanted), "{wanted} in\n{extended}");
    }
    assert!(text.contains("2 of 11 items are to be decided.") && text.contains("Item 6 of 11. Marcus Idowu"), "{text}");
    assert!(text.replace('\n', " ").contains("Owen Tregear: the award (deferred)"), "{text}");
    // More for the minutes goes behind what is there.
    let (status, text, _) = typed(&desk, "meeting 2026-02-28", &["", "", "", "s", "Tea was had.", "yes"]);
    assert_eq!(status, 0, "{text}");
    assert!(desk.read("meetings/lcc-2026-02-28.toml").contains("notes = \"Closed at nine. Tea was had.\"\n"), "{text}");
    // And all of it can be taken back; what was decided goes over many lines, of which the list shows the first.
    let listed = desk.run("undo --list").out;
    assert!(listed.contains(": LCC 28 February 2026: ") && !listed.contains("\\n"), "{listed}");
    let ran = desk.run("undo --yes");
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "Taken back: LCC 28 February 2026: what was noted.\n"),
        "{}",
        ran.err
    );
    assert_eq!(desk.read("meetings/lcc-2026-02-28.toml"), extended);
    let (status, text, _) = typed(&desk, "meeting 2026-02-28", &["", "", "", "l"]);
    assert!(status == 0 && text.contains("Nothing is written."), "{text}");
}

#[test]
fn it_can_be_thought_over_before_the_end() {
    let desk = Desk::london();
    let before = desk.files();
    let go = |end: &[&str]| {
        let begin = [
            "",
            "",
            "",
            "?",
            "x",
            "q",
            "",
            "s",
            "b",
            "r",
            "a",
            "a CV of hers",
            "a CV by 1 May 2026",
            "and more by 2 May 2026",
            "",
        ];
        let rest = ["a", "b", "r 2", "s", "l"];
        let lines: Vec<&str> = begin.iter().chain(&rest[..rest.len() - end.len().min(1)]).chain(end).copied().collect();
        typed(&desk, "meeting 2026-02-28 --course london-2025", &lines)
    };
    let (status, text, _) = go(&[]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("- q: query\n") && text.contains("- l: leave"), "{text}");
    assert!(
        text.contains("This cannot be used: it can be a (approve), q (query), d (decline) or s (skip); ? shows all."),
        "{text}"
    );
    assert!(text.ends_with("Nothing is written. The same command goes on with what was said.\n"), "{text}");
    assert_eq!(desk.files(), before);
}

/// What is shown when somebody goes on, up to the next question.
fn taken_up(desk: &Desk, arguments: &str, lines: &[&str]) -> String {
    typed(desk, arguments, lines).1
}

#[test]
fn a_meeting_that_was_left_is_taken_up_again() {
    let desk = Desk::london();
    let before = desk.files();
    let meeting = "meeting 2026-02-28 --course london-2024";
    // Lewis Strachan's sessions and supervision are ruled on; then somebody closes the lid.
    let (status, text, _) = typed(&desk, meeting, &["Ruth Adeyemi", "", "", "a", "a", "\u{4}"]);
    assert!(status == 2 && text.contains("broken off, and nothing is written"), "{text}");
    assert_eq!(desk.files(), before);
    let text = taken_up(&desk, meeting, &["", "l"]);
    assert!(
        text.contains("This meeting was begun, and not finished: 2 items are answered.\nPresent: Ruth Adeyemi.\nGo on"),
        "{text}"
    );
    assert!(text.contains("Item 3 of 4.") && !text.contains("Item 1 of 4."), "{text}");
    // Meanwhile a third session turns out to have been too short: that item is another by now.
    let log = desk.read("sessions/moving-on.toml");
    let short = log.replace("date = 2025-05-21, minutes = 60", "date = 2025-05-21, minutes = 55");
    std::fs::write(desk.path("sessions/moving-on.toml"), short).expect("it can be written");
    let text = taken_up(&desk, meeting, &["", "l"]);
    let said = "This meeting was begun, and not finished: 1 item is answered.\nPresent: Ruth Adeyemi.\n- the session log Moving on, for young people on community orders has changed\n\
                - Lewis Strachan: session length (G4): other dates than before, so it is asked\n  again\n";
    assert!(text.contains(said) && text.contains("Item 1 of 4."), "{text}");
    // Another meeting, and another body, begin by themselves.
    assert!(!taken_up(&desk, "meeting 2026-02-27 --course london-2024", &["", "", "", "l"]).contains("was begun"));
    // Who begins anew is asked everything.
    let (_, text, _) = typed(&desk, meeting, &["no", "", "", "", "a", "s", "d", "s", "", "yes"]);
    assert!(text.contains("Present (") && text.contains("Recorded LCC 28 February 2026: 2 decisions"), "{text}");
    assert!(desk.read("students/2024/lewis-strachan.toml").contains("of = [2025-05-07, 2025-05-14, 2025-05-21]\n"));
    // What is written is kept no more.
    let text = taken_up(&desk, meeting, &["", "", "", "l"]);
    assert!(!text.contains("was begun"), "{text}");
}

#[test]
fn at_the_end_one_can_go_back_to_everything() {
    let desk = Desk::london();
    let meeting = "meeting 2026-02-28 --course london-2024";
    // Before the first item lies who was there, and an elbow on Enter ends nothing.
    let (status, text, _) =
        typed(&desk, meeting, &["Ruth Adeyemi", "", "", "b", "", "Joe Pike", "", "", "", "", "", "", "", "a", "l"]);
    assert!(status == 0 && text.contains("[Ruth Adeyemi]: ") && text.contains("goes on with what was said"), "{text}");
    // Who was there is shown to whoever goes on, and not asked again.
    let end = ["", "a", "s", "s", "Closed at nine.", "p", "Ruth Adeyemi and Ines Farrow", "-", "", "m", "", "2", "r"];
    let back = ["b", "d", "5", "maybe", "m", "none", "yes"];
    let (status, text, _) = typed(&desk, meeting, &[&end[..], &back[..]].concat());
    assert_eq!(status, 0, "{text}");
    for shown in [
        "1 item is answered.\nPresent: Ruth Adeyemi.\nApologies: Joe Pike.\nGo on with it (yes; no to begin anew) [yes]: ",
        "Apologies (names, separated by commas) [Joe Pike]: -\n",
        "What else is for the minutes [Closed at nine.]: \n",
        "This cannot be used: no item has the number 5.\n",
        "This cannot be used: it can be yes, no, the number of an item, p, m or b.",
    ] {
        assert!(text.contains(shown), "{shown} in\n{text}");
    }
    let record = desk.read("meetings/lcc-2026-02-28.toml");
    assert!(record.contains("present = [\"Ruth Adeyemi\", \"Ines Farrow\"]\n"), "{record}");
    assert!(!record.contains("apologies") && !record.contains("notes = \"Closed"), "{record}");
    let lewis = desk.read("students/2024/lewis-strachan.toml");
    assert!(lewis.contains("requirement = \"S5\"") && lewis.contains("outcome = \"refused\""), "{lewis}");
    // Whoever breaks off is told that nothing is lost.
    let (status, text, _) = typed(&desk, meeting, &["Ruth Adeyemi", "", "", "s", "\u{4}"]);
    assert!(status == 2 && text.contains("nothing is written. The same command goes on with what was said."), "{text}");
}

#[test]
fn a_meeting_that_no_list_has_can_be_listed() {
    let desk = Desk::london();
    let course = desk.read("courses/london-2025.toml");
    let asks = "No list of LCC meetings has 9 February 2026. List it for London Diploma in Group Work, 2025–26 (yes, no) [yes]: ";
    let (status, text, _) = typed(&desk, "meeting 2026-02-09", &["Ruth Adeyemi", "", "", "l"]);
    assert!(status == 0 && !text.contains(asks), "{text}");
    let all = ["s"; 9];
    let evening = |end: &[&'static str]| [&["no", "Ruth Adeyemi", "", ""][..], &all[..], &["", "yes"], end].concat();
    let (status, text, _) = typed(&desk, "meeting 2026-02-09 --dry-run", &evening(&["no"]));
    let record = "Note: no list of LCC meetings has 9 February 2026. To list it: gwp record london-2025 lcc-meeting 2026-02-09\n";
    assert!(status == 0 && text.contains(asks) && text.contains(record), "{text}");
    let (status, text, _) = typed(&desk, "meeting 2026-02-09", &evening(&[""]));
    assert!(status == 0 && text.contains(asks) && !text.contains("To list it"), "{text}");
    let listed = desk.read("courses/london-2025.toml");
    assert_eq!(listed, course.replace("[2025-12-06, ", "[2025-12-06, 2026-02-09, "));
    // One command wrote both, and one takes both back.
    assert_eq!(desk.run("undo --yes").status, 0);
    assert_eq!(desk.read("courses/london-2025.toml"), course);
    // What the folder lists for all courses is listed, and another body has no list.
    for (meeting, is_said) in [("2025-09-13", false), ("2025-09-14", true), ("2026-02-09 --body SPC", false)] {
        let form = format!("{}.txt", &meeting[..10]);
        let form = if meeting.contains("SPC") { "spc.txt".to_owned() } else { form };
        assert_eq!(desk.run(&format!("meeting {meeting} --form {form}")).status, 0);
        let hint = "Present (names, with commas between them):";
        let text = desk.read(&form).replacen(hint, &format!("{hint} Ruth Adeyemi"), 1);
        std::fs::write(desk.path(&form), &text).expect("it can be written");
        let ran = desk.run(&format!("meeting --from {form}"));
        assert!(ran.status == 0 && ran.out.contains("no list of LCC meetings") == is_said, "{}{}", ran.out, ran.err);
    }
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let desk = Desk::london();
    let why = |line: &str| {
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        ran.err
    };
    assert!(why("meeting 2026-02-28").contains("at a terminal"));
    assert!(why("meeting 2026-02-28 --course york").contains("york"));
    assert!(why("meeting 2026-02-28 --body SPD").contains("it can be LCC, SPC, NTM, NDT, panel"));
    let (status, text, _) = typed(&desk, "meeting 2999-01-01", &[]);
    assert!(status == 2 && text.contains("is still to come"), "{text}");
}
