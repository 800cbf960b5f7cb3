CREATE VIEW keys AS SELECT id::text AS key FROM posts;
CREATE TABLE orders (state integer);
CREATE VIEW pairs AS SELECT orders.state, posts.id FROM orders, posts;
