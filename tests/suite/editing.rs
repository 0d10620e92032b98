//! Changes of one place, in every kind of record and in every layout: what is there besides stays, comments included.

#![allow(clippy::format_push_string, reason = "a layout is put together piece by piece")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path as FilePath;

use gwp::amend::{Edit, Edited, Refusal, amend, json_of};
use gwp::records::RecordKind;
use gwp::records::shape::{Shape, Table};
use gwp::text::{Notation, Parsed, Path, Step};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

use crate::file;

/// What a text says, by parsers of others.
fn parsed(notation: Notation, text: &str) -> Json {
    match notation {
        Notation::Toml => {
            toml_json(text.trim_start_matches('\u{feff}').parse::<toml_edit::DocumentMut>().expect(text).as_item())
        }
        Notation::Yaml => json_of(&Parsed::of(notation, text).root),
    }
}

fn toml_json(item: &toml_edit::Item) -> Json {
    use toml_edit::{Item, Value};
    fn value(of: &Value) -> Json {
        match of {
            Value::String(text) => json!(text.value()),
            Value::Integer(number) => json!(number.value()),
            Value::Boolean(yes) => json!(yes.value()),
            Value::Datetime(day) => json!(day.value().to_string()),
            Value::Array(list) => list.iter().map(value).collect(),
            Value::InlineTable(table) => {
                Json::Object(table.iter().map(|(key, it)| (key.to_owned(), value(it))).collect())
            }
            Value::Float(_) => panic!("no record has one"),
        }
    }
    match item {
        Item::None => Json::Null,
        Item::Value(it) => value(it),
        Item::Table(table) => Json::Object(table.iter().map(|(key, it)| (key.to_owned(), toml_json(it))).collect()),
        Item::ArrayOfTables(tables) => tables
            .iter()
            .map(|one| Json::Object(one.iter().map(|(key, it)| (key.to_owned(), toml_json(it))).collect()))
            .collect(),
    }
}

fn path_of(steps: &[Step]) -> Path {
    steps.iter().fold(Path::root(), |path, step| match step {
        Step::Key(key) => path.key(key),
        Step::Index(index) => path.index(*index as usize),
    })
}

fn at<'j>(json: &'j mut Json, steps: &[Step]) -> &'j mut Json {
    steps.iter().fold(json, |here, step| match step {
        Step::Key(key) => here.get_mut(*key).expect("it is there"),
        Step::Index(index) => here.get_mut(*index as usize).expect("it is there"),
    })
}

