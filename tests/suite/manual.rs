//! `gwp help`: the topics, on a terminal and elsewhere, and the help of the commands.

use std::collections::BTreeSet;
use std::fs;

use crate::asking::Terminal;
use crate::file;
use crate::program::Program;

fn help(words: &str) -> String {
    let ran = Program::at_the_top().run(&format!("help {words}"));
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{words}");
    ran.out
}

/// What a terminal shows, on which a pager would show it.
fn on_a_terminal(words: &str, environment: &[(&str, &str)]) -> String {
    let terminal = Terminal::with(&file(""), ["help"].into_iter().chain(words.split_whitespace()), environment);
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    shown
}

#[test]
fn elsewhere_a_topic_is_its_markdown() {
    let page = fs::read_to_string(file("src/topics/statuses.md")).expect("it is there");
    assert_eq!(help("statuses"), page);
    // Whoever does not know that it is written with a hyphen finds it all the same.
    assert_eq!(help("case folder"), help("case-folder"));
}

#[test]
fn topics_are_listed_by_who_needs_them() {
    let listed = help("");
    for part in ["For convenors\n", "\ngetting-started  ", "For auditors\n", "\nreceipts  "] {
        assert!(listed.contains(part), "{part}\n{listed}");
    }
    let lines: BTreeSet<_> = listed.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(lines.is_empty(), "{lines:?}");
}

#[test]
fn a_command_has_its_help_here_too() {
    let run = |words: &str| Program::at_the_top().run(words).out;
    assert_eq!(help("check"), run("check --help"));
    assert!(help("new student").contains("Usage: gwp new student"));
}

#[test]
fn what_is_not_there_is_named_with_what_was_meant() {
    for (words, advice) in [
        ("zebra", "\"gwp help\" lists the topics, and \"gwp --help\" the commands"),
        ("calender", "did you mean \"gwp help calendar\"?"),
        ("chek", "did you mean \"gwp help check\"?"),
    ] {
        let ran = Program::at_the_top().run(&format!("help {words}"));
        let said = format!("gwp: there is no topic and no command called \"{words}\"; {advice}\n");
        assert_eq!((ran.status, ran.out.as_str(), ran.err), (2, "", said));
    }
}

#[test]
fn on_a_terminal_a_topic_is_laid_out() {
    let shown = on_a_terminal("statuses --no-pager", &[]);
    assert!(shown.starts_with("Statuses and verdicts: what the words mean\n=========="), "{shown}");
    assert!(shown.contains("\nStatus  ") || shown.contains("\nstatus  "), "{shown}");
    assert!(shown.contains("a ruling (gwp help rulings) settles it"), "{shown}");
    for mark in ["`", "](", "|--", "<!--"] {
        assert!(!shown.contains(mark), "{mark}\n{shown}");
    }
}

#[test]
fn every_topic_fits_a_narrow_terminal() {
    for topic in gwp::topics::Topic::all() {
        let mut shown = Vec::new();
        let layout = gwp::render::Layout { width: 60, colour: false };
        topic.write(layout, &mut shown).expect("it can be written");
        let shown = String::from_utf8(shown).expect("it is text");
        let wide = shown.lines().find(|line| line.chars().count() > 60 && !line.starts_with("    "));
        assert_eq!(wide, None, "{}", topic.name);
        let marked = shown.lines().find(|line| line.contains('`') && !line.starts_with("    "));
        assert_eq!(marked, None, "{}", topic.name);
    }
}

#[test]
fn a_pager_is_found_as_git_finds_it() {
    let counted = |environment: &[(&str, &str)]| on_a_terminal("statuses", environment);
    assert!(counted(&[("GWP_PAGER", "grep -c verdict"), ("PAGER", "false")]).trim().parse::<u32>().is_ok());
    assert!(counted(&[("PAGER", "grep -c verdict")]).trim().parse::<u32>().is_ok());
    // With none it is all shown at once.
    for none in [("GWP_PAGER", ""), ("GWP_PAGER", "cat")] {
        assert!(counted(&[none]).starts_with("Statuses and verdicts"), "{none:?}");
    }
}
