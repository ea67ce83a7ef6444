//! Children of the desk who may be one child, entered twice: the pairs of the list, and whoever is like one child.
//!
//! Never all are compared with all: who has the same letters in their name, the same date of birth, or the same form
//! where a date of birth is not known, lies in one [`Block`], and is compared with the others there. Read when the list
//! is first asked for, and from then on kept up by reading what was added to the ledger. Who is read as one child
//! already, and who was told apart, is asked of the cabinet each time.

mod likeness;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::Desk;
use super::answer::{Compared, Page, Pair, Side};
use super::finder::Finder;
use super::lists::{NARROWED, cut};
use super::request::Window;
use crate::cabinet::table::child::{self, Child};
use crate::cabinet::table::merged::{self, in_order};
use crate::cabinet::table::{chronology, concern};
use crate::cabinet::{Db, Error, Result, ledger};
use crate::domain::child::ChildDetails;
use crate::domain::chronology::Kinds;
use crate::domain::concern::names_nobody;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::upn::Upn;
use crate::search::{Query, fold, letters_of, match_text};
use likeness::Letters;
pub(super) use likeness::Likeness;

/// Two children, the one with the lower number first.
type Two = [ChildId; 2];

#[derive(Default)]
pub(super) struct Twins {
    known: HashMap<ChildId, Known>,
    blocks: HashMap<Block, Vec<ChildId>>,
    /// Whoever is alike, by the numbers under which they were entered.
    pairs: BTreeMap<Two, Likeness>,
    /// The newest entry that it knows of; none before it was read.
    seen: Option<Seq>,
}

struct Known {
    details: ChildDetails,
    letters: Letters,
}

/// What children have in common who are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Block {
    /// The letters of the name in order of the alphabet: the same in whatever order its words stand.
    Letters(String),
    Born(NaiveDate),
    Upn(Upn),
    /// The form of those whose date of birth is known, and of those whose it is not.
    Form(String, Born),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Born {
    Known,
    NotKnown,
}

/// In which blocks a child lies, and in which others there may be somebody who is like them.
fn blocks(details: &ChildDetails) -> (Vec<Block>, Vec<Block>) {
    let mut own: Vec<Block> = details.names().map(|name| Block::Letters(letters_of(name))).collect();
    own.extend(details.date_of_birth.map(Block::Born));
    own.extend(details.upn.clone().map(Block::Upn));
    let mut others = own.clone();
    let form = fold(&details.form);
    if !form.is_empty() {
        let born = if details.date_of_birth.is_some() { Born::Known } else { Born::NotKnown };
        others.push(Block::Form(form.clone(), Born::NotKnown));
        if born == Born::NotKnown {
            others.push(Block::Form(form.clone(), Born::Known));
        }
        own.push(Block::Form(form, born));
    }
    (own, others)
}

impl Twins {
    /// Brings it up to the newest entry.
    fn ready(&mut self, db: &Db) -> Result<&Self> {
        let head = ledger::head(db)?.seq;
        match self.seen {
            None => self.read_all(db)?,
            Some(seen) if seen < head => {
                for (_, entry) in ledger::since(db, seen)? {
                    if let Entry::ChildAdded { child, details }
                    | Entry::ChildCorrected { child, details, .. } = entry
                    {
                        self.put(child, details);
                    }
                }
            }
            Some(_) => {}
        }
        self.seen = Some(head);
        Ok(self)
    }

    fn read_all(&mut self, db: &Db) -> Result<()> {
        for Child { id, details, .. } in child::all(db)? {
            self.put(id, details);
        }
        Ok(())
    }

    fn put(&mut self, id: ChildId, details: ChildDetails) {
        self.forget(id);
        if names_nobody(&details.name) {
            return;
        }
        let (own, others) = blocks(&details);
        let letters = Letters::of(details.names());
        for other in others.iter().filter_map(|block| self.blocks.get(block)).flatten() {
            let known = self.known.get(other).filter(|known| known.letters.may_agree(letters));
            if let Some(likeness) = known.and_then(|known| Likeness::of(&known.details, &details)) {
                self.pairs.insert(in_order(id, *other), likeness);
            }
        }
        for block in own {
            self.blocks.entry(block).or_default().push(id);
        }
        self.known.insert(id, Known { details, letters });
    }

