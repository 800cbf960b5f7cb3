use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(using = "length(bytes)")]
    bytes: i32,
    #[enamel(using = "to_timestamp(number)")]
    number: DateTime<Utc>,
    #[enamel(using = "string_to_array(words, ' ')")]
    words: Option<Vec<String>>,
    #[enamel(using = "point(point)", type = "point")]
    point: String,
}
