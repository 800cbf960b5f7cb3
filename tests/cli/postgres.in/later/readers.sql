CREATE ROLE enamel_shop_reader;
CREATE SCHEMA second;
GRANT USAGE ON SCHEMA second TO enamel_shop_reader;
