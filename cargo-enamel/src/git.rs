//! What git still knows of a text.
//!
//! Only asked for what is nice to have: without git, or outside a repository, everything works.

use enamel_schema::Checksum;
use std::path::Path;
use std::process::{Command, Stdio};

/// The text of a hash, when git's index or last commit has it at this path below the folder.
pub(crate) fn text_of(folder: &Path, path: &str, hash: &Checksum) -> Option<String> {
    ["HEAD:./", ":./"].into_iter().find_map(|where_it_was| {
        let output = Command::new("git")
            .args(["show", &format!("{where_it_was}{path}")])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        (&Checksum::of(&text) == hash).then_some(text)
    })
}
