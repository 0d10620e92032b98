//! The committed schemas are those of the types.

use gwp::records::{RecordKind, schema, schema_text};
use serde_json::Value;

use crate::assert_committed;

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    for kind in RecordKind::ALL {
        assert_committed(&format!("schemas/{}.schema.json", kind.word()), &schema_text(kind));
    }
}

#[test]
fn a_schema_says_no_more_and_no_less_than_a_record() {
    for kind in RecordKind::ALL {
        look(&schema(kind), &mut |table| {
            if table.contains_key("properties") {
                assert_eq!(table.get("additionalProperties"), Some(&Value::Bool(false)));
            }
            let properties = table.get("properties").and_then(Value::as_object);
            for (key, value) in properties.into_iter().flatten() {
                assert!(value.get("description").is_some_and(Value::is_string), "{kind:?} {key}");
            }
        });
        let text = schema_text(kind);
        for word in ["null", "uint", "$ref"] {
            assert!(!text.contains(&format!("\"{word}")), "{kind:?} has {word}");
        }
    }
}

fn look(schema: &Value, see: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    match schema {
        Value::Object(table) => {
            see(table);
            // What keys must not say together is said there, and not what they are.
            table.iter().filter(|(word, _)| *word != "not").for_each(|(_, value)| look(value, see));
        }
        Value::Array(list) => list.iter().for_each(|value| look(value, see)),
        _ => {}
    }
}
