-- The schemas that are looked at, each with the name that tables in it bear: none in the connection's own. Twins of other schemas are seen from
-- among the twins only.
WITH place AS (
    SELECT
        oid,
        CASE
            WHEN nspname = current_schema() THEN NULL
            WHEN current_schema() = 'enamel_models' THEN substr(nspname, 15)
            ELSE nspname
        END AS schema
    FROM pg_catalog.pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
        AND (nspname = 'enamel_models' OR nspname LIKE 'enamel\_models.%') = (current_schema() = 'enamel_models')
),
-- What belongs to an extension is the extension's.
owned AS (SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e')
