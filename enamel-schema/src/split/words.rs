//! Words that cannot be a column's name without quotes.

/// Whether an identifier is the same with and without quotes on every database: small letters, and no word that is reserved
/// on one of them.
pub(super) fn needs_no_quotes(identifier: &str) -> bool {
    let mut bytes = identifier.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && RESERVED.binary_search(&identifier).is_err()
}

/// Whether a word is part of an expression's grammar everywhere, so that without quotes it is never a column.
///
/// `END` is not among them: on SQLite a column may bear that name.
pub(super) fn is_grammar(word: &str) -> bool {
    GRAMMAR.iter().any(|grammar| word.eq_ignore_ascii_case(grammar))
}

const GRAMMAR: [&str; 32] = [
    "all",
    "and",
    "as",
    "between",
    "case",
    "collate",
    "current_date",
    "current_time",
    "current_timestamp",
    "distinct",
    "else",
    "escape",
    "exists",
    "from",
    "glob",
    "group",
    "having",
    "in",
    "is",
    "isnull",
    "join",
    "like",
    "not",
    "notnull",
    "null",
    "on",
    "or",
    "order",
    "select",
    "then",
    "when",
    "where",
];

/// Reserved on at least one database, sorted: <https://www.sqlite.org/lang_keywords.html>,
/// <https://www.postgresql.org/docs/13/sql-keywords-appendix.html>, <https://dev.mysql.com/doc/refman/8.0/en/keywords.html>.
#[rustfmt::skip]
const RESERVED: [&str; 310] = [
    "abort", "accessible", "action", "add", "after", "all", "alter", "always", "analyse", "analyze", "and", "any",
    "array", "as", "asc", "asensitive", "asymmetric", "attach", "authorization", "autoincrement", "before", "begin",
    "between", "bigint", "binary", "blob", "both", "by", "call", "cascade", "case", "cast", "change", "char",
    "character", "check", "collate", "collation", "column", "commit", "concurrently", "condition", "conflict",
    "constraint", "continue", "convert", "create", "cross", "cube", "cume_dist", "current", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "cursor",
    "database", "databases", "day_hour", "day_microsecond", "day_minute", "day_second", "dec", "decimal", "declare",
    "default", "deferrable", "deferred", "delayed", "delete", "dense_rank", "desc", "describe", "deterministic",
    "distinct", "distinctrow", "div", "do", "double", "drop", "dual", "each", "else", "elseif", "empty", "enclosed",
    "end", "escape", "escaped", "except", "exists", "exit", "explain", "false", "fetch", "first_value", "float",
    "float4", "float8", "for", "force", "foreign", "freeze", "from", "full", "fulltext", "function", "generated", "get",
    "glob", "grant", "group", "grouping", "groups", "having", "high_priority", "hour_microsecond", "hour_minute",
    "hour_second", "if", "ignore", "ilike", "in", "index", "indexed", "infile", "initially", "inner", "inout",
    "insensitive", "insert", "int", "int1", "int2", "int3", "int4", "int8", "integer", "intersect", "interval", "into",
    "io_after_gtids", "io_before_gtids", "is", "isnull", "iterate", "join", "json_table", "key", "keys", "kill", "lag",
    "last_value", "lateral", "lead", "leading", "leave", "left", "like", "limit", "linear", "lines", "load",
    "localtime", "localtimestamp", "lock", "long", "longblob", "longtext", "loop", "low_priority", "match", "maxvalue",
    "mediumblob", "mediumint", "mediumtext", "middleint", "minute_microsecond", "minute_second", "mod", "modifies",
    "natural", "no_write_to_binlog", "not", "nothing", "notnull", "nth_value", "ntile", "null", "numeric", "of",
    "offset", "on", "only", "optimize", "optimizer_costs", "option", "optionally", "or", "order", "out", "outer",
    "outfile", "over", "overlaps", "partition", "percent_rank", "placing", "precision", "primary", "procedure", "purge",
    "range", "rank", "read", "read_write", "reads", "real", "recursive", "references", "regexp", "release", "rename",
    "repeat", "replace", "require", "resignal", "restrict", "return", "returning", "revoke", "right", "rlike", "row",
    "row_number", "rows", "schema", "schemas", "second_microsecond", "select", "sensitive", "separator", "session_user",
    "set", "show", "signal", "similar", "smallint", "some", "spatial", "specific", "sql", "sql_big_result",
    "sql_calc_found_rows", "sql_small_result", "sqlexception", "sqlstate", "sqlwarning", "ssl", "starting", "stored",
    "straight_join", "symmetric", "system", "system_user", "table", "tablesample", "terminated", "then", "tinyblob",
    "tinyint", "tinytext", "to", "trailing", "transaction", "trigger", "true", "undo", "union", "unique", "unlock",
    "unsigned", "update", "usage", "use", "user", "using", "utc_date", "utc_time", "utc_timestamp", "values",
    "varbinary", "varchar", "varcharacter", "variadic", "varying", "verbose", "virtual", "when", "where", "while",
    "window", "with", "write", "xor", "year_month", "zerofill",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn only_plain_words_need_no_quotes() {
        for plain in ["name", "_a1", "status"] {
            assert!(needs_no_quotes(plain), "{plain}");
        }
        for odd in ["", "Name", "1a", "a b", "é", "order", "user", "rank"] {
            assert!(!needs_no_quotes(odd), "{odd}");
        }
    }
}
