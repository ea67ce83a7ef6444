//! Every child or every contact, by the words of their cards: from a key to ranked hits.
//!
//! The query's words are compared with the vocabulary, which is far smaller than the roll. What they find is
//! spread over the records (`look`), the records are summed up roughly (`promising`), and only those that may
//! be among the best are read word by word (`read`).

mod like;
mod look;
mod promising;

use std::collections::HashMap;
use std::hash::Hash;

use super::card::{Card, Field, Standing};
use super::closeness::{Closeness, UNSUPPORTED, Why};
use super::names::Membership;
use super::query::Query;
use super::reading::{self, Candidate, Unit};
use super::vocabulary::Vocabulary;
use look::{Found, Origin};

/// A record that fits the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<Id> {
    pub id: Id,
    /// Higher is better; about 1000 where every word is exact and in the name.
    pub score: u32,
    /// The weakest of the reasons. [`Why::Open`] means that too little was typed to exclude it.
    pub why: Why,
}

impl<Id> Hit<Id> {
    /// Something that was typed speaks for it.
    pub fn is_supported(&self) -> bool {
        self.score > u32::from(UNSUPPORTED)
    }
}

/// Records of weighted fields, found by their words.
#[derive(Clone, Debug)]
pub struct Index<Id> {
    vocabulary: Vocabulary,
    /// For each word of the vocabulary, where it stands, in order.
    postings: Vec<Vec<Posting>>,
    /// For each group of names that are one, its words.
    names: Vec<Vec<(usize, Membership)>>,
    records: Vec<Option<Record<Id>>>,
    slots: HashMap<Id, usize>,
    free: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Record<Id> {
    id: Id,
    standing: Standing,
    words: Box<[Placed]>,
}

/// A word of a record, by its number in the vocabulary.
#[derive(Clone, Copy, Debug)]
struct Placed {
    word: usize,
    field: Field,
}

/// A record that has the word, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    slot: u32,
    field: Field,
}

impl<Id> Default for Index<Id> {
    fn default() -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            postings: Vec::new(),
            names: Vec::new(),
            records: Vec::new(),
            slots: HashMap::new(),
            free: Vec::new(),
        }
    }
}

impl<Id: Copy + Ord + Hash> Index<Id> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.slots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Puts a record in, in place of what was known under that id.
    pub fn insert(&mut self, id: Id, card: &Card) {
        self.remove(id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.records.push(None);
            self.records.len() - 1
        });
        let words: Box<[Placed]> = card
            .words()
            .map(|(field, word)| Placed { word: self.vocabulary.number_of(word), field })
            .collect();
        self.learn_names();
        for placed in &words {
            self.post(*placed, slot);
        }
        if let Some(record) = self.records.get_mut(slot) {
            *record = Some(Record { id, words, standing: Standing::default() });
        }
        self.slots.insert(id, slot);
    }

    /// Learns of the words that are new which names they are.
    fn learn_names(&mut self) {
        for word in self.postings.len()..self.vocabulary.len() {
            for name in Membership::of(self.vocabulary.letters_of(word)) {
                if self.names.len() <= name.group() {
                    self.names.resize_with(name.group() + 1, Vec::new);
                }
                if let Some(words) = self.names.get_mut(name.group()) {
                    words.push((word, name));
                }
            }
        }
        self.postings.resize_with(self.vocabulary.len(), Vec::new);
    }

    /// Takes a record out; nothing happens where there was none.
    pub fn remove(&mut self, id: Id) {
        let Some(slot) = self.slots.remove(&id) else { return };
        let record = self.records.get_mut(slot).and_then(Option::take);
        for placed in record.iter().flat_map(|record| &record.words) {
            self.withdraw(*placed, slot);
        }
        self.free.push(slot);
    }

    /// The best hits, best first; of equal ones the lower id.
    pub fn find(&self, query: &Query, limit: usize) -> Vec<Hit<Id>> {
        if query.is_empty() || limit == 0 {
            return Vec::new();
        }
        let found: Vec<Found> = query
            .typed()
            .map(|pattern| self.look(pattern, Origin::Typed))
            .chain(query.pairs().map(|pattern| self.look(pattern, Origin::Joined)))
            .collect();
        let mut readings = reading::readings(query.len());
        readings
            .retain(|units| units.iter().all(|unit| found.get(unit.index).is_some_and(Found::is_anywhere)));
        let mut hits: Vec<Hit<Id>> = self
            .promising(&found, &readings, limit)
            .into_iter()
            .filter_map(|slot| self.read(slot, &found, &readings))
            .collect();
        hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.id));
        hits.truncate(limit);
        hits
    }

    /// One record, word by word.
    fn read(&self, slot: usize, found: &[Found], readings: &[Vec<Unit>]) -> Option<Hit<Id>> {
        let record = self.record(slot)?;
        let candidates: Vec<Vec<Candidate>> =
            found.iter().map(|found| candidates(record, slot, found)).collect();
        let reading = reading::best(readings, &candidates, record.last_of_name())?;
        Some(Hit { id: record.id, score: record.stood(reading.score), why: reading.why })
    }

    /// What speaks for a record beside its words has changed; nothing happens where there is none.
    pub fn restand(&mut self, id: Id, standing: Standing) {
        let record = self.slots.get(&id).and_then(|slot| self.records.get_mut(*slot)?.as_mut());
        if let Some(record) = record {
            record.standing = standing;
        }
    }

    fn post(&mut self, placed: Placed, slot: usize) {
        let (Some(postings), Some(posting)) =
            (self.postings.get_mut(placed.word), Posting::new(slot, placed))
        else {
            return;
        };
        if let Err(at) = postings.binary_search(&posting) {
            postings.insert(at, posting);
        }
    }

    fn withdraw(&mut self, placed: Placed, slot: usize) {
        let (Some(postings), Some(posting)) =
            (self.postings.get_mut(placed.word), Posting::new(slot, placed))
        else {
            return;
        };
        if let Ok(at) = postings.binary_search(&posting) {
            postings.remove(at);
        }
    }
}

