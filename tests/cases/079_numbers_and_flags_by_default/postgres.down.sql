
-- things.none: drop default 0
ALTER TABLE "things" ALTER COLUMN "none" DROP DEFAULT;

-- things.five: default 7 becomes 5
ALTER TABLE "things" ALTER COLUMN "five" SET DEFAULT 5;

-- things.off: default FALSE becomes TRUE
ALTER TABLE "things" ALTER COLUMN "off" SET DEFAULT TRUE;
