//! A parent that is dropped while foreign keys are enforced.
//!
//! `DROP TABLE` deletes the rows first, and with them the rows of children by `ON DELETE CASCADE`, or what these refer to by `SET NULL`
//! (<https://www.sqlite.org/foreignkeys.html#fk_schemacommands>). A table that is made anew by hand loses them so, and a proof on empty
//! tables does not notice. Whether there are rows is not asked, so that it is found where the revision is written.

use crate::connection::{DriverError, DynConnection};
use enamel_schema::Dialect;
use enamel_schema::split::{Token, tokens};

/// Which tables refer to which, read when a table is dropped, and good until something else happens: a way back may drop a thousand.
#[derive(Debug, Default)]
pub(crate) struct Children {
    /// Children and parents.
    keys: Option<Vec<(String, String)>>,
}

impl Children {
    /// The table that a statement is about to drop, and the tables that refer to it. `None` when there are no such.
    pub(crate) async fn of_dropped(
        &mut self,
        connection: &mut dyn DynConnection,
        statement: &str,
    ) -> Result<Option<(String, Vec<String>)>, DriverError> {
        let Some(table) = drops_table(statement) else {
            self.keys = None;
            return Ok(None);
        };
        let mut keys = match self.keys.take() {
            Some(keys) => keys,
            None => connection.ask(KEYS).await?.into_iter().filter_map(pair).collect(),
        };
        let is_table = |name: &str| name.eq_ignore_ascii_case(&table);
        keys.retain(|(child, _)| !is_table(child));
        let children: Vec<_> =
            keys.iter().filter(|(_, parent)| is_table(parent)).map(|(child, _)| child.clone()).collect();
        self.keys = Some(keys);
        Ok((!children.is_empty()).then_some((table, children)))
    }
}

const KEYS: &str = "SELECT DISTINCT child.name, foreign_key.\"table\" FROM main.sqlite_master AS child \
                    JOIN pragma_foreign_key_list(child.name, 'main') AS foreign_key \
                    WHERE child.type = 'table' ORDER BY child.name";

fn pair(row: Vec<Option<String>>) -> Option<(String, String)> {
    let [child, parent] = <[Option<String>; 2]>::try_from(row).ok()?;
    Some((child?, parent?))
}

/// The table of `DROP TABLE [IF EXISTS] [main.]name`.
fn drops_table(statement: &str) -> Option<String> {
    // Most statements are told apart before their tokens are read.
    statement.get(..4).filter(|word| word.eq_ignore_ascii_case("drop"))?;
    let tokens = tokens(statement, Dialect::Sqlite);
    let mut words = tokens.iter().filter(|token| !token.is_trivia()).skip(1);
    words.next().filter(|word| word.is_word("table"))?;
    // The name is the last thing that a `DROP TABLE` says.
    words.last().and_then(Token::identifier)
}

#[cfg(test)]
mod tests {
    use super::drops_table;

    #[test]
    fn the_table_that_goes_is_found() {
        for statement in [
            "DROP TABLE users",
            "drop table if exists users",
            "DROP TABLE main.users",
            "DROP /* now */ TABLE \"users\" -- it",
            "DROP TABLE [users]",
        ] {
            assert_eq!(drops_table(statement).as_deref(), Some("users"), "{statement}");
        }
        for statement in ["DROP VIEW users", "DROP", "DROP TABLE", "dröp", "CREATE TABLE users (a)", ""] {
            assert_eq!(drops_table(statement), None, "{statement}");
        }
    }
}