    fn forget(&mut self, id: ChildId) {
        let Some(known) = self.known.remove(&id) else { return };
        for block in blocks(&known.details).0 {
            if let Some(members) = self.blocks.get_mut(&block) {
                members.retain(|member| *member != id);
            }
        }
        self.pairs.retain(|pair, _| !pair.contains(&id));
    }

    /// The pairs that somebody should look at, the likeliest first.
    fn list(&self, db: &Db) -> Result<Vec<(Likeness, Two)>> {
        let apart = Apart::read(db)?;
        let mut open = BTreeMap::new();
        for (pair, likeness) in &self.pairs {
            let pair = apart.kept(*pair);
            if apart.may_be_one(pair) {
                let known = open.entry(pair).or_insert(*likeness);
                *known = (*known).min(*likeness);
            }
        }
        let mut open: Vec<(Likeness, Two)> =
            open.into_iter().map(|(pair, likeness)| (likeness, pair)).collect();
        open.sort_by_cached_key(|(likeness, pair)| (*likeness, self.line(*pair), *pair));
        Ok(open)
    }

    /// What a pair is narrowed by.
    fn line(&self, pair: Two) -> String {
        let line = |child: &ChildId| {
            let details = &self.known.get(child)?.details;
            Some(format!("{} {}", details.name.one_line(), details.form.one_line()))
        };
        pair.iter().filter_map(line).collect::<Vec<_>>().join(" ")
    }
}

/// As whom children are read, and of whom somebody has said that they are two.
struct Apart {
    into: HashMap<ChildId, ChildId>,
    told: HashSet<Two>,
}

impl Apart {
    fn read(db: &Db) -> Result<Self> {
        let mut apart = Self { into: merged::all(db)?.into_iter().collect(), told: HashSet::new() };
        // Where one of them was entered twice, it was said of both entries.
        apart.told = merged::told_apart(db)?.into_iter().map(|pair| apart.kept(pair)).collect();
        Ok(apart)
    }

    fn kept(&self, [one, other]: Two) -> Two {
        let kept = |child| {
            let chain = std::iter::successors(Some(child), |child| self.into.get(child).copied());
            // Nobody is merged with themselves; a forged record shall not hold anybody up.
            chain.take(self.into.len() + 1).last().unwrap_or(child)
        };
        in_order(kept(one), kept(other))
    }

    fn may_be_one(&self, pair: Two) -> bool {
        let [one, other] = pair;
        one != other && !self.told.contains(&pair)
    }
}

/// Whoever is like a child, the likeliest first; nobody of whom it was said that they are another.
fn alike(db: &Db, finder: &Finder, child: ChildId) -> Result<Vec<(Likeness, Child)>> {
    let apart = Apart::read(db)?;
    let mine: Vec<Child> =
        merged::numbers(db, child)?.into_iter().map(|id| child::get(db, id)).collect::<Result<_>>()?;
    let mut found: BTreeMap<ChildId, Likeness> = BTreeMap::new();
    for details in mine.iter().map(|child| &child.details).filter(|details| !names_nobody(&details.name)) {
        let like = finder.children_like(&details.name, details.date_of_birth).into_iter().map(|hit| hit.id);
        for other in like.collect::<BTreeSet<ChildId>>() {
            if !apart.may_be_one(apart.kept([child, other])) {
                continue;
            }
            for other_number in merged::numbers(db, other)? {
                let theirs = child::get(db, other_number)?;
                if let Some(likeness) = Likeness::of(&theirs.details, details) {
                    let known = found.entry(other).or_insert(likeness);
                    *known = (*known).min(likeness);
                }
            }
        }
    }
    let found = found.into_iter().map(|(id, likeness)| Ok((likeness, child::kept(db, id)?)));
    let mut found: Vec<(Likeness, Child)> = found.collect::<Result<_>>()?;
    found.sort_by_key(|(likeness, child)| (*likeness, child.id));
    Ok(found)
}

