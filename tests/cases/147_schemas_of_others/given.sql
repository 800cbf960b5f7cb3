CREATE SCHEMA audit;
CREATE TABLE audit.things (id integer PRIMARY KEY, name text);
CREATE TABLE audit.log (at timestamptz);
CREATE VIEW audit.seen AS SELECT * FROM audit.things;
CREATE TYPE audit.mood AS ENUM ('a');
CREATE FUNCTION audit.touch() RETURNS integer LANGUAGE sql AS 'SELECT 1';
