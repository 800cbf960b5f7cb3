//! What holds for all schemas, all rows and all texts, tried on those that chance brings.
//!
//! Stories show what somebody thought of; these find what nobody did. Each law runs for some seconds, the same cases every time.
//! `ENAMEL_LAWS_SECONDS=600 cargo test -p enamel-tests laws` looks further, `ENAMEL_LAWS_SEED` elsewhere, `PROPTEST_CASES` at more in a row.

mod chance;
mod database;
mod evolution;
mod journey;
mod kept;
mod objects;
mod rows;
mod written;
