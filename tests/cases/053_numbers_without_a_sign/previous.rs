use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things")]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    small: u8,
    medium: u16,
    large: u32,
}
