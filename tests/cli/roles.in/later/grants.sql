GRANT SELECT ON books TO app_reader, "App Reader";
ALTER TABLE books OWNER TO "Straße";
