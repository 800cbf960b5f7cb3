use enamel_runtime::Table;

/// Refers to a band, and from now on the band refers back.
#[derive(Table)]
struct Album {
    #[enamel(primary_key)]
    id: i64,
    #[enamel(references = Band::id)]
    band_id: Option<i64>,
}

#[derive(Table)]
struct Band {
    #[enamel(primary_key)]
    id: i64,
    debut: Option<String>,
}
