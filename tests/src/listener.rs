//! A TCP server on the loopback: one thread per connection, everything closed on drop.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

/// Accepts connections until dropped.
pub(crate) struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    stopping: AtomicBool,
    /// Connections being served, so that drop can break them.
    open: Mutex<HashMap<u64, TcpStream>>,
}

impl Listener {
    /// Listens on 127.0.0.1 (`port` 0: any free one) and gives each connection to `serve` on a thread of its own.
    pub(crate) fn start(port: u16, serve: impl Fn(TcpStream) + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let serve = Arc::new(serve);
        let accepting = thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for (id, socket) in (0..).zip(listener.incoming()) {
                    if shared.stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    let Ok(socket) = socket else { continue };
                    let Ok(handle) = socket.try_clone() else {
                        continue;
                    };
                    shared.open.lock().unwrap().insert(id, handle);
                    let (shared, serve) = (Arc::clone(&shared), Arc::clone(&serve));
                    thread::spawn(move || {
                        serve(socket);
                        // Ends the connection for the peer even if some other clone of the socket is still alive.
                        if let Some(handle) = shared.open.lock().unwrap().remove(&id) {
                            let _ = handle.shutdown(Shutdown::Both);
                        }
                    });
                }
            }
        });
        Ok(Self { address, shared, accepting: Some(accepting) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the accepting thread, which then sees the flag.
        let _ = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
        for socket in self.shared.open.lock().unwrap().values() {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}
