-- A row for each column of a constraint, and one for a constraint without. One that is not valid keeps nothing yet. What a key to a partitioned
-- table says of each partition is the server's own.
SELECT
    k.conrelid, k.oid, k.conname, k.contype, k.condeferrable, k.condeferred,
    a.attname, r.schema, f.relname, b.attname, k.confdeltype, k.confupdtype,
    CASE k.contype
        WHEN 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid)
        WHEN 'x' THEN substr(pg_catalog.pg_get_constraintdef(k.oid), length('EXCLUDE ') + 1)
    END,
    -- Not before version 15.
    k.contype = 'u' AND coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
FROM pg_catalog.pg_constraint AS k
JOIN looked_at AS c ON c.oid = k.conrelid
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = k.conindid
LEFT JOIN LATERAL unnest(
    CASE WHEN k.contype IN ('p', 'u', 'f') THEN k.conkey END, CASE WHEN k.contype = 'f' THEN k.confkey END
) WITH ORDINALITY AS n (own, referenced, position) ON true
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = n.own AND a.attnum > 0
LEFT JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid AND k.confrelid <> 0
LEFT JOIN place AS r ON r.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = n.referenced AND b.attnum > 0
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.convalidated AND k.conparentid = 0
ORDER BY k.conrelid, k.oid, n.position
