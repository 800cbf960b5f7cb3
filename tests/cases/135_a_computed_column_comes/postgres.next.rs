use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    price: i64,
    #[enamel(generated = "price * 2", stored)]
    double_price: i64,
}
