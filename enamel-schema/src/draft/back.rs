//! What the way back needs besides the changes turned round.
//!
//! What a revision dropped is gone: the way back makes the places again, and says that they are empty.

use crate::change::Change;
use crate::dialect::Dialect;
use crate::edits::Edits;
use crate::lower::spelled;
use crate::pair::Pair;
use crate::plan::{Hazard, HazardKind, Operation, Plan, Step, conversion_back, is_convertible, object};
use crate::render::quote;
use crate::schema::{
    Column, DefaultValue, Integer, Length, Name, Schema, Sql, Storage, Table, TableName, Type, Unmodelled,
    UnmodelledKind,
};
use crate::split::mentions;

/// The edits of the way back, neutral: the renames turned round, an empty value for each mandatory column that comes back, and the likeliest
/// conversion where the database knows none. `lowered` are the ends of `changes`.
pub(super) fn edits(
    schemas: Pair<&Schema>,
    lowered: Pair<&Schema>,
    changes: &[Change],
    edits: &Edits,
    dialect: Dialect,
) -> Edits {
    let mut back = edits.reversed();
    for change in changes {
        if let Change::DropColumn { table, column } = change {
            let table = edits.previous_table(table);
            let neutral = schemas.previous.table(table).and_then(|table| table.column(&column.name));
            let neutral = neutral.filter(|column| is_mandatory(column));
            let value = neutral.and_then(|neutral| empty_value(&neutral.data_type, schemas.previous, dialect));
            back.backfills.extend(value.map(|value| ((table.clone(), column.name.clone()), Sql::new(value))));
        } else if let Change::AlterColumn { table, column } = change {
            let name = edits.previous_column(table, &column.next.name);
            let reversed = column.as_ref().reversed();
            if !is_convertible(reversed, lowered.reversed(), dialect) {
                let value = conversion_back(reversed, dialect);
                back.conversions.insert((edits.previous_table(table).clone(), name.clone()), Sql::new(value));
            }
        }
    }
    back
}

/// What a database has besides after the way there: renamed, and without what went.
pub(super) fn unmodelled(unmodelled: &[Unmodelled], changes: &[Change], previous: &Schema) -> Vec<Unmodelled> {
    let kept: Vec<Unmodelled> = unmodelled.iter().filter(|object| !goes_along(object, changes)).cloned().collect();
    let renamed = object::Object::all(&kept, changes, previous).into_iter().map(|object| object.unmodelled);
    renamed.filter(|object| !counts_otherwise(object, changes)).collect()
}

/// Brings back the triggers and the like that went with their tables, and says what does not come back. `edits` are those of the way there.
///
/// That older programs may break is not said: they are the ones that a way back is for.
pub(super) fn complete(
    down: &mut Plan,
    unmodelled: &[Unmodelled],
    changes: &[Change],
    previous: &Schema,
    edits: &Edits,
    dialect: Dialect,
) {
    for step in &mut down.steps {
        step.hazards.retain(|hazard| hazard.kind != HazardKind::BreaksOldCode);
        let lost: Vec<Hazard> = step.changes.iter().filter_map(does_not_come_back).collect();
        step.hazards.splice(0..0, lost);
        if let Operation::Rebuild(rebuild) = &step.operation {
            let table = &rebuild.table;
            let has = |table: &Table, column: &Name| table.column(column).is_some();
            let is_kept = |column: &Name| has(&table.previous, column) && has(&table.next, column);
            step.hazards.splice(0..0, only_casts(&table.next.name, is_kept, edits, dialect));
        } else if let Operation::Retype { table, columns } = &step.operation {
            let is_kept = |column: &Name| columns.iter().any(|retyping| retyping.column.next.name == *column);
            step.hazards.splice(0..0, only_casts(table, is_kept, edits, dialect));
        }
    }
    let gone = unmodelled.iter().filter(|object| goes_along(object, changes));
    down.steps.extend(gone.map(|object| serves(Operation::Restore(object.clone()))));
    let mut counting = Vec::new();
    for sequence in unmodelled {
        if let Some(operations) = counts_again(sequence, changes, previous, edits) {
            down.steps.extend(operations.map(serves));
            counting.push(sequence);
        }
    }
    let is_about = |object: &Unmodelled| {
        let mut counting = counting.iter().filter(|sequence| sequence.table == object.table);
        object.kind == UnmodelledKind::Property
            && counting.any(|sequence| mentions(&object.sql, sequence.name.as_str()))
    };
    let said = unmodelled.iter().filter(|object| is_about(object));
    down.steps.extend(said.map(|object| serves(Operation::Restore(object.clone()))));
}

const fn serves(operation: Operation) -> Step {
    Step { operation, changes: Vec::new(), hazards: Vec::new() }
}

/// A `serial` column that counted in another way meanwhile counts by the same sequence again.
fn counts_again(object: &Unmodelled, changes: &[Change], previous: &Schema, edits: &Edits) -> Option<[Operation; 4]> {
    let (name, table) = (object::counted_column(object)?, object.table.clone()?);
    let counts_otherwise = |change: &Change| {
        matches!(change, Change::AlterColumn { table: of, column }
            if *edits.previous_table(of) == table
                && *edits.previous_column(of, &column.next.name) == name
                && column.previous.identity != column.next.identity)
    };
    let column = previous.table(&table)?.column(&name).filter(|_| changes.iter().any(counts_otherwise))?;
    let alter = |previous: Column, next: Column| {
        Operation::Change(Box::new(Change::AlterColumn { table: table.clone(), column: Pair::new(previous, next) }))
    };
    let plain = Column { identity: None, ..column.clone() };
    let sequence = TableName { schema: table.schema.clone(), name: object.name.clone() };
    let default = format!("nextval({})", quote::text(&quote::qualified(&sequence)));
    let counting = Column { default: Some(DefaultValue::Sql(Sql::new(default))), ..plain.clone() };
    Some([
        alter(column.clone(), plain.clone()),
        Operation::Restore(object.clone()),
        alter(plain, counting),
        Operation::CountOn { table: table.clone(), column: Box::new(column.clone()), after: None },
    ])
}

