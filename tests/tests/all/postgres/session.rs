//! What a revision does to the session is not there for the next one, nor for the program.

use super::{cell, cells, project};
use enamel_tests::server::Database;

/// What `pg_dump` writes at the top of a script.
const DUMP: &str = "SET statement_timeout = 0;
SET lock_timeout = '7s';
SET client_min_messages = warning;
SET row_security = off;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.dumped (id integer);
";

#[test]
fn settings_are_given_back_after_each_revision() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    let role = format!("{}_owner", database.name());
    client.batch_execute(&format!("CREATE ROLE {role}; CREATE SCHEMA shop AUTHORIZATION {role}")).unwrap();
    client
        .batch_execute("SET search_path = shop, public; SET statement_timeout = '90s'; SET lock_timeout = '3s'; SET app.tenant = 'seven'; RESET row_security")
        .unwrap();
    let settings = "SELECT concat_ws('|', current_setting('search_path'), current_setting('statement_timeout'), \
                    current_setting('lock_timeout'), current_setting('app.tenant'), current_setting('row_security'), \
                    current_setting('client_min_messages'), current_setting('role'))";
    let before = cell(&mut client, settings);
    let project = project()
        .with("dump", DUMP, "")
        .with("unqualified", "CREATE TABLE mine (id int);\n", "")
        .with("role", &format!("SET ROLE {role};\nCREATE TABLE shop.theirs (id int);\n"), "")
        .with("again", "CREATE TABLE mine_too (id int);\n", "");
    project.upgrade(&mut client).unwrap();
    assert_eq!(cell(&mut client, settings), before);
    assert_eq!(
        cells(
            &mut client,
            "SELECT concat_ws('.', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('shop', 'public') ORDER BY 1"
        ),
        ["public.dumped", "shop.enamel_schema_history", "shop.mine", "shop.mine_too", "shop.theirs"]
    );
    assert_eq!(cell(&mut client, "SELECT tableowner FROM pg_tables WHERE tablename = 'theirs'"), role);
    client
        .batch_execute(&format!("DROP TABLE shop.theirs; ALTER SCHEMA shop OWNER TO CURRENT_USER; DROP ROLE {role}"))
        .unwrap();
}

#[test]
fn settings_are_given_back_after_a_failure_outside_a_transaction() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("SET work_mem = '8MB'").unwrap();
    let project = project().with(
        "alone",
        "-- enamel: no-transaction\nSET work_mem = '16MB';\nSET enable_seqscan = off;\nVACUUM absent;\n",
        "",
    );
    assert!(project.upgrade(&mut client).is_err());
    assert_eq!(cell(&mut client, "SELECT current_setting('work_mem') || current_setting('enable_seqscan')"), "8MBon");
}

#[test]
fn temporary_tables_of_a_revision_hide_nothing_from_the_next() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("CREATE TEMP TABLE mine (id int)").unwrap();
    let project = project()
        .with("users", "CREATE TABLE users (id int);\n", "")
        .with(
            "aside",
            "CREATE TEMP TABLE users AS SELECT 1 AS id;\nCREATE TEMPORARY VIEW seen AS SELECT * FROM users;\n",
            "",
        )
        .with("wider", "ALTER TABLE users ADD COLUMN age int;\n", "");
    project.upgrade(&mut client).unwrap();
    let columns = "SELECT concat(table_schema = 'public', ' ', column_name) FROM information_schema.columns WHERE table_name = 'users' ORDER BY 1";
    assert_eq!(cells(&mut client, columns), ["t age", "t id"]);
    assert_eq!(
        cell(&mut client, "SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = pg_my_temp_schema()"),
        "mine"
    );
}
