//! Tokens whose claims say what is wrong with them, and servers that check them or do not.

use serde_json::json;

use super::token::unauthorized;
use crate::fault::{Scenario, scenario::Fault};

/// The name of another server.
const ELSEWHERE: &str = "https://billing.example.com/mcp";

const REFUSED: Fault = |_, _| Some(unauthorized("Authentication required").into());

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("token-expired-by-exp", "401 for a token whose exp is an hour ago")
        .cause("token-expired")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "exp": now - 3600}))
        .fault(REFUSED),
    Scenario::new("token-expires-soon", "works; the token has three minutes left")
        .cause("token-expired")
        .certainty("possible")
        .works()
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "exp": now + 180})),
    Scenario::new("token-not-yet-valid", "401 for a token whose nbf is twelve minutes ahead")
        .cause("token-not-yet-valid")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "nbf": now + 720, "exp": now + 4320}))
        .fault(REFUSED),
    Scenario::new("token-issued-ahead", "401 for a token that is issued five minutes from now: a clock is wrong")
        .cause("token-not-yet-valid")
        .certainty("likely")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "iat": now + 300, "exp": now + 3900}))
        .fault(REFUSED),
    Scenario::new("token-not-yet-valid-said", "401, and the server says that the token is not yet valid (PyJWT)")
        .cause("token-not-yet-valid")
        .fault(|_, _| Some(unauthorized("The token is not yet valid (nbf)").into())),
    Scenario::new("token-not-yet-valid-accepted", "works, and takes a token whose nbf is twelve minutes ahead")
        .cause("token-not-yet-valid")
        .certainty("possible")
        .works()
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "nbf": now + 720, "exp": now + 4320})),
    Scenario::new("token-wrong-audience", "401 for a token that is made out to another server")
        .cause("token-wrong-audience")
        .certainty("likely")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": ELSEWHERE, "exp": now + 3600}))
        .fault(REFUSED),
    Scenario::new("token-wrong-audience-said", "401, and the server says that the audience is the wrong one (jsonwebtoken)")
        .cause("token-wrong-audience")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "billing-api", "exp": now + 3600}))
        .fault(|_, _| Some(unauthorized("jwt audience invalid. expected: orders-api").into())),
    Scenario::new("token-wrong-audience-accepted", "works, and takes a token that is made out to another server")
        .cause("token-wrong-audience")
        .certainty("possible")
        .works()
        .claims(|now| json!({"iss": "https://login.example.com", "aud": ELSEWHERE, "exp": now + 3600})),
    Scenario::new("token-rejected-by-name", "401 for a token with an audience that is no address, for a reason of its own")
        .cause("token-rejected")
        .claims(|now| json!({"iss": "https://login.example.com", "aud": "orders-api", "exp": now + 3600}))
        .fault(REFUSED),
];
