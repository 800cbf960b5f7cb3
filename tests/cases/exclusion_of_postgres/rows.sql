INSERT INTO stays (box, days) VALUES ('(0,0),(1,1)', '[1,5)'), ('(2,2),(3,3)', '[6,7)');
