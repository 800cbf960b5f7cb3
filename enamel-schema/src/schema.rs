//! What a schema is: tables, columns, keys, indexes, checks and enums, as values.
//!
//! One set of types serves the models as they are written (neutral), the models as one database holds them (lowered), the
//! schema that the lock file seals, and what introspection finds. They differ only in how much is filled in; `diff` compares any
//! two of a kind.

mod counting;

pub use counting::{Bounds, Counting, numbers_of};

use crate::dialect::Dialect;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

/// An identifier as the database knows it, unquoted. Never empty, never with a NUL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Takes a text as a name.
    ///
    /// # Errors
    ///
    /// When it is empty or holds a NUL character, which no database can store in an identifier.
    ///
    /// ```
    /// use enamel_schema::Name;
    /// assert_eq!(Name::new("Straße")?.as_str(), "Straße");
    /// assert!(Name::new("").is_err());
    /// # Ok::<(), enamel_schema::schema::InvalidName>(())
    /// ```
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidName> {
        let text = text.into();
        if text.is_empty() || text.contains('\0') { Err(InvalidName) } else { Ok(Self(text)) }
    }

    /// The text, unquoted.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text that cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidName;

impl fmt::Display for InvalidName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name may not be empty or hold a NUL character")
    }
}

impl std::error::Error for InvalidName {}

/// A table's name, with the schema it lives in when that is not the connection's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// The PostgreSQL schema or MySQL database, `None` for the connection's own.
    pub schema: Option<Name>,
    /// The name inside it.
    pub name: Name,
}

impl TableName {
    /// A table in the connection's own schema.
    pub const fn new(name: Name) -> Self {
        Self { schema: None, name }
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(formatter, "{schema}.")?;
        }
        write!(formatter, "{}", self.name)
    }
}

/// SQL that is kept to the letter: one text for all databases, or one a database, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sql {
    /// The text for every database without one of its own.
    pub any: Option<String>,
    /// The texts of single databases.
    pub by_dialect: BTreeMap<Dialect, String>,
}

impl Sql {
    /// One text for all databases.
    pub fn new(text: impl Into<String>) -> Self {
        Self { any: Some(text.into()), by_dialect: BTreeMap::new() }
    }

    /// The text for one database. MariaDB takes MySQL's when it has none of its own.
    pub fn for_dialect(&self, dialect: Dialect) -> Option<&str> {
        let own = self.by_dialect.get(&dialect);
        let kin = match dialect {
            Dialect::Mariadb => self.by_dialect.get(&Dialect::Mysql),
            Dialect::Sqlite | Dialect::Postgres | Dialect::Mysql => None,
        };
        own.or(kin).or(self.any.as_ref()).map(String::as_str)
    }

    /// The text of a lowered value, which has exactly one. Empty for a value that was not lowered.
    pub fn text(&self) -> &str {
        self.any.as_deref().unwrap_or_default()
    }
}

/// Everything that models can say about a database.
///
/// Tables, enums and extensions are sorted by name, so that equal schemas are equal values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The tables, sorted by name.
    pub tables: Vec<Table>,
    /// The enums, sorted by name. In a lowered schema only those that are types of their own.
    pub enumerations: Vec<Enumeration>,
    /// The PostgreSQL extensions that must be there, sorted.
    pub extensions: Vec<String>,
}

impl Schema {
    /// The table of a name.
    pub fn table(&self, name: &TableName) -> Option<&Table> {
        self.tables.iter().find(|table| &table.name == name)
    }

    /// The table of a name, to be changed.
    pub fn table_mut(&mut self, name: &TableName) -> Option<&mut Table> {
        self.tables.iter_mut().find(|table| &table.name == name)
    }

    /// The enum of a name.
    pub fn enumeration(&self, name: &Name) -> Option<&Enumeration> {
        self.enumerations.iter().find(|enumeration| &enumeration.name == name)
    }

    /// Brings tables, enums and extensions into their order. Columns keep theirs, which is the models'.
    pub fn sort(&mut self) {
        self.tables.sort_by(|left, right| left.name.cmp(&right.name));
        self.enumerations.sort_by(|left, right| left.name.cmp(&right.name));
        self.extensions.sort();
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: TableName,
    /// Its columns, in the order of the model's fields.
    pub columns: Vec<Column>,
    /// Its primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Its unique constraints, in the order of the model.
    pub uniques: Vec<Unique>,
    /// Its indexes, in the order of the model.
    pub indexes: Vec<Index>,
    /// Its foreign keys, in the order of the model.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its checks, in the order of the model.
    pub checks: Vec<Check>,
    /// Its exclusion constraints (PostgreSQL).
    pub exclusions: Vec<Exclusion>,
    /// What only some databases know.
    pub options: TableOptions,
    /// A comment kept in the database.
    pub comment: Option<String>,
}

impl Table {
    /// A table without anything in it.
    pub fn new(name: TableName) -> Self {
        Self {
            name,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            exclusions: Vec::new(),
            options: TableOptions::default(),
            comment: None,
        }
    }

    /// The column of a name.
    pub fn column(&self, name: &Name) -> Option<&Column> {
        self.columns.iter().find(|column| &column.name == name)
    }
}

/// What only some databases know of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// SQLite: `STRICT` (<https://www.sqlite.org/stricttables.html>).
    pub strict: bool,
    /// SQLite: `WITHOUT ROWID` (<https://www.sqlite.org/withoutrowid.html>).
    pub without_rowid: bool,
    /// PostgreSQL: `UNLOGGED`.
    pub unlogged: bool,
    /// MySQL: the storage engine.
    pub engine: Option<String>,
    /// MySQL: the character set.
    pub charset: Option<String>,
    /// MySQL: the collation of the table.
    pub collation: Option<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub data_type: Type,
    /// Whether it may hold NULL.
    pub nullable: bool,
    /// What an insert without it stores.
    pub default: Option<DefaultValue>,
    /// The expression that it is always computed from.
    pub generated: Option<Generated>,
    /// That it counts up by itself.
    pub identity: Option<Identity>,
    /// The collation of its text.
    pub collation: Option<Sql>,
    /// A comment kept in the database.
    pub comment: Option<String>,
}

impl Column {
    /// A column that may not hold NULL and has nothing else.
    pub const fn new(name: Name, data_type: Type) -> Self {
        Self {
            name,
            data_type,
            nullable: false,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            comment: None,
        }
    }
}

/// What a column holds.
///
/// A neutral schema uses every variant. A lowered one uses only [`Type::Sql`], the database's own spelling, and
/// [`Type::Enumeration`] where enums are types with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Boolean,
    /// A whole number.
    Integer(Integer),
    /// `f32`
    Float,
    /// `f64`
    Double,
    /// Text, with at most so many characters.
    Text {
        /// Characters, not bytes.
        max_length: Option<u32>,
    },
    /// `char`
    Character,
    /// Bytes.
    Bytes(Length),
    /// A point in time.
    TimestampWithZone,
    /// A date and a time of day, nowhere in particular.
    Timestamp,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A span of time.
    Interval,
    /// A UUID, as the database best holds it.
    Uuid,
    /// A UUID written with hyphens.
    UuidText,
    /// A JSON document.
    Json,
    /// An exact decimal number.
    Decimal {
        /// Digits in all, and digits after the point.
        precision: Option<(u32, u32)>,
    },
    /// An array.
    Array(Box<Type>),
    /// An IP address or network.
    IpAddress,
    /// A hardware address.
    MacAddress,
    /// Keys and values of text (`hstore`).
    KeyValue,
    /// A value of the schema's enum of this name.
    Enumeration(Name),
    /// A type that is given as SQL, or, in a lowered schema, the database's own spelling.
    Sql(Sql),
}

/// How many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// Any number.
    Any,
    /// At most so many.
    AtMost(u32),
    /// Exactly so many.
    Exactly(u32),
}

/// The width and sign of a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integer {
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
}

impl Integer {
    /// Each of them.
    pub const ALL: [Integer; 8] =
        [Integer::I8, Integer::I16, Integer::I32, Integer::I64, Integer::U8, Integer::U16, Integer::U32, Integer::U64];

    /// The name of the Rust type.
    pub const fn name(self) -> &'static str {
        match self {
            Integer::I8 => "i8",
            Integer::I16 => "i16",
            Integer::I32 => "i32",
            Integer::I64 => "i64",
            Integer::U8 => "u8",
            Integer::U16 => "u16",
            Integer::U32 => "u32",
            Integer::U64 => "u64",
        }
    }

    /// The one whose Rust type has this name.
    pub fn from_name(name: &str) -> Option<Integer> {
        Integer::ALL.into_iter().find(|integer| integer.name() == name)
    }

    /// The numbers that it holds, as far as a database's largest whole number goes.
    pub fn range(self) -> RangeInclusive<i64> {
        match self {
            Integer::I8 => i8::MIN.into()..=i8::MAX.into(),
            Integer::I16 => i16::MIN.into()..=i16::MAX.into(),
            Integer::I32 => i32::MIN.into()..=i32::MAX.into(),
            Integer::I64 => i64::MIN..=i64::MAX,
            Integer::U8 => 0..=u8::MAX.into(),
            Integer::U16 => 0..=u16::MAX.into(),
            Integer::U32 => 0..=u32::MAX.into(),
            Integer::U64 => 0..=i64::MAX,
        }
    }
}

