DROP ROLE clerk;
