use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "users")]
struct User {
    #[enamel(primary_key, auto_increment = false, default_sql = "gen_random_uuid()")]
    id: Uuid,
    #[enamel(default_sql = "now()")]
    made: DateTime<Utc>,
    #[enamel(default_sql = "timezone('utc', current_timestamp)")]
    seen: NaiveDateTime,
    #[enamel(default_sql = "now() + interval '14 days'")]
    until: DateTime<Utc>,
    #[enamel(default_sql = "'{}'::text[]")]
    tags: Vec<String>,
    #[enamel(default_sql = "ARRAY['a', 'b']")]
    letters: Vec<String>,
    #[enamel(default_sql = "'{}'")]
    body: serde_json::Value,
    #[enamel(default_sql = "NOT FALSE")]
    on: bool,
}
