//! What was typed, checked: everything that can be known before anything is sent.

use inspector_core::characters::is_visible;
use inspector_core::http::{HeaderNameProblem, Scheme, Url, UrlProblem, check_name, check_value};
use inspector_core::time::Micros;
use inspector_core::token::{self, Flaw};
use inspector_core::trace::TokenFlaw;
use leptos::prelude::*;

use crate::platform::{demo, location};
use crate::store::Store;

/// An extra header, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ExtraHeader {
    /// Tells it from the others while the list changes.
    pub(crate) key: u32,
    /// Its name.
    pub(crate) name: String,
    /// Its value.
    pub(crate) value: String,
}

/// What was typed, ready to be used.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    /// Where to.
    pub(crate) server: Url,
    /// The token as it was typed.
    pub(crate) token: String,
    /// Names and values.
    pub(crate) headers: Vec<(String, String)>,
    /// How long a request may stay unanswered.
    pub(crate) timeout: Micros,
}

/// Something to say about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Whether it keeps the handshake from being run.
    pub(crate) stops: bool,
    /// What to say.
    pub(crate) text: String,
    /// A better text for the field, offered as a button.
    pub(crate) instead: Option<String>,
}

impl Word {
    /// A word that keeps it from being sent.
    pub(crate) fn stop(text: impl Into<String>) -> Self {
        Self { stops: true, text: text.into(), instead: None }
    }

    /// A word that does not.
    pub(crate) fn hint(text: impl Into<String>) -> Self {
        Self { stops: false, text: text.into(), instead: None }
    }
}

/// What there is to say about the server URL.
pub(crate) fn about_url(typed: &str, tried: bool) -> Option<Word> {
    let url = match Url::parse(typed) {
        Ok(url) => url,
        Err(UrlProblem::Empty) => {
            return tried.then(|| Word::stop("Type the address of the MCP endpoint, for example https://example.com/mcp."));
        }
        Err(problem) => return Some(url_problem(problem)),
    };
    if demo::is_demo(&url) {
        return Some(Word::hint("The demo server is part of this page: nothing is sent, and it wants no token."));
    }
    let nearby = url.is_loopback() || url.is_private();
    if nearby && Url::parse(&location::origin()).is_ok_and(|page| !page.is_loopback() && !page.is_private()) {
        return Some(Word::hint(
            "This page comes from the web, and the address is on this computer or your own network. The browser may ask whether the page may reach it: allow it, or run the inspector locally.",
        ));
    }
    if url.scheme() == Scheme::Http && location::is_secure() && !nearby {
        return Some(Word::hint(
            "This page came over https, and browsers do not let it call a plain http address on another machine. Use https, or run the inspector locally.",
        ));
    }
    let secret_in_query = ["token=", "api_key=", "apikey=", "access_token=", "key="]
        .iter()
        .any(|key| url.target().to_ascii_lowercase().contains(key));
    secret_in_query.then(|| {
        Word::hint("This address seems to carry a secret. It will be shown in the diagram and saved with the recording.")
    })
}

fn url_problem(problem: UrlProblem) -> Word {
    match problem {
        UrlProblem::Empty => Word::stop("Type the address of the MCP endpoint."),
        UrlProblem::Whitespace => Word::stop("This is not an address: there is a space or a line break in it."),
        UrlProblem::NoScheme(with) => Word {
            stops: true,
            text: format!("The address must begin with https:// or http://. Did you mean {with}?"),
            instead: Some(with),
        },
        UrlProblem::OtherScheme(scheme) => Word::stop(format!("An MCP server is called over http or https, not {scheme}.")),
        UrlProblem::NoHost => Word::stop("The name of the host is missing."),
        UrlProblem::BadHost(c) => Word::stop(format!("A host name cannot contain “{c}”.")),
        UrlProblem::BadPort(port) => Word::stop(format!("“{port}” is not a port: it must be a number from 1 to 65535.")),
        UrlProblem::UserInfo => Word::stop(
            "Browsers do not send a name and password in an address. Take them out; a token goes into the field below.",
        ),
    }
}

