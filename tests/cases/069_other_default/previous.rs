use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(default = 15)]
    age: i32,
    #[enamel(default_sql = "(1 + 1)")]
    size: i32,
}
