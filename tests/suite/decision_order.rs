//! Decisions in an order in which they cannot rest on each other. The base of `tests/cases` is ready for an award from
//! 11 July 2026 on, the day on which the Diploma is completed; its arrangements were approved on 29 November 2025 and
//! ratified on 17 January 2026.

use std::fmt::Write as _;

use gwp::Folder;
use gwp::calendar::Day;
use gwp::problems::{Level, ProblemName};
use gwp::text::{Locator, Text};

use crate::cases::{base_files, sources};

const STUDENT: &str = "students/robin-ashby.toml";

/// The base with more decisions: body, matter, day and outcome of each.
fn with(decisions: &[[&str; 4]]) -> Folder {
    let mut files = base_files();
    let text = files.get_mut(STUDENT).expect("the base has a student");
    for [body, about, date, outcome] in decisions {
        let _ = write!(
            text,
            "\n[[decision]]\nbody = \"{body}\"\nabout = \"{about}\"\ndate = {date}\noutcome = \"{outcome}\"\n"
        );
    }
    Folder::of_sources(Text::new("york"), sources(&files), &|_| true)
}

/// What is said of the order of decisions as of a day: after how many lines of the record, and the message.
fn said(decisions: &[[&str; 4]], as_of: &str) -> Vec<(usize, String)> {
    let folder = with(decisions);
    let judged = folder.judge(Day::parse(as_of).expect("a day")).expect("the folder can be judged");
    let mut locator = Locator::new(&folder.sources);
    let own = base_files()[STUDENT].lines().count();
    let problems = judged.problems(&mut locator).into_iter();
    let problems = problems.inspect(|problem| {
        assert_eq!((problem.name, problem.level), (ProblemName::DecisionOrder, Level::Warning), "{}", problem.message);
    });
    problems.map(|problem| (problem.place(&mut locator).0 - own, problem.message)).collect()
}

const NEVER: &str = "2030-01-01";

#[test]
fn decisions_in_order_are_not_named() {
    let decisions = [
        ["LCC", "award", "2026-07-11", "recommended"],
        ["SPC", "award", "2026-07-11", "awarded"],
        ["NTM", "award", "2026-07-11", "ratified"],
        ["SPC", "arrangements", "2025-11-29", "queried"],
    ];
    assert_eq!(said(&decisions, NEVER), []);
}

#[test]
fn the_spc_decides_after_the_lcc() {
    let before = |about: &str, day: &str| {
        format!("the SPC decided about the {about} on {day}, and no decision of the LCC about it is recorded by then")
    };
    let ratified = ["SPC", "arrangements", "2025-11-28", "ratified"];
    assert_eq!(said(&[ratified], NEVER), [(5, before("arrangements", "28 November 2025"))]);
    // Not the LCC's decision about the arrangements, and not one of another body, goes before one about the award.
    let declined = ["SPC", "award", "2026-07-20", "declined"];
    assert_eq!(said(&[declined], NEVER), [(5, before("award", "20 July 2026"))]);
    let panel = ["panel", "award", "2026-07-12", "suitable"];
    assert_eq!(said(&[panel, declined], NEVER), [(11, before("award", "20 July 2026"))]);
    let later = ["LCC", "award", "2026-07-21", "recommended"];
    assert_eq!(said(&[declined, later], NEVER), [(5, before("award", "20 July 2026"))]);
    let of_the_day = ["LCC", "award", "2026-07-20", "deferred"];
    assert_eq!(said(&[declined, of_the_day], NEVER), []);
}

#[test]
fn what_is_decided_later_is_not_known_yet() {
    let declined = ["SPC", "award", "2026-07-20", "declined"];
    assert_eq!(said(&[declined], "2026-07-19"), []);
    assert_eq!(said(&[declined], "2026-07-20").len(), 1);
    let recommended = ["LCC", "award", "2026-07-10", "recommended"];
    assert_eq!(said(&[recommended], "2026-07-09"), []);
    assert_eq!(said(&[recommended], "2026-07-10").len(), 1);
}

