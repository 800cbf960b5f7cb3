CREATE VIEW admins AS SELECT id FROM users WHERE role = 'admin';
CREATE POLICY own ON users USING (role <> 'admin');
CREATE FUNCTION may(role role, role_name text) RETURNS boolean LANGUAGE sql AS 'SELECT role = ''admin''';
CREATE FUNCTION of(role text) RETURNS text LANGUAGE sql AS 'SELECT role';
CREATE DOMAIN known AS role DEFAULT 'member';