/// What there is to say about the token, worst first.
pub(crate) fn about_token(typed: &str) -> Vec<Word> {
    let said = token::flaws(typed).into_iter().filter(|flaw| !typed.is_empty() || *flaw != Flaw::Empty);
    said.map(|flaw| Word { stops: flaw.prevents_sending(), text: flaw.to_string(), instead: None }).collect()
}

/// What there is to say about an extra header.
pub(crate) fn about_header(header: &ExtraHeader, tried: bool) -> Option<Word> {
    if header.name.is_empty() && header.value.is_empty() {
        return None;
    }
    if let Err(problem) = check_name(header.name.trim()) {
        return match problem {
            HeaderNameProblem::Empty => tried.then(|| Word::stop("This header has no name.")),
            HeaderNameProblem::IllegalCharacter(c, _) => {
                Some(Word::stop(format!("A header name cannot contain {}.", name_of(c))))
            }
            HeaderNameProblem::ReservedByBrowser => Some(Word::stop("Browsers do not let a page set this header.")),
            HeaderNameProblem::SetByInspector => Some(Word::stop("The inspector sets this header itself.")),
        };
    }
    let (c, at) = check_value(&header.value)?;
    Some(Word::stop(format!("A header value cannot contain {} (character {}).", name_of(c), at + 1)))
}

fn name_of(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        c if !is_visible(c) => format!("U+{:04X}", u32::from(c)),
        c => format!("“{c}”"),
    }
}

/// What there is to say about the timeout.
pub(crate) fn about_timeout(store: Store) -> Option<Word> {
    store.timeout_micros().is_none().then(|| Word::stop("A number of seconds from 1 to 600."))
}

/// Everything that was typed, if nothing keeps it from being sent.
pub(crate) fn check(store: Store) -> Option<Checked> {
    let server = Url::parse(&store.url.get_untracked()).ok()?;
    let token = store.token.get_untracked();
    if about_token(&token).iter().any(|word| word.stops) {
        return None;
    }
    let headers = store.headers.get_untracked();
    if headers.iter().any(|header| about_header(header, true).is_some_and(|word| word.stops)) {
        return None;
    }
    Some(Checked {
        server,
        token,
        headers: headers
            .into_iter()
            .filter(|header| !header.name.is_empty())
            .map(|header| (header.name.trim().to_owned(), header.value.trim().to_owned()))
            .collect(),
        timeout: store.timeout_micros()?,
    })
}

/// What is wrong with a token that is sent all the same, as a recording says it.
pub(crate) fn recorded_flaws(typed: &str) -> Vec<TokenFlaw> {
    token::flaws(typed).iter().filter_map(recorded).collect()
}

/// What a recording says of a flaw; what the session puts right by itself is none.
const fn recorded(flaw: &Flaw) -> Option<TokenFlaw> {
    Some(match flaw {
        Flaw::Empty
        | Flaw::LeadingSpace
        | Flaw::TrailingSpace
        | Flaw::BearerPrefix
        | Flaw::TooLong { .. }
        | Flaw::Milliseconds { .. } => return None,
        Flaw::AuthorizationHeader | Flaw::TokenResponse => TokenFlaw::HeaderLine,
        Flaw::Quoted { .. } => TokenFlaw::Quoted,
        Flaw::BearerTwice => TokenFlaw::BearerTwice,
        Flaw::Placeholder => TokenFlaw::Placeholder,
        Flaw::LineBreak { .. } => TokenFlaw::LineBreak,
        Flaw::InnerSpace { .. } => TokenFlaw::Whitespace,
        Flaw::Invisible { .. } | Flaw::Control { .. } => TokenFlaw::Invisible,
        Flaw::NonAscii { .. } => TokenFlaw::NotAscii,
        Flaw::Truncated(_) => TokenFlaw::Truncated,
    })
}
