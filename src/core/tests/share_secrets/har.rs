//! The same recording as a HAR 1.2, as a browser would export it: what other sanitisers are made for.

use inspector_core::http::{HeaderValue, Headers, Url};
use inspector_core::trace::{Exchange, Trace};
use serde_json::{Value, json};

/// The HAR, not sanitised.
pub(crate) fn har(trace: &Trace) -> Value {
    let entries: Vec<Value> = trace.exchanges().iter().map(|exchange| entry(trace, exchange)).collect();
    json!({ "log": { "version": "1.2", "creator": { "name": "test", "version": "1" }, "entries": entries } })
}

fn entry(trace: &Trace, exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let head = exchange.head();
    let media_type = head.map(|head| head.media_type()).unwrap_or_default();
    let body = trace.body_start(exchange.id, 1_000_000);
    let mut sent = json!({
        "method": request.method.as_str(),
        "url": request.url.to_string(),
        "headers": headers(&request.headers),
        "queryString": query(&request.url),
        "cookies": cookies(&request.headers, "cookie"),
    });
    if !request.body.is_empty() {
        let kind = request.headers.get("content-type").unwrap_or_default();
        let params: Vec<Value> = if kind.contains("form") { pairs(&request.body) } else { Vec::new() };
        sent["postData"] = json!({ "mimeType": kind, "text": request.body, "params": params });
    }
    json!({
        "request": sent,
        "response": {
            "status": exchange.status().unwrap_or(0),
            "headers": head.map(|head| headers(&head.headers)).unwrap_or_default(),
            "cookies": head.map(|head| cookies(&head.headers, "set-cookie")).unwrap_or_default(),
            "content": { "mimeType": media_type, "text": body },
            "redirectURL": head.and_then(|head| head.redirected_to.clone()).unwrap_or_default(),
        },
        "_error": exchange.end.as_ref().map(|(_, end)| format!("{end:?}")),
    })
}

fn headers(headers: &Headers) -> Vec<Value> {
    let text = |value: &HeaderValue| match value {
        HeaderValue::Text(text) => text.clone(),
        HeaderValue::Secret(_) => String::new(),
    };
    headers.iter().map(|(name, value)| json!({ "name": name, "value": text(value) })).collect()
}

fn cookies(headers: &Headers, name: &str) -> Vec<Value> {
    let first = |text: &str| text.split(';').filter_map(|pair| pair.trim().split_once('=')).map(|(n, v)| named(n, v)).collect();
    headers.get(name).map(first).unwrap_or_default()
}

fn query(url: &Url) -> Vec<Value> {
    url.target().split_once('?').map(|(_, query)| pairs(query)).unwrap_or_default()
}

fn pairs(text: &str) -> Vec<Value> {
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| named(name, value)).collect()
}

fn named(name: &str, value: &str) -> Value {
    json!({ "name": name, "value": value })
}
