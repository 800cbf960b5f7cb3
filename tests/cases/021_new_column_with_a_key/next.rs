use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(references = User::id, on_delete = set_null, index)]
    boss_id: Option<i64>,
}
