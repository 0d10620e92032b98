//! Templates, right and wrong, and what the manual says of them.

use std::collections::BTreeSet;

use super::template::every_path;
use super::{Piece, Template, Templates};
use crate::text::Text;

fn wrong(text: &str) -> String {
    let read = Template::read(Piece::Text, "templates/reminder.txt", text);
    read.map_or_else(|error| error.to_string(), |_| panic!("{text:.60} is taken for a template"))
}

fn right(text: &str) {
    if let Err(error) = Template::read(Piece::Text, "templates/reminder.txt", text) {
        panic!("{error}");
    }
}

#[test]
fn the_built_in_templates_know_what_they_ask_for() {
    for piece in Piece::ALL {
        let text = match piece {
            Piece::Text => include_str!("reminder.txt"),
            Piece::Subject => include_str!("subject.txt"),
        };
        assert!(Template::read(piece, piece.path(), text).is_ok());
        assert!(Template::built_in(piece).is_ok());
    }
}

#[test]
fn the_manual_lists_every_value_and_no_other() {
    let page = include_str!("../topics/templates.md").replace("\r\n", "\n");
    let table = page.split_once("| value | what it is |").unwrap().1.split_once("\n\n").unwrap().0;
    let listed: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once(" |"))
        .flat_map(|(cell, _)| cell.trim_end_matches('`').split("`, `").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert_eq!(listed, every_path());
    // And they can be used as they are listed.
    let of = |begin: &str| {
        let is_of = |path: &&String| path.rsplit_once('.').map_or("", |(of, _)| of) == begin;
        listed.iter().filter(is_of).flat_map(|path| ["{{ ", path, " }}"]).collect::<String>()
    };
    let [plain, person, sender, item, to, student] = ["", "person", "sender", "item", "item.to", "student"].map(of);
    right(&format!(
        "{plain}{person}{sender}{{% for item in items %}}{item}{{% if item.to %}}{to}{{% endif %}}\
         {{% for student in item.students %}}{student}{{% endfor %}}{{% endfor %}}"
    ));
    assert!(!to.is_empty() && !student.is_empty() && !sender.is_empty());
}

#[test]
fn faults_are_told_with_their_line_and_what_was_meant() {
    for (text, said) in [
        (
            "{{ person.name }}\n\n{{ persn.name }}",
            "templates/reminder.txt:3: there is no value called \"persn\"; did you mean \"person\"?",
        ),
        (
            "{% for item in items %}\n{{ item.studnets }}\n{% endfor %}",
            "templates/reminder.txt:2: there is no value called \"item.studnets\"; did you mean \"item.students\"?",
        ),
        (
            "{% if wholly_unknown_thing %}{% endif %}",
            "templates/reminder.txt:1: there is no value called \"wholly_unknown_thing\"; \"gwp help templates\" lists the values that a template can use",
        ),
        // What stands in a branch of another stage is looked at too.
        (
            "{% if stage == \"overdue\" %}\n{{ cuont }}{% endif %}",
            "templates/reminder.txt:2: there is no value called \"cuont\"; did you mean \"count\"?",
        ),
        (
            "a{% if stage == \"to_come\" %}{{ cuont }}{% endif %}",
            "templates/reminder.txt:1: there is no value called \"cuont\"; did you mean \"count\"?",
        ),
    ] {
        assert_eq!(wrong(text), said);
    }
    for (text, line) in [
        ("a\n{% for item in items %}", 2),
        ("a\nb {{ person.name", 2),
        ("{% include \"/etc/passwd\" %}", 1),
        ("{% macro a() %}{% endmacro %}", 1),
        ("{{ person | nosuchfilter }}", 1),
        ("{{ nosuchfunction() }}", 1),
        ("\n{{ person is nosuchtest }}", 2),
        ("{{ 1 / 0 }}", 1),
        ("{{ person.name() }}", 1),
        ("{{ \"\\u{zz}\" }}", 1),
    ] {
        let said = wrong(text);
        assert!(said.starts_with(&format!("templates/reminder.txt:{line}: ")) && said.contains("; "), "{said}");
    }
}

#[test]
fn what_does_not_end_or_grows_without_end_is_stopped() {
    let nested = "{% for a in range(9999) %}".repeat(4) + "x" + &"{% endfor %}".repeat(4);
    let doubling = format!("{{% set a = 'xxxxxxxx' %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(60));
    for text in [
        nested.as_str(),
        &doubling,
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{{ 'x' * 4000000000 }}",
        "{{ ['x'] * 4000000000 }}",
        "{{ range(1000000000) | join }}",
        "{% for item in items recursive %}{{ loop(items) }}{% endfor %}",
        "{% for a in range(3000) %}{{ 'x' * 1000 }}{% endfor %}",
    ] {
        let started = std::time::Instant::now();
        let said = wrong(text);
        assert!(said.starts_with("templates/reminder.txt"), "{said}");
        assert!(started.elapsed().as_secs() < 20, "{text:.60} takes {:?}", started.elapsed());
    }
    for text in
        ["{{ ".to_owned() + &"(".repeat(5_000), "{% if true %}".repeat(5_000), "[".repeat(60_000), "{{".repeat(9_000)]
    {
        let _ = Template::read(Piece::Text, "t", &text);
    }
}

#[test]
fn a_text_is_not_empty() {
    for text in ["", " \n\t\r\n", "{# nothing #}", "{% for item in items %}\n{% endfor %}"] {
        assert_eq!(wrong(text), "templates/reminder.txt: the text comes out empty; write in it what is due");
    }
    // Nor is it for the letters of one stage.
    assert!(wrong("{% for item in overdue %}{{ item.what }}{% endfor %}").contains("the text comes out empty"));
    right("Dear {{ person.name }}");
}

#[test]
fn a_subject_is_one_line_and_not_empty() {
    let subject = |text| Template::read(Piece::Subject, "templates/subject.txt", text);
    assert!(subject("a\n\n{{ person.name }}\r\nBcc: b").is_ok());
    assert!(subject("{{ 'x' * 3000 }}").is_ok());
    let said = subject(" \n").err().map(|error| error.to_string());
    assert_eq!(said.as_deref(), Some("templates/subject.txt: the subject comes out empty; write one line in it"));
}

#[test]
fn a_file_is_unused_where_no_template_was_read_from_it() {
    let built_in = || Templates::built_in().unwrap();
    let own = Template::read(Piece::Subject, "templates/subject.txt", "ours").unwrap();
    let own = Templates { subject: own.into(), ..built_in() };
    let unused = |templates: &Templates, names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| Text::new((*name).to_owned())).collect();
        templates.unused(&names).into_iter().map(|name| name.raw().to_owned()).collect::<Vec<_>>()
    };
    let all = ["Subject.txt", "reminder.txt", "reminders.txt", "subject.txt"];
    assert_eq!(unused(&own, &all), ["Subject.txt", "reminders.txt"]);
    // Where large letters make no other name, it is what the subject was read from.
    assert_eq!(unused(&own, &all[..1]), [""; 0]);
    assert_eq!(unused(&built_in(), &all[..1]), ["Subject.txt"]);
}
