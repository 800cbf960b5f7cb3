
-- There is nothing to do on PostgreSQL.
