//! What `config.toml` says besides keys: after how long the desk locks by itself.
//!
//! ```toml
//! [lock]
//! after_minutes = 10
//! ```

use std::ops::RangeInclusive;

use chrono::TimeDelta;
use toml::Table;

/// Nobody is at the desk any more.
pub const LOCK_AFTER: TimeDelta = TimeDelta::minutes(10);
/// What may be asked for instead, in minutes: a desk that never locks is none.
const MINUTES: RangeInclusive<i64> = 1..=120;

/// After how long without a key the desk locks; and what is wrong where it is said wrongly, when the usual time holds.
pub fn lock_after(config: &str) -> (TimeDelta, Option<String>) {
    // What cannot be read at all is told by whoever reads the keys.
    let table: Table = config.parse().unwrap_or_default();
    let Some(lock) = table.get("lock") else { return (LOCK_AFTER, None) };
    match lock.get("after_minutes").and_then(toml::Value::as_integer) {
        Some(minutes) if MINUTES.contains(&minutes) => (TimeDelta::minutes(minutes), None),
        _ => {
            let (least, most) = MINUTES.into_inner();
            let wrong = format!("under [lock] write `after_minutes = 10`, from {least} to {most}");
            (LOCK_AFTER, Some(wrong))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LOCK_AFTER, TimeDelta, lock_after};

    #[test]
    fn minutes_are_taken_within_reason() {
        assert_eq!(lock_after("[lock]\nafter_minutes = 3"), (TimeDelta::minutes(3), None));
        for config in ["", "[keys]\ninbox.pile = \"F5\"", "not toml ="] {
            assert_eq!(lock_after(config), (LOCK_AFTER, None), "{config}");
        }
        for config in ["[lock]", "[lock]\nafter_minutes = 0", "[lock]\nafter_minutes = \"soon\"", "lock = 7"]
        {
            let (after, wrong) = lock_after(config);
            assert!(after == LOCK_AFTER && wrong.is_some(), "{config}");
        }
    }
}