/// Every place that a record has, with its shape.
fn places(json: &Json, shape: &'static Shape, way: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, &'static Shape)>) {
    if !way.is_empty() {
        found.push((way.clone(), shape));
    }
    match (json, shape) {
        (Json::Object(entries), Shape::Table(table)) => {
            for field in &table.fields {
                let Some(value) = entries.get(&field.key) else { continue };
                way.push(Step::Key(&field.key));
                places(value, &field.shape, way, found);
                way.pop();
            }
        }
        (Json::Array(elements), Shape::List { element, .. }) => {
            for (index, value) in elements.iter().enumerate() {
                way.push(Step::Index(u32::try_from(index).expect("few")));
                places(value, element, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

/// Another value of a shape; none of a table.
fn other(shape: &Shape, there: &Json) -> Option<Json> {
    Some(match shape {
        Shape::Text => json!(format!("{} # \"x\": [1]", there.as_str()?)),
        Shape::Date => json!("2031-05-06"),
        Shape::Words(words) => json!(words.iter().find(|word| **word != there.as_str().unwrap_or_default())?),
        Shape::Number(..) => json!(there.as_i64()? + 1),
        Shape::Boolean => json!(!there.as_bool()?),
        _ => return None,
    })
}

/// The edits that a record allows of one place of each sort, each with what the record says then.
fn edits(kind: RecordKind, was: &Json, shape: &'static Shape, seen: &mut BTreeSet<Vec<String>>) -> Vec<(Edit, Json)> {
    let (mut found, mut edits) = (Vec::new(), Vec::new());
    places(was, shape, &mut Vec::new(), &mut found);
    for (steps, shape) in found {
        let sort: Vec<_> = steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => (*key).to_owned(),
                Step::Index(0) => "first".to_owned(),
                Step::Index(_) => "later".to_owned(),
            })
            .collect();
        if !seen.insert(sort) {
            continue;
        }
        let (path, (last, before)) = (path_of(&steps), steps.split_last().expect("not the record itself"));
        let there = at(&mut was.clone(), &steps).clone();
        let mut add = |at: Path, to: Edited, is: Json| {
            edits.push((Edit { kind, at, to, what: "x".to_owned() }, is));
        };
        if let Some(other) = other(shape, &there) {
            let mut is = was.clone();
            *at(&mut is, &steps) = other.clone();
            add(path, Edited::Instead(other), is);
        }
        let mut is = was.clone();
        match last {
            Step::Key(key) => drop(at(&mut is, before).as_object_mut().expect("a table").shift_remove(*key)),
            Step::Index(index) => drop(at(&mut is, before).as_array_mut().expect("a list").remove(*index as usize)),
        }
        add(path, Edited::Gone, is);
        if let Step::Index(index) = last {
            let mut is = was.clone();
            at(&mut is, before).as_array_mut().expect("a list").insert(*index as usize + 1, there.clone());
            add(path_of(before).index(*index as usize + 1), Edited::Further(there), is);
        }
    }
    edits
}

/// The keys that a record does not have, each with a value.
fn additions(kind: RecordKind, was: &Json, table: &'static Table) -> Vec<(Edit, Json)> {
    let mut edits = Vec::new();
    for field in table.fields.iter().filter(|field| was.get(&field.key).is_none()) {
        let Some(value) = sample(&field.shape) else { continue };
        let mut is = was.clone();
        is.as_object_mut().expect("a table").insert(field.key.clone(), value.clone());
        edits
            .push((Edit { kind, at: Path::root().key(&field.key), to: Edited::Said(value), what: "x".to_owned() }, is));
    }
    edits
}

/// A value of a shape.
fn sample(shape: &Shape) -> Option<Json> {
    Some(match shape {
        Shape::Text => json!("some \"words\""),
        Shape::Date => json!("2031-05-06"),
        Shape::Words(words) => json!(words.last()?),
        Shape::Number(least, _) => json!(least.max(&7)),
        Shape::Boolean => json!(true),
        Shape::List { element, .. } => Json::Array(vec![sample(element)?]),
        Shape::Table(table) => {
            let said = table.fields.iter().filter_map(|field| Some((field.key.clone(), sample(&field.shape)?)));
            let said: serde_json::Map<_, _> = said.take(3).collect();
            (!said.is_empty()).then_some(Json::Object(said))?
        }
        Shape::TextByDay => json!({ "2031-05-06": "12345678", "2031-05-07": "9f2c41d0" }),
        Shape::Either(choices) => sample(choices.first()?)?,
    })
}

fn without_empty(mut json: Json) -> Json {
    fn clean(json: &mut Json) {
        match json {
            Json::Object(table) => {
                table.values_mut().for_each(clean);
                table.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
            }
            Json::Array(list) => list.iter_mut().for_each(clean),
            _ => {}
        }
    }
    clean(&mut json);
    json
}

/// The comments of a text whose values have no hash.
fn comments(text: &str) -> Vec<String> {
    let mut found: Vec<_> =
        text.lines().filter_map(|line| line.split_once("#!")).map(|(_, comment)| comment.trim().to_owned()).collect();
    found.sort();
    found
}

/// Makes an edit; whether it was made, and not left to be typed.
#[track_caller]
fn assert_edit(notation: Notation, text: &str, (edit, wanted): &(Edit, Json)) -> bool {
    match amend(notation, text, &gwp::amend::Event::Edit(edit.clone())) {
        Ok(amended) => {
            let is = parsed(notation, &amended.text);
            assert_eq!(without_empty(is), without_empty(wanted.clone()), "{edit:?}\n{text}\n=>\n{}", amended.text);
            if edit.to != Edited::Gone {
                assert_eq!(comments(&amended.text), comments(text), "{edit:?}\n{text}\n=>\n{}", amended.text);
            }
            true
        }
        Err(Refusal::ByHand(_)) => false,
        Err(refusal) => panic!("{refusal:?}\n{edit:?}\n{text}"),
    }
}

fn kind_of(path: &FilePath) -> Option<RecordKind> {
    let folder = path.components().rev().skip(1).find_map(|part| RecordKind::in_folder(part.as_os_str().to_str()?));
    folder.or_else(|| path.ends_with("gwp.toml").then_some(RecordKind::Gwp))
}

fn shape_of(kind: RecordKind, notation: Notation, text: &str) -> &'static Shape {
    Shape::of_record(kind, &Parsed::of(notation, text).root)
}

#[test]
fn every_place_of_the_examples() {
    fn gather(folder: &FilePath, found: &mut Vec<(RecordKind, Notation, String)>) {
        for path in fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                gather(&path, found);
            } else if let (Some(kind), Some(notation)) = (kind_of(&path), path.to_str().and_then(Notation::of)) {
                found.push((kind, notation, fs::read_to_string(&path).expect("it is text")));
            }
        }
    }
    let mut found = Vec::new();
    gather(&file("examples/london"), &mut found);
    gather(&file("tests/cases/base"), &mut found);
    let (mut made, mut left, mut sorts) = (0, Vec::new(), BTreeMap::new());
    for (kind, notation, text) in found {
        let (was, shape) = (parsed(notation, &text), shape_of(kind, notation, &text));
        let table = shape.table().expect("a record is a table");
        let seen: &mut BTreeSet<_> = sorts.entry((kind, notation == Notation::Toml)).or_default();
        for edit in edits(kind, &was, shape, seen).into_iter().chain(additions(kind, &was, table)) {
            if assert_edit(notation, &text, &edit) {
                made += 1;
            } else {
                left.push(format!("{:?} {} {:?}", kind, edit.0.at, edit.0.to));
            }
        }
    }
    assert!(made > 300, "{made}");
    assert!(left.is_empty(), "{} of {}\n{}", left.len(), made + left.len(), left.join("\n"));
}

