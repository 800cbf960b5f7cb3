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
        let is = |(first, second): &&(&str, &str)| pair[0].is_word(first) && pair[1].is_word(second);
        let verb = VERBS.iter().find(|verb| pair[0].is_word(verb));
        let object = OBJECTS.iter().find(|object| pair[1].is_word(object));
        let found = verb.zip(object).map(|(verb, object)| (*verb, *object)).or_else(|| PAIRS.iter().find(is).copied());
        found.map(|(first, second)| format!("{first} {second}"))
    });
    let mut bodies = tokens.iter().filter(|token| token.kind == TokenKind::Text).map(|token| body(token.text));
    pairs.or_else(|| names_role(&tokens)).or_else(|| bodies.find_map(reaches))
}

/// <https://www.postgresql.org/docs/current/sql-commands.html>
const VERBS: [&str; 4] = ["CREATE", "ALTER", "DROP", "REASSIGN"];

const OBJECTS: [&str; 9] =
    ["ROLE", "USER", "GROUP", "DATABASE", "TABLESPACE", "SYSTEM", "SUBSCRIPTION", "SERVER", "OWNED"];

const PAIRS: [(&str, &str); 6] = [
    ("ON", "DATABASE"),
    ("SET", "ROLE"),
    ("SESSION", "AUTHORIZATION"),
    ("FOR", "ROLE"),
    ("TO", "PROGRAM"),
    ("FROM", "PROGRAM"),
];

/// What a role is given, or taken from: there may be no such role, or it may be somebody's.
fn names_role(tokens: &[Token<'_>]) -> Option<String> {
    const GIVES: [(&str, &str); 5] =
        [("OWNER", "TO"), ("GRANT", "TO"), ("REVOKE", "FROM"), ("POLICY", "TO"), ("SCHEMA", "AUTHORIZATION")];
    const NOBODY: [&str; 5] = ["PUBLIC", "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE", "GROUP"];
    // `ALTER TABLE policy RENAME owner TO holder` gives nobody anything.
    let statements = tokens.split(|token| token.is_symbol(";"));
    let mut statements = statements.filter(|statement| !statement.iter().any(|token| token.is_word("RENAME")));
    statements.find_map(|statement| {
        let (first, last) = GIVES.iter().find(|(first, _)| statement.iter().any(|token| token.is_word(first)))?;
        let given = statement.iter().position(|token| token.is_word(first))?;
        let to = statement.iter().rposition(|token| token.is_word(last)).filter(|to| *to > given)?;
        let role = statement.get(to + 1)?;
        let somebody = role.identifier().filter(|_| !NOBODY.iter().any(|nobody| role.is_word(nobody)))?;
        let gap = if to == given + 1 { "" } else { "… " };
        Some(format!("{first} {gap}{last} {somebody}"))
    })
}

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
            ("GRANT SELECT ON a TO reader", Some("GRANT … TO reader")),
            ("GRANT SELECT ON a TO PUBLIC; REVOKE ALL ON a FROM CURRENT_USER", None),
            ("ALTER TABLE a OWNER TO app; SELECT 1", Some("OWNER TO app")),
            ("ALTER TABLE a OWNER TO CURRENT_USER", None),
            ("CREATE POLICY p ON a FOR SELECT TO reader", Some("POLICY … TO reader")),
            ("CREATE SCHEMA shop AUTHORIZATION app", Some("SCHEMA … AUTHORIZATION app")),
            ("COMMENT ON DATABASE shop IS 'x'", Some("ON DATABASE")),
            ("COPY a FROM PROGRAM 'cat'", Some("FROM PROGRAM")),
            ("ALTER TABLE a RENAME COLUMN owner TO holder", None),
            ("SELECT '', $$$$, E'''", None),
        ] {
            assert_eq!(reaches(sql).as_deref(), expected, "{sql}");
        }
    }
}
