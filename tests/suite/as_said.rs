//! What people say is understood where it can mean only one thing: the names of forms as they are printed, words of the closed
//! lists, lengths, several names in one.

use crate::desk::Desk;

const DAY: &str = "--as-of 2026-02-10";

#[test]
fn every_form_is_known_by_its_printed_name() {
    let desk = Desk::london();
    for (name, word) in
        [("GWP Form 2", "gwp2"), ("WRG Form 2", "WRG2"), ("gwp form 3", "GWP3"), ("GWP Form 1", "form1")]
    {
        let run = |form: &str| {
            let ran = desk
                .run(&format!("receive bethan-maddox '{form}' --on 2026-01-30 --due none --by Devlin {DAY} --dry-run"));
            (ran.status, ran.out, ran.err)
        };
        let (by_name, by_word) = (run(name), run(word));
        assert!(by_name == by_word && !by_name.2.contains("it can be"), "{name}: {by_name:?}");
        let form = |form: &str| {
            let ran = desk.run(&format!("form '{form}' bethan-maddox {DAY}"));
            (ran.status, ran.out, ran.err)
        };
        let (by_name, by_word) = (form(name), form(word));
        assert!(by_name == by_word && !by_name.2.contains("it can be"), "{name}: {by_name:?}");
    }
    let ran = desk.run(&format!("correct marcus-idowu report 'WRG Form 2' --received 2026-02-03 {DAY} --dry-run"));
    assert!(ran.out.contains("corrected: report (WRG2"), "{}{}", ran.out, ran.err);
    let ran = desk.run(&format!("receive marcus-idowu 'GWP Form 4' {DAY}"));
    assert!(ran.status == 2 && ran.err.contains("it can be form1, GWP2, WRG2 or GWP3"), "{}", ran.err);
}

#[test]
fn words_and_lengths_are_taken_as_people_say_them() {
    let desk = Desk::london();
    let group = "new group talk --title Talk --organisation Quillhaven --setting 'health care' --aim therapy --frequency \
                 'every week' --conductor marcus-idowu";
    let ran = desk.run(group);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let log = desk.read("sessions/talk.toml");
    for line in ["setting = \"health\"", "aim = \"therapeutic\"", "frequency = \"weekly\""] {
        assert!(log.contains(line), "{line} is not in\n{log}");
    }
    let ran = desk.run(&format!("log talk 2026-02-04 --minutes 1h30 --present 6 {DAY}"));
    assert!(ran.status == 0 && desk.read("sessions/talk.toml").contains("minutes = 90"), "{}", ran.err);
    let ran = desk.run(&format!("correct talk 2026-02-04 --minutes 'an hour' {DAY}"));
    assert!(ran.status == 0 && desk.read("sessions/talk.toml").contains("minutes = 60"), "{}", ran.err);
    let ran = desk.run(&format!("rule lewis-strachan G4 accept --on 2026-02-09 {DAY} --dry-run"));
    assert!(ran.out.contains("on G4: accepted"), "{}{}", ran.out, ran.err);
    for (line, said) in [
        ("log talk 2026-02-11 --minutes 1.5", "a number of minutes such as 90"),
        ("correct talk frequency --to 'twice a week'", "it can be weekly, fortnightly, monthly, other"),
        ("correct talk aim --to the", "it can be therapeutic"),
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.err.contains(said), "{line}: {}", ran.err);
    }
}

