//! Whether a published package would hold its lock file.
//!
//! `include` and `exclude` in Cargo.toml are patterns like git's
//! (<https://doc.rust-lang.org/cargo/reference/manifest.html#the-exclude-and-include-fields>). Only their plain forms are understood here: it
//! serves a warning.

use crate::project::{LOCK_FILE, Project};
use enamel_schema::{Diagnostic, Level};
use toml_edit::{Document, Item};

/// A warning when `include` or `exclude` leave the lock file out of the package.
pub(super) fn left_out(project: &Project) -> Option<Diagnostic> {
    let document = Document::parse(project.package.manifest.text.as_str()).ok()?;
    let package = document.as_table().get("package")?;
    let patterns = |key: &str| -> Vec<&str> {
        let array = package.get(key).and_then(Item::as_array);
        array.into_iter().flat_map(|array| array.iter().filter_map(|pattern| pattern.as_str())).collect()
    };
    let path = format!("{}/{LOCK_FILE}", project.settings.migrations);
    // A folder outside the package is never part of it.
    if path.starts_with("..") || package.get("publish").and_then(Item::as_bool) == Some(false) {
        return None;
    }
    let (include, exclude) = (patterns("include"), patterns("exclude"));
    let culprit = match (include.as_slice(), exclude.as_slice()) {
        ([], exclude) if covers(exclude, &path) => "exclude",
        ([], _) => return None,
        (include, _) if covers(include, &path) => return None,
        _ => "include",
    };
    let folder = &project.settings.migrations;
    let hint = if culprit == "include" {
        format!("add \"/{folder}/**\" to `include` in Cargo.toml")
    } else {
        format!("let `exclude` in Cargo.toml leave {folder} alone")
    };
    Some(
        Diagnostic::new(
            Level::Warning,
            format!("`{culprit}` in Cargo.toml leaves {path} out of the published package"),
        )
        .with_note("the package would not compile without it")
        .with_hint(hint),
    )
}

/// Whether the last pattern that says something about a path, or a folder that it lies in, takes it in.
fn covers(patterns: &[&str], path: &str) -> bool {
    let mut covered = false;
    for pattern in patterns {
        let (pattern, takes_in) = pattern.strip_prefix('!').map_or((*pattern, true), |pattern| (pattern, false));
        if matches(pattern, path) {
            covered = takes_in;
        }
    }
    covered
}

fn matches(pattern: &str, path: &str) -> bool {
    let trimmed = pattern.trim_end_matches('/');
    let anchored = trimmed.contains('/');
    let pattern: Vec<&str> = trimmed.trim_start_matches('/').split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    // A pattern that matches a folder matches all that is in it.
    let ends = |from: usize| (from + 1..=path.len()).map(move |end| (from, end));
    let starts = if anchored { 0..1 } else { 0..path.len() };
    starts.flat_map(ends).any(|(from, end)| path.get(from..end).is_some_and(|part| matches_parts(&pattern, part)))
}

fn matches_parts(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            (0..=path.len()).any(|skip| path.get(skip..).is_some_and(|path| matches_parts(rest, path)))
        }
        ([first, pattern @ ..], [name, path @ ..]) => {
            let (first, name): (Vec<char>, Vec<char>) = (first.chars().collect(), name.chars().collect());
            matches_name(&first, &name) && matches_parts(pattern, path)
        }
        ([], [..]) | ([..], []) => false,
    }
}

fn matches_name(pattern: &[char], name: &[char]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        (['*', rest @ ..], _) => {
            (0..=name.len()).any(|skip| name.get(skip..).is_some_and(|name| matches_name(rest, name)))
        }
        (['?', pattern @ ..], [_, name @ ..]) => matches_name(pattern, name),
        ([first, pattern @ ..], [letter, name @ ..]) => first == letter && matches_name(pattern, name),
        ([], [..]) | ([..], []) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_like_gits() {
        let path = "migrations/enamel.lock";
        for pattern in
            ["migrations", "/migrations/", "migrations/*", "*.lock", "/migrations/**", "**/enamel.*", "e?amel.lock"]
        {
            assert!(matches(pattern, path), "{pattern}");
        }
        for pattern in ["src/**", "/enamel.lock", "*.sql", "migration", "/src", "lock"] {
            assert!(!matches(pattern, path), "{pattern}");
        }
        assert!(!covers(&["*.lock", "!enamel.lock"], path));
    }
}
