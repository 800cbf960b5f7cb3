//! Lists of revisions.

use super::*;
use crate::dialect::Dialect;
use crate::lock::{Entry, Lock};
use crate::revision::{Checksum, Version};
use std::collections::BTreeMap;

/// A lock file with revisions `slug` or `slug=text`; `slug=text<former` accepts a former text.
fn lock(revisions: &[&str]) -> Lock {
    let entries = (1..).zip(revisions).map(|(number, revision)| {
        let (slug, text) = revision.split_once('=').unwrap_or((revision, revision));
        let (text, former) = text.split_once('<').map_or((text, None), |(text, former)| (text, Some(former)));
        Entry {
            version: Version::new(number).unwrap(),
            slug: slug.to_owned(),
            up: Checksum::of(text),
            down: None,
            chain: Checksum::of(""),
            accepts: former.into_iter().map(Checksum::of).collect(),
            unproven: false,
        }
    });
    Lock {
        types: 1,
        history: "history".to_owned(),
        models: Vec::new(),
        type_map: BTreeMap::new(),
        doc_comments: false,
        folders: false,
        dialects: [(Dialect::Sqlite, entries.collect())].into(),
        schema: Schema::default(),
    }
}

/// `fork | mine | mended | theirs`
fn told(base: Option<&[&str]>, mine: &[&str], theirs: &[&str]) -> String {
    let base = base.map(lock);
    match divide(base.as_ref(), &lock(mine), &lock(theirs)) {
        Err(mistake) => mistake.message,
        Ok(division) => {
            let mine: Vec<_> = division.mine.iter().map(|mine| format!("{}{}", mine.version, mine.slug)).collect();
            let mended = division.mended.iter().map(|mended| format!("{}{}", mended.version, mended.mine.slug));
            let theirs =
                division.theirs[&Dialect::Sqlite].iter().map(|entry| format!("{}{}", entry.version, entry.slug));
            let mended: Vec<_> = mended.collect();
            let theirs: Vec<_> = theirs.collect();
            format!("{} | {} | {} | {}", division.fork, mine.join(" "), mended.join(" "), theirs.join(" "))
        }
    }
}

#[test]
fn what_is_behind_the_base_is_new() {
    let base: &[&str] = &["a"];
    assert_eq!(told(Some(base), &["a", "m", "n"], &["a", "t"]), "0001 | 0002m 0003n |  | 0002t");
    assert_eq!(told(None, &["a", "m", "n"], &["a", "t"]), "0001 | 0002m 0003n |  | 0002t");
    assert_eq!(told(None, &["m"], &["t"]), "0000 | 0001m |  | 0001t");
    assert_eq!(told(Some(&[]), &["m"], &["t"]), "0000 | 0001m |  | 0001t");
    assert_eq!(told(Some(base), base, &["a", "t"]), "0001 |  |  | 0002t");
}

#[test]
fn a_revision_that_was_made_again_in_a_former_step_is_not_new() {
    let (base, mine) = (["a", "m"], ["a", "m", "n"]);
    assert_eq!(told(Some(&base), &mine, &["a", "t", "m=again"]), "0002 | 0003n |  | 0002t");
}

#[test]
fn edits_move_along() {
    let base: &[&str] = &["a", "b"];
    assert_eq!(told(Some(base), &["a", "b=x<b"], &["a", "b", "t"]), "0002 |  | 0002b | 0003t");
    assert_eq!(told(None, &["a", "b=x<b"], &["a", "b", "t"]), "0002 |  | 0002b | 0003t");
    assert_eq!(told(None, &["a", "b"], &["a", "b=x<b", "t"]), "0002 |  |  | 0003t");
    assert_eq!(told(Some(base), &["a", "b=x<b"], &["a", "t", "b"]), "0002 |  | 0003b | 0002t");
    assert_eq!(told(Some(base), &["a", "b=x<b"], &["a", "b=x<b"]), "0002 |  |  | ");
    assert_eq!(told(Some(base), &["a", "b=x<b"], &["a", "b=y<b"]), "both branches edited revision 0002 b");
}

#[test]
fn a_revision_that_was_taken_back_is_told() {
    assert_eq!(told(Some(&["a", "b"]), &["a", "c"], &["a", "b"]), "revision 0002 b is not on your branch any more");
    assert_eq!(told(Some(&["a", "b"]), &["a"], &["a", "b"]), "revision 0002 b is not on your branch any more");
}
