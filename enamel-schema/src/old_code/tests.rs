//! The table, a line for each kind of change and for each way in which it may go.

use super::*;
use crate::arbitrary::evolution::evolution;
use crate::change::Change;
use crate::dialect::Dialect;
use crate::draft::draft;
use crate::edits::Edits;
use crate::kit::{check, column, enumeration, foreign_key, index, name, primary_key, table, table_name, unique, users};
use crate::naming;
use crate::plan::HazardKind;
use crate::schema::{DefaultValue, Deferrable, Exclusion, Generated, Sql};
use proptest::prelude::*;

/// What a change breaks in a table that is the same at both ends but for it.
fn breaks(change: Change, previous: &Table, next: &Table) -> String {
    broken_by(&change, Some(Pair::new(previous, next))).join("; ")
}

#[test]
fn what_comes_and_goes_as_a_whole() {
    let of = |change: Change| broken_by(&change, None).join("; ");
    let users = users(&["email"]);
    assert_eq!(of(Change::CreateExtension("citext".to_owned())), "");
    assert_eq!(of(Change::DropExtension("citext".to_owned())), "");
    assert_eq!(of(Change::CreateEnumeration(enumeration("role", &["admin"]))), "");
    assert_eq!(of(Change::DropEnumeration(enumeration("role", &["admin"]))), "");
    assert_eq!(of(Change::CreateTable(users.clone())), "");
    assert_eq!(of(Change::DropTable(users.clone())), "use users");
    // What is in them takes no part.
    let unique_index = || Index { unique: true, ..index(&["email"]) };
    assert_eq!(of(Change::AddIndex { table: users.name.clone(), index: unique_index() }), "");
    assert_eq!(of(Change::DropIndex { table: users.name.clone(), index: unique_index() }), "");
}

#[test]
fn the_values_of_an_enum() {
    let of = |previous: &[&str], next: &[&str], renamed: &[(&str, &str)]| {
        let enumeration = Pair::new(enumeration("role", previous), enumeration("role", next));
        let pair = |(previous, next): &(&str, &str)| Pair::new((*previous).to_owned(), (*next).to_owned());
        let renamed = renamed.iter().map(pair).collect();
        broken_by(&Change::AlterEnumeration { enumeration, renamed }, None).join("; ")
    };
    assert_eq!(of(&["admin", "member"], &["member", "admin"], &[]), "");
    assert_eq!(of(&["admin"], &["admin", "guest"], &[]), "may read a value of role that they do not know");
    assert_eq!(of(&["admin", "guest"], &["admin"], &[]), "may write values of role that are refused from now on");
    assert_eq!(of(&["admin"], &["owner"], &[("admin", "owner")]), "know values of role by other names");
}

#[test]
fn tables_and_their_options() {
    let users = users(&["email"]);
    let of = |change: Change| breaks(change, &users, &users);
    let renamed = Pair::new(table_name("user"), table_name("users"));
    assert_eq!(of(Change::RenameTable(renamed)), "use user");
    let comment = Pair::new(None, Some("Those who sign in".to_owned()));
    assert_eq!(of(Change::CommentTable { table: table_name("users"), comment }), "");
    let options = |previous: TableOptions, next: TableOptions| {
        of(Change::AlterTableOptions { table: table_name("users"), options: Pair::new(previous, next) })
    };
    let usual = TableOptions::default;
    let strict = || TableOptions { strict: true, ..usual() };
    let without_rowid = || TableOptions { without_rowid: true, ..usual() };
    assert_eq!(options(usual(), strict()), "may write to users what a strict table refuses");
    assert_eq!(options(strict(), usual()), "");
    assert_eq!(options(usual(), without_rowid()), "may use the row numbers of users");
    assert_eq!(options(without_rowid(), usual()), "");
    assert_eq!(options(usual(), TableOptions { unlogged: true, ..usual() }), "");
}

