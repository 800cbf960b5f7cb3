//! Names of constraints and indexes.
//!
//! A name that the model does not state is one by which the constraint can be dropped, and no more: so whatever name it has in the database
//! is kept, through renames of its table and columns.

use crate::dialect::Dialect;
use crate::diff::{carried_over, same_check, same_exclusion, same_foreign_key, same_index, same_unique};
use crate::edits::Edits;
use crate::revision::Checksum;
use crate::schema::{Column, ConstraintName, Index, IndexKey, Name, Schema, Sql, Table};
use crate::split;
use std::collections::{BTreeMap, BTreeSet};

/// The longest name that is given, in bytes: PostgreSQL's limit, the shortest of all
/// (<https://www.postgresql.org/docs/13/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>).
const LONGEST: usize = 63;

/// Gives every constraint and index of `next` that has no name the one it had in `previous` (found by its shape, after
/// `edits`, else by its columns: a database may lack what differs), else one of ours: `uq_`/`ix_`/`fk_`/`ck_{table}_{columns}`, `{table}_pkey`, cut with a hash at 63 bytes.
///
/// Names that are given here are [`ConstraintName::Derived`]. No two are the same, nor the same as a table's or a stated one: indexes share
/// one name space with tables.
///
/// ```
/// use enamel_schema::naming::complete;
/// use enamel_schema::schema::{ConstraintName, Name, PrimaryKey, Schema, Table, TableName};
/// use enamel_schema::Edits;
///
/// let mut users = Table::new(TableName::new(Name::new("users")?));
/// users.primary_key = Some(PrimaryKey { name: ConstraintName::Unnamed, columns: vec![Name::new("id")?] });
/// let models = Schema { tables: vec![users], ..Schema::default() };
///
/// let named = complete(&Schema::default(), &models, &Edits::default());
/// let key = named.tables[0].primary_key.as_ref().expect("it has one");
/// assert_eq!(key.name, ConstraintName::Derived(Name::new("users_pkey")?));
/// # Ok::<(), enamel_schema::schema::InvalidName>(())
/// ```
pub fn complete(previous: &Schema, next: &Schema, edits: &Edits) -> Schema {
    let carried = carried_over(previous, edits);
    let mut named = next.clone();
    let mut names = Names::default();
    for table in &named.tables {
        names.take(table.name.name.as_str());
        each_name(table, |name| {
            if let Some(name) = name.name() {
                names.take(name.as_str());
            }
        });
    }
    let previous_tables: BTreeMap<_, _> = carried.tables.iter().map(|table| (&table.name, table)).collect();
    // Order matters: names that are in the database come before names that are only made up, and what is the same before what is alike.
    for keep in [Names::keep, Names::keep_alike] {
        for table in &mut named.tables {
            if let Some(previous) = previous_tables.get(&table.name) {
                keep(&mut names, previous, table);
            }
        }
    }
    for table in &mut named.tables {
        names.derive(table);
    }
    named
}

/// The names that are given already.
#[derive(Default)]
struct Names {
    /// In small letters, since SQLite and MySQL take no heed of case.
    taken: BTreeSet<String>,
}

