//! One function for each pattern: whether there is enough of it, and which rows were counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::saying::{concerns, day, of_level, others, span};
use super::{NamedElsewhere, Noted, Noticeable, Pattern, PatternKind, What};
use crate::domain::category;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::text::Text;

/// What happened longer ago is not held against the weeks of now: a year has each week of term once.
const YEAR: u64 = 365;
/// "In a month", wherever in the calendar it begins.
const MONTH: u64 = 30;
/// Two may be the same matter told twice.
const IN_A_MONTH: usize = 3;
/// Of three concerns two are often on one weekday by chance; from four on more than half seldom are.
const ON_A_WEEKDAY: usize = 4;
/// One after another three are the least in which something can be seen to recur.
const AROUND_CONTACT: usize = 3;
/// How long a child may take to tell of it: over a weekend, and the day after.
const AFTER_CONTACT: u64 = 3;
/// A quarter of a year in whole weeks, so that each holds as many Mondays.
const QUARTER: u64 = 13 * 7;
/// 0, 1, 2 are three concerns and no rise.
const RISING_TO: usize = 3;
/// Three are told by the month where they are near each other, and may otherwise stand for themselves.
const SEVERAL: usize = 4;
/// Of the four levels those below which nobody refers for the one concern alone (D34).
const LOW_LEVEL: u8 = 2;

/// The day from which on it matters what category a concern is of.
pub fn categories_count_from(today: NaiveDate) -> NaiveDate {
    before(today, 3 * QUARTER)
}

/// The day from which on concerns are counted and contact visits matter. What is older counts where no referral was made
/// since, and where it names an adult.
pub fn counts_from(today: NaiveDate) -> NaiveDate {
    before(today, YEAR)
}

/// A child's rows, the oldest first.
pub(super) struct Read<'r> {
    concerns: Vec<Concern<'r>>,
    contact: Vec<(NaiveDate, Seq)>,
    referred: Option<NaiveDate>,
    today: NaiveDate,
}

#[derive(Clone, Copy)]
struct Concern<'r> {
    seq: Seq,
    happened: NaiveDate,
    noted: &'r Noted,
}

impl<'r> Read<'r> {
    pub(super) fn new(rows: &[&'r Noticeable], today: NaiveDate) -> Self {
        let mut read = Self { concerns: Vec::new(), contact: Vec::new(), referred: None, today };
        for row in rows {
            match &row.what {
                What::Concern(noted) => {
                    read.concerns.push(Concern { seq: row.seq, happened: row.happened, noted });
                }
                What::ContactVisit => read.contact.push((row.happened, row.seq)),
                What::Referral => read.referred = Some(row.happened),
            }
        }
        read
    }

    fn since(&self, first: NaiveDate) -> Vec<Concern<'r>> {
        self.concerns.iter().filter(|concern| concern.happened >= first).copied().collect()
    }

    fn a_year_ago(&self) -> NaiveDate {
        counts_from(self.today)
    }

    /// The latest month of the year that has several.
    pub(super) fn month(&self) -> Option<Pattern> {
        let recent = self.since(self.a_year_ago());
        let is_near = |run: &&[Concern]| match run {
            [first, .., last] => first.happened >= before(last.happened, MONTH),
            _ => false,
        };
        let last = recent.windows(IN_A_MONTH).rfind(is_near)?.last()?.happened;
        let first_day = before(last, MONTH);
        let counted: Vec<Concern> =
            recent.into_iter().filter(|one| (first_day..=last).contains(&one.happened)).collect();
        let first = counted.first()?.happened;
        Some(pattern(
            PatternKind::Month,
            format!("{} {}", concerns(counted.len()), span(first, last)),
            seqs(&counted),
        ))
    }

    pub(super) fn weekday(&self) -> Option<Pattern> {
        let recent = self.since(self.a_year_ago());
        let first = recent.first().filter(|_| recent.len() >= ON_A_WEEKDAY)?.happened;
        let mut by_day: BTreeMap<u32, Vec<Concern>> = BTreeMap::new();
        for concern in &recent {
            by_day.entry(concern.happened.weekday().num_days_from_monday()).or_default().push(*concern);
        }
        let counted = by_day.into_values().find(|day| 2 * day.len() > recent.len())?;
        let weekday = in_full(counted.first()?.happened.weekday());
        let says = format!(
            "{} of {} since {} were on a {weekday}",
            counted.len(),
            concerns(recent.len()),
            day(first)
        );
        Some(pattern(PatternKind::Weekday, says, seqs(&counted)))
    }

