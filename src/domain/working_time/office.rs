//! On which days, and from when to when, offices are open. By which hours is [`deadline`]'s, which reads them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::london;
use crate::domain::deadline;
use crate::domain::moment::from_london;

/// How many days the next working day is looked for. No holiday lasts as long; hours that are never open end here.
const HORIZON: u64 = 31;

/// Whether offices open on a day: neither at weekends nor on bank holidays.
pub fn is_working_day(date: NaiveDate) -> bool {
    Office::on(date).is_some()
}

/// A working day: from the first open instant to the first closed one. A break at noon is part of it.
#[derive(Clone, Copy)]
pub(super) struct Office {
    pub(super) date: NaiveDate,
    pub(super) opens: DateTime<Utc>,
    pub(super) closes: DateTime<Utc>,
}

impl Office {
    fn on(date: NaiveDate) -> Option<Self> {
        let spans = deadline::office_hours().hours.on(date);
        let opens = instant(date, spans.first()?.opens);
        Some(Self { date, opens, closes: instant(date, spans.last()?.closes) })
    }

    pub(super) fn after(date: NaiveDate) -> Option<Self> {
        (1..=HORIZON).find_map(|ahead| Self::on(date.checked_add_days(Days::new(ahead))?))
    }

    /// Open at that instant, or the first to open after it.
    pub(super) fn at_or_after(at: DateTime<Utc>) -> Option<Self> {
        let date = london(at);
        Self::on(date).filter(|office| at < office.closes).or_else(|| Self::after(date))
    }

    /// A time of this day, within its hours: early on it is the opening, late the close.
    pub(super) fn hold(self, time: NaiveTime) -> DateTime<Utc> {
        from_london(self.date.and_time(time)).clamp(self.opens, self.closes)
    }
}

/// A minute after midnight by the wall, and 24:00 too.
fn instant(date: NaiveDate, minute: u16) -> DateTime<Utc> {
    from_london(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute)))
}
