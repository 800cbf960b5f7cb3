use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", comment = "those who sign in")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(comment = "a name: it's theirs")]
    name: String,
    age: i32,
    #[enamel(comment = "new")]
    nick: Option<String>,
}

#[derive(Table)]
#[enamel(table = "logs")]
struct Log {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "tags", comment = "words")]
struct Tag {
    #[enamel(primary_key, comment = "one \\ each")]
    word: String,
}
