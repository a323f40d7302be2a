//! Every cap of the inspector in one place: what a hostile or broken server may cost us, by name.
//!
//! Above a cap nothing is lost silently: whatever was left out is counted and shown.

/// One kibibyte.
const KIB: usize = 1024;
/// One mebibyte.
const MIB: usize = 1024 * KIB;

/// Bytes of data kept from one event of an event stream; the rest of the event is counted, not kept.
pub const SSE_EVENT_BYTES: usize = 4 * MIB;

/// Bytes kept from one line of an event stream: the largest event on a single line, with its field name.
pub const SSE_LINE_BYTES: usize = SSE_EVENT_BYTES + KIB;

/// Bytes kept from the start of an event-stream body.
pub const BODY_HEAD_BYTES: usize = 4 * MIB;

/// Bytes kept from the end of an event-stream body, once its start is full.
pub const BODY_TAIL_BYTES: usize = MIB;

/// Chunks kept from the start of a body with their times and bounds; a flood of tiny ones costs more than its bytes.
pub const BODY_HEAD_CHUNKS: usize = 65_536;

/// Chunks kept from the end of a body, once its start is full.
pub const BODY_TAIL_CHUNKS: usize = 8_192;

/// Bytes of a JSON body that is read; a longer one is refused with its size.
pub const JSON_BODY_BYTES: usize = 8 * MIB;

/// Tokens (values, keys, brackets) kept from one JSON text: tool lists have one in nine bytes, so a body of full size fits.
pub const JSON_TOKENS: usize = 1_000_000;

/// Objects and arrays that may be open at once in a JSON text.
pub const JSON_DEPTH: usize = 128;

/// Bytes of all bodies of one trace together.
pub const TRACE_BYTES: usize = 48 * MIB;

/// Items (events, comments and the like) kept from the start of one event stream.
pub const STREAM_ITEMS_HEAD: usize = 5_000;

/// Items kept from the end of one event stream, once its start is full.
pub const STREAM_ITEMS_TAIL: usize = 1_000;

/// Header fields kept from one message.
pub const HEADER_COUNT: usize = 200;

/// Bytes kept from one header value.
pub const HEADER_VALUE_BYTES: usize = 16 * KIB;

/// Messages read from one array of messages.
pub const BATCH_MESSAGES: usize = 1_000;

/// Requests of a server that are answered in one run: a server that asks without end is not answered without end.
pub const ANSWERS: u32 = 100;

/// How often event streams are asked for again in one run.
pub const RESUMES: u32 = 200;

/// How often in a row a stream is asked for again that brings nothing.
pub const RESUMES_BARREN: u32 = 3;

/// Microseconds to wait before a stream is asked for again, when the server does not say (`retry`).
pub const RESUME_WAIT: u64 = 1_000_000;

/// The least to wait, whatever the server says, in microseconds: `retry: 0` must not make a storm.
pub const RESUME_WAIT_MIN: u64 = 50_000;

/// How often lists are asked for again in one run because the server says that they changed.
pub const RELISTS: u32 = 50;

/// How often a server may answer one call with questions.
pub const CALL_ROUNDS: u32 = 20;

/// Pages of `tools/list` asked for before the cursor is taken to lead nowhere.
pub const TOOLS_PAGES: usize = 100;

/// Tools listed from one server.
pub const TOOLS_COUNT: usize = 20_000;

/// Bytes of a JSON Schema that is made into a form; what a longer one describes is typed as JSON.
pub const SCHEMA_BYTES: usize = 256 * KIB;

/// Objects and lists that a form holds inside one another; what lies deeper is typed as JSON.
pub const SCHEMA_DEPTH: usize = 8;

/// Keywords that are read for one place of a schema.
pub const SCHEMA_WORDS: usize = 64;

/// Schemas that are joined into one field, by way of `$ref` and `allOf`.
pub const SCHEMA_JOINS: usize = 32;

/// Fields, choices, notes and references of one form together: references let a short schema describe an endless one.
pub const FORM_PARTS: usize = 4_000;

/// Bytes of all names, descriptions and values of one form together.
pub const FORM_BYTES: usize = MIB;

/// Rows that a list of a form has; a longer one is typed as JSON.
pub const FORM_ROWS: usize = 200;

/// Instructions of a regular expression that a text is checked with; a longer one is not checked.
pub const PATTERN_PROGRAM: usize = 1_000;

