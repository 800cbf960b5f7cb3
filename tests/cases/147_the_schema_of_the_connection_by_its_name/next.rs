use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", schema = "public", index(name), unique(name, age))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(backfill = "1")]
    age: i32,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Thing::id, on_delete = cascade)]
    thing_id: i64,
}