impl<Id> Record<Id> {
    fn last_of_name(&self) -> Option<usize> {
        self.words.iter().rposition(|placed| placed.field == Field::Name)
    }

    /// A score with what speaks for the record beside its words; where no word does, nothing else counts.
    fn stood(&self, score: u32) -> u32 {
        if score > u32::from(UNSUPPORTED) { score + self.standing.points() } else { score }
    }
}

impl<Id> Index<Id> {
    fn record(&self, slot: usize) -> Option<&Record<Id>> {
        self.records.get(slot)?.as_ref()
    }
}

impl Posting {
    fn slot(self) -> usize {
        usize::try_from(self.slot).unwrap_or(usize::MAX)
    }

    fn new(slot: usize, placed: Placed) -> Option<Self> {
        Some(Self { slot: u32::try_from(slot).ok()?, field: placed.field })
    }
}

/// The words of a record on which a unit of the query may fall.
fn candidates<Id>(record: &Record<Id>, slot: usize, found: &Found) -> Vec<Candidate> {
    let on = |target, closeness: Closeness, field| Candidate {
        target,
        score: weighed(closeness, field),
        why: closeness.why,
    };
    let words = record.words.iter().enumerate().filter_map(|(target, placed)| {
        let closeness = found.closeness(placed.word, placed.field)?;
        Some(on(Some(target), closeness, placed.field))
    });
    let joined = found.joined_at(slot).map(|(target, closeness)| on(Some(target), closeness, Field::Name));
    let open = found.open.then(|| on(None, Closeness::OPEN, Field::Name));
    words.chain(joined).chain(open).collect()
}

