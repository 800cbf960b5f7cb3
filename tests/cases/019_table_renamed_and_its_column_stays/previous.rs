use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "Users")]
struct User {
    #[enamel(primary_key)]
    users: i64,
    name: String,
}

#[derive(Table)]
struct Visit {
    #[enamel(primary_key)]
    id: i64,
    users: i64,
}
