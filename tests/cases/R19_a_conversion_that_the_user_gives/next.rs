use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(using = "CAST(trim(zip, 'A-') AS INTEGER)")]
    zip: i32,
}
