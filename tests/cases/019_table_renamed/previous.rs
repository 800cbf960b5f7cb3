use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "user")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(index)]
    name: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id, on_delete = cascade)]
    user_id: i64,
}
