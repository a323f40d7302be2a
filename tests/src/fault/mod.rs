//! The fault server: MCP servers that misbehave on request, with every byte under control.
//!
//! A [`Scenario`] is a correct server ([`sound`]) with one [`Fault`](scenario::Fault) in front of it. A fault answers with a
//! [`Reply`](reply::Reply), which is data; [`wire`] plays it to the socket.

mod call;
mod confusion;
mod cors;
mod issuer;
mod reply;
mod scenario;
mod scenarios;
mod sound;
mod stack;
mod stateless;
mod wire;

use std::{
    io::{self, BufReader},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

pub use confusion::{Named, confusion};
pub use issuer::{CLIENT_ID, CLIENT_SECRET, Gives, Guarded, Issuer, PLAIN_CLIENT, Published, SCOPE};
pub use scenario::{Scenario, TOKEN};

use crate::{http::Request, listener::Listener};
use call::Call;
use reply::Answer;
use sound::Sound;

/// An address on the loopback where nothing listens, for as long as this lives: its port is that of a connection, so that no
/// server gets it meanwhile.
pub struct Nobody(TcpStream);

impl Nobody {
    /// Finds such an address.
    pub fn find() -> Self {
        let listener = Listener::start(0, drop).expect("a free loopback port");
        Self(TcpStream::connect(listener.address()).expect("a connection to the listener"))
    }

    /// What to type into "Server URL".
    pub fn url(&self) -> String {
        format!("http://{}/mcp", self.0.local_addr().expect("the address of a connection"))
    }
}

/// A running scenario; it stops, and breaks every connection, when dropped.
pub struct FaultServer {
    listener: Listener,
    shared: Arc<Shared>,
}

struct Shared {
    scenario: Scenario,
    sound: Sound,
    requests: Mutex<Vec<Request>>,
    answering: AtomicUsize,
}

impl FaultServer {
    /// Starts a scenario on a free loopback port.
    pub fn start(scenario: Scenario) -> Self {
        Self::start_on(0, scenario).expect("a free loopback port")
    }

    /// Starts a scenario on a given loopback port.
    pub fn start_on(port: u16, scenario: Scenario) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            scenario,
            sound: Sound::new(scenario.habits),
            requests: Mutex::default(),
            answering: AtomicUsize::new(0),
        });
        let listener = Listener::start(port, {
            let shared = Arc::clone(&shared);
            move |socket| {
                // An error here is the peer gone or the scenario's own cut: either way the connection is over.
                let _ = shared.serve(&socket);
            }
        })?;
        Ok(Self { listener, shared })
    }

    /// What to type into "Server URL".
    pub fn url(&self) -> String {
        format!("{}{}", self.listener.origin(), self.shared.scenario.path)
    }

    /// What to type into "Server URL" where the laboratory resolves names: the address with the name that the scenario is about.
    pub fn named_url(&self) -> String {
        format!("http://{}:{}{}", self.shared.scenario.host, self.listener.port(), self.shared.scenario.path)
    }

    /// Every request received so far, preflights included, in the order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// How many sessions were opened so far.
    pub fn sessions_opened(&self) -> usize {
        self.shared.sound.sessions_opened()
    }

    /// How many responses are under way. Zero soon after a client lets go of a stream.
    pub fn answering(&self) -> usize {
        self.shared.answering.load(Ordering::SeqCst)
    }
}

impl Shared {
    fn serve(&self, socket: &TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let mut incoming = BufReader::new(socket);
        while let Some(request) = Request::read(&mut incoming)? {
            self.requests.lock().unwrap().push(request.clone());
            self.answering.fetch_add(1, Ordering::SeqCst);
            let played = wire::play(&self.answer(&request), socket);
            self.answering.fetch_sub(1, Ordering::SeqCst);
            played?;
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Answer {
        let cors = self.scenario.cors;
        if request.method == "OPTIONS" {
            return Answer::Reply(cors.preflight());
        }
        let call = Call::read(request);
        let answer = (self.scenario.fault)(&call, &self.sound).unwrap_or_else(|| self.sound.answer(&call).into());
        match answer {
            Answer::Reply(reply) => Answer::Reply(cors.mark(reply)),
            silent => silent,
        }
    }
}
