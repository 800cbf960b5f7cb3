use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type(sqlite = "INTEGER", postgres = "bigint"))]
    count: i64,
    #[enamel(type(sqlite = "TEXT", postgres = "varchar(9)"))]
    word: String,
}
