use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key)]
    id: i64,
    a_column_with_a_name_that_is_rather_long_indeed: i32,
    ba_column_with_a_name_that_is_rather_long_indeed: i32,
}
