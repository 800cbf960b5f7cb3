use enamel_runtime::{Columns, Enum, Table};

#[derive(Enum)]
enum Mood {
    Happy,
    Sad,
}

#[derive(Enum)]
#[enamel(storage = "text")]
enum Shade {
    Light,
    Dark,
}

#[derive(Enum)]
#[repr(i32)]
enum Rank {
    Low = -1,
    High = 1,
}

#[derive(Table)]
#[enamel(table = "everything", index(body, using = gin), index(tags, using = gin))]
struct Everything {
    #[enamel(primary_key)]
    id: i64,
    flag: bool,
    #[enamel(default = 1)]
    tiny: i8,
    small: i16,
    medium: i32,
    byte: u8,
    word: u16,
    double_word: u32,
    float: f32,
    #[enamel(default = 1.5)]
    double: f64,
    #[enamel(default = "it's \\ here")]
    text: String,
    #[enamel(max_length = 320)]
    short: Option<String>,
    letter: char,
    #[enamel(default = b"\x00\xff'")]
    bytes: Vec<u8>,
    hash: [u8; 4],
    at: DateTime<Utc>,
    seen: NaiveDateTime,
    day: NaiveDate,
    hour: NaiveTime,
    span: Duration,
    uuid: Uuid,
    body: serde_json::Value,
    #[enamel(precision = 10, scale = 2)]
    price: Decimal,
    exact: BigDecimal,
    tags: Vec<String>,
    numbers: Vec<i32>,
    #[enamel(default_sql = "'{}'::mood[]")]
    moods: Vec<Mood>,
    address: IpAddr,
    card: MacAddress,
    words: HashMap<String, Option<String>>,
    #[enamel(default = Mood::Happy)]
    mood: Mood,
    #[enamel(default = Shade::Dark)]
    shade: Shade,
    shades: Vec<Shade>,
    #[enamel(default = Rank::Low)]
    rank: Rank,
    ranks: Option<Vec<Rank>>,
    #[enamel(type = "tsvector")]
    search: Option<String>,
}
