-- The tables in which virtual tables keep what is theirs. https://www.sqlite.org/pragma.html#pragma_table_list
SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
