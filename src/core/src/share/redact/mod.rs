//! Redaction: from a recording to one that can be shown to anybody. What may be seen is listed, everything else is covered.
//!
//! Everything is read as what it is (headers, addresses, JSON, event streams, pages, sentences), because secrets stand in all of
//! them. A cover is as long as what it covers, so every size, position and time stays what it was; redacting twice changes
//! nothing more.

mod address;
mod body;
mod headers;
mod identities;
mod json;
mod jwt;
mod labels;
mod letters;
mod marks;
mod members;
mod page;
mod places;
mod prose;
mod published;
mod shape;
mod stream;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use body::Part;
use identities::Identities;
use marks::Marks;
use places::Place;
use prose::Words;

use super::report::Tally;
use super::{Carrier, More};
use crate::http::{Request, ResponseHead, SecretField, Url};
use crate::id::{EventRef, ExchangeId, Part as EventPart};
use crate::oauth::Grant;
use crate::trace::{About, Answer, Command, End, Record, Trace, What};

/// How much of values is seen: arguments, results, descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Nothing.
    Covered,
    /// What is listed as harmless.
    Listed,
    /// All but what looks like a credential. For a file, when the person asks for it.
    Kept,
}

/// A recording without its secrets: what it is of, what happened, and what was removed.
pub(super) struct Cleaned {
    pub about: About,
    pub records: Vec<Record>,
    pub tally: Tally,
    /// Its session ids, which are no longer in it.
    pub live: Vec<String>,
}

/// Redacts a recording.
pub(super) fn clean(trace: &Trace, values: Values, more: &More) -> Cleaned {
    let published = published::choices(trace);
    let mut redactor = Redactor { trace, values, more, published, identities: Identities::of(trace), tally: Tally::default() };
    let about = redactor.about();
    let records = redactor.records();
    Cleaned { about, records, tally: redactor.tally, live: redactor.identities.session_ids() }
}

/// What is known while one recording is redacted.
struct Redactor<'a> {
    trace: &'a Trace,
    values: Values,
    more: &'a More,
    /// Choices that the server publishes in its schemas.
    published: BTreeSet<String>,
    identities: Identities,
    tally: Tally,
}

