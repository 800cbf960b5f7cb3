//! Changes made again.

use super::*;
use crate::arbitrary::{self, schemas_with_renames};
use crate::diff::{diff, same_check, same_exclusion, same_foreign_key, same_index, same_unique};
use crate::schema::{IndexKey, Storage, Type};
use proptest::prelude::*;

/// Makes mine on theirs; both begin with `base`.
fn on(base: &Schema, mine: &Schema, theirs: &Schema, answers: &[&str]) -> Result<Again, Vec<String>> {
    let again = again(Pair::new(base, mine), &edits(answers), theirs);
    again.map_err(|clashes| clashes.iter().map(Clash::to_string).collect())
}

#[test]
fn both_add_a_column() {
    let base = sealed([users(&["id"])]);
    let both = on(&base, &sealed([users(&["id", "mine"])]), &sealed([users(&["id", "theirs"])]), &[]).unwrap();
    assert_eq!(both, Again { schema: sealed([users(&["id", "mine", "theirs"])]), already: vec![] });
}

#[test]
fn what_mine_adds_stands_where_it_stood() {
    let base = sealed([users(&["id", "age"])]);
    let mine = sealed([users(&["first", "id", "second", "third", "age"])]);
    let theirs = sealed([users(&["id", "theirs", "age"])]);
    let again = on(&base, &mine, &theirs, &[]).unwrap();
    assert_eq!(again.schema, sealed([users(&["first", "id", "second", "third", "theirs", "age"])]));
}

#[test]
fn what_both_made_is_made_once() {
    let base = sealed([users(&["id"])]);
    let mut next = users(&["id", "email"]);
    next.indexes.push(index(&["email"]));
    let next = sealed([next, table("books", vec![column("id", "TEXT")])]);
    let again = on(&base, &next, &next, &[]).unwrap();
    assert_eq!(again.schema, next);
    assert_eq!(
        again.already,
        ["add column users.email TEXT", "add index ix_users_email on users(email)", "create table books"]
    );
}

#[test]
fn two_parts_of_one_column_are_changed_side_by_side() {
    let with = |data_type: &str, nullable: bool| {
        let mut age = column("age", data_type);
        age.nullable = nullable;
        sealed([table("users", vec![age])])
    };
    let base = with("TEXT", true);
    let again = on(&base, &with("INTEGER", true), &with("TEXT", false), &[]).unwrap();
    assert_eq!(again.schema, with("INTEGER", false));
    assert_eq!(
        on(&base, &with("INTEGER", true), &with("REAL", true), &[]),
        Err(vec!["users.age: type TEXT becomes INTEGER: theirs changed it too".to_owned()])
    );
}

#[test]
fn contradictions_are_told() {
    let base = sealed([users(&["id", "age"]), table("books", vec![column("id", "TEXT")])]);
    let told = |mine: Vec<Table>, theirs: Vec<Table>, answers: &[&str]| {
        on(&base, &sealed(mine), &sealed(theirs), answers).unwrap_err().join("\n")
    };
    let books = || table("books", vec![column("id", "TEXT")]);
    let typed = |data_type| table("users", vec![column("id", "TEXT"), column("age", data_type)]);
    let mut indexed = users(&["id", "age"]);
    indexed.indexes.push(index(&["age"]));
    let mut referring = users(&["id", "age"]);
    referring.foreign_keys.push(foreign_key(&["age"], "books", &["id"]));
    let more = || table("books", vec![column("id", "TEXT"), column("title", "TEXT")]);
    for (mine, theirs, answers, expected) in [
        (
            vec![users(&["id"]), books()],
            vec![typed("REAL"), books()],
            &[][..],
            "drop column users.age: theirs changed it too",
        ),
        (
            vec![typed("REAL"), books()],
            vec![users(&["id"]), books()],
            &[],
            "users.age: type TEXT becomes REAL: theirs has no column age any more",
        ),
        (
            vec![users(&["id", "age"])],
            vec![users(&["id", "age"]), more()],
            &[],
            "drop table books: theirs changed it too",
        ),
        (
            vec![indexed, books()],
            vec![users(&["id"]), books()],
            &[],
            "index of users: it needs age, which one of the two branches takes away",
        ),
        (
            vec![referring, books()],
            vec![users(&["id", "age"])],
            &[],
            "foreign key of users: it needs id, which one of the two branches takes away",
        ),
        (
            vec![users(&["id", "years"]), books()],
            vec![users(&["id", "years", "age"]), books()],
            &["rename users.age=years"],
            "rename column users.age to years: theirs has another column years",
        ),
        (
            vec![users(&["id", "age"]), more()],
            vec![users(&["id", "age"])],
            &[],
            "add column books.title TEXT: theirs has no table books any more",
        ),
    ] {
        assert_eq!(told(mine, theirs, answers), expected);
    }
}

