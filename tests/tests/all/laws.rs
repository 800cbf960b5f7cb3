//! What holds for all schemas, all rows and all texts, tried on those that chance brings.
//!
//! Stories show what somebody thought of; these find what nobody did. Each law runs for some seconds, with other cases each time, and tells its seed:
//! `ENAMEL_LAWS_SECONDS=600 cargo test -p enamel-tests laws` looks further, `ENAMEL_LAWS_SEED=…` brings a case back.

mod chance;
mod corpus;
mod database;
mod evolution;
mod history;
mod journey;
mod kept;
mod objects;
mod rows;
mod schemas;
mod statements;
mod texts;
mod written;
