//! Connections by URL to a server with the certificate of a test authority.

use enamel_runtime::Connection;
use enamel_runtime::connection::block_on;
use enamel_runtime::database_url::DatabaseUrl;
use enamel_runtime::open::open;
use enamel_runtime::scratch::Scratch;
use enamel_runtime::scratch::server::Server;
use enamel_tests::server::is_there;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use snapbox::str;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;

/// A server that listens on a port, and the files of its authority and of a client's certificate beside it.
struct Safe {
    server: Server,
    port: u16,
}

impl Safe {
    fn start() -> Safe {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Server::start_on(port).unwrap();
        Safe { server, port }
    }

    /// Gives the server a certificate for `localhost`.
    fn certify(&self) {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let (server, client) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let of_server =
            CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&server, &authority).unwrap();
        let mut of_client = CertificateParams::default();
        of_client.distinguished_name.push(DnType::CommonName, "postgres");
        let of_client = of_client.signed_by(&client, &authority).unwrap();
        self.write("ca.pem", &authority.pem());
        self.write("server.pem", &of_server.pem());
        self.write("server.key", &server.serialize_pem());
        self.write("client.pem", &of_client.pem());
        self.write("client.key", &client.serialize_pem());
        self.run(&format!(
            "ALTER SYSTEM SET ssl_cert_file = '{}';
             ALTER SYSTEM SET ssl_key_file = '{}';
             ALTER SYSTEM SET ssl_ca_file = '{}';
             ALTER SYSTEM SET ssl = on;",
            self.file("server.pem"),
            self.file("server.key"),
            self.file("ca.pem"),
        ));
        self.run("SELECT pg_reload_conf()");
        while self.ask("127.0.0.1", "sslmode=require").is_err() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    fn file(&self, name: &str) -> String {
        self.server.folder().join(name).display().to_string()
    }

    /// Writes a file that the server may read and nobody else.
    fn write(&self, name: &str, text: &str) {
        let path = self.server.folder().join(name);
        fs::write(&path, text).unwrap();
        self.give(&path);
    }

    fn give(&self, path: &Path) {
        let owner = fs::metadata(self.server.folder()).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    /// Each statement for itself: `ALTER SYSTEM` runs in no transaction.
    fn run(&self, sql: &str) {
        let mut client = self.server.connect("postgres").unwrap();
        sql.split(';').for_each(|statement| client.batch_execute(statement).unwrap());
    }

    fn url(&self, host: &str, parameters: &str) -> String {
        format!("postgres://postgres@{host}:{}/postgres?{parameters}", self.port)
    }

    /// Whether a connection by URL speaks TLS; or why there is none.
    fn ask(&self, host: &str, parameters: &str) -> Result<bool, String> {
        let url: DatabaseUrl = self.url(host, parameters).parse().unwrap();
        let mut database = open(&url, false).map_err(|error| error.to_string())?;
        let rows = block_on(database.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).unwrap();
        Ok(rows[0][0].as_deref() == Some("t"))
    }

    /// Why there is no connection, without what differs from run to run.
    fn refusal(&self, host: &str, parameters: &str) -> String {
        let refusal = self.ask(host, parameters).unwrap_err();
        refusal
            .replace(&self.port.to_string(), "[PORT]")
            .replace(&self.server.folder().display().to_string(), "[FOLDER]")
    }
}

#[test]
fn the_way_to_the_server_is_as_safe_as_the_url_says() {
    if !is_there() {
        return;
    }
    let safe = Safe::start();
    assert_eq!(safe.ask("127.0.0.1", ""), Ok(false));
    assert_eq!(safe.ask("127.0.0.1", "sslmode=prefer"), Ok(false));
    snapbox::assert_data_eq!(
        safe.refusal("127.0.0.1", "sslmode=require"),
        str![[r#"
could not open postgres://postgres@127.0.0.1:[PORT]/postgres?…: error performing TLS handshake: server does not support TLS
hint: say `sslmode=disable`, where the way to the server is safe
"#]]
    );

    safe.certify();
    let authority = format!("sslrootcert={}", safe.file("ca.pem"));
    assert_eq!(safe.ask("127.0.0.1", ""), Ok(true));
    assert_eq!(safe.ask("127.0.0.1", "sslmode=disable"), Ok(false));
    assert_eq!(safe.ask("127.0.0.1", "sslmode=prefer"), Ok(true));
    assert_eq!(safe.ask("127.0.0.1", "sslmode=require&application_name=shop"), Ok(true));
    assert_eq!(safe.ask("localhost", &format!("sslmode=verify-full&{authority}")), Ok(true));
    for (host, parameters) in [
        ("localhost", "sslmode=verify-full"),
        ("127.0.0.1", &format!("sslmode=verify-full&{authority}")),
        ("localhost", "sslmode=verify-full&sslrootcert=/nowhere/ca.pem"),
        ("localhost", &format!("sslmode=verify-ca&{authority}")),
    ] {
        let refusal = safe.refusal(host, parameters);
        assert!(refusal.contains("\nhint: "), "{refusal}");
    }
    snapbox::assert_data_eq!(
        safe.refusal("localhost", "sslmode=verify-full"),
        str![[r#"
could not open postgres://postgres@localhost:[PORT]/postgres?…: error performing TLS handshake: invalid peer certificate: UnknownIssuer
hint: name its authority with `sslrootcert=FILE` and the server as its certificate does; `sslmode=require` does without
"#]]
    );
    snapbox::assert_data_eq!(
        safe.refusal("localhost", "sslmode=verify-full&sslrootcert=/nowhere/ca.pem"),
        str![[r#"
could not open postgres://postgres@localhost:[PORT]/postgres?…: could not read /nowhere/ca.pem: I/O error: No such file or directory (os error 2)
hint: `sslrootcert`, `sslcert` and `sslkey` name files with PEM texts
"#]]
    );

    // Throw-away databases are made on the same way.
    let scratch = Scratch::postgres_at(safe.url("localhost", &format!("sslmode=verify-full&{authority}")));
    let mut connection = scratch.open().unwrap();
    let rows = block_on(connection.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")).unwrap();
    assert_eq!(rows[0][0].as_deref(), Some("t"));
}

#[test]
fn a_server_may_ask_for_a_certificate() {
    if !is_there() {
        return;
    }
    let safe = Safe::start();
    safe.certify();
    fs::write(safe.file("data/pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 cert\n").unwrap();
    safe.run("SELECT pg_reload_conf()");
    let own = format!("sslmode=require&sslcert={}&sslkey={}", safe.file("client.pem"), safe.file("client.key"));
    while safe.ask("127.0.0.1", "sslmode=require").is_ok() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(safe.ask("127.0.0.1", &own), Ok(true));
    snapbox::assert_data_eq!(
        safe.refusal("127.0.0.1", "sslmode=require"),
        str![[r#"
could not open postgres://postgres@127.0.0.1:[PORT]/postgres?…: connection requires a valid client certificate
hint: name yours and its key with `sslcert=FILE` and `sslkey=FILE`
"#]]
    );
}
