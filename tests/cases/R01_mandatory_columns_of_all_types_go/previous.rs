use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    c1: bool,
    c2: f64,
    c3: Decimal,
    c4: Vec<u8>,
    c5: [u8; 4],
    c6: DateTime<Utc>,
    c7: NaiveDateTime,
    c8: NaiveDate,
    c9: NaiveTime,
    c10: Duration,
    c11: Uuid,
    c12: serde_json::Value,
    c13: Vec<i32>,
    c14: IpAddr,
    c15: MacAddress,
    c16: HashMap<String, Option<String>>,
    c17: char,
    #[enamel(type = "xml")]
    c18: String,
    #[enamel(type = "int4range")]
    c19: String,
    #[enamel(type = "tsvector")]
    c20: String,
    #[enamel(type = "timetz(3)")]
    c21: String,
    #[enamel(type = "citext")]
    c22: String,
    #[enamel(type = "text[]")]
    c23: String,
}