impl Names {
    /// Takes a name, and says whether it was free.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_lowercase())
    }

    fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&name.to_lowercase())
    }

    /// Keeps the names that constraints of the same shape had.
    fn keep(&mut self, previous: &Table, next: &mut Table) {
        if let (Some(previous), Some(next)) = (&previous.primary_key, &mut next.primary_key)
            && previous.columns == next.columns
        {
            self.keep_one(&previous.name, &mut next.name);
        }
        self.keep_each(
            &previous.uniques,
            &mut next.uniques,
            |unique| &mut unique.name,
            |unique| &unique.name,
            same_unique,
        );
        self.keep_each(&previous.indexes, &mut next.indexes, |index| &mut index.name, |index| &index.name, same_index);
        self.keep_each(
            &previous.foreign_keys,
            &mut next.foreign_keys,
            |key| &mut key.name,
            |key| &key.name,
            same_foreign_key,
        );
        self.keep_each(&previous.checks, &mut next.checks, |check| &mut check.name, |check| &check.name, same_check);
        self.keep_each(
            &previous.exclusions,
            &mut next.exclusions,
            |exclusion| &mut exclusion.name,
            |exclusion| &exclusion.name,
            same_exclusion,
        );
    }

    /// Keeps the names of what would be named alike. To a database that lacks what differs, a method or the text for another one, it is the same.
    fn keep_alike(&mut self, previous: &Table, next: &mut Table) {
        self.keep_each(
            &previous.uniques,
            &mut next.uniques,
            |unique| &mut unique.name,
            |unique| &unique.name,
            |previous, next| previous.columns == next.columns,
        );
        self.keep_each(
            &previous.indexes,
            &mut next.indexes,
            |index| &mut index.name,
            |index| &index.name,
            |previous, next| previous.unique == next.unique && parts(previous) == parts(next),
        );
        self.keep_each(
            &previous.foreign_keys,
            &mut next.foreign_keys,
            |key| &mut key.name,
            |key| &key.name,
            |previous, next| previous.columns == next.columns,
        );
        let columns = next.columns.clone();
        let alike = |previous: &Sql, next: &Sql| mentioned(previous, &columns).eq(mentioned(next, &columns));
        self.keep_each(
            &previous.checks,
            &mut next.checks,
            |check| &mut check.name,
            |check| &check.name,
            |previous, next| alike(&previous.expression, &next.expression),
        );
        self.keep_each(
            &previous.exclusions,
            &mut next.exclusions,
            |exclusion| &mut exclusion.name,
            |exclusion| &exclusion.name,
            |previous, next| alike(&previous.definition, &next.definition),
        );
    }

    fn keep_each<T>(
        &mut self,
        previous: &[T],
        next: &mut [T],
        name_mut: impl Fn(&mut T) -> &mut ConstraintName,
        name: impl Fn(&T) -> &ConstraintName,
        same_shape: impl Fn(&T, &T) -> bool,
    ) {
        for item in next.iter_mut().filter(|item| name(item).name().is_none()) {
            let counterpart = previous.iter().find(|previous| {
                same_shape(previous, item) && name(previous).name().is_some_and(|name| self.is_free(name.as_str()))
            });
            if let Some(counterpart) = counterpart {
                self.keep_one(name(counterpart), name_mut(item));
            }
        }
    }

    fn keep_one(&mut self, previous: &ConstraintName, next: &mut ConstraintName) {
        if let (None, Some(name)) = (next.name(), previous.name())
            && self.take(name.as_str())
        {
            *next = ConstraintName::Derived(name.clone());
        }
    }

    /// Makes up the names that are still missing.
    fn derive(&mut self, table: &mut Table) {
        let owner = table.name.name.as_str().to_owned();
        let mentioned = |sql: &Sql, columns: &[Column]| mentioned(sql, columns).cloned().collect::<Vec<_>>();

        if let Some(key) = &mut table.primary_key {
            self.give(&mut key.name, format!("{owner}_pkey"), "");
        }
        for unique in &mut table.uniques {
            self.give(&mut unique.name, joined("uq", &owner, &unique.columns), "");
        }
        for index in &mut table.indexes {
            let parts = parts(index);
            let condition = index.condition.as_ref().map(shape).unwrap_or_default();
            let shape = format!("{} {condition} {:?}", index.unique, index.method);
            self.give(&mut index.name, joined("ix", &owner, &parts), &shape);
        }
        for key in &mut table.foreign_keys {
            let shape = format!("{} {}", key.referenced_table, joined("", "", &key.referenced_columns));
            self.give(&mut key.name, joined("fk", &owner, &key.columns), &shape);
        }
        for check in &mut table.checks {
            let base = joined("ck", &owner, &mentioned(&check.expression, &table.columns));
            self.give(&mut check.name, base, &shape(&check.expression));
        }
        for exclusion in &mut table.exclusions {
            let base = joined("ex", &owner, &mentioned(&exclusion.definition, &table.columns));
            self.give(&mut exclusion.name, base, &shape(&exclusion.definition));
        }
    }

    /// Gives `base` if nobody has it, else `base` with a hash of the constraint's shape: never a running number, which would depend on the others.
    fn give(&mut self, name: &mut ConstraintName, base: String, shape: &str) {
        if name.name().is_some() {
            return;
        }
        let mut candidate = cut(&base);
        let mut seed = format!("{base} {shape}");
        while !self.take(&candidate) {
            candidate = with_hash(&base, &seed);
            seed.push('+');
        }
        if let Ok(given) = Name::new(candidate) {
            *name = ConstraintName::Derived(given);
        }
    }
}

