//! The name that a program gives the runtime.
//!
//! A derive has no `$crate`: `db = { package = "enamel-runtime" }` is only written in Cargo.toml. It is read line by line, since a TOML
//! parser would cost every program its compilation.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The package that the runtime is.
const PACKAGE: &str = "enamel-runtime";

/// The path of the runtime: what the model states, else what Cargo.toml says, else `::enamel_runtime`.
pub(crate) fn path(stated: Option<&TokenStream>) -> TokenStream {
    if let Some(path) = stated {
        return path.clone();
    }
    let name = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).and_then(|package| name_in(&package));
    let name = name.unwrap_or_else(|| PACKAGE.to_owned()).replace('-', "_");
    match syn::parse_str::<syn::Ident>(&name) {
        Ok(mut ident) => {
            ident.set_span(Span::call_site());
            quote!(::#ident)
        }
        Err(_) => quote!(::enamel_runtime),
    }
}

fn name_in(package: &Path) -> Option<String> {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).ok()?;
    dependency(&manifest, || {
        let workspaces = package.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
        let texts =
            std::iter::once(manifest.clone()).chain(workspaces.filter_map(|path| fs::read_to_string(path).ok()));
        texts.into_iter().find(|text| {
            entries(text).iter().any(|entry| entry.section.first().is_some_and(|first| first == "workspace"))
        })
    })
}

/// The name of the dependency that is the runtime. `workspace` gives the text of the workspace's Cargo.toml.
fn dependency(manifest: &str, workspace: impl Fn() -> Option<String>) -> Option<String> {
    let entries = entries(manifest);
    let dependencies: Vec<&Entry> = entries.iter().filter(|entry| !entry.in_workspace()).collect();
    if dependencies.iter().any(|entry| entry.name() == Some(PACKAGE) && entry.package().is_none()) {
        return Some(PACKAGE.to_owned());
    }
    let renamed = dependencies.iter().find(|entry| entry.package().as_deref() == Some(PACKAGE));
    if let Some(name) = renamed.and_then(|entry| entry.name()) {
        return Some(name.to_owned());
    }
    let inherited: Vec<&str> =
        dependencies.iter().filter(|entry| entry.is_inherited()).filter_map(|entry| entry.name()).collect();
    if inherited.is_empty() {
        return None;
    }
    let workspace = workspace()?;
    let entries = self::entries(&workspace);
    let renamed = entries.iter().filter(|entry| entry.in_workspace()).find(|entry| {
        entry.package().as_deref() == Some(PACKAGE) && entry.name().is_some_and(|name| inherited.contains(&name))
    });
    renamed.and_then(|entry| entry.name()).map(str::to_owned)
}

/// One `key = value` of Cargo.toml, or a section by itself.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    /// `[target.'cfg(unix)'.dependencies.db]`, as its words.
    section: Vec<String>,
    /// `db.package`, as its words. Empty for the section by itself.
    key: Vec<String>,
    /// The text behind `=`.
    value: String,
}

impl Entry {
    /// Section and key in one: `dependencies`, `db`, `package`.
    fn words(&self) -> Vec<&str> {
        self.section.iter().chain(&self.key).map(String::as_str).collect()
    }

    /// Where the words of the dependency begin.
    fn dependency(&self) -> Option<usize> {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        let words = self.words();
        let plain = words.first().is_some_and(|first| kinds.contains(first)).then_some(1);
        let inherited = (words.first() == Some(&"workspace") && words.get(1) == Some(&"dependencies")).then_some(2);
        let by_target =
            (words.first() == Some(&"target") && words.get(2).is_some_and(|word| kinds.contains(word))).then_some(3);
        plain.or(inherited).or(by_target)
    }

    fn in_workspace(&self) -> bool {
        self.section.first().or(self.key.first()).is_some_and(|first| first == "workspace")
    }

    /// The name of the dependency.
    fn name(&self) -> Option<&str> {
        let name = self.dependency()?;
        self.words().get(name).copied()
    }

    /// The package that it is, when that is said.
    fn package(&self) -> Option<String> {
        self.setting("package").map(|value| value.trim_matches(['"', '\'']).to_owned())
    }

    fn is_inherited(&self) -> bool {
        self.setting("workspace").as_deref() == Some("true")
    }

