use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", renamed_from = "Users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}