/// Calls back with every name of a table's constraints and indexes.
fn each_name(table: &Table, mut visit: impl FnMut(&ConstraintName)) {
    table.primary_key.iter().for_each(|key| visit(&key.name));
    table.uniques.iter().for_each(|unique| visit(&unique.name));
    table.indexes.iter().for_each(|index| visit(&index.name));
    table.foreign_keys.iter().for_each(|key| visit(&key.name));
    table.checks.iter().for_each(|check| visit(&check.name));
    table.exclusions.iter().for_each(|exclusion| visit(&exclusion.name));
}

/// `prefix_table_one_two`
fn joined<T: ToString>(prefix: &str, table: &str, columns: &[T]) -> String {
    let columns = columns.iter().map(T::to_string);
    [prefix.to_owned(), table.to_owned()].into_iter().chain(columns).collect::<Vec<_>>().join("_")
}

/// The columns that an expression mentions, in any dialect.
fn mentioned<'a>(sql: &'a Sql, columns: &'a [Column]) -> impl Iterator<Item = &'a Name> {
    let names = columns.iter().map(|column| &column.name);
    names.filter(|name| sql.any.iter().chain(sql.by_dialect.values()).any(|text| split::mentions(text, name.as_str())))
}

/// What an index is over, in words.
fn parts(index: &Index) -> Vec<String> {
    index.parts.iter().map(|part| words(&part.key)).collect()
}

/// A column's name, or the words of an expression: `lower(email)` → `lower_email`.
fn words(key: &IndexKey) -> String {
    match key {
        IndexKey::Column(name) => name.to_string(),
        IndexKey::Expression(sql) => {
            let text = shape(sql);
            let tokens = split::tokens(&text, Dialect::Sqlite);
            let words: Vec<String> = tokens.iter().filter_map(split::Token::identifier).collect();
            if words.is_empty() { "expression".to_owned() } else { words.join("_").to_lowercase() }
        }
    }
}

