//! The pages for people say what is so.
//!
//! A page is walked as a reader walks it. A block of TOML or YAML is a record, and the line above it says what becomes
//! of it; a block marked `console` holds commands, which are run where the records lie, and what they say. `[...]`
//! stands for lines left out. What the page should say is made anew and compared; with `GWP_BLESS` it is written.

mod desk;
mod editions;
mod generated;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gwp::topics::{SHELVES, Topic};

use crate::markdown::{Piece, anchors, links, pieces};
use crate::program::Program;
use crate::{assert_committed, file};

use desk::{Desk, walked};
use generated::{PARTS, has_part, with_made_parts};

/// The pages that are not topics and in which commands are shown.
const OTHERS: [&str; 6] = [
    "README.md",
    "examples/README.md",
    "examples/london/README.md",
    "examples/national/README.md",
    "examples/edition-2022-23/README.md",
    "examples/broken/README.md",
];

/// The topics that tell one story after the other, each with the folders that the one before it leaves.
const STORY: [&str; 8] =
    ["getting-started", "auditing", "case-folder", "rulings", "recording", "importing", "exporting", "problems"];

/// The page of a topic.
fn page_of(topic: &Topic) -> String {
    format!("src/topics/{}.md", topic.name)
}

fn pages() -> impl Iterator<Item = String> {
    OTHERS.into_iter().map(str::to_owned).chain(Topic::all().map(page_of))
}

fn text_of(page: &str) -> String {
    fs::read_to_string(file(page)).unwrap_or_else(|error| panic!("{page}: {error}")).replace("\r\n", "\n")
}

/// Asserts that pages say what is so, one after the other, each in the folders that the one before it leaves.
fn say_what_is_so<P: AsRef<str>>(pages: impl IntoIterator<Item = P>) {
    let desk = Desk::new();
    for page in pages {
        let page = page.as_ref();
        assert_committed(page, &with_made_parts(&walked(page, &desk)));
    }
}

/// Asserts that pages say what is so, each by itself.
fn each_says_what_is_so<P: AsRef<str>>(pages: impl IntoIterator<Item = P>) {
    pages.into_iter().for_each(|page| say_what_is_so([page]));
}

/// The topics of a shelf that are no part of the story.
fn of_shelf(number: usize) -> impl Iterator<Item = String> {
    SHELVES[number].topics.iter().filter(|topic| !STORY.contains(&topic.name)).map(page_of)
}

#[test]
fn the_pages_of_the_repository_say_what_is_so() {
    each_says_what_is_so(OTHERS);
}

#[test]
fn the_story_says_what_is_so() {
    say_what_is_so(STORY.map(|name| format!("src/topics/{name}.md")));
}

#[test]
fn topics_for_convenors_say_what_is_so() {
    each_says_what_is_so(of_shelf(0));
}

#[test]
fn topics_for_administrators_say_what_is_so() {
    each_says_what_is_so(of_shelf(1));
}

#[test]
fn topics_for_auditors_say_what_is_so() {
    each_says_what_is_so(of_shelf(2));
}

#[test]
fn topics_for_programmers_say_what_is_so() {
    each_says_what_is_so(of_shelf(3));
    assert_eq!(SHELVES.len(), 4, "each shelf is walked");
}

#[test]
fn links_lead_somewhere() {
    for page in pages().chain(["schemas/README.md", "tests/cases/README.md"].map(str::to_owned)) {
        let text = text_of(&page);
        for link in links(&text).into_iter().filter(|link| !link.starts_with("https://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file(&page) } else { file(&page).with_file_name("").join(path) };
            assert!(target.exists(), "{page}: {link} leads nowhere");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).expect("a page with headings");
                assert!(anchors(&text).contains(anchor), "{page}: no heading is {link}");
            }
        }
    }
}

#[test]
fn every_topic_stands_on_one_shelf_and_is_linked_from_the_first_page() {
    let text = text_of("README.md");
    let linked: BTreeSet<_> = links(&text).into_iter().collect();
    let mut names = BTreeSet::new();
    for topic in Topic::all() {
        assert!(names.insert(format!("{}.md", topic.name)), "{} stands on two shelves", topic.name);
        assert!(linked.contains(page_of(topic).as_str()), "README.md does not link {}", topic.name);
        let heading = topic.text.lines().next().unwrap_or_default();
        assert!(heading.starts_with("# ") && heading.contains(": "), "{} begins with what it is about", topic.name);
    }
    let files = fs::read_dir(file("src/topics")).expect("it can be listed");
    let files = files.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"));
    let pages: BTreeSet<_> =
        files.filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "md")).collect();
    assert_eq!(pages, names);
}

