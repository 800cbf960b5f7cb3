//! Columns that count (<https://www.postgresql.org/docs/13/sql-createsequence.html>).

use crate::pair::Pair;
use crate::render::quote::{identifier, qualified, text};
use crate::schema::{Bounds, Column, Counting, Identity, TableName, numbers_of};

/// What makes a column count.
pub(super) fn definition(identity: Identity) -> String {
    let stated = stated(identity.counting);
    let options = if stated.is_empty() { String::new() } else { format!(" ({})", stated.join(" ")) };
    format!("GENERATED {} AS IDENTITY{options}", giver(identity))
}

/// What makes a column that counts do so in another way. Numbers that may be out of bounds by then begin anew, and go on by [`count_on`].
pub(super) fn alter(identity: Pair<Identity>, column: &Column) -> String {
    let numbers = numbers_of(&column.data_type);
    let Pair { previous, next } = identity.map(|identity| identity.counting);
    let full = Pair::new(previous.in_full(&numbers), next.in_full(&numbers));
    let bound = |word: &str, number: Option<i64>| {
        number.map_or_else(|| format!("SET NO {word}"), |number| format!("SET {word} {number}"))
    };
    let differs = |what: fn(&Bounds) -> i64| what(&full.previous) != what(&full.next);
    let actions = [
        (identity.previous.always != identity.next.always, format!("SET GENERATED {}", giver(identity.next))),
        (differs(|full| full.start), format!("SET START WITH {}", full.next.start)),
        (differs(|full| full.increment), format!("SET INCREMENT BY {}", full.next.increment)),
        (differs(|full| full.minvalue), bound("MINVALUE", next.minvalue)),
        (differs(|full| full.maxvalue), bound("MAXVALUE", next.maxvalue)),
        (previous.cache != next.cache, format!("SET CACHE {}", next.cache.unwrap_or(1))),
        (previous.cycle != next.cycle, if next.cycle { "SET CYCLE" } else { "SET NO CYCLE" }.to_owned()),
        (full.previous.may_leave(&full.next), "RESTART".to_owned()),
    ];
    actions.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, words)| words).collect::<Vec<_>>().join(" ")
}

/// The sequence behind a column goes on after its last value, or where a former one is
/// (<https://www.postgresql.org/docs/13/functions-sequence.html>).
pub(super) fn count_on(table: &TableName, column: &Column, after: Option<&TableName>) -> String {
    let sequence = format!("pg_get_serial_sequence({}, {})", text(&qualified(table)), text(column.name.as_str()));
    let counting = column.identity.unwrap_or_default().counting;
    let Bounds { start, increment, minvalue, maxvalue } = counting.in_full(&numbers_of(&column.data_type));
    let is_down = increment < 0;
    if let Some(former) = after {
        let next = format!("nextval({})", text(&qualified(former)));
        let next = match (counting.minvalue, counting.maxvalue) {
            (Some(_), _) if !is_down => format!("GREATEST({next}, {minvalue})"),
            (_, Some(_)) if is_down => format!("LEAST({next}, {maxvalue})"),
            (Some(_) | None, _) => next,
        };
        return format!("SELECT setval({sequence}, {next}, false)");
    }
    let name = identifier(&column.name);
    let next = if is_down {
        format!("LEAST(min({name}) - {}, {start})", increment.unsigned_abs())
    } else {
        format!("GREATEST(max({name}) + {increment}, {start})")
    };
    format!("SELECT setval({sequence}, {next}, false)\nFROM {}", qualified(table))
}

/// Who gives the numbers.
const fn giver(identity: Identity) -> &'static str {
    if identity.always { "ALWAYS" } else { "BY DEFAULT" }
}

fn stated(counting: Counting) -> Vec<String> {
    let words = ["START WITH", "INCREMENT BY", "MINVALUE", "MAXVALUE", "CACHE"];
    let numbers = words.into_iter().zip(counting.numbers());
    let mut stated: Vec<String> =
        numbers.filter_map(|(word, (_, number))| Some(format!("{word} {}", number?))).collect();
    stated.extend(counting.cycle.then(|| "CYCLE".to_owned()));
    stated
}
