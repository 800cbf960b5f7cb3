use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    bytes: i32,
    number: DateTime<Utc>,
    moments: Vec<DateTime<Utc>>,
    words: Vec<String>,
}
