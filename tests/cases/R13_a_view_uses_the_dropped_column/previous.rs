use enamel_runtime::Table;

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
    nickname: Option<String>,
    email: String,
}

#[derive(Table)]
struct Log {
    #[enamel(primary_key)]
    id: i64,
    line: String,
}
