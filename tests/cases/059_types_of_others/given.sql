CREATE DOMAIN email AS text COLLATE "C" CHECK (VALUE LIKE '%@%');
CREATE DOMAIN count AS integer DEFAULT 1 NOT NULL;
CREATE TYPE pair AS (one integer, other text);
CREATE SCHEMA "Other";
CREATE TYPE "Other"."Odd Type" AS ENUM ('a b', 'c');
CREATE TYPE stretch AS RANGE (SUBTYPE = float8);
