use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", unique(one, other), unique(other, name = "other_once"), unique(third, deferrable), unique(one, third, name = "kept"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    one: Option<i32>,
    other: i32,
    third: i32,
}
