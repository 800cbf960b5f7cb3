INSERT INTO events VALUES (1, '2024-02-29', 'a'), (1, '2025-01-01', NULL);
INSERT INTO notes (event_id, event_day) VALUES (1, '2024-02-29'), (1, '2025-01-01');
INSERT INTO audit VALUES (1, '2024-02-29');
