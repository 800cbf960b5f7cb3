use enamel_runtime::Table;

#[derive(Table)]
#[enamel(table = "parcels")]
pub struct Parcel {
    #[enamel(primary_key)]
    pub id: i64,
    pub code: i64,
    pub sent: i64,
    pub labels: String,
}
