//! Doing things later: timers that can be taken back, and giving the browser a turn.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::clock::monotonic_millis;

/// A timer that runs once. Dropping it takes it back.
pub(crate) struct Timer {
    id: i32,
    /// Kept alive until it has run; the browser holds only a reference.
    _run: Closure<dyn FnMut()>,
}

impl Timer {
    /// Runs something after so many milliseconds.
    pub(crate) fn after(millis: i32, run: impl FnOnce() + 'static) -> Option<Self> {
        let mut run = Some(run);
        let closure = Closure::<dyn FnMut()>::new(move || {
            if let Some(run) = run.take() {
                run();
            }
        });
        let window = web_sys::window()?;
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), millis).ok()?;
        Some(Self { id, _run: closure })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Gives the browser a turn to draw and to take input.
pub(crate) async fn turn() {
    let turn = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
        }
    });
    let _ = JsFuture::from(turn).await;
}

/// How long work goes on before the browser gets a turn, in milliseconds: half of what it has for a frame.
const STEP_MILLIS: f64 = 8.0;

/// Long work in steps, so that the page can be used meanwhile.
pub(crate) struct Steps {
    began: f64,
}

impl Steps {
    /// The first step begins.
    pub(crate) fn begin() -> Self {
        Self { began: monotonic_millis() }
    }

    /// Gives the browser a turn once the step has lasted long enough. To be asked between pieces of work that are short.
    pub(crate) async fn pause(&mut self) {
        if monotonic_millis() - self.began >= STEP_MILLIS {
            turn().await;
            self.began = monotonic_millis();
        }
    }
}

/// Runs something soon, but not more often than so many milliseconds apart, however often it is asked.
#[derive(Clone)]
pub(crate) struct Throttle {
    run: Rc<dyn Fn()>,
    every: i32,
    state: Rc<RefCell<ThrottleState>>,
}

#[derive(Default)]
struct ThrottleState {
    timer: Option<Timer>,
    again: bool,
}

impl Throttle {
    /// A throttle around something to run.
    pub(crate) fn new(every: i32, run: impl Fn() + 'static) -> Self {
        Self { run: Rc::new(run), every, state: Rc::default() }
    }

    /// Asks for a run: at once when the last one is long enough ago, else as soon as it is.
    pub(crate) fn ask(&self) {
        if self.state.borrow().timer.is_some() {
            self.state.borrow_mut().again = true;
            return;
        }
        self.arm();
        (self.run)();
    }

    fn arm(&self) {
        let this = self.clone();
        let timer = Timer::after(self.every, move || {
            // The closure must not drop itself while it runs: the old timer goes when the next one takes its place.
            let again = std::mem::take(&mut this.state.borrow_mut().again);
            let spent = this.state.borrow_mut().timer.take();
            if again {
                this.arm();
                (this.run)();
            }
            leptos::task::spawn_local(async move { drop(spent) });
        });
        self.state.borrow_mut().timer = timer;
    }
}
