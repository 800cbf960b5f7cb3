use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "lines", index(total, where = "total > 10", name = "ix_total"), unique(total, name))]
struct Line {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    price: i32,
    amount: i32,
    #[enamel(generated = "price * amount * 2", stored, check = "total >= 0", comment = "twice what it costs")]
    total: i32,
    #[enamel(generated = "upper(name)", stored, comment = "in capitals")]
    shown: String,
    kept: i32,
    #[enamel(generated = "price - 1", stored)]
    typed: i32,
    #[enamel(generated = "NULLIF(price, 0)", stored)]
    present: i32,
}
