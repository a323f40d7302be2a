//! A list of timed steps: each is announced, a failure is kept for the summary, the rest goes on.

use crate::process::{Outcome, say};
use std::time::{Duration, Instant};

/// The steps that ran, in order.
#[derive(Default)]
pub(crate) struct Steps(Vec<Step>);

struct Step {
    name: &'static str,
    duration: Duration,
    failure: Option<String>,
}

impl Steps {
    /// Runs a step and returns what it made; `fix` says what to do when it fails.
    pub(crate) fn run<T>(&mut self, name: &'static str, fix: &str, step: impl FnOnce() -> Outcome<T>) -> Option<T> {
        eprintln!();
        say(name);
        let start = Instant::now();
        let result = step();
        let failure = result.as_ref().err().map(|message| format!("{message}\n      {fix}"));
        self.0.push(Step { name, duration: start.elapsed(), failure });
        result.ok()
    }

    /// Notes a step that cannot run because an earlier one failed.
    pub(crate) fn skip(&mut self, name: &'static str) {
        let failure = Some("not run: it needs a step that failed".to_owned());
        self.0.push(Step { name, duration: Duration::ZERO, failure });
    }

    /// Prints each step with its time.
    ///
    /// # Errors
    /// When a step failed.
    pub(crate) fn finish(self) -> Outcome {
        eprintln!();
        say("Summary");
        for step in &self.0 {
            let mark = if step.failure.is_some() { "FAILED" } else { "ok" };
            eprintln!("{:>8.1} s  {mark:<6}  {}", step.duration.as_secs_f64(), step.name);
            if let Some(message) = &step.failure {
                eprintln!("      {message}");
            }
        }
        let total: Duration = self.0.iter().map(|step| step.duration).sum();
        eprintln!("{:>8.1} s  in all", total.as_secs_f64());
        match self.0.iter().filter(|step| step.failure.is_some()).count() {
            0 => Ok(()),
            failed => Err(format!("{failed} of {} steps failed", self.0.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_fails_the_list_and_the_next_one_still_runs() {
        let mut steps = Steps::default();
        assert_eq!(steps.run::<()>("first", "try again", || Err("broken".into())), None);
        assert_eq!(steps.run("second", "", || Ok(2)), Some(2));
        assert_eq!(steps.finish(), Err("1 of 2 steps failed".into()));
    }

    #[test]
    fn a_skipped_step_fails_the_list() {
        let mut steps = Steps::default();
        steps.skip("needs the first");
        assert!(steps.finish().is_err());
    }

    #[test]
    fn all_steps_done_is_a_success() {
        let mut steps = Steps::default();
        steps.run("only", "", || Ok(()));
        assert_eq!(steps.finish(), Ok(()));
    }
}