#[test]
fn several_names_are_several_people() {
    let desk = Desk::london();
    let meeting = "lcc-2025-07-05";
    let people = || {
        let text = desk.read(&format!("meetings/{meeting}.toml"));
        let document: toml::Table = text.parse().expect("it is TOML");
        let names = document["present"].as_array().expect("a list").clone();
        names.into_iter().map(|name| name.as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let run = |line: &str| {
        let ran = desk.run(line);
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
        ran.out
    };
    run(&format!("correct {meeting} present --to 'Ann Bell, Bo Cole' {DAY}"));
    assert_eq!(people(), ["Ann Bell", "Bo Cole"]);
    run(&format!("correct {meeting} present 'Bo Cole' --to 'Bo Cole and Cy Dow' {DAY}"));
    assert_eq!(people(), ["Ann Bell", "Bo Cole", "Cy Dow"]);
    run(&format!("record {meeting} present 'Eve Fox and Flo Gray' {DAY}"));
    assert_eq!(people(), ["Ann Bell", "Bo Cole", "Cy Dow", "Eve Fox", "Flo Gray"]);
    // One name in place of no certain one is unclear.
    let ran = desk.run(&format!("correct {meeting} present --to 'Gus Hall' {DAY}"));
    assert!(ran.status == 2 && ran.err.contains("Which present"), "{}", ran.err);
}

#[test]
fn what_a_log_left_open_is_recorded() {
    let desk = Desk::london();
    let text = desk.read("sessions/managing-stress.toml");
    let (before, rest) = text.split_once("organisation = ").expect("it is there");
    let (_, after) = rest.split_once('\n').expect("a line");
    let text = format!("{before}organisation = \"\"\n{after}");
    std::fs::write(desk.path("sessions/talk.toml"), text).expect("it can be written");
    assert!(desk.read("sessions/talk.toml").contains("organisation = \"\""));
    let ran = desk.run("record talk");
    assert!(ran.err.contains("organisation"), "it is among what there is to record: {}", ran.err);
    let ran = desk.run("record talk organisation 'Quillhaven NHS'");
    assert!(ran.status == 0 && ran.out.contains("organisation: Quillhaven NHS"), "{}{}", ran.out, ran.err);
    assert!(desk.read("sessions/talk.toml").contains("organisation = \"Quillhaven NHS\""));
    let ran = desk.run("record talk organisation Other");
    assert!(
        ran.status == 2 && ran.err.contains("says otherwise: Quillhaven NHS; what you say now is: Other"),
        "{}",
        ran.err
    );
}

#[test]
fn a_correction_to_what_is_there_says_no_instead() {
    let desk = Desk::london();
    let ran = desk.run("correct annika-solberg group-analyst --to yes");
    assert!(ran.out.contains("this is recorded already, on line 4: group analyst yes. Nothing is written."), "{ran:?}");
}

#[test]
fn an_item_with_two_outcomes_stands_once_in_the_minutes() {
    let desk = Desk::london();
    for (outcome, of) in [("accepted", "2025-05-07"), ("refused", "2025-05-14")] {
        let minute = "--minute 'LCC 8 February 2026, item 3'";
        let ran = desk.run(&format!("rule lewis-strachan G4 {outcome} --of {of} --on 2026-02-08 {minute} {DAY}"));
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    let minutes = desk.run(&format!("meeting 2026-02-08 --minutes {DAY}")).out;
    assert_eq!(minutes.matches("### 3\\.").count(), 1, "{minutes}");
    for said in ["Accepted for 7 May 2025.", "Refused for 14 May 2025."] {
        assert!(minutes.contains(said), "{said} is not in\n{minutes}");
    }
}

#[test]
fn a_page_about_one_student_says_all_of_it() {
    let desk = Desk::london();
    let show = desk.run(&format!("show ewan-kirkbride {DAY}")).out;
    let plain = show.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        plain
            .contains("5 reports on GWP Form 2 are to come: the next is due on 12 June 2026, the last on 13 June 2028"),
        "{show}"
    );
    let full =
        "In full: GWP Form 2 is due on 12 June 2026, 31 January 2027, 13 June 2027, 31 January 2028 and 13 June 2028";
    assert!(plain.contains(full), "{show}");
    let show = desk.run(&format!("show lewis-strachan {DAY}")).out;
    let words: Vec<_> = show.split_whitespace().collect();
    let is_counted = |words: &&[&str]| words[0] == "and" && words[1].parse::<u32>().is_ok() && words[2] == "more";
    assert!(!words.windows(3).any(|words| is_counted(&words)), "all evidence is named: {show}");
    // A letter to a student names every question of the committee.
    let letter = desk.run(&format!("paper student lewis-strachan --format markdown {DAY}"));
    assert!(letter.out.contains("7 May 2025") && letter.out.contains("14 May 2025"), "{}{}", letter.out, letter.err);
    assert!(!letter.out.contains("and 1 more"), "{}", letter.out);
}
