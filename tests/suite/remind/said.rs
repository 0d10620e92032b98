//! What a reminder says, to whom and when.

use super::{BEA, Desk, WIL, points, told};

#[test]
fn one_letter_for_each_person_in_whatever_office() {
    let desk = Desk::new();
    let letters = desk.letters("--as-of 2026-01-20");
    assert_eq!(
        letters.names(),
        ["Ann Lee", "Bea Moss", "Ros Hallam", "Sam Rowe", "Wil Marsh"]
            .iter()
            .copied()
            .filter(|name| letters.texts.contains_key(*name))
            .collect::<Vec<_>>()
    );
    let wil = letters.text("Wil Marsh");
    assert!(wil.contains("due from you as\nworkplace supervisor and WRG supervisor."), "{wil}");
    assert_eq!(points(wil).len(), 2, "{wil}");
    // Two courses, and one address written in two ways.
    let ros = letters.text("Ros Hallam");
    assert!(ros.contains("Ann Lee") && ros.contains("Bea Moss"), "{ros}");
    // Nobody has to be reminded of a meeting of the LCC, and the one who has no address is told of at the end.
    assert!(!ros.to_lowercase().contains("lcc meeting"), "{ros}");
    assert!(letters.end.contains("Without an address") && letters.end.contains("Lou Park"), "{}", letters.end);
    assert!(letters.end.contains("nobody yet") && letters.end.contains("Cy Dunn"), "{}", letters.end);
}

#[test]
fn a_form_says_what_it_must_say_and_to_whom_it_goes() {
    let desk = Desk::new();
    let letters = desk.letters("--as-of 2026-01-20");
    let [sam] = <[String; 1]>::try_from(points(letters.text("Sam Rowe"))).expect("one thing is due");
    for said in [
        "GWP Form 2 for Ann Lee, due on 31 January 2026, in 11 days.",
        "working alliance, context, process and dynamics, boundaries, active listening, conflict, difference, \
         confidentiality and professional relationships",
        "It goes to Ros Hallam, convenor, ros.hallam@example.org.",
    ] {
        assert!(sam.contains(said), "{sam}");
    }
    assert!(!sam.contains("not begun"), "{sam}");
    // Nothing was held or presented, and so the report says it.
    let wil = points(letters.text("Wil Marsh")).concat();
    assert!(wil.contains("Neither a session nor a presentation is recorded for Bea Moss:"), "{wil}");
    assert!(!wil.contains("recorded for Ann Lee"), "{wil}");
    // What is planned is not there yet.
    desk.write(
        "case/students/bea.toml",
        format!("{BEA}wrg = [{{ supervisor = \"sam\", from = 2025-09-27, presentations = [2026-01-21] }}]\n"),
    );
    let said = |day: &str| desk.letters(&format!("--as-of {day}")).text("Wil Marsh").contains("not begun");
    assert!(said("2026-01-20") && !said("2026-01-21"));
}

#[test]
fn the_stages_change_a_week_before_and_on_the_day_after() {
    let desk = Desk::new();
    for (day, heading, when) in [
        ("2026-01-23", "Still to come: a first reminder", ", in 8 days."),
        ("2026-01-24", "Due within a week: a further reminder", ", in 7 days."),
        ("2026-01-30", "Due within a week: a further reminder", ", in 1 day."),
        ("2026-01-31", "Due within a week: a further reminder", ", today."),
        ("2026-02-01", "Overdue", " and now 1 day late."),
    ] {
        let letters = desk.letters(&format!("--as-of {day} --from sam"));
        let text = letters.text("Sam Rowe");
        let headings: Vec<_> = text
            .lines()
            .filter(|line| ["Overdue", "Due wi", "Still "].iter().any(|one| line.starts_with(one)))
            .collect();
        assert_eq!(headings, [heading], "{day}");
        assert!(points(text)[0].contains(&format!("due on 31 January 2026{when}")), "{day} {text}");
    }
    // Overdue first, then in order of date.
    let letters = desk.letters("--as-of 2026-05-20 --within 1m --from sam");
    let days: Vec<_> = points(letters.text("Sam Rowe")).iter().map(|point| point[..60].to_owned()).collect();
    assert!(days[0].contains("31 January") && days[1].contains("13 June"), "{days:?}");
}

#[test]
fn within_a_time_and_no_further() {
    let desk = Desk::new();
    let gets = |words: &str| desk.letters(words).texts.contains_key("Sam Rowe");
    assert!(!gets("--as-of 2026-01-02"));
    assert!(gets("--as-of 2026-01-03"));
    assert!(!gets("--as-of 2026-01-23 --within 7d"));
    assert!(gets("--as-of 2026-01-24 --within 1w"));
    assert!(!gets("--as-of 2026-01-30 --within 0d"));
    assert!(gets("--as-of 2026-01-31 --within 0d"));
    assert!(gets("--as-of 2026-02-01 --within 0d"));
}

