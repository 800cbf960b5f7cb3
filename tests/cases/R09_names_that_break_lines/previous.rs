use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "a\nDROP TABLE b;--", index(name, name = "i\nj"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(column = "n\nm", default = "a\nb")]
    name: String,
}
