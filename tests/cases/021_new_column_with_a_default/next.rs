use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(default = true)]
    active: bool,
    #[enamel(default = "it's", check = "motto <> ''")]
    motto: String,
    #[enamel(default = -1)]
    score: i32,
}
