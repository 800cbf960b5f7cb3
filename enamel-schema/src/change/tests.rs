//! The words, one golden a kind of change.

use crate::change::Change;
use crate::kit::*;
use crate::pair::Pair;
use crate::schema::{
    Action, Column, DefaultValue, Deferrable, Exclusion, Generated, Identity, Index, IndexKey, IndexPart, Integer,
    Length, NullsOrder, Sql, Storage, Table, TableOptions, Type,
};

#[track_caller]
fn says(change: Change, summary: &str, difference: &str) {
    assert_eq!(change.summary(), summary);
    assert_eq!(change.difference("the revisions produce", "the models say"), difference);
    assert_eq!(change.reverse().reverse(), change);
}

fn alter(previous: Column, next: Column) -> Change {
    Change::AlterColumn { table: table_name("users"), column: Pair::new(previous, next) }
}

#[test]
fn extensions_and_enums() {
    says(
        Change::CreateExtension("hstore".to_owned()),
        "create extension hstore",
        "hstore: the models say this extension, the revisions produce no such extension",
    );
    says(
        Change::DropExtension("hstore".to_owned()),
        "extension hstore is no longer needed",
        "hstore: the models say no such extension, the revisions produce this extension",
    );
    says(
        Change::CreateEnumeration(enumeration("state", &["draft", "it's"])),
        "create enum state ('draft', 'it''s')",
        "state: the models say an enum of 'draft', 'it''s', the revisions produce no such enum",
    );
    says(
        Change::DropEnumeration(enumeration("state", &["draft"])),
        "drop enum state",
        "state: the models say no such enum, the revisions produce an enum of 'draft'",
    );
    let mut next = enumeration("state", &["draft", "in-transit", "lost"]);
    next.storage = Storage::Text;
    says(
        Change::AlterEnumeration {
            enumeration: Pair::new(enumeration("state", &["draft", "sent", "gone"]), next),
            renamed: vec![Pair::new("sent".to_owned(), "in-transit".to_owned())],
        },
        "enum state: rename value 'sent' to 'in-transit'; drop value 'gone'; add value 'lost'; \
         storage native becomes text",
        "state: the models say an enum of 'draft', 'in-transit', 'lost', \
         the revisions produce an enum of 'draft', 'sent', 'gone'",
    );
}

#[test]
fn tables() {
    says(
        Change::CreateTable(users(&["id"])),
        "create table users",
        "users: the models say this table, the revisions produce no such table",
    );
    says(
        Change::DropTable(users(&["id"])),
        "drop table users",
        "users: the models say no such table, the revisions produce this table",
    );
    says(
        Change::RenameTable(Pair::new(table_name("users"), table_name("people"))),
        "rename table users to people",
        "people: the models say the name people, the revisions produce the name users",
    );
    says(
        Change::AlterTableOptions {
            table: table_name("users"),
            options: Pair::new(
                TableOptions { without_rowid: true, ..TableOptions::default() },
                TableOptions { strict: true, ..TableOptions::default() },
            ),
        },
        "users: no longer WITHOUT ROWID; becomes STRICT",
        "users: the models say STRICT, the revisions produce WITHOUT ROWID",
    );
    let comment = |previous: Option<&str>, next: Option<&str>| Change::CommentTable {
        table: table_name("users"),
        comment: Pair::new(previous, next).map(|comment| comment.map(str::to_owned)),
    };
    says(
        comment(None, Some("people\nwho sign in")),
        "add comment on users: 'people who sign in'",
        "users: the models say comment 'people who sign in', the revisions produce no comment",
    );
    assert_eq!(comment(Some("a"), Some("b")).summary(), "comment on users: 'a' becomes 'b'");
    assert_eq!(comment(Some("a"), None).summary(), "drop comment on users");
}

