//! Telling what has changed: on the streams of `subscriptions/listen`, and on the standing streams of sessions.

use inspector_core::json::Node;

use crate::envelope::{self, Error};
use crate::limits::LISTENS;
use crate::object::{Object, array};
use crate::resources;
use crate::revision::Revision;
use crate::server::{ConnectionId, Server};
use crate::streams::Style;
use crate::world::Change;

/// The key that says to which subscription a message belongs.
const SUBSCRIPTION: &str = "io.modelcontextprotocol/subscriptionId";

/// An open subscription (2026-07-28).
#[derive(Debug)]
pub(crate) struct Listen {
    /// Its stream.
    pub(crate) stream: u32,
    /// The id of its request, which is the id of the subscription.
    id: String,
    tools: bool,
    resources: Vec<String>,
}

impl Listen {
    fn wants(&self, change: Change) -> bool {
        match change {
            Change::Tools => self.tools,
            Change::Resource(uri) => self.resources.iter().any(|wanted| wanted == uri),
        }
    }

    fn meta(&self) -> String {
        Object::new().raw(SUBSCRIPTION, &self.id).end()
    }
}

impl Server {
    /// `subscriptions/listen`: a stream that begins with what this server will tell of what was asked for.
    pub(crate) fn listen(&mut self, connection: ConnectionId, id: &str, params: Node<'_>) -> Result<(), Error> {
        let Some(filter) = params.get("notifications").filter(|filter| filter.is_object()) else {
            return Err(Error::params("Invalid params: notifications is missing"));
        };
        let tools = filter.get("toolsListChanged").and_then(Node::as_bool).unwrap_or(false);
        let wanted = filter.get("resourceSubscriptions");
        let uris = wanted.iter().flat_map(|uris| uris.items()).filter_map(Node::as_str);
        let mut known: Vec<String> = Vec::new();
        for uri in uris.filter(|uri| resources::exists(uri)) {
            if !known.iter().any(|known| *known == uri) {
                known.push(uri.into_owned());
            }
        }
        if self.listens.len() >= LISTENS {
            let oldest = self.listens.remove(0);
            self.end_listen(&oldest);
        }
        let stream = self.open_stream(connection, None, Style::Plain, 1, false);
        let uris = array(known.iter().map(|uri| inspector_core::json::quote(uri)));
        let agreed = Object::new().raw_if(tools, "toolsListChanged", "true");
        let agreed = agreed.raw_if(wanted.is_some(), "resourceSubscriptions", &uris).end();
        let listen = Listen { stream, id: id.to_owned(), tools, resources: known };
        let params = Object::new().raw("_meta", &listen.meta()).raw("notifications", &agreed);
        self.say(stream, &envelope::notification("notifications/subscriptions/acknowledged", Some(params)));
        self.listens.push(listen);
        Ok(())
    }

    /// The end of a subscription from this side is the answer to its request.
    fn end_listen(&mut self, listen: &Listen) {
        let here = Revision::V2026_07_28;
        let meta = Object::new().raw(SUBSCRIPTION, &listen.id);
        let meta = meta.raw("io.modelcontextprotocol/serverInfo", &envelope::server_info(here)).end();
        let result = envelope::result(here).raw("_meta", &meta);
        self.say(listen.stream, &envelope::bare_response(&listen.id, result));
        self.answered_on(listen.stream);
    }

    /// Tells everybody what has changed since the last time, each on one stream only.
    pub(crate) fn tell_changes(&mut self) {
        for change in std::mem::take(&mut self.world.changes) {
            let to_sessions = self.sessions.iter().filter(|session| {
                let wants = match change {
                    Change::Tools => true,
                    Change::Resource(uri) => session.followed.iter().any(|followed| followed == uri),
                };
                session.ready && wants
            });
            let to_sessions = to_sessions.filter_map(|session| Some((session.standing?, change.notification(None))));
            let to_listens = self.listens.iter().filter(|listen| listen.wants(change));
            let to_listens = to_listens.map(|listen| (listen.stream, change.notification(Some(&listen.meta()))));
            let messages: Vec<(u32, String)> = to_sessions.chain(to_listens).collect();
            messages.iter().for_each(|(stream, message)| self.say(*stream, message));
        }
    }
}
