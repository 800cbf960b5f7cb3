use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "posts")]
struct Post {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(max_length = 9)]
    text: String,
    state: i64,
}
