//! The names that enamel gives: of tables from their models, of constraints and indexes from their columns.
//!
//! The rules are frozen by the lock file's `types` number: a project keeps the names that it was begun with.

mod constraint;

pub use constraint::complete;
pub(crate) use constraint::cut;

/// The name of a Rust item in a database.
///
/// ```
/// use enamel_schema::naming::snake_case;
/// assert_eq!(snake_case("LastName"), "last_name");
/// assert_eq!(snake_case("HTTPServer2"), "http_server2");
/// ```
pub fn snake_case(rust_name: &str) -> String {
    let characters: Vec<char> = rust_name.chars().collect();
    let mut name = String::with_capacity(rust_name.len() + 4);
    for (position, &character) in characters.iter().enumerate() {
        let previous = position.checked_sub(1).map(|position| characters[position]);
        let next = characters.get(position + 1).copied();
        let begins_word = character.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase()
                    || previous.is_numeric()
                    || previous.is_uppercase() && next.is_some_and(char::is_lowercase)
            });
        if begins_word {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    name
}

/// The table name of a model that states none: plural snake case.
///
/// The rule is short on purpose; irregular words are written by hand, `#[enamel(table = "people")]`.
///
/// ```
/// use enamel_schema::naming::table_name;
/// assert_eq!(table_name("User"), "users");
/// assert_eq!(table_name("Category"), "categories");
/// assert_eq!(table_name("Holiday"), "holidays");
/// assert_eq!(table_name("SearchBox"), "search_boxes");
/// ```
pub fn table_name(rust_name: &str) -> String {
    let singular = snake_case(rust_name);
    let vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match singular.strip_suffix('y') {
        Some(stem) if !stem.is_empty() && !vowel(stem) => format!("{stem}ies"),
        Some(_) | None if ["s", "x", "z", "ch", "sh"].iter().any(|end| singular.ends_with(end)) => {
            format!("{singular}es")
        }
        Some(_) | None => format!("{singular}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_tables() {
        for (rust, table) in [
            ("Box", "boxes"),
            ("Dish", "dishes"),
            ("Bus", "buses"),
            ("Day", "days"),
            ("Y", "ys"),
            ("OAuthToken", "o_auth_tokens"),
            ("Straße", "straßes"),
            ("ABC", "abcs"),
        ] {
            assert_eq!(table_name(rust), table, "{rust}");
        }
    }
}
