-- first, back

DROP TABLE "cabinets";
