//! Dates that go back or lie in the future. Clocks are set wrong and put right, so these are notes and no faults.

use chrono::{DateTime, TimeDelta, Utc};

use super::super::ledger::Line;
use crate::domain::ids::Seq;
use crate::domain::when::CLOCKS_DIFFER;

/// So many are told one by one.
const ONE_BY_ONE: usize = 20;

pub(super) struct Times {
    now: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    went_back: Vec<String>,
    /// How many more went back.
    more: usize,
    ahead: Option<Ahead>,
}

/// Entries of the future: the first, how many, and by how much at most.
struct Ahead {
    first: Seq,
    count: usize,
    most: TimeDelta,
}

impl Times {
    /// Nothing is of the future where nobody says what time it is.
    pub(super) fn until(now: Option<DateTime<Utc>>) -> Self {
        Self { now, before: None, went_back: Vec::new(), more: 0, ahead: None }
    }

    pub(super) fn look(&mut self, line: &Line) {
        // A date that cannot be read is told as a fault of its entry. A save that waits for another desk's was dated
        // before it waited.
        let Some(at) = line.recorded() else { return };
        if let Some(back) = self.before.map(|before| before - at).filter(|back| *back > CLOCKS_DIFFER) {
            self.goes_back(line.seq, back);
        }
        if let Some(ahead) = self.now.map(|now| at - now).filter(|ahead| *ahead > CLOCKS_DIFFER) {
            let so_far = self.ahead.get_or_insert(Ahead { first: line.seq, count: 0, most: ahead });
            so_far.count += 1;
            so_far.most = so_far.most.max(ahead);
        }
        self.before = Some(at);
    }

    fn goes_back(&mut self, seq: Seq, back: TimeDelta) {
        if self.went_back.len() == ONE_BY_ONE {
            self.more += 1;
            return;
        }
        let by = spoken(back);
        self.went_back.push(format!("Entry {seq} was recorded earlier than the one before it (by {by})."));
    }

    pub(super) fn notes(self) -> Vec<String> {
        let mut notes = self.went_back;
        if self.more > 0 {
            notes.push(format!("{} more were recorded earlier than the one before them.", self.more));
        }
        notes.extend(self.ahead.map(|ahead| ahead.note()));
        notes
    }
}

impl Ahead {
    fn note(&self) -> String {
        let (first, by) = (self.first, spoken(self.most));
        match self.count - 1 {
            0 => format!("Entry {first} is dated in the future (by {by})."),
            1 => format!("Entry {first} and another one are dated in the future (by up to {by})."),
            others => format!("Entry {first} and {others} others are dated in the future (by up to {by})."),
        }
    }
}

/// The two largest units: nobody reads a third.
fn spoken(time: TimeDelta) -> String {
    let units = [
        (time.num_days(), "day"),
        (time.num_hours() % 24, "hour"),
        (time.num_minutes() % 60, "minute"),
        (time.num_seconds() % 60, "second"),
    ];
    let from_the_largest = units.into_iter().skip_while(|(count, _)| *count == 0).take(2);
    let counted = from_the_largest.filter(|(count, _)| *count > 0).map(|(count, unit)| match count {
        1 => format!("1 {unit}"),
        _ => format!("{count} {unit}s"),
    });
    counted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;

    fn line(seq: i64, recorded_at: &str) -> Line {
        let nothing = String::new;
        Line {
            seq: Seq(seq),
            recorded_at: recorded_at.to_owned(),
            author: PersonId(nothing()),
            kind: nothing(),
            body: nothing(),
            prev: nothing(),
            hash: nothing(),
            signature: nothing(),
        }
    }

    fn notes(now: Option<&str>, times: &[&str]) -> Vec<String> {
        let mut noticed = Times::until(now.map(|now| now.parse().unwrap()));
        for (place, at) in (1..).zip(times) {
            noticed.look(&line(place, &format!("2026-11-{at}Z")));
        }
        noticed.notes()
    }

    #[test]
    fn a_clock_that_was_put_back_is_noted_once() {
        let found = notes(None, &["20T12:00:00", "20T10:58:00", "20T10:59:00", "20T12:01:00"]);
        assert_eq!(found, ["Entry 2 was recorded earlier than the one before it (by 1 hour 2 minutes)."]);
    }

    #[test]
    fn two_saves_at_once_are_nothing_to_note() {
        assert!(notes(None, &["20T12:00:05", "20T12:00:00.1", "20T12:00:05"]).is_empty());
    }

    #[test]
    fn many_are_counted() {
        let to_and_fro: Vec<&str> = ["20T12:00:00", "20T11:00:00"].repeat(ONE_BY_ONE + 2);
        let found = notes(None, &to_and_fro);
        assert_eq!(found.len(), ONE_BY_ONE + 1);
        assert_eq!(found.last().unwrap(), "2 more were recorded earlier than the one before them.");
    }

    #[test]
    fn what_is_dated_in_the_future_is_noted() {
        let now = Some("2026-11-20T12:00:00Z");
        assert!(notes(now, &["20T12:00:09"]).is_empty());
        assert!(notes(None, &["29T12:00:00"]).is_empty());
        assert_eq!(notes(now, &["21T12:00:00"]), ["Entry 1 is dated in the future (by 1 day)."]);
        let two = "Entry 2 and another one are dated in the future (by up to 1 day 1 hour).";
        assert_eq!(notes(now, &["20T12:00:00", "21T12:00:00", "21T13:00:00"]), [two]);
        let three = "Entry 1 and 2 others are dated in the future (by up to 40 seconds).";
        assert_eq!(notes(now, &["20T12:00:38", "20T12:00:39", "20T12:00:40"]), [three]);
    }
}
