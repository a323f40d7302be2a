//! The menu "Export" of the diagram: the recording in the forms that other programs and people read, each to copy or to save.

use inspector_core::share::{Format, Level, Secrets, Taint, export, first_choice, offers, redact};
use inspector_core::trace::Trace;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent};

use super::send::tainted;
use super::sharing::Sharing;
use crate::platform::{clipboard, download, location, picture};
use crate::store::Store;
use crate::ui::dom::{El, View, button, el, live, when};
use crate::ui::keyboard::focus;

/// The id of the button that opens the menu.
const BUTTON: &str = "export";

/// What an export is made into: a text, or the picture of it in pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text(Format),
    Pixels,
}

impl Kind {
    /// All of them, in the order shown.
    const ALL: [Self; 6] = [
        Self::Text(Format::Ticket),
        Self::Text(Format::Ladder),
        Self::Text(Format::Mermaid),
        Self::Text(Format::Picture),
        Self::Pixels,
        Self::Text(Format::Har),
    ];

    const fn format(self) -> Format {
        match self {
            Self::Text(format) => format,
            Self::Pixels => Format::Picture,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Text(format) => format.title(),
            Self::Pixels => "PNG picture",
        }
    }
}

/// What came of the last export.
#[derive(Clone, PartialEq)]
enum Told {
    Nothing,
    Word(&'static str),
    Refused(Taint),
}

/// What the menu works on.
#[derive(Clone, Copy)]
struct Exporting {
    store: Store,
    sharing: Sharing,
    told: RwSignal<Told>,
}

/// The button with its menu.
pub(in crate::ui) fn exports() -> El {
    let exporting = Exporting { store: Store::get(), sharing: Sharing::get(), told: RwSignal::new(Told::Nothing) };
    let open = RwSignal::new(false);
    let toggle = move || {
        exporting.told.set(Told::Nothing);
        open.update(|open| *open = !*open);
    };
    let leave = move |event: FocusEvent| {
        let menu = event.current_target().and_then(|menu| menu.dyn_into::<Element>().ok());
        let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
        // Without a target the focus went nowhere: a click beside a button is no reason to close.
        if let (Some(menu), Some(to)) = (menu, to)
            && !menu.contains(Some(&to))
        {
            open.set(false);
        }
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            focus(BUTTON);
        }
    };
    el("div")
        .class("export")
        .on("focusout", leave)
        .on("keydown", keys)
        .child(button("Export", toggle).class("link").attr("id", BUTTON).live_attr("aria-expanded", move || open.get()))
        .child(when(move || open.get(), move || exporting.menu()))
}

impl Exporting {
    fn menu(self) -> El {
        let line = |kind: Kind| {
            let name = |does: &str| format!("{does} {}", kind.title());
            el("li")
                .child(el("span").child(kind.title()))
                .child(button("Copy", move || self.copy(kind)).attr("aria-label", name("Copy")))
                .child(button("Download", move || self.save(kind)).attr("aria-label", name("Download")))
        };
        let said = move || -> View {
            match self.told.get() {
                Told::Nothing => ().into(),
                Told::Word(word) => el("p").child(word).into(),
                Told::Refused(taint) => tainted(self.sharing, &taint),
            }
        };
        el("div")
            .class("exports")
            .child(el("ul").attr("aria-label", "Exports").children(Kind::ALL.map(line)))
            .child(
                el("p")
                    .class("quiet")
                    .child("Without tokens, cookies, session ids and values, like everything that leaves this page."),
            )
            .child(el("div").attr("role", "status").child(live(said)))
    }

    /// The export as a text, without what the person takes out when they share.
    fn made(self, format: Format) -> Option<Result<String, Taint>> {
        let more = self.sharing.more();
        let make = |trace: &Trace, secrets: &Secrets<'_>| {
            // A ticket names the link, if there is one.
            let offers = if format == Format::Ticket { offers(trace, &more, &self.store.view(), secrets) } else { Vec::new() };
            let link = first_choice(&offers).and_then(|offer| offer.link.as_ref().ok());
            let link = link.map(|link| format!("{}#{}", location::without_fragment(), link.fragment));
            export(&redact(trace, Level::Everything, &more), format, link.as_deref(), secrets)
        };
        untrack(|| self.store.with_trace(|trace| self.sharing.with_secrets(|secrets| make(trace, secrets))))
    }

    /// The text of an export; tells why there is none.
    fn taken(self, kind: Kind) -> Option<String> {
        match self.made(kind.format())? {
            Ok(text) => Some(text),
            Err(taint) => {
                self.told.set(Told::Refused(taint));
                None
            }
        }
    }

    fn copy(self, kind: Kind) {
        let Some(text) = self.taken(kind) else { return };
        spawn_local(async move {
            let copied = match kind {
                Kind::Text(_) => clipboard::copy(&text).await,
                Kind::Pixels => match picture::png(&text).await {
                    Ok(picture) => clipboard::copy_picture(&picture).await,
                    Err(_) => false,
                },
            };
            self.told.set(Told::Word(if copied { "Copied." } else { "The browser did not allow copying." }));
        });
    }

    fn save(self, kind: Kind) {
        let Some(text) = self.taken(kind) else { return };
        let format = kind.format();
        spawn_local(async move {
            let saved = match kind {
                Kind::Text(_) => download::save(&format!("mcp-session.{}", format.extension()), &text, format.media_type()),
                Kind::Pixels => picture::png(&text).await.and_then(|picture| download::save_blob("mcp-session.png", &picture)),
            };
            self.told.set(if saved.is_ok() { Told::Nothing } else { Told::Word("The browser could not make this file.") });
        });
    }
}
