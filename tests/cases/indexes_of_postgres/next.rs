use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "things", index(day, name desc, name = "ordered"), index(name, include(age, day), name = "covering"))]
#[enamel(index(age, where = "age > 1", name = "some"), index(day, using = brin, with(pages_per_range = 32), name = "wide"))]
#[enamel(index(name, using = btree, name = "equal"))]
#[enamel(index(name, with(fillfactor = 80), name = "packed"), index(name collate "POSIX", name = "sorted"))]
#[enamel(index(age nulls last, name = "nulls"), index(name, unique, nulls_not_distinct, name = "once"))]
#[enamel(index("lower(name)", unique, where = "age IS NOT NULL", name = "spelled"))]
#[enamel(index(age, day, using = gist, name = "near"), unique(name, age, nulls_not_distinct, name = "pair"))]
struct Thing {
    #[enamel(primary_key)]
    id: i64,
    name: String,
    age: Option<i32>,
    day: NaiveDate,
}