#[test]
fn the_award_is_recommended_and_made_where_the_case_is_ready() {
    let not_ready = |outcome: &str, day: &str| {
        format!(
            "the award was {outcome} on {day}, when the verdict without the decisions about it was on-track, not ready"
        )
    };
    let recommended = ["LCC", "award", "2026-07-10", "recommended"];
    let awarded = ["SPC", "award", "2026-07-10", "awarded"];
    assert_eq!(
        said(&[recommended, awarded], NEVER),
        [(5, not_ready("recommended", "10 July 2026")), (11, not_ready("awarded", "10 July 2026"))]
    );
    // A day later both is ready, and the award itself does not make it so.
    let later = [["LCC", "award", "2026-07-11", "recommended"], ["SPC", "award", "2026-07-12", "awarded"]];
    assert_eq!(said(&later, NEVER), []);
    // Of whoever is awarded already the case is asked as if it were not.
    let again = [later[0], later[1], recommended];
    assert_eq!(said(&again, NEVER), [(17, not_ready("recommended", "10 July 2026"))]);
}

#[test]
fn other_outcomes_need_no_case_that_is_ready() {
    for outcome in ["not-recommended", "deferred", "interview"] {
        assert_eq!(said(&[["LCC", "award", "2026-07-10", outcome]], NEVER), [], "{outcome}");
    }
    let lcc = ["LCC", "award", "2026-07-09", "deferred"];
    for outcome in ["declined", "interview"] {
        assert_eq!(said(&[lcc, ["SPC", "award", "2026-07-10", outcome]], NEVER), [], "{outcome}");
    }
    for (body, outcome) in [("panel", "suitable"), ("NTM", "ratified")] {
        assert_eq!(said(&[lcc, [body, "award", "2026-07-10", outcome]], NEVER), [], "{outcome}");
    }
}

#[test]
fn a_decision_that_stands_very_often_is_asked_about_for_its_first_days() {
    let days: Vec<_> = (1..=12).map(|day| format!("2026-06-{day:02}")).collect();
    let decisions: Vec<_> = days.iter().map(|day| ["LCC", "award", day, "recommended"]).collect();
    let found = said(&decisions[..10], NEVER);
    assert!(found.len() == 10 && found.iter().all(|(_, message)| message.ends_with("not ready")), "{found:?}");
    let found = said(&[&decisions[..], &decisions[..1]].concat(), NEVER);
    let beyond: Vec<_> = found.iter().filter(|(_, message)| !message.ends_with("not ready")).collect();
    let message = "the award was recommended or made on more than 10 days; whether the case was ready is asked for the \
                   first 10 of them only";
    assert_eq!(beyond, [&(5 + 10 * 6, message.to_owned())]);
    // The first ten days, and the first of them once more.
    assert_eq!(found.len(), 10 + 1 + 1);
}

#[test]
fn the_folder_sets_the_level() {
    let mut files = base_files();
    let text = files.get_mut(STUDENT).expect("the base has a student");
    text.push_str("\n[[decision]]\nbody = \"SPC\"\nabout = \"award\"\ndate = 2026-07-20\noutcome = \"declined\"\n");
    files.insert("gwp.toml".to_owned(), "[levels]\ndecision-order = \"off\"\n".to_owned());
    let folder = Folder::of_sources(Text::new("york"), sources(&files), &|_| true);
    let judged = folder.judge(Day::parse(NEVER).expect("a day")).expect("the folder can be judged");
    assert_eq!(judged.problems(&mut Locator::new(&folder.sources)), []);
}

/// What somebody is told who records a second answer to one question on one day.
mod same_day {
    use crate::desk::Desk;

    const REFUSED: &str = "rule bethan-maddox G1 refused --on 2026-02-08 --as-of 2026-02-10";
    const APPROVED: &str = "decide bethan-maddox LCC arrangements approved --as-of 2026-02-10 --on";
    const STANDS: &str = "of the same day this is recorded already, and says otherwise: the LCC ruled on 8 February 2026 on \
                          G1: refused";
    const RIGHT: &str = "If that is wrong: gwp correct bethan-maddox ruling G1 2026-02-08 --outcome accepted";

