//! A proxy before a server, which can cut every connection.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A proxy on loopback. It serves until the process ends.
pub(super) struct Proxy {
    port: u16,
    connections: Arc<Mutex<Vec<(TcpStream, UnixStream)>>>,
}

impl Proxy {
    /// Starts one before a server's socket.
    pub(super) fn start(socket: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::<Mutex<Vec<_>>>::default();
        let proxy = Self { port, connections: Arc::clone(&connections) };
        let socket = socket.to_owned();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // The server may be down: the client is told so by the end of its connection.
                let _ = serve(client, &socket, &connections);
            }
        });
        proxy
    }

    /// How to connect to a database through it.
    pub(super) fn target(&self, database: &str) -> String {
        format!("host=127.0.0.1 port={} user=postgres dbname={database}", self.port)
    }

    /// Cuts every connection.
    pub(super) fn cut(&self) {
        for (client, server) in self.connections.lock().unwrap().drain(..) {
            let _ = client.shutdown(Shutdown::Both);
            let _ = server.shutdown(Shutdown::Both);
        }
    }
}

fn serve(client: TcpStream, socket: &PathBuf, connections: &Mutex<Vec<(TcpStream, UnixStream)>>) -> io::Result<()> {
    let server = UnixStream::connect(socket)?;
    client.set_nodelay(true)?;
    let (mut from_client, mut to_client) = (client.try_clone()?, client.try_clone()?);
    let (mut from_server, mut to_server) = (server.try_clone()?, server.try_clone()?);
    std::thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Both);
    });
    std::thread::spawn(move || {
        let _ = io::copy(&mut from_server, &mut to_client);
        let _ = to_client.shutdown(Shutdown::Both);
    });
    connections.lock().unwrap().push((client, server));
    Ok(())
}
