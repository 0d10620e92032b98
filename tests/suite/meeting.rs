//! `gwp check --meeting`: what a committee needs, judged as of today.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;
use crate::program::Ran;

const TODAY: &str = "2026-02-10";

fn check(desk: &Desk, options: &str) -> Ran {
    desk.run(&format!("check --as-of {TODAY} {options}"))
}

fn overdue(ran: &Ran) -> Vec<Value> {
    ran.json()["overdue"].as_array().cloned().unwrap_or_default()
}

#[test]
fn nobody_is_called_late_for_days_that_are_still_to_come() {
    let desk = Desk::london();
    let (now, prepared) = (check(&desk, "--format json"), check(&desk, "--meeting next-lcc --format json"));
    assert_eq!(now.status, prepared.status);
    assert_eq!(overdue(&now), overdue(&prepared));
    let verdicts = |ran: &Ran| {
        let students = ran.json()["students"].as_array().cloned().unwrap_or_default();
        students.iter().map(|one| (one["id"].clone(), one["verdict"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&now), verdicts(&prepared));
    // Judged as of the meeting itself, days that nobody has lived through count as silence.
    let ahead = desk.run("check --as-of 2026-02-28 --format json");
    assert_ne!(verdicts(&now), verdicts(&ahead));
}

#[test]
fn what_falls_due_by_the_meeting_is_still_to_come() {
    let desk = Desk::london();
    let of = |meeting: &str| {
        let json = check(&desk, &format!("--meeting {meeting} --course london-2025 --format json")).json();
        let due: Vec<_> = json["due_by_meeting"].as_array().cloned().unwrap_or_default();
        let due = due.iter().map(|one| one["due"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
        (json["meeting"].as_str().map(str::to_owned), due)
    };
    let (meeting, due) = of("2026-02-24");
    assert_eq!(meeting.as_deref(), Some("2026-02-24"));
    assert_eq!(due.iter().filter(|day| *day == "2026-02-24").count(), 1, "{due:?}");
    assert!(due.iter().all(|day| ("2026-02-10"..="2026-02-24").contains(&day.as_str())), "{due:?}");
    let (_, due) = of("2026-02-23");
    assert!(!due.contains(&"2026-02-24".to_owned()), "{due:?}");
    let said = check(&desk, "--meeting 2026-02-24 --only overdue").out;
    assert!(said.contains("Still to come by the meeting of 24 February 2026"), "{said}");
    assert!(!check(&desk, "--only overdue").out.contains("Still to come"));
}

#[test]
fn each_course_has_its_own_next_meeting() {
    let desk = Desk::london();
    let json = check(&desk, "--meeting next-lcc --format json").json();
    let students = json["students"].as_array().cloned().unwrap_or_default();
    let of = |id: &str| students.iter().find(|one| one["id"] == id).map(|one| one["meeting"].clone());
    assert_eq!(of("bethan-maddox"), Some("2026-02-28".into()));
    assert_eq!(of("owen-tregear"), Some("2026-09-12".into()));
    let refused = check(&desk, "--meeting 2026-02-09");
    let why = "gwp: the meeting of 9 February 2026 was before 10 February 2026, the day as of which the folder is judged; \
               name a meeting that is still to come; --as-of gives another day\n";
    assert_eq!((refused.status, refused.err.as_str()), (2, why));
    assert_eq!(check(&desk, "--meeting 2026-02-10").status, 1);
    let none = desk.run("check --as-of 2029-01-01 --meeting next-lcc");
    assert!(none.status == 2 && none.err.contains("no LCC meeting"), "{}", none.err);
}

/// The rows of the agenda of Robin Ashby, as CSV.
fn agenda(desk: &Desk, as_of: &str) -> String {
    desk.run(&format!("check --as-of {as_of} --only agenda --format csv")).out
}

fn change(desk: &Desk, path: &str, from: &str, to: &str) {
    let text = desk.read(path);
    assert_eq!(text.matches(from).count(), 1, "{path} has this once: {from}");
    fs::write(desk.path(path), text.replace(from, to)).expect("it can be written");
}

#[test]
fn an_award_waits_for_the_diploma_alone() {
    let desk = Desk::of("tests/cases/base");
    let before = agenda(&desk, "2026-07-10");
    assert!(before.contains("to recommend once the Diploma is completed"), "{before}");
    let then = agenda(&desk, "2026-07-11");
    assert!(then.contains("award,") && !then.contains("once the Diploma"), "{then}");
    // On the day of the thirtieth session the final report is missing as well.
    let earlier = agenda(&desk, "2026-06-09");
    assert!(!earlier.contains("award,"), "{earlier}");
}

#[test]
fn an_award_names_sessions_with_one_member_and_those_online() {
    let desk = Desk::of("tests/cases/base");
    change(
        &desk,
        "sessions/tuesday-group.toml",
        "2026-03-10, minutes = 90, present = 7",
        "2026-03-10, minutes = 90, present = 1, online = true",
    );
    let rows = agenda(&desk, "2026-07-14");
    assert!(rows.contains("one member came on 10 March 2026; 1 session was held online"), "{rows}");
    let page = desk.run("show robin-ashby --as-of 2026-07-14").out.replace('\n', " ");
    assert!(page.contains("Recorded and not judged: one member came on 10 March 2026"), "{page}");
}

#[test]
fn conditions_and_ratifications_are_on_the_agenda_until_they_are_settled() {
    let desk = Desk::of("tests/cases/base");
    let approved = "date = 2025-11-29\noutcome = \"approved\"\n";
    let bound =
        format!("{approved}conditions = [{{ what = \"a second supervisor\", due = 2026-01-10, met = 2026-01-08 }}]\n");
    change(&desk, "students/robin-ashby.toml", approved, &bound);
    let rows = agenda(&desk, "2026-01-07");
    assert!(rows.contains("condition,robin-ashby") && rows.contains("a second supervisor"), "{rows}");
    assert!(rows.contains("ratification,robin-ashby"), "{rows}");
    let rows = agenda(&desk, "2026-01-08");
    assert!(!rows.contains("condition,robin-ashby") && rows.contains("ratification,robin-ashby"), "{rows}");
    let rows = agenda(&desk, "2026-01-17");
    assert!(!rows.contains("ratification,robin-ashby"), "{rows}");
}

#[test]
fn what_is_asked_of_an_arrangement_is_asked_with_its_approval() {
    let desk = Desk::of("tests/cases/base");
    change(&desk, "supervisors/kit-lowe.toml", "assessed = ", "# assessed = ");
    change(&desk, "sessions/tuesday-group.toml", "setting = \"health\"", "setting = \"workplace\"");
    let rows = agenda(&desk, "2025-11-28");
    let of = |part: &str| rows.lines().filter(|line| line.starts_with(part)).count();
    assert_eq!((of("arrangements,"), of("query,")), (1, 0), "{rows}");
    assert!(rows.contains("settled with the approval: ") && rows.contains("[G1]"), "{rows}");
    assert!(rows.contains("to rule on with it: the Course Director has not yet judged"), "{rows}");
    // In the minutes it is settled only with an approval.
    let body = "about = \"arrangements\"\ndate = 2025-11-29\noutcome = ";
    change(&desk, "students/robin-ashby.toml", &format!("{body}\"approved\""), &format!("{body}\"queried\""));
    for of in ["minutes", "submission"] {
        let minutes = desk.run(&format!("meeting 2025-11-29 --{of}")).out;
        assert!(minutes.contains("Queried") && minutes.contains("not settled: "), "{minutes}");
        assert!(!minutes.contains("settled with the approval"), "{minutes}");
    }
    change(&desk, "students/robin-ashby.toml", &format!("{body}\"queried\""), &format!("{body}\"approved\""));
    let minutes = desk.run("meeting 2025-11-29 --minutes").out;
    assert!(minutes.contains("settled with the approval: "), "{minutes}");
    // Approved, the setting is settled, and the supervisor is asked about by itself.
    let rows = agenda(&desk, "2025-11-29");
    assert!(!rows.contains("[G1]") && rows.contains("query,robin-ashby"), "{rows}");
}

#[test]
fn plans_whose_day_has_come_are_listed_with_the_command_that_confirms_them() {
    let desk = Desk::of("tests/cases/base");
    let held = "2026-03-10, minutes = 90, present = 7";
    change(&desk, "sessions/tuesday-group.toml", held, "2026-03-10, minutes = 90, planned = true");
    let none = "Nothing that was planned waits to be confirmed.";
    let on = |day: &str| desk.run(&format!("check --as-of {day} --only to-confirm")).out;
    assert!(on("2026-03-09").contains(none), "{}", on("2026-03-09"));
    for day in ["2026-03-10", "2026-03-11"] {
        assert!(on(day).contains("gwp log tuesday-group --held"), "{}", on(day));
    }
    let kinds = |day: &str| {
        let json = desk.run(&format!("check --as-of {day} --format json")).json();
        let overdue = json["overdue"].as_array().cloned().unwrap_or_default();
        overdue.iter().map(|one| one["kind"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert!(kinds("2026-03-10").is_empty());
    assert_eq!(kinds("2026-03-11"), ["to-confirm"]);
}

#[test]
fn a_student_on_leave_is_said_to_be_and_asked_nothing_that_falls_into_it() {
    let desk = Desk::of("tests/cases/base");
    let leave = "\n[[leave]]\nfrom = 2026-01-20\nuntil = 2026-03-31\n";
    let path = "students/robin-ashby.toml";
    let text = desk.read(path);
    fs::write(desk.path(path), format!("{text}{leave}")).expect("it can be written");
    let insured = desk.read(path).replace("until = 2026-09-30", "until = 2026-02-01");
    fs::write(desk.path(path), insured).expect("it can be written");
    let on = |day: &str| desk.run(&format!("check --as-of {day}")).out;
    assert!(on("2026-03-31").contains("on leave until 31 March 2026"), "{}", on("2026-03-31"));
    assert!(on("2026-03-31").contains("Nothing is overdue."), "{}", on("2026-03-31"));
    assert!(!on("2026-04-01").contains("on leave") && on("2026-04-01").contains("insurance"), "{}", on("2026-04-01"));
    for (command, words) in [
        ("show robin-ashby", "on leave until"),
        ("due --format markdown", "on leave until"),
        ("forecast", "on leave until"),
    ] {
        let ran = desk.run(&format!("{command} --as-of 2026-02-20"));
        let out = ran.out.replace('\n', " ");
        assert!(out.contains(words), "{command}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn a_decision_can_have_conditions() {
    let desk = Desk::london();
    let decide = "decide ewan-kirkbride lcc arrangements approved --on 2026-02-10 --as-of 2026-02-10";
    let ran = desk.run(&format!(
        "{decide} --condition 'a second supervisor by 31 March 2026' --condition 'CV, by post by 2026-02-11'"
    ));
    let said =
        "approved, on 2 conditions: a second supervisor by 31 March 2026; CV, by post by 11 February 2026.\nEwan";
    assert!(ran.status == 0 && ran.out.contains(said), "{}{}", ran.out, ran.err);
    let written = "outcome: approved, conditions: [{ what: a second supervisor, due: 2026-03-31 }, { what: \"CV, by post\", \
                   due: 2026-02-11 }] }\n";
    let record = desk.read("students/2025/ewan-kirkbride.yaml");
    assert!(record.contains(written), "{record}");
    let agenda = |day: &str| desk.run(&format!("check --as-of {day} --only agenda --format csv")).out;
    assert_eq!(agenda("2026-02-10").matches("condition,ewan-kirkbride").count(), 2);
    let why = |rest: &str| {
        let ran = desk.run(&format!("decide bethan-maddox {rest}"));
        assert_eq!(ran.status, 2, "{}", ran.out);
        ran.err
    };
    assert!(why("LCC arrangements approved --condition 'a second supervisor'").contains("by when is needed"));
    let queried = why("LCC arrangements queried --condition 'a second supervisor by 2026-03-31' --on 2026-02-10");
    assert!(queried.contains("only where it approves arrangements; leave --condition out"), "{queried}");
}

#[test]
fn the_heading_of_several_meetings_names_their_courses() {
    let desk = Desk::london();
    let said = check(&desk, "--meeting next-lcc --only agenda").out.split_whitespace().collect::<Vec<_>>().join(" ");
    let heading =
        "For the meetings of 28 February 2026 (london-2025) and 12 September 2026 (london-2022 and london-2024), as";
    assert!(said.contains(heading), "{said}");
    assert!(said.contains("An earlier meeting of the committee can take it too."), "{said}");
    // Each row names its meeting, the first meeting first.
    let paper = desk.run("paper lcc --meeting next-lcc --as-of 2026-02-10 --format markdown").out;
    let row = |words: &str| paper.find(words).unwrap_or_else(|| panic!("{words} in {paper}"));
    let february = row("| 28 February 2026, London Diploma in Group Work, 2025–26 |");
    let september = row("| 12 September 2026, London Diploma in Group Work, 2024–25 |");
    let which = row("An earlier meeting of the committee can take it too.");
    assert!(which < february && february < september, "{paper}");
    let fiona = paper.lines().find(|line| line.starts_with("| Fiona Macaskill |")).expect("hers is due by then");
    assert!(fiona.contains("12 September 2026"), "{fiona}");
    let one = desk.run("paper lcc --meeting 2026-02-28 --as-of 2026-02-10 --format markdown").out;
    assert!(!one.contains("| Meeting |") && !one.contains("An earlier meeting"), "{one}");
    let said = check(&desk, "--meeting next-lcc --only agenda --course london-2024").out;
    assert!(said.contains("For the meeting of 12 September 2026, as of"), "{said}");
}

#[test]
fn an_item_whose_ruling_was_taken_out_says_so_in_the_minutes() {
    let desk = Desk::london();
    assert_eq!(desk.run("meeting 2026-02-08 --as-of 2026-02-10 --form form.txt").status, 0);
    let form = desk.read("form.txt");
    let at = form.find("14 May 2025 (accept or refuse):  [ ]").expect("it is asked");
    let filled = format!("{}{}", &form[..at], form[at..].replacen("[ ]", "[a]", 1));
    fs::write(desk.path("form.txt"), filled).expect("it can be written");
    assert_eq!(desk.run("meeting --from form.txt").status, 0);
    let minutes = || desk.run("meeting 2026-02-08 --minutes").out;
    assert!(!minutes().contains("Nothing is recorded"), "{}", minutes());
    let ran = desk.run("correct lewis-strachan ruling G4 2026-02-08 --remove --yes");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(minutes().contains("Lewis Strachan\n\nNothing is recorded of what was decided.\n"), "{}", minutes());
}

#[test]
fn a_day_that_no_list_of_meetings_has_is_said_to_be_in_none() {
    let desk = Desk::london();
    let said = "gwp: No LCC meeting is listed on 27 February 2026; the next is on 28 February 2026.\n";
    for (day, err) in [("2026-02-27", said), ("2026-02-28", ""), ("next-lcc", "")] {
        let of = |more: &str| check(&desk, &format!("--meeting {day} --only agenda{more}"));
        assert_eq!(of("").err.contains("No LCC meeting"), !err.is_empty(), "{day}: {}", of("").err);
        assert!(of("").err.contains(err), "{day}: {}", of("").err);
    }
    // What is said to people is nothing to a program.
    assert!(!check(&desk, "--meeting 2026-02-27 --format json").err.contains("No LCC meeting"));
}
