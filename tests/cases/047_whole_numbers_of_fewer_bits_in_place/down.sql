
-- There is nothing to do on SQLite.
