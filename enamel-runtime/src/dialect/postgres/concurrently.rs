//! Indexes that are built or dropped `CONCURRENTLY`, outside any transaction.
//!
//! When such a statement fails it leaves an index that is invalid, and when its program dies nobody knows whether it took effect. Both are
//! seen in the catalogue (<https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>).

use super::literal;
use crate::connection::{DriverError, DynConnection};
use enamel_schema::Dialect;
use enamel_schema::split::{Token, TokenKind, tokens};
use std::collections::VecDeque;

/// The index of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Concurrent {
    /// Whether the statement makes it; else it drops it.
    makes: bool,
    /// A condition on `pg_index AS i` and `pg_class AS c` that is its.
    is_it: String,
}

/// How the index stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    Absent,
    Valid,
    Invalid(Invalid),
}

/// An index that serves no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Invalid {
    /// Its name, quoted and qualified.
    pub(crate) name: String,
    /// Whether somebody is building it.
    pub(crate) building: bool,
}

impl Concurrent {
    /// The index that a statement makes or drops. `None` when it is about none, or does not name it.
    pub(crate) fn of(statement: &str) -> Option<Self> {
        let tokens = tokens(statement, Dialect::Postgres);
        let mut words = Words(tokens.iter().filter(|token| !token.is_trivia()).collect());
        let makes = words.takes(&["CREATE", "INDEX"]) || words.takes(&["CREATE", "UNIQUE", "INDEX"]);
        if !(makes || words.takes(&["DROP", "INDEX"])) || !words.takes(&["CONCURRENTLY"]) {
            return None;
        }
        let _ = words.takes(&["IF", "NOT", "EXISTS"]) || words.takes(&["IF", "EXISTS"]);
        if !makes {
            let index = literal(&words.name()?);
            return Some(Self { makes, is_it: format!("c.oid = pg_catalog.to_regclass({index})") });
        }
        let index = words.identifier()?;
        if !words.takes(&["ON"]) {
            return None;
        }
        words.takes(&["ONLY"]);
        let (table, index) = (literal(&words.name()?), literal(&index));
        let is_it = format!("i.indrelid = pg_catalog.to_regclass({table}) AND c.relname = {index}");
        Some(Self { makes, is_it })
    }

    /// Looks at the index.
    pub(crate) async fn look(&self, connection: &mut dyn DynConnection) -> Result<Index, DriverError> {
        let sql = format!(
            "SELECT i.indisvalid, quote_ident(n.nspname) || '.' || quote_ident(c.relname), \
             EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index AS p WHERE p.index_relid = c.oid) \
             FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid \
             JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE {}",
            self.is_it
        );
        let row = connection.ask(&sql).await?.pop().and_then(|row| <[Option<String>; 3]>::try_from(row).ok());
        Ok(match row {
            Some([Some(valid), Some(name), building]) if valid == "f" => {
                Index::Invalid(Invalid { name, building: building.as_deref() == Some("t") })
            }
            Some(_) => Index::Valid,
            None => Index::Absent,
        })
    }

    /// Whether the statement has taken effect, when it was begun and nobody saw its end. Only one that was begun where it could have an
    /// effect is asked about.
    pub(crate) fn has_taken_effect(&self, index: &Index) -> bool {
        *index == if self.makes { Index::Valid } else { Index::Absent }
    }

    /// Whether the statement failed because another launch has come before it: what was not there when it began is there now, or the reverse.
    pub(crate) async fn was_overtaken(&self, connection: &mut dyn DynConnection, error: &DriverError) -> bool {
        // `duplicate_table`, `undefined_object`. An index of the same name on another table is not ours.
        let code = if self.makes { "42P07" } else { "42704" };
        error.code.as_deref() == Some(code)
            && self.look(connection).await.is_ok_and(|found| self.makes != (found == Index::Absent))
    }

    /// The index, if it stands in the way of making it.
    pub(crate) fn in_the_way(&self, index: Index) -> Option<Invalid> {
        match index {
            Index::Invalid(invalid) if self.makes => Some(invalid),
            Index::Absent | Index::Valid | Index::Invalid(_) => None,
        }
    }
}

/// The words of a statement, taken one after the other.
struct Words<'t, 'a>(VecDeque<&'t Token<'a>>);

impl Words<'_, '_> {
    /// Takes these words, if they come next.
    fn takes(&mut self, words: &[&str]) -> bool {
        let come = words.iter().enumerate().all(|(at, word)| self.0.get(at).is_some_and(|token| token.is_word(word)));
        if come {
            self.0.drain(..words.len());
        }
        come
    }

    /// Takes an identifier, as the server reads it.
    fn identifier(&mut self) -> Option<String> {
        let token = self.0.pop_front()?;
        let name = token.identifier()?;
        Some(if token.kind == TokenKind::Word { name.to_lowercase() } else { name })
    }

    /// Takes a name that may be qualified, as it is written.
    fn name(&mut self) -> Option<String> {
        let mut name = self.0.pop_front().filter(|token| token.identifier().is_some())?.text.to_owned();
        while self.0.front().is_some_and(|token| token.is_symbol(".")) {
            self.0.pop_front();
            name = format!("{name}.{}", self.0.pop_front()?.text);
        }
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_of_a_statement_is_found() {
        let condition = |sql| Concurrent::of(sql).map(|concurrent| (concurrent.makes, concurrent.is_it));
        let made = |table, index: &str| {
            Some((true, format!("i.indrelid = pg_catalog.to_regclass('{table}') AND c.relname = '{index}'")))
        };
        assert_eq!(condition("CREATE INDEX CONCURRENTLY Ix_A ON users (a)"), made("users", "ix_a"));
        assert_eq!(
            condition("create unique index concurrently if not exists \"Ix\" on only shop.\"Users\" using btree (a)"),
            made("shop.\"Users\"", "Ix")
        );
        assert_eq!(
            condition("DROP INDEX CONCURRENTLY IF EXISTS shop.ix_a"),
            Some((false, "c.oid = pg_catalog.to_regclass('shop.ix_a')".to_owned()))
        );
        for sql in ["CREATE INDEX CONCURRENTLY ON users (a)", "CREATE INDEX ix ON users (a)", "VACUUM users", ""] {
            assert_eq!(condition(sql), None, "{sql}");
        }
    }
}
