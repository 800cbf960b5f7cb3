use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type = "email")]
    email: String,
    #[enamel(type = "count")]
    count: i32,
    #[enamel(type = "pair")]
    pair: Option<Pair>,
    #[enamel(type = "\"Other\".\"Odd Type\"")]
    odd: Option<String>,
    #[enamel(type = "stretch")]
    stretch: Option<String>,
    #[enamel(type = "tsvector")]
    search: Option<String>,
    #[enamel(type = "int4range[]")]
    ranges: Option<String>,
    #[enamel(type = "bit varying(5)")]
    bits: Option<String>,
    #[enamel(type = "time(3) with time zone")]
    hour: Option<String>,
    #[enamel(type = "interval day to second(3)")]
    span: Option<String>,
    #[enamel(type = "xml")]
    page: Option<String>,
    #[enamel(type = "money")]
    price: Option<String>,
}
