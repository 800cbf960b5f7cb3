use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", unique(one, other, nulls_not_distinct), unique(other, deferrable, name = "other_once"), unique(third))]
#[enamel(index(one, third, unique, name = "kept"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    one: Option<i32>,
    other: i32,
    #[enamel(using = "third + 1")]
    third: i64,
}
