
-- create table logs
-- hazard: data-loss: the rows that logs held do not come back
CREATE TABLE "logs" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" BIGINT NOT NULL,
    "line" TEXT NOT NULL,
    FOREIGN KEY ("user_id") REFERENCES "users" ("id")
);

-- add index ix_logs_user_id on logs(user_id)
CREATE INDEX "ix_logs_user_id" ON "logs" ("user_id");

CREATE TRIGGER keep_log BEFORE DELETE ON logs BEGIN SELECT raise(ABORT, 'kept'); END;
