use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", index("abs(x)", name = "ix_a"), index("x + 1", y, name = "ix_b"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    x: i32,
    y: i32,
}
