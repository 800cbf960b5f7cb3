//! Texts of the project, and the same with damage done to them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use std::fs;
use std::path::Path;

/// The models of the bookshop and of the stories.
pub(super) fn models() -> Vec<String> {
    let mut texts = read(Path::new("examples/bookshop"), "rs");
    texts.extend(read(Path::new("cases"), "rs"));
    texts
}

/// The revisions of the bookshop and of the stories.
pub(super) fn revisions() -> Vec<String> {
    let mut texts = read(Path::new("../migrations"), "sql");
    texts.extend(read(Path::new("cases"), "sql"));
    texts
}

/// Every file under a folder whose name ends so, in the order of the names.
fn read(folder: &Path, ending: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut entries: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut texts = Vec::new();
    for path in entries {
        if path.is_dir() {
            texts.extend(read(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
    assert!(!texts.is_empty() || !folder.ends_with("cases"), "there is nothing in {}", folder.display());
    texts
}

/// One of these texts with damage done to it, or nothing but `pieces` in a row.
pub(super) fn damaged(texts: Vec<String>, pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let pieces = || prop_oneof![6 => select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    let damage = vec((any::<Pick>(), any::<Pick>(), pieces(), 0..16_u8), 0..5);
    prop_oneof![
        4 => (select(texts), damage).prop_map(|(text, damage)| damage.into_iter().fold(text, do_damage)),
        1 => vec(pieces(), 0..60).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// How often something is repeated, where it is repeated often.
const DEEP: usize = 2_000;

fn do_damage(text: String, (from, to, piece, kind): (Pick, Pick, String, u8)) -> String {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).chain([text.len()]).collect();
    let (from, to) = (places[from.index(places.len())], places[to.index(places.len())]);
    let (from, to) = (from.min(to), from.max(to));
    let near = places.iter().copied().find(|place| *place >= from + 12).unwrap_or(text.len());
    let (before, between, behind) = (&text[..from], &text[from..to], &text[to..]);
    match kind / 2 {
        0 => before.to_owned(),
        1 => format!("{before}{behind}"),
        2 => format!("{before}{between}{between}{behind}"),
        3 => format!("{before}{}", &text[near..]),
        4 => format!("{before}{piece}{}", &text[near..]),
        // Whoever reads it by recursion runs out of stack.
        5 if kind % 2 == 0 => format!("{before}{}{between}{}{behind}", "([{".repeat(DEEP), "}])".repeat(DEEP)),
        6 if kind % 2 == 0 => format!("{before}{}{behind}", piece.repeat(DEEP)),
        _ => format!("{before}{piece}{}", &text[from..]),
    }
}
