use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", comment = "people")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(comment = "what they're called")]
    name: String,
    #[enamel(comment = "in years")]
    age: i32,
}

#[derive(Table)]
#[enamel(table = "logs", comment = "what was done")]
struct Log {
    #[enamel(primary_key)]
    id: i64,
}
