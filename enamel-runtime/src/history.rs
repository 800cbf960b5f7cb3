//! The history table: refinery's, with columns of ours beside.
//!
//! It is read by our own queries: whatever a row holds becomes a value or a typed error, never a panic.

use crate::claim::ClaimTable;
use crate::connection::{DriverError, DynConnection, Rows};
use crate::dialect::{Facts, qualified};
use crate::error::{Error, printable, shortened};
use enamel_schema::{Checksum, Version};

/// The history table of one package.
#[derive(Clone, Debug)]
pub(crate) struct HistoryTable {
    /// As people write it.
    pub(crate) name: String,
    /// As SQL does: quoted, and qualified once.
    pub(crate) qualified: String,
    /// The schema that it lives in, quoted, when that is known.
    schema: Option<String>,
    facts: &'static Facts,
}

/// One applied revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) version: Version,
    pub(crate) name: String,
    /// RFC 3339, as refinery wrote it. It is only shown.
    pub(crate) applied_on: String,
    pub(crate) sha256: Checksum,
    /// The text that leads back, for a program that no longer has the file.
    pub(crate) down: Option<String>,
    pub(crate) keeps_old_code: bool,
    pub(crate) applied_by: String,
}

/// What is written beside refinery's columns.
#[derive(Clone, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) sha256: Checksum,
    pub(crate) chain: Checksum,
    pub(crate) down: Option<&'a str>,
    pub(crate) keeps_old_code: bool,
    pub(crate) applied_by: &'a str,
    /// `None`: nobody measured.
    pub(crate) milliseconds: Option<u128>,
}

/// What the one `SELECT` of a launch with nothing to do finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Summit {
    pub(crate) version: Version,
    pub(crate) chain: Checksum,
}

/// What the look inside the lock finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The newest row, where it was asked for.
    pub(crate) summit: Option<Summit>,
    /// Whether there is a claim, perhaps.
    pub(crate) has_claim: bool,
}

impl Record<'_> {
    /// The cells of [`OURS`], as literals.
    fn cells(&self, facts: &Facts) -> [String; 6] {
        let literal = facts.literal;
        let or_null = |cell: Option<String>| cell.unwrap_or_else(|| "NULL".to_owned());
        [
            literal(&self.sha256.to_string()),
            literal(&self.chain.to_string()),
            or_null(self.down.map(literal)),
            u8::from(self.keeps_old_code).to_string(),
            literal(self.applied_by),
            or_null(self.milliseconds.map(|milliseconds| milliseconds.to_string())),
        ]
    }
}

/// The columns that are ours, in the order of the table.
const OURS: [&str; 6] = ["sha256", "chain", "down", "keeps_old_code", "applied_by", "milliseconds"];

impl HistoryTable {
    pub(crate) fn new(name: &str, facts: &'static Facts) -> Self {
        let schema = facts.schema.map(str::to_owned);
        Self { name: name.to_owned(), qualified: qualified(facts.schema, name), schema, facts }
    }

    /// Whether it is known which schema it lives in.
    pub(crate) const fn is_settled(&self) -> bool {
        self.schema.is_some()
    }

    /// Says in which schema it lives, quoted.
    pub(crate) fn settle(&mut self, schema: String) {
        self.qualified = qualified(Some(&schema), &self.name);
        self.schema = Some(schema);
    }

    /// The table of claims beside it.
    pub(crate) fn claims(&self) -> ClaimTable {
        ClaimTable::new(&self.name, self.schema.as_deref(), self.facts)
    }

    /// The newest row, in one `SELECT`. `None` when there is none, or none that enamel wrote.
    ///
    /// # Errors
    ///
    /// What the driver says; among it that there is no such table.
    pub(crate) async fn probe(&self, connection: &mut dyn DynConnection) -> Result<Option<Summit>, DriverError> {
        // A condition would be worked out by the planner as well, and takes as long again.
        let sql =
            format!("SELECT version, chain{} FROM {} ORDER BY version DESC LIMIT 1", self.own(", "), self.qualified);
        let newest = connection.ask(&sql).await?.pop().map(Vec::into_iter);
        Ok(newest.and_then(|mut cells| match (cells.next()?, cells.next()?, cells.next()) {
            (version, chain, None) => summit(version, chain),
            (version, chain, Some(own)) => summit(version, chain).filter(|_| own.as_deref() == Some("t")),
        }))
    }

