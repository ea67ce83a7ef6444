//! Wrong passphrases wait longer each time (T24). Nobody sleeps over it: a try that comes too soon is sent back with
//! the time that is left.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest that anybody waits for the next try.
const LONGEST: TimeDelta = TimeDelta::minutes(5);

#[derive(Default)]
pub(super) struct Guessing {
    wrong: u32,
    /// Before this nobody may try again.
    until: Option<DateTime<Utc>>,
}

impl Guessing {
    /// What is to be waited still, if anything.
    pub(super) fn wait(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        // A clock that was put back makes nobody wait longer than it would have been.
        self.until.map(|until| (until - now).min(LONGEST)).filter(|left| *left > TimeDelta::zero())
    }

    /// The first slip costs nothing, the second a second, and then twice as much each time.
    pub(super) fn was_wrong(&mut self, now: DateTime<Utc>) {
        let seconds = match self.wrong {
            0 => 0,
            wrong => 1_i64 << (wrong - 1).min(30),
        };
        self.wrong += 1;
        self.until = Some(now + TimeDelta::seconds(seconds).min(LONGEST));
    }

    pub(super) fn was_right(&mut self) {
        *self = Self::default();
    }
}

/// `8 seconds`, `2 minutes`.
pub(super) fn told(left: TimeDelta) -> String {
    let seconds = left.num_seconds().max(1);
    match (seconds, (seconds + 59) / 60) {
        (1, _) => "1 second".to_owned(),
        (..60, _) => format!("{seconds} seconds"),
        (_, minutes) => format!("{minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_try_waits_longer_and_the_right_one_ends_it() {
        let now: DateTime<Utc> = "2026-11-20T14:10:00Z".parse().unwrap();
        let mut guessing = Guessing::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            guessing.was_wrong(now);
            waits.push(guessing.wait(now).map_or(0, |left| left.num_seconds()));
        }
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        assert_eq!(guessing.wait(now + LONGEST), None);
        assert_eq!(guessing.wait(now - TimeDelta::days(1)), Some(LONGEST));
        guessing.was_right();
        guessing.was_wrong(now);
        assert_eq!(guessing.wait(now), None);
        assert_eq!(
            [1, 59, 61, 300].map(|n| told(TimeDelta::seconds(n))),
            ["1 second", "59 seconds", "2 minutes", "5 minutes"]
        );
    }
}
