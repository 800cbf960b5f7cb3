-- tags and discounts
-- enamel: keeps-old-code

-- add column publishers.discount TEXT NOT NULL DEFAULT 0
ALTER TABLE "publishers" ADD COLUMN "discount" TEXT NOT NULL DEFAULT 0;

-- add column books.tags TEXT
ALTER TABLE "books" ADD COLUMN "tags" TEXT;
