use enamel_runtime::Table;

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
    email: String,
}
