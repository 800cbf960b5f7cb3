DROP SCHEMA second;
DROP ROLE enamel_shop_reader;
