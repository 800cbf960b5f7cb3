//! What is asked, what is known, and what fits nothing.

use crate::answer::Answer;
use crate::arbitrary::schemas_with_renames;
use crate::dialect::Dialect;
use crate::diff::diff;
use crate::edits::Edits;
use crate::kit::*;
use crate::pair::Pair;
use crate::plan::HazardKind;
use crate::schema::{Column, DefaultValue, Generated, Identity, Integer, Schema, Sql, Storage, Table, TableName, Type};
use crate::settle::{Question, Settled, settle};
use proptest::prelude::*;

fn edits(answers: &[&str]) -> Edits {
    let mut edits = Edits::default();
    answers.iter().for_each(|text| edits.add(text.parse::<Answer>().unwrap()));
    edits
}

/// The questions as text and flags.
#[track_caller]
fn asks(previous: Schema, next: Schema, answers: &[&str], expected: &[(&str, &[&str])]) {
    let Ok(Settled::Open(questions)) = settle(&previous, &next, &Edits::default(), &edits(answers), &[]) else {
        panic!("nothing was asked")
    };
    let told: Vec<_> = questions.iter().map(|question| (question.text(), question.flags())).collect();
    let told: Vec<_> =
        told.iter().map(|(text, flags)| (text.as_str(), flags.iter().map(String::as_str).collect())).collect();
    let expected: Vec<_> = expected.iter().map(|(text, flags)| (*text, flags.to_vec())).collect();
    assert_eq!(told, expected);
}

/// The settled edits, as answers.
#[track_caller]
fn knows(previous: Schema, next: Schema, hints: &[&str], answers: &[&str], expected: &[&str]) {
    match settle(&previous, &next, &edits(hints), &edits(answers), &[]) {
        Ok(Settled::Known(known)) => assert_eq!(known, edits(expected)),
        other => panic!("{other:?}"),
    }
}

/// The errors in words.
#[track_caller]
fn refuses(previous: Schema, next: Schema, hints: &[&str], answers: &[&str], expected: &[&str]) {
    match settle(&previous, &next, &edits(hints), &edits(answers), &[]) {
        Err(errors) => assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), expected),
        Ok(settled) => panic!("{settled:?}"),
    }
}

fn with(column: Column) -> Schema {
    schema([Table { columns: [users(&["id"]).columns, vec![column]].concat(), ..users(&[]) }])
}

fn not_null(column: Column) -> Column {
    Column { nullable: false, ..column }
}

#[test]
fn a_column_that_may_be_renamed() {
    let (previous, next) = (|| schema([users(&["id", "surname"])]), || schema([users(&["id", "last_name"])]));
    asks(
        previous(),
        next(),
        &[],
        &[(
            "users.surname is gone and users.last_name is new: is it the same column with another name?",
            &["--rename users.surname=last_name", "--drop users.surname"],
        )],
    );
    // The loss of values is one thing, a rename that was overlooked another.
    asks(
        previous(),
        next(),
        &["allow data-loss"],
        &[(
            "users.surname is gone and users.last_name is new: is it the same column with another name?",
            &["--rename users.surname=last_name", "--drop users.surname"],
        )],
    );
    let rename = ["rename users.surname=last_name"];
    knows(previous(), next(), &[], &rename, &rename);
    knows(previous(), next(), &rename, &[], &rename);
    knows(previous(), next(), &rename, &rename, &rename);
    knows(previous(), next(), &[], &["drop users.surname"], &["drop users.surname"]);
    knows(previous(), next(), &rename, &["drop users.surname"], &["drop users.surname"]);
}

#[test]
fn one_of_several_columns() {
    asks(
        schema([users(&["id", "first name", "surname"])]),
        schema([users(&["id", "a", "b"])]),
        &["rename users.surname=a"],
        &[(
            "users.\"first name\" is gone and users.b is new: is it the same column with another name?",
            &["--rename 'users.\"first name\"=b'", "--drop 'users.\"first name\"'"],
        )],
    );
    asks(
        schema([users(&["id", "x", "y"])]),
        schema([users(&["id", "a"])]),
        &[],
        &[(
            "users.x, users.y are gone and users.a is new: is it one of them with another name?",
            &["--rename users.x=a", "--rename users.y=a", "--drop users.x", "--drop users.y"],
        )],
    );
}

