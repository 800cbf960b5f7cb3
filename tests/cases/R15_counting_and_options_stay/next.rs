use enamel_runtime::Table;

#[derive(Table)]
struct Counted {
    #[enamel(primary_key, auto_increment = true)]
    id: i64,
    #[enamel(backfill = "''")]
    note: String,
}

/// Has been emptied, and goes on counting.
#[derive(Table)]
#[enamel(table = "emptied")]
struct Emptied {
    #[enamel(primary_key, auto_increment = true)]
    id: i64,
    #[enamel(backfill = "''")]
    note: String,
}

#[derive(Table)]
#[enamel(table = "tags", without_rowid)]
struct Tag {
    #[enamel(primary_key)]
    name: String,
    #[enamel(backfill = "''")]
    note: String,
}

#[derive(Table)]
#[enamel(table = "readings", strict)]
struct Reading {
    #[enamel(primary_key)]
    id: i64,
    taken_at: DateTime<Utc>,
    good: bool,
    value: f64,
    #[enamel(backfill = "''")]
    note: String,
}

#[derive(Table)]
#[enamel(table = "pairs", strict, without_rowid, primary_key(left, right))]
struct Pair {
    left: i64,
    right: i64,
    #[enamel(backfill = "''")]
    note: String,
}

/// Nobody sees the numbers of its rows, which stay nevertheless.
#[derive(Table)]
#[enamel(table = "lines")]
struct Line {
    rowid: String,
    #[enamel(backfill = "''")]
    note: String,
}
