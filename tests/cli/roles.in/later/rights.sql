GRANT UPDATE ON books TO clerk;
