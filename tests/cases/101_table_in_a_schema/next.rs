use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", schema = "auth")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index)]
    name: String,
}
