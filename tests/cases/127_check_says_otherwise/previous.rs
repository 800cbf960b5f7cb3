use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", check("x > 0", name = "sane"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
