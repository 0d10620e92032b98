//! The schemas in front of a validator that knows nothing of this program: every record of the examples fits, and
//! what is wrong by schema does not.

use std::fs;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex, Schemas};
use gwp::records::RecordKind;
use serde_json::Value;
use walkdir::WalkDir;

use crate::file;

#[test]
fn every_record_of_the_examples_fits_its_schema() {
    let validator = Validator::new();
    let folders = ["london", "edition-2022-23", "national/bristol", "national/glasgow", "national/leeds"];
    for folder in folders {
        validator.assert_folder_fits(&file("examples").join(folder));
    }
}

#[test]
fn what_is_wrong_by_schema_does_not_fit() {
    let validator = Validator::new();
    // Beyond a schema: which parameter an edition has is checked where it is used.
    let beyond = ["schema-parameter"];
    for entry in fs::read_dir(file("examples/broken")).expect("it is there").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().into_string().expect("a name in UTF-8");
        if name.starts_with("schema") && !beyond.contains(&name.as_str()) {
            let mut records = records(&entry.path());
            assert!(records.any(|(kind, path)| validator.misfit(kind, &path).is_some()), "{name} fits");
        }
    }
}

#[test]
fn the_schema_that_an_example_names_is_that_of_its_kind() {
    let mut named_at_all = 0;
    for folder in ["london", "edition-2022-23", "national"] {
        for (kind, path) in records(&file("examples").join(folder)) {
            let text = fs::read_to_string(&path).expect("it can be read");
            let first = text.lines().next().unwrap_or_default();
            let named = first.strip_prefix("#:schema ").or(first.strip_prefix("# yaml-language-server: $schema="));
            let Some(named) = named else { continue };
            let schema = path.with_file_name("").join(named);
            let expected = file("schemas").join(format!("{}.schema.json", kind.word()));
            let same = |path: &Path| path.canonicalize().unwrap_or_else(|_| panic!("{first} leads nowhere"));
            assert_eq!(same(&schema), same(&expected), "{}", path.display());
            named_at_all += 1;
        }
    }
    assert!(named_at_all > 0, "some example names a schema");
}

/// The schemas, ready to validate by.
pub struct Validator {
    schemas: Schemas,
    indices: [SchemaIndex; RecordKind::ALL.len()],
}

impl Validator {
    pub fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let indices = RecordKind::ALL.map(|kind| {
            let text = fs::read_to_string(file(&format!("schemas/{}.schema.json", kind.word()))).expect("it is there");
            let address = format!("https://example.org/{}.schema.json", kind.word());
            compiler.add_resource(&address, serde_json::from_str(&text).expect("JSON")).expect("a new address");
            compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{}: {error}", kind.word()))
        });
        Self { schemas, indices }
    }

    /// Asserts that every record of a case folder fits.
    pub fn assert_folder_fits(&self, folder: &Path) {
        let mut found = 0;
        for (kind, path) in records(folder) {
            found += 1;
            if let Some(misfit) = self.misfit(kind, &path) {
                panic!("{}: {misfit}", path.display());
            }
        }
        assert!(found > 0, "{} has no records", folder.display());
    }

    /// Why a record does not fit, if it does not.
    fn misfit(&self, kind: RecordKind, path: &Path) -> Option<String> {
        let text = fs::read_to_string(path).expect("it can be read");
        let value = value_of(path, &text);
        let index = self.indices[kind as usize];
        self.schemas.validate(&value, index).err().map(|error| format!("{error:#}"))
    }
}

/// The records of a folder of case folders, with their kinds.
fn records(folder: &Path) -> impl Iterator<Item = (RecordKind, PathBuf)> + use<> {
    let root = folder.to_owned();
    WalkDir::new(folder).into_iter().filter_map(move |entry| {
        let path = entry.expect("it can be listed").into_path();
        if !path.extension().is_some_and(|ending| ["toml", "yaml", "yml"].iter().any(|known| ending == *known)) {
            return None;
        }
        let below = path.strip_prefix(&root).expect("it lies in the folder");
        let mut folders = below.components().filter_map(|part| part.as_os_str().to_str());
        let kind = folders.find_map(RecordKind::in_folder).unwrap_or(RecordKind::Gwp);
        Some((kind, path))
    })
}

/// A record as JSON: dates are strings there.
pub fn value_of(path: &Path, text: &str) -> Value {
    if path.extension().is_some_and(|ending| ending == "toml") {
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return toml_value(toml::Value::Table(table));
    }
    // YAML 1.2: `no` is a string.
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(text, options).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(toml_value).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, toml_value(value))).collect(),
    }
}
