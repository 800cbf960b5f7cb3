use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
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
}
