use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    age: i32,
    #[enamel(generated = "age\n  *  2", stored)]
    twice: i32,
}
