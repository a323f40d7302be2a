//! Runs the core's session against a server as the page does, with the real clock and a thread for each exchange.
//!
//! When [`About::page`] names an origin, requests and responses pass through the rules of [`cors`], so that the recording
//! looks as a browser would have made it, redirects followed; cookies and caches are left to real browsers. Without a page, what
//! comes is recorded as it comes, and so is why nothing came.

mod cors;
mod guard;
mod hop;
mod other;
mod person;
mod secrets;

use std::{
    cell::RefCell,
    collections::BTreeMap,
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use inspector_core::{
    http::{Request, ResponseHead, Sight, Url},
    id::ExchangeId,
    limits::REQUEST_TIMEOUT,
    mcp::Ask,
    session::{Input, Output, Session},
    time::Micros,
    trace::{About, Command, End, Lacks, Permission, TokenFacts, Trace},
};

use crate::client::Response;
use hop::Hop;
use secrets::Secrets;

pub use other::OtherClient;

/// What Chromium says of every request that it does not let a page see.
const FAILED: &str = "Failed to fetch";

/// What Chromium says of a body that breaks off.
const CUT: &str = "network error";

/// How long a silent connection is kept: longer than any session waits.
const PATIENCE: Duration = Duration::from_secs(120);

/// How many redirects a browser follows (Fetch standard, HTTP-redirect fetch).
const REDIRECTS: usize = 20;

/// Messages between the exchanges and the session; a full channel slows the server down, as a browser does.
const QUEUE: usize = 16;

/// The circumstances of a run from a page at `https://inspector.example`, without a token.
pub fn about(server: &str) -> About {
    About {
        server: Url::parse(server).expect("the address of a server"),
        began: None,
        page: Some("https://inspector.example".to_owned()),
        ask: Ask::Auto,
        timeout: Micros(REQUEST_TIMEOUT),
        token: TokenFacts::None,
        token_flaws: Vec::new(),
        extra_headers: Vec::new(),
        local_network: Permission::Granted,
        lacks: Lacks::default(),
    }
}

/// One run of the handshake, to its end.
pub fn run(about: About) -> Trace {
    let mut drive = Drive::start(about, "");
    drive.command(Command::Run);
    drive.wait_until_idle();
    drive.into_trace()
}

/// A session under way.
pub struct Drive {
    session: Session,
    trace: Trace,
    secrets: Secrets,
    start: Instant,
    wake_at: Option<Micros>,
    /// The exchanges that have not ended, each with the flag that tells its thread to give up.
    open: BTreeMap<ExchangeId, Arc<AtomicBool>>,
    heard: Receiver<Input>,
    tell: SyncSender<Input>,
}

impl Drive {
    /// A session that has sent nothing yet; `token` is sent where the session names [`SecretSlot::Token`].
    pub fn start(about: About, token: &str) -> Self {
        let (tell, heard) = sync_channel(QUEUE);
        Self {
            session: Session::new(about.clone()),
            trace: Trace::new(about),
            secrets: Secrets::new(token),
            start: Instant::now(),
            wake_at: None,
            open: BTreeMap::new(),
            heard,
            tell,
        }
    }

    /// Does what the person asks for, and returns at once.
    pub fn command(&mut self, command: Command) {
        self.feed(Input::Command(command));
    }

    /// Whether the session is being watched.
    pub fn is_watching(&self) -> bool {
        self.session.is_watching()
    }

    /// Whether an answer is awaited, or a stream is open that is not kept so on purpose.
    pub fn is_busy(&self) -> bool {
        self.session.is_busy()
    }

    /// Lets the session go on until nothing is awaited, and nothing is open that is not kept so on purpose.
    pub fn wait_until_idle(&mut self) {
        while self.is_busy() {
            self.step(PATIENCE);
        }
    }

    /// Lets the session go on for so long, whether it is busy or not.
    pub fn wait(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            self.step(left);
        }
    }

    /// Hands the session the next thing that happens within `patience`.
    pub fn step(&mut self, patience: Duration) {
        let due = self.wake_at.map(|at| Duration::from_micros(at.saturating_sub(self.now()).0));
        let patience = due.map_or(patience, |due| due.min(patience));
        match self.heard.recv_timeout(patience) {
            // An exchange that was given up has nothing more to say.
            Ok(input) if exchange(&input).is_some_and(|id| self.open.contains_key(&id)) => self.feed(input),
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) if due == Some(patience) => self.feed(Input::Tick),
            Err(_) => {}
        }
    }

    /// The recording so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The recording; what is still open is left.
    pub fn into_trace(mut self) -> Trace {
        for given_up in std::mem::take(&mut self.open).into_values() {
            given_up.store(true, Ordering::Relaxed);
        }
        self.trace
    }

    fn now(&self) -> Micros {
        Micros(u64::try_from(self.start.elapsed().as_micros()).expect("a run shorter than the age of the universe"))
    }

    fn feed(&mut self, input: Input) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            if let Input::End(id, _) = input {
                self.open.remove(&id);
            }
            self.session.handle(self.now(), input);
            while let Some(output) = self.session.poll_output() {
                match output {
                    Output::Record(record) => self.trace.push(record),
                    Output::Send(id, request) => self.send(id, request),
                    Output::WakeAt(at) => self.wake_at = at,
                    Output::Abort(id) => {
                        if let Some(given_up) = self.open.remove(&id) {
                            given_up.store(true, Ordering::Relaxed);
                            inputs.push(Input::End(id, End::Aborted));
                        }
                    }
                }
            }
        }
    }

    /// The client that asks for tokens, by its id and secret.
    pub fn entrust(&mut self, id: &str, secret: &str) {
        self.secrets.entrust(id, secret);
    }

    /// The token that a token endpoint gave last.
    pub fn issued(&self) -> Option<String> {
        self.secrets.issued()
    }

    fn send(&mut self, id: ExchangeId, request: Request) {
        let given_up = Arc::new(AtomicBool::new(false));
        self.open.insert(id, Arc::clone(&given_up));
        let secrets = self.secrets.clone();
        let (covers, follows) = (secrets::covers(&request), secrets::follows(&request));
        let hop = secrets.filled(request);
        let About { page, local_network, .. } = &self.trace.about;
        let (tell, sent) = (self.tell.clone(), Sent { hop, page: page.clone(), local_network: *local_network, follows });
        thread::spawn(move || {
            // Nobody listens any more: the run is over, and so is the exchange.
            let on = |input| !given_up.load(Ordering::Relaxed) && tell.send(input).is_ok();
            let held = RefCell::new(Vec::new());
            let hear = |bytes: Vec<u8>| {
                if covers {
                    held.borrow_mut().extend(bytes);
                    return true;
                }
                on(Input::Chunk(id, bytes))
            };
            let end = sent.exchange(|head| on(Input::Response(id, head)), hear);
            let held = held.into_inner();
            if !held.is_empty() {
                on(Input::Chunk(id, secrets.cover(&held)));
            }
            on(Input::End(id, end));
        });
    }
}