#[test]
fn columns() {
    let users = users(&["email"]);
    let users_name = || table_name("users");
    let of = |change: Change| breaks(change, &users, &users);
    let nullable = || column("age", "INTEGER");
    let mandatory = || Column { nullable: false, ..nullable() };
    let filled = || Column { default: Some(DefaultValue::Sql(Sql::new("0"))), ..mandatory() };
    let generated = || Column {
        generated: Some(Generated { expression: Sql::new("length(email)"), stored: false }),
        ..mandatory()
    };
    let counting = |always| Column { identity: Some(Identity { always, ..Identity::default() }), ..mandatory() };

    let add = |column: Column| of(Change::AddColumn { table: users_name(), column });
    assert_eq!(add(nullable()), "");
    assert_eq!(add(filled()), "");
    assert_eq!(add(generated()), "");
    assert_eq!(add(counting(true)), "");
    assert_eq!(add(mandatory()), "insert into users without age");
    assert_eq!(of(Change::DropColumn { table: users_name(), column: nullable() }), "use users.age");
    let renamed = Pair::new(name("mail"), name("email"));
    assert_eq!(of(Change::RenameColumn { table: users_name(), column: renamed }), "use users.mail");

    let alter = |previous, next| {
        let column = Pair::new(previous, next);
        of(Change::AlterColumn { table: users_name(), column })
    };
    assert_eq!(alter(nullable(), column("age", "TEXT")), "know users.age as it was");
    assert_eq!(alter(mandatory(), generated()), "know users.age as it was");
    assert_eq!(alter(mandatory(), nullable()), "may read NULL from users.age");
    assert_eq!(alter(nullable(), mandatory()), "may write NULL to users.age");
    assert_eq!(alter(filled(), mandatory()), "insert into users without age");
    assert_eq!(alter(mandatory(), filled()), "");
    assert_eq!(alter(mandatory(), counting(false)), "");
    assert_eq!(alter(counting(false), counting(true)), "may give users.age numbers of their own");
    assert_eq!(alter(counting(true), counting(false)), "");
    assert_eq!(alter(counting(true), mandatory()), "insert into users without age");
    let collated = Column { collation: Some(Sql::new("NOCASE")), ..nullable() };
    assert_eq!(alter(nullable(), collated), "");
}

#[test]
fn keys_and_indexes() {
    let previous = users(&["email"]);
    let next = users(&["email", "tenant_id"]);
    let users_name = || table_name("users");
    let of = |change: Change| breaks(change, &previous, &next);
    const REFUSED: &str = "may write to users what is refused from now on";
    const UPSERT: &str = "may insert into users with ON CONFLICT over these columns";

    let key = Pair::new(None, Some(primary_key(&["email"])));
    let key = Change::AlterPrimaryKey { table: users_name(), primary_key: key };
    assert_eq!(of(key), "know another key of users");
    let add = |columns: &[&str]| of(Change::AddUnique { table: users_name(), unique: unique(columns) });
    assert_eq!(add(&["email"]), REFUSED);
    // Rows of a program that does not know the column hold NULL there.
    assert_eq!(add(&["email", "tenant_id"]), "");
    assert_eq!(of(Change::DropUnique { table: users_name(), unique: unique(&["email"]) }), UPSERT);

    let plain = || index(&["email"]);
    let unique = |columns: &[&str]| Index { unique: true, ..index(columns) };
    let add = |index| of(Change::AddIndex { table: users_name(), index });
    assert_eq!(add(plain()), "");
    assert_eq!(add(unique(&["email"])), REFUSED);
    assert_eq!(add(unique(&["tenant_id"])), "");
    let drop = |index| of(Change::DropIndex { table: users_name(), index });
    assert_eq!(drop(plain()), "");
    assert_eq!(drop(unique(&["email"])), UPSERT);
}

