use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "lines", index(total, where = "shown > 10"))]
struct Line {
    #[enamel(primary_key)]
    id: i64,
    quantity: i64,
    price: i64,
    #[enamel(generated = "quantity * price", stored)]
    total: i64,
    #[enamel(generated = "quantity * price + 1", virtual)]
    shown: i64,
    #[enamel(generated = "price / 2", virtual)]
    half: Option<i64>,
    #[enamel(generated = "price * 2")]
    twice: i64,
    typed: i64,
}
