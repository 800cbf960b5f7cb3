//! Progress of work that takes long, on a terminal only.
//!
//! Nothing is drawn in the first moments: most work is done before anybody could read a word.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long work may take without a word.
const SILENCE: Duration = Duration::from_millis(400);

/// A line about work that is under way. It goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// Dropped first, so that a line that was not drawn yet never is.
    done: Option<Sender<()>>,
    drawer: Option<thread::JoinHandle<()>>,
}

impl Progress {
    /// Begins a line.
    pub(crate) fn begin(message: String) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(message);
        if let Ok(style) = ProgressStyle::with_template("{spinner:>12} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        let (done, wait) = channel();
        let drawn = bar.clone();
        let drawer = thread::spawn(move || {
            if wait.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
                drawn.set_draw_target(ProgressDrawTarget::stderr());
                drawn.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self { bar, done: Some(done), drawer: Some(drawer) }
    }

    /// Goes on with something else.
    pub(crate) fn say(&self, message: String) {
        self.bar.set_message(message);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(drawer) = self.drawer.take() {
            // It only draws; nothing depends on how it ended.
            let _ = drawer.join();
        }
        self.bar.finish_and_clear();
    }
}
