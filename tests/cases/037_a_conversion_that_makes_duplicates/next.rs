use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(unique, check = "length(email) > 2", type = "VARCHAR", using = "lower(email)")]
    email: String,
}
