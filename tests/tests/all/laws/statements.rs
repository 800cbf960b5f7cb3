//! A file is split into the statements that were written into it, whatever stands in their quotes, comments and bodies.

use super::chance::law;
use super::schemas::is_split_again;
use enamel_schema::Dialect;
use enamel_schema::render::{Script, Statement};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn statements_are_split_as_they_were_put_together() {
    let scripts = prop_oneof![script(Dialect::Sqlite), script(Dialect::Postgres)];
    law("statements_are_split_as_they_were_put_together", &scripts, |(dialect, statements)| {
        let script = Script { statements, ..Script::default() };
        is_split_again(&script, dialect)
    });
}

fn script(dialect: Dialect) -> impl Strategy<Value = (Dialect, Vec<Statement>)> {
    let must_be_empty = proptest::option::weighted(0.2, "[ -~]{0,12}");
    let statement = (statement(dialect), must_be_empty).prop_map(|(sql, must_be_empty)| Statement {
        sql,
        changes: Vec::new(),
        hazards: Vec::new(),
        must_be_empty,
    });
    vec(statement, 0..6).prop_map(move |statements| (dialect, statements))
}

/// One statement: it begins and ends with something that means something.
fn statement(dialect: Dialect) -> BoxedStrategy<String> {
    let plain =
        (select(vec!["SELECT", "INSERT", "DROP", "CREATE TABLE", "COMMENT", "x"]), terms(dialect), term(dialect))
            .prop_map(|(first, terms, last)| format!("{first} {terms} {last}"));
    let program = match dialect {
        Dialect::Postgres => prop_oneof![
            (body(dialect), Just("BEGIN ATOMIC"))
                .prop_map(|(body, begin)| format!("CREATE FUNCTION f(begin int) RETURNS int {begin} {body} END")),
            body(dialect)
                .prop_map(|body| format!("CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC {body} END")),
            body(dialect).prop_map(|body| format!(
                "CREATE FUNCTION f() RETURNS trigger AS $body$ BEGIN {body} END; $body$ LANGUAGE plpgsql"
            )),
            (terms(dialect), terms(dialect)).prop_map(|(one, other)| format!(
                "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT {one}; SELECT {other})"
            )),
        ]
        .boxed(),
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => prop_oneof![
            body(dialect).prop_map(|body| format!("CREATE TRIGGER t AFTER INSERT ON x BEGIN {body} END")),
            body(dialect).prop_map(|body| format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS t BEFORE UPDATE OF a ON x WHEN new.a BEGIN {body} END"
            )),
        ]
        .boxed(),
    };
    prop_oneof![4 => plain, 1 => program].boxed()
}

/// Statements in a body, each with its semicolon.
fn body(dialect: Dialect) -> impl Strategy<Value = String> {
    let case = terms(dialect).prop_map(|terms| format!("SELECT CASE WHEN {terms} THEN 1 ELSE 2 END AS x"));
    let plain = terms(dialect).prop_map(|terms| format!("UPDATE x SET {terms}"));
    vec(prop_oneof![case, plain], 1..4)
        .prop_map(|statements| statements.iter().map(|one| format!("{one};\n")).collect())
}

/// Terms, and what may stand between them.
fn terms(dialect: Dialect) -> impl Strategy<Value = String> {
    let nested = term(dialect).prop_map(|term| format!("({term})"));
    let comment = inside().prop_map(|text| format!("-- {}\n", text.replace(['\n', '\r'], " ")));
    let block = match dialect {
        // The comments of the others do not nest.
        Dialect::Postgres => {
            inside().prop_map(|text| format!("/* {} /* ; ' */ $$ */", text.replace(['*', '/'], " "))).boxed()
        }
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => {
            inside().prop_map(|text| format!("/* /* {} */", text.replace(['*', '/'], " "))).boxed()
        }
    };
    vec(prop_oneof![6 => term(dialect), 1 => nested, 1 => comment, 1 => block], 0..6).prop_map(|terms| terms.join(" "))
}

fn term(dialect: Dialect) -> BoxedStrategy<String> {
    let words = select(vec!["a", "users", "1", "-1.5e3", "||", "=", ",", ".", "::text", "ü", "a$b"]);
    let words = words.prop_map(str::to_owned);
    let doubled = |quote: char| {
        inside().prop_map(move |text| format!("{quote}{}{quote}", text.replace(quote, &quote.to_string().repeat(2))))
    };
    let common = prop_oneof![3 => words, 2 => doubled('\''), 2 => doubled('"')];
    match dialect {
        Dialect::Postgres => {
            let escapes = inside().prop_map(|text| format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")));
            let dollars = inside().prop_map(|text| format!("$$ {} $$", text.replace('$', " ")));
            let tagged = (select(vec!["a", "_", "ä1", "Tag"]), inside())
                .prop_map(|(tag, text)| format!("${tag}$ {} $$ $other$ ${tag}$", text.replace('$', " ")));
            let prefixed = (select(vec!["U&", "u&", "B", "X", "N"]), inside())
                .prop_map(|(prefix, text)| format!("{prefix}'{}'", text.replace('\'', "''")));
            let identifier = inside().prop_map(|text| format!("U&\"{}\"", text.replace('"', "\"\"")));
            prop_oneof![4 => common, 1 => escapes, 1 => dollars, 1 => tagged, 1 => prefixed, 1 => identifier].boxed()
        }
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => {
            let bracketed = inside().prop_map(|text| format!("[{}]", text.replace(']', " ")));
            let bytes = Just("x'00ff'".to_owned());
            let word = Just("end".to_owned());
            let number = select(vec!["?", "?12", ":a", "@b", "$c"]).prop_map(str::to_owned);
            let backticks = inside().prop_map(|text| format!("`{}`", text.replace('`', "``")));
            prop_oneof![4 => common, 1 => word, 1 => bracketed, 1 => bytes, 1 => number, 1 => backticks].boxed()
        }
    }
}

/// What may stand in quotes and comments.
fn inside() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "'",
        "''",
        "\"",
        "`",
        "[",
        "]",
        "$",
        "$$",
        "$a$",
        "--",
        "/*",
        "*/",
        ";",
        "\\",
        "(",
        ")",
        "BEGIN",
        "BEGIN ATOMIC",
        "; END;",
        "END",
        "CASE",
        "-- enamel: must be empty: x",
        "\n",
        "\r\n",
        " ",
        "é",
        "E'",
        "a",
    ]);
    vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}