#[test]
fn columns_come_and_go() {
    let email = Column { nullable: false, ..column("email", "TEXT") };
    says(
        Change::AddColumn { table: table_name("users"), column: email },
        "add column users.email TEXT NOT NULL",
        "users.email: the models say TEXT NOT NULL, the revisions produce no such column",
    );
    let total = Column {
        generated: Some(Generated { expression: Sql::new("price * quantity"), stored: true }),
        collation: Some(Sql::new("NOCASE")),
        default: Some(DefaultValue::Text("it's".to_owned())),
        ..column("total", "REAL")
    };
    says(
        Change::DropColumn { table: table_name("users"), column: total },
        "drop column users.total",
        "users.total: the models say no such column, the revisions produce \
         REAL DEFAULT 'it''s' GENERATED AS (price * quantity) STORED COLLATE NOCASE",
    );
    says(
        Change::RenameColumn { table: table_name("users"), column: Pair::new(name("surname"), name("last name")) },
        "rename column users.surname to \"last name\"",
        "users.\"last name\": the models say the name \"last name\", the revisions produce the name surname",
    );
}

#[test]
fn columns_differ() {
    let email = column("email", "TEXT");
    says(
        alter(email.clone(), Column { nullable: false, ..email.clone() }),
        "users.email: nullable becomes NOT NULL",
        "users.email: the models say NOT NULL, the revisions produce NULL",
    );
    says(
        alter(
            Column { default: Some(DefaultValue::Number("15".to_owned())), ..column("age", "varchar(6)") },
            Column { default: Some(DefaultValue::Number("20".to_owned())), ..column("age", "VARCHAR(12)") },
        ),
        "users.age: type varchar(6) becomes VARCHAR(12); default 15 becomes 20",
        "users.age: the models say VARCHAR(12) DEFAULT 20, the revisions produce varchar(6) DEFAULT 15",
    );
    says(
        alter(
            Column {
                nullable: false,
                identity: Some(Identity::default()),
                comment: Some("a".to_owned()),
                ..column("id", "integer")
            },
            Column {
                default: Some(DefaultValue::Bytes(vec![0, 255])),
                generated: Some(Generated { expression: Sql::new("a + 1"), stored: false }),
                collation: Some(Sql::new("\"C\"")),
                ..column("id", "INTEGER")
            },
        ),
        "users.id: NOT NULL becomes nullable; add default x'00ff'; add GENERATED AS (a + 1) VIRTUAL; \
         drop counting up; add collation \"C\"; drop comment 'a'",
        "users.id: the models say NULL DEFAULT x'00ff' GENERATED AS (a + 1) VIRTUAL no identity COLLATE \"C\" no comment, \
         the revisions produce NOT NULL no default an ordinary column counting up no collation comment 'a'",
    );
}

#[test]
fn neutral_types() {
    let words = |data_type| {
        let column = Column::new(name("a"), data_type);
        let summary = Change::AddColumn { table: table_name("t"), column }.summary();
        summary.trim_start_matches("add column t.a ").trim_end_matches(" NOT NULL").to_owned()
    };
    let mut by_dialect = Sql::new("text");
    by_dialect.by_dialect.insert(crate::Dialect::Postgres, "citext".to_owned());
    assert_eq!(
        [
            words(Type::Integer(Integer::U64)),
            words(Type::Text { max_length: Some(320) }),
            words(Type::Bytes(Length::Exactly(16))),
            words(Type::Array(Box::new(Type::Decimal { precision: Some((10, 2)) }))),
            words(Type::Enumeration(name("Role"))),
            words(Type::Sql(by_dialect)),
        ],
        ["u64", "text(320)", "bytes(16)", "array of decimal(10, 2)", "enum Role", "text, citext (postgres)"]
    );
}