const fn is_mandatory(column: &Column) -> bool {
    !column.nullable && column.default.is_none() && column.generated.is_none() && column.identity.is_none()
}

/// The plainest value of a type, as SQL. `None` for a type of which nobody knows its values.
fn empty_value(data_type: &Type, schema: &Schema, dialect: Dialect) -> Option<String> {
    let text = |text: &str| quote::text(text);
    let value = match data_type {
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
        Type::Sql(sql) if dialect == Dialect::Postgres => {
            let spelled = spelled(sql.for_dialect(dialect).unwrap_or_default(), dialect);
            return empty_on_postgres(&spelled).map(text);
        }
        Type::Sql(sql) => {
            let name = sql.for_dialect(dialect).unwrap_or_default().to_ascii_uppercase();
            let is_text = ["CHAR", "CLOB", "TEXT"].iter().any(|part| name.contains(part));
            if is_text { text("") } else { "0".to_owned() }
        }
    };
    Some(value)
}

/// As a text, which becomes a value of its column by itself.
fn empty_on_postgres(data_type: &str) -> Option<&'static str> {
    if data_type.ends_with("[]") {
        return Some("{}");
    }
    let value = match data_type.split('(').next().unwrap_or_default() {
        "text" | "varchar" | "char" | "citext" | "hstore" | "tsvector" | "xml" | "bytea" | "varbit" => "",
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double precision" | "money" => "0",
        "boolean" => "f",
        "timestamp" | "timestamptz" => "1970-01-01 00:00:00+00:00",
        "date" => "1970-01-01",
        "time" | "interval" => "00:00:00",
        "timetz" => "00:00:00+00:00",
        "uuid" => "00000000-0000-0000-0000-000000000000",
        "json" | "jsonb" => "null",
        "inet" | "cidr" => "0.0.0.0",
        "macaddr" => "00:00:00:00:00:00",
        "point" => "(0,0)",
        "int4range" | "int8range" | "numrange" | "tsrange" | "tstzrange" | "daterange" => "empty",
        _ => return None,
    };
    Some(value)
}

/// Whether an object belongs to a table that goes.
fn goes_along(object: &Unmodelled, changes: &[Change]) -> bool {
    let dropped = |table: &TableName| {
        changes.iter().any(|change| matches!(change, Change::DropTable(gone) if gone.name == *table))
    };
    object.kind.goes_with_its_table() && object.table.as_ref().is_some_and(dropped)
        || object.kind == UnmodelledKind::Property && changes.iter().any(|change| takes_along(change, object, changes))
}

/// Whether what a property was said of goes with a change, one of several.
fn takes_along(change: &Change, property: &Unmodelled, changes: &[Change]) -> bool {
    let name = if let Change::DropIndex { index, .. } = change {
        index.name.name()
    } else if let Change::DropUnique { unique, .. } = change {
        unique.name.name()
    } else if let Change::DropForeignKey { foreign_key, .. } = change {
        foreign_key.name.name()
    } else if let Change::DropCheck { check, .. } = change {
        check.name.name()
    } else if let Change::DropExclusion { exclusion, .. } = change {
        exclusion.name.name()
    } else if let Change::AlterPrimaryKey { primary_key, .. } = change {
        primary_key.previous.as_ref().and_then(|key| key.name.name())
    } else if let Change::DropColumn { column, .. } = change {
        Some(&column.name)
    } else if let Change::DropEnumeration(enumeration) = change {
        Some(&enumeration.name)
    } else {
        None
    };
    let table = change.table().map(|table| object::previous_name(changes, table));
    table == property.table.as_ref() && name.is_some_and(|name| mentions(&property.sql, name.as_str()))
}

/// Whether an object is the sequence of a `serial` column that stops counting, or counts in another way.
fn counts_otherwise(object: &Unmodelled, changes: &[Change]) -> bool {
    let Some((column, of)) = object::counted_column(object).zip(object.table.as_ref()) else { return false };
    changes.iter().any(|change| {
        matches!(change, Change::AlterColumn { table, column: ends }
            if table == of && ends.next.name == column && ends.previous.identity != ends.next.identity)
    })
}

/// What the user's own conversions made of values is not undone: nobody said how. `is_kept` says which columns are there at both ends.
fn only_casts(table: &TableName, is_kept: impl Fn(&Name) -> bool, edits: &Edits, dialect: Dialect) -> Vec<Hazard> {
    let given = edits.conversions.iter().filter(|(_, sql)| sql.for_dialect(dialect).is_some()).map(|(key, _)| key);
    let of_table = given.filter(|(of, _)| edits.previous_table(of) == table);
    let columns = of_table.map(|(of, column)| edits.previous_column(of, column)).filter(|column| is_kept(column));
    let text = |column| format!("the conversion of {table}.{column} has no way back; it only casts");
    let hazard = |column| Hazard { kind: HazardKind::DataLoss, table: table.clone(), text: text(column) };
    columns.map(hazard).collect()
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
