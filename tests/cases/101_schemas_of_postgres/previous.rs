use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", schema = "Old One", index(name))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id)]
    user_id: i64,
}
