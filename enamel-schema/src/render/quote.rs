//! Names and texts as SQL: every one of them goes through one of these two functions.

use std::fmt::Display;

/// A name in double quotes, as standard SQL, SQLite and PostgreSQL have it. Always quoted: a plain name may be a keyword tomorrow.
pub(crate) fn identifier(name: impl Display) -> String {
    format!("\"{}\"", name.to_string().replace('"', "\"\""))
}

/// Names in double quotes, with commas between.
pub(crate) fn identifiers(names: impl IntoIterator<Item = impl Display>) -> String {
    names.into_iter().map(identifier).collect::<Vec<_>>().join(", ")
}

/// A text in single quotes.
pub(crate) fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled() {
        assert_eq!(identifier("a\"b"), r#""a""b""#);
        assert_eq!(identifiers(["order", "Straße"]), r#""order", "Straße""#);
        assert_eq!(text("it's"), "'it''s'");
    }
}
