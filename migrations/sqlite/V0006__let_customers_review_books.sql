-- let customers review books
-- enamel: keeps-old-code

-- create table reviews
CREATE TABLE "reviews" (
    "book_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "stars" SMALLINT NOT NULL,
    "body" TEXT,
    "written_at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("book_id", "customer_id"),
    FOREIGN KEY ("book_id") REFERENCES "books" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE,
    CHECK (stars BETWEEN 1 AND 5)
);

-- add index ix_reviews_customer_id on reviews(customer_id)
CREATE INDEX "ix_reviews_customer_id" ON "reviews" ("customer_id");
