//! How long to wait for others.

use crate::upgrade::Launch;
use clap::Args;
use std::time::Duration;

/// How long to wait for others.
#[derive(Debug, Args)]
pub struct Patience {
    /// How many seconds to wait for another program that writes to the database
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    lock_timeout: u64,
}

impl Patience {
    /// The launch that waits so long.
    pub(super) fn of<'a>(&self, launch: Launch<'a>) -> Launch<'a> {
        launch.lock_timeout(Duration::from_secs(self.lock_timeout))
    }
}
