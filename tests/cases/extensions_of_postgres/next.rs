use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type = "citext")]
    name: String,
    #[enamel(using = "hstore('all', words)", backfill = "''")]
    words: HashMap<String, Option<String>>,
}
