-- The constraints of tables of others, as the server writes them.
SELECT k.conrelid, k.conname, pg_catalog.pg_get_constraintdef(k.oid)
FROM pg_catalog.pg_constraint AS k
JOIN looked_at AS c ON c.oid = k.conrelid
WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND k.convalidated AND k.conparentid = 0
ORDER BY k.conrelid, k.oid
