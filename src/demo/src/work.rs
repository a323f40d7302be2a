//! Tool calls: the first turn, the turns after a wait or after an answer of the client's, and the end.

use inspector_core::json::{self, Node};
use inspector_core::time::Micros;

use crate::envelope::{self, Answer, Error, same_id};
use crate::limits::{PATIENCE, WORKS};
use crate::object::Object;
use crate::params::{Params, part, text};
use crate::revision::Revision;
use crate::server::Server;
use crate::sessions::{Session, declares};
use crate::tools::{self, Ask, Call, Turn};
use crate::world::{Level, Note};

/// What is known of the client of one request.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// What it speaks.
    pub(crate) revision: Revision,
    /// What it can do: a JSON object.
    pub(crate) capabilities: String,
    /// Whether it may be asked something.
    pub(crate) ready: bool,
    /// The least severe log messages it wants, if any.
    pub(crate) level: Option<Level>,
    /// What its progress notifications carry, as JSON.
    pub(crate) progress: Option<String>,
}

impl Client {
    /// The client of a session, for a request with these parameters.
    pub(crate) fn of(session: &Session, params: Params<'_>) -> Self {
        Self {
            revision: session.revision,
            capabilities: session.capabilities.clone(),
            ready: session.ready,
            level: Some(session.level),
            progress: progress_token(params),
        }
    }

    /// A note as a notification, if this client asked for such notes.
    fn wants(&self, note: &Note) -> Option<String> {
        match note {
            Note::Log(level, text) => {
                let wanted = self.level.is_some_and(|least| *level >= least);
                wanted.then(|| envelope::notification("notifications/message", Some(Note::log(*level, text))))
            }
            Note::Progress { done, total } => {
                let params = Object::new().raw("progressToken", self.progress.as_ref()?);
                let params = params.number("progress", *done).number("total", *total);
                let message = format!("{done} of {total}");
                // The message came with 2025-03-26.
                let params = params.text_if(self.revision >= Revision::V2025_03_26, "message", &message);
                Some(envelope::notification("notifications/progress", Some(params)))
            }
        }
    }
}

/// The progress token of a request: a string or an integer, as JSON.
pub(crate) fn progress_token(params: Params<'_>) -> Option<String> {
    let token = part(params, &["_meta", "progressToken"])?;
    (token.as_str().is_some() || token.as_i64().is_some()).then(|| token.raw().to_owned())
}

/// A tool call under way.
#[derive(Debug)]
pub(crate) struct Work {
    /// The id of the request.
    id: String,
    /// The stream the answer goes to.
    pub(crate) stream: u32,
    /// The session it was called in; none in the stateless era.
    pub(crate) session: Option<u32>,
    /// The name of the tool.
    pub(crate) name: String,
    /// A JSON object.
    pub(crate) arguments: String,
    client: Client,
    /// How often the tool has run.
    turn: u32,
    waits: Waits,
}

/// What a call waits for.
#[derive(Clone, Copy, Debug)]
enum Waits {
    /// A time.
    Time(Micros),
    /// The answer to our request with this id, or else a time.
    Answer(u32, Micros),
}

/// A call after its first turn.
#[derive(Debug)]
pub(crate) struct Started {
    /// The call.
    pub(crate) work: Work,
    notes: Vec<String>,
    /// What the tool did.
    pub(crate) turn: Turn,
}

/// The answer to a request.
#[derive(Debug)]
pub(crate) enum Reply {
    /// It is here, as a message.
    Now(String),
    /// There is more to tell, or it takes a while.
    Later(Box<Started>),
}

impl Started {
    /// The call as a reply: at once, when there is nothing to tell but the result.
    pub(crate) fn reply(self) -> Reply {
        match self.turn {
            Turn::Done(result) if self.notes.is_empty() => Reply::Now(self.work.response(result)),
            turn => Reply::Later(Box::new(Self { turn, ..self })),
        }
    }
}

impl Work {
    /// A call from the parameters of `tools/call`.
    ///
    /// # Errors
    /// When they name no tool.
    pub(crate) fn read(id: &str, client: Client, session: Option<u32>, params: Params<'_>) -> Result<Self, Error> {
        let name = text(params, &["name"]).ok_or_else(|| Error::params("Invalid params: name is missing"))?;
        Ok(Self {
            id: id.to_owned(),
            stream: 0,
            session,
            name: name.into_owned(),
            arguments: part(params, &["arguments"]).map_or("{}", Node::raw).to_owned(),
            client,
            turn: 0,
            waits: Waits::Time(Micros::ZERO),
        })
    }

    /// The response with a result.
    fn response(&self, result: Object) -> String {
        envelope::response(&self.id, self.client.revision, result)
    }

    fn due(&self) -> Micros {
        match self.waits {
            Waits::Time(at) | Waits::Answer(_, at) => at,
        }
    }
}

