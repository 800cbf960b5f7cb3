//! A migrated database for each of a hundred tests: copied from a template, beside migrated anew.

use crate::peer::{self, Outcome};
use crate::place::revisions;
use crate::{median, millis};
use enamel_runtime::Dialect;
use enamel_runtime::scratch::Scratch;
use enamel_runtime::testing::Template;

const TESTS: usize = 100;

/// Databases of 10 and 100 revisions, in memory.
pub fn run() -> Outcome {
    for count in [10, 100] {
        println!(
            "\nSQLite: {TESTS} tests that need a database of {count} revisions: milliseconds, times copies of a template"
        );
        let folder = tempfile::tempdir()?;
        for (index, revision) in revisions(count).iter().enumerate() {
            std::fs::write(folder.path().join(format!("V{:04}__r.sql", index + 1)), revision)?;
        }
        let migrations = peer::migrations(folder.path(), Dialect::Sqlite)?;
        let copies = median(5, || {
            let template = Template::new(&migrations, Scratch::sqlite());
            (0..TESTS).try_for_each(|_| answers(&template.connection()))
        })?;
        let anew = median(5, || {
            (0..TESTS).try_for_each(|_| {
                let mut connection = enamel_runtime::rusqlite::Connection::open_in_memory()?;
                migrations.upgrade(&mut connection)?;
                answers(&connection)
            })
        })?;
        println!("  {:<9} {:>9.1}", "copied", millis(copies));
        println!("  {:<9} {:>9.1}  {:>7.2}×", "migrated", millis(anew), millis(anew) / millis(copies));
    }
    Ok(())
}

/// What a test does at least: a query.
fn answers(connection: &enamel_runtime::rusqlite::Connection) -> Outcome {
    let tables: i64 = connection.query_row("SELECT count(*) FROM t1", [], |row| row.get(0))?;
    if tables == 0 { Ok(()) } else { Err("the table is not empty".into()) }
}
