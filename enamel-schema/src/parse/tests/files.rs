//! Files along `mod` lines.

use super::{read, texts};
use crate::diagnostic::Level;
use crate::parse::{Settings, models};
use std::io;

/// The tables and the files of a package.
fn found(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let models = read(files).unwrap_or_else(|errors| panic!("{}", texts(&errors)));
    (models.schema.tables.iter().map(|table| table.name.to_string()).collect(), models.files)
}

fn errors(files: &[(&str, &str)]) -> String {
    texts(&read(files).unwrap_err())
}

fn notes(files: &[(&str, &str)]) -> Vec<String> {
    let models = read(files).unwrap_or_else(|errors| panic!("{}", texts(&errors)));
    models.notes.iter().map(|note| format!("{:?} {note}", note.level)).collect()
}

const A: &str = "#[derive(Table)] struct A { id: i64 }";
const B: &str = "#[derive(Table)] struct B { id: i64 }";

#[test]
fn modules_are_found_as_rustc_finds_them() {
    let (tables, files) = found(&[
        ("src/main.rs", "mod plain; mod nested; mod r#match; mod inline { mod deep; #[path = \"x.rs\"] mod y; }"),
        ("src/plain.rs", "mod child; #[path = \"else/where.rs\"] mod moved; mod inline { mod deeper; }"),
        ("src/plain/child.rs", A),
        ("src/plain/inline/deeper.rs", "#[derive(Table)] struct Deeper { id: i64 }"),
        ("src/else/where.rs", "mod beside;"),
        ("src/else/beside.rs", B),
        ("src/nested/mod.rs", "mod child;"),
        ("src/nested/child.rs", "#[derive(Table)] struct Nested { id: i64 }"),
        ("src/match.rs", "include!(\"parts/more.rs\");"),
        ("src/parts/more.rs", "#[derive(Table)] struct More { id: i64 } mod inner;"),
        ("src/parts/inner.rs", "#[derive(Table)] struct Inner { id: i64 }"),
        ("src/inline/deep.rs", "#[derive(Table)] struct Deep { id: i64 }"),
        ("src/inline/x.rs", "#[derive(Table)] struct X { id: i64 }"),
    ]);
    assert_eq!(tables, ["as", "bs", "deepers", "deeps", "inners", "mores", "nesteds", "xes"]);
    assert_eq!(files.len(), 13);
}

#[test]
fn a_path_on_an_inline_module_moves_its_folder() {
    let (tables, _) =
        found(&[("src/lib.rs", "#[path = \"other\"] mod inline { mod deep; }"), ("src/other/deep.rs", A)]);
    assert_eq!(tables, ["as"]);
}

