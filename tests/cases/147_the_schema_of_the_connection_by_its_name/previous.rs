use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", schema = "public", index(name))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
#[enamel(table = "notes")]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Thing::id)]
    thing_id: i64,
}
