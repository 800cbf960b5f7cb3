//! Databases on servers that open, and those that do not.

use super::{cell, project};
use enamel_runtime::open::{Database as Opened, open};
use enamel_runtime::{Connection, connection::block_on};
use enamel_tests::server::Database;
use snapbox::str;

fn opened(url: &str) -> Result<Opened, String> {
    let url = url.parse().map_err(|error: enamel_runtime::Error| error.to_string())?;
    open(&url, false).map_err(|error| error.to_string())
}

#[test]
fn a_url_names_database_and_search_path() {
    let Some(database) = Database::new() else { return };
    let mut client = database.connect();
    client.batch_execute("CREATE SCHEMA \"My Shop\"").unwrap();
    let mut opened = opened(&database.url("sslmode=prefer&search_path=%22My%20Shop%22,public")).unwrap();
    project().with_tables(1).upgrade(&mut opened).unwrap();
    assert_eq!(block_on(opened.rows("SHOW application_name")).unwrap(), [[Some("cargo-enamel".to_owned())]]);
    assert_eq!(cell(&mut client, "SELECT schemaname FROM pg_tables WHERE tablename = 't0000'"), "My Shop");
}

#[test]
fn what_stands_in_the_way_is_said() {
    let Some(database) = Database::new() else { return };
    let cases = [
        database.url("").replace(database.name(), "absent"),
        database.url("sslmode=verify-ca"),
        "postgres://shop:secret@127.0.0.1:1/shop".to_owned(),
        "postgres:///shop".to_owned(),
    ];
    let said: Vec<String> = cases.iter().map(|url| opened(url).unwrap_err()).collect();
    let server = regex::Regex::new("postgres://postgres[^ ]*@[^/]*").unwrap();
    snapbox::assert_data_eq!(
        server.replace_all(&said.join("\n"), "postgres://[SERVER]").replace(database.name(), "[NAME]"),
        str![[r#"
could not open postgres://[SERVER]/absent: database "absent" does not exist
hint: make it with `createdb`, or name another
could not open postgres://[SERVER]/[NAME]?…: `sslmode=verify-ca` is not supported: it does not look at the server's name
hint: say `sslmode=verify-full`, and name the server as its certificate does
could not open postgres://shop:***@127.0.0.1:1/shop: error connecting to server: Connection refused (os error 111)
hint: look whether the server runs, and listens there
could not open postgres:///shop: it names no host
hint: write it like postgres://user@localhost/shop
"#]]
    );
}
