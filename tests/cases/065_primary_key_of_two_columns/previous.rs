use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "pairs", primary_key(left, right))]
struct Pair {
    left: i32,
    right: i64,
}
