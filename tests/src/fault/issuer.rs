//! An authorization server, and an MCP server that takes its tokens. Each does what a test tells it to.

use std::{
    io::{self, BufReader},
    net::TcpStream,
    sync::{Arc, Mutex},
};

use inspector_core::oauth::{basic_credentials, pairs};

use super::{
    call::Call,
    cors::Cors,
    reply::{Answer, Reply},
    sound::{Habits, Sound},
    wire,
};
use crate::{http::Request, listener::Listener};

/// A client that the authorization server knows.
pub const CLIENT_ID: &str = "inspector:lab";

/// Its secret, which has to be encoded to arrive.
pub const CLIENT_SECRET: &str = "canary secret+5f2e&9b=7d/é";

/// Another client and its secret, which arrive as they are.
pub const PLAIN_CLIENT: (&str, &str) = ("inspector-lab", "plain-canary-secret-7d5f");

/// The scope that its tokens have.
pub const SCOPE: &str = "weather:read";

/// Where an authorization server publishes its metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// Under the name that OAuth has (RFC 8414).
    OAuth,
    /// Under the name that OpenID Connect has.
    OpenId,
    /// Nowhere: 404.
    Nowhere,
    /// Everywhere, as a web page.
    AsPage,
}

/// What a token endpoint does for the client it knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gives {
    /// A token, also where the secret is in a way that it does not take.
    Token(String),
    /// An error of RFC 6749 §5.2.
    Error(&'static str),
    /// A web page.
    Page,
    /// A redirect to this address.
    Redirect(String),
    /// Nothing, for as long as somebody waits.
    Nothing,
}

/// An authorization server; it stops when dropped.
pub struct Issuer {
    listener: Listener,
    shared: Arc<IssuerState>,
}

struct IssuerState {
    origin: Mutex<String>,
    published: Published,
    /// Whether pages may read the metadata.
    open_metadata: bool,
    /// Whether pages may ask for tokens.
    open_tokens: bool,
    gives: Mutex<Gives>,
    requests: Mutex<Vec<Request>>,
}

impl Issuer {
    /// One that pages may ask for everything.
    pub fn start(published: Published, gives: Gives) -> Self {
        Self::start_with(published, gives, true, true)
    }

    /// One that lets pages read its metadata, or ask for tokens, or neither.
    pub fn start_with(published: Published, gives: Gives, open_metadata: bool, open_tokens: bool) -> Self {
        let (origin, requests, gives) = (Mutex::default(), Mutex::default(), Mutex::new(gives));
        let shared = Arc::new(IssuerState { origin, published, open_metadata, open_tokens, gives, requests });
        let listener = Listener::start(0, serving(Arc::clone(&shared), IssuerState::answer)).expect("a free loopback port");
        *shared.origin.lock().unwrap() = listener.origin();
        Self { listener, shared }
    }

    /// Its name, which is its address.
    pub fn name(&self) -> String {
        self.listener.origin()
    }

    /// Its token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}/token", self.listener.origin())
    }

    /// Changes what it does for the client it knows: tokens often hold its name.
    pub fn give(&self, gives: Gives) {
        *self.shared.gives.lock().unwrap() = gives;
    }

    /// Every request so far, preflights included.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }
}

impl IssuerState {
    fn answer(&self, request: &Request) -> Answer {
        self.requests.lock().unwrap().push(request.clone());
        let is_token = request.path == "/token";
        let cors = if if is_token { self.open_tokens } else { self.open_metadata } { Cors::Open } else { Cors::None };
        let answer = match (request.method.as_str(), is_token) {
            ("OPTIONS", _) => return cors.preflight().into(),
            ("POST", true) => self.token(request),
            _ => self.metadata(&request.path).into(),
        };
        match answer {
            Answer::Reply(reply) => cors.mark(reply).into(),
            silent => silent,
        }
    }

    fn metadata(&self, path: &str) -> Reply {
        let well_known = match self.published {
            Published::OAuth => "/.well-known/oauth-authorization-server",
            Published::OpenId => "/.well-known/openid-configuration",
            Published::Nowhere => "",
            Published::AsPage => return Reply::ok().html("<!doctype html><title>Sign in</title>"),
        };
        if path != well_known {
            return Reply::new(404, "Not Found").text("Not Found");
        }
        let origin = self.origin.lock().unwrap();
        Reply::ok().json(format!(
            r#"{{"issuer":"{origin}","token_endpoint":"{origin}/token","authorization_endpoint":"{origin}/authorize","grant_types_supported":["client_credentials","authorization_code"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],"code_challenge_methods_supported":["S256"],"scopes_supported":["{SCOPE}"]}}"#
        ))
    }