    #[test]
    fn a_refusal_and_an_approval_of_one_day_are_told() {
        let desk = Desk::london();
        assert_eq!(desk.run(REFUSED).status, 0);
        // The day before and the day after nothing is said: the committee has met again.
        for (day, is_told) in [("2026-02-07", false), ("2026-02-08", true), ("2026-02-09", false)] {
            let ran = desk.run(&format!("{APPROVED} {day}"));
            assert_eq!(ran.status, 0, "{}", ran.err);
            let warned = format!("gwp: warning: {STANDS}. {RIGHT}\n");
            assert_eq!(ran.err.contains(&warned), is_told, "{day}: {}", ran.err);
        }
        let ran = desk.run("correct bethan-maddox ruling G1 2026-02-08 --outcome accepted --as-of 2026-02-10");
        assert_eq!(ran.status, 0, "what is offered can be typed: {}", ran.err);
        // The other way round.
        let ran = desk.run("rule bethan-maddox G1 refused --of 2026-01-12 --on 2026-02-09 --as-of 2026-02-10");
        assert_eq!(ran.status, 0, "{}", ran.err);
        let right = "gwp correct bethan-maddox decision LCC arrangements 2026-02-09 --outcome declined";
        assert!(ran.err.contains("about the arrangements: approved. If that is wrong") && ran.err.contains(right));
    }

    #[test]
    fn a_ruling_that_contradicts_one_of_the_day_is_refused() {
        let desk = Desk::london();
        let rule =
            |words: &str| desk.run(&format!("rule lewis-strachan G4 {words} --on 2026-02-08 --as-of 2026-02-10"));
        assert_eq!(rule("refused --of 2025-05-07,2025-05-14").status, 0);
        let before = desk.files();
        let (one, both) = ("2025-05-07", "2025-05-07,2025-05-14");
        let correct = "If that is wrong: gwp correct lewis-strachan ruling G4 2026-02-08";
        for (words, right) in [
            // The rest of the ruling stands, and what is said now is another ruling.
            (one, format!("{correct} --of 2025-05-14, and then this command again")),
            (both, format!("{correct} --outcome accepted")),
            ("2025-05-07,2025-05-14,2025-05-21", format!("{correct} --outcome accepted --of {both},2025-05-21")),
        ] {
            let ran = rule(&format!("accepted --of {words}"));
            let told = format!(
                "gwp: recorded already, and otherwise: the LCC ruled on 8 February 2026 on G4 (7 May 2025, 14 May 2025): \
                 refused; nothing is written. {right}\n"
            );
            assert_eq!((ran.status, ran.err), (2, told));
        }
        assert_eq!(desk.files(), before);
        // Neither is the date of another ruling, of another body or the same answer.
        for words in ["accepted --of 2025-05-21", "refused --of 2025-05-07", "accepted --of 2025-05-07 --body NTM"] {
            let ran = rule(words);
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{words}");
        }
        // A ruling on everything goes behind the dates that are listed: both can be.
        let ran = rule("accepted");
        assert!(ran.status == 0 && ran.err.contains("of the same day this is recorded already"), "{}", ran.err);
        let ran = rule("refused");
        assert!(ran.status == 2 && ran.err.contains("on G4: accepted; nothing is written"), "{}", ran.err);
    }

    #[test]
    fn the_command_that_corrects_a_ruling_means_one_of_several() {
        let desk = Desk::london();
        let run = |line: &str| desk.run(&format!("{line} --as-of 2026-02-10"));
        for words in ["refused --of 2025-05-07", "refused --of 2025-05-14", "accepted --of 2025-05-21"] {
            assert_eq!(run(&format!("rule lewis-strachan G4 {words} --on 2026-02-08")).status, 0);
        }
        let ran = run("rule lewis-strachan G4 accepted --of 2025-05-14 --on 2026-02-08");
        let correct =
            "correct lewis-strachan ruling G4 2026-02-08 LCC refused 2025-05-07 --outcome accepted".replace("07", "14");
        assert!(ran.err.ends_with(&format!("If that is wrong: gwp {correct}\n")), "{}", ran.err);
        let ran = run(&correct);
        assert_eq!(ran.status, 0, "{}", ran.err);
        // Of those that nothing is said of, the dates tell one from the other.
        let ran = run("correct lewis-strachan ruling G4 2026-02-08 --outcome accepted");
        assert!(
            ran.err.contains("of 7 May 2025, outcome") && ran.err.contains("of 14 May 2025, outcome"),
            "{}",
            ran.err
        );
    }