/// Choices of layout, the same for the same seed.
struct Choices(u64);

impl Choices {
    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of[usize::try_from(self.0 >> 33).expect("small") % of.len()]
    }

    /// A comment behind something on its line, or none.
    fn comment(&mut self) -> String {
        let number = self.0 >> 40;
        if self.one_of(&[true, false, false]) { format!("   #! c{number}") } else { String::new() }
    }

    /// Lines between two things that say nothing.
    fn between(&mut self, indent: &str) -> String {
        let number = self.0 >> 40;
        self.one_of(&["", "", "", "\n", "C"]).replace('C', &format!("{indent}#! b{number}\n"))
    }

    fn toml_value(&mut self, value: &Json) -> String {
        match value {
            Json::String(text) if text.len() == 10 && text.starts_with("202") => {
                self.one_of(&[text.clone(), format!("\"{text}\"")].each_ref()).clone()
            }
            Json::String(text) => self.one_of(&[format!("\"{text}\""), format!("'{text}'")].each_ref()).clone(),
            Json::Array(list) => {
                let elements: Vec<_> = list.iter().map(|one| self.toml_value(one)).collect();
                if list.is_empty() {
                    return self.one_of(&["[]", "[ ]", "[\n]"]).to_owned();
                }
                match self.one_of(&[0, 1, 2]) {
                    0 => format!("[{}]", elements.join(", ")),
                    1 => format!("[ {}, ]", elements.join(" ,")),
                    _ => {
                        let lines =
                            elements.iter().map(|one| format!("{}  {one},{}\n", self.between("  "), self.comment()));
                        let lines = lines.collect::<Vec<_>>().concat();
                        format!("[{}\n{lines}]", self.comment())
                    }
                }
            }
            Json::Object(table) => {
                let pairs: Vec<_> =
                    table.iter().map(|(key, value)| format!("{key} = {}", self.toml_inline(value))).collect();
                self.one_of(&[format!("{{ {} }}", pairs.join(", ")), format!("{{{}}}", pairs.join(" , "))].each_ref())
                    .clone()
            }
            other => other.to_string(),
        }
    }

    /// A value within braces, which TOML has on one line.
    fn toml_inline(&mut self, value: &Json) -> String {
        match value {
            Json::Array(list) => {
                format!("[{}]", list.iter().map(|one| self.toml_inline(one)).collect::<Vec<_>>().join(", "))
            }
            other => self.toml_value(other),
        }
    }

    fn toml(&mut self, name: &str, table: &Json) -> String {
        let is_block = |value: &Json| {
            value.is_object() || value.as_array().is_some_and(|list| list.first().is_some_and(Json::is_object))
        };
        let (mut plain, mut blocks) = (String::new(), String::new());
        for (key, value) in table.as_object().expect("a table") {
            let below = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
            if !is_block(value) || self.one_of(&[true, false, false]) {
                plain += &format!("{}{key} = {}{}\n", self.between(""), self.toml_value(value), self.comment());
            } else if let Json::Array(list) = value {
                for one in list {
                    blocks += &format!("{}[[{below}]]{}\n{}", self.between(""), self.comment(), self.toml(&below, one));
                }
            } else {
                blocks += &format!("{}[{below}]{}\n{}", self.between(""), self.comment(), self.toml(&below, value));
            }
        }
        plain + &blocks
    }

    fn yaml_flow(&mut self, value: &Json) -> String {
        match value {
            Json::String(text) if text.contains([':', ',', '#']) => format!("\"{text}\""),
            Json::String(text) => {
                self.one_of(&[text.clone(), format!("\"{text}\""), format!("'{text}'")].each_ref()).clone()
            }
            Json::Array(list) => {
                format!("[{}]", list.iter().map(|one| self.yaml_flow(one)).collect::<Vec<_>>().join(", "))
            }
            Json::Object(table) => {
                let pairs: Vec<_> =
                    table.iter().map(|(key, value)| format!("{key}: {}", self.yaml_flow(value))).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
            other => other.to_string(),
        }
    }

    /// What stands behind a key or a dash, to the end of its last line.
    fn yaml_value(&mut self, value: &Json, indent: &str) -> String {
        let is_flow = self.one_of(&[true, false, false]);
        match value {
            Json::Array(list) if !is_flow && !list.is_empty() => {
                let inner = self.one_of(&[indent.to_owned(), format!("{indent}  ")].each_ref()).clone();
                let lines = list.iter().map(|one| {
                    let said = if one.is_object() {
                        self.yaml_entry(one, &inner)
                    } else {
                        format!("{}{}\n", self.yaml_flow(one), self.comment())
                    };
                    format!("{}{inner}- {said}", self.between(&inner))
                });
                let lines: String = lines.collect::<Vec<_>>().concat();
                format!("{}\n{lines}", self.comment())
            }
            Json::Object(table) if !is_flow && !table.is_empty() => {
                let inner = format!("{indent}  ");
                format!("{}\n{}", self.comment(), self.yaml(value, &inner))
            }
            value => format!(" {}{}\n", self.yaml_flow(value), self.comment()),
        }
    }

    fn yaml_entry(&mut self, table: &Json, indent: &str) -> String {
        if self.one_of(&[true, false]) {
            return format!("{}{}\n", self.yaml_flow(table), self.comment());
        }
        let inner = format!("{indent}  ");
        self.yaml(table, &inner).trim_start_matches(['\n', ' ']).to_owned()
    }

    fn yaml(&mut self, table: &Json, indent: &str) -> String {
        let entries = table.as_object().expect("a table").iter().enumerate();
        let lines = entries.map(|(number, (key, value))| {
            let between = if number == 0 { String::new() } else { self.between(indent) };
            format!("{between}{indent}{key}:{}", self.yaml_value(value, indent))
        });
        lines.collect::<Vec<_>>().concat()
    }
}