/// Groups of a regular expression inside one another.
pub const PATTERN_DEPTH: usize = 20;

/// Characters of a text that is checked with a regular expression.
pub const PATTERN_TEXT: usize = 4_096;

/// Bytes of a bearer token: common servers refuse a request head above 16 KiB.
pub const TOKEN_BYTES: usize = 16 * KIB;

/// Bytes of the answer of a token endpoint.
pub const TOKEN_ANSWER_BYTES: usize = 256 * KIB;

/// Bytes of a recording (file or pasted text) that is opened: what a trace holds, with the escapes of JSON.
pub const RECORDING_BYTES: usize = 64 * MIB;

/// Bytes of an HTTP archive that is opened. It is read entry by entry and not held as a whole.
pub const IMPORT_BYTES: usize = 512 * MIB;

/// Bytes of one entry of an archive; a longer one is left out.
pub const IMPORT_ENTRY_BYTES: usize = 32 * MIB;

/// Recordings kept in a browser, and bytes of their files together: beyond that the oldest go.
pub const HISTORY_RECORDINGS: usize = 200;

/// See [`HISTORY_RECORDINGS`].
pub const HISTORY_BYTES: usize = 50_000_000;

/// Bytes of bodies of a recording that is kept: taking the secrets out of it takes time, after each run.
pub const HISTORY_RECORDING_BYTES: usize = 4 * MIB;

/// Records of a recording that is opened: more than a run of any length keeps.
pub const RECORDING_RECORDS: usize = 250_000;

/// Exchanges of a recording that is opened; what compares them with one another takes the square of their number.
pub const RECORDING_EXCHANGES: usize = 4_000;

/// Characters of a link to a recording: chats, mails and tickets cut longer ones, browsers take a million and more.
pub const LINK_CHARS: usize = 32 * KIB;

/// Characters of a link that is opened. Not less than was ever written.
pub const LINK_CHARS_READ: usize = 64 * KIB;

/// Bytes that a link unpacks to, and bytes of all bodies in it together.
pub const LINK_BYTES: usize = 4 * MIB;

/// Records in a link. Fewer than in a file: a link is opened by a click, and what is wrong with it must be said at once.
pub const LINK_RECORDS: usize = 20_000;

/// Exchanges in a link.
pub const LINK_EXCHANGES: usize = 1_000;

/// Bytes read of what a person pastes into "What your client shows"; of a longer paste its beginning and its end.
pub const PASTE_BYTES: usize = MIB;

/// Bytes of one line of a paste that are searched at a time.
pub const PASTE_LINE_BYTES: usize = 4 * KIB;

/// Bytes that are gone through while the texts of the table are tried on the lines of a paste, from its end: every try costs its line.
pub const PASTE_TRIED_BYTES: usize = 16 * MIB;

/// Microseconds to wait for the answer to one request, unless the person chose another time.
pub const REQUEST_TIMEOUT: u64 = 30_000_000;

/// How long streams that stay open after the run are still read, in microseconds, before they are given up.
pub const LINGER: u64 = 5_000_000;

/// Requests that one probe may send.
pub const PROBE_REQUESTS: u32 = 12;

/// Requests that a checkup may send, its handshake and the ends of the sessions it opened included.
pub const CHECKUP_REQUESTS: u32 = 25;

/// Requests that a handshake takes at least: a checkup that begins with one has so many fewer for its probes.
pub const HANDSHAKE_REQUESTS: u32 = 2;

/// Microseconds to wait for an answer to a request that is sent to learn whether anything is there.
pub const REACH_TIMEOUT: u64 = 10_000_000;

/// Microseconds that a probe waits for one answer, if the person did not choose less.
pub const PROBE_TIMEOUT: u64 = 10_000_000;

/// Rounds of one watch: at every ten seconds eleven hours. Then it ends, and the recording can still be opened again.
pub const WATCH_ROUNDS: u32 = 4_000;

/// Rounds of a watch in a row that bring nothing, before it is given up.
pub const WATCH_FAILURES: u32 = 60;

/// The least that lies between two rounds of a watch, in microseconds.
pub const WATCH_EVERY_MIN: u64 = 1_000_000;

/// Microseconds of silence before a probe asks whether the session outlived it.
pub const PROBE_PAUSE: u64 = 5_000_000;