    #[test]
    fn two_rulings_that_an_editor_wrote_are_told_in_the_meeting() {
        let desk = Desk::london();
        let rule = |outcome: &str, date: &str| {
            desk.run(&format!("rule lewis-strachan G4 {outcome} --of {date} --on 2026-02-08 --as-of 2026-02-10"))
        };
        assert_eq!([rule("refused", "2025-05-07").status, rule("accepted", "2025-05-06").status], [0, 0]);
        let form = |name: &str| {
            assert_eq!(desk.run(&format!("meeting 2026-02-08 --as-of 2026-02-10 --form {name}")).status, 0);
            desk.read(name).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let told =
            "Lewis Strachan: two rulings of this meeting on G4 contradict each other, for 7 May 2025; the last in";
        assert!(!form("before.txt").contains("contradict each other"));
        let path = "students/2024/lewis-strachan.toml";
        let text = desk.read(path).replace("2025-05-06", "2025-05-07");
        std::fs::write(desk.path(path), text).expect("it can be written");
        let form = form("after.txt");
        assert!(form.contains(told), "{form}");
    }

    #[cfg(unix)]
    #[test]
    fn somebody_at_a_terminal_is_asked_and_the_meeting_shows_it() {
        use crate::asking::at_a_terminal;
        let desk = Desk::london();
        assert_eq!(desk.run(REFUSED).status, 0);
        let before = desk.read("students/2025/bethan-maddox.toml");
        let (status, shown) = at_a_terminal(&desk, &format!("{APPROVED} 2026-02-08"), &["\n"]);
        assert!(status == 2 && shown.contains(&format!("Note: {STANDS}. Record both (yes, no) [no]: ")), "{shown}");
        assert!(shown.contains("nothing is written. If what is recorded is wrong: gwp correct"), "{shown}");
        assert_eq!(desk.read("students/2025/bethan-maddox.toml"), before);
        assert_eq!(desk.run("meeting 2026-02-08 --as-of 2026-02-10 --form form.txt").status, 0);
        let form = desk.read("form.txt");
        assert!(form.contains("- recorded of this meeting already: G1 refused\n"), "{form}");
        let filled =
            form.replacen("Decision (approve, query or decline): [ ]", "Decision (approve, query or decline): [a]", 1);
        std::fs::write(desk.path("form.txt"), filled).expect("it can be written");
        let ran = desk.run("meeting --from form.txt --as-of 2026-02-10");
        assert!(ran.status == 0 && ran.err.contains(STANDS), "{}{}", ran.out, ran.err);
        let (status, shown) = at_a_terminal(&desk, &format!("{APPROVED} 2026-02-08"), &[]);
        assert_eq!(status, 0, "it is recorded already, and says the same: {shown}");
    }
}

/// An approval that leaves what it asks of the supervisors to be answered says so, also for what it settles itself.
#[test]
fn an_approval_names_what_it_leaves_to_be_answered() {
    use crate::desk::Desk;
    let approve = "decide bethan-maddox LCC arrangements approved --on 2026-02-09 --as-of 2026-02-10";
    let left = "Note: the arrangements were approved by the LCC on 9 February 2026, and this is still to be answered: ";
    let desk = Desk::london();
    let ran = desk.run(approve);
    assert!(
        ran.status == 0 && ran.out.contains(left) && ran.out.contains("S3 supervisor-experience (query)"),
        "{}",
        ran.out
    );
    assert_eq!(desk.run("undo --yes").status, 0);
    // What is ruled on the same day is answered.
    let ran = desk.run("rule bethan-maddox S3 accepted --on 2026-02-09 --as-of 2026-02-10");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let ran = desk.run(approve);
    assert!(ran.status == 0 && !ran.out.contains("to be answered"), "{}", ran.out);
}
