//! What a text that was written by hand makes anew.

use enamel_schema::Dialect;
use enamel_schema::revision::Header;
use enamel_schema::split::{Token, TokenKind, statements, tokens};
use std::collections::BTreeSet;

/// The tables, views, triggers and indexes that a text defines whole.
pub(super) fn by(text: &str, dialect: Dialect) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in statements(text, dialect) {
        let words = tokens(statement.text, dialect);
        let words: Vec<&Token<'_>> =
            words.iter().filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment)).collect();
        names.extend(created(&words));
        names.extend(renamed(&words));
    }
    // A name that stands for a while, until it takes its place.
    names.retain(|name| !name.starts_with("enamel_next_"));
    names.extend(Header::parse(text).map(|header| header.rebuilds).unwrap_or_default());
    names
}

/// `CREATE … TABLE|VIEW|TRIGGER|INDEX [IF NOT EXISTS] name`
fn created(words: &[&Token<'_>]) -> Option<String> {
    if !words.first()?.is_word("CREATE") {
        return None;
    }
    let kinds = ["TABLE", "VIEW", "TRIGGER", "INDEX"];
    let kind = words.iter().position(|word| kinds.iter().any(|kind| word.is_word(kind)))?;
    let mut rest = words
        .get(kind + 1..)?
        .iter()
        .skip_while(|word| ["IF", "NOT", "EXISTS"].iter().any(|skipped| word.is_word(skipped)));
    rest.next()?.identifier()
}

/// `ALTER TABLE … RENAME TO name`
fn renamed(words: &[&Token<'_>]) -> Option<String> {
    let to = words
        .windows(3)
        .find(|three| matches!(three, [rename, to, _] if rename.is_word("RENAME") && to.is_word("TO")))?;
    to.last()?.identifier()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_whole() {
        let text = "-- by hand\n-- enamel: rebuild posts\nCREATE VIEW IF NOT EXISTS active AS SELECT 1;\n\
                    CREATE UNIQUE INDEX \"by name\" ON users (name);\nALTER TABLE t2 RENAME TO t;\n\
                    ALTER TABLE a ADD COLUMN b;\nUPDATE c SET d = 1;\n";
        let names: Vec<String> = by(text, Dialect::Sqlite).into_iter().collect();
        assert_eq!(names, ["active", "by name", "posts", "t"]);
    }
}
