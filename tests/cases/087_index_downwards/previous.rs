use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", index(x, y, name = "ix"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
