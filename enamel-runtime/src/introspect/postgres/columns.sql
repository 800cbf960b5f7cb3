SELECT
    a.attrelid, a.attname,
    -- The enum that the type is, or is an array of.
    e.typname, t.typelem <> 0,
    pg_catalog.format_type(a.atttypid, a.atttypmod),
    a.attnotnull,
    pg_catalog.pg_get_expr(d.adbin, d.adrelid),
    a.attgenerated, a.attidentity,
    q.is_serial, pg_catalog.format_type(q.seqtypid, NULL),
    q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle,
    CASE
        WHEN a.attcollation = t.typcollation THEN NULL
        WHEN l.collnamespace = 'pg_catalog'::regnamespace THEN l.collname
        ELSE l.collnamespace::regnamespace || '.' || quote_ident(l.collname)
    END,
    m.description
FROM pg_catalog.pg_attribute AS a
JOIN looked_at AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type AS e ON e.typtype = 'e' AND e.oid IN (t.oid, t.typelem)
    AND e.typnamespace IN (SELECT own.oid FROM place AS own WHERE own.schema IS NULL)
LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = a.attcollation
-- The sequence that the column counts by: that of its identity, or one that belongs to it and that its default counts up, as `serial` makes it.
LEFT JOIN LATERAL (
    SELECT n.*, s.deptype = 'a' AS is_serial
    FROM pg_catalog.pg_depend AS s
    JOIN pg_catalog.pg_sequence AS n ON n.seqrelid = s.objid
    WHERE (a.attidentity <> '' OR d.oid IS NOT NULL)
        AND s.classid = 'pg_catalog.pg_class'::regclass AND s.refclassid = 'pg_catalog.pg_class'::regclass
        AND s.refobjid = a.attrelid AND s.refobjsubid = a.attnum
        AND (s.deptype = 'i' OR s.deptype = 'a' AND EXISTS (
            SELECT FROM pg_catalog.pg_depend AS u
            WHERE u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = d.oid
                AND u.refclassid = 'pg_catalog.pg_class'::regclass AND u.refobjid = s.objid
        ))
    LIMIT 1
) AS q ON true
LEFT JOIN pg_catalog.pg_description AS m ON m.classoid = 'pg_catalog.pg_class'::regclass AND m.objoid = a.attrelid AND m.objsubid = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