/// Everything that an expression says, on all databases.
fn shape(sql: &Sql) -> String {
    sql.any.iter().chain(sql.by_dialect.values()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A name as it is if it is short enough, else cut, with a hash of the whole.
pub(crate) fn cut(name: &str) -> String {
    if name.len() <= LONGEST { name.to_owned() } else { with_hash(name, name) }
}

/// `base`, cut so that an underscore and eight digits of a hash of `seed` fit below the limit.
fn with_hash(base: &str, seed: &str) -> String {
    let mut end = base.len().min(LONGEST - 9);
    while !base.is_char_boundary(end) {
        end -= 1;
    }
    let hash = Checksum::of(seed).to_string();
    format!("{}_{}", &base[..end], &hash[..8])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary;
    use crate::pair::Pair;
    use crate::schema::{Check, IndexPart, TableName, Type, Unique};
    use proptest::prelude::*;

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn table(text: &str, columns: &[&str]) -> Table {
        let mut table = Table::new(TableName::new(name(text)));
        table.columns = columns.iter().map(|column| Column::new(name(column), Type::Boolean)).collect();
        table
    }

    fn index(columns: &[&str], condition: Option<&str>) -> Index {
        Index {
            name: ConstraintName::Unnamed,
            unique: false,
            parts: columns.iter().map(|column| IndexPart::column(name(column))).collect(),
            condition: condition.map(Sql::new),
            method: None,
            include: Vec::new(),
            with: Vec::new(),
            nulls_not_distinct: false,
        }
    }

    fn schema(table: Table) -> Schema {
        Schema { tables: vec![table], ..Schema::default() }
    }

    fn index_names(schema: &Schema) -> Vec<&str> {
        schema.tables[0].indexes.iter().filter_map(|index| index.name.name()).map(Name::as_str).collect()
    }

    #[test]
    fn two_over_the_same_columns_get_two_names() {
        let mut both = table("users", &["email", "gone"]);
        both.indexes = vec![index(&["email"], None), index(&["email"], Some("gone"))];
        let named = complete(&Schema::default(), &schema(both), &Edits::default());
        let names = index_names(&named);
        assert_eq!(names[0], "ix_users_email");
        assert!(names[1].starts_with("ix_users_email_") && names[1].len() == "ix_users_email_".len() + 8, "{names:?}");
    }

    #[test]
    fn a_long_name_is_cut_at_a_character() {
        let long = "ß".repeat(40);
        let mut users = table("users", &[&long]);
        users.uniques.push(Unique {
            name: ConstraintName::Unnamed,
            columns: vec![name(&long)],
            nulls_not_distinct: false,
            deferrable: crate::schema::Deferrable::No,
        });
        let named = complete(&Schema::default(), &schema(users), &Edits::default());
        let given = named.tables[0].uniques[0].name.name().unwrap();
        assert!(given.as_str().len() <= LONGEST && given.as_str().starts_with("uq_users_ß"), "{given}");
    }

    #[test]
    fn a_name_is_kept_through_renames() {
        let mut previous = table("user", &["surname"]);
        previous.indexes = vec![index(&["surname"], None)];
        let previous = complete(&Schema::default(), &schema(previous), &Edits::default());
        let mut next = table("people", &["last_name"]);
        next.indexes = vec![index(&["last_name"], None)];
        let edits = Edits {
            tables: vec![Pair::new(TableName::new(name("user")), TableName::new(name("people")))],
            columns: vec![(TableName::new(name("people")), Pair::new(name("surname"), name("last_name")))],
            ..Edits::default()
        };
        assert_eq!(index_names(&complete(&previous, &schema(next), &edits)), ["ix_user_surname"]);
    }

    #[test]
    fn a_name_is_kept_by_what_only_another_database_changes() {
        let mut previous = table("users", &["surname"]);
        previous.indexes = vec![index(&["surname"], Some("surname <> ''"))];
        previous.checks = vec![Check { name: ConstraintName::Unnamed, expression: Sql::new("length(surname) > 1") }];
        let previous = complete(&Schema::default(), &schema(previous), &Edits::default());
        let mut next = table("users", &["last_name"]);
        let gin = Some("gin".to_owned());
        next.indexes = vec![Index { method: gin, ..index(&["last_name"], Some("last_name <> ''")) }];
        let by_dialect = [(Dialect::Mysql, "char_length(last_name) > 1".to_owned())].into();
        let expression = Sql { any: Some("length(last_name) > 1".to_owned()), by_dialect };
        next.checks = vec![Check { name: ConstraintName::Unnamed, expression }];
        let renamed = (TableName::new(name("users")), Pair::new(name("surname"), name("last_name")));
        let named = complete(&previous, &schema(next), &Edits { columns: vec![renamed], ..Edits::default() });
        assert_eq!(index_names(&named), ["ix_users_surname"]);
        assert_eq!(named.tables[0].checks[0].name, ConstraintName::Derived(name("ck_users_surname")));
    }

    #[test]
    fn a_check_is_named_by_the_columns_that_it_mentions() {
        let mut users = table("users", &["age", "name"]);
        users.checks =
            vec![Check { name: ConstraintName::Unnamed, expression: Sql::new("age > 0 AND \"name\" <> 'age'") }];
        let named = complete(&Schema::default(), &schema(users), &Edits::default());
        assert_eq!(named.tables[0].checks[0].name, ConstraintName::Derived(name("ck_users_age_name")));
    }

    #[test]
    fn case_tells_no_names_apart() {
        let mut users = table("users", &["a", "A"]);
        users.indexes = vec![index(&["a"], None), index(&["A"], None)];
        let named = complete(&Schema::default(), &schema(users), &Edits::default());
        let names = index_names(&named);
        assert!(names[0] == "ix_users_a" && names[1].starts_with("ix_users_A_"), "{names:?}");
    }

    #[test]
    fn a_new_constraint_gets_no_name_that_a_kept_one_bears() {
        let mut previous = table("user", &["email"]);
        previous.indexes = vec![index(&["email"], None)];
        let previous = complete(&Schema::default(), &schema(previous.clone()), &Edits::default());
        let mut renamed = table("people", &["email"]);
        renamed.indexes = vec![index(&["email"], None)];
        let mut new = table("user", &["email"]);
        new.indexes = vec![index(&["email"], None)];
        let next = Schema { tables: vec![renamed, new], ..Schema::default() };
        let tables = vec![Pair::new(TableName::new(name("user")), TableName::new(name("people")))];
        let named = complete(&previous, &next, &Edits { tables, ..Edits::default() });
        assert_eq!(index_names(&named), ["ix_user_email"]);
        assert!(named.tables[1].indexes[0].name.name().unwrap().as_str().starts_with("ix_user_email_"));
    }

    /// A schema in which no constraint has a name.
    fn any_unnamed() -> impl Strategy<Value = Schema> {
        arbitrary::schema().prop_map(unnamed)
    }

    fn unnamed(mut schema: Schema) -> Schema {
        for table in &mut schema.tables {
            table.primary_key.iter_mut().for_each(|key| key.name = ConstraintName::Unnamed);
            table.uniques.iter_mut().for_each(|unique| unique.name = ConstraintName::Unnamed);
            table.indexes.iter_mut().for_each(|index| index.name = ConstraintName::Unnamed);
            table.foreign_keys.iter_mut().for_each(|key| key.name = ConstraintName::Unnamed);
            table.checks.iter_mut().for_each(|check| check.name = ConstraintName::Unnamed);
            table.exclusions.iter_mut().for_each(|exclusion| exclusion.name = ConstraintName::Unnamed);
        }
        schema
    }

    /// All names of constraints and indexes, `None` for what has none.
    fn all_names(schema: &Schema) -> Vec<Option<Name>> {
        let mut names = Vec::new();
        schema.tables.iter().for_each(|table| each_name(table, |name| names.push(name.name().cloned())));
        names
    }

    proptest! {
        #[test]
        fn everything_gets_one_name_of_its_own(models in any_unnamed(), previous in any_unnamed()) {
            let previous = complete(&Schema::default(), &previous, &Edits::default());
            let named = complete(&previous, &models, &Edits::default());
            let mut seen = BTreeSet::new();
            for name in all_names(&named) {
                let name = name.unwrap();
                prop_assert!(name.as_str().len() <= LONGEST, "{}", name);
                prop_assert!(seen.insert(name.as_str().to_lowercase()), "{} comes twice", name);
            }
            prop_assert!(named.tables.iter().all(|table| !seen.contains(&table.name.name.as_str().to_lowercase())));
            prop_assert_eq!(unnamed(named.clone()), models.clone());
            prop_assert_eq!(complete(&previous, &named, &Edits::default()), named);
        }

        #[test]
        fn what_did_not_change_keeps_its_name((schemas, edits) in arbitrary::schema_with_renames()) {
            let previous = complete(&Schema::default(), &unnamed(schemas.previous), &Edits::default());
            let next = unnamed(schemas.next);
            let named = complete(&previous, &next, &edits);
            let sorted = |schema: &Schema| all_names(schema).into_iter().collect::<BTreeSet<_>>();
            prop_assert_eq!(sorted(&named), sorted(&previous));
        }
    }
}
