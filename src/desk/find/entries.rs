//! Entries found by their running text, each with the line around what was looked for.
//!
//! What has every word as it was typed comes before what has one nearly so; then the newest first, and of one day what
//! is not signed yet.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{ENTRY_SCORE, concern_found, narrowed::Narrowed};
use crate::cabinet::table::chronology::{self, ChronologyRow};
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::words::{self, Enough, Group, Wanted};
use crate::cabinet::table::{child, concern, merged};
use crate::cabinet::{Db, Result, ledger};
use crate::desk::answer::{Found, Target};
use crate::desk::wording::{Meant, Wording};
use crate::domain::chronology::RowKind;
use crate::domain::ids::{ConcernId, Seq};
use crate::domain::text::Text;
use crate::search::{self, Asking, Excerpt, Sought, Why};

/// Entries of which the text itself is read, because a phrase has no index of its own.
const MOST_READ: usize = 400;

/// How near the words have to be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    AsTyped,
    Nearly,
}

/// A hit, and what it is ranked by.
struct Ranked {
    tier: Tier,
    day: Reverse<NaiveDate>,
    is_signed: bool,
    found: Found,
}

/// What the words that were typed may stand for, and where they are looked for in a text.
struct Looked {
    words: Vec<Vec<Meant>>,
    /// Single letters beside other words: of `child b` the second word, of `kachingwe t` the beginning of one. What has the
    /// letter as a word comes first, and it excludes nothing.
    faint: Vec<String>,
    sought: Sought,
}

/// A letter begins a few thousand words and says next to nothing.
fn is_faint(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

pub(super) struct Entries<'a> {
    pub(super) db: &'a Db,
    pub(super) reader: &'a Reader,
    pub(super) wording: &'a Wording,
    pub(super) asking: &'a Asking,
    pub(super) narrowed: &'a Narrowed,
    pub(super) limit: usize,
}

