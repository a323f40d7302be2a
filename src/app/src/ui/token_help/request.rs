//! A request for a token that the person can fill in, as a form and as a command, and what came of it.

use inspector_core::export::curl::{Shell, curl_for_token};
use inspector_core::id::{EventRef, ExchangeId};
use inspector_core::oauth::{ClientAuth, Told, Trouble};
use inspector_core::trace::{Authorization, Came};
use leptos::prelude::*;
use web_sys::Event;

use super::cancel;
use super::draft::Draft;
use crate::form::Word;
use crate::store::Store;
use crate::ui::copied::copied;
use crate::ui::dom::{El, View, button, el, live, memo, row, words};
use crate::ui::shown::plain;

/// The second part of the pane.
pub(super) fn request(found: Memo<Authorization>) -> View {
    let draft = Draft::get();
    row::<View>([
        el("h3").child("Ask for a token").into(),
        el("p").child("For a client with an id and a secret of its own (client credentials).").into(),
        form(draft, found).into(),
        live(move || outcome(draft, found)),
    ])
}

fn form(draft: Draft, found: Memo<Authorization>) -> El {
    let store = Store::get();
    let endpoint = field("token-url", "Token URL", "https://auth.example.com/token", move || draft.about_endpoint())
        .typed(move || draft.endpoint(), move |typed| draft.endpoint.set(Some(typed)));
    let id = field("client-id", "Client id", "", move || {
        missing(draft, draft.client_id, "The id that the provider gave your client.")
    })
    .typed(move || draft.client_id.get(), move |typed| draft.client_id.set(typed));
    let secret = field("client-secret", "Client secret", "", move || about_secret(draft))
        .masked()
        .typed(move || draft.secret.get(), move |typed| draft.take_secret(typed));
    let scope = field("token-scope", "Scope", "as the provider usually gives it", || None)
        .typed(move || draft.scope(), move |typed| draft.scope.set(Some(typed)));
    let resource = field("token-resource", "Resource", "left out", || None)
        .typed(move || draft.resource(), move |typed| draft.resource.set(Some(typed)));
    let option = |way: ClientAuth| {
        let says = match way {
            ClientAuth::Basic => "in the header (client_secret_basic)",
            ClientAuth::Post => "in the form (client_secret_post)",
        };
        el("option").attr("value", way.as_str()).child(says)
    };
    let auth = el("select")
        .attr("id", "token-auth")
        .children(ClientAuth::ALL.map(option))
        .chosen(move || draft.auth().as_str().to_owned(), move |name| draft.auth.set(ClientAuth::parse(&name)));
    let auth = el("div").class("field").child(el("label").attr("for", "token-auth").child("Way of authenticating")).child(auth);
    let asking = memo(move || found.with(|found| found.tokens.last().is_some_and(|last| last.came == Came::Waiting)));
    let go = el("button")
        .attr("type", "submit")
        .live_class("primary", move || !draft.endpoint().is_empty())
        .live_attr("aria-disabled", move || (!store.can_ask()).then_some("true"))
        .child(words(move || if asking.get() { "Asking…" } else { "Get a token" }));
    let whom = words(move || match draft.host() {
        Some(host) => {
            plain(&format!("Id and secret go to {host} and to nobody else. The recording keeps neither secret nor token."))
        }
        None => "The recording keeps neither secret nor token.".to_owned(),
    });
    el("form")
        .flag("novalidate", true)
        .attr("autocomplete", "off")
        .on("submit", move |event: Event| {
            event.prevent_default();
            send(store, draft);
        })
        .child(endpoint.whole())
        .child(id.whole())
        .child(secret.whole())
        .child(scope.whole())
        .child(resource.whole())
        .child(auth)
        .child(
            el("div")
                .class("row")
                .child(go)
                .child(cancel(found, |found| found.tokens.iter().any(|place| place.came == Came::Waiting))),
        )
        .child(el("p").class("quiet").child(whom))
        .child(live(move || (!is_blocked(found)).then(|| command(draft, false))))
}

