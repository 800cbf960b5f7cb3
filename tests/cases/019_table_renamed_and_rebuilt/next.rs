use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", renamed_from = "user")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(backfill = "''")]
    name: String,
    age: i32,
    #[enamel(backfill = "age + 1")]
    next_age: i32,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = User::id, on_delete = cascade)]
    user_id: i64,
}
