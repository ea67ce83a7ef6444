//! Hours in words, the same for eye and file: `Mon-Thu 08:30-17:00, Fri 08:30-16:30, bank holidays assumed closed`.
//! What is written here is read again as the same hours.

use std::fmt;

use super::{Hours, OnBankHolidays, Span, Week};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
pub(super) const NOT_STATED: &str = "not stated";
pub(super) const ALWAYS: &str = "always";
pub(super) const ALL_DAY: &str = "all day";

impl OnBankHolidays {
    pub(super) const ALL: [Self; 4] = [Self::AssumedClosed, Self::Closed, Self::Open, Self::AsUsual];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::AssumedClosed => "assumed closed",
            Self::Closed => "closed",
            Self::Open => "open",
            Self::AsUsual => "as usual",
        }
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStated => f.write_str(NOT_STATED),
            Self::Always => f.write_str(ALWAYS),
            Self::Weekly(week) => week.fmt(f),
        }
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut named = DAYS.iter().zip(&self.days).peekable();
        while let Some((first, spans)) = named.next() {
            let mut last = first;
            while let Some((day, _)) = named.next_if(|(_, next)| *next == spans) {
                last = day;
            }
            match spans.as_slice() {
                [] => continue,
                _ if first == last => write!(f, "{first} ")?,
                _ => write!(f, "{first}-{last} ")?,
            }
            spans_in_words(f, spans)?;
            f.write_str(", ")?;
        }
        write!(f, "bank holidays {}", self.bank_holidays.words())
    }
}

fn spans_in_words(f: &mut fmt::Formatter<'_>, spans: &[Span]) -> fmt::Result {
    if spans == Span::WHOLE_DAY {
        return f.write_str(ALL_DAY);
    }
    for (place, span) in spans.iter().enumerate() {
        if place > 0 {
            f.write_str(" and ")?;
        }
        write!(f, "{}-{}", Clock(span.opens), Clock(span.closes))?;
    }
    Ok(())
}

struct Clock(u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
