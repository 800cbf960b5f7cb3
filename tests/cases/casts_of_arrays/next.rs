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
    numbers: Vec<i64>,
    small: Vec<i16>,
    words: Vec<i32>,
    moods: Vec<String>,
    said: Vec<Mood>,
    times: Vec<NaiveDateTime>,
    card: String,
    search: MacAddress,
    address: IpAddr,
}
