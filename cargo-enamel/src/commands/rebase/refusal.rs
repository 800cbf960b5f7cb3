//! Why a revision of mine cannot be put behind theirs, and the way out.

use crate::exit::Failure;
use enamel_schema::rebase::Clash;
use enamel_schema::{Diagnostic, Pair, Version};

/// Mine and theirs contradict each other.
pub(super) fn contradiction(mine: &str, theirs: &[String], clashes: &[Clash], way_out: &[String]) -> Failure {
    let both = Diagnostic::error(format!("{mine} and {} contradict each other", listed(theirs)));
    let both = clashes.iter().fold(both, |both, clash| both.with_note(clash.to_string()));
    with_way_out(both, way_out).into()
}

/// A hand-written text makes anew what theirs touched. `mine` is its file, and what it would be called behind theirs.
pub(super) fn redefinition(mine: Pair<&str>, theirs: &str, names: &[&str], take_theirs: &str) -> Failure {
    let Pair { previous, next } = mine;
    Diagnostic::error(format!("{previous} makes anew what {theirs} touched: {}", names.join(", ")))
        .with_note("it was written by hand, and knows nothing of what theirs did")
        .with_hint("write what both do into it, and into its way back; then put it behind theirs by hand:")
        .with_hint(format!("`{take_theirs}`"))
        .with_hint(format!("`mv {previous} {next}`, and so with its way back"))
        .with_hint("`cargo enamel seal`")
        .into()
}

/// Behind theirs the change cannot be rendered.
pub(super) fn stopped(mine: &str, mistakes: Vec<Diagnostic>, way_out: &[String]) -> Failure {
    let mut all = mistakes;
    let stopped = Diagnostic::error(format!("{mine} cannot be made again behind theirs"));
    all.push(with_way_out(stopped, way_out));
    all.into()
}

/// What was put together does not make what both branches say.
pub(super) fn disproved(what: &str, lines: Vec<String>, mine: &str) -> Failure {
    let mut diagnostic =
        Diagnostic::error(format!("{what} does not make behind theirs what both branches say; nothing was written"))
            .with_hint(format!("`cargo enamel check` on {mine} says whether it does so there"));
    diagnostic.notes = lines;
    Failure::difference(vec![diagnostic])
}

/// git has no lock file any more that my revisions began with.
pub(super) fn forgotten(fork: Version) -> Failure {
    Diagnostic::error(format!("git has no commit whose enamel.lock ends with revision {fork}"))
        .with_hint("`git fetch --unshallow`, if the history was cut off")
        .into()
}

fn with_way_out(diagnostic: Diagnostic, way_out: &[String]) -> Diagnostic {
    let diagnostic = diagnostic.with_hint("settle it in the models, then write yours anew behind theirs:");
    way_out.iter().fold(diagnostic, |diagnostic, command| diagnostic.with_hint(format!("`{command}`")))
}

fn listed(files: &[String]) -> String {
    if files.is_empty() { "theirs".to_owned() } else { files.join(", ") }
}