fn send(store: Store, draft: Draft) {
    draft.tried.set(true);
    draft.used.set(false);
    let ready = !draft.client_id.with_untracked(|id| id.trim().is_empty()) && !draft.secret.with_untracked(String::is_empty);
    match untrack(|| draft.grant()).filter(|_| ready) {
        Some(grant) if untrack(|| store.can_ask()) => {
            draft.bind();
            store.request_token(grant, draft.secret.get_untracked());
        }
        _ => crate::ui::keyboard::focus_first_problem(),
    }
}

fn missing(draft: Draft, field: RwSignal<String>, says: &str) -> Option<Word> {
    (draft.tried.get() && field.with(|typed| typed.trim().is_empty())).then(|| Word::stop(says))
}

fn about_secret(draft: Draft) -> Option<Word> {
    if draft.cleared.get() {
        return Some(Word::hint("The token URL is another server's now, so the secret was taken out."));
    }
    missing(draft, draft.secret, "The secret that goes with the id. It stays in the memory of this page.")
}

/// A labelled field and what there is to say of it.
struct Field {
    id: &'static str,
    label: El,
    input: El,
    said: View,
}

fn field(id: &'static str, label: &str, example: &str, about: impl Fn() -> Option<Word> + Send + Sync + 'static) -> Field {
    let word = memo(about);
    let input = el("input")
        .attr("id", id)
        .attr("type", "text")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("autocomplete", "off")
        .attr("placeholder", example)
        .attr("aria-describedby", format!("{id}-word"))
        .live_attr("aria-invalid", move || word.with(|word| word.as_ref().is_some_and(|word| word.stops)));
    let said =
        live(move || word.get().map(|word| el("p").class(if word.stops { "word stops" } else { "word" }).child(word.text)));
    Field { id, label: el("label").attr("for", id).child(label), input, said }
}

impl Field {
    fn masked(mut self) -> Self {
        self.input = self.input.class("masked");
        self
    }

    fn typed(mut self, shown: impl Fn() -> String + 'static, heard: impl Fn(String) + 'static) -> Self {
        self.input = self.input.typed(shown, heard);
        self
    }

    fn whole(self) -> El {
        let said = el("div").attr("id", format!("{}-word", self.id)).child(self.said);
        el("div").class("field").child(self.label).child(self.input).child(said)
    }
}

/// What the person cannot do from a page they can do from a terminal.
fn command(draft: Draft, open: bool) -> Option<View> {
    let grant = draft.grant()?;
    let first = open.then(|| {
        let says = "First put the secret where the command finds it and the history of your shell does not: ";
        el("p").child(says).child(el("code").child("read -rs CLIENT_SECRET"))
    });
    let bare = (open && grant.auth == ClientAuth::Basic).then(|| {
        let says = "curl puts both into the header as they are. Characters other than letters, digits and - . _ have to be percent-encoded first (RFC 6749, 2.3.1).";
        el("p").class("quiet").child(says)
    });
    let command = copied(curl_for_token(&grant, Shell::Posix), "The command; your secret goes into $CLIENT_SECRET", open);
    Some((first, command, bare).into())
}

/// What came of the last request, when it brought no token.
fn last_trouble(found: Memo<Authorization>) -> Option<(ExchangeId, String, Trouble)> {
    found.with(|found| {
        let last = found.tokens.last()?;
        Some((last.exchange, last.url.authority(), last.trouble()?))
    })
}

/// Whether the browser is what kept a token from coming.
fn is_blocked(found: Memo<Authorization>) -> bool {
    last_trouble(found).is_some_and(|(_, _, trouble)| trouble.is_of_the_browser())
}

fn outcome(draft: Draft, found: Memo<Authorization>) -> Option<View> {
    let store = Store::get();
    let (exchange, host, trouble) = last_trouble(found)?;
    let Told { what, next } = trouble.told(&host);
    let head = el("div")
        .class("head")
        .child(el("p").class("outcome bad").attr("role", "status").child(plain(&what)))
        .child(button("Show in diagram", move || store.look_at(EventRef::request(exchange))).class("link"));
    let outside = trouble.is_of_the_browser().then(|| live(move || command(draft, true)));
    let section = el("section").class("answered").attr("aria-label", "What came of it");
    Some(section.child(head).child(el("p").child(plain(&next))).child(outside).into())
}
