//! Throw-away databases, and the proof of revisions in one.

use crate::migrations::Migrations;
use enamel_schema::schema::Found;
use enamel_schema::{Dialect, Schema};
