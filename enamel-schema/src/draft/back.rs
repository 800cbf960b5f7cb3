//! What the way back needs besides the changes turned round.
//!
//! What a revision dropped is gone: the way back makes the places again, and says that they are empty.

use crate::change::Change;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::pair::Pair;
use crate::plan::{Hazard, HazardKind, Operation, Plan, Rebuild, Step, object};
use crate::render::quote;
use crate::schema::{Column, Integer, Length, Schema, Sql, Storage, TableName, Type, Unmodelled, UnmodelledKind};

/// The edits of the way back, neutral: the renames turned round, and an empty value for each mandatory column that comes back.
pub(super) fn edits(schemas: Pair<&Schema>, changes: &[Change], edits: &Edits, dialect: Dialect) -> Edits {
    let mut back = edits.reversed();
    for change in changes {
        let Change::DropColumn { table, column } = change else { continue };
        let table = edits.previous_table(table);
        let neutral = schemas.previous.table(table).and_then(|table| table.column(&column.name));
        if let Some(neutral) = neutral.filter(|column| is_mandatory(column)) {
            let value = Sql::new(empty_value(&neutral.data_type, schemas.previous, dialect));
            back.backfills.insert((table.clone(), column.name.clone()), value);
        }
    }
    back
}

/// What a database has besides after the way there: renamed, and without what went with its table.
pub(super) fn unmodelled(unmodelled: &[Unmodelled], changes: &[Change], previous: &Schema) -> Vec<Unmodelled> {
    let kept: Vec<Unmodelled> = unmodelled.iter().filter(|object| !goes_along(object, changes)).cloned().collect();
    object::Object::all(&kept, changes, previous).into_iter().map(|object| object.unmodelled).collect()
}

/// Brings back the triggers that went with their tables, and says what does not come back. `edits` are those of the way there.
///
/// That older programs may break is not said: they are the ones that a way back is for.
pub(super) fn complete(
    down: &mut Plan,
    unmodelled: &[Unmodelled],
    changes: &[Change],
    edits: &Edits,
    dialect: Dialect,
) {
    for step in &mut down.steps {
        step.hazards.retain(|hazard| hazard.kind != HazardKind::BreaksOldCode);
        let lost: Vec<Hazard> = step.changes.iter().filter_map(does_not_come_back).collect();
        step.hazards.splice(0..0, lost);
        if let Operation::Rebuild(rebuild) = &step.operation {
            step.hazards.splice(0..0, only_casts(rebuild, edits, dialect));
        }
    }
    let gone = unmodelled.iter().filter(|object| goes_along(object, changes));
    down.steps.extend(gone.map(|object| Step {
        operation: Operation::Restore(object.clone()),
        changes: Vec::new(),
        hazards: Vec::new(),
    }));
}

const fn is_mandatory(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && column.generated.is_none() && column.identity.is_none()
}

/// The plainest value of a type, as SQL.
fn empty_value(data_type: &Type, schema: &Schema, dialect: Dialect) -> String {
    let text = |text: &str| quote::text(text);
    match data_type {
        Type::Boolean => "FALSE".to_owned(),
        Type::Integer(
            Integer::I8
            | Integer::I16
            | Integer::I32
            | Integer::I64
            | Integer::U8
            | Integer::U16
            | Integer::U32
            | Integer::U64,
        )
        | Type::Float
        | Type::Double => "0".to_owned(),
        Type::Decimal { .. } => text("0"),
        Type::Text { .. } | Type::Character | Type::KeyValue => text(""),
        Type::Bytes(Length::Any | Length::AtMost(_)) => quote::bytes(&[], dialect),
        Type::Bytes(Length::Exactly(bytes)) if dialect == Dialect::Postgres => {
            format!("decode(repeat('00', {bytes}), 'hex')")
        }
        Type::Bytes(Length::Exactly(bytes)) => format!("zeroblob({bytes})"),
        Type::Uuid if dialect != Dialect::Postgres => "zeroblob(16)".to_owned(),
        Type::Uuid | Type::UuidText => text("00000000-0000-0000-0000-000000000000"),
        Type::TimestampWithZone => text("1970-01-01 00:00:00+00:00"),
        Type::Timestamp => text("1970-01-01 00:00:00"),
        Type::Date => text("1970-01-01"),
        Type::Time | Type::Interval => text("00:00:00"),
        Type::Json => text("null"),
        Type::Array(_) => text("{}"),
        Type::IpAddress => text("0.0.0.0"),
        Type::MacAddress => text("00:00:00:00:00:00"),
        Type::Enumeration(name) => {
            let first = schema.enumeration(name).and_then(|all| Some((all.storage, all.values.first()?)));
            first.map_or_else(
                || text(""),
                |(storage, value)| match storage {
                    Storage::Native | Storage::Text => text(&value.name),
                    Storage::Integer => value.discriminant.to_string(),
                },
            )
        }
        Type::Sql(sql) => {
            let name = sql.for_dialect(dialect).unwrap_or_default().to_ascii_uppercase();
            let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
            if has(&["CHAR", "CLOB", "TEXT"]) {
                text("")
            } else if name.ends_with(']') {
                text("{}")
            } else {
                "0".to_owned()
            }
        }
    }
}

/// Whether an object is a trigger of a table that goes.
fn goes_along(object: &Unmodelled, changes: &[Change]) -> bool {
    let dropped = |table: &TableName| {
        changes.iter().any(|change| matches!(change, Change::DropTable(gone) if gone.name == *table))
    };
    matches!(object.kind, UnmodelledKind::Trigger | UnmodelledKind::Policy)
        && object.table.as_ref().is_some_and(dropped)
}

/// What the user's own conversions made of values is not undone: nobody said how.
fn only_casts(rebuild: &Rebuild, edits: &Edits, dialect: Dialect) -> Vec<Hazard> {
    let (there, back) = (&rebuild.table.previous, &rebuild.table.next);
    let given = edits.conversions.iter().filter(|(_, sql)| sql.for_dialect(dialect).is_some()).map(|(key, _)| key);
    let of_table = given.filter(|(table, _)| edits.previous_table(table) == &back.name);
    let columns = of_table.map(|(table, column)| edits.previous_column(table, column));
    let kept = columns.filter(|column| there.column(column).is_some() && back.column(column).is_some());
    let text = |column| format!("the conversion of {}.{column} has no way back; it only casts", back.name);
    let hazard = |column| Hazard { kind: HazardKind::DataLoss, table: back.name.clone(), text: text(column) };
    kept.map(hazard).collect()
}

fn does_not_come_back(change: &Change) -> Option<Hazard> {
    let (table, text) = if let Change::AddColumn { table, column } = change {
        if column.generated.is_some() {
            return None;
        }
        (table, format!("what {table}.{} held does not come back", column.name))
    } else if let Change::CreateTable(table) = change {
        (&table.name, format!("the rows that {} held do not come back", table.name))
    } else {
        return None;
    };
    Some(Hazard { kind: HazardKind::DataLoss, table: table.clone(), text })
}
