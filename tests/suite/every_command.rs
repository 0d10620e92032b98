//! What holds for every command: examples in its help, and a word about it in the manual.

use std::fs;

use crate::program::Program;

/// The names of the commands, as the help lists them.
pub fn commands() -> Vec<String> {
    let help = Program::at_the_top().run("--help").out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let name = |line: &str| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned);
    let names: Vec<_> = listed.filter(|line| !line.starts_with("   ")).filter_map(name).collect();
    assert!(names.len() > 20, "{help}");
    names
}

fn help_of(command: &str) -> String {
    Program::at_the_top().run(&format!("{command} --help")).out
}

/// The words of a line as a shell reads them.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (number, part) in line.split('"').enumerate() {
        if number % 2 == 0 { words.extend(part.split_whitespace()) } else { words.push(part) }
    }
    words
}

#[test]
fn every_command_has_examples_that_can_be_typed() {
    for command in commands() {
        let help = help_of(&command);
        let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| panic!("{command} has no examples"));
        let examples: Vec<_> = examples.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert!(!examples.is_empty(), "{command}");
        for example in examples {
            let mut typed = words(example);
            assert_eq!(typed[..2], ["gwp", &command], "{example}");
            // Arguments are read before the help that is asked for last.
            typed.push("--help");
            let ran = Program::at_the_top().run_with(&typed[1..]);
            assert_eq!(ran.status, 0, "{example}: {}", ran.err);
        }
    }
}

#[test]
fn every_command_is_in_the_manual() {
    let topics = fs::read_dir(crate::file("src/topics")).expect("a folder").map(|entry| entry.expect("a file").path());
    let pages = topics.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let pages = pages.chain([crate::file("README.md")]).map(|path| fs::read_to_string(path).expect("a text"));
    let manual: String = pages.collect();
    for command in commands() {
        assert!(manual.contains(&format!("gwp {command}")), "{command} is neither in a topic nor in the README");
    }
}
