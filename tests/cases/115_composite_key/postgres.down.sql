
-- drop foreign key home on users(region, shop) to shops(region, number) on delete set null
ALTER TABLE "users" DROP CONSTRAINT "home";
