//! Waiting for another program: in growing steps of uneven length, up to a limit.
//!
//! Uneven, so that programs which were started together do not go on trying together.

use crate::connection::DynConnection;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_millis(4);
const LONGEST: Duration = Duration::from_millis(200);

/// How long was waited, and how long still may be.
#[derive(Debug)]
pub(crate) struct Patience {
    limit: Duration,
    began: Instant,
    slept: Duration,
    step: Duration,
    random: RandomState,
    tries: u64,
}

impl Patience {
    pub(crate) fn new(limit: Duration) -> Self {
        Self { limit, began: Instant::now(), slept: Duration::ZERO, step: FIRST, random: RandomState::new(), tries: 0 }
    }

    /// How long was waited. A connection whose sleep is not the clock's counts too.
    pub(crate) fn waited(&self) -> Duration {
        self.slept.max(self.began.elapsed())
    }

    /// Waits a while. `false`: the limit is reached.
    pub(crate) async fn wait(&mut self, connection: &mut dyn DynConnection) -> bool {
        let left = self.limit.saturating_sub(self.waited());
        if left.is_zero() {
            return false;
        }
        let pause = self.uneven(self.step).min(left);
        self.step = (self.step * 2).min(LONGEST);
        connection.wait(pause).await;
        self.slept += pause;
        true
    }

    /// Between half of a duration and the whole.
    fn uneven(&mut self, duration: Duration) -> Duration {
        self.tries += 1;
        let mut hasher = self.random.build_hasher();
        hasher.write_u64(self.tries);
        let thousandths = u32::try_from(hasher.finish() % 501).unwrap_or_default();
        duration * (500 + thousandths) / 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_uneven_and_within_bounds() {
        let mut patience = Patience::new(Duration::from_secs(1));
        let pauses: Vec<Duration> = (0..100).map(|_| patience.uneven(LONGEST)).collect();
        assert!(pauses.iter().all(|pause| *pause >= LONGEST / 2 && *pause <= LONGEST));
        assert!(pauses.iter().any(|pause| *pause != pauses[0]));
    }
}
