use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    z: Option<i32>,
    name: String,
    a: Option<String>,
    #[enamel(default = 0.5)]
    m: f64,
}
