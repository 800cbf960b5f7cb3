INSERT INTO things (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23)
VALUES (true, 1, 1, '\x00', '\x00000000', now(), now(), now(), '10:00', '1 day', gen_random_uuid(), '{}', '{1}', '::1', '08:00:2b:01:02:03', 'a=>1',
    'x', '<a/>', '[1,2)', 'a', '10:00', 'c', '{}');
