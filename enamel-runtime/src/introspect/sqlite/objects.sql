-- Everything that a CREATE made, in the order in which it was made. Automatic indexes have no text.
-- https://www.sqlite.org/schematab.html
SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid
