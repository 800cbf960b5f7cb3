//! Whatever the models were and whatever becomes of them, what is written for it is proven on a real SQLite.

mod fit;
mod kit;
mod testing;

use enamel_runtime::prove::{Claim, Replay};
use enamel_runtime::scratch::Scratch;
use enamel_runtime::{Dialect, Version};
use enamel_schema::arbitrary::schemas_with_renames;
use enamel_schema::draft::{Draft, draft};
use enamel_schema::naming::complete;
use enamel_schema::revision::{Header, write};
use enamel_schema::schema::Unmodelled;
use enamel_schema::{Edits, Pair, Schema};
use kit::with;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drafted_is_proven((schemas, edits) in schemas_with_renames()) {
        let schemas = schemas.map(fit::to_sqlite);
        let edits = fit::edits(&edits, &schemas);
        let previous = complete(&Schema::default(), &schemas.previous, &Edits::default());
        let next = complete(&previous, &schemas.next, &edits);
        proven(&previous, &next, &edits)?;
    }
}

/// More are tried when somebody asks for it: `PROPTEST_CASES=100000`.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200)
}

fn proven(previous: &Schema, next: &Schema, edits: &Edits) -> Result<(), TestCaseError> {
    let scratch = Scratch::sqlite();
    let first = texts(drafted(Pair::new(&Schema::default(), previous), &Edits::default(), &[])?);
    let claim = Claim { models: next, sealed: previous, ignore: &[] };
    let one = Version::new(1).unwrap_or_default();
    let replay = with(&[&first], |migrations| Replay::new(migrations, one, claim, &scratch))
        .map_err(|error| fail(&error, &[&first]))?;
    let second = texts(drafted(Pair::new(previous, next), edits, &replay.found().unmodelled)?);
    let proof = with(&[&first, &second], |migrations| replay.prove(migrations))
        .map_err(|error| fail(&error, &[&first, &second]))?;
    if proof.holds() { Ok(()) } else { Err(fail(&proof.lines().join("\n"), &[&first, &second])) }
}

fn drafted(schemas: Pair<&Schema>, edits: &Edits, unmodelled: &[Unmodelled]) -> Result<Draft, TestCaseError> {
    draft(schemas, edits, Dialect::Sqlite, unmodelled).map_err(|diagnostics| {
        let told: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        TestCaseError::fail(told.join("\n"))
    })
}

/// Up and down, as files.
fn texts(draft: Draft) -> Pair<String> {
    let header = Header { message: "step".to_owned(), ..Header::default() };
    let down = draft.down.unwrap_or_else(|| panic!("{:?}", draft.notes));
    Pair::new(write(&header, &draft.up, Dialect::Sqlite), write(&header, &down, Dialect::Sqlite))
}

fn fail(what: &dyn std::fmt::Display, texts: &[&Pair<String>]) -> TestCaseError {
    let texts: Vec<_> = texts.iter().map(|text| format!("{}\n---- down\n{}", text.previous, text.next)).collect();
    TestCaseError::fail(format!("{what}\n{}", texts.join("\n==== next\n")))
}