#[test]
fn keys() {
    let table = table_name("users");
    let primary_key = |previous: &[&str], next: &[&str]| Change::AlterPrimaryKey {
        table: table_name("users"),
        primary_key: Pair::new(previous, next).map(|columns| (!columns.is_empty()).then(|| primary_key(columns))),
    };
    says(
        primary_key(&["id"], &["org", "id"]),
        "users: primary key (id) becomes (org, id)",
        "users: the models say primary key (org, id), the revisions produce primary key (id)",
    );
    assert_eq!(primary_key(&[], &["id"]).summary(), "add primary key users(id)");
    assert_eq!(primary_key(&["id"], &[]).summary(), "drop primary key users(id)");

    says(
        Change::AddUnique { table: table.clone(), unique: unique(&["tenant_id", "email"]) },
        "add unique users(tenant_id, email)",
        "users: the models say unique users(tenant_id, email), the revisions produce no such constraint",
    );
    let mut named = unique(&["email"]);
    named.name = stated("one_email");
    named.deferrable = Deferrable::InitiallyDeferred;
    named.nulls_not_distinct = true;
    says(
        Change::DropUnique { table: table.clone(), unique: named },
        "drop unique one_email on users(email) nulls not distinct initially deferred",
        "users: the models say no such constraint, \
         the revisions produce unique one_email on users(email) nulls not distinct initially deferred",
    );

    let mut key = foreign_key(&["tenant_id"], "tenants", &["id"]);
    key.on_delete = Action::Cascade;
    key.on_update = Action::SetNull;
    says(
        Change::AddForeignKey { table, foreign_key: key },
        "add foreign key users(tenant_id) to tenants(id) on delete cascade on update set null",
        "users: the models say foreign key users(tenant_id) to tenants(id) on delete cascade on update set null, \
         the revisions produce no such key",
    );
}

#[test]
fn indexes() {
    let table = table_name("users");
    let mut plain = index(&["email"]);
    plain.name = derived("ix_users_email");
    says(
        Change::DropIndex { table: table.clone(), index: plain.clone() },
        "drop index ix_users_email on users",
        "users: the models say no such index, the revisions produce index ix_users_email on users(email)",
    );
    assert_eq!(
        Change::AddIndex { table: table.clone(), index: plain }.summary(),
        "add index ix_users_email on users(email)"
    );
    assert_eq!(
        Change::DropIndex { table: table.clone(), index: index(&["email"]) }.summary(),
        "drop index on users(email)"
    );
    let everything = Index {
        unique: true,
        parts: vec![
            IndexPart {
                key: IndexKey::Expression(Sql::new("lower(email)")),
                descending: true,
                nulls: Some(NullsOrder::Last),
                collation: Some("\"C\"".to_owned()),
                operator_class: Some("text_ops".to_owned()),
            },
            IndexPart::column(name("id")),
        ],
        condition: Some(Sql::new("email IS NOT NULL")),
        method: Some("gin".to_owned()),
        include: names(&["age"]),
        with: vec![("fillfactor".to_owned(), "70".to_owned())],
        nulls_not_distinct: true,
        ..index(&[])
    };
    assert_eq!(
        Change::AddIndex { table, index: everything }.summary(),
        "add unique index on users(lower(email) collate \"C\" text_ops desc nulls last, id) using gin including (age) \
         nulls not distinct with (fillfactor = 70) where email IS NOT NULL"
    );
}

#[test]
fn checks_and_exclusions() {
    let table = table_name("books");
    says(
        Change::AddCheck { table: table.clone(), check: check("price >= 0") },
        "add check on books: price >= 0",
        "books: the models say check (price >= 0), the revisions produce no such check",
    );
    let mut named = check("price\n>= 0");
    named.name = stated("price_positive");
    says(
        Change::DropCheck { table: table.clone(), check: named },
        "drop check price_positive on books: price >= 0",
        "books: the models say no such check, the revisions produce check price_positive (price >= 0)",
    );
    let exclusion = Exclusion { name: derived("x"), definition: Sql::new("USING gist (during WITH &&)") };
    says(
        Change::AddExclusion { table, exclusion },
        "add exclusion on books: USING gist (during WITH &&)",
        "books: the models say exclusion on books: USING gist (during WITH &&), \
         the revisions produce no such constraint",
    );
}

#[test]
fn no_name_breaks_out_of_a_comment_line() {
    let summary = Change::DropTable(Table::new(table_name("a\r\nDROP TABLE \"b\"\u{1b}"))).summary();
    assert_eq!(summary, "drop table \"a  DROP TABLE \"\"b\"\"\\u{1b}\"");
}
