//! What a careful reader would notice of a child, with the rows that were counted. Nothing is recorded of it.

use chrono::{DateTime, Utc};

use super::Desk;
use super::answer::PatternSeen;
use crate::cabinet::Result;
use crate::cabinet::table::noticed::{self, Noticed};
use crate::domain::ids::ChildId;
use crate::domain::moment::Moment;
use crate::domain::pattern;

impl Desk {
    /// As far as whoever is at the desk may open it: what is restricted to others does not count.
    pub fn noticed(&self, child: ChildId, now: DateTime<Utc>) -> Result<Vec<PatternSeen>> {
        let today = Moment::At(now).date();
        let Noticed { rows, elsewhere, shown } =
            noticed::read(self.cabinet.db(), &self.reader, child, today)?;
        let with_rows = |pattern: pattern::Pattern| {
            let rows = pattern.rows.iter().filter_map(|seq| shown.get(seq)).cloned().collect();
            PatternSeen { pattern, rows }
        };
        Ok(pattern::notice(&rows, &elsewhere, today).into_iter().map(with_rows).collect())
    }
}