#[test]
fn another_thing_of_the_same_name_is_a_contradiction() {
    let base = sealed([users(&["id"])]);
    let with = |data_type: &str| table("users", vec![column("id", "TEXT"), column("age", data_type)]);
    assert_eq!(
        on(&base, &sealed([with("TEXT")]), &sealed([with("REAL")]), &[]),
        Err(vec!["add column users.age TEXT: theirs has another column age".to_owned()])
    );
    let books = |data_type: &str| sealed([users(&["id"]), table("books", vec![column("id", data_type)])]);
    assert_eq!(
        on(&base, &books("TEXT"), &books("REAL"), &[]),
        Err(vec!["create table books: theirs has another table books".to_owned()])
    );
}

#[test]
fn a_name_that_theirs_gave_is_not_given_twice() {
    let base = sealed([users(&["id", "age"])]);
    let with = |unique| {
        let mut users = users(&["id", "age"]);
        users.indexes.push(crate::schema::Index { unique, ..index(&["age"]) });
        sealed([users])
    };
    let again = on(&base, &with(true), &with(false), &[]).unwrap();
    let names: Vec<_> =
        again.schema.tables[0].indexes.iter().map(|index| index.name.name().unwrap().as_str()).collect();
    assert!(names.contains(&"ix_users_age") && names.len() == 2 && names[0] != names[1], "{names:?}");
}

#[test]
fn values_of_an_enum_are_added_by_both() {
    let with = |values: &[&str], storage| {
        let mut schema = sealed([users(&["id"])]);
        schema.enumerations.push(crate::schema::Enumeration { storage, ..enumeration("role", values) });
        schema
    };
    let base = with(&["admin", "member"], Storage::Native);
    let mine = with(&["owner", "member", "guest"], Storage::Native);
    let theirs = with(&["admin", "member", "robot"], Storage::Native);
    let again = on(&base, &mine, &theirs, &["rename value role.admin=owner"]).unwrap();
    let values: Vec<_> = again.schema.enumerations[0].values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["owner", "member", "robot", "guest"]);

    let between = with(&["first", "admin", "between", "too", "member"], Storage::Native);
    let again = on(&base, &between, &theirs, &[]).unwrap();
    let values: Vec<_> = again.schema.enumerations[0].values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["first", "admin", "between", "too", "member", "robot"]);

    let numbered = |values: &[&str]| with(values, Storage::Integer);
    let told = on(&numbered(&["a"]), &numbered(&["a", "mine"]), &numbered(&["a", "theirs"]), &[]).unwrap_err();
    assert!(told[0].ends_with("theirs has another value of this number"), "{told:?}");
}

#[test]
fn constraints_of_both_stay() {
    let base = sealed([users(&["id", "age"])]);
    let mut mine = users(&["id", "age"]);
    mine.checks.push(check("age > 0"));
    mine.uniques.push(unique(&["age"]));
    let mut theirs = users(&["id", "age"]);
    theirs.checks.push(check("AGE > 0"));
    theirs.indexes.push(index(&["id"]));
    let again = on(&base, &sealed([mine]), &sealed([theirs]), &[]).unwrap();
    let users = again.schema.table(&table_name("users")).unwrap();
    assert_eq!((users.checks.len(), users.uniques.len(), users.indexes.len()), (1, 1, 1));
    assert_eq!(again.already, ["add check on users: age > 0"]);
}

