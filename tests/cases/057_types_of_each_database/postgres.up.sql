-- enamel: keeps-old-code

-- There is nothing to do on PostgreSQL.
