use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(type = "email", default = "a@b")]
    email: String,
    #[enamel(type = "count")]
    count: Option<i32>,
    #[enamel(type = "pair", default_sql = "ROW(1, 'x')::pair")]
    pair: Option<Pair>,
    #[enamel(type = "\"Other\".\"Odd Type\"", backfill = "'a b'")]
    odd: String,
    #[enamel(type = "stretch", check = "NOT isempty(stretch)")]
    stretch: Option<String>,
    #[enamel(type = "tsvector", index(using = gin))]
    search: Option<String>,
    #[enamel(type = "int4range []")]
    ranges: Option<String>,
    #[enamel(type = "VARBIT(5)")]
    bits: Option<String>,
    #[enamel(type = "timetz(3)")]
    hour: Option<String>,
    #[enamel(type = "interval day to second(3)")]
    span: Option<String>,
    #[enamel(type = "xml")]
    page: Option<String>,
    #[enamel(type = "money")]
    price: Option<String>,
    #[enamel(type = "macaddr8")]
    card: Option<String>,
}
