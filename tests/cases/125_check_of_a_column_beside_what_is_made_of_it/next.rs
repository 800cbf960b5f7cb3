use enamel_runtime::Table;

#[derive(Table)]
struct Part {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(check = "lower(code) = code", using = "code * 2")]
    code: i64,
}
