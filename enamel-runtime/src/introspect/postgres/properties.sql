UNION ALL
-- What somebody said of something, and what is gone when that is made again. First, comments.
SELECT
    'property', p.schema, 'comment on ' || m.what || ' ' || m.name, p.schema, m.table_name,
    'COMMENT ON ' || upper(m.what) || ' ' || m.sql || ' IS ' || quote_literal(m.description)
FROM (
    SELECT t.relnamespace AS place, t.relname AS table_name, 'index' AS what, i.relname AS name, i.oid::regclass::text AS sql, d.description
    FROM pg_catalog.pg_description AS d
    JOIN pg_catalog.pg_index AS x ON x.indexrelid = d.objoid
    JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
    JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
    WHERE d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = 0
    UNION ALL
    SELECT t.relnamespace, t.relname, 'constraint', k.conname, quote_ident(k.conname) || ' ON ' || t.oid::regclass, d.description
    FROM pg_catalog.pg_description AS d
    JOIN pg_catalog.pg_constraint AS k ON k.oid = d.objoid
    JOIN pg_catalog.pg_class AS t ON t.oid = k.conrelid
    WHERE d.classoid = 'pg_catalog.pg_constraint'::regclass
    UNION ALL
    SELECT t.relnamespace, t.relname, 'trigger', g.tgname, quote_ident(g.tgname) || ' ON ' || t.oid::regclass, d.description
    FROM pg_catalog.pg_description AS d
    JOIN pg_catalog.pg_trigger AS g ON g.oid = d.objoid
    JOIN pg_catalog.pg_class AS t ON t.oid = g.tgrelid
    WHERE d.classoid = 'pg_catalog.pg_trigger'::regclass
    UNION ALL
    SELECT t.relnamespace, t.relname, 'policy', y.polname, quote_ident(y.polname) || ' ON ' || t.oid::regclass, d.description
    FROM pg_catalog.pg_description AS d
    JOIN pg_catalog.pg_policy AS y ON y.oid = d.objoid
    JOIN pg_catalog.pg_class AS t ON t.oid = y.polrelid
    WHERE d.classoid = 'pg_catalog.pg_policy'::regclass
    UNION ALL
    SELECT e.typnamespace, NULL, 'type', e.typname, e.oid::regtype::text, d.description
    FROM pg_catalog.pg_description AS d
    JOIN pg_catalog.pg_type AS e ON e.oid = d.objoid
    WHERE d.classoid = 'pg_catalog.pg_type'::regclass AND e.typtype = 'e'
) AS m
JOIN place AS p ON p.oid = m.place
UNION ALL
-- Who may do what besides the owner (<https://www.postgresql.org/docs/13/ddl-priv.html>).
SELECT
    'property', p.schema, 'privileges of ' || r.name || m.name, p.schema, m.table_name,
    'GRANT ' || string_agg(a.privilege_type || m.columns, ', ' ORDER BY a.privilege_type) || ' ON ' || m.sql || ' TO ' || r.name
        || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM (
    SELECT t.relnamespace AS place, t.relname AS table_name, t.relowner AS owner, t.relacl AS privileges, '' AS name, '' AS columns, t.oid::regclass::text AS sql
    FROM pg_catalog.pg_class AS t
    WHERE t.relkind IN ('r', 'p', 'f') AND t.relacl IS NOT NULL
    UNION ALL
    SELECT t.relnamespace, t.relname, t.relowner, b.attacl, ' for column ' || b.attname, ' (' || quote_ident(b.attname) || ')', t.oid::regclass::text
    FROM pg_catalog.pg_class AS t
    JOIN pg_catalog.pg_attribute AS b ON b.attrelid = t.oid AND b.attnum > 0 AND NOT b.attisdropped AND b.attacl IS NOT NULL
    WHERE t.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT t.relnamespace, t.relname, s.relowner, s.relacl, ' for sequence ' || s.relname, '', 'SEQUENCE ' || s.oid::regclass
    FROM pg_catalog.pg_class AS s
    JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'a'
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0
    JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND s.relacl IS NOT NULL
    UNION ALL
    SELECT e.typnamespace, NULL, e.typowner, e.typacl, ' for type ' || e.typname, '', 'TYPE ' || e.oid::regtype
    FROM pg_catalog.pg_type AS e
    WHERE e.typtype = 'e' AND e.typacl IS NOT NULL
) AS m
JOIN place AS p ON p.oid = m.place
CROSS JOIN LATERAL pg_catalog.aclexplode(m.privileges) AS a
CROSS JOIN LATERAL (
    SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS name
) AS r
-- Everybody may use a type.
WHERE a.grantee <> m.owner AND NOT (a.grantee = 0 AND m.sql LIKE 'TYPE %')
GROUP BY p.schema, m.table_name, m.name, m.sql, r.name, a.is_grantable
UNION ALL
SELECT
    'property', p.schema, 'replica identity', p.schema, t.relname,
    'ALTER TABLE ' || t.oid::regclass || ' REPLICA IDENTITY '
        || CASE t.relreplident
            WHEN 'f' THEN 'FULL'
            WHEN 'n' THEN 'NOTHING'
            ELSE 'USING INDEX ' || coalesce((
                SELECT quote_ident(i.relname) FROM pg_catalog.pg_index AS x JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
                WHERE x.indrelid = t.oid AND x.indisreplident
            ), '')
        END
FROM pg_catalog.pg_class AS t
JOIN place AS p ON p.oid = t.relnamespace
WHERE t.relkind IN ('r', 'p') AND (t.relreplident IN ('f', 'n')
    OR t.relreplident = 'i' AND EXISTS (SELECT FROM pg_catalog.pg_index AS x WHERE x.indrelid = t.oid AND x.indisreplident))
UNION ALL
SELECT
    'property', p.schema, 'order of rows', p.schema, t.relname,
    'ALTER TABLE ' || t.oid::regclass || ' CLUSTER ON ' || quote_ident(i.relname)
FROM pg_catalog.pg_index AS x
JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
JOIN pg_catalog.pg_class AS t ON t.oid = x.indrelid
JOIN place AS p ON p.oid = t.relnamespace
WHERE x.indisclustered
UNION ALL
SELECT
    'property', p.schema, 'statistics of ' || CASE WHEN x.indrelid IS NULL THEN 'column ' || a.attname ELSE 'index ' || i.relname || ', column ' || a.attnum END,
    p.schema, t.relname,
    'ALTER ' || CASE WHEN x.indrelid IS NULL THEN 'TABLE ' ELSE 'INDEX ' END || i.oid::regclass
        || ' ALTER COLUMN ' || CASE WHEN x.indrelid IS NULL THEN quote_ident(a.attname) ELSE a.attnum::text END || ' SET STATISTICS ' || a.attstattarget
FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS i ON i.oid = a.attrelid
LEFT JOIN pg_catalog.pg_index AS x ON x.indexrelid = i.oid
JOIN pg_catalog.pg_class AS t ON t.oid = coalesce(x.indrelid, i.oid)
JOIN place AS p ON p.oid = t.relnamespace
WHERE a.attstattarget >= 0 AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT
    'property', p.schema, 'storage parameters', p.schema, t.relname,
    'ALTER TABLE ' || t.oid::regclass || ' SET (' || array_to_string(t.reloptions, ', ') || ')'
FROM pg_catalog.pg_class AS t
JOIN place AS p ON p.oid = t.relnamespace
WHERE t.relkind = 'r' AND t.reloptions IS NOT NULL
UNION ALL
SELECT
    'property', p.schema, 'ownership' || m.name, p.schema, m.table_name,
    'ALTER ' || m.what || m.sql || ' OWNER TO ' || quote_ident(pg_catalog.pg_get_userbyid(m.owner))
FROM (
    SELECT t.relnamespace AS place, t.relname AS table_name, t.relowner AS owner, 'TABLE ' AS what, '' AS name, t.oid::regclass::text AS sql
    FROM pg_catalog.pg_class AS t
    WHERE t.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT e.typnamespace, NULL, e.typowner, 'TYPE ', ' of type ' || e.typname, e.oid::regtype::text
    FROM pg_catalog.pg_type AS e
    WHERE e.typtype = 'e'
) AS m
JOIN place AS p ON p.oid = m.place
WHERE m.owner <> (SELECT r.oid FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user)
UNION ALL
SELECT
    'property', p.schema, 'firing of trigger ' || g.tgname, p.schema, t.relname,
    'ALTER TABLE ' || t.oid::regclass
        || CASE g.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END || ' TRIGGER ' || quote_ident(g.tgname)
FROM pg_catalog.pg_trigger AS g
JOIN pg_catalog.pg_class AS t ON t.oid = g.tgrelid
JOIN place AS p ON p.oid = t.relnamespace
WHERE g.tgenabled <> 'O' AND NOT g.tgisinternal
ORDER BY 1, 2, 5, 3
