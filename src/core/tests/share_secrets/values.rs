//! Secrets as they look in the wild: none of them is anybody's.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};

/// How a secret came about, which says where it can be told from a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Made {
    /// By a generator: keys, tokens, digests.
    ByGenerator,
    /// What a person is known by: addresses, numbers.
    OfPerson,
    /// By a person who had to think of a password.
    ByPerson,
}

/// One secret.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// What kind of secret it is.
    pub(crate) kind: &'static str,
    pub(crate) made: Made,
    /// As it is pasted somewhere.
    pub(crate) text: String,
    /// What of it must not be seen: all of it, or of a token the parts that say who it speaks for and that it is genuine.
    pub(crate) hidden: Vec<String>,
}

/// The letters that generators choose from.
const BASE62: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &[u8] = b"0123456789abcdef";

/// Keys by how they begin, how long what follows is, and of what it is made.
const KEYS: &[(&str, &str, usize, &[u8])] = &[
    ("OpenAI", "sk-proj-", 48, BASE62),
    ("Anthropic", "sk-ant-api03-", 93, BASE62),
    ("GitHub token", "ghp_", 36, BASE62),
    ("GitHub app", "ghs_", 36, BASE62),
    ("GitHub fine-grained", "github_pat_11AAAAAAA0", 60, BASE62),
    ("GitLab", "glpat-", 20, BASE62),
    ("Slack bot", "xoxb-176536724816-198746983231-", 24, BASE62),
    ("Slack user", "xoxp-17653672481-19874698323-", 32, HEX),
    ("Stripe live", "sk_live_", 24, BASE62),
    ("Stripe restricted", "rk_live_", 24, BASE62),
    ("AWS access key", "AKIA", 16, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
    ("AWS secret key", "", 40, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
    ("Google API key", "AIza", 35, BASE62),
    ("Google access token", "ya29.a0AfB_", 60, BASE62),
    ("Google client secret", "GOCSPX-", 28, BASE62),
    ("Azure storage key", "", 86, BASE62),
    ("Twilio", "SK", 32, HEX),
    ("npm", "npm_", 36, BASE62),
    ("Hugging Face", "hf_", 34, BASE62),
    ("DigitalOcean", "dop_v1_", 64, HEX),
    ("Linear", "lin_api_", 40, BASE62),
    ("Notion", "ntn_", 46, BASE62),
    ("Tavily", "tvly-dev-", 32, BASE62),
    ("Zapier path key", "", 24, BASE62),
    ("session id", "", 32, HEX),
    ("SHA-256", "", 64, HEX),
    ("short key", "", 16, BASE62),
];

/// What people think of, and what is theirs.
const PEOPLE: &[(&str, Made, &str)] = &[
    ("password", Made::ByPerson, "hunter2"),
    ("password", Made::ByPerson, "S3cr3t!Pass"),
    ("password", Made::ByPerson, "Tr0ub4dor3"),
    ("password", Made::ByPerson, "Sommer2026!"),
    ("passphrase", Made::ByPerson, "correct-horse-battery-staple"),
    ("password of one word", Made::ByPerson, "Dragonfruit"),
    ("email", Made::OfPerson, "jane.doe@customer.example"),
    ("email", Made::OfPerson, "j+billing@customer.example"),
    ("phone", Made::OfPerson, "+4917012345678"),
    ("phone", Made::OfPerson, "(415) 555-0142-8891"),
    ("card", Made::OfPerson, "4111 1111 1111 1111"),
    ("card", Made::OfPerson, "5500005555555559"),
    ("SSN", Made::OfPerson, "078-05-1120"),
    ("IBAN", Made::OfPerson, "DE89370400440532013000"),
];

/// Numbers that follow one another like chance, and are the same every time.
struct Dice(u64);

impl Dice {
    fn letters(&mut self, count: usize, of: &[u8]) -> String {
        let mut letter = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(of[usize::try_from(self.0 >> 33).unwrap() % of.len()])
        };
        (0..count).map(|_| letter()).collect()
    }
}

/// Every secret.
pub(crate) fn all() -> Vec<Value> {
    let mut dice = Dice(2026);
    let mut values: Vec<Value> = Vec::new();
    for (kind, prefix, length, of) in KEYS {
        let text = format!("{prefix}{}", dice.letters(*length, of));
        // The beginning says which kind of key it is, and nothing else.
        let hidden = vec![text.clone(), text[prefix.len()..].to_owned()];
        values.push(Value { kind, made: Made::ByGenerator, text, hidden });
    }
    let hex = dice.letters(32, HEX);
    let uuid = format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..]);
    values.push(Value { kind: "UUID", made: Made::ByGenerator, hidden: vec![uuid.clone()], text: uuid });
    let padded = Base64::encode_string(dice.letters(47, BASE62).as_bytes());
    values.push(Value { kind: "base64", made: Made::ByGenerator, hidden: vec![padded.clone()], text: padded });
    values.push(jwt(&mut dice));
    for (kind, made, text) in PEOPLE {
        values.push(Value { kind, made: *made, text: (*text).to_owned(), hidden: vec![(*text).to_owned()] });
    }
    values
}

/// A token as an identity provider makes it, with a person in it.
fn jwt(dice: &mut Dice) -> Value {
    let header = Base64UrlUnpadded::encode_string(br#"{"alg":"RS256","typ":"JWT","kid":"9f2c"}"#);
    let claims = concat!(
        r#"{"iss":"https://login.example.com/","aud":"https://mcp.example.com/mcp","sub":"auth0|64f1c0ffee","email":"jane.doe@customer.example","#,
        r#""name":"Jane Doe","oid":"7f9c24e8-3b12-4fde-9a01-5f9a2b7c1d3e","scope":"mcp:tools","iat":1763740000,"exp":1763743600}"#
    );
    let claims = Base64UrlUnpadded::encode_string(claims.as_bytes());
    let signature = dice.letters(342, BASE62);
    let text = format!("{header}.{claims}.{signature}");
    let person = Base64UrlUnpadded::encode_string(b"jane.doe@customer");
    let hidden =
        vec![signature, claims, person[2..20].to_owned(), "jane.doe".to_owned(), "Jane Doe".to_owned(), "64f1c0ffee".to_owned()];
    Value { kind: "JWT", made: Made::ByGenerator, text, hidden }
}