    /// A setting of the dependency: `db.package = …`, `db = { package = … }`, or `package = …` in a section of its own.
    fn setting(&self, name: &str) -> Option<String> {
        let words = self.words();
        let behind = words.get(self.dependency()? + 1..).unwrap_or_default();
        match behind {
            [setting] if *setting == name => Some(self.value.clone()),
            [] => inline(&self.value).into_iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// The entries of a Cargo.toml. What goes over several lines is cut; no name of a dependency does.
fn entries(text: &str) -> Vec<Entry> {
    let mut section = Vec::new();
    let mut entries = Vec::new();
    for line in text.lines() {
        let line = without_comment(line).trim();
        if let Some(header) = line.strip_prefix('[') {
            section = words(header.trim_start_matches('[').trim_end_matches(']'));
            entries.push(Entry { section: section.clone(), key: Vec::new(), value: String::new() });
        } else if let Some((key, value)) = split_outside_quotes(line, '=') {
            entries.push(Entry { section: section.clone(), key: words(key), value: value.trim().to_owned() });
        }
    }
    entries
}

/// `{ package = "enamel-runtime", version = "1" }` as pairs.
fn inline(value: &str) -> Vec<(String, String)> {
    let Some(mut rest) = value.trim().strip_prefix('{').map(|inside| inside.trim_end().trim_end_matches('}')) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    loop {
        let (part, next) = split_outside_quotes(rest, ',').map_or((rest, None), |(part, next)| (part, Some(next)));
        if let Some((key, value)) = split_outside_quotes(part, '=') {
            pairs.push((words(key).concat(), value.trim().to_owned()));
        }
        match next {
            Some(next) => rest = next,
            None => return pairs,
        }
    }
}

/// `target.'cfg(unix)'.dependencies` as its words.
fn words(key: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = key;
    loop {
        let (word, next) = split_outside_quotes(rest, '.').map_or((rest, None), |(word, next)| (word, Some(next)));
        words.push(word.trim().trim_matches(['"', '\'']).to_owned());
        match next {
            Some(next) => rest = next,
            None => return words,
        }
    }
}

fn without_comment(line: &str) -> &str {
    split_outside_quotes(line, '#').map_or(line, |(before, _)| before)
}

/// Cuts at the first of these characters that stands outside of quotes.
fn split_outside_quotes(text: &str, at: char) -> Option<(&str, &str)> {
    let mut quote = None;
    for (index, character) in text.char_indices() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if character == '"' || character == '\'' => quote = Some(character),
            None if character == at => return Some((&text[..index], &text[index + character.len_utf8()..])),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(manifest: &str) -> Option<String> {
        dependency(manifest, || None)
    }

    #[test]
    fn the_name_is_found_in_every_form() {
        let manifests = [
            "[dependencies]\nserde = \"1\" # enamel-runtime\ndb = { version = \"1\", package = \"enamel-runtime\" }",
            "[dependencies]\ndb.package = 'enamel-runtime'\ndb.version = \"1\"",
            "[dependencies.db]\nversion = \"1\"\npackage = \"enamel-runtime\" # renamed",
            "[target.'cfg(unix)'.dependencies]\n\"db\" = { path = \"x, y\", package = \"enamel-runtime\" }",
            "[target.\"cfg(not(windows))\".dependencies.db]\npackage = \"enamel-runtime\"",
            "[dev-dependencies]\ndb = {package=\"enamel-runtime\"}",
            "dependencies.db.package = \"enamel-runtime\"",
        ];
        for manifest in manifests {
            assert_eq!(alone(manifest).as_deref(), Some("db"), "{manifest}");
        }
        for manifest in ["[dependencies]\nenamel-runtime = \"1\"", "[dependencies.enamel-runtime]\npath = \"..\""] {
            assert_eq!(alone(manifest).as_deref(), Some(PACKAGE), "{manifest}");
        }
        assert_eq!(alone("[package]\nname = \"x\"\n[features]\ndb = []"), None);
        assert_eq!(alone("[patch.crates-io]\ndb = { package = \"enamel-runtime\" }"), None);
    }

    #[test]
    fn the_name_is_found_in_the_workspace() {
        let workspace =
            "[workspace.dependencies]\ndb = { package = \"enamel-runtime\", version = \"1\" }\nother = \"1\"";
        let found = |member| dependency(member, || Some(workspace.to_owned()));
        assert_eq!(found("[dependencies]\ndb.workspace = true").as_deref(), Some("db"));
        assert_eq!(
            found("[dependencies]\ndb = { workspace = true, features = [\"postgres\"] }").as_deref(),
            Some("db")
        );
        assert_eq!(found("[dependencies]\nother.workspace = true"), None);
        assert_eq!(found("[dependencies]\nenamel-runtime.workspace = true").as_deref(), Some(PACKAGE));
    }
}
