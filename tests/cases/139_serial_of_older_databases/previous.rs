use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i32,
    #[enamel(identity = by_default)]
    number: i32,
    #[enamel(identity = by_default)]
    plain: i64,
}

#[derive(Table)]
#[enamel(table = "others")]
struct Other {
    #[enamel(primary_key)]
    id: i64,
}
