//! The kinds of flaws a token can have, and the sentence each of them is told with.

use core::fmt;

use crate::limits::TOKEN_BYTES;

/// Something wrong with a token as it was typed. Positions count characters from 1.
///
/// Holds no part of the token but the one character that is wrong, so it may be shown and kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// Only white space, or nothing after `Bearer`.
    Empty,
    /// White space before the token; it is not sent.
    LeadingSpace,
    /// White space after the token; it is not sent.
    TrailingSpace,
    /// A whole `Authorization` header instead of the token in it.
    AuthorizationHeader,
    /// The answer of a token endpoint instead of the `access_token` in it.
    TokenResponse,
    /// A quote before or after the token, straight or curly.
    Quoted {
        /// The first of them.
        quote: char,
    },
    /// `Bearer ` before the token; it is not sent twice.
    BearerPrefix,
    /// `Bearer ` twice before the token; one of them would be sent as part of it.
    BearerTwice,
    /// Text that stands for a token in instructions or in a program's mistake, such as `<token>` or `undefined`.
    Placeholder,
    /// The first line break inside the token.
    LineBreak {
        /// Where it stands.
        position: usize,
    },
    /// The first other white space inside the token.
    InnerSpace {
        /// Where it stands.
        position: usize,
    },
    /// The first character that cannot be seen.
    Invisible {
        /// The character.
        char: char,
        /// Its name in Unicode, or what it belongs to.
        name: &'static str,
        /// Where it stands.
        position: usize,
    },
    /// The first other control character.
    Control {
        /// The character.
        char: char,
        /// Where it stands.
        position: usize,
    },
    /// The first other character outside ASCII; RFC 6750 §2.1 has none in a bearer token.
    NonAscii {
        /// The character.
        char: char,
        /// Where it stands.
        position: usize,
    },
    /// A part is missing.
    Truncated(Truncation),
    /// A claim of time counts milliseconds; NumericDate counts seconds (RFC 7519 §2), so servers see a time that is very far off.
    Milliseconds {
        /// The claim.
        claim: &'static str,
    },
    /// The token has more bytes than [`TOKEN_BYTES`]: servers refuse such a request.
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
}

/// How it can be seen that a part of a token is missing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Truncation {
    /// It ends in `...` or `…`, as a program shortens a text for display.
    Ellipsis,
    /// A JWT of fewer than three parts.
    Parts {
        /// How many there are.
        found: usize,
    },
    /// A JWT whose header cannot be read.
    Header,
    /// A JWT whose claims cannot be read.
    Payload,
    /// A JWT that names a signature algorithm and ends before the signature.
    Signature,
}

impl Flaw {
    /// Whether a browser refuses to send the token: a header value holds no NUL or line break, and nothing above U+00FF
    /// (Fetch Standard §2.2.2 and the `ByteString` of Web IDL).
    pub fn prevents_sending(&self) -> bool {
        match self {
            Self::LineBreak { .. } => true,
            Self::Invisible { char, .. } | Self::Control { char, .. } | Self::NonAscii { char, .. } => {
                *char == '\0' || *char > '\u{ff}'
            }
            _ => false,
        }
    }
}

/// One sentence for the person who typed the token.
impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is no token here."),
            Self::LeadingSpace => f.write_str("White space before the token is left out."),
            Self::TrailingSpace => f.write_str("White space after the token is left out."),
            Self::AuthorizationHeader => {
                f.write_str("This is a whole Authorization header; paste only the token that follows \"Bearer\".")
            }
            Self::TokenResponse => {
                f.write_str("This is the whole answer of a token endpoint; paste only the value of access_token.")
            }
            Self::Quoted { quote } => write!(f, "The token stands in quotes ({quote}), which would be sent with it."),
            Self::BearerPrefix => f.write_str("\"Bearer\" before the token is left out here and added when it is sent."),
            Self::BearerTwice => f.write_str("\"Bearer\" stands before the token twice."),
            Self::Placeholder => {
                f.write_str("This only stands for a token, as in instructions; put the token itself in its place.")
            }
            Self::LineBreak { position } => write!(f, "There is a line break in the token, at character {position}."),
            Self::InnerSpace { position } => write!(f, "There is white space in the token, at character {position}."),
            Self::Invisible { char, name, position } => {
                write!(
                    f,
                    "There is an invisible character in the token, U+{:04X} ({name}), at character {position}.",
                    u32::from(*char)
                )
            }
            Self::Control { char, position } => {
                write!(f, "There is a control character in the token, U+{:04X}, at character {position}.", u32::from(*char))
            }
            Self::NonAscii { char, position } => {
                write!(f, "\"{char}\" (U+{:04X}) at character {position} cannot be part of a token.", u32::from(*char))
            }
            Self::Truncated(truncation) => write!(f, "The token is not whole: {truncation}."),
            Self::Milliseconds { claim } => {
                write!(
                    f,
                    "The {claim} of the token counts milliseconds where servers count seconds (RFC 7519): whoever issues it has to divide it by 1000."
                )
            }
            Self::TooLong { bytes } => {
                write!(f, "The token is {bytes} bytes long; servers refuse requests with one above {TOKEN_BYTES}.")
            }
        }
    }
}

impl fmt::Display for Truncation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ellipsis => f.write_str("it ends in dots, as a text shortened for display does"),
            Self::Parts { found } => write!(f, "a JWT has three parts with dots between, this one has {found}"),
            Self::Header => f.write_str("it looks like a JWT, but its header cannot be read"),
            Self::Payload => f.write_str("it is a JWT, but its claims cannot be read"),
            Self::Signature => f.write_str("it is a JWT whose signature is missing"),
        }
    }
}
