//! The state of the page: what was typed, the recording, and what is being looked at.

mod comparison;
mod experiments;
mod opened;
mod reading;
mod sharing;
mod split_points;
mod tokens;

pub(crate) use comparison::{Comparing, Moves, Stage};
pub(crate) use opened::{Opened, Origin, Servers};
pub(crate) use reading::{Given, Listed, Progress, Recording};

use inspector_core::id::EventRef;
use inspector_core::limits::REQUEST_TIMEOUT;
use inspector_core::mcp::Ask;
use inspector_core::probe::ends_in_checkup;
use inspector_core::time::Micros;
use inspector_core::trace::notation;
use inspector_core::trace::{Command, Outcome, Trace};
use leptos::prelude::*;

use crate::driver::{Driver, News, Order, Standing};
use crate::form::{Checked, ExtraHeader};
use crate::gallery::Incident;
use crate::part::Part;
use crate::platform::deferred::Deferred;
use crate::platform::{crash, demo, schedule::Throttle, scroll};

/// How often the page follows a recording that grows, in milliseconds.
const FOLLOW_MILLIS: i32 = 80;

/// How many seconds lie between two rounds of a watch, unless the person chose another number.
const WATCH_EVERY: u64 = 10;

/// Up to this size a recording is also kept outside the program, in bytes of bodies: taking the secrets out takes time.
const KEEP_BYTES: usize = 1 << 21;

/// By how many eighths a recording has grown when it is kept again: while it grows, and once what was asked for is there.
const GROWING: usize = 8;
const ANSWERED: usize = 1;

/// What an exchange counts beside its bodies, in bytes.
const EXCHANGE_BYTES: usize = 1 << 9;

/// What the page is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nothing has been recorded yet.
    Idle,
    /// An answer is awaited.
    Running,
    /// There is a recording.
    Done,
}

impl Phase {
    /// The word the page carries in `data-phase`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Done => "done",
        }
    }
}

/// Where the recording comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// This page made it.
    Live,
    /// A link, a file or a pasted text.
    Opened(Opened),
    /// One of the incidents that come with the page.
    Incident(Incident),
}

/// The panes on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The selected event.
    Detail,
    /// What is wrong.
    Findings,
    /// What each client would have shown.
    Clients,
    /// The tools of the server.
    Tools,
    /// What probes found.
    Checkup,
    /// The prompts of the server.
    Prompts,
    /// The resources of the server.
    Resources,
    /// What sessions cost.
    Sessions,
    /// How to get a new token.
    Token,
    /// The bytes.
    Raw,
}

impl Tab {
    /// Every pane, with the name it has in links and files. Names are never reused.
    const NAMES: [(Self, &str); 10] = [
        (Self::Detail, "detail"),
        (Self::Findings, "findings"),
        (Self::Clients, "clients"),
        (Self::Tools, "tools"),
        (Self::Checkup, "checkup"),
        (Self::Prompts, "prompts"),
        (Self::Resources, "resources"),
        (Self::Sessions, "sessions"),
        (Self::Token, "token"),
        (Self::Raw, "raw"),
    ];

    /// The name of the pane in links and files.
    pub(crate) fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(tab, _)| *tab == self).map(|(_, name)| *name)
    }

    /// The pane of a name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(tab, _)| *tab)
    }
}

/// How the time gutter counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gutter {
    /// From the first request.
    #[default]
    SinceStart,
    /// From the row before.
    SincePrevious,
    /// From the selected row.
    SinceSelected,
    /// The wall clock.
    Clock,
}

/// Every piece of state, as handles that can be copied around.
#[derive(Clone, Copy)]
pub(crate) struct Store {
    /// Server URL, as typed.
    pub(crate) url: RwSignal<String>,
    /// Bearer token, as typed. Lives in this state and in the vault of a run, nowhere else.
    pub(crate) token: RwSignal<String>,
    /// Extra headers, as typed.
    pub(crate) headers: RwSignal<Vec<ExtraHeader>>,
    /// Protocol.
    pub(crate) ask: RwSignal<Ask>,
    /// How long a request may stay unanswered, in seconds, as typed.
    pub(crate) timeout: RwSignal<String>,
    /// How many seconds lie between two rounds of a watch.
    pub(crate) watch_every: RwSignal<u64>,
    /// Whether the person is being asked if a checkup may be run.
    pub(crate) checkup_asked: RwSignal<bool>,
    /// What the person's client shows, as pasted. It is only looked at, never sent or kept.
    pub(crate) paste: RwSignal<String>,
    /// Whether the form has been used: from then on empty fields are worth a word.
    pub(crate) tried: RwSignal<bool>,

