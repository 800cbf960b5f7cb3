use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key, auto_increment = false)]
    id: i64,
    name: String,
}
