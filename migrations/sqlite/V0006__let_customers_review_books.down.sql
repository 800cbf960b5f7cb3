-- let customers review books
-- enamel: breaks-old-code

-- drop index ix_reviews_customer_id on reviews
-- drop table reviews
-- hazard: data-loss: the rows of reviews are gone
-- hazard: breaks-old-code: programs from before use reviews
DROP TABLE "reviews";
