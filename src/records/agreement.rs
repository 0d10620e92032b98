//! The types, the walk for faults and the two notations agree on what a record is.

use std::fmt::Write;

use proptest::prelude::*;

use super::faults::faults;
use super::reading::read_plainly;
use super::shape::{Faulty, Shape, prune};
use super::{Course, Gwp, Record, SessionLog, Student, Supervisor};
use crate::text::{Node, Notation, Parsed, Value};

const GWP: &str = include_str!("../../examples/london/gwp.toml");
const COURSE: &str = include_str!("../../examples/london/courses/london-2025.toml");
const STUDENTS: [&str; 3] = [
    include_str!("../../examples/london/students/2025/bethan-maddox.toml"),
    include_str!("../../examples/london/students/2024/judith-abell.toml"),
    include_str!("../../examples/london/students/2022/stefan-brandt.toml"),
];
const SUPERVISOR: &str = include_str!("../../examples/london/supervisors/miriam-castellan.toml");
const GROUP: &str = include_str!("../../examples/london/sessions/hearing-voices.toml");
const SUPERVISION: &str = include_str!("../../examples/london/sessions/supervision-bevan-macaskill.toml");

/// A value of no notation.
#[derive(Clone, Debug, PartialEq)]
enum Model {
    Table(Vec<(String, Model)>),
    List(Vec<Model>),
    Text(String),
    /// What is written alike in both notations, without quotes.
    Plain(&'static str),
    Number(i64),
    Date(String),
}

impl Model {
    fn of(node: &Node<'_>) -> Self {
        match &node.value {
            Value::Table(entries) => Self::Table(
                entries.iter().map(|(key, value)| (key.name.clone().into_owned(), Self::of(value))).collect(),
            ),
            Value::List(elements) => Self::List(elements.iter().map(Self::of).collect()),
            Value::Text(text) => Self::Text(text.clone().into_owned()),
            Value::Integer(number) => Self::Number(*number),
            Value::Boolean(true) => Self::Plain("true"),
            Value::Boolean(false) => Self::Plain("false"),
            Value::Date(written) => Self::Date((*written).to_owned()),
            Value::Float | Value::Null => Self::Plain("1.5"),
        }
    }

    fn write(&self, notation: Notation, out: &mut String) {
        let between = if notation == Notation::Toml { " = " } else { ": " };
        match self {
            Self::Table(entries) => {
                out.push('{');
                for (position, (key, value)) in entries.iter().enumerate() {
                    let comma = if position == 0 { "" } else { ", " };
                    let _ = write!(out, "{comma}{key:?}{between}");
                    value.write(notation, out);
                }
                out.push('}');
            }
            Self::List(elements) => {
                out.push('[');
                for (position, value) in elements.iter().enumerate() {
                    out.push_str(if position == 0 { "" } else { ", " });
                    value.write(notation, out);
                }
                out.push(']');
            }
            Self::Text(text) => out.push_str(&serde_json::to_string(text).unwrap()),
            Self::Plain(word) => out.push_str(word),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Date(written) => out.push_str(written),
        }
    }

    fn text(&self, notation: Notation) -> String {
        let mut out = String::new();
        let Self::Table(entries) = self else { panic!("a record is a table") };
        for (key, value) in entries {
            let _ = write!(out, "{key:?}{}", if notation == Notation::Toml { " = " } else { ": " });
            value.write(notation, &mut out);
            out.push('\n');
        }
        out
    }

    /// This value with every date in quotes.
    fn quoted(&self) -> Self {
        match self {
            Self::Table(entries) => {
                Self::Table(entries.iter().map(|(key, value)| (key.clone(), value.quoted())).collect())
            }
            Self::List(elements) => Self::List(elements.iter().map(Self::quoted).collect()),
            Self::Date(written) => Self::Text(written.clone()),
            other => other.clone(),
        }
    }

    /// The table or list at a position among all of them.
    fn nth(&mut self, n: &mut usize) -> Option<&mut Self> {
        if !matches!(self, Self::Table(_) | Self::List(_)) {
            return None;
        }
        if *n == 0 {
            return Some(self);
        }
        *n -= 1;
        match self {
            Self::Table(entries) => entries.iter_mut().find_map(|(_, value)| value.nth(n)),
            Self::List(elements) => elements.iter_mut().find_map(|value| value.nth(n)),
            _ => None,
        }
    }