    /// What is asked inside the lock: whether there is a claim, and, where the history is known to be there, its newest row.
    pub(crate) fn look(&self, claims: &ClaimTable, is_known: bool) -> String {
        if !is_known {
            return claims.look().to_owned();
        }
        format!("SELECT version, chain, {} FROM {} ORDER BY version DESC LIMIT 1", claims.is_there(), self.qualified)
    }

    /// What came of it.
    pub(crate) fn found(is_known: bool, mut rows: Rows) -> Found {
        if !is_known {
            return Found { summit: None, has_claim: !rows.is_empty() };
        }
        match rows.pop().map(<[Option<String>; 3]>::try_from) {
            Some(Ok([version, chain, claim])) => Found { summit: summit(version, chain), has_claim: claim.is_some() },
            // The rows have been removed since: perhaps there is a claim.
            Some(Err(_)) | None => Found { summit: None, has_claim: true },
        }
    }

    /// The rows from a revision on, in one `SELECT`, each with whether it keeps older programs working. `None` when enamel did not write one of
    /// them.
    ///
    /// # Errors
    ///
    /// What the driver says; among it that there is no such table.
    pub(crate) async fn from(
        &self,
        version: Version,
        connection: &mut dyn DynConnection,
    ) -> Result<Option<Vec<(Summit, bool)>>, DriverError> {
        let sql = format!(
            "SELECT version, chain, keeps_old_code FROM {} WHERE version >= {}{} ORDER BY version",
            self.qualified,
            version.number(),
            self.own(" AND ")
        );
        let rows = connection.ask(&sql).await?.into_iter().map(|row| match <[Option<String>; 3]>::try_from(row) {
            Ok([version, chain, keeps]) => Some((summit(version, chain)?, keeps_old_code(keeps.as_deref()))),
            Err(_) => None,
        });
        Ok(rows.collect())
    }

    /// A condition on the rows of a table whose schema is not known yet, behind what leads to it.
    fn own(&self, word: &str) -> String {
        let condition = if self.is_settled() { None } else { (self.facts.is_own)(&self.name) };
        condition.map(|condition| format!("{word}{condition}")).unwrap_or_default()
    }

    /// Every row, sorted by version; `None` when there is no history table.
    pub(crate) async fn read(&self, connection: &mut dyn DynConnection) -> Result<Option<Vec<Row>>, Error> {
        let reading = |source| Error::Driver { doing: format!("read the history table {}", self.name), source };
        let columns =
            connection.ask(&(self.facts.columns)(self.schema.as_deref(), &self.name)).await.map_err(reading)?;
        if columns.is_empty() {
            return Ok(None);
        }
        let present = |column: &&&str| columns.iter().flatten().flatten().any(|name| name == **column);
        if let Some(missing) = ["version", "name", "applied_on"].iter().chain(&OURS).find(|column| !present(column)) {
            return Err(Error::NotOurHistory { table: self.name.clone(), missing: (*missing).to_owned() });
        }
        let sql = format!(
            "SELECT version, name, applied_on, sha256, down, keeps_old_code, applied_by FROM {} ORDER BY version",
            self.qualified
        );
        self.parse(connection.ask(&sql).await.map_err(reading)?).map(Some)
    }

    /// Makes the table. refinery's columns are as refinery makes them, ours may be NULL.
    pub(crate) fn create(&self) -> String {
        format!(
            "CREATE TABLE {} (version int4 PRIMARY KEY, name VARCHAR(255), applied_on VARCHAR(255), checksum VARCHAR(255), \
             sha256 TEXT, chain TEXT, down TEXT, keeps_old_code INTEGER, applied_by TEXT, milliseconds INTEGER)",
            self.qualified
        )
    }

