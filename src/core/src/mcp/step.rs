//! What happens on the wire, as far as the specification has a rule for it.

/// Something that happens on the wire and that the specification has a rule for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A message is sent by POST.
    Post,
    /// Several messages are sent as one array.
    Batch,
    /// A request has an id.
    RequestId,
    /// An answer has an id.
    AnswerId,
    /// `server/discover` is asked.
    Discover,
    /// `server/discover` is answered.
    Discovered,
    /// A request of the stateless era is refused by a server that does not know it, and `initialize` follows.
    FallBack,
    /// `initialize` is asked.
    Initialize,
    /// `initialize` is answered, and the revision is agreed on.
    Negotiated,
    /// `initialize` is refused by an HTTP status.
    InitializeRefused,
    /// `notifications/initialized` is sent.
    Initialized,
    /// A POST without a request is accepted.
    Accepted,
    /// A request is answered, as JSON or on an event stream.
    Answer,
    /// A request is answered on an event stream.
    StreamAnswer,
    /// An event stream broke.
    StreamBroke,
    /// A GET asks for an event stream.
    GetStream,
    /// The `endpoint` event names where to POST.
    Endpoint,
    /// An event stream is asked for again, from an event on.
    Resume,
    /// A session id is issued.
    SessionIssued,
    /// A session id is sent.
    SessionSent,
    /// A request without a session id is refused.
    SessionMissing,
    /// A request with a session id is refused because the server does not know the session.
    SessionUnknown,
    /// `initialize` is sent again, without the session id that was refused.
    StartOver,
    /// A DELETE ends a session.
    EndSession,
    /// The version header is sent.
    VersionHeader,
    /// The version header is refused.
    VersionRefused,
    /// A request says in `_meta` who asks, and in which version.
    RequestMeta,
    /// `Mcp-Method` and `Mcp-Name` are sent.
    MirroredHeaders,
    /// `Mcp-Param-…` headers are sent.
    ParamHeaders,
    /// A request is refused because its headers do not say what its body says.
    HeaderMismatch,
    /// A request is refused because the client lacks a capability.
    CapabilityMissing,
    /// A request is refused because the server does not know its method.
    MethodUnknown,
    /// `subscriptions/listen` is asked.
    Listen,
    /// The server says what it agrees to tell on the stream of `subscriptions/listen`.
    Acknowledged,
    /// `subscriptions/listen` is answered, which ends its stream.
    ListenEnded,
    /// A result asks for more.
    InputRequired,
    /// A request is asked again with what its first answer asked for.
    InputResponses,
    /// A result says how long it may be kept.
    Freshness,
    /// A token is sent.
    TokenSent,
    /// A server is asked where its tokens come from.
    ResourceMetadata,
    /// An authorization server is asked what it says of itself.
    IssuerMetadata,
    /// A token is asked for.
    TokenRequest,
    /// 401.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 406.
    NotAcceptable,
    /// A body that is not said to be JSON.
    ContentType,
    /// 405 for a POST.
    PostNotAllowed,
    /// A comment, or a line without meaning, on an event stream.
    Comment,
    /// An event with an id and without data.
    Priming,
    /// A reconnection time.
    Retry,
    /// The server sends `ping`.
    Ping,
    /// The server asks something.
    ServerRequest,
    /// The server asks which folders it may work in.
    Roots,
    /// The server asks for an answer from a model.
    Sampling,
    /// The server asks the person something.
    Elicitation,
    /// The server says something.
    ServerNotification,
    /// The server says how far a request has come.
    Progress,
    /// The server says that a list has changed.
    ListChanged,
    /// The server writes a line of its log.
    Log,
    /// `tools/list` is asked.
    ToolsList,
    /// A further page of `tools/list` is asked.
    ToolsPage,
    /// `tools/list` is answered.
    ToolsListed,
    /// `tools/call` is asked.
    CallTool,
    /// `tools/call` is answered with a result.
    ToolResult,
    /// The result of `tools/call` says that the tool failed.
    ToolFailed,
    /// `prompts/list` is asked.
    PromptsList,
    /// `prompts/get` is asked.
    PromptGet,
    /// `resources/list` or `resources/templates/list` is asked.
    ResourcesList,
    /// `resources/read` is asked.
    ResourceRead,
    /// `resources/subscribe` or `resources/unsubscribe` is asked.
    Subscribe,
    /// `notifications/resources/updated` tells of a change.
    Updated,
    /// `completion/complete` is asked.
    Completion,
    /// No answer came in time.
    TimedOut,
    /// The client gave a request up.
    Cancelled,
    /// The browser says nothing but that it failed, or that something answered.
    Opaque,
}
