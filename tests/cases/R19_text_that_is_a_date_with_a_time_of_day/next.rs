use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    born: Option<NaiveDate>,
}
