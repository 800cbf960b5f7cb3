
-- drop foreign key bands(debut) to albums(code)
ALTER TABLE "bands" DROP CONSTRAINT "fk_bands_debut";

-- drop unique albums(code)
ALTER TABLE "albums" DROP CONSTRAINT "uq_albums_code";

-- drop column albums.code
-- hazard: data-loss: the values of albums.code are gone
ALTER TABLE "albums" DROP COLUMN "code";
