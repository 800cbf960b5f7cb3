//! A database that is upgraded, taken down and upgraded again keeps its rows.

use super::chance::law_from;
use super::journey::Journey;
use super::objects::raw_objects;
use super::rows::raw_rows;
use enamel_schema::arbitrary::evolution::evolution;
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn rows_are_kept_there_and_back() {
    let visit = (raw_rows(), raw_objects());
    let case = (evolution(), vec(visit, 4), any::<u8>(), prop::bool::weighted(0.8));
    law_from(140_000, "rows_are_kept_there_and_back", &case, |(evolution, visits, answers, enforced)| {
        let stages = evolution.stages();
        let mut journey = Journey::new(&stages, &visits, answers, enforced);
        journey.there_and_back().map_err(|error| format!("{error}\n{}", journey.story()))
    });
}
