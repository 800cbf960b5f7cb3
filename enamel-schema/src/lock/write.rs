//! The lock file's text, from its values.

use super::{Entry, FORMAT, Lock};
use crate::dialect::Dialect;
use crate::revision::Version;
use crate::word;
use std::fmt::Write;

/// What the file says about itself.
const ABOUT: &str = "\
# The revisions of this package, and the schema of its models at the last one.
# Written by `cargo enamel` and read by `embed!()`; commit it, do not edit it. After a merge conflict run `cargo enamel rebase`.
";

/// How wide slugs are made, so that most hashes stand below each other. Fixed: a longer slug must not touch other lines.
const SLUG_WIDTH: usize = 32;

/// The text of a lock file.
pub(super) fn write(lock: &Lock) -> String {
    let mut out = format!("{ABOUT}enamel.lock {FORMAT}\ntypes {}\n", lock.types);
    out.push_str("history ");
    word::write(&lock.history, &mut out);
    out.push_str(if lock.folders { "\nlayout folders\n" } else { "\nlayout flat\n" });
    if !lock.models.is_empty() {
        out.push_str("models");
        for root in &lock.models {
            out.push(' ');
            word::write_path(root, &mut out);
        }
        out.push('\n');
    }
    for (rust, sql) in &lock.type_map {
        out.push_str("type ");
        word::write(rust, &mut out);
        out.push(' ');
        word::write(sql, &mut out);
        out.push('\n');
    }
    if lock.doc_comments {
        out.push_str("comments doc\n");
    }
    for (&dialect, entries) in &lock.dialects {
        write_entries(dialect, entries, &mut out);
    }
    out.push_str("\nschema\n");
    super::schema::write(&lock.schema, &mut out);
    out
}

fn write_entries(dialect: Dialect, entries: &[Entry], out: &mut String) {
    out.push('\n');
    out.push_str(dialect.name());
    if let Some(first) =
        entries.first().map(|entry| entry.version).filter(|&version| Some(version) != Version::BASE.following())
    {
        write_all(out, format_args!(" from {first}"));
    }
    out.push('\n');
    for entry in entries {
        let mut slug = String::new();
        word::write(&entry.slug, &mut slug);
        write_all(out, format_args!("{} {slug:SLUG_WIDTH$} up {}", entry.version, entry.up));
        if let Some(down) = &entry.down {
            write_all(out, format_args!(" down {down}"));
        }
        write_all(out, format_args!(" chain {}", entry.chain));
        for accepted in &entry.accepts {
            write_all(out, format_args!("  accepts {accepted}"));
        }
        out.push_str(if entry.unproven { "  unproven\n" } else { "\n" });
    }
}

/// Writes to a text, which cannot fail.
pub(super) fn write_all(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments);
}