proptest! {
    #[test]
    fn on_what_mine_began_with_it_is_mine((schemas, edits) in schemas_with_renames()) {
        let (previous, next) = named(schemas, &edits);
        let again = again(Pair::new(&previous, &next), &edits, &previous).unwrap();
        prop_assert_eq!(diff(&again.schema, &next, &Edits::default()), []);
        prop_assert_eq!(again.already, Vec::<String>::new());
    }

    #[test]
    fn on_what_made_it_already_nothing_is_made((schemas, edits) in schemas_with_renames()) {
        let (previous, next) = named(schemas, &edits);
        let again = again(Pair::new(&previous, &next), &edits, &next).unwrap();
        prop_assert_eq!(diff(&again.schema, &next, &Edits::default()), []);
        prop_assert_eq!(again.already.len(), diff(&previous, &next, &edits).len());
    }

    #[test]
    fn it_does_not_matter_who_comes_first(base in arbitrary::schema(), mine in arbitrary::schema(), theirs in arbitrary::schema()) {
        // Near to what both began with, or nothing goes together.
        let (_, mine) = named(Pair::new(base.clone(), with_some_of(&base, mine)), &Edits::default());
        let (base, theirs) = named(Pair::new(base.clone(), with_some_of(&base, theirs)), &Edits::default());
        let nothing = Edits::default();
        let one = again(Pair::new(&base, &mine), &nothing, &theirs);
        let other = again(Pair::new(&base, &theirs), &nothing, &mine);
        match (one, other) {
            (Ok(one), Ok(other)) => prop_assert_eq!(diff(&one.schema, &other.schema, &nothing), []),
            (Err(_), Err(_)) => {}
            (one, other) => prop_assert!(false, "{:?}\n{:?}", one, other),
        }
    }

    #[test]
    fn whatever_theirs_is_nothing_panics((schemas, edits) in schemas_with_renames(), theirs in crate::arbitrary::schema()) {
        let (previous, next) = named(schemas, &edits);
        let theirs = naming::complete(&Schema::default(), &theirs, &Edits::default());
        if let Ok(again) = again(Pair::new(&previous, &next), &edits, &theirs) {
            for table in &again.schema.tables {
                for part in table.indexes.iter().flat_map(|index| &index.parts) {
                    if let IndexKey::Column(column) = &part.key {
                        prop_assert!(table.column(column).is_some());
                    }
                }
                for column in &table.columns {
                    if let Type::Enumeration(name) = &column.data_type {
                        prop_assert!(again.schema.enumeration(name).is_some());
                    }
                }
            }
        }
    }
}

/// The tables of a schema, those of another that it has not, and of those that both have every other one from it.
fn with_some_of(base: &Schema, mut next: Schema) -> Schema {
    let ours = base.tables.iter().enumerate().filter(|(place, _)| place % 2 == 0).map(|(_, table)| table);
    for table in ours {
        next.tables.retain(|other| other.name != table.name);
        next.tables.push(table.clone());
    }
    next.sort();
    next
}

/// Both schemas named. Two constraints that say the same are one: nobody can tell which of them a branch has added.
fn named(schemas: Pair<Schema>, edits: &Edits) -> (Schema, Schema) {
    let schemas = schemas.map(|mut schema| {
        for table in &mut schema.tables {
            once(&mut table.uniques, same_unique);
            once(&mut table.indexes, same_index);
            once(&mut table.foreign_keys, same_foreign_key);
            once(&mut table.checks, same_check);
            once(&mut table.exclusions, same_exclusion);
        }
        schema
    });
    let previous = naming::complete(&Schema::default(), &schemas.previous, &Edits::default());
    let next = naming::complete(&previous, &schemas.next, edits);
    (previous, next)
}

fn once<T: Clone>(items: &mut Vec<T>, same: fn(&T, &T) -> bool) {
    let mut kept: Vec<T> = Vec::new();
    for item in items.drain(..) {
        if !kept.iter().any(|other| same(other, &item)) {
            kept.push(item);
        }
    }
    *items = kept;
}
