//! Diagnostics as a person reads them: the message, the source with the place underlined, notes and hints.
//!
//! The library says what and where; this draws it as rustc would.

use annotate_snippets::renderer::Renderer;
use annotate_snippets::{AnnotationKind, Group, Level as Drawn, Origin, Snippet};
use enamel_schema::{Diagnostic, Level, Place};
use serde_json::{Value, json};
use std::path::{Component, Path, PathBuf};

/// Draws a diagnostic. Its place is a file below `root`.
pub(crate) fn draw(diagnostic: &Diagnostic, root: &Path) -> String {
    match &diagnostic.place {
        Some(place) => draw_at(diagnostic, place, root),
        None => draw_alone(diagnostic),
    }
}

/// With the source below, and what else is to be said beside it.
fn draw_at(diagnostic: &Diagnostic, place: &Place, root: &Path) -> String {
    let path = shown_path(&root.join(&place.path));
    let source = std::fs::read_to_string(root.join(&place.path)).unwrap_or_default();
    let title = level(diagnostic.level).primary_title(diagnostic.message.as_str());
    // A file that changed since it was read must not be drawn beside its end, nor inside a character.
    let mut group = if source.get(place.range.clone()).is_some_and(|_| !source.is_empty()) {
        let mut annotation = AnnotationKind::Primary.span(place.range.clone());
        if !diagnostic.label.is_empty() {
            annotation = annotation.label(diagnostic.label.as_str());
        }
        title.element(Snippet::source(source.as_str()).path(path.as_str()).annotation(annotation))
    } else {
        title.element(Origin::path(path.as_str()).line(place.line))
    };
    for note in &diagnostic.notes {
        group = group.element(Drawn::NOTE.message(note.as_str()));
    }
    for hint in &diagnostic.hints {
        group = group.element(hint_level().message(hint.as_str()));
    }
    format!("{}\n", Renderer::styled().render(&[group]))
}

/// Without a source: a line each, as Cargo does.
fn draw_alone(diagnostic: &Diagnostic) -> String {
    let message = match diagnostic.subject.as_ref().map(ToString::to_string) {
        Some(subject) if !diagnostic.message.contains(&subject) => format!("{subject}: {}", diagnostic.message),
        Some(_) | None => diagnostic.message.clone(),
    };
    let mut groups = vec![Group::with_title(level(diagnostic.level).primary_title(message))];
    groups.extend(diagnostic.notes.iter().map(|note| Group::with_title(Drawn::NOTE.secondary_title(note.as_str()))));
    groups.extend(diagnostic.hints.iter().map(|hint| Group::with_title(hint_level().secondary_title(hint.as_str()))));
    let renderer = Renderer::styled();
    groups.into_iter().map(|group| format!("{}\n", renderer.render(&[group]))).collect()
}

/// A diagnostic as an object for programs.
pub(crate) fn as_json(diagnostic: &Diagnostic) -> Value {
    json!({
        "level": match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        "message": diagnostic.message,
        "label": diagnostic.label,
        "subject": diagnostic.subject.as_ref().map(ToString::to_string),
        "place": diagnostic.place.as_ref().map(|place| json!({
            "path": place.path,
            "line": place.line,
            "start": place.range.start,
            "end": place.range.end,
        })),
        "notes": diagnostic.notes,
        "hints": diagnostic.hints,
    })
}

/// A path as it is shown: from the current directory when it lies below it, or a few folders up, else as it is.
pub(crate) fn shown_path(path: &Path) -> String {
    let path = normal(path);
    let relative = std::env::current_dir().ok().and_then(|current| relative(&path, &current));
    relative.unwrap_or(path).display().to_string()
}

/// The path without `.` and `..`, as far as that can be said without asking the file system.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(normal.components().next_back(), Some(Component::Normal(_))) => {
                normal.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::ParentDir | Component::Normal(_) => {
                normal.push(component);
            }
        }
    }
    normal
}

/// The way from one folder to a path, both absolute and normal; `None` where they have nothing in common.
pub(crate) fn relative(path: &Path, from: &Path) -> Option<PathBuf> {
    let shared = path.components().zip(from.components()).take_while(|(left, right)| left == right).count();
    // Only the root in common: the absolute path is easier to read.
    if shared <= 1 {
        return None;
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(path.components().skip(shared)).collect();
    Some(if way.as_os_str().is_empty() { PathBuf::from(".") } else { way })
}

fn level(level: Level) -> Drawn<'static> {
    match level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Note => Drawn::NOTE,
    }
}

fn hint_level() -> Drawn<'static> {
    Drawn::HELP.with_name("hint")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_underlined() {
        let folder = std::env::temp_dir().join(format!("enamel-report-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("Cargo.toml"), "[package]\nname = \"shöp\"\n").unwrap();
        let place = Place { path: "Cargo.toml".into(), range: 10..14, line: 2 };
        let diagnostic = Diagnostic::error("no such key").at(place).labelled("here").with_hint("leave it out");
        let drawn = anstream::adapter::strip_str(&draw(&diagnostic, &folder)).to_string();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(drawn.starts_with("error: no such key\n --> "), "{drawn}");
        assert!(drawn.contains("2 | name = \"shöp\"\n  | ^^^^ here\n"), "{drawn}");
        assert!(drawn.contains("= hint: leave it out"), "{drawn}");
    }

    #[test]
    fn a_place_beyond_the_file_is_only_named() {
        let place = Place { path: "gone.rs".into(), range: 900..905, line: 40 };
        let drawn = anstream::adapter::strip_str(&draw(&Diagnostic::error("odd").at(place), Path::new("/nowhere/at")))
            .to_string();
        assert!(drawn.contains("gone.rs:40"), "{drawn}");
    }

    #[test]
    fn paths_are_shown_from_here() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/b")), Some("c".into()));
        assert_eq!(relative(Path::new("/a/x/c"), Path::new("/a/b")), Some("../x/c".into()));
        assert_eq!(relative(Path::new("/other"), Path::new("/a/b")), None);
        assert_eq!(normal(Path::new("/a/./b/../c")), PathBuf::from("/a/c"));
    }
}
