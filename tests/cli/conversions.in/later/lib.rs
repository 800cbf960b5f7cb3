use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "parcels")]
pub struct Parcel {
    #[enamel(primary_key)]
    pub id: i64,
    pub code: Uuid,
    pub sent: DateTime<Utc>,
    pub labels: Vec<String>,
}
