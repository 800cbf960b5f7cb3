use enamel_runtime::Table;

#[derive(Table)]
#[enamel(strict, strict, primary_key)]
struct User {
    #[enamel(default = 1, default_sql = "2")]
    a: i64,
    #[enamel(on_delete = cascade)]
    b: i64,
    #[enamel(generated = "a + b", stored, virtual)]
    c: i64,
    #[enamel(column = "one")]
    #[sqlx(rename = "two")]
    d: i64,
    #[enamel(max_length = "long")]
    e: String,
    #[enamel(default = compute())]
    f: i64,
    #[enamel = "x"]
    g: i64,
}

fn main() {}
