//! Checks.

use super::listed::is_bound_to_hold;
use super::{Demand, is_kept, mentioned};
use crate::diff::{listed, same_check};
use crate::plan::work::Work;
use crate::schema::{Check, Column, DefaultValue};

/// What to ask so that a check of the next table holds for the rows that are there.
pub(super) fn demand(work: &Work<'_>, check: &Check) -> Option<Demand> {
    let was_there = work.table.previous.checks.iter().any(|previous| same_check(previous, check));
    let kept = mentioned(work, &check.expression).all(|column| is_kept(work, &column.name));
    if was_there && kept || is_bound_to_hold(work, check) {
        return None;
    }
    let what = match listed(&check.expression) {
        Some((column, values)) => format!("whose {column} is none of {}", values.join(", ")),
        None => {
            format!("that break the check {}", check.expression.text().split_whitespace().collect::<Vec<_>>().join(" "))
        }
    };
    Some(Demand {
        what: format!("rows of {} {what}", work.table.next.name),
        columns: mentioned(work, &check.expression).map(|column| column.name.clone()).collect(),
        condition: format!("NOT ({})", work.before(&check.expression)),
    })
}

/// What to ask so that a check holds that comes with a column. One of that column alone is about its default, not about rows.
pub(super) fn demand_of_new(work: &Work<'_>, added: &Column, check: &Check) -> Option<Demand> {
    let is_alone = mentioned(work, &check.expression).all(|column| column.name == added.name);
    let passes = match &added.default {
        _ if work.backfill(&added.name).is_some() || added.generated.is_some() => false,
        Some(DefaultValue::Sql(default)) => {
            listed(&check.expression).is_some_and(|(_, values)| values.iter().any(|value| value == default.text()))
        }
        // NULL passes every check.
        Some(_) | None => true,
    };
    if is_alone && passes { None } else { demand(work, check) }
}
