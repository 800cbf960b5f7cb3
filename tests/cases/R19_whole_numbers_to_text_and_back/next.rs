use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "people")]
struct Person {
    #[enamel(primary_key)]
    id: i64,
    age: String,
    zip: i32,
    score: Option<f64>,
    ratio: String,
    flag: i32,
    day: NaiveDateTime,
}
