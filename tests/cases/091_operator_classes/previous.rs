use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index("lower(name)" text_pattern_ops, name = "lowered"), index(name, name = "named"))]
#[enamel(index(name gin_trgm_ops, using = gin, name = "similar"), index(data, using = gin, name = "documents"))]
#[enamel(index("lower(name)" gin_trgm_ops, note gin_trgm_ops, using = gin, name = "both"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    note: String,
    data: serde_json::Value,
}
