//! The secrets that are known on this page: what is shared is looked through for them, and they go nowhere else.

use inspector_core::share::{self, Level, More, Secret, Secrets, Taint, View};
use inspector_core::trace::Trace;
use leptos::prelude::*;

use super::Store;

impl Store {
    /// Reads the secrets that were typed, with that of a client: what stands in the form, what the recording was made with, and the
    /// token that was given last.
    pub(crate) fn with_secrets<T>(self, client_secret: &str, read: impl FnOnce(&Secrets<'_>) -> T) -> T {
        let (token, issued) = (self.token.get_untracked(), self.issued.get_untracked().unwrap_or_default());
        let headers = self.headers.get_untracked();
        self.made_with.with_value(|made| {
            let made = made.as_ref().map(|(typed, _)| typed);
            let tokens = [token.as_str(), &issued, made.map_or("", |typed| &typed.token)];
            let sent = made.into_iter().flat_map(|typed| &typed.headers).map(|(_, value)| value);
            let headers = headers.iter().map(|header| &header.value).enumerate().chain(sent.enumerate());
            let secrets = Secrets::new().and(Secret::ClientSecret, client_secret);
            let secrets = tokens.into_iter().fold(secrets, |secrets, token| secrets.and(Secret::Token, token));
            read(&headers.fold(secrets, |secrets, (n, value)| secrets.and(Secret::Header(n), value)))
        })
    }

    /// The recording as a file without its secrets, all of it.
    ///
    /// # Errors
    /// A secret would be in it.
    pub(super) fn as_file(self, trace: &Trace) -> Result<String, Taint> {
        let redacted = share::redact(trace, Level::Everything, &More::default());
        self.with_secrets("", |secrets| share::file(&redacted, &View::default(), secrets))
    }

    /// Where the person is looking, for who opens what they share.
    pub(crate) fn view(self) -> View {
        View { event: self.selected.get_untracked(), tab: self.tab.get_untracked().name().map(str::to_owned) }
    }
}
