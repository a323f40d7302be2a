//! The pump between the session and the browser: it takes commands, hands requests to the transport, feeds back what comes, and
//! emits records. It shares nothing else with the page, so that it can move into a worker of its own.

use std::cell::RefCell;
use std::hint::black_box;
use std::rc::{Rc, Weak};

use inspector_core::id::ExchangeId;
use inspector_core::probe::Setting;
use inspector_core::session::{Input, Output, Session};
use inspector_core::time::Micros;
use inspector_core::trace::{About, Command, Record};

use crate::platform::call::Call;
use crate::platform::clock::Clock;
use crate::platform::schedule::Timer;
use crate::vault::{Client, Vault};

/// What the page tells a run.
pub(crate) enum Order {
    /// The person asks for something.
    Command(Command),
    /// The person typed a client of an authorization server, for the next request for a token.
    Client(Client),
    /// Another run begins: what is under way is given up, and the session on the server is ended, so that none is left behind.
    /// Nothing more is heard of this run.
    Leave,
}

/// What the page hears of a run.
pub(crate) enum News {
    /// Something happened; it belongs into the trace.
    Record(Record),
    /// Where the session stands.
    State(Standing),
    /// A token endpoint gave this token. No recording holds it.
    Issued(String),
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// An answer is awaited, of the server's or of the person's.
    pub(crate) running: bool,
    /// There is a session on the server that can be ended.
    pub(crate) has_session: bool,
    /// The conversation is open: the server can be asked for something.
    pub(crate) open: bool,
    /// The stream on which the server speaks unasked is open.
    pub(crate) listening: bool,
    /// The session is asked again and again whether it lives.
    pub(crate) watching: bool,
    /// What is known for the choice of probes.
    pub(crate) setting: Setting,
}

/// A run: what the person asks for goes in. Dropping the last copy gives up whatever is under way.
///
/// It is a call and no more, so that who holds one can drop it without the code of a session, a transport and a server: the
/// state holds one in the first part of the program, where there are no runs yet.
pub(crate) type Driver = Rc<dyn Fn(Order)>;

struct Pump {
    state: RefCell<State>,
    emit: Box<dyn Fn(News)>,
    clock: Clock,
    vault: Vault,
    /// Itself, from the last order until the server has been told.
    leaving: RefCell<Option<Rc<Self>>>,
}

struct State {
    session: Session,
    calls: Vec<(ExchangeId, Call)>,
    timer: Option<Timer>,
}

/// Prepares a run; `emit` will hear of it. Its clock starts now.
pub(crate) fn prepare(about: About, vault: Vault, emit: impl Fn(News) + 'static) -> Driver {
    let state = State { session: Session::new(about), calls: Vec::new(), timer: None };
    let state = RefCell::new(state);
    let pump = Rc::new(Pump { state, emit: Box::new(emit), clock: Clock::start(), vault, leaving: RefCell::default() });
    let driver: Driver = Rc::new(move |order| match order {
        Order::Command(command) => Pump::feed(&pump, Input::Command(command)),
        Order::Client(client) => pump.vault.entrust(client),
        Order::Leave => Pump::leave(&pump),
    });
    // There is no other implementation of it. The optimiser must not notice, or it writes this one's address into all who hold one.
    black_box(driver)
}

impl Pump {
    fn leave(pump: &Rc<Self>) {
        for command in [Command::Stop, Command::EndSession] {
            pump.leaving.replace(Some(Rc::clone(pump)));
            Self::feed(pump, Input::Command(command));
        }
    }

    fn emit(&self, news: News) {
        if self.leaving.borrow().is_none() {
            (self.emit)(news);
        }
    }

    fn feed(pump: &Rc<Self>, input: Input) {
        let now = pump.clock.now();
        let ended = if let Input::End(id, _) = &input { Some(*id) } else { None };
        let mut outputs = Vec::new();
        {
            let mut state = pump.state.borrow_mut();
            state.session.handle(now, input);
            outputs.extend(std::iter::from_fn(|| state.session.poll_output()));
            if let Some(id) = ended {
                state.calls.retain(|(call, _)| *call != id);
            }
        }
        for output in outputs {
            Self::act(pump, now, output);
        }
        let standing = {
            let session = &pump.state.borrow().session;
            Standing {
                running: session.is_running(),
                has_session: session.has_session(),
                open: session.is_open(),
                listening: session.is_listening(),
                watching: session.is_watching(),
                setting: session.setting(),
            }
        };
        if let Some(token) = pump.vault.issued() {
            pump.emit(News::Issued(token));
        }
        pump.emit(News::State(standing));
        if !standing.running {
            pump.leaving.take();
        }
    }

    fn act(pump: &Rc<Self>, now: Micros, output: Output) {
        match output {
            Output::Record(record) => pump.emit(News::Record(record)),
            Output::Send(id, request) => {
                let back = Rc::downgrade(pump);
                let call = Call::start(id, request, &pump.vault, move |input| Self::hear(&back, input));
                pump.state.borrow_mut().calls.push((id, call));
            }
            Output::Abort(id) => {
                if let Some((_, call)) = pump.state.borrow().calls.iter().find(|(call, _)| *call == id) {
                    call.abort();
                }
            }
            Output::WakeAt(at) => {
                let back = Rc::downgrade(pump);
                let timer = at.and_then(|at| {
                    // Rounded up: a timer that rings early would have to ring again.
                    let millis = at.saturating_sub(now).as_millis().saturating_add(1);
                    Timer::after(i32::try_from(millis).unwrap_or(i32::MAX), move || Self::hear(&back, Input::Tick))
                });
                let spent = std::mem::replace(&mut pump.state.borrow_mut().timer, timer);
                // The timer may be the one that is ringing: it goes once it has.
                leptos::task::spawn_local(async move { drop(spent) });
            }
        }
    }

    fn hear(back: &Weak<Self>, input: Input) {
        if let Some(pump) = back.upgrade() {
            Self::feed(&pump, input);
        }
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        self.state.borrow().calls.iter().for_each(|(_, call)| call.abort());
    }
}
