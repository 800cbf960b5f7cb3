use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", check = "x > 0", check = "y > 0")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
