//! The days of a week and what is open on them. When that is, is read elsewhere; here is only the shape.

use super::OnBankHolidays;

/// From the first open minute of a day to the first closed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Minutes after midnight.
    pub opens: u16,
    pub closes: u16,
}

impl Span {
    /// The minutes of a day, which is also the midnight that ends it.
    pub const DAY: u16 = 24 * 60;
    pub const WHOLE_DAY: [Self; 1] = [Self { opens: 0, closes: Self::DAY }];

    pub fn holds(self, minute: u16) -> bool {
        (self.opens..self.closes).contains(&minute)
    }
}

/// Hours by weekday, Monday first. The spans of a day do not touch, and are in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    pub(super) days: [Vec<Span>; 7],
    pub(super) bank_holidays: OnBankHolidays,
}
