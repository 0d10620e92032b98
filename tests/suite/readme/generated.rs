//! The parts of pages that are made from the code.

use gwp::audit::IrregularityName;
use gwp::edition::{Clause, Code, ParameterName, Parameters, Scheme, Value};
use gwp::problems::ProblemName;
use gwp::requirements::CATALOGUE;
use gwp::topics::{SHELVES, Topic};

use crate::markdown::with_part;

/// A part: what it is called in its page, and how it is made.
pub type Part = (&'static str, fn() -> String);

/// The parts.
pub const PARTS: [Part; 7] = [
    ("topics", topics),
    ("modules", modules),
    ("parameters", parameters),
    ("problems", problems),
    ("requirements", requirements),
    ("irregularities", irregularities),
    ("readings", readings),
];

/// The page with every part that is made as it is made.
pub fn with_made_parts(page: &str) -> String {
    PARTS.into_iter().fold(
        page.to_owned(),
        |page, (name, made)| {
            if has_part(&page, name) { with_part(&page, name, &made()) } else { page }
        },
    )
}

/// Whether the page has a place for a part.
pub fn has_part(page: &str, name: &str) -> bool {
    page.contains(&format!("<!-- {name} -->"))
}

fn topics() -> String {
    let shelves = SHELVES.iter().map(|shelf| {
        let line = |topic: &Topic| format!("- [{0}](src/topics/{0}.md): {1}\n", topic.name, topic.about());
        format!("**{}**\n\n{}", shelf.reader, shelf.topics.iter().map(line).collect::<String>())
    });
    shelves.collect::<Vec<_>>().join("\n")
}

/// The modules, as the library's own front page has them.
fn modules() -> String {
    let front = include_str!("../../../src/lib.rs").replace("\r\n", "\n");
    let lines = front.lines().filter_map(|line| line.strip_prefix("//! |"));
    let without_links = |line: &str| line.split('[').map(without_target).collect::<String>();
    lines.map(|line| format!("|{}\n", without_links(line))).collect()
}

/// What follows the opening bracket of a link, without the bracket that closes it and without the target.
fn without_target(link: &str) -> String {
    let Some((words, after)) = link.split_once(']') else { return link.to_owned() };
    let after = after.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(after, |(_, after)| after);
    format!("{words}{after}")
}

fn parameters() -> String {
    let edition = Scheme::newest().edition();
    let line = |name: ParameterName| {
        let entry = edition.entry(name);
        let value = match &entry.value {
            Value::Number(number) => number.to_string(),
            Value::Words(words) => words.join(", "),
        };
        format!("| `{}` | {value} | {} | {} |\n", name.word(), entry.unit, entry.heading)
    };
    let lines = ParameterName::ALL.into_iter().map(line);
    format!("| parameter | value | unit | heading |\n|---|---|---|---|\n{}", lines.collect::<String>())
}

fn problems() -> String {
    let line = |name: ProblemName| {
        let (word, level, meaning) = (name.word(), name.default_level().word(), name.meaning());
        format!("| `{word}` | {level} | {meaning} |\n")
    };
    let lines = ProblemName::ALL.into_iter().map(line);
    format!("| problem | level | what it is |\n|---|---|---|\n{}", lines.collect::<String>())
}

fn irregularities() -> String {
    let line = |name: IrregularityName| format!("| `{}` | {} |\n", name.word(), name.meaning());
    let lines = IrregularityName::ALL.into_iter().map(line);
    format!("| irregularity | what it is |\n|---|---|\n{}", lines.collect::<String>())
}

/// What the newest edition says of each requirement.
fn clauses() -> [(Code, Clause); Code::COUNT] {
    let newest = Scheme::newest();
    let parameters = Parameters::of_edition(newest.edition());
    CATALOGUE.map(|requirement| (requirement.code, requirement.clause(newest, &parameters)))
}

fn requirements() -> String {
    let line = |(code, Clause { heading, asks, .. }): (Code, Clause)| {
        format!("| {code} | `{}` | {heading} | {asks} |\n", code.name())
    };
    let lines: String = clauses().into_iter().map(line).collect();
    format!("| code | name | heading | what it asks |\n|---|---|---|---|\n{lines}")
}

/// The readings, each once, with the requirements that it is about.
fn readings() -> String {
    let mut readings: Vec<(String, Vec<&str>)> = Vec::new();
    for (code, clause) in clauses() {
        for reading in clause.readings {
            match readings.iter_mut().find(|(known, _)| *known == reading) {
                Some((_, codes)) => codes.push(code.word()),
                None => readings.push((reading, vec![code.word()])),
            }
        }
    }
    let lines = readings.iter().map(|(reading, codes)| format!("| {} | {reading} |\n", in_short(codes)));
    format!("| code | reading |\n|---|---|\n{}", lines.collect::<String>())
}

/// `C1–C9` for a run of codes.
fn in_short(codes: &[&str]) -> String {
    let number = |code: &str| code[1..].parse::<usize>().ok();
    let follows = |pair: &[&str]| pair[0][..1] == pair[1][..1] && number(pair[0]).map(|one| one + 1) == number(pair[1]);
    match codes {
        [first, _, .., last] if codes.windows(2).all(follows) => format!("{first}–{last}"),
        codes => codes.join(", "),
    }
}