fn exchange(input: &Input) -> Option<ExchangeId> {
    match input {
        Input::Response(id, _) | Input::Chunk(id, _) | Input::End(id, _) => Some(*id),
        Input::Command(_) | Input::Tick => None,
    }
}

/// A request with its secrets filled in.
struct Sent {
    hop: Hop,
    /// The origin of the page, if a page sends it.
    page: Option<String>,
    /// What its browser says of addresses near this computer.
    local_network: Permission,
    /// Whether redirects are followed.
    follows: bool,
}

impl Sent {
    /// Sends it and tells what comes, as long as the listeners want to hear it.
    fn exchange(self, head: impl FnOnce(ResponseHead) -> bool, chunk: impl Fn(Vec<u8>) -> bool) -> End {
        let is_page = self.page.is_some();
        let (mut response, seen) = match self.response() {
            Ok(answered) => answered,
            Err(reason) => return End::Failed(if is_page { FAILED.to_owned() } else { reason.to_string() }),
        };
        let hidden = seen.sight == Sight::Opaque;
        if !head(seen) {
            return End::Aborted;
        }
        if hidden {
            return End::Complete;
        }
        loop {
            match response.next_piece() {
                Ok(None) => return End::Complete,
                Ok(Some(bytes)) => {
                    if !chunk(bytes) {
                        return End::Aborted;
                    }
                }
                Err(_) => return End::Cut(CUT.to_owned()),
            }
        }
    }

    /// The response, for a page the one at the end of all redirects, and what is seen of its head.
    fn response(self) -> io::Result<(Response, ResponseHead)> {
        let Some(page) = &self.page else { return self.hop.response(None) };
        let mut hop = self.hop;
        for _ in 0..=REDIRECTS {
            if hop.is_kept(page, self.local_network) {
                return Err(io::Error::other("the browser does not send it"));
            }
            let (response, seen) = hop.response(Some(page))?;
            match hop.next(&response, page) {
                Some(_) if !self.follows => return Ok((response, cors::opaque())),
                Some(next) => hop = next?,
                None => return Ok((response, ResponseHead { redirected_to: hop.redirected_to(), ..seen })),
            }
        }
        Err(io::Error::other("too many redirects"))
    }
}