impl Entries<'_> {
    /// The hits, and whether more would have had to be read for a phrase.
    pub(super) fn find(&self) -> Result<(Vec<Found>, Enough)> {
        let meant = self.meant();
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut read = 0;
        for tier in [Tier::AsTyped, Tier::Nearly] {
            let Some(wanted) = self.wanted(&meant, tier).filter(|_| ranked.len() < self.limit) else {
                continue;
            };
            words::newest(self.db, self.wording.loose(), &wanted, |seq| {
                if ranked.len() >= self.limit || read >= MOST_READ {
                    return Ok(Enough::Yes);
                }
                if seen.insert(seq) && self.agrees(seq, &mut read)? {
                    self.hit(seq, tier, &meant, &mut ranked)?;
                }
                Ok(Enough::NotYet)
            })?;
        }
        ranked.sort_by_key(|hit| (hit.tier, hit.day, hit.is_signed));
        ranked.truncate(self.limit);
        let scored = (0..).zip(ranked).map(|(rank, hit)| Found { score: score(rank), ..hit.found });
        Ok((scored.collect(), if read < MOST_READ { Enough::Yes } else { Enough::NotYet }))
    }

    fn meant(&self) -> Looked {
        let typed: Vec<String> = self.asking.words().words().collect();
        let says_something = typed.iter().any(|word| !is_faint(word));
        let (faint, words): (Vec<String>, Vec<String>) =
            typed.into_iter().partition(|word| says_something && is_faint(word));
        let words = self.wording.meant(&words);
        let any = words.iter().map(|meant| meant.iter().map(|meant| meant.word.clone()).collect());
        let alone = faint.iter().chain(self.asking.phrases().iter().flatten()).map(|word| vec![word.clone()]);
        let sought = Sought::new(any.chain(alone));
        Looked { words, faint, sought }
    }

    /// None where no entry can be meant.
    fn wanted(&self, meant: &Looked, tier: Tier) -> Option<Wanted> {
        let is_exact = meant.words.iter().flatten().all(Meant::is_exact) && meant.faint.is_empty();
        if tier == Tier::Nearly && is_exact {
            return None;
        }
        let mut all = self.narrowed.groups.clone();
        if tier == Tier::AsTyped {
            all.extend(meant.faint.iter().map(|letter| Group::Terms(vec![letter.clone()])));
        }
        for meant in &meant.words {
            let fits = meant.iter().filter(|meant| tier == Tier::Nearly || meant.is_exact());
            let words: Vec<String> = fits.map(|meant| meant.word.clone()).collect();
            if words.is_empty() {
                return None;
            }
            all.push(Group::Terms(words));
        }
        for phrase in self.asking.phrases() {
            let pairs = phrase.iter().zip(phrase.iter().skip(1)).map(|(one, next)| words::beside(one, next));
            all.extend(phrase.iter().cloned().chain(pairs).map(|term| Group::Terms(vec![term])));
        }
        let none =
            self.asking.without().iter().filter(|phrase| phrase.len() == 1).flatten().cloned().collect();
        Some(Wanted { all, none })
    }

    /// Whether the text has its phrases: the index only says that it may.
    fn agrees(&self, seq: Seq, read: &mut usize) -> Result<bool> {
        let is_phrase = |phrase: &search::Phrase| phrase.len() > 1;
        if !self.asking.phrases().iter().chain(self.asking.without()).any(is_phrase) {
            return Ok(true);
        }
        *read += 1;
        Ok(self.asking.agrees_with(&self.text(seq)?))
    }

    fn text(&self, seq: Seq) -> Result<String> {
        Ok(words::text_of(&ledger::line(self.db, seq)?.entry()?).unwrap_or_default())
    }

    /// The rows that an entry wrote; one that stands in no chronology is found as its concern.
    fn hit(&self, seq: Seq, tier: Tier, meant: &Looked, ranked: &mut Vec<Ranked>) -> Result<()> {
        let rows = chronology::of_entry(self.db, seq)?;
        if rows.is_empty() {
            return self.concern_of(seq, tier, meant, ranked);
        }
        for (child, row) in rows {
            if self.narrowed.children.as_ref().is_some_and(|children| !children.contains(&child)) {
                continue;
            }
            let around = self.around(seq, Some(&row), meant, tier)?;
            let is_signed = row.concern.map_or(Ok(false), |concern| concern::is_signed(self.db, concern))?;
            let found = Found {
                target: Target::Entry { seq, child, concern: row.concern },
                name: child::get(self.db, child)?.details.name,
                detail: Text::from(format!(
                    "{} {}: {}",
                    row.happened_at.date().format("%-d %b %Y"),
                    row.kind.label(),
                    around.line
                )),
                why: around.why,
                score: 0,
            };
            let day = Reverse(row.recorded_at.date_naive());
            ranked.push(Ranked { tier, day, is_signed, found });
        }
        Ok(())
    }

    fn concern_of(&self, seq: Seq, tier: Tier, meant: &Looked, ranked: &mut Vec<Ranked>) -> Result<()> {
        let Some(concern) = concern::of_entry(self.db, seq)? else { return Ok(()) };
        if !self.may_be_of(concern)? {
            return Ok(());
        }
        // Several of its entries may hold the words.
        if ranked.iter().any(|hit| hit.found.target == Target::Concern(concern)) {
            return Ok(());
        }
        let Some(found) = concern_found(self.db, self.reader, concern, 0)? else { return Ok(()) };
        let around = self.around(seq, None, meant, tier)?;
        let day = ledger::line(self.db, seq)?.recorded().map(|at| at.date_naive()).unwrap_or_default();
        let is_signed = concern::is_signed(self.db, concern)?;
        let found = Found { detail: Text::from(around.line), why: around.why, ..found };
        ranked.push(Ranked { tier, day: Reverse(day), is_signed, found });
        Ok(())
    }

    /// Whether it is of one of the children, where only theirs are looked for.
    fn may_be_of(&self, concern: ConcernId) -> Result<bool> {
        let Some(children) = &self.narrowed.children else { return Ok(true) };
        for child in child::of_concern(self.db, concern)? {
            if children.contains(&merged::kept(self.db, child)?) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The line around what was looked for: of the row, or of Part 1, of which the row is only the gist.
    fn around(&self, seq: Seq, row: Option<&ChronologyRow>, meant: &Looked, tier: Tier) -> Result<Around> {
        let mut best = row.map(|row| Excerpt::of(&row.text.one_line(), &meant.sought));
        let is_whole = row.is_some_and(|row| row.kind != RowKind::Concern);
        if !is_whole && best.as_ref().is_none_or(|best| best.anywhere < meant.sought.count()) {
            let text = self.text(seq)?;
            for excerpt in text.lines().map(|line| Excerpt::of(line, &meant.sought)) {
                if best.as_ref().is_none_or(|best| excerpt.found > best.found) {
                    best = Some(excerpt);
                }
            }
        }
        let best = best.unwrap_or_default();
        let why = match tier {
            Tier::AsTyped => String::new(),
            Tier::Nearly => why(&best, &meant.words).label().to_owned(),
        };
        Ok(Around { line: best.line, why })
    }
}

struct Around {
    line: String,
    why: String,
}

/// The weakest reason for which a word of the line was taken for one that was typed.
fn why(excerpt: &Excerpt, meant: &[Vec<Meant>]) -> Why {
    let words = search::tokens(&excerpt.line);
    let nearest =
        |meant: &Vec<Meant>| meant.iter().find(|meant| words.contains(&meant.word)).map(|meant| meant.why);
    meant.iter().filter_map(nearest).max().unwrap_or(Why::Misspelt)
}

/// Below names, and above what nothing speaks for.
fn score(rank: i64) -> i64 {
    (ENTRY_SCORE - rank).max(i64::from(search::UNSUPPORTED) + 1)
}
