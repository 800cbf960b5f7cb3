//! What rustc says of models with mistakes, and that it says nothing of models without.

#[test]
fn messages_of_the_macros() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*.rs");
    cases.pass("ui/pass/*.rs");
}