/// What an insert stores in a column that it does not name.
///
/// A lowered schema has only [`DefaultValue::Sql`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// `true` or `false`
    Boolean(bool),
    /// A number, as it is written in Rust, without underscores and suffix.
    Number(String),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A value of the column's enum, by the name that the database stores.
    Variant(String),
    /// An expression.
    Sql(Sql),
}

/// A generated column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// The expression.
    pub expression: Sql,
    /// Whether its value is stored, or computed when it is read.
    pub stored: bool,
}

/// A column that counts up by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Whether an insert may give a number of its own: not under `identity = always` (PostgreSQL).
    pub always: bool,
    /// SQLite's `AUTOINCREMENT`: a number is never used twice (<https://www.sqlite.org/autoinc.html>). Other databases never
    /// reuse one anyway.
    pub never_reused: bool,
    /// How its numbers follow one another (PostgreSQL).
    pub counting: Counting,
}

/// The name of a constraint or index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConstraintName {
    /// The model does not state one, and none was given yet.
    #[default]
    Unnamed,
    /// Given by enamel when it was rendered, or found in the database; it takes no part in comparisons.
    Derived(Name),
    /// Stated by the model.
    Stated(Name),
}

impl ConstraintName {
    /// The name, from wherever it came.
    pub const fn name(&self) -> Option<&Name> {
        match self {
            ConstraintName::Unnamed => None,
            ConstraintName::Derived(name) | ConstraintName::Stated(name) => Some(name),
        }
    }

    /// The name, if the model states it.
    pub const fn stated(&self) -> Option<&Name> {
        match self {
            ConstraintName::Unnamed | ConstraintName::Derived(_) => None,
            ConstraintName::Stated(name) => Some(name),
        }
    }
}

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrimaryKey {
    /// Its name.
    pub name: ConstraintName,
    /// Its columns, in order.
    pub columns: Vec<Name>,
}

/// A unique constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unique {
    /// Its name.
    pub name: ConstraintName,
    /// Its columns. Two constraints over the same columns in another order allow the same rows.
    pub columns: Vec<Name>,
    /// Whether two NULLs count as equal (PostgreSQL 15).
    pub nulls_not_distinct: bool,
    /// When it is checked.
    pub deferrable: Deferrable,
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deferrable {
    /// With each statement.
    #[default]
    No,
    /// With each statement, unless the transaction defers it.
    InitiallyImmediate,
    /// When the transaction commits.
    InitiallyDeferred,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: ConstraintName,
    /// Whether it allows each key once.
    pub unique: bool,
    /// What it is over.
    pub parts: Vec<IndexPart>,
    /// The condition of a partial index.
    pub condition: Option<Sql>,
    /// The method (`gin`, `gist`, `hash`, …), `None` for the usual tree.
    pub method: Option<String>,
    /// Columns that are carried along (PostgreSQL).
    pub include: Vec<Name>,
    /// Storage parameters (PostgreSQL), sorted by name.
    pub with: Vec<(String, String)>,
    /// Whether two NULLs count as equal (PostgreSQL 15).
    pub nulls_not_distinct: bool,
}

/// A column or an expression in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPart {
    /// Column or expression.
    pub key: IndexKey,
    /// Whether it is sorted downwards.
    pub descending: bool,
    /// Where NULLs stand, when it is said.
    pub nulls: Option<NullsOrder>,
    /// The collation, when it is not the column's.
    pub collation: Option<String>,
    /// The operator class (PostgreSQL), when it is not the default one.
    pub operator_class: Option<String>,
}

impl IndexPart {
    /// A column, upwards, with nothing else said.
    pub const fn column(name: Name) -> Self {
        Self { key: IndexKey::Column(name), descending: false, nulls: None, collation: None, operator_class: None }
    }
}

/// What an index is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexKey {
    /// A column.
    Column(Name),
    /// An expression.
    Expression(Sql),
}

/// Where NULLs stand in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NullsOrder {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// Its name.
    pub name: ConstraintName,
    /// The columns here.
    pub columns: Vec<Name>,
    /// The table there.
    pub referenced_table: TableName,
    /// The columns there, as many.
    pub referenced_columns: Vec<Name>,
    /// What happens here when a row there is deleted.
    pub on_delete: Action,
    /// What happens here when a key there changes.
    pub on_update: Action,
    /// When it is checked.
    pub deferrable: Deferrable,
}

