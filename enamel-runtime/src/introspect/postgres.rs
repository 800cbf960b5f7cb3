//! PostgreSQL's catalogue, in a constant number of queries, whatever the number of tables.
//!
//! Expressions are as the server prints them, with the names qualified that are not on the search path: two databases are compared, or two sets of
//! tables in one, each with its own first on the search path.

mod table;

use super::{Scope, is_ignored, unreadable};
use crate::connection::{Connection, DriverError};
use enamel_schema::schema::{Enumeration, EnumerationValue, Found, Schema, Storage, Unmodelled, UnmodelledKind};
use enamel_schema::{Name, TableName};
use table::Tables;

/// Reads the connection's database.
pub(super) async fn introspect<C: Connection>(connection: &mut C, scope: &Scope<'_>) -> Result<Found, DriverError> {
    let place = include_str!("postgres/place.sql");
    let mut ask = async |sql: &str| -> Result<Vec<Cells>, DriverError> {
        let rows = connection.rows(&format!("{place}{sql}")).await?;
        Ok(rows.into_iter().map(|row| Cells(row.into_iter())).collect())
    };
    let mut unmodelled = Vec::new();
    let enumerations = enumerations(ask(include_str!("postgres/enumerations.sql")).await?)?;
    let is_known = |enumeration: &Enumeration| scope.knows_enumeration(&enumeration.name);
    let enumerations: Vec<Enumeration> = enumerations.into_iter().filter(is_known).collect();
    let mut tables = Tables::new(scope, &enumerations);
    tables.list(ask(include_str!("postgres/tables.sql")).await?)?;
    let (ours, others) = (looked_at(tables.ours()), looked_at(tables.others()));
    tables.columns(ask(&format!("{ours}{}", include_str!("postgres/columns.sql"))).await?)?;
    tables.constraints(ask(&format!("{ours}{}", include_str!("postgres/constraints.sql"))).await?)?;
    tables.indexes(ask(&format!("{ours}{}", include_str!("postgres/indexes.sql"))).await?)?;
    if scope.defines_others && tables.others().next().is_some() {
        tables.columns(ask(&format!("{others}{}", include_str!("postgres/columns.sql"))).await?)?;
        tables.definitions(ask(&format!("{others}{}", include_str!("postgres/definitions.sql"))).await?)?;
    }
    for cells in ask(concat!(include_str!("postgres/unmodelled.sql"), include_str!("postgres/properties.sql"))).await? {
        let object = object(cells)?;
        let object = Unmodelled { table: object.table.map(|table| tables.called(table)), ..object };
        let is_ours = object.kind == UnmodelledKind::Type && enumerations.iter().any(|known| known.name == object.name);
        let of = object.table.as_ref().map_or(object.name.as_str(), |table| table.name.as_str());
        if !is_ours && !is_ignored(object.name.as_str(), scope.ignore) && !is_ignored(of, scope.ignore) {
            unmodelled.push(object);
        }
    }
    let extensions = ask(include_str!("postgres/extensions.sql")).await?;
    let extensions = extensions.into_iter().map(|mut cells| cells.text()).collect::<Result<Vec<_>, _>>()?;
    let (tables, others) = tables.finish();
    unmodelled.extend(others);
    unmodelled.sort();
    let extensions = extensions.into_iter().filter(|extension| scope.knows_extension(extension)).collect();
    let mut schema = Schema { tables, enumerations, extensions };
    schema.sort();
    Ok(Found { schema, unmodelled })
}

/// The tables of which a query asks, by their numbers: what the server does for one that nobody asks about takes time.
fn looked_at<'t>(numbers: impl Iterator<Item = &'t str>) -> String {
    let numbers = numbers.collect::<Vec<_>>().join(",");
    format!(",\nlooked_at AS (SELECT pg_catalog.unnest('{{{numbers}}}'::oid[]) AS oid)\n")
}

/// The enums of the connection's own schema.
fn enumerations(rows: Vec<Cells>) -> Result<Vec<Enumeration>, DriverError> {
    let mut enumerations: Vec<Enumeration> = Vec::new();
    for mut cells in rows {
        let (name, value) = (cells.name()?, cells.text()?);
        if enumerations.last().is_none_or(|last| last.name != name) {
            enumerations.push(Enumeration { name, values: Vec::new(), storage: Storage::Native });
        }
        if let Some(last) = enumerations.last_mut() {
            let discriminant = i64::try_from(last.values.len()).unwrap_or_default();
            last.values.push(EnumerationValue { name: value, discriminant });
        }
    }
    Ok(enumerations)
}

fn object(mut cells: Cells) -> Result<Unmodelled, DriverError> {
    let kind = match cells.text()?.as_str() {
        "view" => UnmodelledKind::View,
        "materialized view" => UnmodelledKind::MaterializedView,
        "sequence" => UnmodelledKind::Sequence,
        "function" => UnmodelledKind::Function,
        "trigger" => UnmodelledKind::Trigger,
        "policy" => UnmodelledKind::Policy,
        "rule" => UnmodelledKind::Rule,
        "statistics" => UnmodelledKind::Statistics,
        "property" => UnmodelledKind::Property,
        _ => UnmodelledKind::Type,
    };
    let (schema, name) = (cells.optional_name()?, cells.name()?);
    let (table_schema, table) = (cells.optional_name()?, cells.optional_name()?);
    let table = table.map(|name| TableName { schema: table_schema, name });
    // What belongs to a table is where the table is.
    let name = if table.is_some() { name } else { shown(schema.as_ref(), name)? };
    Ok(Unmodelled { kind, name, table, sql: cells.text()? })
}

/// The name of something in another schema, as people write it.
fn shown(schema: Option<&Name>, name: Name) -> Result<Name, DriverError> {
    match schema {
        Some(schema) => Name::new(format!("{schema}.{name}")).map_err(|error| unreadable(error.to_string())),
        None => Ok(name),
    }
}

/// The cells of a row, taken one after the other.
struct Cells(std::vec::IntoIter<Option<String>>);

impl Cells {
    fn optional(&mut self) -> Option<String> {
        self.0.next().flatten()
    }

    fn text(&mut self) -> Result<String, DriverError> {
        self.optional()
            .ok_or_else(|| unreadable("the catalogue has a row without a value where one belongs".to_owned()))
    }

    /// A condition; NULL is false.
    fn is(&mut self) -> bool {
        self.optional().as_deref() == Some("t")
    }

    fn name(&mut self) -> Result<Name, DriverError> {
        Name::new(self.text()?).map_err(|error| unreadable(error.to_string()))
    }

    fn optional_name(&mut self) -> Result<Option<Name>, DriverError> {
        self.optional().map(|name| Name::new(name).map_err(|error| unreadable(error.to_string()))).transpose()
    }
}
