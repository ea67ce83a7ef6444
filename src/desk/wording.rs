//! What the words of running text may stand for: the vocabulary of the cabinet, and what is not in its index.
//!
//! Read in one go where it is asked for before it was read while nothing was asked; it hangs on nothing else. From then
//! on only the words are read that came since.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::worker::Ready;
use crate::cabinet::table::restriction::{self, Reader};
use crate::cabinet::table::words::{self, Loose};
use crate::cabinet::table::{chronology, merged};
use crate::cabinet::{Db, Result, ledger};
use crate::domain::ids::{ChildId, Seq};
use crate::search::{Vocabulary, Why};

/// Words that are read at once while nothing is asked: a request waits for no more than these.
const SLICE: u64 = 1000;
/// How many words of the cabinet may begin as was typed, and how many more may be nearly so: each is a page of the index
/// for every 65,536 entries.
const MOST_BEGUN: usize = 32;
const MOST_NEARLY: usize = 6;

#[derive(Default)]
pub(super) struct Wording {
    vocabulary: Vocabulary,
    /// The number of the last word that was read.
    last: i64,
    loose: Loose,
    loose_vocabulary: Vocabulary,
    /// What the loose words were read at, and for whom.
    seen: Option<(Seq, Reader)>,
    /// What the words that were typed last stood for: the next key changes one of them.
    meant: RefCell<HashMap<String, Vec<Meant>>>,
    /// Whose entries were asked for last, at which entry.
    of_children: Option<(Vec<ChildId>, Seq, Arc<[Seq]>)>,
}

/// A word of the record that a typed one may stand for.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    pub(super) word: String,
    pub(super) why: Why,
}

impl Meant {
    /// It is what was typed, or begins so.
    pub(super) fn is_exact(&self) -> bool {
        match self.why {
            Why::Exact | Why::Beginning | Why::Joined | Why::Open => true,
            Why::Misspelt | Why::ShortFor | Why::LongFor | Why::Form | Why::Alike | Why::Letters => false,
        }
    }
}

impl Wording {
    /// Brings it up to the newest entry.
    pub(super) fn ready(&mut self, db: &Db, reader: &Reader) -> Result<&mut Self> {
        while self.get_ready(db)? == Ready::NotYet {}
        let head = ledger::head(db)?.seq;
        if self.seen.as_ref().is_none_or(|(seen, whose)| *seen != head || whose != reader) {
            self.loose = words::loose(db, reader)?;
            self.loose_vocabulary = self.loose.words().collect();
            self.seen = Some((head, reader.clone()));
            self.meant.get_mut().clear();
        }
        Ok(self)
    }

    /// Reads a little more.
    pub(super) fn get_ready(&mut self, db: &Db) -> Result<Ready> {
        let words = words::vocabulary(db, self.last, SLICE)?;
        for (number, word) in &words {
            self.vocabulary.add(word, 1);
            self.last = *number;
        }
        if !words.is_empty() {
            self.meant.get_mut().clear();
        }
        Ok(if words.is_empty() { Ready::Yes } else { Ready::NotYet })
    }

    pub(super) fn loose(&self) -> &Loose {
        &self.loose
    }

    /// For each word that was typed, the words that it may stand for, the likeliest first.
    pub(super) fn meant(&self, words: &[String]) -> Vec<Vec<Meant>> {
        let mut before = self.meant.borrow_mut();
        let now: HashMap<String, Vec<Meant>> = words
            .iter()
            .map(|word| {
                let known = before.remove(word);
                let meant = known.unwrap_or_else(|| self.meant_by(word));
                (word.clone(), meant)
            })
            .collect();
        let meant = words.iter().map(|word| now.get(word).cloned().unwrap_or_default()).collect();
        *before = now;
        meant
    }

    fn meant_by(&self, typed: &str) -> Vec<Meant> {
        let known = [&self.vocabulary, &self.loose_vocabulary];
        let mut found: Vec<_> =
            known.iter().flat_map(|known| known.expand(typed, MOST_BEGUN + MOST_NEARLY)).collect();
        found.sort_by_key(|(_, closeness)| std::cmp::Reverse(closeness.score));
        let mut meant: Vec<Meant> = Vec::new();
        for (word, closeness) in found {
            if meant.iter().all(|known| known.word != word) {
                meant.push(Meant { word, why: closeness.why });
            }
        }
        let (mut exact, mut nearly): (Vec<Meant>, Vec<Meant>) = meant.into_iter().partition(Meant::is_exact);
        exact.truncate(MOST_BEGUN);
        nearly.truncate(MOST_NEARLY);
        exact.append(&mut nearly);
        exact
    }

    /// The entries that stand in the chronology of any of the children, in their order.
    pub(super) fn of_children(
        &mut self,
        db: &Db,
        reader: &Reader,
        children: &[ChildId],
    ) -> Result<Arc<[Seq]>> {
        let head = ledger::head(db)?.seq;
        if let Some((known, at, entries)) = &self.of_children
            && known == children
            && *at == head
        {
            return Ok(Arc::clone(entries));
        }
        let mut entries = Vec::new();
        for child in children {
            entries.extend(chronology::entries_of(db, *child)?);
            for number in merged::numbers(db, *child)? {
                entries.extend(restriction::entries_of(db, reader, number)?);
            }
        }
        entries.sort_unstable();
        entries.dedup();
        let entries: Arc<[Seq]> = entries.into();
        self.of_children = Some((children.to_vec(), head, Arc::clone(&entries)));
        Ok(entries)
    }
}
