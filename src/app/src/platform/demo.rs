//! The demo server of this page, called as `fetch` calls a server on the network. Nothing leaves the page.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use inspector_core::http::{Request, ResponseHead, Sight, Url};
use inspector_core::id::ExchangeId;
use inspector_core::session::Input;
use inspector_core::trace::End;
use inspector_demo::{self as demo, ConnectionId, Output, Server};

use super::clock::{self, Clock};
use super::schedule::{self, Timer};

/// The address of the demo server. The name is reserved and can never resolve (RFC 2606, section 2): nobody can be called by it.
pub(crate) const URL: &str = "https://demo.invalid/mcp";

/// Whether an address is the demo server's.
pub(crate) fn is_demo(url: &Url) -> bool {
    url.origin() == "https://demo.invalid"
}

thread_local! {
    /// One server for the whole page, as a server on the network would be: it outlives a run.
    static HOUSE: House = House {
        server: RefCell::new(Server::new(clock::wall().0.unsigned_abs())),
        clock: Clock::start(),
        open: RefCell::default(),
        said: RefCell::default(),
        timer: RefCell::default(),
        count: Cell::new(0),
    };
}

/// The server and everybody who waits for it.
struct House {
    server: RefCell<Server>,
    clock: Clock,
    open: RefCell<Vec<Open>>,
    /// What the server said and nobody has heard yet.
    said: RefCell<VecDeque<Output>>,
    timer: RefCell<Option<Timer>>,
    count: Cell<u32>,
}

/// A response somebody waits for.
struct Open {
    connection: ConnectionId,
    exchange: ExchangeId,
    on: Rc<dyn Fn(Input)>,
}

/// A request under way. Giving it up ends it with [`End::Aborted`].
pub(crate) struct Call(ConnectionId);

impl Call {
    /// Sends a request, without the secrets: this server wants none. `on` hears of the response, every piece of the body, and
    /// the end, later and never at once, as from a network.
    pub(crate) fn start(exchange: ExchangeId, request: Request, on: impl Fn(Input) + 'static) -> Self {
        let connection = HOUSE.with(|house| {
            house.count.set(house.count.get() + 1);
            let connection = ConnectionId(house.count.get());
            house.open.borrow_mut().push(Open { connection, exchange, on: Rc::new(on) });
            connection
        });
        let request = demo::Request {
            method: request.method.as_str().to_owned(),
            target: request.url.target().to_owned(),
            headers: request.headers,
            body: request.body.into_bytes(),
        };
        feed(demo::Input::Request(connection, request));
        Self(connection)
    }

    /// Gives the request up.
    pub(crate) fn abort(&self) {
        let Some(open) = take(self.0) else { return };
        feed(demo::Input::Closed(self.0));
        leptos::task::spawn_local(async move {
            schedule::turn().await;
            (open.on)(Input::End(open.exchange, End::Aborted));
        });
    }
}

/// Nobody waits for this response any more.
fn take(connection: ConnectionId) -> Option<Open> {
    HOUSE.with(|house| {
        let mut open = house.open.borrow_mut();
        let at = open.iter().position(|open| open.connection == connection)?;
        Some(open.remove(at))
    })
}

/// Tells the server something, and has what it says delivered as soon as the browser has had a turn.
fn feed(input: demo::Input) {
    let begin = HOUSE.with(|house| {
        let mut server = house.server.borrow_mut();
        server.handle(house.clock.now(), input);
        let mut said = house.said.borrow_mut();
        let was_empty = said.is_empty();
        while let Some(output) = server.poll_output() {
            match output {
                Output::WakeAt(at) => house.wake_at(at),
                output => said.push_back(output),
            }
        }
        was_empty && !said.is_empty()
    });
    if begin {
        leptos::task::spawn_local(async {
            schedule::turn().await;
            deliver();
        });
    }
}

impl House {
    fn wake_at(&self, at: Option<inspector_core::time::Micros>) {
        let timer = at.and_then(|at| {
            // Rounded up: a timer that rings early would have to ring again.
            let millis = at.saturating_sub(self.clock.now()).as_millis().saturating_add(1);
            Timer::after(i32::try_from(millis).unwrap_or(i32::MAX), || feed(demo::Input::Tick))
        });
        let spent = std::mem::replace(&mut *self.timer.borrow_mut(), timer);
        // The timer may be the one that is ringing: it goes once it has.
        leptos::task::spawn_local(async move { drop(spent) });
    }
}

/// Delivers what the server said. Whoever hears it may call the server again, so nothing is held meanwhile.
fn deliver() {
    while let Some(output) = HOUSE.with(|house| house.said.borrow_mut().pop_front()) {
        let (connection, ended) = match &output {
            Output::Head(connection, ..) | Output::Chunk(connection, _) => (*connection, false),
            Output::End(connection) => (*connection, true),
            Output::WakeAt(_) => continue,
        };
        let heard = HOUSE.with(|house| {
            let open = house.open.borrow();
            open.iter().find(|open| open.connection == connection).map(|open| (open.exchange, Rc::clone(&open.on)))
        });
        let Some((id, on)) = heard else { continue };
        if ended {
            take(connection);
        }
        on(match output {
            Output::Head(_, status, headers) => {
                Input::Response(id, ResponseHead { status, redirected_to: None, headers, sight: Sight::Full })
            }
            Output::Chunk(_, bytes) => Input::Chunk(id, bytes),
            Output::End(_) | Output::WakeAt(_) => Input::End(id, End::Complete),
        });
    }
}