    /// Of the concerns since the first visit of the year. Where there are so many visits that most days are soon after
    /// one, it would be no wonder.
    pub(super) fn after_contact(&self) -> Option<Pattern> {
        let first = self.contact.iter().map(|(on, _)| *on).find(|on| *on >= self.a_year_ago())?;
        let all = self.since(first);
        let follows = |visit: NaiveDate, on: NaiveDate| {
            visit < on && on <= visit.checked_add_days(Days::new(AFTER_CONTACT)).unwrap_or(on)
        };
        let after = |on: NaiveDate| self.contact.iter().any(|(visit, _)| follows(*visit, on));
        let counted: Vec<Concern> = all.iter().filter(|one| after(one.happened)).copied().collect();
        let days = first.iter_days().take_while(|on| *on <= self.today);
        let (mut of_all, mut soon_after) = (0, 0);
        for on in days {
            of_all += 1;
            soon_after += usize::from(after(on));
        }
        let is_no_wonder = counted.len() * of_all <= 2 * soon_after * all.len();
        if all.len() < AROUND_CONTACT || 2 * counted.len() <= all.len() || is_no_wonder {
            return None;
        }
        let mut rows: Vec<(NaiveDate, Seq)> = counted.iter().map(|one| (one.happened, one.seq)).collect();
        let before_one = |visit: &NaiveDate| counted.iter().any(|one| follows(*visit, one.happened));
        rows.extend(self.contact.iter().filter(|(visit, _)| before_one(visit)));
        rows.sort_unstable();
        let says = format!(
            "{} of {} since {} came within three days after a contact visit",
            counted.len(),
            concerns(all.len()),
            day(first)
        );
        Some(pattern(PatternKind::AfterContact, says, rows.into_iter().map(|(_, seq)| seq).collect()))
    }

    /// Each category of which every quarter had more than the one before.
    pub(super) fn categories(&self) -> Vec<Pattern> {
        let starts = [3, 2, 1].map(|back| before(self.today, QUARTER * back));
        let mut by_name: BTreeMap<String, [Vec<Concern>; 3]> = BTreeMap::new();
        for concern in self.since(NaiveDate::MIN) {
            let Some(quarter) = starts.iter().rposition(|start| concern.happened > *start) else { continue };
            let names: BTreeSet<String> = concern.noted.categories.iter().map(name).collect();
            for name in names {
                if let Some(counted) = by_name.entry(name).or_default().get_mut(quarter) {
                    counted.push(concern);
                }
            }
        }
        by_name.into_iter().filter_map(|(name, quarters)| rising(&name, &quarters)).collect()
    }

    /// Since the last referral, however long ago: what is small adds up over years (D10).
    pub(super) fn together(&self) -> Option<Pattern> {
        let is_open = |one: &&Concern| self.referred.is_none_or(|on| one.happened > on);
        let is_low = |one: &&Concern| one.noted.level.is_none_or(|level| level <= LOW_LEVEL);
        let counted: Vec<Concern> = self.concerns.iter().filter(is_open).filter(is_low).copied().collect();
        if counted.len() < SEVERAL {
            return None;
        }
        let levelled = counted.iter().filter(|one| one.noted.level.is_some()).count();
        let what = of_level(counted.len(), levelled);
        let says = match self.referred {
            Some(on) => format!("{what} since referral on {}: they may need one", day(on)),
            None => format!("{what} and no referral: together they may need one"),
        };
        Some(pattern(PatternKind::Together, says, seqs(&counted)))
    }

    /// Each adult who is named here and in concerns of other children.
    pub(super) fn adults(&self, elsewhere: &[NamedElsewhere]) -> Vec<Pattern> {
        let mut here: BTreeMap<String, (&Text, Vec<Seq>)> = BTreeMap::new();
        for concern in &self.concerns {
            for adult in &concern.noted.adults {
                let (_, rows) = here.entry(adult.to_lowercase()).or_insert((adult, Vec::new()));
                if rows.last() != Some(&concern.seq) {
                    rows.push(concern.seq);
                }
            }
        }
        here.into_iter().filter_map(|(key, (adult, rows))| across(&key, adult, rows, elsewhere)).collect()
    }
}

fn across(key: &str, adult: &Text, here: Vec<Seq>, elsewhere: &[NamedElsewhere]) -> Option<Pattern> {
    let named: Vec<&NamedElsewhere> =
        elsewhere.iter().filter(|other| other.adult.to_lowercase() == key).collect();
    let children: BTreeSet<ChildId> = named.iter().map(|other| other.child).collect();
    let there: BTreeSet<Seq> =
        named.iter().map(|other| other.seq).filter(|seq| !here.contains(seq)).collect();
    if there.is_empty() {
        return None;
    }
    let says = format!(
        "The name {} stands in {} here, and in concerns of {}",
        adult.one_line(),
        concerns(here.len()),
        others(children.len())
    );
    Some(pattern(PatternKind::Adult, says, here.into_iter().chain(there).collect()))
}

fn rising(name: &str, quarters: &[Vec<Concern>; 3]) -> Option<Pattern> {
    let [oldest, middle, latest] = quarters.each_ref().map(Vec::len);
    if !(oldest < middle && middle < latest && latest >= RISING_TO) {
        return None;
    }
    let says = format!("{name}: {oldest}, {middle}, {latest} concerns in the last three quarters of a year");
    Some(pattern(PatternKind::Category, says, seqs(&quarters.concat())))
}

/// Whether by its id or in words, a category is one.
fn name(category: &Text) -> String {
    category::by_name_or_id(category).map_or_else(|| category.one_line(), |known| known.name.clone())
}

fn pattern(kind: PatternKind, says: String, rows: Vec<Seq>) -> Pattern {
    Pattern { kind, says, rows, source: kind.source() }
}

fn seqs(concerns: &[Concern]) -> Vec<Seq> {
    concerns.iter().map(|concern| concern.seq).collect()
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn in_full(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
