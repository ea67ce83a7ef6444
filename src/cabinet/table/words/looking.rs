//! Which entries have what is wanted, the newest first.
//!
//! Block by block from the newest on: most of what is asked for is found in the first, and only what is rare is looked
//! for in all of them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rusqlite::Connection;

use super::super::super::error::Result;
use super::super::super::ledger;
use super::bits::{BLOCK, Bits};
use super::terms::FIRST_WORD;
use super::{id_of, within};
use crate::domain::ids::Seq;

/// How many blocks are looked at together: the newest alone, then a few, then the rest.
const AT_ONCE: [i64; 2] = [1, 4];

/// The terms of entries that are not in the index.
#[derive(Clone, Debug, Default)]
pub struct Loose {
    entries: HashMap<Box<str>, Vec<Seq>>,
}

impl Loose {
    pub(super) fn insert<'t>(&mut self, seq: Seq, terms: impl Iterator<Item = &'t str>) {
        for term in terms {
            match self.entries.get_mut(term) {
                Some(seqs) => seqs.push(seq),
                None => drop(self.entries.insert(term.into(), vec![seq])),
            }
        }
    }

    /// The words among them and how many entries have each, in no order.
    pub fn words(&self) -> impl Iterator<Item = (&str, u64)> {
        let words = self.entries.iter().filter(|(term, _)| &***term >= FIRST_WORD);
        words.map(|(word, seqs)| (&**word, seqs.len() as u64))
    }

    fn of(&self, term: &str) -> &[Seq] {
        self.entries.get(term).map_or(&[], Vec::as_slice)
    }
}

/// An entry has to have one of these.
#[derive(Clone, Debug)]
pub enum Group {
    Terms(Vec<String>),
    /// To be one of them; in their order.
    Entries(Arc<[Seq]>),
}

/// What an entry has to have, and what it must not have.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub all: Vec<Group>,
    pub none: Vec<String>,
}

/// Gives the newest entries one after the other, until there are no more or `take` has enough and says so.
pub fn newest(
    db: &Connection,
    loose: &Loose,
    wanted: &Wanted,
    mut take: impl FnMut(Seq) -> Result<Enough>,
) -> Result<()> {
    if wanted.all.is_empty() {
        return Ok(());
    }
    let mut all: Vec<Terms> = wanted.all.iter().map(|group| Terms::of(db, group)).collect::<Result<_>>()?;
    // What few have first: of the others only those blocks are read where it is.
    all.sort_by_key(Terms::len);
    let none = Terms::of_words(db, &wanted.none)?;
    let mut end = ledger::head(db)?.seq.0 / BLOCK + 1;
    let mut sizes = AT_ONCE.into_iter();
    while end > 0 {
        let blocks = (end - sizes.next().unwrap_or(end)).max(0)..end;
        end = blocks.start;
        let looking = Looking { db, loose, blocks };
        for (block, bits) in looking.common(&all, &none)?.into_iter().rev() {
            for place in bits.newest_first() {
                if take(Seq(block * BLOCK + i64::from(place)))? == Enough::Yes {
                    return Ok(());
                }
            }
        }
    }
    Ok(())
}

/// Whether more need be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enough {
    Yes,
    NotYet,
}

/// A group with the numbers of those terms that are in the index.
enum Terms<'g> {
    Of { ids: Vec<i64>, terms: &'g [String] },
    Entries(&'g [Seq]),
}

impl<'g> Terms<'g> {
    /// How many terms it is of.
    fn len(&self) -> usize {
        match self {
            Self::Of { ids, .. } => ids.len(),
            Self::Entries(_) => 0,
        }
    }

    fn of(db: &Connection, group: &'g Group) -> Result<Self> {
        match group {
            Group::Terms(terms) => Self::of_words(db, terms),
            Group::Entries(seqs) => Ok(Self::Entries(seqs)),
        }
    }

    fn of_words(db: &Connection, terms: &'g [String]) -> Result<Self> {
        let ids = terms.iter().filter_map(|term| id_of(db, term).transpose()).collect::<Result<_>>()?;
        Ok(Self::Of { ids, terms })
    }
}

/// Some blocks beside each other.
struct Looking<'d> {
    db: &'d Connection,
    loose: &'d Loose,
    blocks: Range<i64>,
}

impl Looking<'_> {
    /// What all of the groups have and the last has not, for each of the blocks where there is any.
    fn common(&self, all: &[Terms], none: &Terms) -> Result<Vec<(i64, Bits)>> {
        let mut common: Option<Vec<(i64, Bits)>> = None;
        for group in all {
            let mut found = match &common {
                None => self.of_group(group)?,
                Some(there) => self.of_group_in(group, there)?,
            };
            let both = match common.take() {
                None => found.into_iter().collect(),
                Some(mut both) => {
                    both.retain_mut(|(block, bits)| {
                        bits.keep(&found.remove(block).unwrap_or_default());
                        !bits.is_empty()
                    });
                    both
                }
            };
            if both.is_empty() {
                return Ok(both);
            }
            common = Some(both);
        }
        let mut common = common.unwrap_or_default();
        let unwanted = self.of_group_in(none, &common)?;
        for (block, bits) in &mut common {
            unwanted.get(block).into_iter().for_each(|unwanted| bits.take_out(unwanted));
        }
        common.sort_unstable_by_key(|(block, _)| *block);
        Ok(common)
    }

    /// The same in those blocks alone.
    fn of_group_in(&self, group: &Terms, there: &[(i64, Bits)]) -> Result<HashMap<i64, Bits>> {
        if there.len() * 2 > usize::try_from(self.blocks.end - self.blocks.start).unwrap_or(usize::MAX) {
            return self.of_group(group);
        }
        let mut found = HashMap::new();
        for (block, _) in there {
            let alone = Self { blocks: *block..*block + 1, ..*self };
            found.extend(alone.of_group(group)?);
        }
        Ok(found)
    }

    fn of_group(&self, group: &Terms) -> Result<HashMap<i64, Bits>> {
        let mut found: HashMap<i64, Bits> = HashMap::new();
        match group {
            Terms::Entries(seqs) => {
                let range = self.blocks.start * BLOCK..self.blocks.end * BLOCK;
                let from = seqs.partition_point(|seq| seq.0 < range.start);
                let these = seqs.iter().skip(from).take_while(|seq| seq.0 < range.end);
                these.for_each(|seq| set(&mut found, *seq));
            }
            Terms::Of { ids, terms } => {
                ids.iter().try_for_each(|id| self.add_kept(*id, &mut found))?;
                let loose = terms.iter().flat_map(|term| self.loose.of(term));
                let here = loose.filter(|seq| self.blocks.contains(&(seq.0 / BLOCK)));
                here.for_each(|seq| set(&mut found, *seq));
            }
        }
        Ok(found)
    }

    fn add_kept(&self, id: i64, found: &mut HashMap<i64, Bits>) -> Result<()> {
        let sql = "SELECT place, seqs FROM posting WHERE place >= ?1 AND place < ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        let first = id * BLOCK;
        let mut rows = statement.query([first + self.blocks.start, first + self.blocks.end])?;
        while let Some(row) = rows.next()? {
            let place: i64 = row.get(0)?;
            let packed = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            found.entry(place - first).or_default().add_packed(packed);
        }
        Ok(())
    }
}

fn set(found: &mut HashMap<i64, Bits>, seq: Seq) {
    found.entry(seq.0 / BLOCK).or_default().set(within(seq));
}