    trace: StoredValue<Option<Trace>, LocalStorage>,
    /// Grows whenever the recording does.
    pub(crate) version: RwSignal<u64>,
    /// What the page is doing.
    pub(crate) phase: RwSignal<Phase>,
    /// Where the session stands that can still be spoken with; nothing is open when there is none.
    pub(crate) standing: RwSignal<Standing>,
    /// How the recording came out when nothing was awaited last.
    settled: RwSignal<Option<Outcome>>,
    /// A second recording beside this one.
    pub(crate) comparing: Comparing,
    /// Where the recording comes from.
    pub(crate) source: RwSignal<Source>,
    /// The link whose recording is on the page.
    link: StoredValue<Option<String>>,
    /// The recordings that came together with the one on the page; its own place is empty.
    found: StoredValue<Vec<Option<Recording>>, LocalStorage>,
    /// The same as a list.
    pub(crate) servers: RwSignal<Servers>,
    /// How far the reading of a long file has come.
    pub(crate) reading: RwSignal<Option<Progress>>,
    /// Grows when something else is read.
    readings: StoredValue<u32>,
    /// How large the recording was when it was kept last, in bytes.
    kept: StoredValue<usize>,
    /// The number of the recording on the page: another one for every recording that is put there.
    pub(crate) recordings: RwSignal<u32>,
    /// The last number that was given.
    numbers: StoredValue<u32>,
    /// Why the recording in the address could not be opened.
    pub(crate) refused: RwSignal<Option<String>>,
    /// Whether the form was filled in from a recording and not used since.
    pub(crate) filled_in: RwSignal<bool>,
    /// Narrow screens: whether the form is folded away.
    pub(crate) folded: RwSignal<bool>,

    /// The event that is looked at.
    pub(crate) selected: RwSignal<Option<EventRef>>,
    /// A token that a token endpoint gave and that is not used yet. Lives here and in the vault of a run, nowhere else.
    pub(crate) issued: RwSignal<Option<String>>,
    /// Whether the person wants to know how to get a new token.
    pub(crate) token_help: RwSignal<bool>,
    /// The pane that is open.
    pub(crate) tab: RwSignal<Tab>,
    /// The tool that is looked at, by its name.
    pub(crate) tool: RwSignal<Option<String>>,
    /// The prompt that is looked at, by its name.
    pub(crate) prompt: RwSignal<Option<String>>,
    /// The resource that is looked at, or the template of one, by its address.
    pub(crate) resource: RwSignal<Option<String>>,
    /// How the time gutter counts.
    pub(crate) gutter: RwSignal<Gutter>,
    /// Whether stream comments have rows of their own.
    pub(crate) comments: RwSignal<bool>,
    /// Narrow screens: whether the detail lies over the ladder.
    pub(crate) detail_open: RwSignal<bool>,

    /// The deferred part of the program: without it there is no recording.
    pub(crate) part: Part,
    driver: StoredValue<Option<Driver>, LocalStorage>,
    /// What was typed when the recording was begun.
    made_with: StoredValue<Option<(Checked, Ask)>, LocalStorage>,
    follow: StoredValue<Option<Throttle>, LocalStorage>,
}

impl Store {
    /// The state of a fresh page.
    pub(crate) fn new() -> Self {
        Self {
            url: RwSignal::default(),
            token: RwSignal::default(),
            headers: RwSignal::default(),
            ask: RwSignal::default(),
            timeout: RwSignal::new((REQUEST_TIMEOUT / 1_000_000).to_string()),
            watch_every: RwSignal::new(WATCH_EVERY),
            checkup_asked: RwSignal::new(false),
            paste: RwSignal::default(),
            tried: RwSignal::new(false),
            trace: StoredValue::new_local(None),
            version: RwSignal::new(0),
            phase: RwSignal::new(Phase::Idle),
            standing: RwSignal::default(),
            settled: RwSignal::new(None),
            comparing: Comparing::new(),
            source: RwSignal::new(Source::Live),
            link: StoredValue::new(None),
            found: StoredValue::new_local(Vec::new()),
            servers: RwSignal::default(),
            reading: RwSignal::new(None),
            readings: StoredValue::new(0),
            kept: StoredValue::new(0),
            recordings: RwSignal::new(0),
            numbers: StoredValue::new(0),
            refused: RwSignal::new(None),
            filled_in: RwSignal::new(false),
            folded: RwSignal::new(false),
            selected: RwSignal::new(None),
            issued: RwSignal::new(None),
            token_help: RwSignal::new(false),
            tab: RwSignal::new(Tab::Findings),
            tool: RwSignal::new(None),
            prompt: RwSignal::new(None),
            resource: RwSignal::new(None),
            gutter: RwSignal::default(),
            comments: RwSignal::new(false),
            detail_open: RwSignal::new(false),
            part: Part::new(),
            driver: StoredValue::new_local(None),
            made_with: StoredValue::new_local(None),
            follow: StoredValue::new_local(None),
        }
    }