impl Redactor<'_> {
    fn about(&mut self) -> About {
        let about = self.trace.about.clone();
        About {
            server: self.url(&about.server, None),
            page: about.page.map(|page| self.seen(&page, None, |redactor, marks| redactor.address(&page, marks))),
            token: self.token_facts(&about.token),
            extra_headers: about.extra_headers.iter().map(|name| self.header_name(name, None)).collect(),
            ..about
        }
    }

    fn records(&mut self) -> Vec<Record> {
        let records = self.trace.records();
        let mut pieces = self.bodies(&records);
        let redact = |record: Record| Record { what: self.what(record.what, &mut pieces), ..record };
        records.into_iter().map(redact).collect()
    }

    fn what(&mut self, what: What, pieces: &mut BTreeMap<ExchangeId, Pieces>) -> What {
        match what {
            What::Command(command) => What::Command(self.command(command)),
            What::Request(id, purpose, request) => What::Request(id, purpose, self.sent(id, request)),
            What::Response(id, head) => What::Response(id, self.head(id, head)),
            What::Chunk(id, _) => What::Chunk(id, pieces.get_mut(&id).and_then(Iterator::next).unwrap_or_default()),
            What::End(id, end) => What::End(id, self.end(id, end)),
            What::Probe(slug, left_out) => What::Probe(self.slug(&slug), left_out),
            What::Dropped(..) | What::Abort(..) | What::Tick => what,
        }
    }

    fn command(&mut self, command: Command) -> Command {
        match command {
            Command::Call { method, params } => {
                let method = self.seen(&method, None, |redactor, marks| redactor.scalar(&method, Place::Name, marks));
                Command::Call {
                    method,
                    params: self.seen(&params, None, |redactor, marks| redactor.json(&params, Place::Params, marks)),
                }
            }
            Command::Answer { to, key, answer } => {
                let at = Some(to);
                let answer = match answer {
                    Answer::Result(raw) => {
                        Answer::Result(self.seen(&raw, at, |redactor, marks| redactor.json(&raw, Place::Answered, marks)))
                    }
                    Answer::Error { code, message } => Answer::Error { code, message: self.prose(&message, at) },
                };
                // Covered as the same key is in the message that asked.
                let key = self.seen(&key, at, |redactor, marks| redactor.object_key(&key, 0..key.len(), marks));
                Command::Answer { to, key, answer }
            }
            Command::Probe(slug) => Command::Probe(self.slug(&slug)),
            Command::FindIssuer(issuer) => {
                Command::FindIssuer(self.seen(&issuer, None, |redactor, marks| redactor.address(&issuer, marks)))
            }
            Command::RequestToken(grant) => Command::RequestToken(Grant {
                endpoint: self.url(&grant.endpoint, None),
                client_id: self
                    .seen(&grant.client_id, None, |redactor, marks| redactor.scalar(&grant.client_id, Place::Name, marks)),
                scope: self
                    .seen(&grant.scope, None, |redactor, marks| redactor.text(&grant.scope, Words::Names, Carrier::Form, marks)),
                resource: self.seen(&grant.resource, None, |redactor, marks| redactor.address(&grant.resource, marks)),
                auth: grant.auth,
            }),
            Command::Run
            | Command::Stop
            | Command::EndSession
            | Command::Cancel(_)
            | Command::Listen
            | Command::Unlisten
            | Command::Checkup
            | Command::Watch(_)
            | Command::Unwatch
            | Command::FindResource => command,
        }
    }

    /// The name of a probe. A recording that was opened may hold any text there.
    fn slug(&mut self, slug: &str) -> String {
        self.seen(slug, None, |redactor, marks| redactor.scalar(slug, Place::Name, marks))
    }

    fn sent(&mut self, id: ExchangeId, request: Request) -> Request {
        let at = EventRef::request(id);
        let body = self.seen(&request.body, Some(at), |redactor, marks| redactor.request(&request.headers, &request.body, marks));
        Request {
            url: self.url(&request.url, Some(at)),
            headers: self.headers(&request.headers, at),
            body,
            secret_field: request
                .secret_field
                .map(|field| SecretField { name: self.header_name(&field.name, Some(at)), ..field }),
            ..request
        }
    }

    fn head(&mut self, id: ExchangeId, head: ResponseHead) -> ResponseHead {
        let at = EventRef::response(id);
        ResponseHead {
            redirected_to: head.redirected_to.map(|to| self.seen(&to, Some(at), |redactor, marks| redactor.address(&to, marks))),
            headers: self.headers(&head.headers, at),
            ..head
        }
    }

    fn end(&mut self, id: ExchangeId, end: End) -> End {
        let at = Some(EventRef::end(id));
        match end {
            End::Failed(text) => End::Failed(self.prose(&text, at)),
            End::Cut(text) => End::Cut(self.prose(&text, at)),
            other => other,
        }
    }

    /// The bodies of responses, redacted, in the pieces they came in.
    fn bodies(&mut self, records: &[Record]) -> BTreeMap<ExchangeId, Pieces> {
        let mut bodies: BTreeMap<ExchangeId, Vec<Gathered>> = BTreeMap::new();
        for record in records {
            match &record.what {
                What::Chunk(id, bytes) => {
                    let parts = bodies.entry(*id).or_insert_with(|| alloc::vec![Gathered::default()]);
                    if let Some(part) = parts.last_mut() {
                        part.bytes.extend_from_slice(bytes);
                        part.lengths.push(bytes.len());
                    }
                }
                What::Dropped(id, bytes) => {
                    let parts = bodies.entry(*id).or_insert_with(|| alloc::vec![Gathered::default()]);
                    let start = parts.last().map_or(0, |part| part.start + part.bytes.len() as u64) + bytes;
                    parts.push(Gathered { start, ..Gathered::default() });
                }
                _ => {}
            }
        }
        let clean = |(id, parts): (ExchangeId, Vec<Gathered>)| {
            let parts: Vec<Vec<Vec<u8>>> = parts.into_iter().map(|part| self.part(id, part)).collect();
            (id, parts.into_iter().flatten().collect::<Vec<_>>().into_iter())
        };
        bodies.into_iter().map(clean).collect()
    }

    fn part(&mut self, id: ExchangeId, mut part: Gathered) -> Vec<Vec<u8>> {
        let trace = self.trace;
        let exchange = trace.exchange(id);
        let mut marks = Marks::new();
        let whole = Part { bytes: &part.bytes, after_gap: part.start > 0 };
        self.response(exchange.and_then(|exchange| exchange.head()), &whole, &mut marks);
        let items = exchange.map(|exchange| exchange.reply.items.as_slice()).unwrap_or_default();
        let event = |offset: usize| {
            let offset = part.start + offset as u64;
            let item = items.partition_point(|item| item.span.start <= offset).checked_sub(1).and_then(|slot| items.get(slot));
            let item = item.filter(|item| offset < item.span.end);
            item.map_or(EventRef::response(id), |item| EventRef { exchange: id, part: EventPart::Item(item.n) })
        };
        let tally = &mut self.tally;
        marks.apply(&mut part.bytes, |mark| tally.add(mark.what, Some(event(mark.range.start))));
        self.more.cover(&mut part.bytes, |at| tally.add(Carrier::Chosen, Some(event(at))));
        body::apart(&part.bytes, part.lengths.into_iter())
    }

    fn prose(&mut self, text: &str, at: Option<EventRef>) -> String {
        self.seen(text, at, |redactor, marks| redactor.text(text, Words::Prose, Carrier::Word, marks))
    }

    fn url(&mut self, url: &Url, at: Option<EventRef>) -> Url {
        let text = url.to_string();
        let seen = self.seen(&text, at, |redactor, marks| redactor.address(&text, marks));
        // A cover is made of characters that an address may have, so that it stays one.
        Url::parse(&seen).ok().or_else(|| url.join("/")).unwrap_or_else(|| url.clone())
    }

    /// The text as far as it may be seen.
    fn seen(&mut self, text: &str, at: Option<EventRef>, mark: impl FnOnce(&mut Self, &mut Marks)) -> String {
        let mut marks = Marks::new();
        mark(self, &mut marks);
        self.covered(text, &marks, at)
    }

    /// The text with these places covered; counts what that changes.
    fn covered(&mut self, text: &str, marks: &Marks, at: Option<EventRef>) -> String {
        let mut bytes = text.as_bytes().to_vec();
        let tally = &mut self.tally;
        marks.apply(&mut bytes, |mark| tally.add(mark.what, at));
        self.more.cover(&mut bytes, |_| tally.add(Carrier::Chosen, at));
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The pieces of a body, in their order.
type Pieces = alloc::vec::IntoIter<Vec<u8>>;

/// A part of a body that is whole, as it was put together.
#[derive(Default)]
struct Gathered {
    /// Where it begins in the body.
    start: u64,
    bytes: Vec<u8>,
    /// The lengths of the pieces.
    lengths: Vec<usize>,
}
