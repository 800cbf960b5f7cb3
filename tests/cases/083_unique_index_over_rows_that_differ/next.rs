use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", index("lower(name)", age, unique, where = "age > 0", name = "ux"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    age: Option<i32>,
}
