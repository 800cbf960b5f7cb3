use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: Option<String>,
}

#[derive(Table)]
#[enamel(table = "kept", schema = "shop")]
struct Kept {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Thing::id, index)]
    thing_id: i64,
}

#[derive(Table)]
#[enamel(table = "things", schema = "shop", unique(name))]
struct ShopThing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(references = Kept::id)]
    kept_id: i64,
}
