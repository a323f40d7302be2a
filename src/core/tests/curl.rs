//! A request as a curl command, read by a real shell.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture must fail")]

use std::process::Command;

use inspector_core::export::curl::{Shell, curl};
use inspector_core::trace::notation;

/// The command for the first request of a recording.
fn command(lines: &str) -> String {
    let text = format!("mcp-trace 1\nserver https://orders.example.com/mcp\ntoken opaque 43\n{lines}");
    let trace = notation::read(&text).unwrap().trace;
    curl(&trace.exchanges()[0].request, Shell::Posix)
}

/// The words a shell makes of a command, with `$TOKEN`, `$HEADER_2` and a client set.
fn words(command: &str) -> Vec<String> {
    let script = format!(
        "curl() {{ printf '%s\\0' \"$@\"; }}\nTOKEN='s3cr\"et' HEADER_2=two CLIENT_ID=me CLIENT_SECRET='a b&c'\n{command}\n"
    );
    let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(Into::into).collect()
}

#[test]
fn the_command_is_the_request_with_its_headers_in_order_and_the_token_left_out() {
    assert_eq!(
        command("> tools/list id=2 session=A version=2025-11-25\n"),
        r#"curl -sS -i -N -X POST 'https://orders.example.com/mcp' \
  -H 'Content-Type: application/json' \
  -H 'Accept: application/json, text/event-stream' \
  -H 'Mcp-Session-Id: session-A' \
  -H 'MCP-Protocol-Version: 2025-11-25' \
  -H "Authorization: Bearer $TOKEN" \
  --data-raw '{"jsonrpc":"2.0","id":2,"method":"tools/list"}'"#
    );
}

#[test]
fn a_request_without_a_body_sends_none() {
    assert_eq!(
        words(&command("> DELETE session=A\n")),
        [
            "-sS",
            "-i",
            "-N",
            "-X",
            "DELETE",
            "https://orders.example.com/mcp",
            "-H",
            "Mcp-Session-Id: session-A",
            "-H",
            "Authorization: Bearer s3cr\"et"
        ]
    );
}

#[test]
fn a_hostile_body_reaches_the_server_as_it_was_sent_and_the_shell_runs_none_of_it() {
    for body in [
        r#"{"a":"it's"}"#,
        "'; echo owned; '",
        "$(echo owned) `echo owned` ${HOME} $TOKEN",
        r"back\slash \' \\",
        "two\nlines\r\nand a tab\t",
        "!history & background | pipe > file # comment *?[a]~",
        "“quotes” and emoji \u{1F980}",
        "@/etc/hostname",
        "'''",
    ] {
        let quoted = body.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        let words = words(&command(&format!("> POST\n  bytes \"{quoted}\"\n")));
        assert_eq!(words[words.len() - 2..], ["--data-raw", body]);
    }
}

#[test]
fn hostile_headers_and_addresses_stay_one_word_each() {
    let words = words(&command(
        "> GET https://orders.example.com/a'$(id)`id`?q=[1-9]{a,b}\n  x-one: it's $(id) `id` \"\\\n  @/etc/passwd: x\n  x-two: {extra 1}\n  x-empty:\n",
    ));
    assert_eq!(
        words,
        [
            "-sS",
            "-i",
            "-N",
            "--globoff",
            "-X",
            "GET",
            "https://orders.example.com/a'$(id)`id`?q=[1-9]{a,b}",
            "-H",
            "x-one: it's $(id) `id` \"\\",
            "-H",
            "x-two: two",
            "-H",
            "x-empty;"
        ]
    );
}

#[test]
fn a_body_without_a_type_does_not_become_a_form() {
    let words = words(&command("> POST\n  x-a: b\n  body {}\n"));
    assert_eq!(words[words.len() - 4..], ["-H", "Content-Type:", "--data-raw", "{}"]);
}

#[test]
fn id_and_secret_of_a_client_are_left_to_the_shell_in_the_header_and_in_the_form() {
    let form = "  Content-Type: application/x-www-form-urlencoded\n  body grant_type=client_credentials&client_id=me\n";
    let basic = words(&command(&format!("> POST https://i.example/token\n  Authorization: {{client}}\n{form}")));
    assert_eq!(basic[5..9], ["https://i.example/token", "-u", "me:a b&c", "-H"]);
    let post = words(&command(&format!("> POST https://i.example/token\n{form}  field client_secret={{client-secret}}\n")));
    let data = ["--data-raw", "grant_type=client_credentials&client_id=me", "--data-urlencode", "client_secret=a b&c"];
    assert_eq!(post[post.len() - 4..], data);
}
