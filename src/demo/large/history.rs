//! Six years of rows: who they are about, when they were recorded, and when they say it happened.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use fastrand::Rng;

use super::Setting;
use super::report::{self, Report};
use super::roll::Learner;
use crate::cabinet::{Result, Writer};
use crate::demo::calendar;
use crate::domain::entry::{Entry, NoteKind};
use crate::domain::ids::ChildId;
use crate::domain::moment::Moment;

/// One act in so many is a concern. With the sections that follow it a concern makes more rows than a note, so
/// that about one row in twenty is a Part 1.
const ONE_CONCERN_IN: u64 = 17;
/// The most rows that one child has, and no more than this share of a small desk.
const BUSIEST: u64 = 10_000;
const BUSIEST_SHARE: u64 = 10;
/// Of how many rows in a hundred so many children in a hundred are the subject; the rest are shared by all.
const TIERS: [Tier; 4] = [
    Tier { children: 1, rows: 15 },
    Tier { children: 5, rows: 25 },
    Tier { children: 24, rows: 40 },
    Tier { children: 70, rows: 20 },
];
/// How often a child is drawn again who was too young at the time.
const DRAWS: usize = 20;
/// The first entry of a day, and how long people write on it.
const FIRST_OF_THE_DAY: NaiveTime =
    NaiveTime::from_hms_opt(8, 15, 0).expect("a quarter past eight is a time");
const SECONDS_OF_A_DAY: u64 = 31_500;
/// One note in so many tells the day and no time.
const ONE_DAY_ALONE_IN: u32 = 4;

struct Tier {
    children: usize,
    rows: u32,
}

/// The record as far as it has come.
pub(super) struct History<'s> {
    setting: &'s Setting,
    rng: Rng,
    children: Vec<Learner>,
    known: Vec<Option<ChildId>>,
    entries: u64,
    rows: u64,
    rows_of_the_busiest: u64,
}

impl<'s> History<'s> {
    pub(super) fn new(setting: &'s Setting, rng: Rng, children: Vec<Learner>, entries: u64) -> Self {
        let known = vec![None; children.len()];
        Self { setting, rng, children, known, entries, rows: 0, rows_of_the_busiest: 0 }
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn is_full(&self) -> bool {
        self.rows >= self.entries || self.children.is_empty()
    }

    /// When the next row is recorded: the rows are spread evenly over the school days.
    pub(super) fn time(&self) -> DateTime<Utc> {
        let days = u64::try_from(self.setting.days.len()).unwrap_or(1).max(1);
        let through = self.rows.min(self.entries.saturating_sub(1)) * days;
        let entries = self.entries.max(1);
        let day = usize::try_from(through / entries).ok().and_then(|place| self.setting.days.get(place));
        let seconds = through % entries * SECONDS_OF_A_DAY / entries;
        let start = calendar::at(day.copied().unwrap_or_default(), FIRST_OF_THE_DAY);
        start + Duration::seconds(i64::try_from(seconds).unwrap_or(0))
    }

    /// So many rows more, or as many as are wanting.
    pub(super) fn go_on(&mut self, writer: &mut Writer, rows: u64) -> Result<()> {
        let stop = (self.rows + rows).min(self.entries);
        while self.rows < stop {
            let at = self.time();
            writer.advance(at);
            let (place, child) = self.subject(writer, calendar::day(at))?;
            let written = if self.rng.u64(..ONE_CONCERN_IN) == 0 {
                self.concern(writer, place, child)?
            } else {
                self.note(writer, place, child, at)?
            };
            self.rows += written;
            if place == 0 {
                self.rows_of_the_busiest += written;
            }
        }
        Ok(())
    }

    /// Children about whom nothing was ever written.
    pub(super) fn admit_the_rest(&mut self, writer: &mut Writer) -> Result<()> {
        for place in 0..self.children.len() {
            self.admit(writer, place)?;
        }
        Ok(())
    }
}

impl History<'_> {
    /// Whom the next row is about, and by which number the desk knows them.
    fn subject(&mut self, writer: &mut Writer, day: NaiveDate) -> Result<(usize, ChildId)> {
        let place = self.draw(day);
        Ok((place, self.admit(writer, place)?))
    }

    fn draw(&mut self, day: NaiveDate) -> usize {
        let busiest = BUSIEST.min(self.entries / BUSIEST_SHARE);
        if self.rows_of_the_busiest * self.entries < self.rows * busiest {
            return 0;
        }
        let drawn = (0..DRAWS).map(|_| draw_by_tier(&mut self.rng, self.children.len()));
        let mut fitting = drawn.filter(|place| {
            *place != 0 && self.children.get(*place).is_some_and(|child| child.is_known_by(day))
        });
        // The first is the oldest of all.
        fitting.next().unwrap_or(0)
    }

    fn admit(&mut self, writer: &mut Writer, place: usize) -> Result<ChildId> {
        if let Some(known) = self.known.get(place).copied().flatten() {
            return Ok(known);
        }
        let child = writer.next_child()?;
        let details = self.children.get(place).map(|learner| learner.details.clone()).unwrap_or_default();
        writer.append(&Entry::ChildAdded { child, details })?;
        if let Some(known) = self.known.get_mut(place) {
            *known = Some(child);
        }
        Ok(child)
    }

    /// Both give the number of rows that they made.
    fn note(&mut self, writer: &mut Writer, place: usize, child: ChildId, at: DateTime<Utc>) -> Result<u64> {
        let sentences = &self.setting.words.sentences;
        let (note, sentences) = if self.rng.bool() {
            (NoteKind::Event, &sentences.event)
        } else {
            (NoteKind::Contact, &sentences.contact)
        };
        let given = self.children.get(place).map_or("", |learner| learner.given.as_str());
        let text = self.setting.words.say(&mut self.rng, sentences, given);
        let happened = at - Duration::minutes(self.rng.i64(1..180));
        let happened_at = if self.rng.u32(..ONE_DAY_ALONE_IN) == 0 {
            Moment::Date(calendar::day(happened))
        } else {
            Moment::At(happened)
        };
        writer.append(&Entry::ChronologyNoted { child, note, happened_at, text })?;
        Ok(1)
    }

    fn concern(&mut self, writer: &mut Writer, place: usize, child: ChildId) -> Result<u64> {
        let Some(learner) = self.children.get(place) else { return Ok(0) };
        let wanting = self.entries - self.rows - 1;
        let report = Report::draw(self.setting, &mut self.rng, learner, writer.now(), wanting);
        report::record(writer, report, child)
    }
}

/// A child's place, by tiers of which the first are the busiest.
fn draw_by_tier(rng: &mut Rng, children: usize) -> usize {
    let mut row = rng.u32(..100);
    let mut start = 0;
    for tier in TIERS {
        let end = start + tier.children * children / 100;
        match row.checked_sub(tier.rows) {
            None if start < end => return rng.usize(start..end),
            None => break,
            Some(further) => row = further,
        }
        start = end;
    }
    rng.usize(..children)
}
