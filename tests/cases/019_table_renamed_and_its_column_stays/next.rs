use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "orders", renamed_from = "Users")]
struct User {
    #[enamel(primary_key)]
    users: i64,
    #[enamel(collate = "NOCASE")]
    name: String,
}

#[derive(Table)]
struct Visit {
    #[enamel(primary_key)]
    id: i64,
    users: i64,
}
