use enamel_runtime::Table;

#[derive(Table)]
struct Tenant {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(primary_key)]
    region: i16,
}

#[derive(Table)]
#[enamel(foreign_key(tenant_id, region, references = Tenant(id, region)))]
struct User {
    #[enamel(references = Tenant::id)]
    name: String,
    tenant_id: Option<i64>,
    region: Option<i32>,
}

fn main() {}