#[test]
fn each_file_is_read_once() {
    let mut reads = Vec::new();
    let roots = ["src/lib.rs".to_owned(), "src/main.rs".to_owned(), "src/bin/../main.rs".to_owned()];
    let found = models(&roots, &Settings::default(), &mut |path| {
        reads.push(path.to_owned());
        match path {
            "src/lib.rs" | "src/main.rs" => Ok("mod models; #[path = \"models.rs\"] mod again;".to_owned()),
            "src/models.rs" => Ok(A.to_owned()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        }
    });
    assert_eq!(found.unwrap().schema.tables.len(), 1);
    assert_eq!(reads, ["src/lib.rs", "src/models.rs", "src/main.rs"]);
}

#[test]
fn tests_do_not_count() {
    let (tables, files) = found(&[(
        "src/lib.rs",
        "#[cfg(test)] mod tests;\n\
         #[cfg(all(test, feature = \"x\"))] mod tests { #[derive(Table)] struct A { id: i64 } }\n\
         #[cfg(any(test))] #[derive(Table)] struct C { id: i64 }\n\
         mod inner { #![cfg(test)] #[derive(Table)] struct E { id: i64 } }\n\
         #[cfg(not(test))] #[derive(Table)] struct D { id: i64, #[cfg(test)] x: Unknown }\n\
         #[cfg_attr(test, derive(Table))] struct F { id: i64 }",
    )]);
    assert_eq!(tables, ["ds"]);
    assert_eq!(files, ["src/lib.rs"]);
}

#[test]
fn other_conditions_are_taken_as_on() {
    let files = [
        (
            "src/lib.rs",
            "#[cfg(feature = \"x\")] mod on;\n\
             #[cfg(windows)] mod gone;\n\
             #[cfg_attr(feature = \"db\", derive(enamel_runtime::Table), enamel(table = \"bees\"))] struct B { id: i64 }",
        ),
        ("src/on.rs", A),
    ];
    assert_eq!(found(&files).0, ["as", "bees"]);
    assert_eq!(
        notes(&files),
        [
            "Note src/lib.rs:2: no file for module `gone`, which stands under `cfg(windows)`\n\
             note: looked for `src/gone.rs` or `src/gone/mod.rs`",
            "Note src/on.rs:1: model `A` stands under `cfg(feature = \"x\")`, which is taken as on",
        ]
    );
}

#[test]
fn a_missing_file_stops_everything() {
    assert_eq!(
        errors(&[("src/lib.rs", "mod gone;\n#[derive(Table)] struct A { id: Unknown }")]),
        "src/lib.rs:1: no file for module `gone`\nnote: looked for `src/gone.rs` or `src/gone/mod.rs`"
    );
    assert_eq!(
        errors(&[("src/lib.rs", "\n#[path = \"../up.rs\"] mod gone;")]),
        "src/lib.rs:2: no file for module `gone`\nnote: looked for `up.rs`"
    );
    let denied = models(&["src/lib.rs".to_owned()], &Settings::default(), &mut |_| {
        Err(io::Error::new(io::ErrorKind::PermissionDenied, "permission denied"))
    });
    assert_eq!(texts(&denied.unwrap_err()), "src/lib.rs:1: could not read `src/lib.rs`: permission denied");
}

#[test]
fn a_file_that_does_not_parse_stops_everything() {
    assert_eq!(
        errors(&[("src/lib.rs", "mod a;"), ("src/a.rs", "fn ok() {}\nstruct A { id: i64")]),
        "src/a.rs:2: this file does not parse\nhint: `cargo check` says more"
    );
    assert_eq!(
        errors(&[("src/lib.rs", "#[derive(Table)]\nsturct A { id: i64 }\nfn f() {}")]),
        "src/lib.rs:2: expected an item, found `sturct`\nhint: `cargo check` says more about source that does not parse"
    );
    let deep = format!("fn f() {{ {}{} }}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(errors(&[("src/lib.rs", &deep)]), "src/lib.rs:1: brackets are nested too deep");
}

#[test]
fn bodies_are_stepped_over() {
    let (tables, _) = found(&[(
        "src/lib.rs",
        "#!/usr/bin/env run\n//! Docs.\nextern crate std;\nuse std::{fmt, io::{self, Read}};\n\
         const fn f<const N: usize>() -> [u8; N] where [u8; N]: Sized { let gen = yield async move |x| x?; }\n\
         impl Matrix<{ 1 + 2 }, 3> for X { const A: i32 = 1; }\n\
         unsafe extern \"C\" { fn c(); }\n\
         static X: bool = 1 < 2;\nconst _: () = { struct Hidden; };\n\
         macro_rules! quiet { ($a:ident) => { struct $a { x: i32 } } }\n\
         ::std::thread_local! { static T: u8 = 1; }\n\
         pub(crate) trait Alias = Clone;\n\
         pub union U { a: u8 }\n\
         #[derive(Table)] pub(in crate::x) struct A where A: Sized { pub(crate) id: i64, }\n;",
    )]);
    assert_eq!(tables, ["as"]);
}

#[test]
fn models_in_macros_are_warned_of() {
    assert_eq!(
        notes(&[(
            "src/lib.rs",
            "macro_rules! table { ($a:ident) => { #[derive(Table)] struct $a { id: i64 } } }\n\
             wrap! { #[derive(Clone, enamel_runtime::Table)] struct A { id: i64 } }\n\
             include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));"
        )]),
        [
            "Warning src/lib.rs:1: `table!` derives `Table` in a macro: its models are not seen\n\
             hint: write these structs without the macro",
            "Warning src/lib.rs:2: `wrap!` derives `Table` in a macro: its models are not seen\n\
             hint: write these structs without the macro",
            "Note src/lib.rs:3: this `include!` is not followed: its path is known only to the compiler",
        ]
    );
}

#[test]
fn places_are_bytes_of_the_file() {
    let source = "// \u{e4}\u{1f980}\r\n#[derive(Table)]\r\nstruct \u{dc}ser {\r\n    id: Foo,\r\n}";
    let errors = read(&[("src/lib.rs", source)]).unwrap_err();
    let place = errors[0].place.as_ref().unwrap();
    assert_eq!((&source[place.range.clone()], place.line, errors[0].level), ("Foo", 4, Level::Error));
    let with_mark = format!("\u{feff}{source}");
    let errors = read(&[("src/lib.rs", &with_mark)]).unwrap_err();
    assert_eq!(&with_mark[errors[0].place.as_ref().unwrap().range.clone()], "Foo");
}
