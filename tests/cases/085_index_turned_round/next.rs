use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", index(y, x, name = "ix"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
