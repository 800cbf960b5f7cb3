//! Renames of theirs below a change of mine.

use super::*;

/// Makes mine on theirs, after their renames.
fn on(base: &Schema, mine: &Schema, theirs: &Schema, said: [&[&str]; 2]) -> Result<(Schema, Edits), Vec<String>> {
    let [mine_said, theirs_said] = said.map(edits);
    let change = Followed { mine: Pair::new(base.clone(), mine.clone()), edits: mine_said };
    let told = |clashes: Vec<Clash>| clashes.iter().map(Clash::to_string).collect::<Vec<_>>();
    let change = follow(&change, &theirs_said).map_err(told)?;
    let again = again(change.mine.as_ref(), &change.edits, theirs).map_err(told)?;
    Ok((again.schema, change.edits))
}

#[test]
fn what_mine_is_about_has_another_name_now() {
    let base = sealed([users(&["id", "surname"])]);
    let mut mine = users(&["id", "surname", "email"]);
    mine.indexes.push(index(&["surname"]));
    let theirs = sealed([Table { name: table_name("people"), ..users(&["id", "last_name"]) }]);
    let renames = ["rename table users=people", "rename people.surname=last_name"];
    let said: [&[&str]; 2] = [&["backfill users.email=lower(surname)"], &renames];
    let (schema, edits) = on(&base, &sealed([mine]), &theirs, said).unwrap();
    let people = schema.table(&table_name("people")).unwrap();
    assert_eq!(schema.tables.len(), 1);
    assert_eq!(people.columns.len(), 3);
    assert_eq!(people.indexes[0].parts, [crate::schema::IndexPart::column(name("last_name"))]);
    assert_eq!(edits, super::edits(&["backfill people.email=lower(last_name)"]));
}

#[test]
fn both_rename_the_table_and_one_a_column() {
    let base = sealed([users(&["id", "surname"])]);
    let renamed = |columns: &[&str]| sealed([Table { name: table_name("people"), ..users(columns) }]);
    let mine = ["rename table users=people"];
    let theirs = ["rename table users=people", "rename people.surname=last_name"];
    let (schema, edits) =
        on(&base, &renamed(&["id", "surname", "x"]), &renamed(&["id", "last_name"]), [&mine, &theirs]).unwrap();
    assert_eq!(schema, renamed(&["id", "last_name", "x"]));
    assert!(edits.is_empty(), "{edits:?}");
}

#[test]
fn mine_renames_the_table_and_theirs_a_column() {
    let base = sealed([users(&["id", "surname"])]);
    let mine = sealed([Table { name: table_name("people"), ..users(&["id", "surname"]) }]);
    let theirs = sealed([users(&["id", "last_name"])]);
    let said: [&[&str]; 2] = [&["rename table users=people"], &["rename users.surname=last_name"]];
    let (schema, edits) = on(&base, &mine, &theirs, said).unwrap();
    assert_eq!(schema, sealed([Table { name: table_name("people"), ..users(&["id", "last_name"]) }]));
    assert_eq!(edits, super::edits(&["rename table users=people"]));
}

#[test]
fn the_same_rename_is_made_once_and_another_is_told() {
    let base = sealed([users(&["id", "surname"])]);
    let to = |column: &str| sealed([users(&["id", column])]);
    let rename = |column: &str| format!("rename users.surname={column}");
    let (last_name, family_name) = (rename("last_name"), rename("family_name"));
    let (schema, edits) = on(&base, &to("last_name"), &to("last_name"), [&[&last_name], &[&last_name]]).unwrap();
    assert_eq!((schema, edits), (to("last_name"), Edits::default()));
    assert_eq!(
        on(&base, &to("last_name"), &to("family_name"), [&[&last_name], &[&family_name]]),
        Err(vec!["rename users.surname to last_name: theirs renamed it to family_name".to_owned()])
    );
}

#[test]
fn a_column_that_theirs_renamed_may_be_dropped() {
    let base = sealed([users(&["id", "surname"])]);
    let theirs = sealed([users(&["id", "last_name"])]);
    let said: [&[&str]; 2] = [&["drop users.surname", "allow data-loss"], &["rename users.surname=last_name"]];
    let (schema, edits) = on(&base, &sealed([users(&["id"])]), &theirs, said).unwrap();
    assert_eq!(schema, sealed([users(&["id"])]));
    assert_eq!(edits, super::edits(&["drop users.last_name", "allow data-loss"]));
}

#[test]
fn a_column_of_mine_has_the_name_that_theirs_gave() {
    let base = sealed([users(&["id", "surname"])]);
    let mine = sealed([users(&["id", "surname", "last_name"])]);
    let theirs = sealed([users(&["id", "last_name"])]);
    assert_eq!(
        on(&base, &mine, &theirs, [&[], &["rename users.surname=last_name"]]),
        Err(vec!["add last_name: theirs renamed users.surname to that".to_owned()])
    );
}
