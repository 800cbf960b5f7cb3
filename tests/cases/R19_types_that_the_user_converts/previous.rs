use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    bytes: Vec<u8>,
    number: i64,
    words: Option<String>,
    point: String,
}