#[test]
fn a_column_of_another_type_is_dropped_and_added() {
    let previous = || with(column("age", "TEXT"));
    let next = || with(column("years", "INTEGER"));
    asks(
        previous(),
        next(),
        &[],
        &[(
            "users.age is gone from the models: may it go, with what is in it?",
            &["--drop users.age", "--allow data-loss"],
        )],
    );
    knows(previous(), next(), &[], &["allow data-loss"], &["allow data-loss"]);
    // Whoever says so may rename across types.
    knows(previous(), next(), &[], &["rename users.age=years"], &["rename users.age=years"]);
}

#[test]
fn a_table_that_may_be_renamed() {
    let previous = || schema([users(&["id", "name", "email"])]);
    let next = || schema([Table { name: table_name("people"), ..users(&["id", "name", "age"]) }]);
    asks(
        previous(),
        next(),
        &[],
        &[(
            "users is gone and people is new: is it the same table with another name?",
            &["--rename users=people", "--drop users"],
        )],
    );
    asks(
        previous(),
        next(),
        &["rename table users=people"],
        &[(
            "people.email is gone and people.age is new: is it the same column with another name?",
            &["--rename people.email=age", "--drop people.email"],
        )],
    );
    // An answer may name the table as it was.
    for column in ["rename users.email=age", "rename people.email=age"] {
        let known = ["rename table users=people", "rename people.email=age"];
        knows(previous(), next(), &[], &["rename table users=people", column], &known);
    }
    knows(previous(), next(), &[], &["drop table users"], &["drop table users"]);

    let in_shop = |text: &str| TableName { schema: Some(name("shop")), name: name(text) };
    asks(
        schema([Table { name: in_shop("users"), ..users(&["id"]) }]),
        schema([Table { name: in_shop("people"), ..users(&["id"]) }]),
        &[],
        &[(
            "shop.users is gone and shop.people is new: is it the same table with another name?",
            &["--rename \"table shop.users=shop.people\"", "--drop \"table shop.users\""],
        )],
    );
}

#[test]
fn a_table_unlike_all_others_is_dropped() {
    let previous = || schema([users(&["id", "name", "email"])]);
    let next = || schema([Table { name: table_name("books"), ..users(&["id", "title", "price"]) }]);
    asks(
        previous(),
        next(),
        &[],
        &[(
            "users is gone from the models: may the table go, with what is in it?",
            &["--drop users", "--allow data-loss"],
        )],
    );
    knows(previous(), next(), &[], &["allow data-loss"], &["allow data-loss"]);
}

#[test]
fn rows_need_a_value_in_a_new_column() {
    let age = || not_null(column("age", "INTEGER"));
    asks(
        schema([users(&["id"])]),
        with(age()),
        &[],
        &[("users.age may not be NULL: what do the rows that are there get?", &["--backfill \"users.age=0\""])],
    );
    let backfill = ["backfill users.age=18"];
    knows(schema([users(&["id"])]), with(age()), &backfill, &[], &backfill);
    knows(schema([users(&["id"])]), with(age()), &["backfill users.age=0"], &backfill, &backfill);
    for filled in [
        column("age", "INTEGER"),
        Column { default: Some(DefaultValue::Number("1".to_owned())), ..age() },
        Column { generated: Some(Generated { expression: Sql::new("1"), stored: false }), ..age() },
        Column { identity: Some(Identity::default()), ..age() },
    ] {
        knows(schema([users(&["id"])]), with(filled), &[], &[], &[]);
    }
    // A new table has no rows.
    knows(Schema::default(), with(age()), &backfill, &[], &[]);
}