impl Desk {
    /// Pairs of children who may be one, the likeliest first; of one child, with whoever is like them or, where letters
    /// are given, with whoever is called like that.
    pub fn duplicates(&mut self, of: Option<ChildId>, narrow: &str, window: Window) -> Result<Page<Pair>> {
        let query = Query::parse(narrow);
        match of {
            Some(child) if query.is_empty() => Ok(cut(self.alike(child)?, window)),
            Some(child) => Ok(cut(self.anybody(child, &query)?, window)),
            None => self.all_pairs(&query, window),
        }
    }

    fn all_pairs(&mut self, query: &Query, window: Window) -> Result<Page<Pair>> {
        let db = self.cabinet.db();
        let twins = self.twins.ready(db)?;
        let mut open = twins.list(db)?;
        open.retain(|(_, pair)| query.is_empty() || match_text(query, &twins.line(*pair)).is_some());
        let open = cut(open, window);
        let pair = |(likeness, [one, other]): (Likeness, Two)| {
            let why = likeness.why().to_owned();
            Ok(Pair { one: child::get(db, one)?, other: child::get(db, other)?, why })
        };
        let rows = open.rows.into_iter().map(pair).collect::<Result<_>>()?;
        Ok(Page { rows, offset: open.offset, total: open.total })
    }

    fn alike(&mut self, child: ChildId) -> Result<Vec<Pair>> {
        let db = self.cabinet.db();
        let one = child::kept(db, child)?;
        let alike = alike(db, self.finder.ready(db)?, one.id)?;
        let pair = |(likeness, other): (Likeness, Child)| Pair {
            one: one.clone(),
            other,
            why: likeness.why().to_owned(),
        };
        Ok(alike.into_iter().map(pair).collect())
    }

    /// Anybody else by name: nothing but her own knowledge may speak for them.
    fn anybody(&mut self, child: ChildId, query: &Query) -> Result<Vec<Pair>> {
        let db = self.cabinet.db();
        let one = child::kept(db, child)?;
        let mut pairs = Vec::new();
        for hit in self.finder.ready(db)?.children(query, NARROWED) {
            if hit.id != one.id {
                let other = child::get(db, hit.id)?;
                let why = Likeness::of(&one.details, &other.details).map(Likeness::why).unwrap_or_default();
                pairs.push(Pair { one: one.clone(), other, why: why.to_owned() });
            }
        }
        Ok(pairs)
    }

    /// Two children beside each other, as far as whoever asks may read of them.
    pub fn compared(&self, one: ChildId, other: ChildId) -> Result<Compared> {
        let db = self.cabinet.db();
        let (one, other) = (child::kept(db, one)?, child::kept(db, other)?);
        if one.id == other.id {
            return Err(Error::Refused(
                "These two are read as one child already. Their own screen parts them again.".to_owned(),
            ));
        }
        let why = Likeness::of(&one.details, &other.details).map(Likeness::why).unwrap_or_default();
        Ok(Compared { sides: [self.side(one)?, self.side(other)?], why: why.to_owned() })
    }

    fn side(&self, child: Child) -> Result<Side> {
        let (db, id) = (self.cabinet.db(), child.id);
        Ok(Side {
            also: child::also(db, id)?,
            concerns: concern::of_child(db, &self.reader, id)?,
            rows: chronology::count(db, id, Kinds::Everything)?,
            child,
        })
    }

    /// Whoever is like a child of whom these entries tell, and was not before: for whoever has just recorded them.
    pub(super) fn noticed_alike(
        &mut self,
        entries: &[Seq],
        before: Option<&ChildDetails>,
    ) -> Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        for seq in entries {
            let entry = ledger::line(self.cabinet.db(), *seq)?.entry()?;
            if let Entry::ChildAdded { child, .. } | Entry::ChildCorrected { child, .. } = entry {
                pairs.extend(self.alike(child)?);
            }
        }
        let was_alike = |pair: &Pair| {
            let now = Likeness::of(&pair.one.details, &pair.other.details);
            let before = before.and_then(|before| Likeness::of(before, &pair.other.details));
            before.is_some_and(|before| now.is_none_or(|now| before <= now))
        };
        pairs.retain(|pair| !was_alike(pair));
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests;
