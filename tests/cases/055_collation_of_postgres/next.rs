use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users", index("lower(name)", name = "ix_lower"), index(name collate "POSIX"))]
struct User {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(collate = "POSIX", unique)]
    name: String,
    #[enamel(collate = "C")]
    free: String,
}
