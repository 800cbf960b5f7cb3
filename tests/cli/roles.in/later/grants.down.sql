ALTER TABLE books OWNER TO CURRENT_USER;
REVOKE ALL ON books FROM app_reader, "App Reader";
