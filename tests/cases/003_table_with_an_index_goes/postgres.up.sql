-- enamel: drop table notes

-- drop index ix_notes_user_id on notes
-- drop table notes
-- hazard: data-loss: the rows of notes are gone
-- hazard: breaks-old-code: programs from before use notes
DROP TABLE "notes";
