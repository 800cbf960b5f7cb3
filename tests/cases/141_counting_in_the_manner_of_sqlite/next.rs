use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", strict, without_rowid = false, engine = "InnoDB")]
struct Thing {
    #[enamel(primary_key, auto_increment = true)]
    id: i64,
}
