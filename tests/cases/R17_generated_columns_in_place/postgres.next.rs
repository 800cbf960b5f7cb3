use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "lines")]
struct Line {
    #[enamel(primary_key)]
    id: i64,
    price: i64,
    #[enamel(generated = "price * 2", stored)]
    twice: i64,
}
