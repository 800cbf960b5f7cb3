use enamel_runtime::{Enum, Table};

#[derive(Enum)]
enum Mood {
    Happy,
    Sad,
}

#[derive(Table)]
#[enamel(table = "values")]
struct Value {
    #[enamel(primary_key)]
    id: i64,
    longer: String,
    #[enamel(max_length = 6)]
    wider: String,
    #[enamel(max_length = 6)]
    text: String,
    whole: i64,
    number: i32,
    digits: String,
    decimal: String,
    float: f64,
    half: f64,
    flag: bool,
    numeric: Decimal,
    #[enamel(precision = 10, scale = 2)]
    price: Decimal,
    #[enamel(precision = 8, scale = 2)]
    cost: Decimal,
    day: NaiveDate,
    seen: NaiveDateTime,
    at: DateTime<Utc>,
    midnight: NaiveDateTime,
    key: Uuid,
    mood: String,
    face: Mood,
    said: String,
    exact: i32,
    truth: i32,
}
