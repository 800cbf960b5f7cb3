use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", unlogged)]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "others")]
struct Other {
    #[enamel(primary_key)]
    id: i64,
    name: Option<String>,
}
