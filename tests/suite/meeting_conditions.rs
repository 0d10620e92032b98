//! How it stands with the conditions of approvals, as a meeting says it.

use crate::desk::Desk;
use crate::meeting_held::typed;

/// Robin Ashby's arrangements, approved on two conditions.
fn bound() -> Desk {
    let desk = Desk::of("tests/cases/base").in_git();
    let path = "students/robin-ashby.toml";
    let approved = "date = 2025-11-29\noutcome = \"approved\"\n";
    let bound = format!(
        "{approved}conditions = [\n  {{ what = \"a second supervisor\", due = 2026-02-10 }},\n  \
         {{ what = \"a word with her manager\", due = 2026-02-10 }},\n]\n"
    );
    let text = desk.read(path);
    assert_eq!(text.matches(approved).count(), 1);
    std::fs::write(desk.path(path), text.replace(approved, &bound)).expect("it can be written");
    assert_eq!(desk.run("meeting 2026-02-10 --form before.txt").status, 0);
    desk
}

const MEETING: &str = "meeting 2026-02-10";

fn conditions(desk: &Desk) -> String {
    let text = desk.read("students/robin-ashby.toml");
    let (_, conditions) = text.split_once("conditions = ").expect("there are some");
    conditions.split("]\n").next().unwrap_or_default().to_owned()
}

/// The fixture has more on its agenda: everything else is skipped.
fn skipped<'a>(desk: &Desk, last: &[&'a str]) -> Vec<&'a str> {
    let items = desk.read("before.txt").matches("\n[robin-ashby/").count();
    let before = std::iter::repeat_n("s", items - 2);
    ["", "", ""].into_iter().chain(before).chain(last.iter().copied()).collect()
}

#[test]
fn a_condition_that_was_met_is_said_in_the_meeting() {
    let desk = bound();
    let before = desk.files();
    // That a commit would be refused is said before the questions.
    let (_, text, _) = typed(&desk, &format!("{MEETING} --commit"), &["", "", "", "l"]);
    let warned = "gwp: warning: students/robin-ashby.toml has changes that are not committed, and with --commit";
    // The terminal shows what is typed when it comes, which may be within the warning.
    assert!(text.replace('\n', "").starts_with(warned), "{text}");
    let lines = skipped(&desk, &["m", "11 February 2026", "20 January 2026", "still running", "", "yes", "no"]);
    let (status, text, _) = typed(&desk, MEETING, &lines);
    assert_eq!(status, 0, "{text}");
    for said in [
        "Robin Ashby: the condition \"a second supervisor\"\n- due on 10 February 2026, approved on 29 November 2025\n",
        "m met, r still running, x not met (s skip, n note, b back, ? help): m\nMet on [10 February 2026]: ",
        "This cannot be used: it is after the meeting of 10 February 2026.",
        "the condition \"a second supervisor\": met on 20 January 2026.",
        "the condition \"a word with her manager\": still running.",
        "Recorded LCC 10 February 2026: 1 condition met, in 2 records.",
    ] {
        assert!(text.contains(said), "{said}\nin\n{text}");
    }
    let written = conditions(&desk);
    assert!(written.contains("a second supervisor\", due = 2026-02-10, met = 2026-01-20 }"), "{written}");
    assert!(!written.contains("manager\", due = 2026-02-10, met"), "{written}");
    for (papers, of) in [("--minutes", "Minutes"), ("--submission", "Decisions")] {
        let minutes = desk.run(&format!("{MEETING} {papers}")).out;
        assert!(minutes.starts_with(&format!("## {of} of the LCC")), "{minutes}");
        assert!(minutes.contains("\n\nCondition met on 20 January 2026: a second supervisor.\n"), "{minutes}");
        assert!(minutes.contains("\n\nCondition still running: a word with her manager.\n"), "{minutes}");
    }
    // What was said in the meeting is not asked again, and can be taken back.
    let (_, text, _) = typed(&desk, MEETING, &["", "", "", ""]);
    let text = text.replace('\n', " ");
    assert!(text.contains("(met on 20 January 2026)") && text.contains("(still running)"), "{text}");
    assert_eq!(desk.run("undo --yes").status, 0);
    assert_eq!(desk.files(), before);
}

#[test]
fn it_is_said_on_paper_too() {
    let desk = bound();
    let form = desk.read("before.txt");
    let fill = |form: &str, number: usize, label: &str, words: &str| {
        let (head, of) =
            form.split_once(&format!("[robin-ashby/condition-2025-11-29-{number}]\n")).expect("it is asked");
        let at = of.find(label).expect("that is asked");
        let end = at + of[at..].find('\n').expect("it ends");
        let line = &of[at..end];
        let filled =
            if line.ends_with("[ ]") { line.replace("[ ]", &format!("[{words}]")) } else { format!("{line} {words}") };
        format!("{head}[robin-ashby/condition-2025-11-29-{number}]\n{}{filled}{}", &of[..at], &of[end..])
    };
    let read = |desk: &Desk, form: &str| {
        std::fs::write(desk.path("form.txt"), form).expect("it can be written");
        desk.run("meeting --from form.txt")
    };
    let met = fill(&form, 1, "Condition", "met");
    // A day that is still to come, or has no year, is no day of meeting it.
    for (day, why) in [("11 February 2026", "it is after the meeting of 10 February 2026"), ("soon", "line ")] {
        let ran = read(&desk, &fill(&met, 1, "If met, the day", day));
        assert!(ran.status == 2 && ran.out.contains(why) && ran.out.contains(day), "{}{}", ran.out, ran.err);
    }
    let whole = fill(&fill(&met, 1, "If met, the day", "20 Jan 2026"), 2, "Condition", "not met");
    let ran = read(&desk, &whole);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(conditions(&desk).contains("met = 2026-01-20 }") && conditions(&desk).matches("met =").count() == 1);
    assert!(desk.read("meetings/lcc-2026-02-10.toml").contains("\"Condition not met: a word with her manager.\""));
    // The same form once more changes nothing; one that says otherwise is refused.
    let (record, minutes) = (conditions(&desk), desk.read("meetings/lcc-2026-02-10.toml"));
    read(&desk, &whole);
    assert_eq!((conditions(&desk), desk.read("meetings/lcc-2026-02-10.toml")), (record, minutes));
    let ran = read(&desk, &fill(&form, 1, "Condition", "still running"));
    assert!(ran.out.contains("the record of that day says met on 20 January 2026"), "{}{}", ran.out, ran.err);
}

#[test]
fn what_the_meeting_answers_can_open_an_award() {
    let desk = Desk::of("tests/cases/base");
    let path = "students/robin-ashby.toml";
    let report = desk.read(path);
    assert_eq!(
        desk.run("correct robin-ashby report GWP2 2026-06-10 --rating context=developing").status,
        0,
        "{report}"
    );
    let (status, text, _) = typed(&desk, "meeting 2026-07-11", &["", "", "", "a", "", "yes", "no"]);
    assert_eq!(status, 0, "{text}");
    let said = "Now there is more to decide: Robin Ashby: the award. \"gwp meeting 2026-07-11\" asks about it.\n";
    assert!(text.contains("context (C2)") && text.ends_with(said), "{text}");
    let (status, text, _) = typed(&desk, "meeting 2026-07-11", &["", "", "", "r", "", "yes", "no"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("Item 2 of 2. Robin Ashby: the award\n") && !text.contains("more to decide"), "{text}");
    let record = desk.read(path);
    assert!(record.contains("outcome = \"recommended\"\nminute = \"LCC 11 July 2026, item 2\"\n"), "{record}");
}
