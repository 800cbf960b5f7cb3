CREATE TABLE audit (event_id bigint, event_day date, FOREIGN KEY (event_id, event_day) REFERENCES events_2024);
