use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", check = "y > 0", check = "x < y OR y < x")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
