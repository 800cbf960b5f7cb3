use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index("coalesce(name,'') || note", name = "ix_text"), index("(data->>'a')::int", name = "ix_data"))]
#[enamel(index(id, where = "age in (1,2,3) and name like 'a%'", name = "ix_some"), check("age between 0 and 200", name = "aged"))]
#[enamel(index("CASE WHEN age > 1 THEN name ELSE note END", "extract(year from day)", name = "ix_case"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    note: String,
    age: i32,
    day: NaiveDate,
    data: serde_json::Value,
    #[enamel(generated = "age*2+1", stored)]
    twice: i32,
}
