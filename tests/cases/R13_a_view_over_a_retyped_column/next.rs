use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    age: i64,
    name: String,
    #[enamel(max_length = 7)]
    other: String,
    #[enamel(generated = "age + 2", stored)]
    older: i64,
}
