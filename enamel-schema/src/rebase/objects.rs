//! Which objects of a database the text of a revision is about.
//!
//! A revision that was written by hand cannot be made again, only moved. That is safe unless its text makes anew what theirs changed
//! meanwhile: it would bring back what was there when it was written.

use crate::dialect::Dialect;
use crate::revision::Header;
use crate::split::{Token, statements, tokens};
use std::collections::BTreeSet;

/// What a text makes, alters or drops: the names of tables, views, indexes and triggers, in small letters, with the tables of indexes and
/// triggers.
///
/// ```
/// use enamel_schema::{Dialect, rebase::touched};
/// let names = touched("CREATE INDEX by_age ON \"Users\" (age); UPDATE books SET x = 1;", Dialect::Sqlite);
/// assert_eq!(Vec::from_iter(names), ["by_age", "users"]);
/// ```
pub fn touched(text: &str, dialect: Dialect) -> BTreeSet<String> {
    named(text, dialect, true)
}

/// What a text makes anew, alters or drops, so that it must know all that there is of it. Something that is only added to a table does not
/// make that table anew.
///
/// ```
/// use enamel_schema::{Dialect, rebase::redefined};
/// let sql = "ALTER TABLE users ADD COLUMN age INTEGER; CREATE INDEX by_age ON users (age); DROP TABLE books;";
/// assert_eq!(Vec::from_iter(redefined(sql, Dialect::Sqlite)), ["books", "by_age"]);
/// ```
pub fn redefined(text: &str, dialect: Dialect) -> BTreeSet<String> {
    named(text, dialect, false)
}

fn named(text: &str, dialect: Dialect, with_additions: bool) -> BTreeSet<String> {
    let rebuilds = Header::parse(text).map(|header| header.rebuilds).unwrap_or_default();
    let mut names: BTreeSet<String> = rebuilds.iter().map(|table| table.to_lowercase()).collect();
    for statement in statements(text, dialect) {
        let mut words: Vec<_> = tokens(statement.text, dialect);
        words.retain(|token| !token.is_trivia());
        names.extend(Definition::read(&words).into_iter().flat_map(|definition| definition.names(with_additions)));
    }
    // A name that a rebuilt table bears for a while.
    names.retain(|name| !name.starts_with(NEXT));
    names
}

const NEXT: &str = "enamel_next_";

/// What one statement defines.
struct Definition {
    /// What it makes, alters or drops.
    object: String,
    /// What that is called afterwards.
    renamed: Option<String>,
    /// The table of an index or trigger.
    table: Option<String>,
    /// Whether it only adds to the object.
    adds: bool,
}

impl Definition {
    /// `None` for a statement that defines nothing.
    fn read(words: &[Token<'_>]) -> Option<Self> {
        let (verb, rest) = words.split_first()?;
        if !["CREATE", "ALTER", "DROP"].iter().any(|keyword| verb.is_word(keyword)) {
            return None;
        }
        let kind = rest.iter().position(|word| KINDS.iter().any(|kind| word.is_word(kind)))?;
        let mut behind = rest.get(kind + 1..)?;
        while let Some((_, next)) =
            behind.split_first().filter(|(word, _)| BETWEEN.iter().any(|other| word.is_word(other)))
        {
            behind = next;
        }
        let (object, behind) = name(behind)?;
        let after = |keyword: &str| {
            let place = behind.iter().position(|word| word.is_word(keyword))?;
            name(behind.get(place + 1..)?).map(|(name, _)| name)
        };
        let of_a_table = rest.get(kind).is_some_and(|kind| kind.is_word("INDEX") || kind.is_word("TRIGGER"));
        let alters = verb.is_word("ALTER");
        let renames = alters && matches!(behind, [rename, to, ..] if rename.is_word("RENAME") && to.is_word("TO"));
        Some(Self {
            object,
            renamed: renames.then(|| after("TO")).flatten(),
            table: of_a_table.then(|| after("ON")).flatten(),
            adds: alters && behind.first().is_some_and(|word| word.is_word("ADD")),
        })
    }

    fn names(self, with_additions: bool) -> impl Iterator<Item = String> {
        let object = (with_additions || !self.adds).then_some(self.object);
        let table = self.table.filter(|_| with_additions);
        object.into_iter().chain(self.renamed).chain(table).map(|name| name.to_lowercase())
    }
}

const KINDS: [&str; 9] = ["TABLE", "INDEX", "VIEW", "TRIGGER", "TYPE", "FUNCTION", "PROCEDURE", "SEQUENCE", "DOMAIN"];
const BETWEEN: [&str; 5] = ["IF", "NOT", "EXISTS", "CONCURRENTLY", "ONLY"];

/// A name, without the schema before it, and what stands behind.
fn name<'w, 't>(words: &'w [Token<'t>]) -> Option<(String, &'w [Token<'t>])> {
    match words {
        [_, point, name, rest @ ..] if point.is_symbol(".") => Some((name.identifier()?, rest)),
        [name, rest @ ..] => Some((name.identifier()?, rest)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_define() {
        let text = "-- by hand\n-- enamel: rebuild posts\n\nCREATE TEMP VIEW IF NOT EXISTS main.active AS SELECT * FROM users;
            CREATE TRIGGER \"on change\" AFTER UPDATE OF name ON Users BEGIN DELETE FROM logs; END;
            CREATE TABLE enamel_next_tags (id); ALTER TABLE enamel_next_tags RENAME TO tags;
            ALTER TABLE a ADD COLUMN b; ALTER TABLE c DROP COLUMN d; DROP INDEX IF EXISTS by_name; UPDATE e SET f = 'DROP TABLE g';";
        let names = |of: fn(&str, Dialect) -> BTreeSet<String>| Vec::from_iter(of(text, Dialect::Sqlite)).join(" ");
        assert_eq!(names(redefined), "active by_name c on change posts tags");
        assert_eq!(names(touched), "a active by_name c on change posts tags users");
    }

    #[test]
    fn nothing_panics() {
        for text in [
            "CREATE",
            "DROP TABLE",
            "ALTER TABLE IF EXISTS",
            "CREATE TABLE .",
            "CREATE INDEX i ON",
            "ALTER TABLE a RENAME TO",
        ] {
            redefined(text, Dialect::Sqlite);
        }
    }
}
