//! Models as programs write them.

use super::{Models, Settings, models};
use crate::diagnostic::{Diagnostic, Level};
use std::collections::BTreeMap;
use std::io;

mod attributes;
mod example;
mod files;
mod mistakes;
mod properties;
mod types;

/// Reads the models of files that are given by their paths; the first is the root.
fn read(files: &[(&str, &str)]) -> Result<Models, Vec<Diagnostic>> {
    read_with(files, &Settings::default())
}

fn read_with(files: &[(&str, &str)], settings: &Settings) -> Result<Models, Vec<Diagnostic>> {
    let by_path: BTreeMap<&str, &str> = files.iter().copied().collect();
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    models(&[files[0].0.to_owned()], settings, &mut |path| {
        by_path.get(path).map(|text| (*text).to_owned()).ok_or_else(missing)
    })
}

/// The models of one file that has no mistakes.
fn schema(source: &str) -> crate::schema::Schema {
    match read(&[("src/lib.rs", source)]) {
        Ok(models) => models.schema,
        Err(errors) => panic!("{}", texts(&errors)),
    }
}

/// The mistakes of one file, as text.
fn mistakes(source: &str) -> String {
    texts(&read(&[("src/lib.rs", source)]).unwrap_err())
}

fn texts(diagnostics: &[Diagnostic]) -> String {
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.level == Level::Error));
    diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_small_model() {
    let schema = schema("#[derive(Table)] struct User { #[enamel(primary_key)] id: i64, email: Option<String> }");
    let table = &schema.tables[0];
    assert_eq!(table.name.to_string(), "users");
    assert!(table.columns[0].identity.is_some());
    assert!(table.columns[1].nullable);
}

#[test]
fn all_mistakes_at_once() {
    assert_eq!(
        mistakes(
            "#[derive(Table)]\n#[enamel(tabel = \"x\")]\nstruct User {\n #[enamel(defualt = 1)]\n id: i64,\n x: Foo,\n}"
        ),
        "src/lib.rs:2: unknown attribute `tabel` of a table\n\
         hint: did you mean `table`?\n\
         src/lib.rs:4: unknown attribute `defualt` of a column\n\
         hint: did you mean `default`?\n\
         src/lib.rs:6: no column type is known for `Foo`\n\
         hint: say it as SQL: `type = \"…\"` on the field, or for the whole package `Foo = \"…\"` under \
         `[package.metadata.enamel.types]`\n\
         hint: leave the field out: `skip`; or keep it as JSON: `json`"
    );
}
