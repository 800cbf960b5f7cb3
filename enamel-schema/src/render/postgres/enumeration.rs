//! Enums as types (<https://www.postgresql.org/docs/13/sql-altertype.html>).

use crate::pair::Pair;
use crate::render::quote::{identifier, text};
use crate::schema::Enumeration;

pub(super) fn create(enumeration: &Enumeration) -> String {
    let values: Vec<String> = enumeration.values.iter().map(|value| text(&value.name)).collect();
    format!("CREATE TYPE {} AS ENUM ({})", identifier(&enumeration.name), values.join(", "))
}

/// Values get other names, and then new ones come, each where it stands in the model. None goes: for that `plan` makes the type anew.
pub(super) fn alter(enumeration: Pair<&Enumeration>, renamed: &[Pair<String>]) -> Vec<String> {
    let name = identifier(&enumeration.next.name);
    let mut statements: Vec<String> = renamed
        .iter()
        .map(|value| format!("ALTER TYPE {name} RENAME VALUE {} TO {}", text(&value.previous), text(&value.next)))
        .collect();

    let next_name =
        |value: &str| renamed.iter().find(|pair| pair.previous == value).map_or(value, |pair| &pair.next).to_owned();
    let mut here: Vec<String> = enumeration.previous.values.iter().map(|value| next_name(&value.name)).collect();
    let values: Vec<&str> = enumeration.next.values.iter().map(|value| value.name.as_str()).collect();
    for (position, value) in values.iter().enumerate() {
        let find = |value: &str| here.iter().position(|other| other == value);
        if find(value).is_some() {
            continue;
        }
        // Order matters: whatever stands before it in the model is there by now, unless it is the first.
        let before = position.checked_sub(1).and_then(|before| find(values[before]));
        let behind = values[position + 1..].iter().find_map(|value| find(value));
        let (place, words) = match (before, behind) {
            (Some(before), _) if before + 1 == here.len() => (here.len(), String::new()),
            (Some(before), _) => (before + 1, format!(" AFTER {}", text(&here[before]))),
            (None, Some(behind)) => (behind, format!(" BEFORE {}", text(&here[behind]))),
            (None, None) => (here.len(), String::new()),
        };
        statements.push(format!("ALTER TYPE {name} ADD VALUE {}{words}", text(value)));
        here.insert(place, (*value).to_owned());
    }
    statements
}
