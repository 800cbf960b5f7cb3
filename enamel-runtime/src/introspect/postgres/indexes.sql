-- A row for each column of an index that no constraint owns. One that is not valid serves nobody yet.
SELECT
    i.indrelid, c.oid, c.relname, i.indisunique, m.amname,
    i.indisunique AND coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false),
    pg_catalog.pg_get_expr(i.indpred, i.indrelid),
    array_to_string(c.reloptions, E'\n'),
    n.position > i.indnkeyatts,
    a.attname,
    CASE WHEN n.number = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, n.position::integer, false) END,
    -- https://www.postgresql.org/docs/current/catalog-pg-index.html: one bit for downwards, one for NULLs first.
    i.indoption[n.position - 1] & 1 <> 0, i.indoption[n.position - 1] & 2 <> 0,
    CASE
        WHEN l.oid IS NULL OR l.oid = coalesce(a.attcollation, 'pg_catalog."default"'::regcollation) THEN NULL
        WHEN l.collnamespace = 'pg_catalog'::regnamespace THEN l.collname
        ELSE l.collnamespace::regnamespace || '.' || quote_ident(l.collname)
    END,
    CASE
        WHEN o.opcdefault AND x.attoptions IS NULL THEN NULL
        ELSE quote_ident(o.opcname) || coalesce('(' || array_to_string(x.attoptions, ', ') || ')', '')
    END
FROM pg_catalog.pg_index AS i
JOIN looked_at AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS n (number, position)
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = n.number AND a.attnum > 0
LEFT JOIN pg_catalog.pg_attribute AS x ON x.attrelid = i.indexrelid AND x.attnum = n.position AND x.attoptions IS NOT NULL
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = i.indcollation[n.position - 1]
LEFT JOIN pg_catalog.pg_opclass AS o ON o.oid = i.indclass[n.position - 1]
WHERE i.indisvalid
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
    )
ORDER BY i.indrelid, c.oid, n.position