#[test]
fn every_made_part_stands_on_one_page() {
    for (name, _) in PARTS {
        assert_eq!(pages().filter(|page| has_part(&text_of(page), name)).count(), 1, "{name}");
    }
}

#[test]
fn no_topic_is_called_what_a_command_is() {
    let commands = commands();
    for topic in Topic::all() {
        assert!(!commands.iter().any(|name| name == topic.name), "{}", topic.name);
    }
}

#[test]
fn every_dependency_is_named_with_its_reason() {
    let manifest: toml::Table = text_of("Cargo.toml").parse().expect("it is TOML");
    let dependencies = text_of("src/topics/dependencies.md");
    for part in ["dependencies", "dev-dependencies"] {
        for name in manifest[part].as_table().expect("a table").keys() {
            assert!(dependencies.contains(&format!("`{name}`")), "{name} is not named among the dependencies");
        }
    }
}

#[test]
fn every_command_is_told_of() {
    let told: String = pages().map(|page| text_of(&page)).collect();
    for name in commands() {
        assert!(told.contains(&format!("gwp {name}")), "no page tells of gwp {name}");
    }
}

#[test]
fn every_option_shown_is_one_of_its_command() {
    let helps: BTreeMap<_, _> = commands().into_iter().map(|name| (name.clone(), help_of(&name))).collect();
    let any: String = helps.values().map(String::as_str).collect();
    for page in pages() {
        for command in shown_commands(&text_of(&page)) {
            let mut words = command.split_whitespace();
            let named =
                words.next().filter(|word| *word == "gwp").and_then(|_| words.find(|word| !word.starts_with('-')));
            let help = match named {
                Some(name) => helps.get(name).unwrap_or_else(|| panic!("{page}: {command}: no such command")),
                None => &any,
            };
            for option in command.split_whitespace().filter(|word| word.starts_with("--")) {
                let option = option.split(['=', ',']).next().unwrap_or_default();
                assert!(
                    help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                    "{page}: {command}"
                );
            }
        }
    }
}

/// The commands, and the options by themselves, that stand in the text of a page, in its tables and in blocks for a
/// shell.
fn shown_commands(page: &str) -> Vec<&str> {
    let is_option = |code: &str| code.strip_prefix("--").is_some_and(|name| name.starts_with(char::is_alphabetic));
    let is_shown = |code: &&str| code.starts_with("gwp ") || is_option(code);
    let mut shown = Vec::new();
    for piece in pieces(page) {
        match piece {
            Piece::Line(line) => shown.extend(line.split('`').skip(1).step_by(2).filter(is_shown)),
            Piece::Block(block) if block.language == "sh" => shown.extend(block.text.lines().filter(is_shown)),
            Piece::Block(_) => {}
        }
    }
    shown
}

fn help_of(command: &str) -> String {
    let help = Program::at_the_top().run(&format!("{command} --help")).out;
    let of_records = if command == "new" {
        ["course", "student", "supervisor", "group", "supervision"]
            .map(|record| help_of(&format!("new {record}")))
            .concat()
    } else {
        String::new()
    };
    format!("{help}{of_records}")
}

/// The commands of the program.
fn commands() -> Vec<String> {
    let help = Program::at_the_top().run("--help").out;
    let (_, commands) = help.split_once("Commands:\n").expect("it lists the commands");
    // Between the commands stand the headings of their groups.
    let lines = commands.lines().take_while(|line| !line.is_empty());
    let lines = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<_> = lines.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    assert!(names.len() > 20, "{names:?}");
    names
}

#[test]
fn every_status_and_verdict_is_explained_in_order() {
    let page = text_of("src/topics/statuses.md");
    let explained: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let statuses = ["met", "open", "query", "action", "failed", "n/a"];
    let verdicts = gwp::judgement::Verdict::ALL.map(gwp::judgement::Verdict::word);
    assert_eq!(explained, statuses.into_iter().chain(verdicts).collect::<Vec<_>>());
}
