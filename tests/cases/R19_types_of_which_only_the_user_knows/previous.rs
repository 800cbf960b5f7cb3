use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    bytes: Vec<u8>,
    number: i64,
    moments: Vec<NaiveDateTime>,
    words: String,
}
