//! Which child of the desk a row of a roll is of. What then differs is `merging`'s.
//!
//! Certain is the UPN where both have one, and after it the same folded name with the same date of birth. Whatever is
//! only near, and whatever fits two children, is for somebody to look at. A child whom a row is of for certain is nobody
//! else: so twins, and two children of one name, are told apart where the roll names both.

mod names;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::cabinet::table::child::Child;
use crate::desk::linking::{Likeness, agreement};
use crate::domain::child::ChildDetails;
use crate::domain::concern::NamedChild;
use crate::domain::ids::ChildId;
use crate::domain::text::Text;
use crate::domain::upn::Upn;
use crate::intake::roll::Pupil;
use crate::search::{Agreement, fold, letters_of};
use names::{MOST_SHARED, Words, put};

/// More who may be meant than anybody looks through.
const MOST_CANDIDATES: usize = 10;

/// A child of the desk, or one that an earlier row of the file adds.
pub(super) struct Known {
    /// None for one that is to be added.
    pub(super) child: Option<Child>,
    pub(super) before: ChildDetails,
    /// With everything that the rows so far would change.
    pub(super) after: ChildDetails,
    /// What else they are entered as, where they were entered twice.
    also: Vec<ChildDetails>,
    /// The first row that is of this child.
    pub(super) row: Option<u32>,
    /// What the rows say of the roll; none of whoever is in no row.
    said: Option<Said>,
    /// The day on which they are taken to have left, as the file does not name them.
    missing_since: Option<NaiveDate>,
    /// Some row may be of this child, and nobody knows.
    is_in_doubt: bool,
}

/// What the rows of a child say of the roll.
enum Said {
    /// On this school's; blank where the file does not say whose.
    On(Text),
    Left(NaiveDate),
}

impl Known {
    fn new(child: Option<Child>, details: ChildDetails) -> Self {
        let before = if child.is_some() { details.clone() } else { ChildDetails::default() };
        Self {
            child,
            before,
            after: details,
            also: Vec::new(),
            row: None,
            said: None,
            missing_since: None,
            is_in_doubt: false,
        }
    }

    fn left_before(&self) -> Option<NaiveDate> {
        self.child.as_ref().and_then(|child| child.left)
    }

    /// The roll on which the child stood, and stands still.
    pub(super) fn roll_before(&self) -> Option<&Text> {
        self.child.as_ref().filter(|child| child.left.is_none()).and_then(|child| child.roll.as_ref())
    }

    /// The day on which the child left, where that is news.
    pub(super) fn leaves(&self) -> Option<NaiveDate> {
        let left = match &self.said {
            Some(Said::Left(left)) => Some(*left),
            Some(Said::On(_)) => None,
            None => self.missing_since,
        };
        left.filter(|left| self.left_before() != Some(*left))
    }

    pub(super) fn returns(&self) -> bool {
        self.is_here() && self.left_before().is_some()
    }

    /// The school on whose roll the child newly stands. A list that does not say whose it is moves nobody.
    pub(super) fn moves_to(&self) -> Option<&Text> {
        let Some(Said::On(school)) = &self.said else { return None };
        let stands = self.child.as_ref().and_then(|child| child.roll.as_ref());
        let stays = stands.is_some_and(|stands| school.is_blank() || fold(stands) == fold(school));
        (!stays).then_some(school)
    }

    /// Whether some row says that the child is on a roll.
    pub(super) fn is_here(&self) -> bool {
        matches!(self.said, Some(Said::On(_)))
    }

    /// Whether the file may have this child in it.
    pub(super) fn may_be_in_the_file(&self) -> bool {
        self.said.is_some() || self.is_in_doubt
    }

    pub(super) fn is_missing(&mut self, since: NaiveDate) {
        self.missing_since = Some(since);
    }
}

