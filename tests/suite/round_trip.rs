//! What a log says goes into a spreadsheet and comes back whole.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use gwp::records::{RecordKind, schema};
use serde_json::Value;

use crate::cases::base_files;
use crate::program::Program;
use crate::repository::Repository;

/// Something that can stand at a key, in TOML.
fn something(schema: &Value) -> String {
    let choice = schema["oneOf"].as_array().and_then(|choices| choices.last());
    match (schema["type"].as_str(), choice) {
        (_, Some(choice)) => choice["const"].to_string(),
        (Some("integer"), _) => "45".to_owned(),
        (Some("boolean"), _) => "true".to_owned(),
        (Some("array"), _) => "[\"robin-ashby\"]".to_owned(),
        (Some("string"), _) if schema["format"] == "date" => "2025-10-07".to_owned(),
        (Some("string"), _) => "\"some words\"".to_owned(),
        _ => panic!("this test does not know what can stand at a key with {schema}"),
    }
}

/// Of each kind of log an entry that says everything, but that it was cancelled; and one that was.
#[test]
fn each_key_of_an_entry_is_exported_and_imported() {
    let schema = schema(RecordKind::Session);
    for (position, id) in ["tuesday-group", "supervision-ashby"].into_iter().enumerate() {
        let entry = &schema["oneOf"][position]["properties"]["sessions"]["items"]["properties"];
        let keys: Vec<&String> = entry.as_object().unwrap().keys().collect();
        let said = keys.iter().filter(|key| **key != "cancelled");
        let said: Vec<_> = said.map(|key| format!("{key} = {}", something(&entry[key.as_str()]))).collect();
        let entries = format!(
            "sessions = [\n  {{ {} }},\n  {{ date = 2025-10-14, cancelled = \"some words\", notes = \"more\" }},\n]\n",
            said.join(", ")
        );
        let repository = Repository::new();
        repository.hold("york", &base_files());
        let program = Program::within(&repository.top());
        let path = format!("york/sessions/{id}.toml");
        let text = fs::read_to_string(repository.top().join(&path)).unwrap();
        let (head, _) = text.split_once("sessions = [").unwrap();

        repository.write(&path, format!("{head}{entries}"));
        let exported = program.run("export sessions york --as-of 2026-02-10");
        assert_eq!(exported.status, 0, "{}", exported.err);
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(&keys).unwrap();
        for row in exported.rows().iter().filter(|row| row.cell("log") == id) {
            table.write_record(keys.iter().map(|key| row.cell(key))).unwrap();
        }
        repository.write("table.csv", table.into_inner().unwrap());

        repository.write(&path, format!("{head}sessions = [\n]\n"));
        let imported = program.run(&format!("import table.csv -C york --into {id} --other-weekday --write"));
        assert_eq!(imported.status, 0, "{}{}", imported.out, imported.err);
        let now: toml::Table = toml::from_str(&fs::read_to_string(repository.top().join(&path)).unwrap()).unwrap();
        let wanted: toml::Table = toml::from_str(&entries).unwrap();
        assert_eq!(now["sessions"], wanted["sessions"], "{id}: {}", imported.out);
    }
}
