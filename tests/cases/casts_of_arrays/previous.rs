use enamel_runtime::{Enum, Table};

#[derive(Enum)]
#[enamel(rename_all = "snake_case")]
enum Mood {
    Happy,
    Sad,
}

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    numbers: Vec<i32>,
    small: Vec<i64>,
    words: Vec<String>,
    moods: Vec<Mood>,
    said: Vec<String>,
    times: Vec<NaiveDate>,
    card: MacAddress,
    search: String,
    address: String,
}
