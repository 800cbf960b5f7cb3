//! No source makes the parser panic, and reading twice gives the same.

use super::read;
use proptest::prelude::*;

/// Pieces that models are made of, and pieces that break them.
const PIECES: [&str; 96] = [
    "#[derive(Table)]",
    "#[derive(Columns)]",
    "#[derive(Enum)]",
    "#[enamel(",
    "#[sqlx(",
    "#[diesel(",
    "#[cfg(",
    "#[cfg_attr(",
    "#[repr(i32)]",
    "struct",
    "enum",
    "union",
    "mod",
    "type",
    "const",
    "use",
    "fn",
    "impl",
    "pub",
    "where",
    "macro_rules!",
    "include!(\"x.rs\");",
    "User",
    "Tenant",
    "r#type",
    "id",
    "name",
    "table",
    "schema",
    "primary_key",
    "index",
    "unique",
    "foreign_key",
    "check",
    "exclude",
    "references",
    "on_delete",
    "default",
    "default_sql",
    "type",
    "max_length",
    "flatten",
    "prefix",
    "skip",
    "json",
    "generated",
    "stored",
    "identity",
    "collate",
    "rename_all",
    "crate",
    "storage",
    "rename",
    "renamed_from",
    "test",
    "not",
    "all",
    "any",
    "cascade",
    "desc",
    "nulls",
    "last",
    "i64",
    "String",
    "Option",
    "Vec",
    "u8",
    "DateTime",
    "PhantomData",
    "Self",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    ",",
    ";",
    ":",
    "::",
    "=",
    "->",
    "-",
    "&",
    "'a",
    "\"users(id)\"",
    "\"\"",
    "\"\u{1f980}\"",
    "b\"x\"",
    "'c'",
    "1",
    "1.5e10",
    "99999999999999999999999999999999999999999",
    "-",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60).prop_map(|pieces| pieces.join(" "))
}

/// A model whose attributes and types are soup, so that the file as a whole parses.
fn model() -> impl Strategy<Value = String> {
    let balanced = || soup().prop_map(|soup| soup.replace(['(', ')', '{', '}', '[', ']', '#'], ""));
    (balanced(), balanced(), balanced(), balanced()).prop_map(|(on_struct, on_field, first, second)| {
        format!(
            "#[derive(Table)] #[enamel({on_struct})] struct User {{ id: i64, #[enamel({on_field})] first: {first}, second: {second} }} \
             #[derive(Enum)] #[enamel({on_field})] enum State {{ #[enamel({on_struct})] A = {second}, B }} \
             type Tenant = {first}; struct Id({second}); const LIMIT: i64 = {first};"
        )
    })
}

proptest! {
    #[test]
    fn no_tokens_panic(source in prop_oneof![soup(), model()]) {
        let first = read(&[("src/lib.rs", &source)]);
        prop_assert_eq!(first, read(&[("src/lib.rs", &source)]));
    }

    #[test]
    fn no_text_panics(source in "\\PC{0,200}") {
        let _ = read(&[("src/lib.rs", &source)]);
    }

    #[test]
    fn no_cut_panics(end in 0..super::example::SOURCE.len(), start in 0..super::example::SOURCE.len()) {
        let whole = super::example::SOURCE;
        let _ = read(&[("src/lib.rs", &whole[..end])]);
        let _ = read(&[("src/lib.rs", &whole[start..])]);
    }
}

#[test]
fn depth_and_length_do_not_overflow_the_stack() {
    let many = 100_000;
    let sources = [
        format!("#[derive(Table)] struct A {{ id: {}u8{} }}", "Vec<".repeat(many), ">".repeat(many)),
        format!("#[derive(Table)] struct A {{ id: {}u8 }}", "&".repeat(many)),
        format!("#[derive(Table)] struct A {{ id: fn() {} -> u8 }}", "-> fn()".repeat(many)),
        format!("#[doc = {}1] struct A;", "-".repeat(many)),
        format!("type A = {}u8;", "*const ".repeat(many)),
        format!("const A: u8 = 1 {};", "+ 1".repeat(many)),
        format!("#[derive(Enum)] enum A {{ B = 1 {} }}", "+ 1".repeat(many)),
        format!("fn f() {{ 1 {} }}", "+ 1".repeat(many)),
        format!("use a{};", "::a".repeat(many)),
        "(".repeat(many),
        format!("{}{}", "mod a {".repeat(many), "}".repeat(many)),
        format!("{}{}", "mod a {".repeat(250), "}".repeat(250)),
        format!("#[derive(Table)] #[enamel({}{})] struct A {{ id: i64 }}", "x(".repeat(250), ")".repeat(250)),
    ];
    for source in sources {
        let _ = read(&[("src/lib.rs", &source)]);
    }
}