fn weighed(closeness: Closeness, field: Field) -> u32 {
    let score = u32::from(closeness.score) * field.weight() / 100;
    // What is nearly a role comes after what is exactly so in running text.
    let is_running = matches!(field, Field::Role | Field::Text);
    if is_running && matches!(closeness.why, Why::Misspelt | Why::Letters) { score / 2 } else { score }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{Card, Index, Why};
    use crate::search::Query;
    use crate::search::typing::{altered, key_by_key};

    const CHILDREN: [(&str, &str, i32); 12] = [
        ("Zoë Smith", "7A", 2014),
        ("John Smith", "10B", 2011),
        ("Łukasz Wójcik", "8C", 2013),
        ("Niamh O'Brien", "9A", 2012),
        ("Amina Khan", "10B", 2011),
        ("Amina Khan", "7C", 2014),
        ("Patrick Patel", "11A", 2010),
        ("Amit Patel", "11B", 2010),
        ("Jean-Luc Martin", "8A", 2013),
        ("Mohammed Hussain", "9B", 2012),
        ("Ava Mc Donald", "7B", 2014),
        ("Ali Ali", "10A", 2011),
    ];

    fn roll() -> Index<usize> {
        let mut index = Index::new();
        for (id, (name, form, year)) in CHILDREN.iter().enumerate() {
            let born = NaiveDate::from_ymd_opt(*year, 3, 14).unwrap();
            index.insert(id, &Card::new().name(name).form(form).born(born));
        }
        index.insert(90, &Card::new().name("First Response").role("Social care").phone("0116 305 0005"));
        index.insert(91, &Card::new().name("Duty desk").text("asks first for the child's name, John Smith"));
        index
    }

    /// Those who were found, without those whom too few letters do not exclude.
    fn find(typed: &str) -> Vec<usize> {
        let hits = roll().find(&Query::parse(typed), 20);
        hits.into_iter().filter(|hit| hit.why != Why::Open).map(|hit| hit.id).collect()
    }

    fn first(typed: &str) -> usize {
        *find(typed).first().unwrap_or_else(|| panic!("{typed} finds nobody"))
    }

    #[test]
    fn children_however_they_are_spelt() {
        for (typed, id) in [
            ("zoe", 0),
            ("jhon smith", 1),
            ("xohn smith", 1),
            ("smith john", 1),
            ("lukasz", 2),
            ("obrien", 3),
            ("o brien", 3),
            ("o’br", 3),
            ("p patel", 6),
            ("jeanluc", 8),
            ("jean luc", 8),
            ("mhd husain", 9),
            ("mohamend", 9),
            ("mcdonald", 10),
            ("ali ali", 11),
            ("avamcdon", 10),
        ] {
            assert_eq!(first(typed), id, "{typed}");
        }
    }

    #[test]
    fn form_and_birth_narrow() {
        assert_eq!(find("khan 10b"), [4]);
        assert_eq!(find("khan 10 b"), [4]);
        assert_eq!(find("amina 2014"), [5]);
        assert_eq!(find("khan 14/3/2011"), [4]);
        assert_eq!(find("khan 14 mar 11"), [4]);
        assert_eq!(find("khan 14th mar 2011"), [4]);
        let roll = roll();
        let hits = |typed: &str| roll.find(&Query::parse(typed), 20).len();
        assert_eq!((hits("zoe sm 0t"), hits("zoe sm 0th")), (0, 0), "typing on brings nobody back");
        assert!(find("khan 9").is_empty());
    }

    #[test]
    fn numbers_by_any_run_of_digits() {
        for typed in ["3050005", "0116 305 0005", "+44 116 305", "305 00", "+44 (0)116 3050005"] {
            assert_eq!(first(typed), 90, "{typed}");
        }
    }

    #[test]
    fn a_name_outweighs_running_text() {
        assert_eq!(find("john smith"), [1, 91]);
        assert_eq!(find("first").first(), Some(&90));
    }

    #[test]
    fn equal_hits_stand_by_id_and_the_limit_holds() {
        assert_eq!(find("amina khan"), [4, 5]);
        assert_eq!(roll().find(&Query::parse("a"), 3).len(), 3);
        assert!(roll().find(&Query::parse(" ’ "), 3).is_empty());
    }

    #[test]
    fn another_form_may_be_two_words() {
        let mut index = Index::new();
        index.insert(1, &Card::new().name("Abdul Rahman Osman"));
        for typed in ["abdir", "abdirahma", "abdirahman", "osman abdirahman"] {
            let found = index.find(&Query::parse(typed), 5);
            assert!(found.iter().any(|hit| hit.id == 1 && hit.why != Why::Open), "{typed}");
        }
    }

    #[test]
    fn a_card_is_replaced_and_removed() {
        let mut index = roll();
        index.insert(1, &Card::new().name("Joan Smyth"));
        assert_eq!(index.find(&Query::parse("joan"), 1).first().unwrap().id, 1);
        index.remove(1);
        index.insert(99, &Card::new().name("Peter Pan"));
        let ids = |typed| index.find(&Query::parse(typed), 50).into_iter().map(|hit| hit.id);
        assert!(ids("smyth").all(|id| id != 1));
        assert!(ids("p").any(|id| id == 99) && ids("p").all(|id| id != 1));
        assert_eq!(index.len(), CHILDREN.len() + 2);
    }

    proptest! {
        #[test]
        fn typing_on_never_brings_back(child in 0..CHILDREN.len(), at in 0..14usize, put in "[a-p0-2 ]{0,2}") {
            let index = roll();
            let mut before: Option<BTreeSet<usize>> = None;
            for typed in key_by_key(&altered(CHILDREN[child].0, at, &put)) {
                let query = Query::parse(&typed);
                let now: BTreeSet<usize> = index.find(&query, 100).into_iter().map(|hit| hit.id).collect();
                prop_assert!(before.is_none_or(|before| now.is_subset(&before)), "{}", typed);
                before = (!query.is_empty()).then_some(now);
            }
        }

        #[test]
        fn any_text_may_be_put_in_and_asked_for(name in any::<String>(), typed in any::<String>()) {
            let mut index = roll();
            index.insert(7, &Card::new().name(&name).phone(&typed).form(&name));
            index.find(&Query::parse(&typed), 5);
            let own = Query::parse(&name);
            let found = index.find(&own, 50);
            prop_assert!(own.is_empty() || found.iter().any(|hit| hit.id == 7));
        }
    }
}
