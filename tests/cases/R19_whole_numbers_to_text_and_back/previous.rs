use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    age: i32,
    zip: String,
    score: Option<String>,
    ratio: f64,
    flag: bool,
    day: NaiveDate,
}
