//! How long things took, for the percentiles that divan does not print, and how much memory. Nothing here knows a desk.

use std::fs;
use std::time::{Duration, Instant};

/// Durations of one kind of thing.
#[derive(Clone, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.0.push(started.elapsed());
        done
    }

    /// In milliseconds.
    pub(crate) fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = sorted.len().saturating_sub(1) * percent / 100;
        sorted.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3
    }

    pub(crate) fn print_head() {
        println!("{:<46} {:>9} {:>9} {:>9} {:>7}", "milliseconds", "p50", "p99", "max", "times");
    }

    pub(crate) fn print(&self, what: &str) {
        let [p50, p99, most] = [50, 99, 100].map(|percent| self.at(percent));
        println!("{what:<46} {p50:>9.3} {p99:>9.3} {most:>9.3} {:>7}", self.0.len());
    }

    /// How many times as long as the other, at the median and at the slowest percent.
    pub(crate) fn print_ratio(&self, other: &Self, what: &str) {
        let [p50, p99] = [50, 99].map(|percent| self.at(percent) / other.at(percent));
        println!("{what:<46} {p50:>8.2}x {p99:>8.2}x");
    }
}

/// Forgets how much was taken so far. Only Linux knows; elsewhere no memory is printed.
pub(crate) fn forget_peak_memory() {
    drop(fs::write("/proc/self/clear_refs", "5"));
}

pub(crate) fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

/// Every beginning of what is typed, as the keys make it.
pub(crate) fn beginnings(typed: &str) -> impl Iterator<Item = &str> {
    typed.char_indices().filter_map(|(at, letter)| typed.get(..at + letter.len_utf8()))
}
