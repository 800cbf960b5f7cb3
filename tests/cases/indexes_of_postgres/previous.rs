use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index(day desc, name, name = "ordered"), index(name, include(age), name = "covering"))]
#[enamel(index(age, where = "age > 0", name = "some"), index(day, using = brin, name = "wide"), index(name, using = hash, name = "equal"))]
#[enamel(index(name, with(fillfactor = 70), name = "packed"), index(name collate "C", name = "sorted"))]
#[enamel(index(age nulls first, name = "nulls"), index(name, unique, name = "once"), index("lower(name)", unique, name = "spelled"))]
#[enamel(index(age, using = gist, name = "near"), unique(name, age, name = "pair"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    age: Option<i32>,
    day: NaiveDate,
}
