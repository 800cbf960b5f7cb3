//! Stories on SQLite, in memory.

use super::{HISTORY, Place, column, quoted, text};
use enamel_runtime::rusqlite::Connection;
use enamel_schema::Schema;
use enamel_schema::schema::TableName;

/// A database in memory.
pub(in crate::stories) struct Sqlite(Connection);

impl Sqlite {
    pub(in crate::stories) fn open() -> Self {
        let mut place = Self(Connection::open_in_memory().unwrap());
        assert_eq!(place.one("PRAGMA foreign_keys"), "1", "the bundled SQLite enforces keys");
        place
    }

    fn rows_of(&mut self, table: &str) -> String {
        let columns = self.column(&format!("SELECT name FROM pragma_table_xinfo({}) ORDER BY cid", text(table)));
        // A row's number is shown where no column shows it; it stays, too.
        let numbered = self.0.prepare(&format!("SELECT _rowid_ FROM {}", quoted(table))).is_ok()
            && self
                .column(&format!("SELECT name FROM pragma_table_info({}) WHERE pk AND type = 'INTEGER'", text(table)))
                .is_empty();
        let number = if numbered { "'[' || _rowid_ || '] ' || " } else { "" };
        let cells: Vec<String> = columns.iter().map(|column| format!("quote({})", quoted(column))).collect();
        let rows = self.column(&format!("SELECT {number}{} FROM {}", cells.join(" || ', ' || "), quoted(table)));
        let lines: String = rows.iter().map(|row| format!("    {row}\n")).collect();
        format!("{table} ({})\n{lines}", columns.join(", "))
    }

    fn one(&mut self, sql: &str) -> String {
        self.column(sql).concat()
    }

    fn column(&mut self, sql: &str) -> Vec<String> {
        column(&mut self.0, sql)
    }
}

impl Place for Sqlite {
    type Connection = Connection;

    const PLAIN: bool = false;

    fn connection(&mut self) -> &mut Connection {
        &mut self.0
    }

    /// SQLite gives every text back as it was written.
    fn models(&mut self, models: &Schema, _: &str) -> Result<Schema, String> {
        Ok(models.clone())
    }

    fn definition(&mut self, table: &TableName) -> String {
        self.one(&format!("SELECT sql FROM sqlite_master WHERE name = {}", text(table.name.as_str())))
    }

    /// All rows of all tables, as they come.
    fn rows(&mut self) -> String {
        let tables = self.column(&format!(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> '{HISTORY}' ORDER BY name"
        ));
        tables.iter().map(|table| self.rows_of(table)).collect()
    }

    /// Rows that refer to nothing, and views and triggers that do not work any more.
    fn broken(&mut self) -> Vec<String> {
        let mut broken =
            self.column("SELECT 'a row of ' || \"table\" || ' refers to nothing' FROM pragma_foreign_key_check");
        broken.extend(self.column("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
        for view in self.column("SELECT name FROM sqlite_master WHERE type = 'view'") {
            broken.extend(
                self.0.prepare(&format!("SELECT * FROM {}", quoted(&view))).err().map(|error| error.to_string()),
            );
        }
        for table in self.column("SELECT name FROM sqlite_master AS t WHERE type = 'table' AND EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = t.name)") {
            let delete = self.0.prepare(&format!("DELETE FROM {}", quoted(&table)));
            broken.extend(delete.err().map(|error| error.to_string()));
        }
        for (flag, expected) in [("foreign_keys", "1"), ("legacy_alter_table", "0")] {
            let found = self.one(&format!("PRAGMA {flag}"));
            broken.extend((found != expected).then(|| format!("PRAGMA {flag} is {found}")));
        }
        broken
    }
}