#[test]
fn rows_need_a_value_where_null_was() {
    let previous = || with(column("age", "INTEGER"));
    let next = Column { default: Some(DefaultValue::Text("it's".to_owned())), ..not_null(column("age", "INTEGER")) };
    asks(
        previous(),
        with(next.clone()),
        &[],
        &[("users.age may not be NULL: what do the rows that are there get?", &["--backfill \"users.age='it''s'\""])],
    );
    knows(previous(), with(next.clone()), &[], &["backfill users.age=1"], &["backfill users.age=1"]);
    // Once it is done, the attribute says nothing any more.
    knows(with(next.clone()), with(next), &["backfill users.age=1"], &[], &[]);
    // The renamed column is the same column.
    let renamed = with(not_null(column("years", "INTEGER")));
    let Ok(Settled::Open(questions)) =
        settle(&previous(), &renamed, &edits(&["rename users.age=years"]), &Edits::default(), &[])
    else {
        panic!("nothing was asked")
    };
    let backfill = Question::Backfill { table: table_name("users"), column: name("years"), example: "0".to_owned() };
    assert_eq!(questions, [backfill]);
}

#[test]
fn values_that_are_computed_from_now_on_go() {
    let previous = || with(column("age", "INTEGER"));
    let computed =
        Column { generated: Some(Generated { expression: Sql::new("1"), stored: false }), ..column("age", "INTEGER") };
    asks(
        previous(),
        with(computed.clone()),
        &[],
        &[("users.age is computed from now on: may what is in it go?", &["--drop users.age", "--allow data-loss"])],
    );
    knows(previous(), with(computed.clone()), &[], &["drop users.age"], &["drop users.age"]);
    knows(previous(), with(computed.clone()), &[], &["allow data-loss"], &["allow data-loss"]);
    // As before, and the other way round, nothing goes.
    knows(with(computed.clone()), with(computed.clone()), &[], &[], &[]);
    knows(with(computed), previous(), &[], &[], &[]);
}

#[test]
fn examples_fit_the_type() {
    let mut state = schema([users(&["id"])]);
    state.enumerations.push(enumeration("state", &["draft", "sent"]));
    for (data_type, example) in [
        (Type::Boolean, "false"),
        (Type::Integer(Integer::I32), "0"),
        (Type::Text { max_length: None }, "''"),
        (Type::TimestampWithZone, "CURRENT_TIMESTAMP"),
        (Type::Date, "CURRENT_DATE"),
        (Type::Json, "'{}'"),
        (Type::Enumeration(name("state")), "'draft'"),
        (Type::Enumeration(name("gone")), "''"),
        (Type::Sql(Sql::new("varchar(20)")), "''"),
        (Type::Sql(Sql::new("BIGINT")), "0"),
        (Type::Sql(Sql::new("timestamptz")), "CURRENT_TIMESTAMP"),
        (Type::Sql(Sql::default()), "''"),
    ] {
        let mut next = state.clone();
        next.tables[0].columns.push(Column::new(name("new"), data_type.clone()));
        let Ok(Settled::Open(questions)) = settle(&state, &next, &Edits::default(), &Edits::default(), &[]) else {
            panic!("{data_type:?}")
        };
        let flag = format!("--backfill \"users.new={example}\"");
        assert_eq!(questions[0].flags(), [flag], "{data_type:?}");
    }
}

#[test]
fn conversions_are_kept_where_the_type_differs() {
    let [text, number] = ["TEXT", "INTEGER"].map(|data_type| move || with(column("age", data_type)));
    let convert = ["convert users.age=CAST(age AS INTEGER)"];
    knows(text(), number(), &convert, &[], &convert);
    knows(text(), number(), &[], &convert, &convert);
    knows(number(), number(), &convert, &[], &[]);
    refuses(number(), number(), &[], &convert, &["cannot convert users.age: its type stays as it is"]);
}

