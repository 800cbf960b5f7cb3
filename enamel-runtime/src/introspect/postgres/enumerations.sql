SELECT t.typname, e.enumlabel
FROM pg_catalog.pg_type AS t
JOIN place AS p ON p.oid = t.typnamespace AND p.schema IS NULL
JOIN pg_catalog.pg_enum AS e ON e.enumtypid = t.oid
WHERE NOT EXISTS (SELECT FROM owned AS o WHERE o.classid = 'pg_catalog.pg_type'::regclass AND o.objid = t.oid)
ORDER BY t.typname, e.enumsortorder
