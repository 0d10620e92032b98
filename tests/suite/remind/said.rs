//! What a reminder says, to whom and when.

use super::{ANN_GROUP, BEA, Desk, SAM, WIL, points, told};

#[test]
fn one_letter_for_each_person_in_whatever_office() {
    let desk = Desk::new();
    let letters = desk.letters("--as-of 2026-01-20");
    assert_eq!(letters.names(), ["Ros Hallam", "Sam Rowe", "Wil Marsh"]);
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
        ("2026-01-23", "Still to come", ", in 8 days."),
        ("2026-01-24", "Due within a week", ", in 7 days."),
        ("2026-01-30", "Due within a week", ", in 1 day."),
        ("2026-01-31", "Due within a week", ", today."),
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
fn of_the_next_supervision_meeting_only_in_its_last_week() {
    let program = crate::program::Program::at_the_top();
    for (what, due, too_early, in_time) in [
        ("supervision meeting", "23 February 2026", "2026-02-15", "2026-02-16"),
        ("joint supervision meeting", "12 March 2026", "2026-03-04", "2026-03-05"),
    ] {
        let is_told = |as_of: &str| {
            let ran = program.run(&format!("remind examples/london --as-of {as_of} --from gareth-pugh"));
            let letters = super::Letters::of(&ran.out);
            let told = letters.texts.get("Gareth Pugh").map(|text| told(text)).unwrap_or_default();
            told.contains(&(what.to_owned(), due.to_owned(), String::new()))
        };
        assert_eq!((is_told(too_early), is_told(in_time)), (false, true), "{what}");
        // It is owed on both days; only nobody is reminded of it.
        let ran = program.run(&format!("due examples/london --as-of {too_early} --from gareth-pugh --format csv"));
        assert!(ran.rows().iter().any(|row| row.cell("what") == what && row.cell("days") == "-8"), "{}", ran.out);
    }
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
    // Without addresses, people of one name in two folders are two, and are told apart.
    let of_lou = letters.end.lines().filter(|line| line.contains("Lou Park"));
    let folders: Vec<_> = of_lou.map(|line| line.split_whitespace().next().unwrap_or_default()).collect();
    assert_eq!(folders, ["case", "other"], "{}", letters.end);
    assert!(!desk.letters("--as-of 2026-01-20").end.contains("Folder"));
    desk.write("other/gwp.toml", "lcc_meetings = [2999-01-01]\n");
    desk.write("case/gwp.toml", "lcc_meetings = [2999-01-02]\n");
    let ran = desk.run("remind case other --as-of next-lcc");
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("on different days"), "{}", ran.err);
}

#[test]
fn students_of_one_name_are_told_apart_by_their_course() {
    let desk = Desk::new();
    desk.write(
        "case/students/bea.toml",
        BEA.replace("Bea Moss", "Ann Lee").replace("supervisor = \"wil\"", "supervisor = \"sam\""),
    );
    let sam = desk.letters("--as-of 2026-01-20").text("Sam Rowe").to_owned();
    let sam = points(&sam).concat();
    assert!(["York", "Hull"].iter().all(|course| sam.contains(&format!("for Ann Lee ({course}), due on"))), "{sam}");
    assert!(sam.contains("recorded for Ann Lee (Hull):"), "{sam}");
    // Where the course does not tell them apart, the id does.
    desk.write(
        "case/students/bea.toml",
        BEA.replace("Bea Moss", "Ann Lee")
            .replace("supervisor = \"wil\"", "supervisor = \"sam\"")
            .replace("hull", "york"),
    );
    let sam = points(desk.letters("--as-of 2026-01-20").text("Sam Rowe")).concat();
    assert!(sam.contains("Ann Lee (York / ann)") && sam.contains("Ann Lee (York / bea)"), "{sam}");
    // And where they are one person, who is on two courses.
    desk.write("case/students/bea.toml", BEA.replace("Bea Moss", "Ann Lee").replace("bea.moss@", "ann.lee@"));
    let ann = desk.letters("--as-of 2026-07-20 --within 36m").text("Ann Lee").to_owned();
    assert!(points(&ann).iter().all(|point| point.contains(" for Ann Lee (")), "{ann}");
    assert!(ann.contains("(Hull)") && ann.contains("(York)"), "{ann}");
}

#[test]
fn what_runs_out_is_asked_for_with_all_that_a_record_needs() {
    let desk = Desk::new();
    let asked = "Please let us know with which body you are registered, under which number and until what day, or send \
                 other evidence of your experience and training.";
    for registrations in [
        "registrations = [{ body = \"UKCP\", checked = 2025-10-01, expires = 2025-11-01 }]\n",
        "registrations = [{ body = \"UKCP\", checked = 2025-10-01, expires = 2026-02-01 }]\n",
    ] {
        let sam = SAM.split_once("registrations").expect("it has some").0;
        desk.write("case/supervisors/sam.toml", format!("{sam}{registrations}"));
        let letters = desk.letters("--as-of 2026-01-20 --from sam");
        let points = points(letters.text("Sam Rowe"));
        let own = points
            .iter()
            .find(|point| point.starts_with("Your registration, for the work with Ann Lee (\"A group\"), due on "));
        assert!(own.is_some_and(|point| point.contains(asked)), "{points:?}");
    }
    let held = ANN_GROUP.replace("sessions = []", "sessions = [{ date = 2025-10-13, minutes = 90, present = 5 }]");
    desk.write("case/sessions/ann-group.toml", held);
    let letters = desk.letters("--as-of 2026-01-20 --from ann");
    let insurance = points(letters.text("Ann Lee")).into_iter().find(|point| point.starts_with("Insurance"));
    assert!(
        insurance.as_ref().is_some_and(|point| point.contains(
            "Please let us know whether the insurance is your own or your employer's, and its first and last day."
        )),
        "{insurance:?}"
    );
}

#[test]
fn whoever_writes_to_themself_is_neither_thanked_nor_asked_to_tell() {
    let desk = Desk::new();
    let is_thanked = |words: &str| {
        let letters = desk.letters(&format!("--as-of 2026-01-20 --from convenor {words}"));
        let text = letters.text("Ros Hallam");
        let said = ["With many thanks", "please tell"].map(|said| text.contains(said));
        assert_eq!(said[0], said[1], "{text}");
        said[0]
    };
    // One address, in whatever letters and under whatever name.
    assert!(!is_thanked(""));
    assert!(!is_thanked("--sender ROS.hallam@example.org"));
    assert!(is_thanked("--sender office@example.org"));
    // Of two people of one name each is somebody else.
    let sam = SAM.replace("Sam Rowe", "Ros Hallam");
    desk.write("case/supervisors/sam.toml", sam);
    let letters = desk.letters("--as-of 2026-01-20 --from sam");
    assert!(letters.text("Ros Hallam").contains("please tell Ros Hallam"), "{:?}", letters.texts);
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
