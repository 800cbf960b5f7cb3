CREATE TABLE things (id serial PRIMARY KEY, number serial, plain bigserial);
CREATE TABLE others (id bigserial CONSTRAINT others_pkey PRIMARY KEY);
