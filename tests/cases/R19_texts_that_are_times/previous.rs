use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    born: Option<String>,
    at: Option<String>,
    seen: Option<String>,
    wakes: Option<String>,
    weight: Option<String>,
}
