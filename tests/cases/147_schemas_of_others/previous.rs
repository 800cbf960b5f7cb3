use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "kept", schema = "shop")]
struct Kept {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Thing::id)]
    thing_id: i64,
}
