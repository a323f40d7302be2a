//! What a person does with an open session: asks for things, answers what is asked in return, listens.

use inspector_core::trace::{Answer, Command, Purpose, Question};
use serde_json::Value;

use super::{Drive, PATIENCE};

impl Drive {
    /// Asks the server for something and lets the session go on until it is idle again; `answer` says what is answered to each
    /// question of the server's.
    pub fn ask(&mut self, method: &str, params: &Value, answer: impl Fn(&Question) -> Value) {
        self.command(Command::Call { method: method.to_owned(), params: params.to_string() });
        while self.is_busy() {
            match self.trace.questions().first().cloned() {
                Some(question) => {
                    let answer = Answer::Result(answer(&question).to_string());
                    self.command(Command::Answer { to: question.at, key: question.key, answer });
                }
                None => self.step(PATIENCE),
            }
        }
    }

    /// Opens the stream on which the server speaks unasked, and waits until it is open or refused: what a server says before
    /// may be lost.
    pub fn listen(&mut self) {
        self.command(Command::Listen);
        while !self.listens() {
            self.step(PATIENCE);
        }
    }

    fn listens(&self) -> bool {
        let stream = self.trace.exchanges().iter().rfind(|exchange| exchange.purpose == Purpose::Listen);
        // HTTP+SSE has its stream already.
        stream.is_none_or(|stream| stream.response.is_some() || stream.end.is_some())
    }
}
