CREATE STATISTICS about (dependencies) ON age, name FROM things;
