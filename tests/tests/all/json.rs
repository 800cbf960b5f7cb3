//! The objects of `--message-format json`, held against `docs/json.schema.json` and `docs/json.md`.
//!
//! The sessions hold what the command prints against their goldens; so it is the goldens that are looked at here.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_sessions_print_what_the_schema_says() {
    let schema = schema();
    let mut reasons = BTreeSet::new();
    for file in sessions() {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let Some(object) = object(line) else { continue };
            let place = format!("{}:{}", file.display(), number + 1);
            hold(&object, &schema, &place);
            reasons.insert(reason(&object).to_owned());
        }
    }
    let defined: BTreeSet<String> = definitions(&schema).keys().cloned().collect();
    assert_eq!(reasons, defined, "every kind of object is printed by a session");
}

#[test]
fn the_schema_lists_each_of_its_definitions() {
    let schema = schema();
    let listed: BTreeSet<&str> =
        schema["oneOf"].as_array().unwrap().iter().map(|one| one["$ref"].as_str().unwrap()).collect();
    let defined: BTreeSet<String> = definitions(&schema).keys().map(|name| format!("#/$defs/{name}")).collect();
    assert_eq!(listed, defined.iter().map(String::as_str).collect());
}

#[test]
fn the_page_tells_every_object_and_field() {
    let schema = schema();
    let page = fs::read_to_string(docs().join("json.md")).unwrap();
    let sections: Vec<&str> = page.split("\n### ").skip(1).collect();
    let told: Vec<&str> = sections.iter().map(|section| section.split('`').nth(1).unwrap()).collect();
    let defined: BTreeSet<&str> = definitions(&schema).keys().map(String::as_str).collect();
    assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), defined);
    for (section, name) in sections.iter().zip(told) {
        let example = section.lines().find_map(object).unwrap();
        assert_eq!(reason(&example), name);
        hold(&example, &schema, &format!("the example of {name}"));
        let rows: BTreeSet<&str> =
            section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        let fields: BTreeSet<&str> = definitions(&schema)[name]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .filter(|field| *field != "reason")
            .collect();
        assert_eq!(rows, fields, "the table of {name}");
    }
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(docs().join("json.schema.json")).unwrap()).unwrap()
}

fn definitions(schema: &Value) -> &Map<String, Value> {
    schema["$defs"].as_object().unwrap()
}

fn sessions() -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("cli")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// A line that is an object. Where a session leaves out a long text, `…` stands for it.
fn object(line: &str) -> Option<Value> {
    line.starts_with("{\"").then(|| serde_json::from_str(&line.replace(":…", ":\"…\"")).unwrap())
}

fn reason(object: &Value) -> &str {
    object["reason"].as_str().unwrap()
}

/// Holds an object against the definition of its reason.
fn hold(object: &Value, schema: &Value, place: &str) {
    let definition = definitions(schema).get(reason(object));
    check(object, definition.unwrap_or_else(|| panic!("{place}: an unknown reason")), place);
}

/// The keywords of JSON Schema that ours uses.
fn check(value: &Value, schema: &Value, place: &str) {
    for (keyword, rule) in schema.as_object().unwrap() {
        match keyword.as_str() {
            "type" => {
                let names = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                let fits = names.iter().any(|name| is_of_type(value, name.as_str().unwrap()));
                assert!(fits, "{place}: {value} is not of type {rule}");
            }
            "const" => assert_eq!(value, rule, "{place}"),
            "enum" => assert!(rule.as_array().unwrap().contains(value), "{place}: {value} is none of {rule}"),
            "items" => value.as_array().into_iter().flatten().for_each(|item| check(item, rule, place)),
            "required" => {
                let missing = rule.as_array().unwrap().iter().filter_map(Value::as_str);
                let missing: Vec<_> = missing.filter(|field| value.is_object() && value.get(field).is_none()).collect();
                assert!(missing.is_empty(), "{place}: without {missing:?}");
            }
            "properties" => {
                for (field, value) in value.as_object().into_iter().flatten() {
                    let rule = rule.get(field).unwrap_or_else(|| panic!("{place}: an unknown field {field}"));
                    check(value, rule, &format!("{place}, {field}"));
                }
            }
            "additionalProperties" => {
                assert_eq!(rule, &Value::Bool(false), "unknown fields are refused by `properties`")
            }
            other => panic!("the schema uses {other}, which this test does not understand"),
        }
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema uses the type {other}, which this test does not understand"),
    }
}
