use enamel_runtime::Table;

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Log {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id, index)]
    user_id: i64,
    line: String,
}
