//! Servers that work, each in its own way.

use crate::fault::{
    Scenario,
    reply::{Answer, Reply, comment, event, wait},
    sound::{Habits, Stack, response},
};

pub(in crate::fault) const SCENARIOS: &[Scenario] = &[
    Scenario::new("ok", "a sound server: JSON answers and a session"),
    Scenario::new("ok-stream", "a sound server: event streams with priming event and keep-alives, three pages of tools")
        .habits(Habits { streams: true, pages: 3, ..Habits::of(Stack::TypeScript) }),
    Scenario::new("ok-stateless", "a sound server without sessions")
        .habits(Habits { issues_session: false, wants_session: false, ..Habits::PLAIN }),
    Scenario::new("slow-stream", "tools/list streams a comment and eight log messages before its result, over three seconds")
        .fault(|call, sound| {
            if !call.asks("tools/list") {
                return None;
            }
            let mut steps = vec![comment("ping")];
            for step in 1..=8 {
                steps.push(wait(300));
                steps.push(event(&format!(
                    r#"{{"jsonrpc":"2.0","method":"notifications/message","params":{{"level":"info","logger":"weather","data":"loaded {step} of 8 stations"}}}}"#
                )));
            }
            steps.push(wait(300));
            steps.push(event(&response(&call.id(), &sound.tools_page(call))));
            Some(Answer::Reply(Reply::ok().stream(steps)))
        }),
];
