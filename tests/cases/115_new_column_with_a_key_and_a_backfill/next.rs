use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "tenants")]
struct Tenant {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(unique)]
    code: Option<String>,
}

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Tenant::id, backfill = "id")]
    tenant_id: Option<i64>,
}
