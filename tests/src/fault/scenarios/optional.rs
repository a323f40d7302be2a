//! Servers that refuse what a client could do without: the notification that ends the handshake, the stream for what the server
//! says unasked.

use crate::fault::{
    Scenario,
    call::Call,
    reply::{Answer, Reply},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("initialized-refused-400", "answers notifications/initialized with 400")
        .cause("initialized-refused")
        .fault(|call, _| notified(call, Reply::new(400, "Bad Request").text("Bad Request"))),
    Scenario::new("initialized-refused-401", "answers notifications/initialized with 401")
        .cause("initialized-refused")
        .fault(|call, _| notified(call, Reply::new(401, "Unauthorized").text("Unauthorized"))),
    Scenario::new("initialized-refused-404", "answers notifications/initialized with 404")
        .cause("initialized-refused")
        .fault(|call, _| notified(call, Reply::new(404, "Not Found").text("Not Found"))),
    Scenario::new("working-get-404", "works, but for the stream of GET; 404")
        .fault(|call, _| got(call, Reply::new(404, "Not Found").text("Not Found"))),
    Scenario::new("working-get-500", "works, but for the stream of GET; 500")
        .fault(|call, _| got(call, Reply::new(500, "Internal Server Error").text("Internal Server Error"))),
    Scenario::new("working-get-html", "works, but for the stream of GET, which is a page")
        .fault(|call, _| got(call, Reply::ok().html("<!DOCTYPE html><html><body>Hello</body></html>"))),
];

fn notified(call: &Call, reply: Reply) -> Option<Answer> {
    call.asks("notifications/initialized").then(|| reply.into())
}

fn got(call: &Call, reply: Reply) -> Option<Answer> {
    (call.http.method == "GET").then(|| reply.into())
}
