//! What the person asked, and what the recording says has become of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its recording must fail")]

use inspector_core::asked::{Asked, State, last_asked, last_named, listening, subscribed, updated};
use inspector_core::json::Node;
use inspector_core::time::Micros;
use inspector_core::trace::{Trace, Why, notation};

const HEAD: &str = "mcp-trace 1\nserver https://a.example/mcp\ntoken none\n\n! run\n";

fn trace(lines: &str) -> Trace {
    notation::read(&format!("{HEAD}{lines}")).unwrap().trace
}

/// A call of the tool `add`, as exchange 1 with the id 3.
fn call(rest: &str) -> Trace {
    trace(&format!(
        "> POST purpose=call\n  body {{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{{\"name\":\"add\"}}}}\n{rest}"
    ))
}

fn add(trace: &Trace) -> Asked {
    last_named(trace, "tools/call", "name", "add").unwrap()
}

#[test]
fn a_call_is_open_until_something_comes() {
    for rest in ["", "< 200 text/event-stream +1ms\n  : still there\n", "< 202 +1ms\n  end\n"] {
        let asked = add(&call(rest));
        assert_eq!((asked.state, asked.took), (State::Open(None), None), "{rest}");
    }
}

#[test]
fn an_answer_is_found_where_it_came_with_the_time_it_took() {
    let asked = add(&call(
        "< 200 text/event-stream +1ms\n  data {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n  wait +6ms\n  \
         data {\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[]}}\n  end\n",
    ));
    assert_eq!(asked.state, State::Answered("1.item.1".parse().unwrap()));
    assert_eq!(asked.took, Some(Micros(7_000)));
}

#[test]
fn the_last_progress_of_the_call_itself_is_told() {
    let progress = |token: &str, n: u32| {
        format!(
            "  data {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{{\"progressToken\":{token},\"progress\":{n},\"total\":5,\"message\":\"step {n}\"}}}}\n"
        )
    };
    let asked = add(&call(&["< 200 text/event-stream\n", &progress("3", 1), &progress("3", 2), &progress("\"3\"", 4)].concat()));
    let State::Open(Some(progress)) = asked.state else { panic!("{asked:?}") };
    assert_eq!((progress.progress, progress.total, &*progress.message), (2_000, Some(5_000), "step 2"));
}

#[test]
fn progress_that_comes_on_another_stream_is_told_too() {
    let trace = trace(
        "> GET purpose=listen\n< 200 text/event-stream\n> POST purpose=call\n  \
         body {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"add\"}}\n< 200 text/event-stream\n<1\n  \
         data {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":3,\"progress\":1}}\n",
    );
    assert!(matches!(add(&trace).state, State::Open(Some(progress)) if progress.progress == 1_000));
}

#[test]
fn a_refusal_is_told_with_its_code_and_words() {
    let at = "1.item.0".parse().unwrap();
    let refused = |code, message: &str| State::Refused { code, message: message.into(), at };
    let error = r#"body {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"Unknown tool"}}"#;
    assert_eq!(add(&call(&format!("< 200 application/json\n  {error}\n  end\n"))).state, refused(Some(-32602), "Unknown tool"));
    let unnamed = r#"body {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Bad"}}"#;
    assert_eq!(add(&call(&format!("< 400 application/json\n  {unnamed}\n  end\n"))).state, refused(Some(-32600), "Bad"));
}

#[test]
fn what_is_no_answer_of_mcp_is_a_failure() {
    assert_eq!(add(&call("< 502 text/html\n  body <h1>Bad Gateway</h1>\n  end\n")).state, State::Failed(Some(502)));
    assert_eq!(add(&call("  failed Failed to fetch +5ms\n")).state, State::Failed(None));
}

#[test]
fn what_was_given_up_says_why() {
    let asked = add(&call("< 200 text/event-stream\n  wait +2ms\n! abort 1 stopped +1ms\n"));
    assert_eq!((asked.state, asked.took), (State::GivenUp(Why::Stopped), Some(Micros(3_000))));
}

#[test]
fn a_server_that_wants_something_first_is_asking_until_it_is_answered_or_not() {
    let asks = "< 200 application/json\n  body {\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"resultType\":\"input_required\",\
        \"inputRequests\":{\"day\":{\"method\":\"elicitation/create\",\"params\":{}}}}}\n  end\n";
    assert_eq!(add(&call(asks)).state, State::Asking);
    assert_eq!(add(&call(&format!("{asks}! answer 1.item.0 day error -1 No\n"))).state, State::Unmet);
}

#[test]
fn the_last_request_counts_and_others_do_not() {
    let trace = call(
        "< 200 application/json\n  body {\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"content\":[]}}\n  end\n\
         > POST purpose=call\n  body {\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":\"add\"}}\n\
         > POST purpose=call\n  body {\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"mul\"}}\n\
         > POST purpose=call\n  body {\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"prompts/get\",\"params\":{\"name\":\"add\"}}\n",
    );
    assert_eq!(add(&trace).exchange.0, 2);
    assert_eq!(last_named(&trace, "tools/call", "name", "div"), None);
    let of_ref = |message: Node<'_>| message.at(&["params", "ref", "name"]).is_some();
    assert_eq!(last_asked(&trace, "completion/complete", &of_ref), None);
}

#[test]
fn subscriptions_are_what_was_asked_for_and_not_taken_back() {
    let trace = trace(
        "! call resources/subscribe {\"uri\":\"a:\"}\n! call resources/subscribe {\"uri\":\"b:\"}\n! call resources/unsubscribe {\"uri\":\"a:\"}\n\
         ! call resources/subscribe {\"uri\":\"c:\"}\n! call resources/subscribe {\"uri\":\"b:\"}\n! call resources/read {\"uri\":\"d:\"}\n",
    );
    assert_eq!(subscribed(&trace), ["c:", "b:"]);
}

#[test]
fn a_resource_has_changed_until_it_is_read_again() {
    let says = |uri: &str| {
        format!(
            "  data {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{{\"uri\":\"{uri}\"}}}}\n  wait +1ms\n"
        )
    };
    let listening = ["> GET purpose=listen\n< 200 text/event-stream\n", &says("a:"), &says("b:"), &says("a:")].concat();
    let told = |trace: &Trace| {
        updated(trace).into_iter().map(|updated| (updated.uri, updated.at.to_string(), updated.times)).collect::<Vec<_>>()
    };
    assert_eq!(told(&trace(&listening)), [("a:".into(), "1.item.2".into(), 2), ("b:".into(), "1.item.1".into(), 1)]);
    let read = "> POST purpose=call +1ms\n  body {\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"resources/read\",\"params\":{\"uri\":\"a:\"}}\n";
    assert_eq!(told(&trace(&format!("{listening}{read}"))), [("b:".into(), "1.item.1".into(), 1)]);
    let later = format!("{listening}{read}<1\n{}", says("a:"));
    assert_eq!(told(&trace(&later)), [("a:".into(), "1.item.3".into(), 1), ("b:".into(), "1.item.1".into(), 1)]);
}

#[test]
fn a_server_without_a_stream_of_its_own_is_known_by_its_refusal() {
    assert_eq!(listening(&call("")), None);
    assert_eq!(listening(&trace("> GET purpose=listen\n< 405 +1ms\n  end\n")), Some(State::Failed(Some(405))));
    assert_eq!(listening(&trace("> GET purpose=listen\n< 200 text/event-stream +1ms\n")), Some(State::Open(None)));
}
