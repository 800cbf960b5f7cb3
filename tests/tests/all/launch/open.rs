//! Databases that open, and those that do not.

use super::project::{Place, Project};
use enamel_runtime::open::{Database, open};
use snapbox::str;

fn opened(text: &str, create: bool) -> Result<Database, String> {
    let url = text.parse().map_err(|error: enamel_runtime::Error| error.to_string())?;
    open(&url, create).map_err(|error| error.to_string())
}

#[test]
fn a_file_is_made_when_it_may_be() {
    let place = Place::new("open");
    let path = place.database();
    let mut database = opened(&format!("sqlite:{}", path.display()), true).unwrap();
    assert_eq!(
        Project::new().with_tables(2).lend(|migrations| migrations.upgrade(&mut database)).unwrap().done.len(),
        2
    );
    assert!(opened(path.to_str().unwrap(), false).is_ok());
    assert!(opened(&format!("sqlite://{}?mode=ro", path.display()), false).is_ok());
    assert!(opened("sqlite::memory:", false).is_ok());
}

#[test]
fn what_stands_in_the_way_is_said() {
    let place = Place::new("not-open");
    let folder = place.path().display().to_string();
    let text = "this is a text, long enough to be looked at as a header".repeat(40);
    std::fs::write(place.path().join("text.db"), text).unwrap();
    let cases = [
        (format!("sqlite:{folder}/none.db"), false),
        (format!("sqlite:{folder}/none/shop.db"), true),
        (format!("sqlite:{folder}"), true),
        (format!("sqlite:{folder}/text.db"), true),
        ("mysql://shop:secret@localhost/shop".to_owned(), true),
        ("shop".to_owned(), true),
    ];
    let said: Vec<String> = cases.iter().map(|(text, create)| opened(text, *create).unwrap_err()).collect();
    snapbox::assert_data_eq!(
        said.join("\n").replace(&folder, "[FOLDER]"),
        str![[r#"
could not open sqlite:[FOLDER]/none.db: there is no such file
hint: `cargo enamel upgrade` makes it
could not open sqlite:[FOLDER]/none/shop.db: there is no folder [FOLDER]/none
hint: make it with `mkdir -p [FOLDER]/none`, or name another
could not open sqlite:[FOLDER]: it is a directory
hint: name a file in it
could not open sqlite:[FOLDER]/text.db: file is not a database
hint: name a file that SQLite made, or one that is not there yet
could not use the database: MySQL is not supported yet
could not read the database's URL: it names no kind of database
hint: write it like sqlite:shop.db
"#]]
    );
}

#[test]
fn a_database_that_is_locked_opens() {
    let place = Place::new("open-locked");
    place.open().execute_batch("CREATE TABLE x (id)").unwrap();
    let other = place.open();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(opened(place.database().to_str().unwrap(), false).is_ok());
}
