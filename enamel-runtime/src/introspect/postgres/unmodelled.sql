-- Kind, schema, name, table's schema, table, text.
SELECT
    CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'sequence' END,
    p.schema, c.relname, NULL, NULL,
    CASE c.relkind
        WHEN 'v' THEN 'CREATE VIEW ' || c.oid::regclass || ' AS' || E'\n' || rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')
        WHEN 'm' THEN 'CREATE MATERIALIZED VIEW ' || c.oid::regclass || ' AS' || E'\n' || rtrim(pg_catalog.pg_get_viewdef(c.oid), ';')
        ELSE 'CREATE SEQUENCE ' || c.oid::regclass
    END
FROM pg_catalog.pg_class AS c
JOIN place AS p ON p.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM owned AS o WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid)
    -- A sequence that belongs to a column is told with it.
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS d
        WHERE c.relkind = 'S' AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')
            AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
    )
UNION ALL
-- That of a `serial` column, which ends with its column.
SELECT
    'sequence', p.schema, c.relname, p.schema, t.relname,
    'CREATE SEQUENCE ' || c.oid::regclass || ' AS ' || s.seqtypid::regtype
        -- What it would not be by itself.
        || CASE WHEN s.seqincrement <> 1 THEN ' INCREMENT BY ' || s.seqincrement ELSE '' END
        || CASE WHEN s.seqmin <> 1 THEN ' MINVALUE ' || s.seqmin ELSE '' END
        || CASE
            WHEN s.seqmax <> CASE s.seqtypid
                WHEN 'pg_catalog.int2'::regtype THEN 32767 WHEN 'pg_catalog.int4'::regtype THEN 2147483647 ELSE 9223372036854775807
            END THEN ' MAXVALUE ' || s.seqmax
            ELSE ''
        END
        || CASE WHEN s.seqstart <> s.seqmin THEN ' START WITH ' || s.seqstart ELSE '' END
        || CASE WHEN s.seqcache <> 1 THEN ' CACHE ' || s.seqcache ELSE '' END
        || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
        || ' OWNED BY ' || t.oid::regclass || '.' || quote_ident(a.attname)
FROM pg_catalog.pg_sequence AS s
JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
JOIN place AS p ON p.oid = c.relnamespace
JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
UNION ALL
SELECT
    'function', p.schema, f.proname || '(' || pg_catalog.pg_get_function_identity_arguments(f.oid) || ')', NULL, NULL,
    CASE WHEN f.prokind = 'a' THEN 'CREATE AGGREGATE ' || quote_ident(f.proname) ELSE pg_catalog.pg_get_functiondef(f.oid) END
FROM pg_catalog.pg_proc AS f
JOIN place AS p ON p.oid = f.pronamespace
-- A range brings functions of its own.
WHERE NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend AS d
    WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = f.oid AND d.deptype IN ('e', 'i')
)
UNION ALL
SELECT 'trigger', p.schema, g.tgname, p.schema, c.relname, pg_catalog.pg_get_triggerdef(g.oid, true)
FROM pg_catalog.pg_trigger AS g
JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid
JOIN place AS p ON p.oid = c.relnamespace
WHERE NOT g.tgisinternal
UNION ALL
SELECT
    'policy', p.schema, y.polname, p.schema, c.relname,
    concat_ws(
        ' ',
        'CREATE POLICY ' || quote_ident(y.polname) || ' ON ' || c.oid::regclass,
        CASE WHEN y.polpermissive THEN NULL ELSE 'AS RESTRICTIVE' END,
        'FOR ' || CASE y.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        'TO ' || (
            SELECT string_agg(CASE WHEN r.role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(r.role)) END, ', ')
            FROM unnest(y.polroles) AS r (role)
        ),
        'USING (' || pg_catalog.pg_get_expr(y.polqual, y.polrelid) || ')',
        'WITH CHECK (' || pg_catalog.pg_get_expr(y.polwithcheck, y.polrelid) || ')'
    )
FROM pg_catalog.pg_policy AS y
JOIN pg_catalog.pg_class AS c ON c.oid = y.polrelid
JOIN place AS p ON p.oid = c.relnamespace
UNION ALL
-- Without it no policy counts.
SELECT
    'policy', p.schema, 'row level security', p.schema, c.relname,
    'ALTER TABLE ' || c.oid::regclass || ' ENABLE ROW LEVEL SECURITY'
        || CASE WHEN c.relforcerowsecurity THEN ', FORCE ROW LEVEL SECURITY' ELSE '' END
FROM pg_catalog.pg_class AS c
JOIN place AS p ON p.oid = c.relnamespace
WHERE c.relrowsecurity
UNION ALL
SELECT 'rule', p.schema, u.rulename, p.schema, c.relname, pg_catalog.pg_get_ruledef(u.oid, true)
FROM pg_catalog.pg_rewrite AS u
JOIN pg_catalog.pg_class AS c ON c.oid = u.ev_class
JOIN place AS p ON p.oid = c.relnamespace
-- The rule of this name is what makes a view.
WHERE u.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics', p.schema, x.stxname, p.schema, c.relname, pg_catalog.pg_get_statisticsobjdef(x.oid)
FROM pg_catalog.pg_statistic_ext AS x
JOIN pg_catalog.pg_class AS c ON c.oid = x.stxrelid
JOIN place AS p ON p.oid = c.relnamespace
UNION ALL
SELECT
    'type', p.schema, t.typname, NULL, NULL,
    CASE t.typtype
        WHEN 'd' THEN 'CREATE DOMAIN ' || quote_ident(t.typname) || ' AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
            || coalesce(' DEFAULT ' || t.typdefault, '') || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
            || coalesce(
                (
                    SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_catalog.pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                    FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid AND k.contype = 'c'
                ),
                ''
            )
        WHEN 'e' THEN 'CREATE TYPE ' || quote_ident(t.typname) || ' AS ENUM ('
            || (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_catalog.pg_enum AS e WHERE e.enumtypid = t.oid)
            || ')'
        WHEN 'c' THEN 'CREATE TYPE ' || quote_ident(t.typname) || ' AS ('
            || coalesce(
                (
                    SELECT string_agg(quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
                ),
                ''
            )
            || ')'
        ELSE 'CREATE TYPE ' || quote_ident(t.typname) || ' AS RANGE (SUBTYPE = '
            || (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range AS r WHERE r.rngtypid = t.oid) || ')'
    END
FROM pg_catalog.pg_type AS t
JOIN place AS p ON p.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
-- The rows of a table are a type, too, and so are arrays and the ranges of ranges.
WHERE (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
    AND NOT EXISTS (SELECT FROM owned AS o WHERE o.classid = 'pg_catalog.pg_type'::regclass AND o.objid = t.oid)
