use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(identity = always)]
    number: i32,
    plain: i64,
}

#[derive(Table)]
#[enamel(table = "other_things", renamed_from = "others")]
struct Other {
    #[enamel(primary_key)]
    id: i64,
}