#[test]
fn since_a_day_only_what_is_new() {
    let desk = Desk::new();
    let gets = |as_of: &str, since: &str| {
        desk.letters(&format!("--as-of {as_of} --since {since}")).texts.contains_key("Sam Rowe")
    };
    // It comes within reach, then within a week, then it is late; in between nothing is new.
    for (as_of, since, is_told) in [
        ("2026-01-03", "2026-01-02", true),
        ("2026-01-04", "2026-01-03", false),
        ("2026-01-23", "2026-01-03", false),
        ("2026-01-24", "2026-01-23", true),
        ("2026-01-31", "2026-01-24", false),
        ("2026-02-01", "2026-01-31", true),
        ("2026-03-01", "2026-02-01", false),
        ("2026-03-01", "2026-01-31", true),
    ] {
        assert_eq!(gets(as_of, since), is_told, "{as_of} since {since}");
    }
    let nothing = desk.letters("--as-of 2026-01-26 --since 2026-01-25");
    assert_eq!(nothing.names(), [""; 0]);
    assert!(nothing.end.starts_with("There is no letter to write, as of 26 January 2026."), "{}", nothing.end);
    for since in ["2026-01-26", "2026-01-27"] {
        let said = desk.refused(&format!("--as-of 2026-01-26 --since {since}"));
        assert!(said.contains("is not before 2026-01-26"), "{said}");
    }
    // A new supervisor was told nothing, though the report was already asked for.
    desk.write("case/supervisors/kit.toml", WIL.replace("Wil Marsh", "Kit Orr").replace("wil.marsh", "kit.orr"));
    desk.write(
        "case/students/bea.toml",
        BEA.replace("external", "until = 2026-01-09, external")
            .replace("}]\n", "}, { group = \"bea-group\", supervisor = \"kit\", from = 2026-01-10 }]\n"),
    );
    let letters = desk.letters("--as-of 2026-01-12 --since 2026-01-09");
    let kit = told(letters.text("Kit Orr"));
    assert!(kit.iter().any(|(what, ..)| what == "gwp form 2"), "{kit:?}");
}

#[test]
fn only_who_and_what_is_asked_for() {
    let desk = Desk::new();
    let names =
        |words: &str| desk.letters(&format!("--as-of 2026-01-20 {words}")).texts.into_keys().collect::<Vec<_>>();
    assert_eq!(names("--from sam"), ["Sam Rowe"]);
    assert_eq!(names("--from wrg-supervisor"), ["Wil Marsh"]);
    assert_eq!(names("--from workplace-supervisor --student bea"), ["Wil Marsh"]);
    assert_eq!(names("--course york-2025 --from convenor"), ["Ros Hallam"]);
    let letters = desk.letters("--as-of 2026-01-20 --from wrg-supervisor");
    assert_eq!(points(letters.text("Wil Marsh")).len(), 1);
    assert!(letters.end.contains("Shown is only what is due from the WRG supervisor."), "{}", letters.end);
    assert!(desk.refused("--from nobody").contains("is called \"nobody\""));
    assert!(desk.refused("--student anne").contains("did you mean \"ann\"?"));
}

#[test]
fn whoever_could_not_be_judged_is_named() {
    let desk = Desk::new();
    desk.write("case/students/di.toml", "name = \"Di Hart\"\ncourse = \"leeds\"\n");
    let letters = desk.letters("--as-of 2026-01-20");
    assert!(
        letters.end.contains("1 student could not be judged and cannot be in this list: Di Hart."),
        "{}",
        letters.end
    );
}

#[test]
fn several_folders_and_one_letter() {
    let desk = Desk::new();
    for (path, text) in super::FOLDER {
        desk.write(&format!("other/{path}"), text.replace("Ann Lee", "Una Lee"));
    }
    let ran = desk.run("remind case other --as-of 2026-01-20");
    assert_eq!((ran.status, &*ran.err), (0, ""));
    let letters = super::Letters::of(&ran.out);
    let sam = letters.text("Sam Rowe");
    assert!(sam.contains("GWP Form 2, one each for Ann Lee and Una Lee, due on 31 January 2026"), "{sam}");
    assert!(letters.end.contains("Case folder case") && letters.end.contains("Case folder other"), "{}", letters.end);
    // Without addresses, people of one name in two folders are two.
    assert_eq!(letters.end.matches("Lou Park").count(), 2, "{}", letters.end);
    desk.write("other/gwp.toml", "lcc_meetings = [2999-01-01]\n");
    desk.write("case/gwp.toml", "lcc_meetings = [2999-01-02]\n");
    let ran = desk.run("remind case other --as-of next-lcc");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("on different days"), "{}", ran.err);
}

#[test]
fn the_same_on_every_run_and_in_every_place() {
    let desk = Desk::new();
    let first = desk.remind("--as-of 2026-01-20").out;
    assert_eq!(desk.remind("--as-of 2026-01-20").out, first);
    let elsewhere = crate::program::Program::within(desk.0.path());
    let elsewhere = elsewhere.env("HOME", "").env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8");
    assert_eq!(elsewhere.run("remind case --as-of 2026-01-20").out, first);
    for line in first.lines().take_while(|line| !line.starts_with("There are")) {
        assert!(line.chars().count() <= 76 || line.starts_with("Subject: "), "{line}");
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused_on_one_line() {
    let desk = Desk::new();
    let program = crate::program::Program::within(desk.0.path());
    for text in ["", " ", "\u{1b}[31mred", "two\nlines", "\u{202e}", "2026-02-30", "28 days", "=cmd|x"] {
        for option in ["--as-of", "--since", "--within", "--from", "--student", "--course", "--verdict", "--sender"] {
            let ran = program.run_with(&["remind", "case", option, text]);
            assert_eq!((ran.status, &*ran.out), (2, ""), "{option} {text:?}: {}", ran.err);
            assert!(ran.err.starts_with("gwp: ") && ran.err.lines().count() == 1, "{}", ran.err);
            assert!(!ran.err.trim_end().chars().any(gwp::text::is_deceptive), "{}", ran.err);
        }
    }
}

#[test]
fn an_empty_name_of_a_folder_is_none() {
    let desk = Desk::new();
    let ran = crate::program::Program::within(desk.0.path()).run_with(&["remind", "case", "--out", ""]);
    assert_eq!((ran.status, &*ran.out, ran.err.lines().count()), (2, "", 1), "{}", ran.err);
}