    /// The store of this page.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// Reads the recording, and follows it as it grows.
    pub(crate) fn with_trace<T>(self, read: impl FnOnce(&Trace) -> T) -> Option<T> {
        self.version.track();
        self.trace.with_value(|trace| trace.as_ref().map(read))
    }

    /// How the recording came out; `None` while it is being made, or when there is none. While the person waits for the answer to
    /// something, what was true before stays true.
    pub(crate) fn outcome(self) -> Option<Outcome> {
        self.settled.get().filter(|_| self.phase.get() == Phase::Done)
    }

    /// Whether the server can be asked for something, so that it shows in the recording that is looked at.
    pub(crate) fn is_open(self) -> bool {
        self.standing.with(|standing| standing.open) && !self.comparing.other_shown()
    }

    /// Runs the handshake, if what was typed allows it.
    pub(crate) fn run(self) {
        self.tried.set(true);
        if self.phase.get_untracked() == Phase::Running {
            return;
        }
        let Some(typed) = crate::form::check(self) else { return };
        self.phase.set(Phase::Running);
        self.forget_comparison();
        self.with_part(move |deferred| split_points::run(deferred, self, typed, self.ask.get_untracked(), Command::Run));
    }

    /// Asks the server for something. `params` is a JSON object, or empty.
    pub(crate) fn call(self, method: &str, params: String) {
        self.command(Command::Call { method: method.to_owned(), params });
    }

    /// Opens the stream on which the server speaks unasked, or closes it.
    pub(crate) fn listen(self, open: bool) {
        self.command(if open { Command::Listen } else { Command::Unlisten });
    }

    /// Runs the handshake with the demo server of this page.
    pub(crate) fn try_demo(self) {
        self.url.set(demo::URL.to_owned());
        self.run();
    }

    /// Gives up whatever is under way.
    pub(crate) fn stop(self) {
        if self.part.now().is_none() {
            self.part.forget();
            self.phase.set(Phase::Idle);
        }
        self.command(Command::Stop);
    }

    /// Ends the session on the server.
    pub(crate) fn end_session(self) {
        self.command(Command::EndSession);
    }

    /// Passes on what the person asks of the session.
    pub(crate) fn command(self, command: Command) {
        self.order(Order::Command(command));
    }

    fn order(self, order: Order) {
        if let Some(driver) = self.driver.get_value() {
            driver(order);
        }
    }

    /// Ends the session of this run on the server, unseen: what is begun next has a recording of its own.
    fn leave(self) {
        if self.standing.get_untracked().has_session {
            self.order(Order::Leave);
        }
    }

    /// Lets go of the run, which gives up whatever is under way.
    fn let_go(self) {
        self.driver.set_value(None);
        self.made_with.set_value(None);
        self.standing.set(Standing::default());
        self.forget_comparison();
    }

    /// Does something that makes a recording. Without the part for it there is none, and the page stays as it was.
    fn with_part(self, action: impl FnOnce(Deferred) + 'static) {
        self.part.with(move |part| match part {
            Some(deferred) => action(deferred),
            None => self.phase.set(Phase::Idle),
        });
    }

    /// Puts the recording away and shows the start page. What was typed stays.
    pub(crate) fn close(self) {
        self.stop_reading();
        self.stop();
        self.leave();
        self.let_go();
        self.phase.set(Phase::Idle);
        self.trace.set_value(None);
        self.selected.set(None);
        self.forget_link();
        self.forget_servers();
        self.version.update(|version| *version += 1);
    }

    /// The recording as it is, to be read on this page; follows it as it grows.
    pub(crate) fn recording_text(self) -> Option<String> {
        self.with_trace(notation::write)
    }

    fn begin(self, trace: Trace, source: Source) {
        if let Some(before) = self.trace.try_update_value(|shown| shown.replace(trace)).flatten() {
            self.remember(before);
        }
        self.stop_reading();
        self.forget_link();
        self.forget_servers();
        self.recordings.set(self.new_number());
        self.kept.set_value(0);
        self.source.set(source);
        self.selected.set(None);
        self.detail_open.set(false);
        self.issued.set(None);
        self.token_help.set(false);
        self.settled.set(None);
        scroll::to_top();
        self.version.update(|version| *version += 1);
    }

    /// A number that no recording has.
    fn new_number(self) -> u32 {
        self.numbers.update_value(|last| *last += 1);
        self.numbers.get_value()
    }

