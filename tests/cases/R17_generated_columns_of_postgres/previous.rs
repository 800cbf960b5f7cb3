use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "lines", index(total, where = "total > 10", name = "ix_total"), unique(total, name))]
struct Line {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    price: i32,
    amount: i32,
    #[enamel(generated = "price * amount", stored, check = "total >= 0", comment = "what it costs")]
    total: i32,
    #[enamel(generated = "upper(name)", stored)]
    shown: Option<String>,
    #[enamel(generated = "price + 1", stored)]
    kept: i32,
    typed: i32,
}
