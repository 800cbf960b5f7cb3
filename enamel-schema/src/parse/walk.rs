//! Files along `mod` lines, found as rustc finds them.
//!
//! <https://doc.rust-lang.org/reference/items/modules.html#module-source-filenames>

use super::attribute::{Value, literal_text};
use super::cfg::Presence;
use super::item::{Item, ItemKind, items};
use super::spot::{Finding, Spot};
use super::tokens::{Tokens, too_deep};
use crate::diagnostic::Level;
use proc_macro2::{Span, TokenStream};
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;
use std::str::FromStr;

/// How deep modules may be nested. It ends a chain of files that would otherwise have no end.
const DEPTH: usize = 64;

/// Reads one file.
pub(crate) type Read<'a> = dyn FnMut(&str) -> io::Result<String> + 'a;

/// What lies in a package's files.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The files, in the order in which they were read.
    pub(crate) files: Vec<String>,
    /// The items, each with the module that it stands in.
    pub(crate) items: Vec<(Rc<str>, Item)>,
    /// What was said on the way.
    pub(crate) findings: Vec<Finding>,
    /// Whether something could not be read, so that what was found is not all there is.
    pub(crate) incomplete: bool,
}

/// Reads the files of a package from its roots.
pub(crate) fn walk(roots: &[String], read: &mut Read<'_>) -> Source {
    let mut walk = Walk { read, source: Source::default(), seen: BTreeSet::new() };
    for (index, root) in roots.iter().enumerate() {
        walk.root(&normal(root), index);
    }
    walk.source
}

struct Walk<'a, 'r> {
    read: &'a mut Read<'r>,
    source: Source,
    seen: BTreeSet<String>,
}

/// Where the modules of a file are looked for.
#[derive(Clone, Debug)]
struct Context {
    /// Its folder.
    folder: String,
    /// The folder of the files of its modules.
    children: String,
    /// Whether this is inside of `mod name { … }`, where `#[path]` starts from `children`.
    inline: bool,
    /// The module, from its root on.
    module: Rc<str>,
    /// When the module is there.
    presence: Presence,
    depth: usize,
}

impl Walk<'_, '_> {
    fn root(&mut self, path: &str, index: usize) {
        if self.seen.contains(path) {
            return;
        }
        match (self.read)(path) {
            Ok(text) => {
                let module = format!("{index}").into();
                self.file(path, &text, folder(path), module, Presence::Always, 0);
            }
            Err(error) => {
                self.source.files.push(path.to_owned());
                let spot = Spot::new(self.source.files.len() - 1, Span::call_site());
                self.stop(Finding::error(spot, format!("could not read `{path}`: {error}")));
            }
        }
    }

    fn file(&mut self, path: &str, text: &str, children: String, module: Rc<str>, presence: Presence, depth: usize) {
        self.seen.insert(path.to_owned());
        let file = self.source.files.len();
        self.source.files.push(path.to_owned());
        let Some(tokens) = self.lex(text, file) else { return };
        let context = Context { folder: folder(path), children, inline: false, module, presence, depth };
        self.items(tokens, &context);
    }

    fn lex(&mut self, text: &str, file: usize) -> Option<Tokens> {
        // A `#!` line is no Rust; as a comment of the same length it leaves all places as they are.
        let script = text.starts_with("#!") && !text[2..].trim_start().starts_with('[');
        let stream = match script {
            true => TokenStream::from_str(&text.replacen("#!", "//", 1)),
            false => TokenStream::from_str(text),
        };
        match stream {
            Ok(stream) => {
                if let Some(span) = too_deep(&stream) {
                    self.stop(Finding::error(Spot::new(file, span), "brackets are nested too deep"));
                    return None;
                }
                let end = stream.clone().into_iter().last().map_or_else(Span::call_site, |tree| tree.span());
                Some(Tokens::new(stream, file, end))
            }
            Err(error) => {
                self.stop(
                    Finding::error(Spot::new(file, error.span()), "this file does not parse")
                        .with_hint("`cargo check` says more"),
                );
                None
            }
        }
    }

    fn items(&mut self, tokens: Tokens, context: &Context) {
        let before = self.source.findings.len();
        let items = items(tokens, &mut self.source.findings);
        self.source.incomplete |=
            self.source.findings[before..].iter().any(|finding| finding.diagnostic.level == Level::Error);
        for mut item in items {
            item.presence = context.presence.clone().and(item.presence);
            match &item.kind {
                ItemKind::Module(Some(body)) => self.inline(&item, body.clone(), context),
                ItemKind::Module(None) => self.module(&item, context),
                ItemKind::Include(path) => self.include(&item, path.as_deref(), context),
                ItemKind::Struct(_)
                | ItemKind::Union
                | ItemKind::Enum { .. }
                | ItemKind::Alias { .. }
                | ItemKind::Constant(_)
                | ItemKind::Use(_)
                | ItemKind::MacroWithModel => self.source.items.push((context.module.clone(), item)),
            }
        }
    }

