use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "events", primary_key(id, day), index(kind, note))]
struct Event {
    id: i64,
    day: NaiveDate,
    #[enamel(backfill = "'none'")]
    note: String,
    #[enamel(default = 1)]
    kind: i16,
}

#[derive(Table)]
#[enamel(table = "notes", foreign_key(event_id, event_day, references = Event(id, day), on_delete = cascade))]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    event_id: i64,
    event_day: NaiveDate,
}