pub(super) enum Found {
    Nobody,
    One(usize),
    /// Who it might be, and why.
    Unsure(Vec<(usize, &'static str)>),
}

/// The children with the keys by which they are found.
pub(super) struct Children {
    known: Vec<Known>,
    by_upn: HashMap<Upn, Vec<usize>>,
    /// By the letters of a name in alphabetical order, for whatever agrees has the same; and by those with the date of
    /// birth.
    by_letters: HashMap<String, Vec<usize>>,
    by_letters_and_birthday: HashMap<(String, NaiveDate), Vec<usize>>,
    by_birthday: HashMap<NaiveDate, Vec<usize>>,
    /// The words of those whose date of birth is not known.
    undated: Words,
    /// The words of all, made for a row that has no date of birth.
    all: OnceCell<Words>,
    /// How many of them the desk knew before the file was read.
    of_the_desk: usize,
}

impl Children {
    /// `also` are other entries of some of them, who were entered twice.
    pub(super) fn new(children: Vec<Child>, also: Vec<(ChildId, ChildDetails)>) -> Self {
        let mut all = Self {
            known: Vec::with_capacity(children.len()),
            by_upn: HashMap::new(),
            by_letters: HashMap::new(),
            by_letters_and_birthday: HashMap::new(),
            by_birthday: HashMap::new(),
            undated: Words::default(),
            all: OnceCell::new(),
            of_the_desk: children.len(),
        };
        for child in children {
            let details = child.details.clone();
            all.put(Known::new(Some(child), details));
        }
        for (child, details) in also {
            let Some(at) = all.place_of(child) else { continue };
            all.index(at, &details);
            if let Some(known) = all.known.get_mut(at) {
                known.also.push(details);
            }
        }
        all
    }

    pub(super) fn known(&self) -> &[Known] {
        &self.known
    }

    pub(super) fn known_mut(&mut self) -> &mut [Known] {
        &mut self.known
    }

    pub(super) fn get(&self, at: usize) -> Option<&Known> {
        self.known.get(at)
    }

    /// Whether somebody stands on that school's roll.
    pub(super) fn stand_on(&self, school: &Text) -> bool {
        let school = fold(school);
        self.known.iter().filter_map(Known::roll_before).any(|roll| fold(roll) == school)
    }

    /// A child whom the desk does not know.
    pub(super) fn add(&mut self, row: u32, details: ChildDetails, pupil: &Pupil) -> usize {
        let at = self.known.len();
        self.put(Known { row: Some(row), said: Some(said(pupil)), ..Known::new(None, details) });
        at
    }

    /// A row that is of this child. Where one says that they are here and another that they left, they are here: who was
    /// admitted again has a row for each time.
    pub(super) fn meet(&mut self, at: usize, row: u32, after: ChildDetails, pupil: &Pupil) {
        if self.get(at).is_some_and(|known| known.after != after) {
            self.index(at, &after);
        }
        let Some(known) = self.known.get_mut(at) else { return };
        known.after = after;
        known.row = known.row.or(Some(row));
        let said = said(pupil);
        known.said = Some(match (known.said.take(), said) {
            (Some(Said::On(school)), Said::Left(_)) | (Some(Said::Left(_)) | None, Said::On(school)) => {
                Said::On(school)
            }
            (Some(Said::On(before)), Said::On(school)) => {
                Said::On(if before.is_blank() { school } else { before })
            }
            (Some(Said::Left(before)), Said::Left(left)) => Said::Left(before.max(left)),
            (None, Said::Left(left)) => Said::Left(left),
        });
    }

    fn put(&mut self, known: Known) {
        let at = self.known.len();
        self.index(at, &known.after);
        self.known.push(known);
    }

    fn index(&mut self, at: usize, details: &ChildDetails) {
        if let Some(upn) = &details.upn {
            put(&mut self.by_upn, upn.clone(), at);
        }
        for name in details.names() {
            put(&mut self.by_letters, letters_of(name), at);
            match details.date_of_birth {
                Some(born) => put(&mut self.by_letters_and_birthday, (letters_of(name), born), at),
                None => self.undated.add(name, at),
            }
        }
        if let Some(born) = details.date_of_birth {
            put(&mut self.by_birthday, born, at);
        }
    }

    /// Whoever the row is of for certain; or those of whom it is one, where something speaks against it.
    pub(super) fn sure(&self, pupil: &Pupil) -> Found {
        let by_upn = pupil.upn.as_ref().and_then(|upn| self.by_upn.get(upn));
        let by_upn: BTreeSet<usize> = by_upn.into_iter().flatten().copied().collect();
        let exact = self.exact(pupil);
        if by_upn.is_empty() {
            let has_another_upn =
                |at: usize| self.get(at).is_some_and(|known| is_another(&known.after, pupil));
            return match exact.as_slice() {
                [] => Found::Nobody,
                [(at, _)] if !has_another_upn(*at) => Found::One(*at),
                [(at, _)] => Found::Unsure(vec![(*at, "same name and date of birth, another UPN")]),
                [..] => Found::Unsure(exact),
            };
        }
        // Of twins with each other's UPN, neither is who the UPN says.
        let others = exact.iter().filter(|(at, _)| !by_upn.contains(at)).copied();
        let is_one = |at: usize| self.get(at).is_some_and(|known| is_plausible(&known.after, pupil));
        let is_exact = |at: usize| exact.iter().any(|(exact, _)| *exact == at);
        let candidates: Vec<_> = by_upn.iter().map(|at| (*at, "the same UPN")).chain(others).collect();
        match (by_upn.first(), candidates.as_slice()) {
            (Some(at), [_]) if is_one(*at) => Found::One(*at),
            (Some(at), [_, _, ..]) if by_upn.len() == 1 && is_exact(*at) => Found::One(*at),
            (Some(_) | None, _) => Found::Unsure(candidates),
        }
    }

    /// Those with one of the pupil's names and the same date of birth.
    fn exact(&self, pupil: &Pupil) -> Vec<(usize, &'static str)> {
        let key = |name: &Text| Some((letters_of(name), pupil.date_of_birth?));
        let places = names_of(pupil).filter_map(|name| self.by_letters_and_birthday.get(&key(name)?));
        self.alike(pupil, places.flatten().copied().collect(), |like| like == Likeness::Exact)
    }

    /// Whoever it might be, now that all who are certain are known.
    pub(super) fn likely(&self, pupil: &Pupil) -> Found {
        // An earlier row may have added the child.
        match self.sure(pupil) {
            Found::Nobody => {}
            found => return found,
        }
        let mut places = self.called(pupil);
        let born_then =
            pupil.date_of_birth.map(|born| self.by_birthday.get(&born).map_or(&[][..], Vec::as_slice));
        match born_then {
            // Where nobody knew the day, some put the same one for everybody.
            Some(born_then) if born_then.len() <= MOST_SHARED => {
                places.extend(born_then);
                places.extend(names_of(pupil).flat_map(|name| self.undated.like(name)));
            }
            Some(_) | None => {
                let all = self.all.get_or_init(|| self.words());
                places.extend(names_of(pupil).flat_map(|name| all.like(name)));
            }
        }
        places.retain(|at| self.may_be(*at, pupil));
        let candidates = self.alike(pupil, places, |_| true);
        if candidates.is_empty() { Found::Nobody } else { Found::Unsure(candidates) }
    }

    /// Some row may be of any of these.
    pub(super) fn are_in_doubt(&mut self, candidates: &[(usize, &'static str)]) {
        for (at, _) in candidates {
            if let Some(known) = self.known.get_mut(*at) {
                known.is_in_doubt = true;
            }
        }
    }

    /// The words of all whom the desk knew.
    fn words(&self) -> Words {
        let mut words = Words::default();
        for (at, known) in self.known.iter().enumerate().take(self.of_the_desk) {
            known.before.names().for_each(|name| words.add(name, at));
        }
        words
    }

    /// Those who have one of the pupil's names, whatever their date of birth.
    fn called(&self, pupil: &Pupil) -> BTreeSet<usize> {
        let called = names_of(pupil).filter_map(|name| self.by_letters.get(&letters_of(name)));
        called.flat_map(|places| places.iter().take(MOST_SHARED)).copied().collect()
    }

    /// Whether nothing says for certain that the child is another one.
    fn may_be(&self, at: usize, pupil: &Pupil) -> bool {
        let Some(known) = self.get(at) else { return false };
        let is_dated = known.after.date_of_birth.is_some() && pupil.date_of_birth.is_some();
        let is_somebody_else = known.row.is_some() && is_dated;
        // Of two rows that are nearly alike, each is a child, unless a date of birth is missing that would tell.
        let is_of_the_file = known.child.is_none();
        let has_the_name = || names_of(pupil).any(|name| agreement(&known.after, name) == Agreement::Same);
        !is_somebody_else && !is_another(&known.after, pupil) && (!is_of_the_file || has_the_name())
    }

    /// Those of them who are like the pupil, the likeliest first.
    fn alike(
        &self,
        pupil: &Pupil,
        places: BTreeSet<usize>,
        wanted: impl Fn(Likeness) -> bool,
    ) -> Vec<(usize, &'static str)> {
        let likeness = |at: usize| {
            let known = self.get(at)?;
            let entered = || std::iter::once(&known.after).chain(&known.also);
            names_of(pupil)
                .flat_map(|name| {
                    let named = named(name, pupil);
                    entered().filter_map(move |known| Likeness::of(known, &named))
                })
                .min()
        };
        let alike = places.into_iter().filter_map(|at| Some((likeness(at)?, at)));
        let mut alike: Vec<_> = alike.filter(|(likeness, _)| wanted(*likeness)).collect();
        alike.sort_unstable();
        alike.into_iter().take(MOST_CANDIDATES).map(|(likeness, at)| (at, likeness.why())).collect()
    }

    /// Who of the desk has the pupil's UPN.
    pub(super) fn with_upn(&self, pupil: &Pupil) -> Option<ChildId> {
        let places = self.by_upn.get(pupil.upn.as_ref()?)?;
        places.iter().find_map(|at| Some(self.get(*at)?.child.as_ref()?.id))
    }

    /// The children of the desk among those who may be meant.
    pub(super) fn named(&self, candidates: &[(usize, &'static str)]) -> Vec<(Child, &'static str)> {
        let named = |(at, why): &(usize, &'static str)| Some((self.get(*at)?.child.clone()?, *why));
        candidates.iter().filter_map(named).collect()
    }

    /// The row that adds this child.
    pub(super) fn new_in_row(&self, at: usize) -> Option<u32> {
        self.get(at).filter(|known| known.child.is_none()).and_then(|known| known.row)
    }

    /// Where a child of the desk stands. They came in the order of their numbers.
    pub(super) fn place_of(&self, child: ChildId) -> Option<usize> {
        let desk = self.known.get(..self.of_the_desk)?;
        desk.binary_search_by_key(&Some(child), |known| known.child.as_ref().map(|child| child.id)).ok()
    }
}

fn said(pupil: &Pupil) -> Said {
    pupil.left.map_or_else(|| Said::On(pupil.school.clone()), Said::Left)
}

fn names_of(pupil: &Pupil) -> impl Iterator<Item = &Text> {
    std::iter::once(&pupil.name).chain(&pupil.other_names)
}

fn named(name: &Text, pupil: &Pupil) -> NamedChild {
    NamedChild { name: name.clone(), date_of_birth: pupil.date_of_birth, ..NamedChild::default() }
}

/// Both have a UPN, and not the same.
fn is_another(known: &ChildDetails, pupil: &Pupil) -> bool {
    known.upn.as_ref().zip(pupil.upn.as_ref()).is_some_and(|(ours, theirs)| ours != theirs)
}

/// A UPN may stand in the wrong row: something else must fit as well.
fn is_plausible(known: &ChildDetails, pupil: &Pupil) -> bool {
    let birthdays = known.date_of_birth.zip(pupil.date_of_birth).map(|(ours, theirs)| ours == theirs);
    let agrees = names_of(pupil).any(|name| agreement(known, name) != Agreement::Different);
    let shares_a_word = || {
        let ours: Vec<String> = known.names().map(|name| fold(name)).collect();
        let ours: BTreeSet<&str> = ours.iter().flat_map(|name| name.split(' ')).collect();
        names_of(pupil).any(|name| fold(name).split(' ').any(|word| ours.contains(word)))
    };
    birthdays == Some(true) || agrees || birthdays.is_none() && shares_a_word()
}