    fn inline(&mut self, item: &Item, body: Tokens, context: &Context) {
        let children = match path_attribute(item) {
            Some(path) if context.inline => join(&context.children, &path),
            Some(path) => join(&context.folder, &path),
            None => join(&context.children, &item.name),
        };
        let module = format!("{}::{}", context.module, item.name).into();
        let presence = item.presence.clone();
        self.items(body, &Context { children, inline: true, module, presence, ..context.clone() });
    }

    fn module(&mut self, item: &Item, context: &Context) {
        if context.depth >= DEPTH {
            self.stop(Finding::error(item.spot, "modules are nested too deep"));
            return;
        }
        let plain = join(&context.children, &format!("{}.rs", item.name));
        let nested = join(&context.children, &format!("{}/mod.rs", item.name));
        let mut candidates = vec![(plain, join(&context.children, &item.name)), (nested.clone(), folder(&nested))];
        if let Some(path) = path_attribute(item) {
            let base = if context.inline { &context.children } else { &context.folder };
            let path = join(base, &path);
            candidates = vec![(path.clone(), folder(&path))];
        }
        let module: Rc<str> = format!("{}::{}", context.module, item.name).into();
        for (path, children) in &candidates {
            match self.open(path, item) {
                Opened::Text(text) => {
                    return self.file(path, &text, children.clone(), module, item.presence.clone(), context.depth + 1);
                }
                Opened::Done => return,
                Opened::Missing => {}
            }
        }
        let looked: Vec<String> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
        self.missing(item, format!("no file for module `{}`", item.name), &looked.join(" or "));
    }

    fn include(&mut self, item: &Item, path: Option<&str>, context: &Context) {
        let Some(path) = path else {
            self.source.findings.push(Finding::note(
                item.spot,
                "this `include!` is not followed: its path is known only to the compiler",
            ));
            return;
        };
        if context.depth >= DEPTH {
            self.stop(Finding::error(item.spot, "files are included too deep"));
            return;
        }
        let path = join(&context.folder, path);
        match self.open(&path, item) {
            Opened::Text(text) => {
                let module = context.module.clone();
                self.file(&path, &text, folder(&path), module, item.presence.clone(), context.depth + 1);
            }
            Opened::Done => {}
            Opened::Missing => self.missing(item, "no file for this `include!`".to_owned(), &format!("`{path}`")),
        }
    }

    fn open(&mut self, path: &str, item: &Item) -> Opened {
        if self.seen.contains(path) {
            return Opened::Done;
        }
        match (self.read)(path) {
            Ok(text) => Opened::Text(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Opened::Missing,
            Err(error) => {
                self.stop(Finding::error(item.spot, format!("could not read `{path}`: {error}")));
                Opened::Done
            }
        }
    }

    /// A file that is not there. Under a `cfg` rustc may not look for it either.
    fn missing(&mut self, item: &Item, message: String, looked: &str) {
        match &item.presence {
            Presence::Sometimes(condition) => self.source.findings.push(
                Finding::note(item.spot, format!("{message}, which stands under `cfg({condition})`"))
                    .with_note(format!("looked for {looked}")),
            ),
            Presence::Always | Presence::Never => {
                self.stop(Finding::error(item.spot, message).with_note(format!("looked for {looked}")));
            }
        }
    }

    fn stop(&mut self, finding: Finding) {
        self.source.findings.push(finding);
        self.source.incomplete = true;
    }
}

/// What came of opening a file.
enum Opened {
    Text(String),
    /// It was read before, or could not be read, and that was said.
    Done,
    Missing,
}

/// `#[path = "…"]`
fn path_attribute(item: &Item) -> Option<String> {
    item.attributes.iter().filter(|attribute| attribute.is("path")).find_map(|attribute| match &attribute.value {
        Value::Is(tokens) => literal_text(tokens.clone()),
        Value::None | Value::List(_) => None,
    })
}

/// The folder of a file, empty for the folder that all paths start from.
fn folder(path: &str) -> String {
    path.rsplit_once('/').map(|(folder, _)| if folder.is_empty() { "/" } else { folder }).unwrap_or_default().to_owned()
}

/// A path seen from a folder.
fn join(folder: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    if folder.is_empty() || path.starts_with('/') { normal(&path) } else { normal(&format!("{folder}/{path}")) }
}

/// A path without `.` and without `..` where it can be.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_normal() {
        assert_eq!(normal("src/./a/../b.rs"), "src/b.rs");
        assert_eq!(normal("../entities/src/lib.rs"), "../entities/src/lib.rs");
        assert_eq!(normal("/x/../y.rs"), "/y.rs");
        assert_eq!(join("src", "a/b.rs"), "src/a/b.rs");
        assert_eq!(folder("lib.rs"), "");
    }
}
