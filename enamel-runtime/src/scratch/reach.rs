//! What a revision does beyond its own database.
//!
//! Roles and databases belong to the whole server. On one that is not ours alone, a revision that touches such things is not run.

use crate::migrations::Migrations;
use enamel_schema::Dialect;
use enamel_schema::split::{Token, TokenKind, tokens};

/// A revision that reaches beyond its own database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file} says {words}, which reaches beyond the scratch database, on a server that others use")]
pub struct Reaching {
    /// The file.
    pub file: String,
    /// What it says: `CREATE ROLE`.
    pub words: String,
}

/// The first of the revisions that does so.
pub(super) fn first(migrations: &Migrations<'_>, dialect: Dialect) -> Option<Reaching> {
    let folder = migrations.folders.iter().find(|folder| folder.dialect == dialect)?;
    let mut files = folder.revisions.iter().flat_map(|revision| [Some(&revision.up), revision.down.as_ref()]).flatten();
    files.find_map(|file| {
        let words = reaches(file.contents_utf8()?)?;
        Some(Reaching { file: migrations.path(file), words })
    })
}

/// The words by which a text reaches out, also from inside of a function's body.
fn reaches(sql: &str) -> Option<String> {
    let tokens: Vec<Token<'_>> =
        tokens(sql, Dialect::Postgres).into_iter().filter(|token| !token.is_trivia()).collect();
    let pairs = tokens.windows(2).find_map(|pair| {
        let verb = VERBS.iter().find(|verb| pair[0].is_word(verb))?;
        let object = OBJECTS.iter().find(|object| pair[1].is_word(object))?;
        Some(format!("{verb} {object}"))
    });
    let mut bodies = tokens.iter().filter(|token| token.kind == TokenKind::Text).map(|token| body(token.text));
    pairs.or_else(|| bodies.find_map(reaches))
}

/// <https://www.postgresql.org/docs/current/sql-commands.html>
const VERBS: [&str; 4] = ["CREATE", "ALTER", "DROP", "REASSIGN"];

const OBJECTS: [&str; 9] =
    ["ROLE", "USER", "GROUP", "DATABASE", "TABLESPACE", "SYSTEM", "SUBSCRIPTION", "SERVER", "OWNED"];

/// A text without its quotes.
fn body(text: &str) -> &str {
    let quote = match text.strip_prefix('$').and_then(|rest| rest.find('$')) {
        Some(tag) => tag + 2,
        None => text.find('\'').map_or(0, |at| at + 1),
    };
    let end = text.len().saturating_sub(quote.max(1));
    text.get(quote..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_out_is_found() {
        for (sql, expected) in [
            ("CREATE TABLE a (b int); create  role reader", Some("CREATE ROLE")),
            ("DO $do$ BEGIN EXECUTE 'CREATE USER x'; END $do$", Some("CREATE USER")),
            ("DO $$ BEGIN ALTER DATABASE shop SET work_mem = 1; END $$", Some("ALTER DATABASE")),
            ("DROP OWNED BY x", Some("DROP OWNED")),
            ("CREATE TABLE \"role\" (a int); INSERT INTO a VALUES ('drop', 'database')", None),
            ("GRANT SELECT ON a TO reader", None),
            ("SELECT '', $$$$, E'''", None),
        ] {
            assert_eq!(reaches(sql).as_deref(), expected, "{sql}");
        }
    }
}