    fn count(&self) -> usize {
        match self {
            Self::Table(entries) => 1 + entries.iter().map(|(_, value)| value.count()).sum::<usize>(),
            Self::List(elements) => 1 + elements.iter().map(Self::count).sum::<usize>(),
            _ => 0,
        }
    }
}

#[derive(Clone, Debug)]
enum Change {
    Drop,
    Rename(String),
    Replace(Model),
    Wrap,
    Name,
    Empty,
}

fn changes() -> impl Strategy<Value = Change> {
    let values = [
        Model::Text("x".into()),
        Model::Text(String::new()),
        Model::Text("2026-01-31".into()),
        Model::Text("2026-02-30".into()),
        Model::Text("2026-01-31T10:00:00".into()),
        Model::Text("weekly".into()),
        Model::Text("supervision".into()),
        Model::Text("G5".into()),
        Model::Text("A3".into()),
        Model::Text("60".into()),
        Model::Number(0),
        Model::Number(1),
        Model::Number(-1),
        Model::Number(1440),
        Model::Number(1441),
        Model::Number(70_000),
        Model::Number(5_000_000_000),
        Model::Plain("1.5"),
        Model::Plain("true"),
        Model::Date("2026-01-31".into()),
        Model::Date("2026-01-31T10:00:00".into()),
        Model::List(Vec::new()),
        Model::List(vec![Model::Text("x".into())]),
        Model::List(vec![Model::Date("2026-01-31".into())]),
        Model::Table(Vec::new()),
        Model::Table(vec![("name".into(), Model::Text("x".into()))]),
        Model::Table(vec![("from".into(), Model::Date("2026-01-31".into()))]),
    ];
    let keys =
        ["x", "name", "until", "kind", "minutes", "cancelled", "notes", "from", "stray-file", "of", "group_analyst"];
    prop_oneof![
        Just(Change::Drop),
        prop::sample::select(keys.to_vec()).prop_map(|key| Change::Rename(key.to_owned())),
        prop::sample::select(values.to_vec()).prop_map(Change::Replace),
        Just(Change::Wrap),
        Just(Change::Name),
        Just(Change::Empty),
    ]
}

/// Changes one entry or element.
fn change(model: &mut Model, place: prop::sample::Index, entry: prop::sample::Index, how: &Change) {
    let mut n = place.index(model.count());
    let Some(inside) = model.nth(&mut n) else { return };
    let value = match inside {
        Model::Table(entries) if !entries.is_empty() => {
            let at = entry.index(entries.len());
            match how {
                Change::Drop => {
                    entries.remove(at);
                    return;
                }
                Change::Rename(key) if entries.iter().all(|(known, _)| known != key) => {
                    entries[at].0.clone_from(key);
                    return;
                }
                _ => &mut entries[at].1,
            }
        }
        Model::List(elements) if !elements.is_empty() => {
            let at = entry.index(elements.len());
            if matches!(how, Change::Drop) {
                elements.remove(at);
                return;
            }
            &mut elements[at]
        }
        _ => return,
    };
    match how {
        Change::Replace(other) => *value = other.clone(),
        Change::Wrap => *value = Model::List(vec![value.clone()]),
        Change::Name => *value = Model::Table(vec![("weekly".into(), value.clone())]),
        Change::Empty => match value {
            Model::List(elements) => elements.clear(),
            Model::Table(entries) => entries.clear(),
            Model::Text(text) => text.clear(),
            _ => {}
        },
        Change::Drop | Change::Rename(_) => {}
    }
}

/// Reads a record by its type and by its shape.
fn agree<T: Record + std::fmt::Debug>(model: &Model, notation: Notation) -> Result<Option<String>, TestCaseError> {
    let text = model.text(notation);
    let parsed = Parsed::of(notation, &text);
    prop_assert_eq!(&parsed.faults, &[], "{}", text);
    let record = T::of_tree(&parsed.root).filter(T::is_within_bounds);
    let found = faults(T::KIND, notation, &text, &parsed.root);
    prop_assert_eq!(record.is_some(), found.is_empty(), "{:?}\n{}", found, text);
    for faulty in [Faulty::LeftOut, Faulty::EndsList] {
        let mut pruned = parsed.root.clone();
        let shape = Shape::of_record(T::KIND, &pruned);
        let is_left = prune(&mut pruned, shape, faulty);
        prop_assert!(!is_left || T::of_tree(&pruned).is_some(), "{}", text);
        prop_assert!(is_left || record.is_none(), "{}", text);
        if is_left {
            prop_assert_eq!(faults(T::KIND, notation, &text, &pruned), [], "{}", text);
        }
    }
    let record = record.map(|record| format!("{record:?}"));
    let plainly = read_plainly::<T>(notation, &text).map(|record| format!("{record:?}"));
    prop_assert!(plainly.is_none() || plainly == record, "{}", text);
    Ok(record)
}

/// Reads a text with a slip in it: what is read without a tree is what the tree says.
fn mistyped<T: Record + std::fmt::Debug>(text: &str, slips: &[Slip]) -> Result<(), TestCaseError> {
    let mut text = text.to_owned();
    for (at, removed, typed) in slips {
        let mut begin = at.index(text.len() + 1);
        while !text.is_char_boundary(begin) {
            begin -= 1;
        }
        let mut end = (begin + removed).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        text.replace_range(begin..end, typed);
        let Some(plainly) = read_plainly::<T>(Notation::Toml, &text) else { continue };
        let parsed = Parsed::of(Notation::Toml, &text);
        prop_assert!(parsed.is_sound(), "{:?}\n{}", parsed.faults, text);
        let record = T::of_tree(&parsed.root).filter(T::is_within_bounds);
        prop_assert_eq!(Some(format!("{plainly:?}")), record.map(|record| format!("{record:?}")), "{}", text);
    }
    Ok(())
}

/// Where something is typed, over how many bytes, and what.
type Slip = (prop::sample::Index, usize, &'static str);

fn slips() -> impl Strategy<Value = Vec<Slip>> {
    const TYPED: [&str; 24] = [
        "",
        "",
        " ",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{7f}",
        "\"",
        "'",
        "\\",
        "#",
        "=",
        ".",
        ",",
        "[",
        "]",
        "{",
        "}",
        "-",
        "0",
        "é",
        "\"\"\"",
        "2026-02-30",
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, prop::sample::select(&TYPED[..])), 1..6)
}

/// Reads a record in both notations. A date without quotes is a text to YAML, and no text to TOML.
fn agree_in_both<T: Record + std::fmt::Debug>(model: &Model) -> Result<(), TestCaseError> {
    let yaml = agree::<T>(model, Notation::Yaml)?;
    let toml = agree::<T>(model, Notation::Toml)?;
    prop_assert_eq!(&agree::<T>(&model.quoted(), Notation::Toml)?, &yaml);
    prop_assert!(toml.is_none() || toml == yaml);
    Ok(())
}

fn changed<T: Record + std::fmt::Debug>(text: &str, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model = Model::of(&Parsed::of(Notation::Toml, text).root);
    agree_in_both::<T>(&model)?;
    for (place, entry, how) in steps {
        change(&mut model, *place, *entry, how);
        agree_in_both::<T>(&model)?;
    }
    Ok(())
}

type Step = (prop::sample::Index, prop::sample::Index, Change);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), changes()), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn of_the_case_folder(steps in steps()) {
        changed::<Gwp>(GWP, &steps)?;
    }

    #[test]
    fn of_a_course(steps in steps()) {
        changed::<Course>(COURSE, &steps)?;
    }

    #[test]
    fn of_a_student(text in prop::sample::select(&STUDENTS[..]), steps in steps()) {
        changed::<Student>(text, &steps)?;
    }

    #[test]
    fn of_a_supervisor(steps in steps()) {
        changed::<Supervisor>(SUPERVISOR, &steps)?;
    }

    #[test]
    fn of_a_log(text in prop::sample::select(&[GROUP, SUPERVISION][..]), steps in steps()) {
        changed::<SessionLog>(text, &steps)?;
    }

    #[test]
    fn of_mistyped_texts(
        student in prop::sample::select(&STUDENTS[..]),
        log in prop::sample::select(&[GROUP, SUPERVISION][..]),
        slips in slips(),
    ) {
        mistyped::<Gwp>(GWP, &slips)?;
        mistyped::<Course>(COURSE, &slips)?;
        mistyped::<Student>(student, &slips)?;
        mistyped::<Supervisor>(SUPERVISOR, &slips)?;
        mistyped::<SessionLog>(log, &slips)?;
    }
}