/// What happens to referring rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is refused at the end of the statement.
    #[default]
    NoAction,
    /// It is refused at once.
    Restrict,
    /// They go, or change, too.
    Cascade,
    /// Their columns become NULL.
    SetNull,
    /// Their columns take their defaults.
    SetDefault,
}

impl Action {
    /// The action in SQL, which all databases share.
    pub const fn sql(self) -> &'static str {
        match self {
            Action::NoAction => "NO ACTION",
            Action::Restrict => "RESTRICT",
            Action::Cascade => "CASCADE",
            Action::SetNull => "SET NULL",
            Action::SetDefault => "SET DEFAULT",
        }
    }
}

/// A check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: ConstraintName,
    /// What must not be false.
    pub expression: Sql,
}

/// An exclusion constraint (PostgreSQL).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Its name.
    pub name: ConstraintName,
    /// Everything after `EXCLUDE`.
    pub definition: Sql,
}

/// An enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// The type's name.
    pub name: Name,
    /// Its values, in the order of the Rust enum.
    pub values: Vec<EnumerationValue>,
    /// How it is kept.
    pub storage: Storage,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumerationValue {
    /// The text that the database stores.
    pub name: String,
    /// The number that it stores instead, under [`Storage::Integer`].
    pub discriminant: i64,
}

/// How a database keeps an enum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Storage {
    /// As a type where there are such types, else as text with a check.
    #[default]
    Native,
    /// As text with a check.
    Text,
    /// As a number with a check.
    Integer,
}

/// Something that a database has and models cannot say. It is listed and kept, never dropped, never a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmodelled {
    /// What it is: `view`, `trigger`, `table`, `function`, …
    pub kind: UnmodelledKind,
    /// Its name.
    pub name: Name,
    /// The table that it belongs to, for a trigger or a policy.
    pub table: Option<TableName>,
    /// The statement that makes it, without the closing semicolon.
    pub sql: String,
}

/// In words: `trigger stamped on users`, `privileges of reader on users`.
impl fmt::Display for Unmodelled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a property says what it is.
        if self.kind != UnmodelledKind::Property {
            write!(formatter, "{} ", self.kind.word())?;
        }
        write!(formatter, "{}", self.name)?;
        self.table.iter().try_for_each(|table| write!(formatter, " on {table}"))
    }
}

/// What an unmodelled object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnmodelledKind {
    /// A table that neither the models nor the sealed schema know, virtual tables among them.
    Table,
    /// A view.
    View,
    /// A view whose rows are kept.
    MaterializedView,
    /// A trigger.
    Trigger,
    /// A policy of row security.
    Policy,
    /// A rule that rewrites queries.
    Rule,
    /// Statistics over several columns.
    Statistics,
    /// A function or procedure.
    Function,
    /// A sequence of its own, or that of a `serial` column of its table.
    Sequence,
    /// A type other than an enum of the models.
    Type,
    /// What somebody said of something, and what is gone when that is made again: its owner, who may use it, a comment on an index.
    Property,
}

impl UnmodelledKind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            UnmodelledKind::Table => "table",
            UnmodelledKind::View => "view",
            UnmodelledKind::MaterializedView => "materialized view",
            UnmodelledKind::Trigger => "trigger",
            UnmodelledKind::Policy => "policy",
            UnmodelledKind::Rule => "rule",
            UnmodelledKind::Statistics => "statistics",
            UnmodelledKind::Function => "function",
            UnmodelledKind::Sequence => "sequence",
            UnmodelledKind::Type => "type",
            UnmodelledKind::Property => "property",
        }
    }

    /// Whether something of this kind belongs to a table, and goes when that goes.
    pub(crate) const fn goes_with_its_table(self) -> bool {
        match self {
            UnmodelledKind::Trigger
            | UnmodelledKind::Policy
            | UnmodelledKind::Rule
            | UnmodelledKind::Statistics
            | UnmodelledKind::Property => true,
            UnmodelledKind::Table
            | UnmodelledKind::View
            | UnmodelledKind::MaterializedView
            | UnmodelledKind::Function
            | UnmodelledKind::Sequence
            | UnmodelledKind::Type => false,
        }
    }
}

/// A database as introspection finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What models can say.
    pub schema: Schema,
    /// What they cannot.
    pub unmodelled: Vec<Unmodelled>,
}
