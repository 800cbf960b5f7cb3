//! Revisions out of texts.

use enamel_runtime::include_dir::File;
use enamel_runtime::{Checksum, Dialect, Folder, Migrations, Revision, Version};
use enamel_schema::Pair;

/// Lends revisions with these texts.
pub(crate) fn with<T>(texts: &[&Pair<String>], borrow: impl FnOnce(&Migrations<'_>) -> T) -> T {
    let mut revisions: Vec<Revision<'_>> = Vec::new();
    for (text, (up, down)) in
        texts.iter().zip([("V0001__a.sql", "V0001__a.down.sql"), ("V0002__b.sql", "V0002__b.down.sql")])
    {
        let sha256 = Checksum::of(&text.previous);
        let chain = Checksum::chained(revisions.last().map(|revision| &revision.chain), &sha256);
        let version =
            revisions.last().map_or(Version::BASE, |revision| revision.version).following().unwrap_or_default();
        revisions.push(Revision {
            version,
            name: "step",
            up: File::new(up, text.previous.as_bytes()),
            down: Some(File::new(down, text.next.as_bytes())),
            sha256,
            chain,
            accepts: &[],
        });
    }
    let folders = [Folder { dialect: Dialect::Sqlite, revisions: &revisions }];
    borrow(&Migrations { package: "shop", folders: &folders, ..Migrations::NONE })
}
