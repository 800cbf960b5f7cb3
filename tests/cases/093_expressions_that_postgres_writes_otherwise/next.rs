use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index("COALESCE(name, '') || note", name = "ix_text"), index("(data ->> 'a')::int", name = "ix_data"))]
#[enamel(index(id, where = "age IN (1, 2, 3) AND name LIKE 'a%'", name = "ix_some"), check("age BETWEEN 0 AND 200", name = "aged"))]
#[enamel(index("case when age > 1 then name else note end", "extract(YEAR FROM day)", name = "ix_case"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    note: String,
    age: i32,
    day: NaiveDate,
    data: serde_json::Value,
    #[enamel(generated = "age * 2 + 1", stored)]
    twice: i32,
    other: Option<i32>,
}
