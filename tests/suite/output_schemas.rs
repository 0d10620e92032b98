//! What every command prints as JSON, in front of its schema: all of it fits, and no schema has a key that nothing
//! writes.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use boon::{Compiler, SchemaIndex, Schemas};
use gwp::audit::IrregularityName;
use gwp::edition::{Code, ParameterName};
use gwp::judgement::{ObligationKind, Role, Verdict};
use gwp::problems::ProblemName;
use gwp::records::RecordKind;
use gwp::reports::OutputSchema;
use gwp::requirements::Status;
use serde_json::Value;

use crate::envelope::RUNS;
use crate::printed::{PRINTED, Printed};
use crate::program::Program;

#[test]
fn every_output_fits_its_schema() {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.enable_format_assertions();
    let indices: BTreeMap<&str, SchemaIndex> = OutputSchema::ALL
        .into_iter()
        .map(|one| {
            let address = format!("https://example.org/{}.schema.json", one.command);
            compiler.add_resource(&address, read(one)).unwrap();
            (one.command, compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{error:#}")))
        })
        .collect();
    for Printed { command, words, document } in &*PRINTED {
        if let Err(misfit) = schemas.validate(document, indices[command.as_str()]) {
            panic!("gwp {words}: {misfit:#}");
        }
    }
}

/// With one edition no course can have another; `src/reports/edition_tests.rs` has two.
const NOTHING_WRITES_YET: [&str; 1] = ["course_schemes"];

/// Only a group that would have had to begin before the year 1 has no last day to begin.
const NEVER_NULL_HERE: [&str; 1] = ["new_group/last_day"];

#[test]
fn every_key_of_a_schema_is_written_and_says_something() {
    let mut seen = BTreeSet::new();
    for Printed { command, document, .. } in &*PRINTED {
        let schema = read(OutputSchema::of(command).unwrap());
        see(&schema, &Node { at: command.clone(), node: &schema }, document, &mut seen);
    }
    let mut missing = BTreeSet::new();
    for one in OutputSchema::ALL {
        let schema = read(one);
        every_key(&schema, &Node { at: one.command.to_owned(), node: &schema }, &mut |key, Node { at, node }| {
            if NOTHING_WRITES_YET.contains(&key) || **node == Value::Bool(false) {
                return;
            }
            if !seen.contains(&(at.clone(), false)) {
                missing.insert(format!("{at} is never there"));
            }
            if can_be_null(&schema, node)
                && !NEVER_NULL_HERE.contains(&at.as_str())
                && !seen.contains(&(at.clone(), true))
            {
                missing.insert(format!("{at} is never null"));
            }
        });
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_schema_is_closed_and_says_what_each_key_is() {
    let mut parts: BTreeMap<String, (&str, Value)> = BTreeMap::new();
    for one in OutputSchema::with_files() {
        let schema = read(one);
        let is_receipt = one == OutputSchema::RECEIPT;
        let title =
            if is_receipt { "gwp check --receipt".to_owned() } else { format!("gwp {} --format json", one.command) };
        assert_eq!(schema["title"], title);
        every_table(&schema, &mut |table| {
            let Some(properties) = table.get("properties").and_then(Value::as_object) else { return };
            if table.contains_key("$ref") {
                return;
            }
            assert_eq!(table.get("additionalProperties"), Some(&Value::Bool(false)), "{}: {table:?}", one.command);
            for (key, node) in properties {
                let described = described(&schema, node);
                let is_sentence = |text: &str| text.ends_with('.') && text.starts_with(|c: char| c.is_uppercase());
                assert!(described.is_some_and(is_sentence), "{}: {key}: {described:?}", one.command);
            }
        });
        for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
            let (first, said) = parts.entry(name.clone()).or_insert_with(|| (one.command, part.clone()));
            let is_document = name.starts_with("document");
            assert!(is_document || said == part, "{name} is one thing in {first} and another in {}", one.command);
        }
    }
}

#[test]
fn the_words_of_a_schema_are_those_of_the_program() {
    let words = |pointer: &str| {
        let (command, pointer) = pointer.split_once(' ').unwrap();
        let schema = read(OutputSchema::of(command).unwrap());
        let listed = schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).as_array().unwrap().clone();
        listed.into_iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect::<BTreeSet<_>>()
    };
    let all = |all: Vec<&'static str>| all.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    let codes: Vec<_> = Code::all().map(Code::word).collect();
    assert_eq!(words("check /$defs/student/properties/verdict/enum"), all(Verdict::ALL.map(Verdict::word).to_vec()));
    assert_eq!(words("check /$defs/requirement/properties/status/enum"), all(Status::ALL.map(Status::word).to_vec()));
    assert_eq!(words("check /$defs/requirement/properties/code/enum"), all(codes));
    assert_eq!(words("check /$defs/person/properties/role/enum"), all(Role::ALL.map(Role::word).to_vec()));
    assert_eq!(
        words("check /$defs/problem/properties/name/enum"),
        all(ProblemName::ALL.map(ProblemName::word).to_vec())
    );
    assert_eq!(
        words("check /$defs/variation/properties/parameter/enum"),
        all(ParameterName::ALL.map(ParameterName::word).to_vec())
    );
    assert_eq!(
        words("due /$defs/due_item/properties/kind/enum"),
        all(ObligationKind::ALL.map(ObligationKind::word).to_vec())
    );
    assert_eq!(
        words("diff /$defs/record_change/properties/kind/enum"),
        all(RecordKind::ALL.map(RecordKind::word).to_vec())
    );
    assert_eq!(
        words("audit /$defs/irregularity/properties/name/enum"),
        all(IrregularityName::ALL.map(IrregularityName::word).to_vec())
    );
    // What has no day, and a meeting of the LCC, is never overdue.
    let mut overdue = words("due /$defs/due_item/properties/kind/enum");
    overdue.retain(|word| !["ratification", "lcc-meeting"].contains(&word.as_str()));
    assert_eq!(words("check /$defs/overdue_item/properties/kind/enum"), overdue);
}

#[test]
fn each_command_that_prints_json_has_a_schema() {
    let with_schema: BTreeSet<_> = OutputSchema::ALL.iter().map(|one| one.command).collect();
    assert_eq!(with_schema, RUNS.iter().map(|(command, _)| *command).collect());
    let program = Program::at_the_top();
    let list = program.run("schema --output");
    let listed: Vec<_> = list.out.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(listed, OutputSchema::with_files().map(|one| one.command).collect::<Vec<_>>());
    for one in OutputSchema::with_files() {
        assert_eq!(program.run(&format!("schema --output {}", one.command)).out, one.text);
    }
    let unknown = program.run("schema --output undo");
    assert_eq!((unknown.status, unknown.out.as_str(), unknown.err.lines().count()), (2, "", 1));
    assert!(
        unknown
            .err
            .contains("check, due, diff, history, audit, verify, forecast, remind, list, person, retention, explain"),
        "{}",
        unknown.err
    );
    assert_eq!(program.run("schema student --output check").status, 2);
}

fn read(one: OutputSchema) -> Value {
    serde_json::from_str(one.text).unwrap_or_else(|error| panic!("{}: {error}", one.command))
}

/// The part of the schema that a reference leads to.
fn led_to<'s>(root: &'s Value, node: &'s Value) -> &'s Value {
    let Some(reference) = node.get("$ref").and_then(Value::as_str) else { return node };
    root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn described<'s>(root: &'s Value, node: &'s Value) -> Option<&'s str> {
    let said = node.get("description").or_else(|| led_to(root, node).get("description"));
    said.and_then(Value::as_str)
}

fn can_be_null(root: &Value, node: &Value) -> bool {
    let node = led_to(root, node);
    let has_null =
        |word: &str, null: &Value| node.get(word).and_then(Value::as_array).is_some_and(|all| all.contains(null));
    let of_any = node.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    // What can be anything need not be null too.
    let is_anything = node["type"].as_array().is_some_and(|types| types.len() > 2);
    !is_anything && (has_null("type", &"null".into()) || has_null("enum", &Value::Null))
        || of_any.into_iter().any(|choice| choice["type"] == "null")
}

fn every_table<'s>(node: &'s Value, see: &mut dyn FnMut(&'s serde_json::Map<String, Value>)) {
    match node {
        Value::Object(table) => {
            see(table);
            table.values().for_each(|value| every_table(value, see));
        }
        Value::Array(list) => list.iter().for_each(|value| every_table(value, see)),
        _ => {}
    }
}

/// A part of a schema, and where it stands: what several schemas share has one place.
struct Node<'s> {
    at: String,
    node: &'s Value,
}

impl<'s> Node<'s> {
    fn within(&self, word: &str, node: &'s Value) -> Self {
        Self { at: format!("{}/{word}", self.at), node }
    }

    /// The parts that are said of the same value.
    fn of_the_same_value(&self, root: &'s Value) -> Vec<Self> {
        let choices = ["anyOf", "oneOf"].iter().filter_map(|word| self.node.get(word)?.as_array()).flatten();
        let mut parts: Vec<_> = choices.map(|node| Self { at: self.at.clone(), node }).collect();
        if let Some(reference) = self.node.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap();
            let command = self.at.split('/').next().unwrap();
            let at = if name.starts_with("document") { command } else { name }.to_owned();
            parts.push(Self { at, node: led_to(root, self.node) });
        }
        parts
    }
}

fn every_key<'s>(root: &'s Value, node: &Node<'s>, see: &mut dyn FnMut(&'s str, &Node<'s>)) {
    for part in node.of_the_same_value(root) {
        every_key(root, &part, see);
    }
    if let Some(items) = node.node.get("items") {
        every_key(root, &node.within("items", items), see);
    }
    for (key, value) in node.node.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let of_key = node.within(key, value);
        see(key, &of_key);
        every_key(root, &of_key, see);
    }
}

/// Marks each key that a value has, and whether the value there was null.
fn see(root: &Value, node: &Node<'_>, value: &Value, seen: &mut BTreeSet<(String, bool)>) {
    for part in node.of_the_same_value(root) {
        see(root, &part, value, seen);
    }
    if let (Some(items), Value::Array(list)) = (node.node.get("items"), value) {
        for entry in list {
            see(root, &node.within("items", items), entry, seen);
        }
    }
    if let (Some(Value::Object(properties)), Value::Object(table)) = (node.node.get("properties"), value) {
        for (key, value) in table {
            if let Some(of_key) = properties.get(key) {
                let of_key = node.within(key, of_key);
                seen.insert((of_key.at.clone(), value.is_null()));
                see(root, &of_key, value, seen);
            }
        }
    }
}
