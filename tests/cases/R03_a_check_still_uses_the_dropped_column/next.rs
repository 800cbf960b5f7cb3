use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "stock", check("shelf <> '' AND amount >= 0", name = "sane"), index("lower(shelf)", name = "ix_shelf"))]
struct Stock {
    #[enamel(primary_key)]
    id: i64,
    amount: i32,
    #[enamel(generated = "upper(shelf)")]
    sign: Option<String>,
}