/// Records that have something everywhere.
fn rich(kind: RecordKind) -> Json {
    match kind {
        RecordKind::Student => json!({
            "name": "Robin Ashby", "course": "york", "joined": "2025-09-28", "form1": { "submitted": "2025-10-01", "notes": "on paper" },
            "arrangement": [
                { "group": "north", "supervisor": "ash", "from": "2025-10-06", "line_manager": { "name": "Nora Pym" },
                  "clinical_responsibility": { "holder": "Dr Ellery", "agreed": "2025-10-02" }, "medical_cover": "needed" },
                { "group": "south", "supervisor": "birch", "from": "2025-11-06", "until": "2026-06-30" },
            ],
            "wrg": [{ "supervisor": "cedar", "from": "2025-09-27", "presentations": ["2025-11-14", "2026-02-06"] }],
            "report": [{ "form": "GWP2", "received": "2026-01-29", "by": "ash", "competencies": { "context": "competent", "conflict": "developing" } }],
            "decision": [{ "body": "LCC", "about": "arrangements", "date": "2025-11-29", "outcome": "approved", "conditions": [
                { "what": "a second supervisor", "due": "2026-01-31" }, { "what": "a plan", "due": "2026-02-28", "met": "2026-02-01" }] }],
            "extension": { "until": "2028-12-31", "agreed_by": "NTM", "agreed": "2028-05-04" },
        }),
        RecordKind::Session => json!({
            "kind": "group", "title": "Riverside", "organisation": "NHS", "setting": "health", "aim": "therapeutic",
            "frequency": "weekly", "conductors": ["robin-ashby", "sam-birch"], "co_conductor": { "name": "Dr Byrne", "from": "2025-10-06" },
            "breaks": [{ "from": "2025-12-20", "until": "2026-01-04" }],
            "sessions": [{ "date": "2025-10-06", "minutes": 90, "present": 7 }, { "date": "2025-10-13", "cancelled": "ill" },
                         { "date": "2025-10-20", "minutes": 90, "absent": ["robin-ashby"] }],
        }),
        RecordKind::Supervisor => json!({
            "name": "Helen Marsh", "group_analyst": true,
            "registrations": [{ "body": "UKCP", "number": "A 2011", "checked": "2025-09-30", "expires": "2026-09-30" }, { "body": "BACP" }],
            "other_evidence": { "what": "ten years of groups", "accepted": "2025-10-05" }, "cv_received": "2025-10-01",
        }),
        _ => json!({
            "name": "York", "convenor": "Ros", "starts": "2025-09-27", "ends": "2026-07-11", "lcc_meetings": ["2025-11-29", "2026-02-21"],
            "terms": [{ "name": "Autumn", "starts": "2025-09-27", "ends": "2025-12-13" }, { "name": "Spring", "starts": "2026-01-10", "ends": "2026-03-28" }],
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn every_place_in_any_layout(
        kind in select(vec![RecordKind::Student, RecordKind::Session, RecordKind::Supervisor, RecordKind::Course]),
        notation in select(vec![Notation::Toml, Notation::Yaml]),
        seed in any::<u64>(),
        line_break in select(vec!["\n", "\r\n"]),
    ) {
        let was = rich(kind);
        let mut choices = Choices(seed);
        let text = match notation {
            Notation::Toml => choices.toml("", &was),
            Notation::Yaml => choices.yaml(&was, ""),
        };
        let text = text.replace('\n', line_break);
        let shape = shape_of(kind, notation, &text);
        let (mut made, mut left, mut seen) = (0, Vec::new(), BTreeSet::new());
        for edit in edits(kind, &was, shape, &mut seen).into_iter().chain(additions(kind, &was, shape.table().expect("a record"))) {
            if assert_edit(notation, &text, &edit) { made += 1 } else { left.push(format!("{} {:?}", edit.0.at, edit.0.to)) }
        }
        // What is left to be typed is the seldom case.
        prop_assert!(left.len() * 20 <= made, "{} of {}\n{}\n{text}", left.len(), made + left.len(), left.join("\n"));
    }
}