    fn token(&self, request: &Request) -> Answer {
        let form = pairs(&request.text());
        let of = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let basic = request.headers.get("authorization").and_then(|value| value.strip_prefix("Basic "));
        let in_form = of("client_id").zip(of("client_secret"));
        let is = |(id, secret)| in_form == Some((id, secret)) || basic == Some(&basic_credentials(id, secret));
        let known = is((CLIENT_ID, CLIENT_SECRET)) || is(PLAIN_CLIENT);
        let refuse = |status, reason, error: &str| {
            Reply::new(status, reason).json(format!(r#"{{"error":"{error}","error_description":"The lab says {error}"}}"#)).into()
        };
        if of("grant_type") != Some("client_credentials") {
            return refuse(400, "Bad Request", "unsupported_grant_type");
        }
        match &*self.gives.lock().unwrap() {
            Gives::Nothing => Answer::Never,
            Gives::Page => Reply::ok().html("<!doctype html><title>Sign in</title>").into(),
            Gives::Redirect(to) => Reply::new(307, "Temporary Redirect").header("location", to.as_str()).into(),
            _ if !known => refuse(401, "Unauthorized", "invalid_client"),
            Gives::Error(error) => refuse(400, "Bad Request", error),
            Gives::Token(_) if of("scope").is_some_and(|scope| scope != SCOPE) => refuse(400, "Bad Request", "invalid_scope"),
            Gives::Token(token) => Reply::ok()
                .header("cache-control", "no-store")
                .json(format!(
                    r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":300,"scope":"{SCOPE}","refresh_token":"r-{token}"}}"#
                ))
                .into(),
        }
    }
}

/// An MCP server that takes one token only, and says where it comes from; it stops when dropped.
pub struct Guarded {
    listener: Listener,
    shared: Arc<GuardedState>,
}

struct GuardedState {
    sound: Sound,
    origin: Mutex<String>,
    token: String,
    issuer: String,
    requests: Mutex<Vec<Request>>,
}

impl Guarded {
    /// A server that takes this token, and names this authorization server in its metadata.
    pub fn start(token: &str, issuer: &str) -> Self {
        let shared = Arc::new(GuardedState {
            sound: Sound::new(Habits::PLAIN),
            origin: Mutex::default(),
            token: token.to_owned(),
            issuer: issuer.to_owned(),
            requests: Mutex::default(),
        });
        let listener = Listener::start(0, serving(Arc::clone(&shared), GuardedState::answer)).expect("a free loopback port");
        *shared.origin.lock().unwrap() = listener.origin();
        Self { listener, shared }
    }

    /// What to type into "Server URL".
    pub fn url(&self) -> String {
        format!("{}/mcp", self.listener.origin())
    }

    /// Every request so far, preflights included.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }
}

impl GuardedState {
    fn answer(&self, request: &Request) -> Answer {
        self.requests.lock().unwrap().push(request.clone());
        if request.method == "OPTIONS" {
            return Cors::Open.preflight().into();
        }
        let origin = self.origin.lock().unwrap().clone();
        let metadata = "/.well-known/oauth-protected-resource/mcp";
        let bearer = format!("Bearer {}", self.token);
        let reply = if request.path == metadata {
            Reply::ok().json(format!(
                r#"{{"resource":"{origin}/mcp","authorization_servers":["{}"],"scopes_supported":["{SCOPE}"]}}"#,
                self.issuer
            ))
        } else if request.headers.get("authorization") != Some(&bearer) {
            let challenge = format!(r#"Bearer error="invalid_token", scope="{SCOPE}", resource_metadata="{origin}{metadata}""#);
            Reply::new(401, "Unauthorized")
                .header("www-authenticate", challenge)
                .json(r#"{"error":"invalid_token","error_description":"The access token expired"}"#)
        } else {
            self.sound.answer(&Call::read(request))
        };
        Cors::Open.mark(reply).into()
    }
}

/// Answers one request after the other on each connection.
fn serving<S: Send + Sync + 'static>(shared: Arc<S>, answer: fn(&S, &Request) -> Answer) -> impl Fn(TcpStream) + Send + Sync {
    let serve = move |socket: &TcpStream| -> io::Result<()> {
        socket.set_nodelay(true)?;
        let mut incoming = BufReader::new(socket);
        while let Some(request) = Request::read(&mut incoming)? {
            wire::play(&answer(&shared, &request), socket)?;
        }
        Ok(())
    };
    // An error here is the peer gone: the connection is over.
    move |socket| drop(serve(&socket))
}
