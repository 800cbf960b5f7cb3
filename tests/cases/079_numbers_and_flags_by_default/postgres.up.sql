-- enamel: keeps-old-code

-- things.none: add default 0
ALTER TABLE "things" ALTER COLUMN "none" SET DEFAULT 0;

-- things.five: default 5 becomes 7
ALTER TABLE "things" ALTER COLUMN "five" SET DEFAULT 7;

-- things.off: default TRUE becomes FALSE
ALTER TABLE "things" ALTER COLUMN "off" SET DEFAULT FALSE;
