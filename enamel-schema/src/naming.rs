//! The names that enamel gives: of tables from their models, of constraints and indexes from their columns.
//!
//! The rules are frozen by the lock file's `types` number: a project keeps the names that it was begun with.

use crate::dialect::Dialect;
use crate::diff::{carried_over, same_check, same_exclusion, same_foreign_key, same_index, same_unique};
use crate::edits::Edits;
use crate::revision::Checksum;
use crate::schema::{ConstraintName, IndexKey, Name, Schema, Sql, Table};
use crate::split;
use std::collections::BTreeSet;

/// The longest name that is given, in bytes: PostgreSQL's limit, the shortest of all
/// (<https://www.postgresql.org/docs/13/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>).
const LONGEST: usize = 63;

/// The name of a Rust item in a database.
///
/// ```
/// use enamel_schema::naming::snake_case;
/// assert_eq!(snake_case("LastName"), "last_name");
/// assert_eq!(snake_case("HTTPServer2"), "http_server2");
/// ```
pub fn snake_case(rust_name: &str) -> String {
    let characters: Vec<char> = rust_name.chars().collect();
    let mut name = String::with_capacity(rust_name.len() + 4);
    for (position, &character) in characters.iter().enumerate() {
        let previous = position.checked_sub(1).map(|position| characters[position]);
        let next = characters.get(position + 1).copied();
        let begins_word = character.is_uppercase()
            && previous.is_some_and(|previous| {
                previous.is_lowercase()
                    || previous.is_numeric()
                    || previous.is_uppercase() && next.is_some_and(char::is_lowercase)
            });
        if begins_word {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    name
}

/// The table name of a model that states none: plural snake case.
///
/// The rule is short on purpose; irregular words are written by hand, `#[enamel(table = "people")]`.
///
/// ```
/// use enamel_schema::naming::table_name;
/// assert_eq!(table_name("User"), "users");
/// assert_eq!(table_name("Category"), "categories");
/// assert_eq!(table_name("Holiday"), "holidays");
/// assert_eq!(table_name("SearchBox"), "search_boxes");
/// ```
pub fn table_name(rust_name: &str) -> String {
    let singular = snake_case(rust_name);
    let vowel = |stem: &str| stem.ends_with(['a', 'e', 'i', 'o', 'u']);
    match singular.strip_suffix('y') {
        Some(stem) if !stem.is_empty() && !vowel(stem) => format!("{stem}ies"),
        Some(_) | None if ["s", "x", "z", "ch", "sh"].iter().any(|end| singular.ends_with(end)) => {
            format!("{singular}es")
        }
        Some(_) | None => format!("{singular}s"),
    }
}

/// Gives every constraint and index of `next` that has no name the one it had in `previous` (found by its shape, after
/// `edits`), else one of ours: `uq_`/`ix_`/`fk_`/`ck_{table}_{columns}`, `{table}_pkey`, cut with a hash at 63 bytes.
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
    for table in &mut named.tables {
        names.taken.insert(table.name.name.as_str().to_owned());
        each_name(table, |name| {
            if let Some(stated) = name.stated() {
                names.taken.insert(stated.as_str().to_owned());
            }
        });
    }
    let previous_tables: std::collections::BTreeMap<_, _> =
        carried.tables.iter().map(|table| (&table.name, table)).collect();
    // Order matters: names that are in the database come before names that are only made up.
    for table in &mut named.tables {
        if let Some(previous) = previous_tables.get(&table.name) {
            names.keep(previous, table);
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
    taken: BTreeSet<String>,
}

impl Names {
    /// Keeps the names that constraints of the same shape had.
    fn keep(&mut self, previous: &Table, next: &mut Table) {
        if let (Some(previous), Some(next)) = (&previous.primary_key, &mut next.primary_key) {
            if previous.columns == next.columns {
                self.keep_one(&previous.name, &mut next.name);
            }
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
                same_shape(previous, item)
                    && name(previous).name().is_some_and(|name| !self.taken.contains(name.as_str()))
            });
            if let Some(counterpart) = counterpart {
                self.keep_one(name(counterpart), name_mut(item));
            }
        }
    }

    fn keep_one(&mut self, previous: &ConstraintName, next: &mut ConstraintName) {
        if let (None, Some(name)) = (next.name(), previous.name()) {
            if self.taken.insert(name.as_str().to_owned()) {
                *next = ConstraintName::Derived(name.clone());
            }
        }
    }

    /// Makes up the names that are still missing.
    fn derive(&mut self, table: &mut Table) {
        let owner = table.name.name.as_str().to_owned();
        let columns: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
        let mentioned = |sql: &Sql| {
            let texts: Vec<&str> = sql.any.iter().chain(sql.by_dialect.values()).map(String::as_str).collect();
            let mentions = |column: &&Name| texts.iter().any(|text| split::mentions(text, column.as_str()));
            columns.iter().filter(mentions).cloned().collect::<Vec<_>>()
        };

        if let Some(key) = &mut table.primary_key {
            self.give(&mut key.name, format!("{owner}_pkey"), "");
        }
        for unique in &mut table.uniques {
            self.give(&mut unique.name, joined("uq", &owner, &unique.columns), "");
        }
        for index in &mut table.indexes {
            let parts: Vec<String> = index.parts.iter().map(|part| words(&part.key)).collect();
            let condition = index.condition.as_ref().map(shape).unwrap_or_default();
            let shape = format!("{} {condition} {:?}", index.unique, index.method);
            self.give(&mut index.name, joined("ix", &owner, &parts), &shape);
        }
        for key in &mut table.foreign_keys {
            let shape = format!("{} {}", key.referenced_table, joined("", "", &key.referenced_columns));
            self.give(&mut key.name, joined("fk", &owner, &key.columns), &shape);
        }
        for check in &mut table.checks {
            let base = joined("ck", &owner, &mentioned(&check.expression));
            self.give(&mut check.name, base, &shape(&check.expression));
        }
        for exclusion in &mut table.exclusions {
            let base = joined("ex", &owner, &mentioned(&exclusion.definition));
            self.give(&mut exclusion.name, base, &shape(&exclusion.definition));
        }
    }

    /// Gives `base` if nobody has it, else `base` with a hash of the constraint's shape: never a running number, which would depend on the others.
    fn give(&mut self, name: &mut ConstraintName, base: String, shape: &str) {
        if name.name().is_some() {
            return;
        }
        let mut candidate = if base.len() <= LONGEST { base.clone() } else { with_hash(&base, &base) };
        let mut seed = format!("{base} {shape}");
        while !self.taken.insert(candidate.clone()) {
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
    use crate::pair::Pair;
    use crate::schema::{Check, Column, Index, IndexPart, TableName, Type, Unique};

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
    fn words_become_tables() {
        for (rust, table) in [
            ("Box", "boxes"),
            ("Dish", "dishes"),
            ("Bus", "buses"),
            ("Day", "days"),
            ("Y", "ys"),
            ("OAuthToken", "o_auth_tokens"),
            ("Straße", "straßes"),
            ("ABC", "abcs"),
        ] {
            assert_eq!(table_name(rust), table, "{rust}");
        }
    }

    #[test]
    fn two_of_one_shape_get_two_names_that_do_not_depend_on_their_order() {
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
    fn a_check_is_named_by_the_columns_that_it_mentions() {
        let mut users = table("users", &["age", "name"]);
        users.checks =
            vec![Check { name: ConstraintName::Unnamed, expression: Sql::new("age > 0 AND \"name\" <> 'age'") }];
        let named = complete(&Schema::default(), &schema(users), &Edits::default());
        assert_eq!(named.tables[0].checks[0].name, ConstraintName::Derived(name("ck_users_age_name")));
    }
}
