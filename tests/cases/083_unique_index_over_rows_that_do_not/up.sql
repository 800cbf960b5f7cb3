
-- hazard: validation-scan: every row of users is looked at
-- enamel: must be empty: rows of users that have the same name and age as another
SELECT "id", "name", "age"
FROM "users"
WHERE (age > 0)
  AND (lower(name), "age") IN (
    SELECT lower(name), "age"
    FROM "users"
    WHERE age > 0
    GROUP BY 1, 2
    HAVING count(*) > 1
);

-- add unique index ux on users(lower(name), age) where age > 0
-- hazard: breaks-old-code: programs from before may write to users what is refused from now on
-- hazard: long-lock: writers wait while every row of users is sorted
CREATE UNIQUE INDEX "ux" ON "users" (lower(name), "age")
WHERE age > 0;
