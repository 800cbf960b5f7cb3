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
    #[enamel(max_length = 9)]
    longer: String,
    #[enamel(max_length = 12)]
    wider: String,
    text: String,
    whole: i16,
    number: i64,
    digits: i32,
    #[enamel(precision = 6, scale = 2)]
    decimal: Decimal,
    float: Decimal,
    half: f32,
    flag: i32,
    numeric: f64,
    #[enamel(precision = 6, scale = 1)]
    price: Decimal,
    #[enamel(precision = 9, scale = 2)]
    cost: Decimal,
    day: DateTime<Utc>,
    seen: DateTime<Utc>,
    at: NaiveDateTime,
    midnight: NaiveDate,
    key: String,
    mood: Mood,
    face: String,
    said: serde_json::Value,
    exact: f64,
    truth: bool,
}
