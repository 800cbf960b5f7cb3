use enamel_runtime::Table;

#[derive(Table)]
struct Visit {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(check = "seen > 3")]
    seen: NaiveDateTime,
}
