use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type(sqlite = "INTEGER", postgres = "bigint"))]
    count: i64,
    #[enamel(type(sqlite = "VARCHAR(9)", postgres = "character varying ( 9 )"))]
    word: String,
}