/// The questions of a project with these databases, as text and flags.
fn asked(schemas: Pair<&Schema>, hints: &[&str], answers: &[&str], dialects: &[Dialect]) -> Vec<String> {
    match settle(schemas.previous, schemas.next, &edits(hints), &edits(answers), dialects) {
        Ok(Settled::Open(questions)) => {
            questions.iter().map(|question| format!("{} {}", question.text(), question.flags().join(" "))).collect()
        }
        Ok(Settled::Known(_)) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_database_that_knows_no_cast_asks() {
    let of = |data_type| with(Column::new(name("code"), data_type));
    let (previous, next) = (of(Type::Integer(Integer::I64)), of(Type::Uuid));
    let schemas = Pair::new(&previous, &next);
    let both = [Dialect::Sqlite, Dialect::Postgres];
    assert_eq!(
        asked(schemas, &[], &[], &both[1..]),
        [
            "users.code was bigint and is to be uuid: what becomes of the values that are there? --convert 'users.code=\"code\"::text::uuid'"
        ]
    );
    let of_several = [
        "users.code was bigint and is to be uuid on PostgreSQL: what becomes of the values that are there? --convert 'users.code for postgres=\"code\"::text::uuid'",
    ];
    assert_eq!(asked(schemas, &[], &[], &both), of_several);
    // What is said for another database is no answer.
    assert_eq!(asked(schemas, &["convert users.code for sqlite=1"], &[], &both), of_several);
    for said in ["convert users.code=1", "convert users.code for postgres=1"] {
        assert_eq!(asked(schemas, &[said], &[], &both), [""; 0]);
        assert_eq!(asked(schemas, &[], &[said], &both), [""; 0]);
    }
    assert_eq!(asked(schemas, &[], &[], &both[..1]), [""; 0]);
    assert_eq!(
        asked(schemas, &[], &["convert users.code for postgres=1"], &both[..1]),
        ["cannot convert users.code for postgres: there are no revisions for PostgreSQL"]
    );
    // There is a cast, and nothing to convert.
    let text = of(Type::Text { max_length: None });
    assert_eq!(asked(Pair::new(&text, &next), &[], &[], &both), [""; 0]);
    assert_eq!(asked(Pair::new(&Schema::default(), &next), &[], &[], &both), [""; 0]);
}

#[test]
fn an_answer_for_one_database_leaves_what_the_attribute_says_for_another() {
    let [text, number] = ["TEXT", "INTEGER"].map(|data_type| move || with(column("age", data_type)));
    let hints = ["convert users.age for sqlite=1", "convert users.age for postgres=2"];
    let both = ["convert users.age for sqlite=1", "convert users.age for postgres=3"];
    knows(text(), number(), &hints, &["convert users.age for postgres=3"], &both);
    knows(text(), number(), &hints, &["convert users.age=3"], &["convert users.age=3"]);
}

#[test]
fn a_hint_that_is_no_longer_true_is_left() {
    let now = || schema([users(&["id", "last_name"])]);
    let hints = ["rename users.surname=last_name", "rename table people=users", "backfill users.last_name=''"];
    knows(now(), now(), &hints, &[], &[]);
    knows(Schema::default(), now(), &hints, &[], &[]);
}

#[test]
fn a_hint_whose_former_name_is_in_use_again_must_go() {
    let previous = || schema([users(&["id", "last_name"])]);
    let delete = "\nhint: delete `renamed_from`: once its revision is written, it does nothing";
    refuses(
        previous(),
        schema([users(&["id", "last_name", "surname"])]),
        &["rename users.surname=last_name"],
        &[],
        &[&format!(
            "users.last_name: users.last_name says that it was renamed from users.surname, but there is another column \
             users.surname{delete}"
        )],
    );
    refuses(
        previous(),
        schema([users(&["id", "last_name"]), Table { name: table_name("people"), ..users(&["id"]) }]),
        &["rename table people=users"],
        &[],
        &[&format!("users: users says that it was renamed from people, but there is another table people{delete}")],
    );
    refuses(
        schema([users(&["surname", "last_name"])]),
        schema([users(&["last_name"])]),
        &["rename users.surname=last_name"],
        &[],
        &["users.last_name: users.last_name says that it was renamed from users.surname, \
           but both are in the last revision\n\
           hint: delete `renamed_from`, or drop the one of this name in a revision of its own first"],
    );
    refuses(
        schema([users(&["surname"])]),
        schema([users(&["a", "b"])]),
        &["rename users.surname=a", "rename users.surname=b"],
        &[],
        &["users.b: users.b says that it was renamed from users.surname, but another column says so too\n\
           hint: say `renamed_from` on the one that users.surname became"],
    );
}

#[test]
fn values_of_enums_are_renamed_by_hints() {
    let with = |values: &[&str]| Schema { enumerations: vec![enumeration("role", values)], ..Schema::default() };
    let rename = ["rename value role.admin=owner"];
    knows(with(&["admin", "guest"]), with(&["owner", "guest"]), &rename, &[], &rename);
    knows(with(&["owner"]), with(&["owner"]), &rename, &[], &[]);
    knows(with(&["admin"]), with(&["owner"]), &[], &[], &[]);
    refuses(
        with(&["admin"]),
        with(&["owner"]),
        &[],
        &["rename value role.amdin=owner"],
        &["cannot rename role.amdin to role.owner: the last revision has no value role.amdin\n\
           note: values that went: role.admin; values that came: role.owner\n\
           hint: did you mean role.admin?"],
    );
}

#[test]
fn values_that_went_and_came_are_asked_about_where_rows_may_hold_them() {
    let with = |values: &[&str]| {
        let mut role = column("role", "TEXT");
        role.data_type = Type::Enumeration(name("role"));
        let mut with = schema([table("users", vec![role])]);
        with.enumerations.push(enumeration("role", values));
        with
    };
    let (previous, next) = (|| with(&["admin", "guest"]), || with(&["guest", "owner"]));
    asks(
        previous(),
        next(),
        &[],
        &[(
            "role.admin is gone and role.owner is new: is it the same value with another name?",
            &["--rename \"value role.admin=owner\"", "--drop \"value role.admin\""],
        )],
    );
    for answer in ["rename value role.admin=owner", "drop value role.admin"] {
        knows(previous(), next(), &[], &[answer], &[answer]);
    }
    // What only goes or only comes needs no word: rows that hold it are refused.
    knows(previous(), with(&["guest"]), &[], &[], &[]);
    knows(with(&["guest"]), next(), &[], &[], &[]);
    // Rows hold numbers, whatever they are called.
    let numbers = |mut with: Schema| {
        with.enumerations[0].storage = Storage::Integer;
        with
    };
    knows(numbers(previous()), numbers(next()), &[], &[], &[]);
    refuses(
        previous(),
        next(),
        &[],
        &["drop value role.guest"],
        &["cannot drop role.guest: the models still have it\nnote: values that went: role.admin"],
    );
}

#[test]
fn an_answer_that_fits_nothing() {
    let previous = || schema([users(&["id", "surname", "nick"])]);
    let next = || schema([users(&["id", "last_name"])]);
    let refused = |answer: &str, expected: &str| refuses(previous(), next(), &[], &[answer], &[expected]);
    refused(
        "rename users.surnam=last_name",
        "cannot rename users.surnam to users.last_name: the last revision has no column users.surnam\n\
         note: columns that went: users.nick, users.surname; columns that came: users.last_name\n\
         hint: did you mean users.surname?",
    );
    refused(
        "rename users.surname=lastname",
        "cannot rename users.surname to users.lastname: the models have no column users.lastname\n\
         note: columns that went: users.nick, users.surname; columns that came: users.last_name\n\
         hint: did you mean users.last_name?",
    );
    refused(
        "rename users.id=last_name",
        "cannot rename users.id to users.last_name: the models still have users.id\n\
         note: columns that went: users.nick, users.surname; columns that came: users.last_name",
    );
    refused(
        "rename users.surname=id",
        "cannot rename users.surname to users.id: the last revision has users.id already\n\
         note: columns that went: users.nick, users.surname; columns that came: users.last_name",
    );
    refused(
        "rename user.surname=last_name",
        "cannot rename user.surname: the models have no table user\nnote: tables: users\nhint: did you mean users?",
    );
    refused(
        "rename table users=people",
        "cannot rename users to people: the models still have users\n\
         note: tables that went: none; tables that came: none",
    );
    refused(
        "drop users.nik",
        "cannot drop users.nik: the last revision has no column users.nik\n\
         note: columns that went: users.surname, users.nick\nhint: did you mean users.nick?",
    );
    refused(
        "drop users.id",
        "cannot drop users.id: the models still have it\n\
         note: columns that went: users.surname, users.nick",
    );
    refused("drop table users", "cannot drop table users: the models still have it\nnote: tables that went: none");
    refused("backfill users.id=0", "cannot backfill users.id: its rows have their values");
    refused(
        "backfill users.lastname=''",
        "cannot backfill users.lastname: the models have no such column\n\
         note: columns: users.id, users.last_name\nhint: did you mean users.last_name?",
    );
    refuses(
        Schema::default(),
        next(),
        &[],
        &["backfill users.last_name=''"],
        &["cannot backfill users.last_name: its table is new and has no rows"],
    );
    refuses(
        previous(),
        next(),
        &[],
        &["rename users.surname=last_name", "rename users.nick=last_name", "drop users.nick", "drop users.surname"],
        &[
            "cannot rename users.nick to users.last_name: another `--rename` names one of them",
            "cannot drop users.surname: it is renamed\nnote: columns that went: users.surname, users.nick",
        ],
    );
    let shop = Table { name: TableName { schema: Some(name("shop")), name: name("users") }, ..users(&["id"]) };
    refuses(
        schema([shop]),
        Schema::default(),
        &[],
        &["drop shop.users"],
        &["cannot drop shop.users: the models have no table shop\nnote: tables: none\n\
           hint: for the table of this name, write `table shop.users`"],
    );
}

proptest! {
    /// Whichever answers are given, one question after another, in the end everything is known, and what is known is real.
    #[test]
    fn every_question_can_be_answered(
        (schemas, _) in schemas_with_renames(),
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 1..8),
    ) {
        let mut answers = Edits::default();
        for pick in picks.iter().cycle().take(500) {
            match settle(&schemas.previous, &schemas.next, &Edits::default(), &answers, &[]) {
                Ok(Settled::Open(questions)) => {
                    let mut choices = questions[0].answers();
                    answers.add(choices.swap_remove(pick.index(choices.len())));
                }
                Ok(Settled::Known(known)) => {
                    let renames = diff(&schemas.previous, &schemas.next, &known);
                    let renames = renames.iter().filter(|change| change.summary().starts_with("rename "));
                    prop_assert_eq!(renames.count(), known.tables.len() + known.columns.len());
                    return Ok(());
                }
                Err(errors) => prop_assert!(false, "{:?}", errors),
            }
        }
        prop_assert!(false, "it goes on asking");
    }

    /// What made the second schema out of the first is accepted, be it by attributes or by flags.
    #[test]
    fn real_renames_are_known((schemas, renames) in schemas_with_renames()) {
        let allowed = Edits { allowed: [HazardKind::DataLoss].into(), ..Edits::default() };
        for (hints, mut answers) in [(renames.clone(), Edits::default()), (Edits::default(), renames.clone())] {
            answers.merge(allowed.clone());
            match settle(&schemas.previous, &schemas.next, &hints, &answers, &[]) {
                Ok(Settled::Known(known)) => prop_assert_eq!(sorted(known.tables), sorted(renames.tables.clone())),
                Ok(Settled::Open(_)) => {}
                Err(errors) => prop_assert!(false, "{:?}", errors),
            }
        }
    }
}

fn sorted(mut renames: Vec<Pair<TableName>>) -> Vec<Pair<TableName>> {
    renames.sort();
    renames
}
