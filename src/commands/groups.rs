//! The commands as `gwp --help` lists them: by who needs them, and when.

use clap::{Command, CommandFactory as _};

use super::Cli;

/// The groups in order, each with the names of its commands; a test says which command is in none.
const GROUPS: &[(&str, &[&str])] = &[
    ("Before and after a meeting", &["check", "show", "meeting", "paper", "explain"]),
    (
        "What happened",
        &["log", "receive", "record", "decide", "rule", "arrange", "attest", "import", "correct", "undo"],
    ),
    ("What is due", &["due", "remind", "form", "forecast"]),
    ("Setting up, and the manual", &["init", "new", "rename", "fmt", "schema", "help"]),
    ("Lists and tables", &["list", "export"]),
    ("For data protection", &["person", "retention"]),
    ("For auditors, and in git", &["history", "diff", "audit", "verify", "merge"]),
];

/// How wide a line of the list is.
const WIDTH: usize = 100;
/// Where the words about a command begin.
const WORDS: usize = 12;

/// The template of the help: what clap would write, with the commands in their groups.
pub fn help_template() -> String {
    let mut all = Cli::command();
    all.build();
    let entry_of = |name: &&str| all.find_subcommand(name).map(entry).unwrap_or_default();
    let group = |(heading, names): &(&str, &[&str])| {
        let entries: String = names.iter().map(entry_of).collect();
        format!("{heading}\n{entries}")
    };
    let list: String = GROUPS.iter().map(group).collect();
    format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\nCommands:\n{list}\nOptions:\n{{options}}\n")
}

/// A command with the words about it, broken into lines that stand below each other.
fn entry(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let mut lines = vec![String::new()];
    for word in about.split_whitespace() {
        let has_room = lines.last().is_some_and(|line| WORDS + line.len() + 1 + word.len() <= WIDTH);
        match lines.last_mut().filter(|_| has_room) {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => line.extend([" ", word]),
            None => lines.push(word.to_owned()),
        }
    }
    let words = lines.join(&format!("\n{:WORDS$}", ""));
    format!("  {:<1$}{words}\n", command.get_name(), WORDS - 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group() {
        let all = Cli::command();
        let mut names: Vec<_> = all.get_subcommands().map(Command::get_name).collect();
        let mut grouped: Vec<_> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        names.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(names, grouped);
        assert!(help_template().ends_with("{options}\n"));
    }
}
