//! Prompts, resources and completion.

use serde_json::{Value, json};

use crate::client::{HANDSHAKES, Lab};

/// The result of a request in a session of the latest handshake revision.
fn result(method: &str, params: Value) -> Value {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    lab.ask_in(&session, method, params).result()
}

fn error_code(method: &str, params: Value) -> i64 {
    let mut lab = Lab::new();
    let session = lab.session("2025-11-25");
    lab.ask_in(&session, method, params).error_code()
}

#[test]
fn prompts_are_listed_with_their_arguments() {
    let prompts = result("prompts/list", json!({}))["prompts"].clone();
    assert_eq!((&prompts[0]["name"], &prompts[1]["name"]), (&json!("greet"), &json!("tour")));
    let arguments = &prompts[0]["arguments"];
    assert_eq!((&arguments[0]["name"], &arguments[0]["required"]), (&json!("name"), &json!(true)));
    assert_eq!((&arguments[1]["name"], &arguments[1]["required"]), (&json!("style"), &json!(false)));
}

#[test]
fn titles_came_with_2025_06_18() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        for (method, list) in
            [("prompts/list", "prompts"), ("resources/list", "resources"), ("resources/templates/list", "resourceTemplates")]
        {
            let first = lab.ask_in(&session, method, json!({})).result()[list][0].clone();
            assert_eq!(first.get("title").is_some(), revision >= "2025-06-18", "{revision} {method}");
        }
    }
}

#[test]
fn a_prompt_is_filled_with_its_arguments() {
    let greet = result("prompts/get", json!({"name": "greet", "arguments": {"name": "Ada", "style": "formal"}}));
    assert_eq!(greet["messages"][0]["content"]["text"], "Write a formal greeting for Ada.");
    let tour = result("prompts/get", json!({"name": "tour", "arguments": {"city": "Oslo", "district": "Sagene"}}));
    assert_eq!(tour["messages"][0]["content"]["text"], "Suggest a walk of two hours through Sagene, Oslo.");
    assert_eq!(tour["messages"][1]["content"]["resource"]["uri"], "demo://cities/Oslo");
    let unknown = result("prompts/get", json!({"name": "tour", "arguments": {"city": "Atlantis"}}));
    assert_eq!(unknown["messages"].as_array().unwrap().len(), 1);
}

#[test]
fn a_prompt_that_is_not_there_or_lacks_an_argument_is_an_invalid_params_error() {
    for params in [
        json!({}),
        json!({"name": "nothing"}),
        json!({"name": "greet"}),
        json!({"name": "greet", "arguments": {"style": "formal"}}),
        json!({"name": "greet", "arguments": {"name": 7}}),
        json!({"name": "greet", "arguments": {"name": "Ada", "style": null}}),
    ] {
        assert_eq!(error_code("prompts/get", params.clone()), -32602, "{params}");
    }
}

#[test]
fn a_list_of_one_page_takes_no_cursor() {
    for method in ["prompts/list", "resources/list", "resources/templates/list"] {
        assert_eq!(error_code(method, json!({"cursor": "more"})), -32602, "{method}");
        assert!(result(method, json!({})).get("nextCursor").is_none(), "{method}");
    }
}

#[test]
fn every_listed_resource_can_be_read_with_its_media_type() {
    let resources = result("resources/list", json!({}))["resources"].clone();
    assert_eq!(resources.as_array().unwrap().len(), 3);
    for resource in resources.as_array().unwrap() {
        let contents = result("resources/read", json!({"uri": resource["uri"]}))["contents"][0].clone();
        assert_eq!((&contents["uri"], &contents["mimeType"]), (&resource["uri"], &resource["mimeType"]));
        let as_bytes = resource["mimeType"] == "image/png";
        assert_eq!((contents["blob"].is_string(), contents["text"].is_string()), (as_bytes, !as_bytes), "{resource}");
    }
}

#[test]
fn the_template_leads_to_a_resource_for_each_city() {
    let template = result("resources/templates/list", json!({}))["resourceTemplates"][0]["uriTemplate"].clone();
    assert_eq!(template, "demo://cities/{city}");
    let contents = result("resources/read", json!({"uri": "demo://cities/Lisbon"}))["contents"][0].clone();
    let facts: Value = serde_json::from_str(contents["text"].as_str().unwrap()).unwrap();
    assert_eq!(facts["country"], "Portugal");
}

#[test]
fn a_resource_that_is_not_there_has_a_code_of_its_own_up_to_2025_11_25() {
    for revision in HANDSHAKES {
        let mut lab = Lab::new();
        let session = lab.session(revision);
        for uri in ["demo://nothing", "demo://cities/Atlantis", "demo://cities/", "", "file:///etc/passwd"] {
            for method in ["resources/read", "resources/subscribe"] {
                let reply = lab.ask_in(&session, method, json!({"uri": uri}));
                assert_eq!((reply.status, reply.error_code()), (200, -32002), "{revision} {method} {uri}");
                assert_eq!(reply.json()["error"]["data"]["uri"], uri);
            }
        }
        assert_eq!(lab.ask_in(&session, "resources/read", json!({})).error_code(), -32602, "{revision}");
    }
}

fn completed(reference: Value, argument: &str, value: &str, context: Value) -> Value {
    let params = json!({"ref": reference, "argument": {"name": argument, "value": value}, "context": context});
    result("completion/complete", params)["completion"].clone()
}

#[test]
fn arguments_of_prompts_complete_from_what_is_typed() {
    let greet = json!({"type": "ref/prompt", "name": "greet"});
    assert_eq!(completed(greet.clone(), "style", "", json!({}))["values"], json!(["formal", "friendly", "pirate"]));
    let f = completed(greet.clone(), "style", "F", json!({}));
    assert_eq!(f, json!({"values": ["formal", "friendly"], "total": 2, "hasMore": false}));
    assert_eq!(completed(greet, "name", "A", json!({}))["values"], json!([]), "nobody knows your friends");
}

#[test]
fn an_argument_completes_from_the_ones_before_it() {
    let tour = json!({"type": "ref/prompt", "name": "tour"});
    let oslo = json!({"arguments": {"city": "Oslo"}});
    assert_eq!(completed(tour.clone(), "district", "s", oslo)["values"], json!(["Sagene"]));
    assert_eq!(completed(tour, "district", "s", json!({}))["values"], json!([]));
}

#[test]
fn the_variable_of_the_template_completes() {
    let template = json!({"type": "ref/resource", "uri": "demo://cities/{city}"});
    assert_eq!(completed(template, "city", "wel", json!({}))["values"], json!(["Wellington"]));
}

#[test]
fn a_completion_of_nothing_is_an_invalid_params_error() {
    let argument = json!({"name": "style", "value": ""});
    for params in [
        json!({}),
        json!({"argument": argument}),
        json!({"ref": {"type": "ref/prompt", "name": "greet"}}),
        json!({"ref": {"type": "ref/prompt", "name": "nothing"}, "argument": argument}),
        json!({"ref": {"type": "ref/prompt", "name": "tour"}, "argument": argument}),
        json!({"ref": {"type": "ref/resource", "uri": "demo://guide"}, "argument": argument}),
        json!({"ref": {"type": "ref/tool", "name": "echo"}, "argument": argument}),
        json!({"ref": {"type": "ref/prompt", "name": "greet"}, "argument": {"name": "style"}}),
    ] {
        assert_eq!(error_code("completion/complete", params.clone()), -32602, "{params}");
    }
}

#[test]
fn ping_is_answered_with_nothing_in_a_session() {
    assert_eq!(result("ping", json!({})), json!({}));
}
