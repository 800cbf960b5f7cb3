use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index("lower(name)", name = "lowered"), index(name varchar_pattern_ops, name = "named"))]
#[enamel(index(name gist_trgm_ops, using = gist, name = "similar"), index(data jsonb_path_ops, using = gin, name = "documents"))]
#[enamel(index("lower(name)" gin_trgm_ops, note gin_trgm_ops, using = gin, name = "both"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    note: Option<String>,
    data: serde_json::Value,
}