    fn hear(self, news: News) {
        match news {
            News::Record(record) => {
                // The session goes on in the recording it began, shown or not.
                if untrack(|| self.comparing.other_shown()) {
                    self.comparing.push(record);
                } else {
                    self.trace.update_value(|trace| {
                        if let Some(trace) = trace {
                            trace.push(record);
                        }
                    });
                }
                self.follow.with_value(|follow| follow.iter().for_each(Throttle::ask));
            }
            News::Issued(token) => self.issued.set(Some(token)),
            News::State(standing) => {
                let before = self.standing.get_untracked();
                if before != standing {
                    self.standing.set(standing);
                }
                if before.running && !standing.running {
                    self.settle();
                    self.keep_grown(ANSWERED);
                }
                match (self.phase.get_untracked(), standing.running) {
                    (Phase::Running, false) if self.comparing.stage.get_untracked() == Stage::First => {
                        // Not from within the run that is to be replaced.
                        leptos::task::spawn_local(async move { self.compare_second() });
                    }
                    (Phase::Running, false) => self.finish(),
                    (Phase::Done, true) if self.is_opening_or_ending() => self.phase.set(Phase::Running),
                    _ => {}
                }
            }
        }
    }

    /// Whether the last thing asked for is waited for as a whole: a run, its end or a probe, and not a call in between.
    fn is_opening_or_ending(self) -> bool {
        use Command::{Checkup, EndSession, Probe, Run, Watch};
        matches!(self.last_command(), Some(Run | EndSession | Checkup | Probe(_) | Watch(_)))
    }

    /// What was asked for last.
    fn last_command(self) -> Option<Command> {
        let last = |trace: &Trace| trace.commands().last().map(|(_, command)| command.clone());
        self.trace.with_value(|trace| trace.as_ref().and_then(last))
    }

    fn finish(self) {
        self.phase.set(Phase::Done);
        if self.comparing.stage.get_untracked() == Stage::Second {
            self.compare_runs();
        }
        self.settle();
        self.keep_grown(ANSWERED);
        let good = self.settled.get_untracked() == Some(Outcome::Ok);
        let checkup = self.trace.with_value(|trace| trace.as_ref().is_some_and(ends_in_checkup));
        self.tab.set(match self.last_command() {
            _ if checkup => Tab::Checkup,
            // A probe that was asked for to prove a finding is answered there.
            Some(Command::Probe(_)) if good || self.tab.get_untracked() == Tab::Checkup => Tab::Checkup,
            _ if good => Tab::Tools,
            _ => Tab::Findings,
        });
    }

    /// Sees how the recording stands, now that nothing is awaited.
    fn settle(self) {
        self.version.update(|version| *version += 1);
        self.settled.set(self.trace.with_value(|trace| trace.as_ref().map(Trace::outcome)));
    }

    /// Lets the page see what has been recorded since.
    fn show(self) {
        if self.standing.with_untracked(|standing| standing.running) {
            self.version.update(|version| *version += 1);
        } else {
            self.settle();
        }
        self.keep_grown(GROWING);
    }

    /// Keeps the recording, if it has grown by so many eighths since it was kept last.
    fn keep_grown(self, eighths: usize) {
        let kept = self.kept.get_value();
        if self.size() > kept + kept / 8 * eighths {
            self.keep();
        }
    }

    /// How large the recording is, in bytes.
    fn size(self) -> usize {
        let size = |trace: &Trace| trace.held_bytes() + trace.exchanges().len() * EXCHANGE_BYTES;
        self.trace.with_value(|trace| trace.as_ref().map_or(0, size))
    }

    /// Keeps what this page records where it survives a crash of this program, without its secrets. What was opened is elsewhere.
    fn keep(self) {
        self.kept.set_value(self.size());
        if self.source.with_untracked(|source| *source == Source::Live)
            && self.size() < KEEP_BYTES
            && let Some(Ok(text)) = self.trace.with_value(|trace| trace.as_ref().map(|trace| self.as_file(trace)))
        {
            crash::keep(&text);
        }
    }

    /// Selects an event and shows its detail.
    pub(crate) fn look_at(self, event: EventRef) {
        self.selected.set(Some(event));
        self.tab.set(Tab::Detail);
        self.detail_open.set(true);
    }

    /// Selects an event in the diagram and leaves the pane that is open as it is.
    pub(crate) fn point_at(self, event: EventRef) {
        self.selected.set(Some(event));
        scroll::into_view("ladder");
    }

    /// The timeout as typed, if it is a number of seconds from 1 to 600.
    pub(crate) fn timeout_micros(self) -> Option<Micros> {
        let seconds: u64 = self.timeout.get().trim().parse().ok()?;
        (1..=600).contains(&seconds).then(|| Micros::from_secs(seconds))
    }
}
