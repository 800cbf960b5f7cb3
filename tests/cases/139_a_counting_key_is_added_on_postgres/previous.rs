use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    name: String,
}
