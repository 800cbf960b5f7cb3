//! Texts that only make what was not there: they cost little, and nothing is lost when they are taken back and run again.

use enamel_schema::Dialect;
use enamel_schema::split::{Piece, Token, TokenKind, tokens};
use std::collections::BTreeSet;

/// Whether these statements make tables, types, sequences and schemas, and do nothing but to those tables. In doubt they do.
pub(crate) fn makes_only(pieces: &[Piece<'_>]) -> bool {
    let mut made = BTreeSet::new();
    pieces.iter().all(|piece| piece.must_be_empty.is_none() && makes(piece.text, &mut made))
}

/// Whether one does, given the tables that were made before it.
fn makes(statement: &str, made: &mut BTreeSet<String>) -> bool {
    let tokens = tokens(statement, Dialect::Postgres);
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| !token.is_trivia()).collect();
    // With one of these a statement may read other tables, and take as long as they have rows, or change a setting.
    const MORE: [&str; 6] = ["SELECT", "TABLE", "EXECUTE", "ATTACH", "PARTITION", "set_config"];
    let does_more = words.iter().skip(2).any(|token| MORE.iter().any(|word| token.is_word(word)));
    let is_made = |words: &[&Token<'_>]| name(words).is_some_and(|(name, _)| made.contains(&name));
    match words.as_slice() {
        [verb, ..] if verb.is_word("COMMENT") => true,
        _ if does_more => false,
        [verb, kind, rest @ ..] if verb.is_word("CREATE") && kind.is_word("TABLE") => match name(rest) {
            // `IF NOT EXISTS` may find one that has rows, and is followed by no parenthesis here.
            Some((name, [next, ..])) if next.is_symbol("(") => {
                made.insert(name);
                true
            }
            Some(_) | None => false,
        },
        [verb, rest @ ..] if verb.is_word("CREATE") && begins_with_index(rest) => {
            let on = rest.iter().position(|token| token.is_word("ON"));
            on.is_some_and(|on| is_made(behind(&rest[on + 1..], "ONLY")))
        }
        [verb, kind, ..] if verb.is_word("CREATE") => {
            ["TYPE", "DOMAIN", "SEQUENCE", "SCHEMA"].iter().any(|word| kind.is_word(word))
        }
        [verb, kind, rest @ ..] if verb.is_word("ALTER") && kind.is_word("TABLE") => is_made(behind(rest, "ONLY")),
        [verb, into, rest @ ..] if verb.is_word("INSERT") && into.is_word("INTO") => is_made(rest),
        _ => false,
    }
}

fn begins_with_index(words: &[&Token<'_>]) -> bool {
    behind(words, "UNIQUE").first().is_some_and(|token| token.is_word("INDEX"))
}

/// What follows a word that may be left out.
fn behind<'w, 't>(words: &'w [&'t Token<'t>], word: &str) -> &'w [&'t Token<'t>] {
    match words {
        [first, rest @ ..] if first.is_word(word) => rest,
        _ => words,
    }
}

/// A name as PostgreSQL understands it, qualified or not, and what follows it.
fn name<'w, 't>(words: &'w [&'t Token<'t>]) -> Option<(String, &'w [&'t Token<'t>])> {
    let [first, rest @ ..] = words else { return None };
    let identifier = match first.kind {
        TokenKind::Word => first.text.to_ascii_lowercase(),
        TokenKind::Quoted => first.identifier()?,
        TokenKind::Space
        | TokenKind::Comment
        | TokenKind::Text
        | TokenKind::Number
        | TokenKind::Parameter
        | TokenKind::Symbol => return None,
    };
    match rest {
        [dot, rest @ ..] if dot.is_symbol(".") => {
            name(rest).map(|(unqualified, rest)| (format!("{identifier}\n{unqualified}"), rest))
        }
        _ => Some((identifier, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use enamel_schema::split::statements;

    fn is_sent(sql: &str) -> bool {
        makes_only(&statements(sql, Dialect::Postgres))
    }

    #[test]
    fn what_is_made_and_done_to_that_is_sent_at_once() {
        for sql in [
            "",
            "CREATE TABLE a (b int GENERATED ALWAYS AS IDENTITY, c int REFERENCES d)",
            "CREATE TYPE mood AS ENUM ('sad'); create table A (b mood); CREATE UNIQUE INDEX ON a (b)",
            "CREATE TABLE shop.\"a\" (b int); CREATE INDEX i ON ONLY Shop.a (b); ALTER TABLE ONLY shop.a ADD CHECK (b > 0)",
            "CREATE TABLE a (b int); COMMENT ON TABLE a IS 'x'; INSERT INTO a (b) VALUES (1), (2)",
        ] {
            assert!(is_sent(sql), "{sql}");
        }
    }

    #[test]
    fn what_concerns_anything_else_is_not() {
        for sql in [
            "CREATE TABLE IF NOT EXISTS a (b int)",
            "CREATE TABLE a AS SELECT 1",
            "CREATE TABLE a (b) AS TABLE c",
            "CREATE TABLE a PARTITION OF c FOR VALUES IN (1)",
            "CREATE INDEX ON a (b)",
            "ALTER TABLE a ADD b int",
            "CREATE TABLE a (b int); ALTER TABLE a ATTACH PARTITION c DEFAULT",
            "CREATE TABLE a (b int); INSERT INTO a SELECT b FROM c",
            "CREATE TABLE a (b int); INSERT INTO c VALUES (1)",
            "CREATE TABLE a (b text); INSERT INTO a VALUES (set_config('search_path', '', false))",
            "CREATE TABLE \"A\" (b int); CREATE INDEX ON A (b)",
            "CREATE TABLE a (b int); CREATE INDEX ON public.a (b)",
            "CREATE MATERIALIZED VIEW a AS SELECT 1",
            "CREATE TABLE a (b int);\n-- enamel: must be empty: rows\nSELECT 1 WHERE false",
            "UPDATE a SET b = 1",
            "DO $$ BEGIN END $$",
        ] {
            assert!(!is_sent(sql), "{sql}");
        }
    }
}
