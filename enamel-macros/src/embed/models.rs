//! Whether the models of the package are those that the lock file seals.

use super::arguments::Watch;
use crate::disk::Disk;
use enamel_schema::mismatch::{UpTexts, shortened, told};
use enamel_schema::parse::{Models, Settings, models};
use enamel_schema::step::{Step, step};
use enamel_schema::verify::Verified;
use enamel_schema::{Diagnostic, Dialect, Level, Lock, Version};

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
pub(super) fn verdict(lock: &Lock, verified: &Verified, disk: &Disk, watch: Watch) -> Result<Verdict, Vec<Diagnostic>> {
    let models = read(lock, disk)?;
    let step = step(lock, &models.schema, &models.hints)
        .map_err(|findings| findings.into_iter().map(|finding| models.locate(finding)).collect::<Vec<_>>())?;
    if !step.impossible.is_empty() {
        return Err(step.impossible.into_iter().map(|finding| models.locate(finding)).collect());
    }
    let differences = step.differences(&lock.schema, &up_texts(verified, disk)).lines(Step::SIDES);
    if differences.is_empty() {
        return Ok(Verdict { differences: Some(differences), files: models.files, warning: None });
    }
    let level = if watch == Watch::Deny { Level::Error } else { Level::Warning };
    let finding = told(Step::SIDES, head(lock), shortened(differences.clone()), level);
    if watch == Watch::Deny {
        return Err(vec![finding]);
    }
    Ok(Verdict { differences: Some(differences), files: models.files, warning: Some(finding) })
}

/// The texts of the dialect that is served first: what is said of the models holds for all.
fn up_texts<'a>(verified: &'a Verified, disk: &Disk) -> UpTexts<'a> {
    let Some(folder) = verified.folders.first() else {
        return UpTexts { dialect: Dialect::Sqlite, texts: Vec::new() };
    };
    let texts = folder.revisions.iter().filter_map(|revision| revision.up.as_ref());
    let texts = texts.map(|text| (format!("{}/{}", disk.directory(), text.path), text.text.as_str()));
    UpTexts { dialect: folder.dialect, texts: texts.collect() }
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
    let settings = Settings {
        type_map: lock.type_map.clone(),
        doc_comments: lock.doc_comments,
        // No model names them, and the settings are not read here: they are as they were sealed.
        extensions: lock.schema.extensions.clone(),
        types: lock.types,
    };
    models(&roots, &settings, &mut |path| disk.source(path))
}
