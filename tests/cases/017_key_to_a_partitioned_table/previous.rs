use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "events", primary_key(id, day))]
struct Event {
    id: i64,
    day: NaiveDate,
    note: Option<String>,
}

#[derive(Table)]
#[enamel(table = "notes", foreign_key(event_id, event_day, references = Event(id, day)))]
struct Note {
    #[enamel(primary_key)]
    id: i64,
    event_id: i64,
    event_day: NaiveDate,
}
