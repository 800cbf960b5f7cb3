//! Whether the models of the package are those that the lock file seals.

use super::arguments::Watch;
use crate::disk::Disk;
use enamel_schema::parse::{Models, Settings, models};
use enamel_schema::step::step;
use enamel_schema::{Diagnostic, Level, Lock, Version};

/// Where Cargo looks for a package's targets when Cargo.toml does not say.
const ROOTS: [&str; 2] = ["src/lib.rs", "src/main.rs"];

/// What was found about the models.
pub(super) struct Verdict {
    /// `None` when they were not looked at.
    pub(super) differences: Option<Vec<String>>,
    /// The files that were read, relative to the package.
    pub(super) files: Vec<String>,
    /// What to warn of.
    pub(super) warning: Option<Diagnostic>,
}

impl Verdict {
    /// The models were not looked at.
    pub(super) const fn unchecked() -> Self {
        Verdict { differences: None, files: Vec::new(), warning: None }
    }
}

/// Reads the models and compares them with the sealed schema.
///
/// # Errors
///
/// Models that cannot be read, that no revision could be written for, or, under [`Watch::Deny`], that differ.
pub(super) fn verdict(lock: &Lock, disk: &Disk, watch: Watch) -> Result<Verdict, Vec<Diagnostic>> {
    let models = read(lock, disk)?;
    let step = step(lock, &models.schema, &models.hints)
        .map_err(|findings| findings.into_iter().map(|finding| models.locate(finding)).collect::<Vec<_>>())?;
    if !step.impossible.is_empty() {
        return Err(step.impossible.into_iter().map(|finding| models.locate(finding)).collect());
    }
    let told = step.told(head(lock), if watch == Watch::Deny { Level::Error } else { Level::Warning });
    match told {
        Some(finding) if watch == Watch::Deny => Err(vec![finding]),
        warning => Ok(Verdict { differences: Some(step.differences), files: models.files, warning }),
    }
}

fn head(lock: &Lock) -> Version {
    let heads = lock.dialects.values().filter_map(|entries| entries.last());
    heads.map(|entry| entry.version).max().unwrap_or(Version::BASE)
}

fn read(lock: &Lock, disk: &Disk) -> Result<Models, Vec<Diagnostic>> {
    let roots: Vec<String> = if lock.models.is_empty() {
        ROOTS.into_iter().filter(|root| disk.has_source(root)).map(str::to_owned).collect()
    } else {
        lock.models.clone()
    };
    if roots.is_empty() {
        return Err(vec![
            Diagnostic::error("the models are not looked for: the package has neither src/lib.rs nor src/main.rs")
                .with_hint("`models = [\"…\"]` in [package.metadata.enamel] and `cargo enamel seal` name their file")
                .with_hint("`embed!(models = allow)` does without"),
        ]);
    }
    let settings = Settings { type_map: lock.type_map.clone(), doc_comments: lock.doc_comments, types: lock.types };
    models(&roots, &settings, &mut |path| disk.source(path))
}
