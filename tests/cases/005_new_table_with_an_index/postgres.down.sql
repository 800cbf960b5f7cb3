
-- drop index ix_notes_user_id on notes
-- drop table notes
-- hazard: data-loss: the rows of notes are gone
DROP TABLE "notes";
