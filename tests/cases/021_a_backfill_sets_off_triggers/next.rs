use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    changes: i32,
    #[enamel(backfill = "length(name)")]
    size: Option<i32>,
}
