//! Proxies whose server behind them is gone or slow.

use crate::fault::{Scenario, reply::Reply};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("gateway-502", "502 with the HTML page of nginx")
        .cause("gateway-error")
        .fault(|_, _| Some(nginx(502, "Bad Gateway").into())),
    Scenario::new("gateway-503", "503 plain text of Envoy").cause("gateway-error").fault(|_, _| {
        Some(
            Reply::new(503, "Service Unavailable")
                .header("server", "envoy")
                .header("content-type", "text/plain")
                .body("no healthy upstream")
                .into(),
        )
    }),
    Scenario::new("gateway-504", "504 with the HTML page of nginx, at tools/list")
        .cause("gateway-error")
        .fault(|call, _| call.asks("tools/list").then(|| nginx(504, "Gateway Time-out").into())),
];

fn nginx(status: u16, reason: &'static str) -> Reply {
    let title = format!("{status} {reason}");
    Reply::new(status, reason).header("server", "nginx/1.24.0").header("content-type", "text/html").body(format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"
    ))
}
