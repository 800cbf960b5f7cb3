use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", unique(name))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}
