//! Templates of a case folder.

use std::fs;

use super::{Desk, FOLDER, Letters, messages};

const WORDS: &str = "--as-of 2026-01-20 --from sam";

#[test]
fn the_folders_own_take_the_place_of_the_built_in_ones() {
    let desk = Desk::new();
    desk.write(
        "case/templates/reminder.txt",
        "\u{feff}An {{ person.name }}:\r\n\r\n{% for item in items %}\r\n{{ item.kind }} {{ item.due_iso }} {{ item.days }} {% for student in item.students %}{{ student.id }}{% endfor %}\r\n{% endfor %}\r\n",
    );
    desk.write("case/templates/subject.txt", "{{ count }}\n\n thing for {{ person.name }}\n");
    let ran = desk.remind(WORDS);
    assert!(ran.out.starts_with("To: Sam Rowe <sam.rowe@example.org>\nSubject: 1 thing for Sam Rowe\n\nAn Sam Rowe:\n\ngwp2 2026-01-31 -11 ann\n\n---"), "{}", ran.out);
    assert_eq!(desk.remind(&format!("{WORDS} --out out")).status, 0);
    let message = String::from_utf8(
        messages(&desk.path("out")).remove("workplace-supervisor-sam-rowe.eml").expect("it is there"),
    )
    .expect("ASCII");
    assert!(
        message.contains("Subject: 1 thing for Sam Rowe\r\n")
            && message.ends_with("\r\n\r\nAn Sam Rowe:\r\n\r\ngwp2 2026-01-31 -11 ann\r\n"),
        "{message}"
    );
}