#[test]
fn foreign_keys() {
    let posts = |columns: &[&str]| table("posts", columns.iter().map(|name| column(name, "INTEGER")).collect());
    let (previous, next) = (posts(&["author_id"]), posts(&["author_id", "editor_id"]));
    let key = |column: &str| foreign_key(&[column], "users", &["id"]);
    let cascading = || ForeignKey { on_delete: Action::Cascade, ..key("author_id") };
    let add = |foreign_key| breaks(Change::AddForeignKey { table: table_name("posts"), foreign_key }, &previous, &next);
    assert_eq!(add(key("author_id")), "may write to posts what is refused from now on");
    assert_eq!(add(key("editor_id")), "");
    let again = |previous: ForeignKey, next: ForeignKey| {
        let ends = |foreign_key| Table { foreign_keys: vec![foreign_key], ..posts(&["author_id"]) };
        let add = Change::AddForeignKey { table: table_name("posts"), foreign_key: next.clone() };
        breaks(add, &ends(previous), &ends(next))
    };
    let deferred = || ForeignKey { deferrable: Deferrable::InitiallyDeferred, ..key("author_id") };
    assert_eq!(again(key("author_id"), deferred()), "", "it is checked later");
    assert_eq!(again(deferred(), key("author_id")), "may write to posts what is refused from now on");
    let drop = |foreign_key, next: &Table| {
        breaks(Change::DropForeignKey { table: table_name("posts"), foreign_key }, &previous, next)
    };
    assert_eq!(drop(key("author_id"), &next), "");
    assert_eq!(drop(cascading(), &next), "expect rows of posts to follow those of users");
    assert_eq!(drop(cascading(), &posts(&[])), "", "the column says it");
    let replaced = Table { foreign_keys: vec![key("author_id")], ..posts(&["author_id"]) };
    assert_eq!(drop(cascading(), &replaced), "", "the next key says it");
}

#[test]
fn checks_and_exclusions() {
    let with = |columns: &[&str], checks: &[&str]| Table {
        checks: checks.iter().map(|text| check(text)).collect(),
        ..users(columns)
    };
    let add = |text: &str, previous: &Table, next: &Table| {
        breaks(Change::AddCheck { table: table_name("users"), check: check(text) }, previous, next)
    };
    let drop = |text: &str, previous: &Table, next: &Table| {
        breaks(Change::DropCheck { table: table_name("users"), check: check(text) }, previous, next)
    };
    const REFUSED: &str = "may write to users what is refused from now on";
    const UNKNOWN: &str = "may read a value of users.role that they do not know";
    let (none, one, two) = (with(&["role"], &[]), with(&["role"], &["role IN ('a')"]), "role IN ('a', 'b')");
    assert_eq!(add("role <> ''", &none, &none), REFUSED);
    assert_eq!(add("age > 0", &none, &users(&["role", "age"])), "", "it is about a new column");
    assert_eq!(add(two, &one, &with(&["role"], &[two])), UNKNOWN);
    assert_eq!(add("role IN ('a')", &with(&["role"], &[two]), &one), REFUSED);
    assert_eq!(drop("role <> ''", &none, &none), "");
    assert_eq!(drop("role IN ('a')", &one, &none), UNKNOWN);
    assert_eq!(drop("role IN ('a')", &one, &with(&["role"], &[two])), "", "the next check says it");
    assert_eq!(drop("role IN ('a')", &one, &users(&[])), "", "the column says it");

    let exclusion =
        || Exclusion { name: crate::schema::ConstraintName::Unnamed, definition: Sql::new("USING gist (role WITH =)") };
    let table = table_name("users");
    let add = Change::AddExclusion { table: table.clone(), exclusion: exclusion() };
    assert_eq!(breaks(add, &none, &none), REFUSED);
    assert_eq!(breaks(Change::DropExclusion { table, exclusion: exclusion() }, &none, &none), "");
}

proptest! {
    /// What the header says and what stands above the statements is the same.
    #[test]
    fn the_hazards_say_what_breaks(evolution in evolution()) {
        let mut previous = Schema::default();
        for stage in evolution.stages() {
            let edits = Edits { conversions: stage.conversions, ..stage.renames };
            let next = naming::complete(&previous, &stage.schema, &edits);
            for dialect in [Dialect::Sqlite, Dialect::Postgres] {
                let Ok(draft) = draft(Pair::new(&previous, &next), &edits, dialect, &[]) else { continue };
                let hazards = draft.up.statements.iter().flat_map(|statement| &statement.hazards);
                let told: Vec<_> = hazards.filter(|hazard| hazard.kind == HazardKind::BreaksOldCode).collect();
                prop_assert_eq!(draft.up.keeps_old_code, told.is_empty(), "{}: {:#?}\n{:#?}", dialect, draft.changes, told);
            }
            previous = next;
        }
    }
}
