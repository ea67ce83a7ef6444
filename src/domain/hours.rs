//! When a number is answered: by weekday, always, or not stated. Written in words that a person can correct, and read
//! at a minute of London's wall clock.
//!
//! Nothing is guessed (H16): hours that no source gives are `not stated`. The minute at which a service opens counts
//! as open, the minute at which it closes as closed: at 16:30 a line that is open to 16:30 is not rung any more.

mod read;
mod week;
mod write;

use chrono::{
    DateTime, Datelike as _, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _,
    Timelike as _, Utc,
};
use chrono_tz::Europe::London;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::bank_holiday;
use super::moment::from_london;
pub use read::NotHours;
pub use week::{Span, Week};

/// How far ahead an opening is looked for, and from where on an open door is called always open.
const HORIZON: u64 = 14;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    /// No source says.
    #[default]
    NotStated,
    /// Day and night, bank holidays included.
    Always,
    Weekly(Week),
}

/// What a service does on a bank holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnBankHolidays {
    /// No source speaks of them. Offices close; that is an assumption, and shown as one.
    #[default]
    AssumedClosed,
    Closed,
    /// All day: the lines that are there while others are closed.
    Open,
    /// As on any such weekday.
    AsUsual,
}

/// How a number stands at a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotStated,
    Always,
    Open {
        /// The first minute at which it is closed.
        until: DateTime<Utc>,
    },
    Closed {
        /// The first minute at which it is open again; none where that is weeks away or never.
        opens: Option<DateTime<Utc>>,
        /// It is a bank holiday, and that it is closed then is assumed.
        assumed: bool,
    },
}

impl Standing {
    /// `open until 17:00`, `closed, opens Mon 30 Nov 08:30`: said at a minute, so that a day is named only where it is
    /// another.
    pub fn words(self, now: DateTime<Utc>) -> String {
        let minute = |at: DateTime<Utc>| {
            let (there, here) = (at.with_timezone(&London), now.with_timezone(&London));
            let form = if there.date_naive() == here.date_naive() { "%H:%M" } else { "%a %-d %b %H:%M" };
            there.format(form).to_string()
        };
        match self {
            Self::NotStated => "hours not stated".to_owned(),
            Self::Always => "always open".to_owned(),
            Self::Open { until } => format!("open until {}", minute(until)),
            Self::Closed { opens, assumed } => {
                let closed = if assumed { "assumed closed (bank holiday)" } else { "closed" };
                opens.map_or_else(|| closed.to_owned(), |opens| format!("{closed}, opens {}", minute(opens)))
            }
        }
    }

    /// Whether anybody is there; none where nobody says.
    pub fn is_open(self) -> Option<bool> {
        match self {
            Self::NotStated => None,
            Self::Always | Self::Open { .. } => Some(true),
            Self::Closed { .. } => Some(false),
        }
    }
}

impl Hours {
    /// Reads what a person wrote.
    pub fn read(text: &str) -> Result<Self, NotHours> {
        read::hours(text)
    }

    /// How it stands at an instant, which is taken to the minute.
    pub fn at(&self, at: DateTime<Utc>) -> Standing {
        match self {
            Self::NotStated => Standing::NotStated,
            Self::Always => Standing::Always,
            Self::Weekly(week) => week.at(at),
        }
    }

    /// The spans of a day in London, in their order; none on a day on which it is closed, or of which nobody says.
    pub fn on(&self, date: NaiveDate) -> &[Span] {
        match self {
            Self::NotStated => &[],
            Self::Always => &Span::WHOLE_DAY,
            Self::Weekly(week) => week.on(date),
        }
    }
}

impl Week {
    fn at(&self, now: DateTime<Utc>) -> Standing {
        let local = wall(now);
        let date = local.date();
        let minute = minute_of_day(local);
        match self.on(date).iter().find(|span| span.holds(minute)) {
            Some(span) => match self.closes(date, *span) {
                Some(until) => Standing::Open { until: next(until, now) },
                None => Standing::Always,
            },
            None => Standing::Closed {
                opens: self.opens(date, minute).map(|opens| next(opens, now)),
                assumed: self.bank_holidays == OnBankHolidays::AssumedClosed
                    && bank_holiday::of(date).is_some()
                    && self.usually(date).iter().any(|span| span.holds(minute)),
            },
        }
    }

    /// The wall-clock minute at which it closes, through midnight where the next day begins open.
    fn closes(&self, date: NaiveDate, span: Span) -> Option<NaiveDateTime> {
        let mut span = span;
        for ahead in 0..HORIZON {
            let day = date.checked_add_days(Days::new(ahead))?;
            let next = day.succ_opt()?;
            let goes_on = self.on(next).iter().copied().find(|next| next.opens == 0);
            match goes_on {
                Some(next) if span.closes == Span::DAY => span = next,
                Some(_) | None => return wall_clock(day, span.closes),
            }
        }
        None
    }

    fn opens(&self, date: NaiveDate, minute: u16) -> Option<NaiveDateTime> {
        (0..=HORIZON).find_map(|ahead| {
            let day = date.checked_add_days(Days::new(ahead))?;
            let after = if ahead == 0 { minute } else { 0 };
            let first =
                self.on(day).iter().map(|span| span.opens).find(|opens| ahead > 0 || *opens > after)?;
            wall_clock(day, first)
        })
    }

    /// The spans of a day, in their order.
    fn on(&self, date: NaiveDate) -> &[Span] {
        match (bank_holiday::of(date), self.bank_holidays) {
            (None, _) | (Some(_), OnBankHolidays::AsUsual) => self.usually(date),
            (Some(_), OnBankHolidays::Open) => &Span::WHOLE_DAY,
            (Some(_), OnBankHolidays::Closed | OnBankHolidays::AssumedClosed) => &[],
        }
    }

    fn usually(&self, date: NaiveDate) -> &[Span] {
        self.days.get(date.weekday().num_days_from_monday() as usize).map_or(&[], Vec::as_slice)
    }
}

fn wall(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&London).naive_local()
}

/// The first instant after now at which the wall clock shows that minute: of an hour that comes twice the pass that is
/// still to come, of one that is left out its end.
fn next(local: NaiveDateTime, now: DateTime<Utc>) -> DateTime<Utc> {
    if let LocalResult::Ambiguous(first, second) = London.from_local_datetime(&local) {
        return if first > now { first } else { second }.to_utc();
    }
    let minute = TimeDelta::minutes(1);
    let mut at = from_london(local);
    while wall(at - minute) >= local {
        at -= minute;
    }
    at
}

fn minute_of_day(local: NaiveDateTime) -> u16 {
    u16::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
}

fn wall_clock(day: NaiveDate, minute: u16) -> Option<NaiveDateTime> {
    if minute == Span::DAY {
        return day.succ_opt()?.and_hms_opt(0, 0, 0);
    }
    day.and_hms_opt(u32::from(minute / 60), u32::from(minute % 60), 0)
}

/// In the ledger, in `--json` and in the data the same words that a person reads.
impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
