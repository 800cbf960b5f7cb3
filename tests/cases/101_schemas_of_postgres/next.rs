use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people", schema = "Old One", renamed_from = "users", unique(name, email))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(backfill = "name || '@example.org'", check = "email <> name", comment = "an address")]
    email: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id)]
    user_id: i64,
    #[enamel(references = User::id)]
    reader_id: Option<i64>,
}

#[derive(Table)]
#[enamel(table = "keys", schema = "auth", index(owner_id))]
struct Key {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id, on_delete = cascade)]
    owner_id: i64,
}
