
-- create table notes
-- hazard: data-loss: the rows that notes held do not come back
CREATE TABLE "notes" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "user_id" BIGINT NOT NULL
);

-- add index ix_notes_user_id on notes(user_id)
CREATE INDEX "ix_notes_user_id" ON "notes" ("user_id");
