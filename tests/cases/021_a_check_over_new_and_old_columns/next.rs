use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", check = "size > length(name)")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(backfill = "length(name) + 1")]
    size: Option<i64>,
}
