use super::*;
use crate::dialect::Dialect;
use crate::schema::{
    Column, DefaultValue, Enumeration, EnumerationValue, Integer, Name, Sql, Storage, Table, TableName, Type,
};
use std::collections::BTreeMap;

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn table(text: &str) -> TableName {
    TableName::new(name(text))
}

fn text(column: &str) -> Column {
    Column::new(name(column), Type::Text { max_length: None })
}

fn users(columns: Vec<Column>) -> Schema {
    let mut users = Table::new(table("users"));
    users.columns = columns;
    Schema { tables: vec![users], ..Schema::default() }
}

fn sealed(schema: &Schema, dialects: &[Dialect]) -> Lock {
    Lock {
        types: 1,
        history: "enamel_schema_history".to_owned(),
        models: Vec::new(),
        type_map: BTreeMap::new(),
        doc_comments: false,
        folders: false,
        dialects: dialects.iter().map(|&dialect| (dialect, Vec::new())).collect(),
        schema: naming::complete(&Schema::default(), schema, &Edits::default()),
    }
}

fn summaries(step: &Step) -> Vec<String> {
    step.changes.iter().map(Change::summary).collect()
}

#[test]
fn models_that_are_sealed_are_in_step() {
    let mut models = users(vec![text("email"), text("name")]);
    let lock = sealed(&models, &[Dialect::Sqlite]);
    assert_eq!(step(&lock, &models, &Edits::default()).unwrap(), Step::default());
    models.tables[0].columns.reverse();
    assert_eq!(step(&lock, &models, &Edits::default()).unwrap(), Step::default(), "order is no difference");
}

#[test]
fn a_rename_is_told_as_one_beside_what_would_be_asked() {
    let lock = sealed(&users(vec![text("email"), text("surname")]), &[Dialect::Sqlite]);
    let mut hints = Edits::default();
    hints.columns.push((table("users"), Pair::new(name("surname"), name("last_name"))));
    let renamed = users(vec![text("last_name")]);
    let told = step(&lock, &renamed, &hints).unwrap();
    assert_eq!(summaries(&told), ["rename column users.surname to last_name", "drop column users.email"]);
    assert_eq!(told.impossible, []);

    let unhinted = step(&lock, &users(vec![text("email"), text("last_name")]), &Edits::default()).unwrap();
    assert_eq!(summaries(&unhinted), ["drop column users.surname", "add column users.last_name text NOT NULL"]);
    assert_eq!(unhinted.impossible, [], "it may be a rename, which no row would mind");
}

#[test]
fn changes_are_told_as_the_models_make_them() {
    let value = |name: &&str| EnumerationValue { name: (*name).to_owned(), discriminant: 0 };
    let role = |values: &[&str]| {
        let values = values.iter().map(value).collect();
        let mut models = users(vec![Column::new(name("role"), Type::Enumeration(name("role")))]);
        models.enumerations.push(Enumeration { name: name("role"), values, storage: Storage::Native });
        models
    };
    let lock = sealed(&role(&["admin"]), &[Dialect::Sqlite]);
    let told = step(&lock, &role(&["admin", "member"]), &Edits::default()).unwrap();
    assert_eq!(summaries(&told), ["enum role: add value 'member'"]);
}

#[test]
fn what_no_database_notices_is_no_difference() {
    let age = |integer| users(vec![Column::new(name("age"), Type::Integer(integer))]);
    let lock = sealed(&age(Integer::U32), &[Dialect::Sqlite]);
    assert_eq!(step(&lock, &age(Integer::I64), &Edits::default()).unwrap(), Step::default());
}

#[test]
fn a_column_that_rows_have_no_value_for_is_impossible() {
    let lock = sealed(&users(vec![text("email")]), &[Dialect::Sqlite]);
    let mandatory = users(vec![text("email"), Column::new(name("born"), Type::Date)]);
    let told = step(&lock, &mandatory, &Edits::default()).unwrap();
    assert_eq!(
        told.impossible.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["users.born: rows that are there would get no value in users.born\n\
          hint: make it an `Option`, or give it a `default`, or a `backfill` for those rows\n\
          hint: `cargo enamel revision -m \"…\" --autogenerate --backfill \"users.born=CURRENT_DATE\"`"]
    );
    let mut filled = mandatory.clone();
    filled.tables[0].columns[1].default = Some(DefaultValue::Text("1970-01-01".to_owned()));
    assert_eq!(step(&lock, &filled, &Edits::default()).unwrap().impossible, []);
    let mut hints = Edits::default();
    hints.backfills.insert((table("users"), name("born")), Sql::new("CURRENT_DATE"));
    assert_eq!(step(&lock, &mandatory, &hints).unwrap().impossible, []);
}
