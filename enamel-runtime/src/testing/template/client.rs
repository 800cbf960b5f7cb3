//! Copies of PostgreSQL's databases.

use crate::scratch::ScratchConnection;
use crate::scratch::postgres::Named;
use postgres::Client;
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A connection to a copy of a [`Template`](super::Template) on the server, which is dropped when this goes.
///
/// Order matters: the connection goes before the database.
pub struct TemplateClient {
    client: Client,
    database: Named,
}

impl TemplateClient {
    pub(super) fn new(copy: ScratchConnection) -> Option<Self> {
        let (client, database) = copy.into_postgres()?;
        Some(Self { client, database })
    }

    /// The URL of the copy, for a pool or another process.
    pub fn url(&self) -> String {
        self.database.url()
    }
}

impl fmt::Debug for TemplateClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TemplateClient").field("url", &self.url()).finish_non_exhaustive()
    }
}

impl Deref for TemplateClient {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl DerefMut for TemplateClient {
    fn deref_mut(&mut self) -> &mut Client {
        &mut self.client
    }
}
