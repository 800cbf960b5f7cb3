//! Settings put into a Cargo.toml, whose formatting stays its owner's.

use crate::project::Package;
use toml_edit::{Array, DocumentMut, Item, Table, value};

/// The text of the package's Cargo.toml with a table of settings.
pub(super) fn with_settings(package: &Package, migrations: Option<&str>, dialects: &[String]) -> String {
    let mut settings = Table::new();
    match dialects {
        [] => settings.insert("dialect", value("sqlite")),
        [dialect] => settings.insert("dialect", value(dialect)),
        several => settings.insert("dialects", value(several.iter().collect::<Array>())),
    };
    if let Some(migrations) = migrations {
        settings.insert("migrations", value(migrations));
    }
    if package.has_neighbours {
        settings.insert("history", value(format!("{}_schema_history", package.name.replace('-', "_"))));
    }
    let text = &package.manifest.text;
    // Cargo has read this file already; a file that changed since is written as if it had no formatting of its own.
    let mut document: DocumentMut = text.parse().unwrap_or_default();
    let above = document.entry("package").or_insert_with(implicit);
    if let Some(metadata) = above.as_table_like_mut().map(|table| table.entry("metadata").or_insert_with(implicit))
        && let Some(metadata) = metadata.as_table_like_mut()
    {
        metadata.insert("enamel", Item::Table(settings));
    }
    let written = document.to_string();
    // The parser reads both line ends and writes one.
    if text.contains("\r\n") { written.replace('\n', "\r\n") } else { written }
}

fn implicit() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}