#[test]
fn what_is_rendered_cannot_act() {
    let desk = Desk::new();
    desk.write("case/templates/reminder.txt", "a\u{1b}[31m\tb\u{202e}\n\u{2028}c\r\n");
    desk.write("case/templates/subject.txt", "x\ty\u{1b}\r\nBcc: all@example.org");
    let ran = desk.remind(WORDS);
    assert!(
        ran.out.contains("Subject: x y\\u{1b} Bcc: all@example.org\n\na\\u{1b}[31m b\\u{202e}\n\\u{2028}c\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_wrong_one_is_told_with_its_line_before_anything_is_written() {
    let desk = Desk::new();
    for (path, text, said) in [
        ("reminder.txt", "a\n\n{{ studnet }}", "templates/reminder.txt:3: there is no value called \"studnet\"; "),
        ("reminder.txt", "a\n{% if %}", "templates/reminder.txt:2: it is not written as a template is: "),
        (
            "subject.txt",
            "{{ cuont }}",
            "templates/subject.txt:1: there is no value called \"cuont\"; did you mean \"count\"?",
        ),
        ("subject.txt", " \n", "templates/subject.txt: the subject comes out empty; "),
        ("reminder.txt", " \n\n", "templates/reminder.txt: the text comes out empty; "),
        (
            "reminder.txt",
            "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
            "templates/reminder.txt:1: it takes longer or makes more than a letter or a page can need; ",
        ),
    ] {
        desk.write(&format!("case/templates/{path}"), text);
        // Even where there is nothing to remind of, or nothing of that kind.
        for words in [WORDS, "--as-of 2020-01-01", "--as-of 2026-01-20 --out out"] {
            let refused = desk.refused(words);
            assert!(refused.starts_with(said), "{refused}");
        }
        fs::remove_file(desk.path(&format!("case/templates/{path}"))).expect("it is there");
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn what_is_no_text_is_not_read() {
    let desk = Desk::new();
    desk.write("case/templates/reminder.txt", b"a\n\xff\xfe");
    let said = desk.refused(WORDS);
    assert!(
        said.starts_with("templates/reminder.txt:2: the file is not UTF-8 text: the byte ff does not fit; "),
        "{said}"
    );
    desk.write("case/templates/reminder.txt", "a".repeat(64 * 1024));
    assert_eq!(desk.remind(WORDS).status, 0);
    desk.write("case/templates/reminder.txt", "a".repeat(64 * 1024 + 1));
    let said = desk.refused(WORDS);
    assert!(said.starts_with("templates/reminder.txt: the template is larger than 64 KiB; "), "{said}");
    fs::remove_file(desk.path("case/templates/reminder.txt")).expect("it is there");
    fs::create_dir(desk.path("case/templates/reminder.txt")).expect("a folder can be made");
    assert!(desk.refused(WORDS).starts_with("templates/reminder.txt: it is not a plain file; "));
    fs::remove_dir_all(desk.path("case/templates")).expect("it is there");
    desk.write("case/templates", "a file");
    assert!(desk.refused(WORDS).starts_with("templates/reminder.txt: it lies in no folder"));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;

    let desk = Desk::new();
    desk.write("elsewhere/reminder.txt", "secret");
    symlink("../elsewhere", desk.path("case/templates")).expect("a link can be made");
    let said = desk.refused(WORDS);
    assert!(said.starts_with("templates/reminder.txt: it is a link, and links are not followed"), "{said}");
    fs::remove_file(desk.path("case/templates")).expect("it is there");
    fs::create_dir(desk.path("case/templates")).expect("a folder can be made");
    for target in ["../../elsewhere/reminder.txt", "/dev/zero", "nowhere", "reminder.txt"] {
        symlink(target, desk.path("case/templates/reminder.txt")).expect("a link can be made");
        let said = desk.refused(WORDS);
        assert!(said.starts_with("templates/reminder.txt: it is a link, and links are not followed"), "{said}");
        fs::remove_file(desk.path("case/templates/reminder.txt")).expect("it is there");
    }
    let pipe = desk.path("case/templates/reminder.txt");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().expect("mkfifo is there").success());
    assert!(desk.refused(WORDS).starts_with("templates/reminder.txt: it is not a plain file; "));
}

#[test]
fn a_letter_across_folders_has_the_template_that_they_share() {
    let desk = Desk::new();
    for (path, text) in FOLDER {
        desk.write(&format!("other/{path}"), text.replace("Bea Moss", "Una Moss").replace("Wil Marsh", "Wyn Marsh"));
    }
    let subjects = || {
        let ran = desk.run("remind case other --as-of 2026-01-20 --from workplace-supervisor");
        assert_eq!((ran.status, &*ran.err), (0, ""));
        let letters = Letters::of(&ran.out);
        let line =
            |text: &str| text.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default().to_owned();
        line(letters.text("Sam Rowe"))
    };
    let built_in = subjects_are_built_in;
    assert!(built_in(&subjects()));
    desk.write("case/templates/subject.txt", "ours");
    assert!(built_in(&subjects()));
    desk.write("other/templates/subject.txt", "theirs");
    assert!(built_in(&subjects()));
    desk.write("other/templates/subject.txt", "ours");
    assert_eq!(subjects(), "ours");
    desk.write("other/templates/subject.txt", "{{ nothing }}");
    let ran = desk.run("remind case other --as-of 2026-01-20");
    assert!(
        ran.err.starts_with("gwp: other/templates/subject.txt:1: there is no value called \"nothing\"; "),
        "{}",
        ran.err
    );
}

#[test]
fn the_end_says_which_were_used_and_what_looks_like_one_is_named() {
    let desk = Desk::new();
    let runs = |words: &str| [desk.run(words), desk.run(&format!("{words} --out out"))];
    let one = format!("remind case {WORDS}");
    for ran in runs(&one) {
        assert!(!ran.out.contains("In place of"), "{}", ran.out);
    }
    let said = |ran: &crate::program::Ran| {
        let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        text.split_once("In place of built-in words stand those of ")
            .and_then(|(_, end)| end.split_once(". "))
            .map_or_else(|| panic!("{}", ran.out), |(files, _)| files.to_owned())
    };
    desk.write("case/templates/subject.txt", "ours");
    desk.write("case/templates/README.md", "what these are");
    for ran in runs(&one) {
        assert_eq!((said(&ran).as_str(), &*ran.err), ("templates/subject.txt", ""));
    }
    desk.write("case/templates/reminder.txt", "a text");
    for name in ["reminder.txt.txt", "reminders.TXT", "x\u{1b}.txt"] {
        desk.write(&format!("case/templates/{name}"), "a text");
    }
    let looks_like_one = ["reminder.txt.txt", "reminders.TXT", "x\\u{1b}.txt"].map(|name| {
        format!(
            "gwp: templates/{name} is not used; the templates are templates/reminder.txt and templates/subject.txt\n"
        )
    });
    for ran in runs(&one) {
        assert_eq!(said(&ran), "templates/reminder.txt and templates/subject.txt");
        assert_eq!((ran.status, ran.err), (0, looks_like_one.concat()));
    }
    // Nothing is in the words of a template that no letter has.
    assert!(!desk.remind("--as-of 2020-01-01").out.contains("In place of"));
    for (path, text) in FOLDER {
        desk.write(&format!("other/{path}"), text.replace("ann.lee", "una.lee").replace("bea.moss", "una.moss"));
    }
    desk.write("other/templates/subject.txt", "ours");
    for ran in runs(&format!("remind case other {WORDS}")) {
        assert_eq!(said(&ran), "case/templates/subject.txt and other/templates/subject.txt");
        assert!(ran.err.starts_with("gwp: case/templates/reminder.txt.txt is not used; "), "{}", ran.err);
    }
}

fn subjects_are_built_in(subject: &str) -> bool {
    subject == "Due on 31 January 2026: GWP Form 2 and 1 more"
}

#[test]
fn a_very_long_name_keeps_nobody_from_being_reminded() {
    let desk = Desk::new();
    desk.write("case/students/ann.toml", super::ANN.replace("Ann Lee", &"Ann ".repeat(300_000)));
    desk.write("case/templates/subject.txt", "{{ items[0].whom | listed }} {{ items[0].whom | listed }}");
    let ran = desk.remind("--as-of 2026-01-20");
    assert_eq!((ran.status, &*ran.err), (0, ""));
    let subject = ran.out.lines().filter_map(|line| line.strip_prefix("Subject: ")).map(|line| line.chars().count());
    assert_eq!(subject.max(), Some(201));
}

/// Texts that nest as deeply as a template is long, and values that nest or double: none takes the program down.
#[test]
fn one_that_nests_or_doubles_without_end_is_stopped() {
    let desk = Desk::new();
    let doubled =
        "{% set a=[1] %}{% set b=[1] %}".to_owned() + &"{% set a=[a,a] %}{% set b=[b,b] %}".repeat(60) + "{{ a == b }}";
    let long = [
        format!("{{{{ 1{} }}}}", "+1".repeat(30_000)),
        format!("{{{{ 1{} }}}}", "|e".repeat(30_000)),
        format!("{{{{ {}1 }}}}", "-".repeat(60_000)),
        format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(5_000)),
        "{% set ns=namespace(x=[]) %}{% for i in range(22700) %}{% set ns.x=[ns.x] %}{% endfor %}".to_owned(),
        doubled,
    ];
    for text in long {
        desk.write("case/templates/reminder.txt", &text);
        let ran = desk.remind(WORDS);
        assert!(matches!(ran.status, 0 | 2), "{:.60}: {}{}", text, ran.out, ran.err);
        if ran.status == 2 {
            assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
            assert!(ran.err.starts_with("gwp: templates/reminder.txt"), "{}", ran.err);
        }
    }
}
