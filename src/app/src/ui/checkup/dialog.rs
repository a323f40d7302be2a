//! The dialog that asks before a checkup: what it will send, to whom, and how much.

use inspector_core::http::Url;
use inspector_core::limits::{CHECKUP_REQUESTS, HANDSHAKE_REQUESTS};
use inspector_core::probe::{self, Setting};
use leptos::prelude::*;

use crate::store::Store;
use crate::ui::dom::{El, View, button, el, live, row};
use crate::ui::open;

/// The dialog "Run a checkup".
pub(in crate::ui) fn dialog() -> El {
    let store = Store::get();
    let open = open::Dialogs::get().checkup;
    let start = move || {
        open.set(false);
        store.check_up();
    };
    let asked = move || open.get().then(|| untrack(|| store.setting().map(|setting| plan(store, &setting))));
    open::dialog(open)
        .class("asks")
        .attr("aria-labelledby", "checkup-title")
        .child(el("h2").attr("id", "checkup-title").child("Run a checkup"))
        .child(live(move || asked().flatten()))
        .child(
            el("div")
                .class("row end")
                .child(button("Cancel", move || open.set(false)))
                .child(button("Start checkup", start).class("primary")),
        )
}

/// What would be sent, probe by probe.
fn plan(store: Store, setting: &Setting) -> View {
    let planned = probe::plan(setting);
    let probes: u32 = planned.iter().filter_map(|(_, requests)| requests.as_ref().ok()).sum();
    let all = if setting.fresh { CHECKUP_REQUESTS } else { probes };
    let address = Url::parse(&store.url.get()).map(|url| url.to_string()).unwrap_or_default();
    let line = |what: &str, requests: String| el("tr").child(el("td").child(what)).child(el("td").child(requests));
    let handshake = setting.fresh.then(|| line("The handshake, to open a conversation", format!("{HANDSHAKE_REQUESTS} or more")));
    let tried = planned.iter().filter_map(|(probe, requests)| Some((probe, requests.as_ref().ok()?)));
    let (left, why): (Vec<_>, Vec<_>) =
        planned.iter().filter_map(|(probe, requests)| Some((probe.title, requests.err()?))).unzip();
    let left_out = (!left.is_empty()).then(|| {
        let line = |(title, why)| el("li").child(title).child(el("span").class("quiet").child(probe::left_out(why)));
        el("details")
            .child(el("summary").child(format!("Left out: {}", left.len())))
            .child(el("ul").children(left.into_iter().zip(why).map(line)))
    });
    let opened = if setting.fresh { " What does not apply to it is left out." } else { "" };
    row([
        el("p")
            .child(format!("This sends at most {all} requests to "))
            .child(el("code").child(address))
            .child(format!(" and to nobody else, to see how it answers what clients do right and wrong.{opened}"))
            .into(),
        el("p")
            .class("quiet")
            .child(
                "No tool is called. Sessions that a probe opens are ended, also when you stop. Each request is in the diagram.",
            )
            .into(),
        el("div")
            .class("scroll")
            .child(
                el("table")
                    .attr("aria-label", "What is sent")
                    .child(
                        el("thead").child(
                            el("tr")
                                .child(el("th").attr("scope", "col").child("What is tried"))
                                .child(el("th").attr("scope", "col").child("Requests")),
                        ),
                    )
                    .child(
                        el("tbody")
                            .child(handshake)
                            .children(tried.map(|(probe, requests)| line(probe.title, requests.to_string()))),
                    ),
            )
            .child(left_out)
            .into(),
    ] as [View; 3])
}
