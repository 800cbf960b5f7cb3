use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "a\nDROP TABLE c;--", renamed_from = "a\nDROP TABLE b;--", index(name, name = "i\nk"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(column = "n\nm", default = "a\n;--c", comment = "x\n*/ y", check = "\"n\nm\" <> '\n;'")]
    name: String,
    #[enamel(column = "*/ /*", default = 1)]
    other: i32,
}
