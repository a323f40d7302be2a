//! A static file server for the built page, as a plain host would be: a sub-path if wanted, the `_headers` file, right types.

use std::{
    fs,
    io::{self, BufReader, Write},
    net::TcpStream,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
};

use crate::{http::Request, listener::Listener};

/// A running site; it stops when dropped.
pub struct Site {
    listener: Listener,
    files: Arc<Files>,
    /// What it is called by where that is not its own address.
    known_as: Option<String>,
}

struct Files {
    root: PathBuf,
    /// `/` or `/some/path/`.
    base: String,
    rules: Vec<Rule>,
    requests: Mutex<Vec<Request>>,
}

/// One block of a `_headers` file (the format shared by Netlify and Cloudflare Pages).
struct Rule {
    pattern: String,
    headers: Vec<(String, String)>,
}

impl Site {
    /// Serves a folder at the root of a free loopback port.
    pub fn start(root: impl Into<PathBuf>) -> Self {
        Self::start_under(root, "/")
    }

    /// Serves a folder below a path such as `/tools/inspector/`; everything else is 404.
    ///
    /// The rules of a `_headers` file in the folder apply to paths below `base`, as if the host's root were there.
    pub fn start_under(root: impl Into<PathBuf>, base: &str) -> Self {
        assert!(base.starts_with('/') && base.ends_with('/'), "a base path starts and ends with a slash: {base}");
        let root = root.into();
        assert!(root.is_dir(), "no folder to serve at {}", root.display());
        let rules = parse_rules(&fs::read_to_string(root.join("_headers")).unwrap_or_default());
        let files = Arc::new(Files { root, base: base.to_owned(), rules, requests: Mutex::default() });
        let listener = Listener::start(0, {
            let files = Arc::clone(&files);
            move |socket| {
                // The browser closes idle connections as it likes.
                let _ = files.serve(&socket);
            }
        })
        .expect("a free loopback port");
        Self { listener, files, known_as: None }
    }

    /// The same by another address, which something in front of it answers.
    pub fn known_as(self, origin: &str) -> Self {
        Self { known_as: Some(origin.to_owned()), ..self }
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("{}{}", self.known_as.clone().unwrap_or_else(|| self.listener.origin()), self.files.base)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.listener.port()
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        self.listener.origin()
    }

    /// Every request received so far.
    pub fn requests(&self) -> Vec<Request> {
        self.files.requests.lock().unwrap().clone()
    }
}

impl Files {
    fn serve(&self, mut socket: &TcpStream) -> io::Result<()> {
        let mut incoming = BufReader::new(socket);
        while let Some(request) = Request::read(&mut incoming)? {
            self.requests.lock().unwrap().push(request.clone());
            let response = self.respond(&request);
            socket.write_all(&response)?;
        }
        Ok(())
    }

    fn respond(&self, request: &Request) -> Vec<u8> {
        let path = request.path.split('?').next().unwrap_or_default();
        let found = path.strip_prefix(&self.base).and_then(|inside| Some((inside, self.read(inside)?)));
        let Some((inside, (file, body))) = found else {
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nNot Found".to_vec();
        };
        let mut head = format!("HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n", media_type(&file), body.len());
        for rule in self.rules.iter().filter(|rule| rule.applies_to(&format!("/{inside}"))) {
            for (name, value) in &rule.headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        head.push_str("\r\n");
        let body = if request.method == "HEAD" { &[] } else { &body[..] };
        [head.as_bytes(), body].concat()
    }

    fn read(&self, inside: &str) -> Option<(PathBuf, Vec<u8>)> {
        let relative = Path::new(if inside.is_empty() { "index.html" } else { inside });
        // Nothing above the root, and not the file with the rules.
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || relative == Path::new("_headers") {
            return None;
        }
        let file = self.root.join(relative);
        let body = fs::read(&file).ok()?;
        Some((file, body))
    }
}

impl Rule {
    /// `*` at the end of a pattern stands for the rest of the path.
    fn applies_to(&self, path: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == self.pattern,
        }
    }
}

/// A line that starts a block is a path; the indented lines below it are header fields.
fn parse_rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        if !line.starts_with(char::is_whitespace) {
            rules.push(Rule { pattern: line.trim().to_owned(), headers: Vec::new() });
        } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.split_once(':')) {
            rule.headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    rules
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        Some("txt" | "trace" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
