use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
#[enamel(table = "others", unlogged)]
struct Other {
    #[enamel(primary_key)]
    id: i64,
}
