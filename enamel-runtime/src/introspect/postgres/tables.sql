SELECT
    c.oid, p.schema, c.relname, c.relkind, c.relpersistence = 'u', c.relispartition,
    pg_catalog.obj_description(c.oid, 'pg_class'), current_schema()
FROM pg_catalog.pg_class AS c
JOIN place AS p ON p.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f')
    AND NOT EXISTS (SELECT FROM owned AS o WHERE o.classid = 'pg_catalog.pg_class'::regclass AND o.objid = c.oid)
ORDER BY c.oid
