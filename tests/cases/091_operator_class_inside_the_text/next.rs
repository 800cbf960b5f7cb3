use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index("lower(name) text_pattern_ops", "upper(name) desc", "name collate \"C\" text_pattern_ops desc nulls last"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    #[enamel(default = 1)]
    age: i32,
}
