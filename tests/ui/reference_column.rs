use enamel_runtime::Table;

#[derive(Table)]
struct Tenant {
    #[enamel(primary_key)]
    id: i64,
}

#[derive(Table)]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Tenant::idd)]
    tenant_id: i64,
}

fn main() {}