    /// The same as a statement of a script, which may find it there.
    pub(crate) fn create_if_missing(&self) -> String {
        self.create().replacen("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1) + ";\n"
    }

    /// refinery's `INSERT` of a row, with the cells that enamel keeps beside it. `None`: it is not of the form that refinery writes.
    pub(crate) fn with_ours(&self, row: &str, record: &Record<'_>) -> Option<String> {
        let (columns, cells) =
            row.strip_prefix("INSERT INTO ")?.strip_prefix(&self.qualified)?.split_once(") VALUES (")?;
        let cells = cells.strip_suffix(')')?;
        let (table, ours, our_cells) = (&self.qualified, OURS.join(", "), record.cells(self.facts).join(", "));
        Some(format!("INSERT INTO {table}{columns}, {ours}) VALUES ({cells}, {our_cells})"))
    }

    /// Inserts a row. `now` is an expression.
    pub(crate) fn insert(&self, version: Version, name: &str, now: &str, checksum: u64, record: &Record<'_>) -> String {
        format!(
            "INSERT INTO {} (version, name, applied_on, checksum, {}) VALUES ({}, {}, {now}, '{checksum}', {})",
            self.qualified,
            OURS.join(", "),
            version.number(),
            (self.facts.literal)(name),
            record.cells(self.facts).join(", "),
        )
    }

    /// Reads every cell.
    pub(crate) fn everything(&self) -> String {
        format!("SELECT * FROM {} ORDER BY version", self.qualified)
    }

    /// Removes one row.
    pub(crate) fn remove(&self, version: Version) -> String {
        format!("DELETE FROM {} WHERE version = {}", self.qualified, version.number())
    }

    /// Removes every row, also those that cannot be read.
    pub(crate) fn clear(&self) -> String {
        format!("DELETE FROM {}", self.qualified)
    }

    fn parse(&self, rows: Rows) -> Result<Vec<Row>, Error> {
        let unreadable = |row: usize, what: String| Error::UnreadableHistory { table: self.name.clone(), row, what };
        let mut parsed: Vec<Row> = Vec::with_capacity(rows.len());
        for (index, cells) in rows.into_iter().enumerate() {
            let row = row(cells).map_err(|what| unreadable(index + 1, what))?;
            if parsed.last().is_some_and(|previous| previous.version == row.version) {
                return Err(unreadable(index + 1, format!("its version {} is there twice", row.version)));
            }
            parsed.push(row);
        }
        Ok(parsed)
    }
}

/// One row, or what is wrong with it.
fn row(cells: Vec<Option<String>>) -> Result<Row, String> {
    let [version, name, applied_on, sha256, down, keeps_old_code, applied_by] =
        <[Option<String>; 7]>::try_from(cells).map_err(|cells| format!("it has {} columns", cells.len()))?;
    let version = version.unwrap_or_else(|| "NULL".to_owned());
    let number = version.parse().ok().and_then(Version::new).filter(|version| *version != Version::BASE);
    let sha256 = sha256.unwrap_or_else(|| "NULL".to_owned());
    Ok(Row {
        version: number.ok_or_else(|| format!("its version is {}", shortened(&version)))?,
        name: name.as_deref().map(shortened).unwrap_or_default(),
        applied_on: applied_on.as_deref().map(shortened).unwrap_or_default(),
        sha256: Checksum::parse(&sha256).ok_or_else(|| format!("its sha256 is {}", shortened(&sha256)))?,
        down,
        keeps_old_code: self::keeps_old_code(keeps_old_code.as_deref()),
        applied_by: applied_by.as_deref().map(printable).unwrap_or_default(),
    })
}

/// The newest revision of a history; `None` for one that enamel did not write.
fn summit(version: Option<String>, chain: Option<String>) -> Option<Summit> {
    Some(Summit { version: version?.parse().ok().and_then(Version::new)?, chain: Checksum::parse(&chain?)? })
}

/// Whether a cell says that older programs go on working. What is not said is not so.
fn keeps_old_code(cell: Option<&str>) -> bool {
    cell == Some("1")
}
