use enamel_runtime::Table;

struct Tenant {
    id: i64,
}

#[derive(Table)]
struct User {
    #[enamel(references = Tenant::id)]
    tenant_id: i64,
}

fn main() {
    let _ = Tenant { id: 1 }.id;
}
