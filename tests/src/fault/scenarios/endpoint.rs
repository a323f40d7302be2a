//! Addresses where no MCP endpoint is.

use crate::fault::{Scenario, reply::Reply, sound::Stack};

const LOGIN_PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in</title></head>
<body>
<h1>Sign in</h1>
<form method="post" action="/login">
<label>Email <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label>
<button>Sign in</button>
</form>
</body>
</html>
"#;

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("endpoint-not-found-starlette", "404 Not Found, plain text (Python SDK)")
        .cause("endpoint-not-found")
        .at("/mpc"),
    Scenario::new("endpoint-not-found-express", "404 Cannot POST, HTML (TypeScript SDK)")
        .cause("endpoint-not-found")
        .stack(Stack::Express)
        .at("/mpc"),
    Scenario::new("endpoint-not-found-fastapi", r#"404 {"detail":"Not Found"} (FastAPI)"#)
        .cause("endpoint-not-found")
        .at("/mpc")
        .fault(|_, _| Some(Reply::new(404, "Not Found").header("server", "uvicorn").json(r#"{"detail":"Not Found"}"#).into())),
    Scenario::new("not-an-mcp-endpoint", "200 with a login page")
        .cause("not-an-mcp-endpoint")
        .at("/")
        .fault(|_, _| Some(Reply::ok().html(LOGIN_PAGE).into())),
    Scenario::new("not-an-mcp-endpoint-json", r#"200 {"status":"ok"}, a health check"#)
        .cause("not-an-mcp-endpoint")
        .at("/health")
        .fault(|_, _| Some(Reply::ok().json(r#"{"status":"ok"}"#).into())),
];

pub(in crate::fault) fn starlette_not_found() -> Reply {
    Reply::new(404, "Not Found").text("Not Found")
}

pub(in crate::fault) fn express_not_found(method: &str, path: &str) -> Reply {
    Reply::new(404, "Not Found").header("Content-Security-Policy", "default-src 'none'").header("X-Content-Type-Options", "nosniff").html(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>Cannot {method} {path}</pre>\n</body>\n</html>\n"
    ))
}