impl Server {
    /// Runs a tool for the first time, after everything about the call has been checked.
    ///
    /// # Errors
    /// For a tool that is not there, and for arguments or capabilities that its revision treats as an error.
    pub(crate) fn first_turn(&mut self, work: Work) -> Result<Started, Error> {
        let revision = work.client.revision;
        let unknown = || Error::params(format!("Unknown tool: {}", work.name));
        let tool = tools::find(&self.world, &work.name).ok_or_else(unknown)?;
        if self.works.len() >= WORKS {
            return Err(Error::new(Error::INTERNAL, format!("Not more than {WORKS} tool calls at a time")));
        }
        if let Err(problem) = tool.check(&work.arguments) {
            // Since 2025-11-25 a bad argument is a result, which the model can read and mend.
            if revision < Revision::V2025_11_25 {
                return Err(Error::params(problem));
            }
            return Ok(Started { turn: Turn::Done(tools::failed(revision, &problem)), notes: Vec::new(), work });
        }
        self.world.count_call();
        let mut started = self.take_turn(work, None);
        if let Turn::Ask(ask) = &started.turn
            && let Some(turn) = unable(&started.work.client, ask)?
        {
            started.turn = turn;
        }
        Ok(started)
    }

    /// Runs a tool.
    pub(crate) fn take_turn(&mut self, mut work: Work, answer: Option<Answer<'_>>) -> Started {
        let scan = json::scan(&work.arguments);
        let (turn, notes) = tools::run(Call {
            name: &work.name,
            client: &work.client,
            arguments: scan.root(&work.arguments),
            turn: work.turn,
            answer,
            world: &mut self.world,
            notes: Vec::new(),
        });
        let notes = notes.iter().filter_map(|note| work.client.wants(note)).collect();
        work.turn += 1;
        Started { work, notes, turn }
    }

    /// Goes on with a call whose stream is open.
    pub(crate) fn go_on(&mut self, started: Started) {
        let Started { mut work, notes, turn } = started;
        notes.iter().for_each(|note| self.say(work.stream, note));
        match turn {
            Turn::Done(result) => {
                self.say(work.stream, &work.response(result));
                self.answered_on(work.stream);
            }
            Turn::Wait { millis, hang_up } => {
                work.waits = Waits::Time(self.now.saturating_add(Micros::from_millis(millis)));
                if hang_up {
                    self.hang_up(work.stream);
                }
                self.works.push(work);
            }
            Turn::Ask(ask) => {
                self.count += 1;
                work.waits = Waits::Answer(self.count, self.now.saturating_add(PATIENCE));
                self.say(work.stream, &envelope::request(&self.count.to_string(), ask.need.method(), &ask.params));
                self.works.push(work);
            }
        }
    }

    /// Runs every call whose time has come.
    pub(crate) fn run_due(&mut self) {
        while let Some(at) = self.works.iter().position(|work| work.due() <= self.now) {
            let work = self.works.remove(at);
            let answer = match work.waits {
                Waits::Time(_) => None,
                Waits::Answer(id, _) => {
                    let params = Object::new().number("requestId", u64::from(id)).text("reason", "no answer came in time");
                    self.say(work.stream, &envelope::notification("notifications/cancelled", Some(params)));
                    Some(Answer::Refused("no answer came in time".into()))
                }
            };
            let started = self.take_turn(work, answer);
            self.go_on(started);
        }
    }

    /// Takes a client's answer to a request of ours; one that nobody waits for is ignored.
    pub(crate) fn take_answer(&mut self, session: u32, id: &str, answer: Answer<'_>) {
        let asked = |work: &Work| matches!(work.waits, Waits::Answer(ours, _) if same_id(&ours.to_string(), id));
        let waiting = self.works.iter().position(|work| work.session == Some(session) && asked(work));
        if let Some(at) = waiting {
            let work = self.works.remove(at);
            let started = self.take_turn(work, Some(answer));
            self.go_on(started);
        }
    }

    /// `notifications/cancelled`: the call stops, and there is no answer.
    pub(crate) fn cancel(&mut self, session: u32, params: Params<'_>) {
        let Some(id) = part(params, &["requestId"]).map(Node::raw) else { return };
        let cancelled = self.works.iter().position(|work| work.session == Some(session) && same_id(&work.id, id));
        if let Some(at) = cancelled {
            let work = self.works.remove(at);
            self.answered_on(work.stream);
        }
    }

    /// When the next call wants to go on.
    pub(crate) fn next_due(&self) -> Option<Micros> {
        self.works.iter().map(Work::due).min()
    }
}

/// What happens to a tool that needs what the client cannot do; nothing, if it can.
///
/// # Errors
/// In the stateless era (2026-07-28, `_meta`).
fn unable(client: &Client, ask: &Ask) -> Result<Option<Turn>, Error> {
    let need = ask.need;
    if client.revision < need.since() || !declares(&client.capabilities, &[need.name()]) || need.is_withheld(&client.capabilities)
    {
        let message = format!("This tool needs a client that declares the capability \"{}\"", need.name());
        if client.revision.is_stateless() {
            let data = Object::new().raw("requiredCapabilities", need.required()).end();
            return Err(Error::refused(400, Error::MISSING_CAPABILITY, message).with(data));
        }
        return Ok(Some(Turn::Done(tools::failed(client.revision, &message))));
    }
    // A server should ask nothing before the session is initialized (2025-11-25, lifecycle).
    let early = "This tool asks the client something, and notifications/initialized has not come yet";
    Ok((!client.ready).then(|| Turn::Done(tools::failed(client.revision, early))))
}
